//! From a name or path to one document: `extends` followed, overrides applied, every table read.

use std::sync::Arc;

use super::document::{self, Node, Value};
use super::library::{self, Library};
use super::problem::{At, File, Problem, Problems};
use super::seed;
use super::source::{Files, beside, normal, text_of};

/// Longest chain of scenarios that extend each other.
const MAX_CHAIN: usize = 16;

/// A scenario as one document, with its tables.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// The name or path asked for.
    pub name: String,
    /// The document, merged.
    pub document: Node,
    /// The file it was read from, where it is all in one: no `extends`.
    whole: Option<Arc<File>>,
    /// What states a difference: files that extend others, and overrides.
    variants: Vec<Arc<File>>,
    /// The tables it names, by where their paths stand.
    tables: Vec<(At, Arc<File>)>,
    /// Tables that cannot be read, and overrides that make no sense.
    pub(super) problems: Problems,
}

/// Where scenarios may come from.
pub struct Shelf<'a> {
    /// Files of the user.
    pub disk: &'a dyn Files,
}

impl Shelf<'_> {
    /// Brings in a scenario by shipped name or by path, with overrides as typed. Fails only where there is no document
    /// at all; what else is wrong is kept, to be told together with what follows.
    pub fn resolve(&self, asked: &str, overrides: &[String]) -> Result<Resolved, Problems> {
        let mut resolved = self.layer(asked, None, &mut Vec::new())?;
        overrides.iter().for_each(|text| self.set(&mut resolved, text));
        Ok(resolved)
    }

    /// Brings in a document that was made in memory, with the scenario that it extends, if it does, and its tables.
    pub(super) fn resolve_built(
        &self,
        name: &str,
        document: Node,
        mut problems: Problems,
    ) -> Result<Resolved, Problems> {
        let tables = self.tables_of(&document, self.disk, "", &mut problems);
        let Some(extends) = document.text(&["extends"]) else {
            let (name, variants) = (name.to_owned(), Vec::new());
            return Ok(Resolved { name, document, whole: None, variants, tables, problems });
        };
        let by = Some((&document.at(&["extends"]), self.disk, ""));
        let base = self.layer(extends, by, &mut Vec::new())?;
        Ok(base.under(name, document, tables, problems))
    }

    /// Lays an override, as typed, over a document. What is wrong with it is kept, to be told with what follows.
    pub fn set(&self, resolved: &mut Resolved, text: &str) {
        match document::assignment(text) {
            Ok((path, node)) => {
                let path: Vec<&str> = path.iter().map(String::as_str).collect();
                resolved.variants.push(node.at.file.clone());
                let mut over = Node { value: Value::Table(Default::default()), at: node.at.clone() };
                over.set(&path, node);
                resolved.tables.extend(self.tables_of(&over, self.disk, "", &mut resolved.problems));
                resolved.document.overlay(over);
            }
            Err(more) => resolved.problems.0.extend(more.0),
        }
    }

    fn layer(
        &self,
        asked: &str,
        by: Option<(&At, &dyn Files, &str)>,
        chain: &mut Vec<String>,
    ) -> Result<Resolved, Problems> {
        let (files, path): (&dyn Files, String) = match (library::path_of(asked), by) {
            (Some(path), _) => (&Library, path),
            (None, Some((_, files, from))) => (files, normal(&beside(from, asked))),
            (None, None) => (self.disk, asked.to_owned()),
        };
        let called = files.name(&path);
        let at_by = by.map(|(at, ..)| at.clone());
        if chain.contains(&called) || chain.len() >= MAX_CHAIN {
            return Err(Problem::new("comity::scenario::extends", at_by, format!("{called} extends itself"))
                .help("a chain of `extends` must end in a scenario without one")
                .into());
        }
        chain.push(called);
        let file = text_of(files, &path).map_err(|problems| self.explain(problems, asked, at_by))?;
        let document = document::parse(&file)?;
        let mut problems = Problems::default();
        let tables = self.tables_of(&document, files, &path, &mut problems);
        let Some(extends) = document.text(&["extends"]) else {
            let whole = Some(file);
            let variants = Vec::new();
            return Ok(Resolved { name: asked.to_owned(), document, whole, variants, tables, problems });
        };
        let base = self.layer(extends, Some((&document.at(&["extends"]), files, &path)), chain)?;
        Ok(base.under(asked, document, tables, problems))
    }

    /// A scenario that cannot be read was perhaps meant to be a shipped one.
    fn explain(&self, problems: Problems, asked: &str, at: Option<At>) -> Problems {
        let looks_like_a_path = asked.contains('/') || asked.contains('.');
        let explained = problems.0.into_iter().map(|mut problem| {
            problem.at = problem.at.or_else(|| at.clone());
            if problem.code == "comity::scenario::unreadable" {
                problem.help = None;
                let names = library::names();
                problem = if looks_like_a_path {
                    problem.help("check the path; `comity list` names the shipped scenarios")
                } else {
                    problem.suggest(asked, names.iter().map(String::as_str))
                };
            }
            problem
        });
        Problems(explained.collect())
    }

    /// Reads the tables that a document names.
    fn tables_of(
        &self,
        document: &Node,
        files: &dyn Files,
        path: &str,
        problems: &mut Problems,
    ) -> Vec<(At, Arc<File>)> {
        let mut tables = Vec::new();
        for (_, node) in table_paths(document) {
            let Value::Text(named) = &node.value else {
                continue;
            };
            match text_of(files, &normal(&beside(path, named))) {
                Ok(file) => tables.push((node.at.clone(), file)),
                Err(more) => problems.0.extend(more.0.into_iter().map(|mut problem| {
                    problem.at = Some(node.at.clone());
                    problem.label("this table")
                })),
            }
        }
        tables
    }
}

/// Where a forum may name a table of countries, and what its copy is called.
const LISTS: [(&str, &[&str]); 3] =
    [("members", &["members"]), ("applicants", &["accession", "applicants"]), ("body", &["incorporation", "members"])];

/// Every place of a document that names a table, with the name of its copy in a run directory.
fn table_paths(document: &Node) -> Vec<(String, &Node)> {
    let mut found = Vec::new();
    if let Some(Value::Table(tables)) = document.get(&["tables"]).map(|node| &node.value) {
        found.extend(tables.iter().map(|(name, (_, node))| (format!("tables/{name}.csv"), node)));
    }
    if let Some(Value::Table(forums)) = document.get(&["forum"]).map(|node| &node.value) {
        for (id, (_, forum)) in forums {
            for (what, path) in LISTS {
                found.extend(forum.get(path).map(|node| (format!("tables/{what}-{id}.csv"), node)));
            }
        }
    }
    found.retain(|(_, node)| matches!(node.value, Value::Text(_)));
    found
}

impl Resolved {
    /// With a document that extends it laid over it.
    fn under(mut self, name: &str, mut document: Node, tables: Vec<(At, Arc<File>)>, problems: Problems) -> Resolved {
        document.remove("extends");
        self.variants.push(document.at.file.clone());
        self.tables.extend(tables);
        self.problems.0.extend(problems.0);
        self.document.overlay(document);
        self.name = name.to_owned();
        self.whole = None;
        self
    }

    /// The table named at a place.
    pub(super) fn table(&self, path: &[&str]) -> Option<&Arc<File>> {
        self.table_at(&self.document.get(path)?.at)
    }

    /// The scenario as files to work on: as it was written, with its comments, and its tables where it names them; or, where
    /// it is not all in one or names tables outside its folder, as [`files`](Resolved::files) has it.
    pub fn copies(&self) -> Vec<(String, String)> {
        let inside = |path: &str| {
            !path.starts_with('/')
                && !path.contains(':')
                && !path.contains('\\')
                && !path.split('/').any(|part| part == "..")
        };
        let named = table_paths(&self.document).into_iter().filter_map(|(_, node)| match &node.value {
            Value::Text(path) => Some((path.clone(), self.table_at(&node.at)?)),
            _ => None,
        });
        let mut tables: Vec<(String, &Arc<File>)> = named.collect();
        tables.sort_by(|(one, _), (other, _)| one.cmp(other));
        tables.dedup_by(|(one, _), (other, _)| one == other);
        match &self.whole {
            Some(whole) if tables.iter().all(|(path, _)| inside(path)) => {
                let scenario = ("scenario.toml".to_owned(), whole.text.clone());
                let tables = tables.into_iter().map(|(path, file)| (normal(&path), file.text.clone()));
                [scenario].into_iter().chain(tables).collect()
            }
            _ => self.files(),
        }
    }

    /// Whether it states only how it differs from another scenario.
    pub fn is_variant(&self) -> bool {
        self.whole.is_none()
    }

    /// Whether what stands at a place was stated by a file that extends another, or by an override.
    pub(super) fn is_stated_by_variant(&self, at: &At) -> bool {
        self.variants.iter().any(|file| Arc::ptr_eq(file, &at.file))
    }

    /// The table whose path stands at a place.
    fn table_at(&self, at: &At) -> Option<&Arc<File>> {
        let here = |there: &At| Arc::ptr_eq(&there.file, &at.file) && there.span == at.span;
        self.tables.iter().find(|(there, _)| here(there)).map(|(_, file)| file)
    }

    /// The scenario as files that stand alone: `scenario.toml`, and copies of its tables that it names.
    pub fn files(&self) -> Vec<(String, String)> {
        let mut document = self.document.clone();
        let mut files = Vec::new();
        for (copy, node) in table_paths(&self.document) {
            let Some(file) = self.table_at(&node.at) else {
                continue;
            };
            let name = copy.trim_start_matches("tables/").trim_end_matches(".csv");
            let list = LISTS.iter().find_map(|(what, path)| {
                let forum = name.strip_prefix(what)?.strip_prefix('-')?;
                Some(["forum", forum].into_iter().chain(path.iter().copied()).collect())
            });
            let path: Vec<&str> = list.unwrap_or_else(|| vec!["tables", name]);
            document.set(&path, Node { value: Value::Text(copy.clone()), at: node.at.clone() });
            files.push((copy, file.text.clone()));
        }
        seed::safe(&mut document);
        let text = toml::to_string(&document.to_toml()).unwrap_or_default();
        files.insert(0, ("scenario.toml".into(), text));
        files
    }
}
