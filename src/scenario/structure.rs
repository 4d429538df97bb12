//! Holds a document against the schema of the format: unknown keys, missing keys, wrong kinds, numbers out of range,
//! unknown choices. All of them at once, each at its place. The schema is made from the types of `file`, so the two
//! cannot drift apart.

use serde_json::Value as Json;

use super::document::{Node, Value};
use super::number::{plain, range};
use super::problem::{Problem, Problems};

/// Every way in which a document differs from the schema.
pub fn compare(document: &Node, schema: &Json) -> Problems {
    let mut walk = Walk { definitions: &schema["$defs"], problems: Problems::default() };
    walk.node(document, schema, "the scenario");
    walk.problems
}

struct Walk<'a> {
    definitions: &'a Json,
    problems: Problems,
}

impl<'a> Walk<'a> {
    fn node(&mut self, node: &Node, schema: &'a Json, what: &str) {
        let schema = self.resolve(schema);
        if let Some(branches) = branches(schema) {
            self.choice(node, branches, what);
            // Bounds beside the alternatives hold for those that are numbers. Where a distribution may stand for the
            // number, they hold for what it is made of as well: the bounds of both are held later, together.
            let is_drawn = || self.flatten(branches).into_iter().any(|branch| single_key(branch).is_some());
            match node.value {
                Value::Integer(number) if !is_drawn() => self.range(node, number as f64, schema, what),
                Value::Float(number) if !is_drawn() => self.range(node, number, schema, what),
                _ => {}
            }
            return;
        }
        if let Some(allowed) = schema["enum"].as_array() {
            return self.word(node, &words(allowed), what);
        }
        let kinds = kinds(schema);
        if !kinds.is_empty() && !kinds.iter().any(|kind| is_kind(&node.value, kind)) {
            let expected = describe(&kinds, schema);
            let found = node.value.kind();
            self.problems.push(
                Problem::new(
                    "comity::scenario::wrong_kind",
                    Some(node.at.clone()),
                    format!("{what} should be {expected}, not {found}"),
                )
                .label(format!("this is {found}"))
                .help(format!("write {expected}{}", described(schema))),
            );
            return;
        }
        match &node.value {
            Value::Integer(number) => self.range(node, *number as f64, schema, what),
            Value::Float(number) => self.range(node, *number, schema, what),
            Value::List(items) => {
                for item in items {
                    self.node(item, &schema["items"], &format!("an item of {what}"));
                }
            }
            Value::Table(_) => self.table(node, schema, what),
            Value::Text(_) | Value::Bool(_) | Value::Date(_) => {}
        }
    }

    fn table(&mut self, node: &Node, schema: &'a Json, what: &str) {
        let Value::Table(entries) = &node.value else {
            return;
        };
        let properties = schema["properties"].as_object();
        let known: Vec<&str> = properties.into_iter().flat_map(|p| p.keys()).map(String::as_str).collect();
        for (key, (at, value)) in entries {
            match properties.and_then(|properties| properties.get(key)) {
                Some(schema) => self.node(value, schema, &format!("`{key}`")),
                None => match &schema["additionalProperties"] {
                    Json::Bool(false) | Json::Null => self.problems.push(
                        Problem::new(
                            "comity::scenario::unknown_key",
                            Some(at.clone()),
                            format!("{what} has no key `{key}`"),
                        )
                        .label("unknown key")
                        .suggest(key, known.iter().copied()),
                    ),
                    schema => self.node(value, schema, &format!("`{key}`")),
                },
            }
        }
        for required in schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str) {
            if !entries.contains_key(required) {
                // What the key is says more than what its kind of value is.
                let property = &schema["properties"][required];
                let own = described(property);
                let description = if own.is_empty() { described(self.resolve(property)) } else { own };
                self.problems.push(
                    Problem::new(
                        "comity::scenario::missing_key",
                        Some(node.at.clone()),
                        format!("{what} lacks the key `{required}`"),
                    )
                    .label("missing here")
                    .help(format!("add `{required} = …`{description}")),
                );
            }
        }
    }

    /// A value that may be one of several things.
    fn choice(&mut self, node: &Node, branches: &'a [Json], what: &str) {
        let branches = self.flatten(branches);
        let plain: Vec<String> = branches.iter().flat_map(|branch| plain_words(branch)).collect();
        let keyed: Vec<(&str, &Json)> = branches.iter().filter_map(|branch| single_key(branch)).collect();
        match &node.value {
            Value::Text(_) if !plain.is_empty() => {
                let all: Vec<String> =
                    plain.iter().cloned().chain(keyed.iter().map(|(key, _)| (*key).into())).collect();
                let Value::Text(text) = &node.value else {
                    return;
                };
                if let Some((key, _)) = keyed.iter().find(|(key, _)| key == text) {
                    self.problems.push(
                        Problem::new(
                            "comity::scenario::missing_key",
                            Some(node.at.clone()),
                            format!("`{key}` of {what} needs more to be said"),
                        )
                        .help(format!("write {{ {key} = {{ … }} }}")),
                    );
                } else if !plain.contains(text) {
                    self.word(node, &all.iter().map(String::as_str).collect::<Vec<_>>(), what);
                }
            }
            Value::Table(entries) if !keyed.is_empty() => {
                let names: Vec<&str> = keyed.iter().map(|(key, _)| *key).collect();
                match entries.iter().next() {
                    Some((key, (at, value))) if entries.len() == 1 => {
                        match keyed.iter().find(|(name, _)| name == key) {
                            Some((_, schema)) => self.node(value, schema, &format!("`{key}`")),
                            None => self.problems.push(
                                Problem::new(
                                    "comity::scenario::unknown_choice",
                                    Some(at.clone()),
                                    format!("`{key}` is no choice for {what}"),
                                )
                                .label("unknown choice")
                                .suggest(key, names.iter().copied().chain(plain.iter().map(String::as_str))),
                            ),
                        }
                    }
                    _ => self.problems.push(
                        Problem::new(
                            "comity::scenario::unknown_choice",
                            Some(node.at.clone()),
                            format!("{what} should name exactly one choice"),
                        )
                        .suggest("", names.into_iter().chain(plain.iter().map(String::as_str))),
                    ),
                }
            }
            value => {
                let fitting = branches.iter().find(|branch| {
                    let kinds = kinds(branch);
                    kinds.is_empty() || kinds.iter().any(|kind| is_kind(value, kind))
                });
                match fitting {
                    Some(branch) => self.node(node, branch, what),
                    None => {
                        let mut expected: Vec<String> = branches
                            .iter()
                            .filter(|branch| branch["type"] != "null" && branch["const"].is_null())
                            .map(|branch| match single_key(branch) {
                                Some((key, _)) => format!("`{{ {key} = … }}`"),
                                None => describe(&kinds(branch), branch),
                            })
                            .collect();
                        expected.extend(plain.iter().map(|word| format!("\"{word}\"")));
                        expected.dedup();
                        self.problems.push(
                            Problem::new(
                                "comity::scenario::wrong_kind",
                                Some(node.at.clone()),
                                format!("{what} cannot be {}", value.kind()),
                            )
                            .label(format!("this is {}", value.kind()))
                            .help(format!("write {}", expected.join(" or "))),
                        );
                    }
                }
            }
        }
    }

    /// The alternatives, those inside alternatives included.
    fn flatten(&self, of: &'a [Json]) -> Vec<&'a Json> {
        of.iter()
            .map(|branch| self.resolve(branch))
            .flat_map(|branch| branches(branch).map_or_else(|| vec![branch], |inner| self.flatten(inner)))
            .collect()
    }

    fn word(&mut self, node: &Node, allowed: &[&str], what: &str) {
        match &node.value {
            Value::Text(text) if allowed.contains(&text.as_str()) => {}
            Value::Text(text) => self.problems.push(
                Problem::new(
                    "comity::scenario::unknown_choice",
                    Some(node.at.clone()),
                    format!("\"{text}\" is no choice for {what}"),
                )
                .label("unknown choice")
                .suggest(text, allowed.iter().copied()),
            ),
            value => self.problems.push(
                Problem::new(
                    "comity::scenario::wrong_kind",
                    Some(node.at.clone()),
                    format!("{what} should be one of a few words, not {}", value.kind()),
                )
                .suggest("", allowed.iter().copied()),
            ),
        }
    }

    fn range(&mut self, node: &Node, number: f64, schema: &Json, what: &str) {
        let bound = |key: &str| schema[key].as_f64();
        let (least, most, above) = (bound("minimum"), bound("maximum"), bound("exclusiveMinimum"));
        let too_little = least.is_some_and(|least| number < least) || above.is_some_and(|above| number <= above);
        if too_little || most.is_some_and(|most| number > most) {
            let most = most.unwrap_or(f64::INFINITY);
            let range = match above {
                Some(above) => format!("more than {above}, at most {most}"),
                None => range(least.unwrap_or(f64::NEG_INFINITY), most),
            };
            self.problems.push(
                Problem::new(
                    "comity::scenario::out_of_range",
                    Some(node.at.clone()),
                    format!("{what} is {}, out of its range", plain(number)),
                )
                .label("out of range")
                .help(format!("expected {range}{}", described(schema))),
            );
        }
    }

    fn resolve(&self, schema: &'a Json) -> &'a Json {
        match schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
            Some(name) => self.resolve(&self.definitions[name]),
            None => schema,
        }
    }
}

fn branches(schema: &Json) -> Option<&[Json]> {
    schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array()).map(Vec::as_slice)
}

fn words(allowed: &[Json]) -> Vec<&str> {
    allowed.iter().filter_map(Json::as_str).collect()
}

/// The words a branch stands for, where it stands for words; nested choices included.
fn plain_words(branch: &Json) -> Vec<String> {
    if let Some(word) = branch["const"].as_str() {
        return vec![word.into()];
    }
    match branch["enum"].as_array() {
        Some(allowed) => words(allowed).into_iter().map(str::to_owned).collect(),
        None => Vec::new(),
    }
}

/// The key and schema of a branch that is a table of one key: a choice that says more.
fn single_key(branch: &Json) -> Option<(&str, &Json)> {
    let required = branch["required"].as_array()?;
    let properties = branch["properties"].as_object()?;
    match (required.as_slice(), properties.len()) {
        ([key], 1) => properties.iter().next().filter(|(name, _)| *name == key).map(|(name, s)| (name.as_str(), s)),
        _ => None,
    }
}

fn kinds(schema: &Json) -> Vec<&str> {
    match &schema["type"] {
        Json::String(kind) => vec![kind],
        Json::Array(kinds) => kinds.iter().filter_map(Json::as_str).collect(),
        _ => Vec::new(),
    }
}

fn is_kind(value: &Value, kind: &str) -> bool {
    match value {
        Value::Text(_) | Value::Date(_) => kind == "string",
        Value::Integer(_) => kind == "integer" || kind == "number",
        Value::Float(_) => kind == "number",
        Value::Bool(_) => kind == "boolean",
        Value::List(_) => kind == "array",
        Value::Table(_) => kind == "object",
    }
}

fn describe(kinds: &[&str], schema: &Json) -> String {
    let kind = kinds.iter().find(|kind| **kind != "null").copied().unwrap_or("something else");
    match kind {
        "string" if schema["format"] == "date" => "a date like 2019-01-25".into(),
        "string" => "text in quotes".into(),
        "integer" => "a whole number".into(),
        "number" => "a number".into(),
        "boolean" => "true or false".into(),
        "array" => "a list in square brackets".into(),
        "object" => "a table".into(),
        kind => kind.into(),
    }
}

/// What the schema says of a value, in brackets.
fn described(schema: &Json) -> String {
    schema["description"].as_str().map(|text| format!(" ({})", text.replace('\n', " "))).unwrap_or_default()
}
