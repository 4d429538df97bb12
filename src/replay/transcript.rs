//! The story of one replication as text: who said what, who objected, what was closed, dropped, adopted.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::deal::{offered, qualified};
use super::{Names, because, impasse, later, plural, room, shocks, short};
use crate::minutes::{Entry, Outcome, Reason};
use crate::quantity::{Date, Day};
use crate::scenario::{Scenario, Undertaking};

/// Tells the story; where clauses are named, only of those, by their places in the scenario.
pub fn transcript(scenario: &Scenario, entries: &[Entry], outcome: &Outcome, only: &[usize]) -> String {
    let mut out = String::new();
    for forum in 0..scenario.forums.len() {
        let mut teller = Teller {
            names: Names::of(scenario, forum),
            only,
            out: &mut out,
            round: None,
            said: BTreeMap::new(),
            agreed: BTreeSet::new(),
            polls: 0,
            unopposed: false,
        };
        teller.head(scenario, forum);
        let entries: Vec<&Entry> = entries.iter().filter(|entry| place(entry) == forum).collect();
        let first = entries.iter().position(|entry| !matches!(entry, Entry::Later { .. })).unwrap_or(0);
        let ended = &outcome.forums[forum];
        let before = later::told(&teller.names, "Before the talks", &entries[..first], ended);
        teller.out.push_str(&before);
        for entry in &entries {
            teller.tell(entry);
        }
        teller.end_round();
        teller.tail(scenario, outcome, forum);
        let after = later::told(&teller.names, "What followed", &entries[first..], ended);
        teller.out.push_str(&after);
        let standing = later::standing(&teller.names, ended);
        teller.out.push_str(&standing);
    }
    out
}

/// The forum that an entry belongs to.
fn place(entry: &Entry) -> usize {
    match *entry {
        Entry::Round { forum, .. }
        | Entry::Stated { forum, .. }
        | Entry::Drafted { forum, .. }
        | Entry::Objected { forum, .. }
        | Entry::Closed { forum, .. }
        | Entry::PackageTabled { forum, .. }
        | Entry::Polled { forum, .. }
        | Entry::Diluted { forum, .. }
        | Entry::Dropped { forum, .. }
        | Entry::Excepted { forum, .. }
        | Entry::OptedOut { forum, .. }
        | Entry::Designated { forum, .. }
        | Entry::Donated { forum, .. }
        | Entry::Letter { forum, .. }
        | Entry::BuiltOn { forum, .. }
        | Entry::Extended { forum, .. }
        | Entry::Adopted { forum, .. }
        | Entry::FirstReading { forum, .. }
        | Entry::Caucused { forum, .. }
        | Entry::Exchanged { forum, .. }
        | Entry::Struck { forum, .. }
        | Entry::Collapsed { forum }
        | Entry::Later { forum, .. } => forum,
    }
}

/// What happened to one clause in the round being told.
#[derive(Default)]
struct Item {
    stated: Vec<(usize, f64)>,
    room: Vec<String>,
    drafted: Option<f64>,
    objected: Vec<(usize, Reason)>,
    closed: Option<(f64, u32, u32)>,
}

struct Teller<'a> {
    names: Names<'a>,
    only: &'a [usize],
    out: &'a mut String,
    round: Option<(u32, Day, BTreeMap<usize, Item>)>,
    /// What each seat last said on each clause, in words.
    said: BTreeMap<(usize, usize), String>,
    /// What blocs agreed on, by clause, in words.
    agreed: BTreeSet<(usize, String)>,
    polls: u32,
    /// Whether nobody objected in the last poll on the whole.
    unopposed: bool,
}

impl Teller<'_> {
    fn line(&mut self, text: impl std::fmt::Display) {
        let _ = writeln!(self.out, "{text}");
    }

    fn head(&mut self, scenario: &Scenario, forum: usize) {
        let known = scenario.provenance(Some(forum), None, None);
        let forum = &scenario.forums[forum];
        let undertaking = match forum.undertaking {
            Undertaking::Single => "single undertaking",
            Undertaking::Modular => "modular",
        };
        let (delegations, clauses) = (forum.members.len(), forum.agenda.len());
        self.line(format_args!("{} ({})", forum.name, forum.id));
        self.line(format_args!(
            "  {} at the table, {} on it",
            many(delegations, "delegation"),
            many(clauses, "clause")
        ));
        self.line(format_args!("  {}; {undertaking}", forum.rule.describe()));
        if let Some(who) = forum.aside_in_words(scenario) {
            self.line(format_args!("  stand aside: {who}; the others decide"));
        }
        if known.unverified > 0 {
            let (unverified, all) = (known.unverified, known.mandates);
            self.line(format_args!(
                "  unverified rows are behind {unverified} of {all} mandates; `comity show` marks them"
            ));
        }
        self.line("");
    }

    fn tell(&mut self, entry: &Entry) {
        match entry {
            Entry::Round { round, day, .. } => {
                self.end_round();
                self.round = Some((*round, *day, BTreeMap::new()));
            }
            Entry::Stated { seat, clause, point, .. } => self.item(*clause, |item| item.stated.push((*seat, *point))),
            Entry::Drafted { clause, point, .. } => self.item(*clause, |item| item.drafted = Some(*point)),
            Entry::Objected { seat, clause, reason, .. } => {
                self.item(*clause, |item| item.objected.push((*seat, *reason)));
            }
            Entry::Closed { clause, point, accepting, acquiescing, .. } => {
                self.item(*clause, |item| item.closed = Some((*point, *accepting, *acquiescing)));
            }
            Entry::PackageTabled { bracketed, .. } => {
                self.end_round();
                self.polls = 0;
                let open: Vec<&str> = bracketed.iter().map(|&clause| self.names.clause(clause).id.as_str()).collect();
                self.line("Endgame");
                match open.is_empty() {
                    true => self.line("  No brackets are left; the text is put to the members."),
                    false => {
                        self.line(format_args!("  Still in brackets, on the chair's own text: {}", open.join(", ")))
                    }
                }
            }
            Entry::Polled { module, silence, accepting, objecting, passed, .. } => {
                self.unopposed = module.is_none() && objecting.is_empty();
                match silence {
                    true => self.silence(*accepting, objecting),
                    false => self.poll(*module, *accepting, objecting, *passed),
                }
            }
            Entry::Diluted { clause, from, to, .. } => {
                let (id, from, to) = self.change(*clause, *from, *to);
                self.line(format_args!("  weakened  {id}: {from} → {to}"));
            }
            Entry::Dropped { clause, .. } => {
                let id = &self.names.clause(*clause).id;
                self.line(format_args!("  dropped   {id}"));
            }
            Entry::Excepted { .. }
            | Entry::OptedOut { .. }
            | Entry::Designated { .. }
            | Entry::Donated { .. }
            | Entry::Letter { .. } => {
                if let Some(line) = offered(&self.names, entry) {
                    self.line(line);
                }
            }
            Entry::BuiltOn { clause, point, from, .. } => {
                let (id, text) = (&self.names.clause(*clause).id, self.names.text(*clause, *point));
                let from = self.names.forum_id(*from);
                self.line(format_args!("  built on  {id}: {text} of {from}"));
            }
            Entry::Extended { rounds, .. } => {
                self.line(format_args!("  No text. The talks are extended by {}.\n", many(*rounds as usize, "round")));
            }
            Entry::Adopted { parties, .. } => {
                let names: Vec<&str> = parties.iter().map(|&seat| self.names.country(seat)).collect();
                let how = if self.unopposed && self.names.forum.has_votes() { " without a vote" } else { "" };
                self.line(format_args!(
                    "\nAdopted{how} by {}: {}",
                    plural(names.len(), "party", "parties"),
                    names.join(", ")
                ));
            }
            Entry::Collapsed { .. } => self.line("\nThe talks collapse without a text."),
            Entry::FirstReading { .. } | Entry::Caucused { .. } | Entry::Exchanged { .. } => {
                for (clause, words) in room::told(&self.names, entry) {
                    // What a bloc agreed on before need not be told again.
                    if !matches!(entry, Entry::Caucused { .. }) || self.agreed.insert((clause, words.clone())) {
                        self.item(clause, |item| item.room.push(words));
                    }
                }
            }
            Entry::Struck { day, shock, candidates, reopened, .. } => {
                self.end_round();
                let told = shocks::told(&self.names, *day, *shock, candidates, reopened);
                self.out.push_str(&told);
            }
            Entry::Later { .. } => {}
        }
    }

    fn change(&self, clause: usize, from: f64, to: f64) -> (String, String, String) {
        (self.names.clause(clause).id.clone(), self.names.text(clause, from), self.names.text(clause, to))
    }

    fn item(&mut self, clause: usize, change: impl FnOnce(&mut Item)) {
        if let Some((_, _, items)) = &mut self.round {
            change(items.entry(clause).or_default());
        }
    }

    fn poll(&mut self, module: Option<usize>, accepting: u32, objecting: &[(usize, Reason)], passed: bool) {
        self.polls += 1;
        let on = module.map(|clause| format!(" on {}", self.names.clause(clause).id)).unwrap_or_default();
        let carried = if passed { "carried" } else { "not carried" };
        let against = self.seats(objecting);
        let accept = format!("{accepting} accept{}", if accepting == 1 { "s" } else { "" });
        let objections = if against.is_empty() { "nobody objects".to_owned() } else { format!("objecting: {against}") };
        let number = self.polls;
        self.line(format_args!("  poll {number}{on}: {accept}, {objections}; {carried}"));
    }

    fn silence(&mut self, accepting: u32, objecting: &[(usize, Reason)]) {
        self.polls += 1;
        let against = self.seats(objecting);
        let accept = format!("{accepting} accept{}", if accepting == 1 { "s" } else { "" });
        let kept = if against.is_empty() { "kept".to_owned() } else { format!("broken by {against}") };
        let number = self.polls;
        self.line(format_args!("  poll {number}, put under silence: {accept}; {kept}"));
    }

    /// Seats by their reasons.
    fn seats(&self, objecting: &[(usize, Reason)]) -> String {
        let reasons = [Reason::RedLine, Reason::Dislike, Reason::HoldsOut, Reason::Reservation];
        let groups = reasons.iter().filter_map(|&wanted| {
            let names: Vec<&str> = objecting
                .iter()
                .filter(|(_, reason)| *reason == wanted)
                .map(|&(seat, _)| self.names.country(seat))
                .collect();
            (!names.is_empty()).then(|| format!("{} ({})", names.join(", "), because(wanted)))
        });
        groups.collect::<Vec<_>>().join("; ")
    }

    fn end_round(&mut self) {
        let Some((round, day, items)) = self.round.take() else {
            return;
        };
        self.line(format_args!("Round {round}, {}", Date::of(day)));
        let mut quiet = true;
        for (clause, item) in items {
            let scenario_clause = self.names.forum.agenda[clause];
            if !self.only.is_empty() && !self.only.contains(&scenario_clause) {
                continue;
            }
            let stated = self.statements(clause, &item.stated);
            if stated.is_empty()
                && item.room.is_empty()
                && item.drafted.is_none()
                && item.objected.is_empty()
                && item.closed.is_none()
            {
                continue;
            }
            quiet = false;
            let id = &self.names.clause(clause).id;
            self.line(format_args!("  {id}"));
            for line in stated {
                self.line(format_args!("    says      {line}"));
            }
            for line in item.room {
                self.line(format_args!("    {line}"));
            }
            if let Some(point) = item.drafted {
                let text = self.names.text(clause, point);
                self.line(format_args!("    draft     {text}"));
            }
            if !item.objected.is_empty() {
                let seats = self.seats(&item.objected);
                self.line(format_args!("    objects   {seats}"));
            }
            if let Some((point, accepting, acquiescing)) = item.closed {
                let text = self.names.text(clause, point);
                let silent = match acquiescing {
                    0 => String::new(),
                    1 => ", 1 lets it pass".into(),
                    n => format!(", {n} let it pass"),
                };
                let accept = format!("{accepting} accept{}", if accepting == 1 { "s" } else { "" });
                self.line(format_args!("    closed    {text}: {accept}{silent}"));
            }
        }
        if quiet {
            self.line("  Nobody says anything new.");
        }
        self.line("");
    }

    /// What was said in words that differ from the seat's last, grouped by the words.
    fn statements(&mut self, clause: usize, stated: &[(usize, f64)]) -> Vec<String> {
        let mut groups: Vec<(f64, String, Vec<String>)> = Vec::new();
        for &(seat, point) in stated {
            let definition = self.names.clause(clause);
            let (at, words) = match definition.nearest_rung(point) {
                Some(rung) => (definition.rungs[rung].position, definition.rungs[rung].label.clone()),
                None => (point, short(point)),
            };
            if self.said.insert((seat, clause), words.clone()).as_ref() == Some(&words) {
                continue;
            }
            let country = self.names.country(seat);
            let name =
                if definition.rungs.is_empty() { country.to_owned() } else { format!("{country} {}", short(point)) };
            match groups.iter_mut().find(|(_, known, _)| *known == words) {
                Some((.., names)) => names.push(name),
                None => groups.push((at, words, vec![name])),
            }
        }
        groups.sort_by(|a, b| a.0.total_cmp(&b.0));
        groups.into_iter().map(|(_, words, names)| format!("{words}: {}", names.join(", "))).collect()
    }

    fn tail(&mut self, scenario: &Scenario, outcome: &Outcome, forum: usize) {
        let ended = &outcome.forums[forum];
        if !ended.concluded {
            let told = ended.impasse.as_ref().map(|found| impasse::told(&self.names, found)).unwrap_or_default();
            self.line(told);
            return;
        }
        let all = ended;
        for (clause, ended) in ended.clauses.iter().enumerate() {
            let number = scenario.forums[forum].agenda[clause];
            if self.only.is_empty() || self.only.contains(&number) {
                let id = &self.names.clause(clause).id;
                let missing = || format!("not in the text{}", impasse::held_up_by(&self.names, all, clause));
                let text = ended.adopted.map_or_else(missing, |point| self.names.text(clause, point));
                let but = qualified(ended);
                self.line(format_args!("  {id}: {text}{but}"));
            }
        }
        if scenario.forums[forum].terms.co_sponsorship.is_some() {
            let named = all.members.iter().enumerate().filter(|(_, member)| member.co_sponsor);
            let names: Vec<&str> = named.map(|(seat, _)| self.names.country(seat)).collect();
            let told = plural(names.len(), "co-sponsor", "co-sponsors");
            self.line(format_args!("  {told}: {}", names.join(", ")));
        }
        self.line("");
    }
}

fn many(count: usize, what: &str) -> String {
    plural(count, what, &format!("{what}s"))
}
