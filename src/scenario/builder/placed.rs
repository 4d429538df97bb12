//! Values as a document: each gets a place of its own, by which problems find back to its key.

use std::sync::Arc;

use super::value::Value;
use crate::scenario::document::{self, Node};
use crate::scenario::problem::{At, File, Problem, Problems};

/// A document without a text. A place in it is a number, in the order in which things are said, and stands for a key.
pub(super) struct Placed {
    /// The document.
    pub document: Node,
    /// Numbers that are none.
    pub problems: Problems,
    /// The keys, by place.
    keys: Vec<String>,
    file: Arc<File>,
}

impl Placed {
    /// A table as the document of this name.
    pub fn of(name: &str, table: &Value) -> Placed {
        let file = Arc::new(File { name: name.to_owned(), text: String::new() });
        let document = Node { value: document::Value::Bool(false), at: At::start_of(&file) };
        let mut placed = Placed { document, problems: Problems::default(), keys: Vec::new(), file };
        placed.document = placed.node(String::new(), table);
        placed
    }

    fn place(&mut self, key: &str) -> At {
        self.keys.push(key.to_owned());
        let number = self.keys.len() - 1;
        At { file: self.file.clone(), span: number..number }
    }

    fn node(&mut self, key: String, value: &Value) -> Node {
        let at = self.place(&key);
        let value = match value {
            Value::Text(text) => document::Value::Text(text.clone()),
            Value::Integer(number) => document::Value::Integer(*number),
            Value::Number(number) if number.is_finite() => document::Value::Float(*number),
            Value::Number(_) => {
                let problem = Problem::new("comity::scenario::number", Some(at.clone()), "this is not a finite number");
                self.problems.push(problem.help("set a plain number; infinities and NaN have no meaning here"));
                document::Value::Float(0.0)
            }
            Value::Flag(flag) => document::Value::Bool(*flag),
            Value::Date(date) => document::Value::Date(date.to_string()),
            Value::List(items) => {
                let items = items.iter().enumerate();
                document::Value::List(items.map(|(no, item)| self.node(format!("{key}[{no}]"), item)).collect())
            }
            Value::Table(entries) => {
                let entries = entries.iter().map(|(name, value)| {
                    let inner = joined(&key, name);
                    let key_at = self.place(&inner);
                    (name.clone(), (key_at, self.node(inner, value)))
                });
                document::Value::Table(entries.collect())
            }
        };
        Node { value, at }
    }

    /// Problems with the key in place of a place in this document; places in other files stay.
    pub fn told(&self, problems: Problems) -> Problems {
        let told = problems.0.into_iter().map(|mut problem| {
            let here = problem.at.take_if(|at| Arc::ptr_eq(&at.file, &self.file));
            if let Some(key) = here.and_then(|at| self.keys.get(at.span.start)).filter(|key| !key.is_empty()) {
                problem.message = format!("{key}: {}", problem.message);
            }
            problem
        });
        Problems(told.collect())
    }
}

/// A key below another, as TOML writes it.
fn joined(above: &str, key: &str) -> String {
    let bare = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    let key = if bare { key.to_owned() } else { format!("{key:?}") };
    if above.is_empty() { key } else { format!("{above}.{key}") }
}
