//! What is no mistake but what a reader should know: figures later than the scenario's day, unverified rows, and
//! entries that have no effect on the talks.

use super::*;
use crate::scenario::evidence::Confidence;
use crate::scenario::tables;

/// Every caution about a scenario, each once.
pub(super) fn cautions(scenario: &Scenario, builder: &Builder) -> Vec<String> {
    let (written, roster) = (builder.written, builder.roster);
    let mut cautions: Vec<String> = seed::caution(&written.seed).into_iter().collect();
    if let Some(as_of) = scenario.as_of {
        figures(scenario, written, roster, as_of, &mut cautions);
        weak_evidence(scenario, &mut cautions);
    }
    for forum in &scenario.forums {
        without_effect(scenario, forum, written, roster, &mut cautions);
        guesses::cautions(builder, scenario, forum, &mut cautions);
        out_of_reach(scenario, forum, &mut cautions);
        unverified_rows(builder, scenario, forum, &mut cautions);
        later_rows(builder, scenario, forum, &mut cautions);
        if let Some(day) = written.forum.get(&forum.id).and_then(|forum| forum.as_of.as_ref()) {
            cautions.push(format!("`{}` is seen from {day}: its evidence counts up to that day", forum.id));
        }
    }
    idle_mandates(scenario, written, &mut cautions);
    shocks(scenario, written, &mut cautions);
    cautions
}

/// Figures that are later than the day that bounds the evidence, or unverified; per indicator, in the order of their
/// first mention.
fn figures(scenario: &Scenario, written: &ScenarioFile, roster: &Roster, as_of: Date, cautions: &mut Vec<String>) {
    let named = written.indicators.iter().flat_map(|n| n.capability.iter().chain(&n.capacity));
    let features = written.imputation.iter().flat_map(|how| how.features.iter().map(|feature| &feature.indicator));
    let mut told: Vec<&String> = Vec::new();
    for indicator in named.chain(features) {
        if told.contains(&indicator) {
            continue;
        }
        told.push(indicator);
        let members = scenario.countries.iter().filter_map(|c| roster.figure(&c.id, indicator));
        let years: Vec<i32> = members.clone().map(|figure| figure.year).collect();
        if let (Some(first), Some(last)) = (years.iter().min(), years.iter().max())
            && *last >= as_of.year
        {
            let of = if first == last { first.to_string() } else { format!("{first} to {last}") };
            cautions.push(format!(
                "`{indicator}` is of {of}, later than {as_of}: a structural figure, not evidence of what anyone wanted"
            ));
        }
        let unverified = members.filter(|figure| figure.confidence == Confidence::Low).count();
        if unverified > 0 {
            cautions.push(format!("unverified figures of `{indicator}`: {unverified}"));
        }
    }
}

/// Members, and options of the text, that rest on an unverified row.
fn unverified_rows(builder: &Builder, scenario: &Scenario, forum: &Forum, cautions: &mut Vec<String>) {
    let table = builder.resolved.table(&["forum", &forum.id, "members"]);
    let rows = table.map(|file| tables::read(file, super::members::MEMBERS, &mut Problems::default()).rows);
    let low = |row: &&tables::Row| row.text("confidence") == "low";
    let members = rows.iter().flatten().filter(low).count();
    if members > 0 {
        cautions.push(format!("unverified members of `{}`: {members}", forum.id));
    }
    let rungs = forum.agenda.iter().flat_map(|&clause| &scenario.clauses[clause].rungs);
    let unverified = rungs.filter(|rung| rung.confidence == Confidence::Low.words()).count();
    if unverified > 0 {
        cautions.push(format!("unverified options of text on the agenda of `{}`: {unverified}", forum.id));
    }
}

fn weak_evidence(scenario: &Scenario, cautions: &mut Vec<String>) {
    let (weak, _) = scenario.unverified();
    if weak > 0 {
        cautions.push(format!("mandates that rest on evidence of which some is unverified: {weak}"));
    }
}

/// Rows of evidence on members and clauses of a forum that came after the day from which it is seen.
fn later_rows(builder: &Builder, scenario: &Scenario, forum: &Forum, cautions: &mut Vec<String>) {
    let Some(day) = builder.written.forum.get(&forum.id).and_then(|written| builder.seen_from(written)) else { return };
    let clauses: Vec<&str> = forum.agenda.iter().map(|&clause| scenario.clauses[clause].id.as_str()).collect();
    let members: Vec<&Country> = forum.members.iter().map(|member| &scenario.countries[member.country]).collect();
    let concerns = |actor: &String| {
        members.iter().any(|country| country.id == *actor || country.groups.iter().any(|group| group == actor))
    };
    let later = builder.roster.evidence.iter().filter(|row| row.date > day && clauses.contains(&row.clause.as_str()));
    let later = later.filter(|row| concerns(&row.actor)).count();
    if later > 0 {
        cautions.push(format!("rows of evidence that `{}` leaves out, dated after {day}: {later}", forum.id));
    }
}

/// Parts of a forum that are there but change nothing.
fn without_effect(
    scenario: &Scenario,
    forum: &Forum,
    written: &ScenarioFile,
    roster: &Roster,
    cautions: &mut Vec<String>,
) {
    let id = &forum.id;
    if let Some(instrument) = &forum.instrument
        && !roster.evidence.is_empty()
        && !roster.evidence.iter().any(|row| row.drawn_from_text && row.instrument == *instrument)
    {
        cautions.push(format!("no evidence is drawn from `{instrument}`: the instrument of `{id}` leaves nothing out"));
    }
    let groups = written.forum.get(id).and_then(|forum| forum.sdt.as_ref()).map(|sdt| sdt.groups.as_slice());
    let groups = groups.unwrap_or_default();
    let enjoys = |country: usize| scenario.countries[country].groups.iter().any(|group| groups.contains(group));
    if !groups.is_empty() && !forum.members.iter().any(|member| enjoys(member.country)) {
        let list = groups.iter().map(|group| format!("`{group}`")).collect::<Vec<_>>().join(" or ");
        cautions.push(format!("no member of `{id}` belongs to {list}: special treatment has no effect there"));
    }
}

/// Numbers of votes by weight that are more than all there are.
fn out_of_reach(scenario: &Scenario, forum: &Forum, cautions: &mut Vec<String>) {
    let weighed = |candidates: &[usize]| {
        let weights = candidates.iter().map(|&no| scenario.weight_of(forum.candidate(no)));
        let unit = forum.weights.unit_of(candidates.iter().copied().zip(weights.clone()));
        (weights.fold(0.0, |sum, weight| sum + weight), unit)
    };
    let all: Vec<usize> = (0..forum.candidates()).collect();
    let (members, after): (Vec<usize>, _) = (forum.deciding_seats().collect(), &forum.after);
    let accession = after.accession.iter().map(|accession| ("accession.rule", accession.rule, all.as_slice()));
    let second = after.incorporation.iter().map(|body| ("incorporation.rule", body.rule, body.members.as_slice()));
    for (key, rule, candidates) in [("rule", forum.rule, members.as_slice())].into_iter().chain(accession).chain(second)
    {
        let Some(votes) = rule.amount_of_weight() else {
            continue;
        };
        let (weight, unit) = weighed(candidates);
        if !unit.comes_to(weight, votes) {
            let id = &forum.id;
            cautions.push(format!(
                "`{key}` of `{id}` asks for {} of weight, which is more than the {weight} that all have: it can never be met",
                votes.value()
            ));
        }
    }
}

/// Mandates typed in for a country and clause that meet in no forum.
fn idle_mandates(scenario: &Scenario, written: &ScenarioFile, cautions: &mut Vec<String>) {
    for (country, mandates) in &written.mandate {
        let Some(seated) = scenario.country(country) else {
            cautions.push(format!("`mandate.{country}` has no effect: `{country}` is a member of no forum"));
            continue;
        };
        for clause in mandates.keys() {
            let number = scenario.clause(clause);
            let on_agenda = |forum: &Forum| number.is_some_and(|number| forum.agenda.contains(&number));
            let sits_in = |forum: &Forum| {
                forum.members.iter().chain(&forum.after.outsiders).any(|member| member.country == seated)
            };
            if !scenario.forums.iter().any(|forum| on_agenda(forum) && sits_in(forum)) {
                cautions.push(format!(
                    "`mandate.{country}.{clause}` has no effect: `{clause}` is on the agenda of no forum of `{country}`"
                ));
            }
        }
    }
}

/// Shocks that a reader must not take for something that could be known, and shocks that change nothing.
fn shocks(scenario: &Scenario, written: &ScenarioFile, cautions: &mut Vec<String>) {
    for shock in &scenario.shocks {
        let id = &shock.id;
        if let (Some(date), Some(as_of)) = (shock.hindsight(scenario.as_of), scenario.as_of) {
            cautions.push(format!(
                "the shock `{id}` is dated {date}, later than {as_of}: hindsight, stated as a what-if and no forecast; \
                 `mechanisms.off = [\"shocks\"]` plays without it"
            ));
        }
        let first = match shock.when {
            When::On(date) => date.day(),
            When::Random { from, .. } => from,
        };
        if first > super::shocks::last_day(scenario) {
            cautions.push(format!("the shock `{id}` never strikes: everything is over before it can"));
        }
        if shock.concerned.is_empty() && shock.effect.capability == 1.0 {
            cautions.push(format!("the shock `{id}` has no effect: nobody that it strikes has a part in its forums"));
        } else if says_something_of_clauses(written, id)
            && shock.concerned.iter().all(|concerned| concerned.clauses.is_empty())
        {
            cautions.push(format!("the shock `{id}` has no effect on any clause: none is on the agenda of its forums"));
        }
        if let Some(membership) = shock.effect.membership {
            let sits = |concerned: &Concerned| {
                let members = &scenario.forums[concerned.forum].members;
                members.iter().any(|member| shock.countries.contains(&member.country))
            };
            if !shock.concerned.iter().any(sits) {
                cautions.push(format!("the shock `{id}` changes no membership: it strikes no member of its forums"));
            } else if membership == Membership::Join && matches!(shock.when, When::Random { each: true, .. }) {
                cautions.push(format!("`{id}` brings each member at a time of its own: some may never come"));
            }
        }
    }
    if !written.shock.is_empty() && scenario.off.contains(&Mechanism::Shocks) {
        cautions.push("shocks are stated but switched off".into());
    }
}

/// Whether a shock is written to do anything clause by clause.
fn says_something_of_clauses(written: &ScenarioFile, id: &str) -> bool {
    written.shock.get(id).is_some_and(|shock| {
        let effect = &shock.effect;
        effect.ideal.is_some()
            || effect.red_line.is_some()
            || effect.lift_red_lines
            || effect.reopen
            || [effect.shift, effect.polarise, effect.salience].iter().any(Option::is_some)
    })
}
