//! A scenario as a tree that knows where each value stands, with `extends` and overrides merged in.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use indexmap::IndexMap;
use toml::de::{DeTable, DeValue};

use super::problem::{At, File, Problem, Problems};

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it stands.
    pub at: At,
}

/// A value of TOML.
#[derive(Clone, Debug)]
pub enum Value {
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Float(f64),
    /// True or false.
    Bool(bool),
    /// A date, as written.
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// A table, in the order written, with where each key stands.
    Table(IndexMap<String, (At, Node)>),
}

impl Value {
    /// What it is, for people.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Text(_) => "text",
            Value::Integer(_) => "a whole number",
            Value::Float(_) => "a number",
            Value::Bool(_) => "true or false",
            Value::Date(_) => "a date",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }
}

/// Parses a file; every syntax error at once.
pub fn parse(file: &Arc<File>) -> Result<Node, Problems> {
    let (table, errors) = DeTable::parse_recoverable(&file.text);
    let mut problems = Problems::default();
    for error in errors {
        let at = At { file: file.clone(), span: error.span().unwrap_or(0..0) };
        let message = error.message().lines().collect::<Vec<_>>().join(", ");
        problems.push(
            Problem::new("comity::scenario::syntax", Some(at), format!("not valid TOML: {message}"))
                .help("the format is described at https://toml.io; texts need quotes, lists need commas"),
        );
    }
    let whole = At { file: file.clone(), span: 0..0 };
    let node = table_node(table.get_ref(), whole, file, &mut problems);
    problems.none_or(node)
}

fn table_node(table: &DeTable, at: At, file: &Arc<File>, problems: &mut Problems) -> Node {
    let place = |span| At { file: file.clone(), span };
    let entries = table
        .iter()
        .map(|(key, value)| {
            let node = value_node(value.get_ref(), place(value.span()), file, problems);
            (key.get_ref().to_string(), (place(key.span()), node))
        })
        .collect();
    Node { value: Value::Table(entries), at }
}

fn value_node(value: &DeValue, at: At, file: &Arc<File>, problems: &mut Problems) -> Node {
    let value = match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Integer(number),
            Err(_) => {
                problems.push(
                    Problem::new("comity::scenario::number", Some(at.clone()), "this whole number is too large").help(
                        "whole numbers go up to 9223372036854775807; a larger seed stands in quotes, as in \
                             seed = \"18446744073709551615\"",
                    ),
                );
                Value::Integer(0)
            }
        },
        DeValue::Float(number) => match number.as_str().parse::<f64>() {
            Ok(number) if number.is_finite() => Value::Float(number),
            _ => {
                problems.push(
                    Problem::new("comity::scenario::number", Some(at.clone()), "this is not a finite number")
                        .help("write a plain number; infinities and nan have no meaning here"),
                );
                Value::Float(0.0)
            }
        },
        DeValue::Boolean(flag) => Value::Bool(*flag),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(list) => Value::List(
            list.iter()
                .map(|item| {
                    let at = At { file: file.clone(), span: item.span() };
                    value_node(item.get_ref(), at, file, problems)
                })
                .collect(),
        ),
        DeValue::Table(table) => return table_node(table, at, file, problems),
    };
    Node { value, at }
}

impl Node {
    /// The value behind a path of keys.
    pub fn get(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, key| match &node.value {
            Value::Table(entries) => entries.get(*key).map(|(_, node)| node),
            Value::List(items) => items.get(key.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// Where a path of keys stands, or the nearest table above it that is there.
    pub fn at(&self, path: &[&str]) -> At {
        (0..=path.len()).rev().find_map(|end| self.get(&path[..end])).map_or_else(|| self.at.clone(), |n| n.at.clone())
    }

    /// Where the key at the end of a path stands.
    pub fn key_at(&self, path: &[&str]) -> At {
        let Some((last, above)) = path.split_last() else {
            return self.at.clone();
        };
        match self.get(above).map(|node| &node.value) {
            Some(Value::Table(entries)) if entries.contains_key(*last) => entries[*last].0.clone(),
            _ => self.at(path),
        }
    }

    /// Text at a path.
    pub fn text(&self, path: &[&str]) -> Option<&str> {
        match &self.get(path)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Lays another tree over this one: tables are merged key by key, everything else is replaced. A table that says
    /// `"other"` in place of a choice replaces the choice.
    pub fn overlay(&mut self, over: Node) {
        match (&mut self.value, over.value) {
            (Value::Table(below), Value::Table(above)) => {
                for (one, other) in EXCLUSIVE {
                    if above.contains_key(*one) && !above.contains_key(*other) {
                        below.shift_remove(*other);
                    }
                }
                for (key, (at, node)) in above {
                    match below.get_mut(&key) {
                        Some((_, there)) if !chooses_anew(there, &node) => there.overlay(node),
                        _ => {
                            below.insert(key, (at, node));
                        }
                    }
                }
            }
            (value, over_value) => {
                *value = over_value;
                self.at = over.at;
            }
        }
    }

    /// Sets the value at a path, making tables on the way.
    pub fn set(&mut self, path: &[&str], node: Node) {
        let at = node.at.clone();
        let nested = path.iter().rev().fold(node, |inner, key| Node {
            value: Value::Table(IndexMap::from([((*key).to_owned(), (at.clone(), inner))])),
            at: at.clone(),
        });
        self.overlay(nested);
    }

    /// Without a key of the topmost table.
    pub fn remove(&mut self, key: &str) {
        if let Value::Table(entries) = &mut self.value {
            entries.shift_remove(key);
        }
    }

    /// Removes the entries whose keys stand at these places.
    pub(super) fn remove_keys_at(&mut self, places: &[&At]) {
        match &mut self.value {
            Value::Table(entries) => {
                entries.retain(|_, (at, _)| !places.contains(&&*at));
                entries.values_mut().for_each(|(_, node)| node.remove_keys_at(places));
            }
            Value::List(items) => items.iter_mut().for_each(|item| item.remove_keys_at(places)),
            _ => {}
        }
    }

    /// As JSON, to be read into types.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Text(text) | Value::Date(text) => text.clone().into(),
            Value::Integer(number) => (*number).into(),
            Value::Float(number) => (*number).into(),
            Value::Bool(flag) => (*flag).into(),
            Value::List(items) => items.iter().map(Node::to_json).collect(),
            Value::Table(entries) => serde_json::Value::Object(
                entries.iter().map(|(key, (_, node))| (key.clone(), node.to_json())).collect(),
            ),
        }
    }

    /// As TOML, to be written down.
    pub fn to_toml(&self) -> toml::Value {
        match &self.value {
            Value::Text(text) => text.clone().into(),
            Value::Date(text) => text.parse().map(toml::Value::Datetime).unwrap_or_else(|_| text.clone().into()),
            Value::Integer(number) => (*number).into(),
            Value::Float(number) => (*number).into(),
            Value::Bool(flag) => (*flag).into(),
            Value::List(items) => items.iter().map(Node::to_toml).collect::<Vec<_>>().into(),
            Value::Table(entries) => {
                toml::Value::Table(entries.iter().map(|(key, (_, node))| (key.clone(), node.to_toml())).collect())
            }
        }
    }
}

/// Keys of which a table has one or the other: the one that is laid over takes the place of the other.
const EXCLUSIVE: &[(&str, &str)] = &[("share", "votes"), ("votes", "share")];

/// Whether a value chooses another alternative than the one below it: then it replaces that whole.
fn chooses_anew(below: &Node, above: &Node) -> bool {
    let (Value::Table(below), Value::Table(above)) = (&below.value, &above.value) else {
        return false;
    };
    let chosen = |table: &IndexMap<String, (At, Node)>, choice: &BTreeSet<String>| {
        table.keys().find(|key| choice.contains(*key)).cloned()
    };
    choices().iter().any(|choice| {
        let (from, to) = (chosen(below, choice), chosen(above, choice));
        from.is_some() && to.is_some() && from != to
    })
}

/// The choices of the format: for each, the words of which a table holds one, as the schema has them.
fn choices() -> &'static [BTreeSet<String>] {
    static CHOICES: LazyLock<Vec<BTreeSet<String>>> = LazyLock::new(|| {
        let mut found = Vec::new();
        gather_choices(&super::file::schema(), &mut found);
        found
    });
    &CHOICES
}

/// Adds the choices of a schema: lists of forms of which some are tables with one key.
fn gather_choices(schema: &serde_json::Value, found: &mut Vec<BTreeSet<String>>) {
    if let Some(forms) = schema.get("oneOf").and_then(serde_json::Value::as_array) {
        let words: BTreeSet<String> = forms.iter().filter_map(only_key).cloned().collect();
        if !words.is_empty() {
            found.push(words);
        }
    }
    match schema {
        serde_json::Value::Object(parts) => parts.values().for_each(|part| gather_choices(part, found)),
        serde_json::Value::Array(parts) => parts.iter().for_each(|part| gather_choices(part, found)),
        _ => {}
    }
}

/// The key of a table that has to have it and may have no other.
fn only_key(form: &serde_json::Value) -> Option<&String> {
    let keys = form.get("properties")?.as_object()?;
    let required = form.get("required")?.as_array()?;
    (keys.len() == 1 && required.len() == 1).then(|| keys.keys().next())?
}

/// An override as typed: `forum.jsi.calendar.rounds=40`. What is no TOML value is taken as text.
pub fn assignment(text: &str) -> Result<(Vec<String>, Node), Problems> {
    let file = Arc::new(File { name: "--set".into(), text: text.to_owned() });
    let wrong = |span: std::ops::Range<usize>, message: &str| {
        Problems::from(
            Problem::new("comity::scenario::set", Some(At { file: file.clone(), span }), message)
                .help("write KEY=VALUE, e.g. --set forum.jsi.calendar.rounds=40"),
        )
    };
    let Some(equals) = text.find('=') else {
        return Err(wrong(0..text.len(), "there is no `=` in this override"));
    };
    let path: Vec<String> = text[..equals].split('.').map(|key| key.trim().to_owned()).collect();
    if path.iter().any(String::is_empty) {
        return Err(wrong(0..equals.max(1).min(text.len()), "a part of this key is empty"));
    }
    let written = text[equals + 1..].trim();
    let start = equals + 1 + (text[equals + 1..].len() - text[equals + 1..].trim_start().len());
    let at = At { file: file.clone(), span: start..start + written.len() };
    let mut problems = Problems::default();
    let node = match DeValue::parse(written) {
        Ok(value) => value_node(value.get_ref(), at.clone(), &file, &mut problems),
        // A table that is none is no text either.
        Err(error) if written.starts_with('{') && written.ends_with('}') => {
            let message = format!("this is no table: {}", error.message());
            return Err(Problem::new("comity::scenario::set", Some(at), message)
                .help("put text in quotes inside a table, as in { share = \"2/3\" }")
                .into());
        }
        Err(_) => Node { value: Value::Text(written.to_owned()), at: at.clone() },
    };
    problems.none_or((path, relocate(node, &at)))
}

/// Everything inside an override points at the override.
fn relocate(node: Node, at: &At) -> Node {
    let value = match node.value {
        Value::List(items) => Value::List(items.into_iter().map(|item| relocate(item, at)).collect()),
        Value::Table(entries) => {
            Value::Table(entries.into_iter().map(|(key, (_, node))| (key, (at.clone(), relocate(node, at)))).collect())
        }
        value => value,
    };
    Node { value, at: at.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> Node {
        parse(&Arc::new(File { name: "t".into(), text: text.into() })).unwrap()
    }

    #[test]
    fn overlays_merge_tables_and_replace_the_rest() {
        let mut below = tree("a = 1\n[t]\nb = [1, 2]\nc = 3\n[f]\nrule = { critical_mass = { share = 0.9 } }\n");
        below.overlay(tree("[t]\nb = [9]\nd = 4\n[f]\nrule = { qualified_majority = { share = 0.6 } }\n"));
        assert_eq!(
            below.to_json(),
            serde_json::json!({"a": 1, "t": {"b": [9], "c": 3, "d": 4},
                "f": {"rule": {"qualified_majority": {"share": 0.6}}}})
        );
    }

    #[test]
    fn overrides_are_toml_values_or_plain_text() {
        let mut root = tree("[f]\nx = 1\n");
        for text in ["f.x = 2.5", "f.rule=unanimity", "f.y={ a = [1] }"] {
            let (path, node) = assignment(text).unwrap();
            root.set(&path.iter().map(String::as_str).collect::<Vec<_>>(), node);
        }
        assert_eq!(root.to_json(), serde_json::json!({"f": {"x": 2.5, "rule": "unanimity", "y": {"a": [1]}}}));
        assert!(assignment("no equals").is_err());
        assert!(assignment("a..b=1").is_err());
        assert!(assignment("=1").is_err());
    }

    #[test]
    fn every_syntax_error_is_reported() {
        let file = Arc::new(File { name: "t".into(), text: "a = \nb = [1\nc = nan\n".into() });
        assert!(!parse(&file).unwrap_err().0.is_empty());
    }
}
