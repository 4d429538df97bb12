//! `comity schema`: what editors hold a scenario against while it is written.

use serde_json::Value;

use crate::folder::{at_home, home};

fn schema() -> Value {
    let said = at_home(&["schema"]).well();
    assert_eq!(said.err, "");
    serde_json::from_str(&said.out).expect("valid JSON")
}

/// A scenario file as an editor sees it: dates are text.
fn document(path: &str) -> Value {
    let text = std::fs::read_to_string(home().join(path)).unwrap();
    as_json(&toml::Value::Table(text.parse().unwrap()))
}

fn as_json(value: &toml::Value) -> Value {
    match value {
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(items) => items.iter().map(as_json).collect(),
        toml::Value::Table(table) => table.iter().map(|(key, value)| (key.clone(), as_json(value))).collect(),
        plain => serde_json::to_value(plain).unwrap(),
    }
}

/// Where a document breaks the schema: the part of JSON Schema 2020-12 that the schema uses, read independently of the
/// program. A keyword that is not known here fails the test.
fn broken_at(value: &Value, schema: &Value, root: &Value, path: &str) -> Option<String> {
    let fails = |what: &str| Some(format!("{path}: {what}"));
    let children = |schema: &Value, value: &Value, path: &str| broken_at(value, schema, root, path);
    for (keyword, rule) in schema.as_object().expect("a schema is an object") {
        let number = |rule: &Value| value.as_f64().zip(rule.as_f64());
        let wrong = match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" | "default" | "format" | "required" => None,
            "$ref" => {
                let name = rule.as_str().and_then(|path| path.strip_prefix("#/$defs/")).expect("a local reference");
                children(&root["$defs"][name], value, path)
            }
            "type" => {
                let kinds = rule.as_array().cloned().unwrap_or_else(|| vec![rule.clone()]);
                let fits = kinds.iter().any(|kind| is_kind(value, kind.as_str().unwrap()));
                if fits { None } else { fails(&format!("should be {rule}")) }
            }
            "enum" => {
                if rule.as_array().unwrap().contains(value) {
                    None
                } else {
                    fails("is none of the words")
                }
            }
            "const" => {
                if rule == value {
                    None
                } else {
                    fails("is not the word")
                }
            }
            "anyOf" | "oneOf" => {
                let fitting =
                    rule.as_array().unwrap().iter().filter(|branch| children(branch, value, path).is_none()).count();
                if fitting == 1 || (keyword == "anyOf" && fitting > 0) {
                    None
                } else {
                    fails(&format!("fits {fitting} of its forms"))
                }
            }
            "items" => {
                let items = value.as_array().into_iter().flatten().enumerate();
                items.into_iter().find_map(|(no, item)| children(rule, item, &format!("{path}[{no}]")))
            }
            "properties" => {
                let named =
                    rule.as_object().unwrap().iter().filter_map(|(key, rule)| Some((key, rule, value.get(key)?)));
                named.into_iter().find_map(|(key, rule, value)| children(rule, value, &format!("{path}.{key}")))
            }
            "additionalProperties" => {
                let known = |key: &String| schema["properties"].get(key).is_some();
                let mut others = value.as_object().into_iter().flatten().filter(|(key, _)| !known(key));
                match rule {
                    Value::Bool(false) => others.next().and_then(|(key, _)| fails(&format!("has no key {key}"))),
                    rule => others.find_map(|(key, value)| children(rule, value, &format!("{path}.{key}"))),
                }
            }
            "minimum" => number(rule).filter(|(n, least)| n < least).and_then(|_| fails("is too little")),
            "exclusiveMinimum" => number(rule).filter(|(n, least)| n <= least).and_then(|_| fails("is too little")),
            "maximum" => number(rule).filter(|(n, most)| n > most).and_then(|_| fails("is too much")),
            unknown => panic!("the schema uses `{unknown}`, which this test does not know"),
        };
        if wrong.is_some() {
            return wrong;
        }
    }
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let object = value.as_object();
    let missing = object.and_then(|object| required.into_iter().find(|key| !object.contains_key(*key)));
    missing.and_then(|key| fails(&format!("lacks {key}")))
}

fn is_kind(value: &Value, kind: &str) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("no such type: {other}"),
    }
}

#[test]
fn the_schema_is_of_the_current_dialect_and_says_what_each_key_is() {
    let schema = schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let keys = schema["properties"].as_object().unwrap();
    let undescribed: Vec<_> = keys.iter().filter(|(_, key)| key["description"].is_null()).collect();
    assert!(keys.len() > 10 && undescribed.is_empty(), "{undescribed:?}");
}

#[test]
fn the_schema_accepts_every_shipped_scenario() {
    let schema = schema();
    let list = at_home(&["list"]).well().out;
    for name in list.lines().filter_map(|line| line.split_whitespace().next()) {
        let path = format!("scenarios/{name}.toml");
        let written = document(&path);
        // What a scenario with `extends` leaves out stands in the other one.
        let whole = if written["extends"].is_null() { written } else { whole(name) };
        assert_eq!(broken_at(&whole, &schema, &schema, name), None);
    }
}

/// A scenario with what it extends, in one piece.
fn whole(name: &str) -> Value {
    let checked = comity::scenario::check::load(name, &[], &comity::scenario::source::Disk).unwrap();
    let (_, text) = checked.resolved.files().swap_remove(0);
    as_json(&toml::Value::Table(text.parse().unwrap()))
}

#[test]
fn the_schema_refuses_what_is_misshapen() {
    let schema = schema();
    for (name, at) in [
        ("unknown-key", "has no key"),
        ("missing-key", "lacks "),
        ("wrong-kind", "should be "),
        ("unknown-choice", "fits 0 of its forms"),
        ("out-of-range", "is too much"),
        ("critical-mass", "fits 0 of its forms"),
        ("choices", "fits 0 of its forms"),
    ] {
        let found = broken_at(&document(&format!("scenarios/broken/{name}.toml")), &schema, &schema, name);
        assert!(found.as_deref().is_some_and(|found| found.contains(at)), "{name}: {found:?}");
    }
}
