//! What `comity show` says of shocks.

use std::fmt::Write;

use crate::scenario::{Scenario, Shock};

/// Every shock in words; nothing where there is none.
pub fn shocks(scenario: &Scenario) -> String {
    let mut text = String::new();
    if !scenario.shocks.is_empty() {
        text.push_str("\n# Shocks\n\n");
    }
    for shock in &scenario.shocks {
        let hindsight = match shock.hindsight(scenario.as_of) {
            Some(_) => " (HINDSIGHT: later than what may be known)",
            None => "",
        };
        let _ = writeln!(text, "{}: {}", shock.id, shock.name);
        let _ = writeln!(text, "  strikes {}{hindsight}", shock.describe_when());
        let _ = writeln!(text, "  whom    {}", whom(scenario, shock));
        for concerned in &shock.concerned {
            let forum = &scenario.forums[concerned.forum];
            let all = concerned.clauses.len() == forum.agenda.len();
            let clauses = concerned.clauses.iter().map(|turn| scenario.clauses[forum.agenda[turn.clause]].id.as_str());
            let clauses = if all { "every clause".to_owned() } else { clauses.collect::<Vec<_>>().join(", ") };
            let on = if shock.turns_clauses() { format!(", on {clauses}") } else { String::new() };
            let _ = writeln!(text, "  where   {}{on}", forum.id);
        }
        let _ = writeln!(text, "  effect  {}", shock.describe());
        let _ = writeln!(text, "  source  {}; confidence {}", shock.source, shock.confidence);
    }
    text
}

fn whom(scenario: &Scenario, shock: &Shock) -> String {
    if shock.countries.len() == scenario.countries.len() {
        return "everyone".into();
    }
    let ids = shock.countries.iter().map(|&country| scenario.countries[country].id.as_str());
    ids.collect::<Vec<_>>().join(", ")
}
