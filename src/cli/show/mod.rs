//! `comity show`: a scenario in words, for someone who has never seen it: what it asks, who sits where under which rules, who
//! wants what, and how we know.

mod after;
mod members;
mod room;
mod shocks;
mod wishes;

use std::fmt::Write;

use super::{Done, terminal};
use crate::quantity::Uncertain;
use crate::replay::{plural, short};
use crate::scenario::check::load;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::source::Disk;
use crate::scenario::{
    ChairMode, Clause, Consolidation, Forum, Mandate, Member, Origin, RedLine, Scenario, Undertaking,
};

#[derive(Debug, clap::Args)]
pub struct Show {
    /// Name of a shipped scenario, or path of a file
    scenario: String,
    /// Show the mandates of this country only; may be repeated
    #[arg(long, value_name = "COUNTRY")]
    country: Vec<String>,
    /// Show the mandates on this clause only; may be repeated
    #[arg(long, value_name = "CLAUSE")]
    clause: Vec<String>,
    /// Tables only: leave out the mandates one by one, with the evidence behind each
    #[arg(long)]
    brief: bool,
    /// Change a value of the scenario; may be repeated
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
}

impl Show {
    pub fn execute(self) -> Done {
        let scenario = load(&self.scenario, &self.set, &Disk)?.scenario;
        let countries: Vec<&str> = scenario.countries.iter().map(|country| country.id.as_str()).collect();
        let clauses: Vec<&str> = scenario.clauses.iter().map(|clause| clause.id.as_str()).collect();
        let mut problems = Problems::default();
        for (what, code, asked, known) in [
            ("country", "comity::scenario::unknown_country", &self.country, &countries),
            ("clause", "comity::scenario::unknown_clause", &self.clause, &clauses),
        ] {
            for id in asked.iter().filter(|id| !known.contains(&id.as_str())) {
                let problem = Problem::new(code, None, format!("this scenario has no {what} `{id}`"));
                problems.push(problem.suggest(id, known.iter().copied()));
            }
        }
        problems.none_or(())?;
        terminal::print(&self.describe(&scenario))
    }

    fn describe(&self, scenario: &Scenario) -> String {
        let mut text = format!("{}\n", scenario.title);
        if !scenario.question.is_empty() {
            let _ = writeln!(text, "\n{}", wrapped(&scenario.question));
        }
        if let Some(as_of) = scenario.as_of {
            let _ = writeln!(text, "\nMandates are built from what was known on {as_of}.");
        }
        if !scenario.imputed.is_empty() {
            let known = scenario.provenance(None, None, None);
            let (imputed, all) = (known.imputed, known.mandates);
            let _ =
                writeln!(text, "{imputed} of {all} mandates had no evidence and are imputed; they are marked below.");
        }
        for caution in &scenario.cautions {
            let _ = writeln!(text, "Caution: {caution}.");
        }
        text.push_str(&shocks::shocks(scenario));
        for forum in &scenario.forums {
            self.forum(scenario, forum, &mut text);
        }
        text
    }

    fn forum(&self, scenario: &Scenario, forum: &Forum, text: &mut String) {
        let _ = writeln!(text, "\n# {} ({})\n", forum.name, forum.id);
        if let Some(instrument) = &forum.instrument {
            let _ = writeln!(text, "Instrument   {instrument}; evidence drawn from its own text does not count");
        }
        let _ = writeln!(text, "Decides by   {}", decides(scenario, forum));
        if let Some(who) = forum.aside_in_words(scenario) {
            let _ = writeln!(text, "Stand aside  {who}: they negotiate, do not decide and are not bound");
        }
        if forum.terms.silence > 0 {
            let drafts = plural(forum.terms.silence as usize, "draft", "drafts");
            let _ = writeln!(text, "Silence      up to {drafts} first, each of which stands unless somebody objects");
        }
        if let Some(gain) = forum.terms.co_sponsorship {
            let _ = writeln!(text, "Co-sponsors  parties that gain more than {gain} and lose by no clause");
        }
        let _ = writeln!(
            text,
            "Undertaking  {}",
            match forum.undertaking {
                Undertaking::Single => "single: nothing is agreed until everything is agreed",
                Undertaking::Modular => "modular: every clause is decided on its own, and members may opt out",
            }
        );
        let _ = writeln!(text, "Chair        {}", chair(scenario, forum));
        let calendar = &forum.calendar;
        let _ = write!(
            text,
            "Calendar     from {}, {}, {} a year",
            calendar.start,
            plural(calendar.rounds as usize, "round", "rounds"),
            short(calendar.rounds_per_year)
        );
        if calendar.extensions > 0 {
            let chance = short(calendar.extension_chance * 100.0);
            let _ = write!(
                text,
                "; without a text, {} more with a chance of {chance}%, up to {}",
                calendar.extension_rounds,
                if calendar.extensions == 1 { "once".into() } else { format!("{} times", calendar.extensions) }
            );
        }
        let _ = writeln!(text, "\nNo deal      costs every member {}", spread(forum.cost_of_failure));
        for offer in forum.terms.describe() {
            let _ = writeln!(text, "On offer     {offer}");
        }
        text.push_str(&room::room(scenario, forum));
        let _ = writeln!(text, "{}", after::lines(scenario, forum));

        let members: Vec<&Member> =
            forum.members.iter().filter(|member| self.wants_country(scenario, member)).collect();
        let clauses = forum.agenda.iter().map(|&clause| &scenario.clauses[clause]).enumerate();
        let clauses: Vec<(usize, &Clause)> = clauses.filter(|(_, clause)| self.wants_clause(clause)).collect();
        text.push_str(&members::table(scenario, forum, &members));
        text.push_str(&wishes::table(scenario, &members, &clauses));
        if self.brief {
            return;
        }
        let _ = writeln!(text, "\n## Agenda: {}", plural(forum.agenda.len(), "clause", "clauses"));
        for (at, clause) in clauses {
            Self::clause(scenario, forum, at, clause, &members, text);
        }
        text.push_str("\n## Weights\n\n");
        for member in members {
            text.push_str(&members::source(scenario, member));
        }
    }

    /// A clause: its rungs, and every mandate on it with the evidence behind it.
    fn clause(scenario: &Scenario, forum: &Forum, at: usize, clause: &Clause, members: &[&Member], text: &mut String) {
        let _ = writeln!(text, "\n### {}: {}\n", clause.id, clause.name);
        for (number, rung) in clause.rungs.iter().enumerate() {
            let _ = write!(text, "  {number} {} at {}", rung.label, short(rung.position));
            if !rung.exemplar.is_empty() {
                let _ = write!(text, ", as in {}", rung.exemplar);
            }
            text.push('\n');
        }
        if clause.rungs.is_empty() {
            text.push_str("  a continuous scale from 0 to 1\n");
        }
        let _ = writeln!(text, "  without a text: {}", short(forum.status_quo[at]));
        if let Some(template) = forum.template[at] {
            let _ = writeln!(text, "  the institution brings along: {}", short(template));
        }
        text.push('\n');
        for member in members {
            let country = &scenario.countries[member.country];
            let _ = writeln!(text, "  {:<8} {}", country.id, mandate(&member.mandates[at]));
        }
    }

    fn wants_country(&self, scenario: &Scenario, member: &Member) -> bool {
        self.country.is_empty() || self.country.contains(&scenario.countries[member.country].id)
    }

    fn wants_clause(&self, clause: &Clause) -> bool {
        self.clause.is_empty() || self.clause.contains(&clause.id)
    }
}

fn chair(scenario: &Scenario, forum: &Forum) -> String {
    let chair = &forum.chair;
    let who = chair.seat.map(|seat| scenario.countries[forum.members[seat].country].id.as_str());
    let does = match chair.mode {
        ChairMode::Passive => "passive: records what the floor agrees on".to_owned(),
        ChairMode::Formulator => "formulator: writes a single negotiating text".to_owned(),
        ChairMode::Manipulator { bias } => {
            format!("manipulator: pulls the text {}% of the way to its own ideal point", short(bias * 100.0))
        }
    };
    let of = match chair.consolidation {
        Consolidation::WeightedMean => "weighted mean",
        Consolidation::WeightedMedian => "weighted median",
    };
    let who = who.map(|who| format!("{who}, ")).unwrap_or_default();
    format!("{who}{does}, from the {of} of positions")
}

/// A mandate in one line.
fn mandate(mandate: &Mandate) -> String {
    let mut text = format!("wants {}, salience {}", spread(mandate.ideal), spread(mandate.salience));
    let line = |line: RedLine| match line.slack > 0.0 {
        true => format!("{} (slack {})", short(line.at), short(line.slack)),
        false => short(line.at),
    };
    if let Some(floor) = mandate.floor {
        let _ = write!(text, ", nothing below {}", line(floor));
    }
    if let Some(ceiling) = mandate.ceiling {
        let _ = write!(text, ", nothing above {}", line(ceiling));
    }
    let origin = match &mandate.origin {
        Origin::Stated => "stated".to_owned(),
        Origin::Evidence { rows: 1, confidence, because } => format!("evidence: {because}; confidence {confidence}"),
        Origin::Evidence { rows, confidence, because } => {
            format!("evidence: {rows} rows, foremost {because}; weakest confidence {confidence}")
        }
        Origin::Imputed { from, unverified: 0, nearest } => {
            format!("IMPUTED from {from} countries, most alike {nearest}")
        }
        Origin::Imputed { from, unverified, nearest } => {
            format!("IMPUTED from {from} countries, {unverified} with unverified evidence, most alike {nearest}")
        }
        Origin::Uninformed => "IMPUTED: nothing is known of anyone".to_owned(),
    };
    format!("{text} -- {origin}")
}

/// How a forum decides, and what that comes to among its members.
fn decides(scenario: &Scenario, forum: &Forum) -> String {
    let deciding = || forum.members.iter().filter(|member| member.decides());
    let weight = deciding().fold(0.0, |sum, member| sum + scenario.weight_of(member));
    forum.rule.describe_among(deciding().count() as u64, weight, forum.weights.unit())
}

/// A number with its uncertainty.
fn spread(value: Uncertain) -> String {
    match value {
        Uncertain::Fixed(value) => short(value),
        Uncertain::Normal { mean, sd } => format!("{} ± {}", short(mean), short(sd)),
        Uncertain::Uniform { min, max } => format!("{} to {}", short(min), short(max)),
        Uncertain::Triangular { min, mode, max } => format!("{} ({} to {})", short(mode), short(min), short(max)),
    }
}

/// Prose in lines of a page's width.
fn wrapped(prose: &str) -> String {
    let mut lines = vec![String::new()];
    for word in prose.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => *line = word.to_owned(),
            Some(line) if line.chars().count() + word.chars().count() < terminal::width() => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}
