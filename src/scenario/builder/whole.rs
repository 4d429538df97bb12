//! The scenario as a whole: what stands at its top, its parts, its tables, and the check.

use std::collections::BTreeMap;

use super::parts::{ClauseBuilder, CountryBuilder, ForumBuilder, MandateBuilder, ShockBuilder};
use super::placed::Placed;
use super::value::Value;
use crate::scenario::Mechanism;
use crate::scenario::check::{Checked, check};
use crate::scenario::problem::Problems;
use crate::scenario::resolve::Shelf;
use crate::scenario::source::{Files, Memory};

/// A scenario in the making.
///
/// ```
/// use comity::conference::Conference;
/// use comity::scenario::builder::ScenarioBuilder;
///
/// let checked = ScenarioBuilder::new("Two neighbours")
///     .country("ALB", |country| country.capability(2.0))
///     .country("BOR", |country| country.capability(1.0))
///     .clause("data_flows", |clause| clause.rung("none", 0.0).rung("free", 1.0))
///     .mandate("ALB", "data_flows", |mandate| mandate.ideal(0.9))
///     .mandate("BOR", "data_flows", |mandate| mandate.ideal(0.6))
///     .forum("talks", |forum| forum.members(["ALB", "BOR"]).rule("unanimity").calendar("2025-01-01", 4))
///     .build()?;
/// let outcome = Conference::new(checked.scenario).run(1, 0);
/// assert_eq!(outcome.forums[0].members.len(), 2);
/// # Ok::<(), comity::scenario::problem::Problems>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioBuilder {
    name: String,
    document: Value,
    /// Tables in memory, by path.
    tables: BTreeMap<String, String>,
}

/// Tables in memory before those of other files.
struct Beside<'a> {
    tables: &'a BTreeMap<String, String>,
    files: &'a dyn Files,
}

impl Files for Beside<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        match self.tables.get(path) {
            Some(table) => Ok(table.clone().into_bytes()),
            None => self.files.read(path),
        }
    }

    fn name(&self, path: &str) -> String {
        if self.tables.contains_key(path) { path.to_owned() } else { self.files.name(path) }
    }
}

impl ScenarioBuilder {
    /// A scenario of this title, which is its name too.
    pub fn new(title: impl Into<String>) -> ScenarioBuilder {
        let title = title.into();
        let document = Value::table().with("title", title.clone());
        ScenarioBuilder { name: title, document, tables: BTreeMap::new() }
    }

    /// A scenario that states only how it differs from another, shipped or by path.
    pub fn extending(other: impl Into<String>) -> ScenarioBuilder {
        let other = other.into();
        let document = Value::table().with("extends", other.clone());
        ScenarioBuilder { name: other, document, tables: BTreeMap::new() }
    }

    /// With another name than its title.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Sets the value at any path of keys, in place of what was there. A key that the format does not have is told by the
    /// check.
    pub fn set(mut self, path: &[&str], value: impl Into<Value>) -> Self {
        *self.document.entry(path) = value.into();
        self
    }

    /// What the scenario asks, in prose.
    pub fn question(self, question: impl Into<String>) -> Self {
        self.set(&["question"], question.into())
    }

    /// The day that bounds the evidence, a date or a text like `2019-01-25`.
    pub fn as_of(self, day: impl Into<Value>) -> Self {
        self.set(&["as_of"], day)
    }

    /// The last day that is looked at; without it nothing that follows adoption is played.
    pub fn horizon(self, day: impl Into<Value>) -> Self {
        self.set(&["horizon"], day)
    }

    /// Seed of a run that does not say.
    pub fn seed(self, seed: u64) -> Self {
        // As text every reader keeps it.
        self.set(&["seed"], seed.to_string())
    }

    /// Replications of a run that does not say [1–10⁹; default 1000].
    pub fn replications(self, replications: u64) -> Self {
        self.set(&["replications"], i64::try_from(replications).unwrap_or(i64::MAX))
    }

    /// A parameter of the model by its key: a number, or the distribution it is drawn from.
    pub fn parameter(self, key: &str, value: impl Into<Value>) -> Self {
        self.set(&["parameters", key], value)
    }

    /// Switches a mechanism off, beside those that are off already.
    pub fn without(mut self, mechanism: Mechanism) -> Self {
        let word = serde_json::to_value(mechanism).ok().and_then(|word| word.as_str().map(Value::from));
        let off = self.document.entry(&["mechanisms", "off"]);
        match (off, word) {
            (Value::List(words), Some(word)) => words.push(word),
            (other, Some(word)) => *other = [word].into(),
            (_, None) => {}
        }
        self
    }

    /// A country. One that is there already is changed.
    pub fn country(self, id: &str, country: impl FnOnce(CountryBuilder) -> CountryBuilder) -> Self {
        self.part(&["country", id], |there| country(CountryBuilder(there)).0)
    }

    /// A clause. One that is there already is changed.
    pub fn clause(self, id: &str, clause: impl FnOnce(ClauseBuilder) -> ClauseBuilder) -> Self {
        self.part(&["clause", id], |there| clause(ClauseBuilder(there)).0)
    }

    /// What a country wants on a clause; it comes before evidence. What it wants already is changed.
    pub fn mandate(self, country: &str, clause: &str, mandate: impl FnOnce(MandateBuilder) -> MandateBuilder) -> Self {
        self.part(&["mandate", country, clause], |there| mandate(MandateBuilder(there)).0)
    }

    /// A forum. One that is there already is changed.
    pub fn forum(mut self, id: &str, forum: impl FnOnce(ForumBuilder) -> ForumBuilder) -> Self {
        self.document.entry(&["forum", id]).entries().entry("name".to_owned()).or_insert_with(|| id.into());
        self.part(&["forum", id], |there| forum(ForumBuilder(there)).0)
    }

    /// A shock. One that is there already is changed.
    pub fn shock(self, id: &str, shock: impl FnOnce(ShockBuilder) -> ShockBuilder) -> Self {
        self.part(&["shock", id], |there| shock(ShockBuilder(there)).0)
    }

    fn part(mut self, path: &[&str], change: impl FnOnce(Value) -> Value) -> Self {
        let part = self.document.entry(path);
        *part = change(std::mem::replace(part, Value::Flag(false)));
        self
    }

    /// A table by its path among the files of [`build_beside`](Self::build_beside): `countries`, `indicators`, `clauses`,
    /// `evidence`, `trade` or `world`.
    pub fn table(self, name: &str, path: impl Into<String>) -> Self {
        self.set(&["tables", name], path.into())
    }

    /// A table in memory, of rows under a head of columns.
    pub fn table_of<T: AsRef<str>>(
        mut self,
        name: &str,
        columns: &[&str],
        rows: impl IntoIterator<Item = impl IntoIterator<Item = T>>,
    ) -> Self {
        let path = format!("tables/{name}.csv");
        // Rows of other lengths than the head are for the reader of the table to tell; writes to memory do not fail.
        let mut csv = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        let _ = csv.write_record(columns);
        for row in rows {
            let cells: Vec<T> = row.into_iter().collect();
            let _ = csv.write_record(cells.iter().map(AsRef::as_ref));
        }
        let text = csv.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
        self.tables.insert(path.clone(), text);
        self.table(name, path)
    }

    /// Checks it: the scenario, or every problem there is, each told by its key.
    pub fn build(&self) -> Result<Checked, Problems> {
        self.build_beside(&Memory::default())
    }

    /// Checks it beside files, where it names tables by their paths.
    pub fn build_beside(&self, files: &dyn Files) -> Result<Checked, Problems> {
        let mut placed = Placed::of(&self.name, &self.document);
        let beside = Beside { tables: &self.tables, files };
        let document = placed.document.clone();
        let problems = std::mem::take(&mut placed.problems);
        let resolved = Shelf { disk: &beside }.resolve_built(&self.name, document, problems);
        resolved.and_then(check).map_err(|problems| placed.told(problems))
    }

    /// As a scenario file, checked or not. Tables in memory stand beside it, by the paths that it names.
    pub fn to_toml(&self) -> String {
        toml::to_string(&Placed::of(&self.name, &self.document).document.to_toml()).unwrap_or_default()
    }
}
