//! Rules, tactics and every other choice of the format, listed by the schema: what a test or an override leaves out is found.

use std::collections::BTreeSet;
use std::sync::Arc;

use comity::scenario::document::{Node, assignment, parse};
use comity::scenario::problem::File;
use serde_json::{Value, json};

use crate::talks::{RULES, STEADFAST, TACTICS, Talks, word};
use crate::weightless::ended_for;

/// The schema of the format.
fn schema() -> Value {
    comity::scenario::file::schema()
}

/// The words of a choice.
fn words(schema: &Value, name: &str) -> BTreeSet<String> {
    let forms = schema["$defs"][name]["oneOf"].as_array().unwrap_or_else(|| panic!("`{name}` is no choice"));
    let word = |form: &Value| match form["const"].as_str() {
        Some(word) => word.to_owned(),
        None => form["properties"].as_object().and_then(|keys| keys.keys().next().cloned()).expect("a word"),
    };
    forms.iter().map(word).collect()
}

/// The words of the schema that nothing in a list is an example of.
fn without_example(schema: &Value, name: &str, examples: &[&str]) -> Vec<String> {
    let drawn: BTreeSet<&str> = examples.iter().map(|example| word(example)).collect();
    words(schema, name).into_iter().filter(|word| !drawn.contains(word.as_str())).collect()
}

#[test]
fn every_rule_and_tactic_of_the_schema_is_drawn() {
    let schema = schema();
    assert_eq!(without_example(&schema, "Rule", RULES), [""; 0], "rules without an example in `talks::RULES`");
    assert_eq!(without_example(&schema, "TacticFile", TACTICS), [""; 0], "likewise, in `talks::TACTICS`");
    // A list that leaves some out is found.
    assert_eq!(without_example(&schema, "Rule", &RULES[1..]), ["consensus"]);
    assert_eq!(without_example(&schema, "TacticFile", &TACTICS[1..4]), ["steadfast"]);
}

/// Every choice of a schema of which some forms are tables: its words, each with a value that has that form.
fn choices(schema: &Value) -> Vec<Vec<(String, Value)>> {
    fn gather(part: &Value, found: &mut Vec<Vec<(String, Value)>>) {
        let forms = part["oneOf"].as_array().map_or(&[][..], Vec::as_slice);
        let alternatives: Vec<(String, Value)> = forms
            .iter()
            .filter_map(|form| match (form["const"].as_str(), form["properties"].as_object()) {
                (Some(word), _) => Some((word.to_owned(), json!(word))),
                (None, Some(keys)) => keys.iter().next().map(|(word, inner)| {
                    let required = inner["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
                    let table: serde_json::Map<_, _> = required.map(|key| (key.to_owned(), json!(0.5))).collect();
                    (word.clone(), json!({ word: table }))
                }),
                _ => None,
            })
            .collect();
        if alternatives.iter().any(|(_, value)| value.is_object()) {
            found.push(alternatives);
        }
        match part {
            Value::Object(parts) => parts.values().for_each(|part| gather(part, found)),
            Value::Array(parts) => parts.iter().for_each(|part| gather(part, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    gather(schema, &mut found);
    found
}

/// A value as TOML.
fn as_toml(value: &Value) -> String {
    match value {
        Value::Object(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|(key, value)| format!("{key} = {}", as_toml(value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        plain => plain.to_string(),
    }
}

fn tree(text: &str) -> Node {
    parse(&Arc::new(File { name: "t".into(), text: text.into() })).expect("TOML")
}

/// What stands at `a.x` once a value has been laid over another by `--set`.
fn laid_over(below: &Value, above: &Value) -> Value {
    let mut document = tree(&format!("[a]\nx = {}\n", as_toml(below)));
    let (path, node) = assignment(&format!("a.x={}", as_toml(above))).expect("an override");
    document.set(&path.iter().map(String::as_str).collect::<Vec<_>>(), node);
    document.to_json()["a"]["x"].take()
}

#[test]
fn every_alternative_of_every_choice_can_be_laid_over_every_other() {
    let choices = choices(&schema());
    let has = |word: &str| choices.iter().flatten().any(|(known, _)| known == word);
    assert!(["critical_mass", "reciprocal", "manipulator", "triangular"].into_iter().all(has), "{choices:?}");
    for choice in &choices {
        for ((from, below), (to, above)) in choice.iter().flat_map(|one| choice.iter().map(move |other| (one, other))) {
            assert_eq!(laid_over(below, above), *above, "{to} over {from}");
        }
    }
    // Words of no choice are keys: both stay, and so do both in what is no choice of one table.
    let (below, above) = (json!({ "mixed_up": { "a": 1 } }), json!({ "other": { "b": 2 } }));
    assert_eq!(laid_over(&below, &above), json!({ "mixed_up": { "a": 1 }, "other": { "b": 2 } }));
    let (below, above) = (json!({ "normal": { "a": 1 } }), json!({ "critical_mass": { "b": 2 } }));
    assert_eq!(laid_over(&below, &above).as_object().map(|table| table.len()), Some(2));
}

#[test]
fn keys_of_the_alternative_that_is_chosen_already_are_merged() {
    let below = json!({ "qualified_majority": { "by": "weight", "share": 0.6 } });
    let above = json!({ "qualified_majority": { "share": 0.7 } });
    assert_eq!(laid_over(&below, &above), json!({ "qualified_majority": { "by": "weight", "share": 0.7 } }));
}

/// Three who negotiate by one tactic, one of them slowly, and a fourth.
fn watched(own: &str, fourth: &str, weight: f64) -> Talks {
    let rows: [(f64, &[f64]); 4] = [(2.0, &[0.1, 0.9]), (3.0, &[0.8, 0.2]), (1.0, &[0.5, 0.4]), (1.0, &[0.9, 0.1])];
    let talks = Talks::of(&rows).with("rule", "{ critical_mass = { share = 0.9 } }").rounds(6);
    let talks = talks.with("tactic", own).member(0, "tactic", "{ polynomial = { beta = 1.0 } }");
    talks.member(3, "tactic", fourth).member(3, "weight", format!("{weight:?}"))
}

#[test]
fn no_outcome_depends_on_the_tactic_of_a_weightless_bystander() {
    let mut moved_by_weight = 0;
    for own in TACTICS {
        let alone = ended_for(&watched(own, STEADFAST, 0.0).but(|talks| talks.countries.truncate(3)), 3);
        for bystander in TACTICS {
            let beside = |weight: f64| ended_for(&watched(own, bystander, weight), 3);
            assert_eq!(beside(0.0), alone, "{bystander} beside {own}");
            moved_by_weight += u32::from(beside(1.0) != alone);
        }
    }
    // With weight it is no bystander.
    assert!(moved_by_weight as usize > TACTICS.len() * TACTICS.len() / 2, "{moved_by_weight}");
}
