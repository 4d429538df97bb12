//! What a key of a scenario can be set to.

use indexmap::IndexMap;

use crate::quantity::{Date, Uncertain};
use crate::scenario::{ChairMode, Consolidation, Undertaking};

/// A value of a scenario, as a file would state it.
///
/// Numbers, texts, flags, dates, lists of these, [uncertain](Uncertain) numbers and the choices of a forum become one by
/// `into`; the rest is put together by [`Value::table`] and [`Value::choice`].
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number; only finite ones pass the check.
    Number(f64),
    /// True or false.
    Flag(bool),
    /// A day.
    Date(Date),
    /// A list.
    List(Vec<Value>),
    /// A table, in the order in which its keys were set.
    Table(IndexMap<String, Value>),
}

impl Value {
    /// A table without keys.
    pub fn table() -> Value {
        Value::Table(IndexMap::new())
    }

    /// A choice that says more than its name: `{ name = { … } }`, like the rule `{ simple_majority = { by = "weight" } }`.
    pub fn choice(name: impl Into<String>, details: Value) -> Value {
        Value::Table([(name.into(), details)].into())
    }

    /// With a key set, in place of what was there; what is no table becomes one.
    pub fn with(mut self, key: impl Into<String>, value: impl Into<Value>) -> Value {
        self.entries().insert(key.into(), value.into());
        self
    }

    /// Its keys; what is no table becomes one without keys.
    pub(super) fn entries(&mut self) -> &mut IndexMap<String, Value> {
        if !matches!(self, Value::Table(_)) {
            *self = Value::table();
        }
        match self {
            Value::Table(entries) => entries,
            _ => unreachable!("it was made a table above"),
        }
    }

    /// The value at a path of keys, with tables made on the way and at its end.
    pub(super) fn entry(&mut self, path: &[&str]) -> &mut Value {
        path.iter().fold(self, |inner, key| inner.entries().entry((*key).to_owned()).or_insert_with(Value::table))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Value {
        Value::Text(text.clone())
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Value {
        Value::Number(number)
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Value {
        Value::Integer(number.into())
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Value {
        Value::Integer(number.into())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Integer(number)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Value {
        Value::Flag(flag)
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Value {
        Value::Date(date)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Value {
        items.into_iter().collect()
    }
}

impl<T: Into<Value>, const N: usize> From<[T; N]> for Value {
    fn from(items: [T; N]) -> Value {
        items.into_iter().collect()
    }
}

impl<T: Into<Value>> FromIterator<T> for Value {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Value {
        Value::List(items.into_iter().map(Into::into).collect())
    }
}

impl From<Uncertain> for Value {
    fn from(number: Uncertain) -> Value {
        match number {
            Uncertain::Fixed(value) => value.into(),
            Uncertain::Normal { mean, sd } => Value::choice("normal", Value::table().with("mean", mean).with("sd", sd)),
            Uncertain::Uniform { min, max } => {
                Value::choice("uniform", Value::table().with("min", min).with("max", max))
            }
            Uncertain::Triangular { min, mode, max } => {
                Value::choice("triangular", Value::table().with("min", min).with("mode", mode).with("max", max))
            }
        }
    }
}

impl From<Undertaking> for Value {
    fn from(undertaking: Undertaking) -> Value {
        match undertaking {
            Undertaking::Single => "single".into(),
            Undertaking::Modular => "modular".into(),
        }
    }
}

impl From<Consolidation> for Value {
    fn from(consolidation: Consolidation) -> Value {
        match consolidation {
            Consolidation::WeightedMean => "mean".into(),
            Consolidation::WeightedMedian => "median".into(),
        }
    }
}

impl From<ChairMode> for Value {
    fn from(mode: ChairMode) -> Value {
        match mode {
            ChairMode::Passive => "passive".into(),
            ChairMode::Formulator => "formulator".into(),
            ChairMode::Manipulator { bias } => Value::choice("manipulator", Value::table().with("bias", bias)),
        }
    }
}
