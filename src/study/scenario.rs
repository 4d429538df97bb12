//! A scenario to work with: checked, and kept together with the document it was made from, so that it can be changed.

use std::fmt;
use std::sync::Arc;

use crate::error::Error;
use crate::scenario::check::{self, Checked};
use crate::scenario::source::Files;
use crate::scenario::{self, Resolved, Shelf};

/// A scenario that holds: every problem it could have has been looked for and there is none. Cheap to clone.
#[derive(Clone)]
pub struct Scenario {
    asked: String,
    overrides: Vec<String>,
    checked: Arc<Checked>,
    /// Where tables are read from that a change names.
    files: Arc<dyn Files + Send + Sync>,
}

/// The files of the user.
#[cfg(feature = "files")]
use crate::scenario::source::Disk;

/// Stands where the files of the user would, in a build that reads none.
#[cfg(not(feature = "files"))]
struct Disk;

#[cfg(not(feature = "files"))]
impl Files for Disk {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Err("this comity was built without the feature `files`".into())
    }
}

impl Scenario {
    /// Loads a scenario by the name of a shipped one, or by the path of a file.
    ///
    /// # Errors
    ///
    /// Every problem there is, each with its place: what cannot be read, has the wrong shape, or makes no sense. Without
    /// the feature `files` only shipped scenarios can be read; see [`read`](Scenario::read).
    pub fn load(name_or_path: &str) -> Result<Scenario, Error> {
        Scenario::read(name_or_path, Disk)
    }

    /// Loads a scenario with values changed, as `comity run NAME --set path=value` does: it is checked once, with the changes
    /// made, so that a file may leave to them what it does not say.
    ///
    /// # Errors
    ///
    /// Every problem of the scenario that results.
    pub fn load_with<S: AsRef<str>>(name_or_path: &str, changes: &[S]) -> Result<Scenario, Error> {
        Scenario::read_with(name_or_path, changes, Disk)
    }

    /// Loads a scenario by the name of a shipped one, or by its path in a place of one's own, as
    /// [`Memory`](crate::scenario::source::Memory).
    ///
    /// # Errors
    ///
    /// As [`load`](Scenario::load).
    pub fn read(name_or_path: &str, files: impl Files + Send + Sync + 'static) -> Result<Scenario, Error> {
        Scenario::read_with::<&str>(name_or_path, &[], files)
    }

    fn read_with<S: AsRef<str>>(
        name_or_path: &str,
        changes: &[S],
        files: impl Files + Send + Sync + 'static,
    ) -> Result<Scenario, Error> {
        let overrides: Vec<String> = changes.iter().map(|change| change.as_ref().to_owned()).collect();
        let checked = Arc::new(check::load(name_or_path, &overrides, &files)?);
        Ok(Scenario { asked: name_or_path.to_owned(), overrides, checked, files: Arc::new(files) })
    }

    /// The same scenario with one value changed, `path=value`, as `--set` of the command line has it:
    /// `forum.jsi.rule=unanimity`. Changes follow each other; of two that say something of the same key the last one counts.
    ///
    /// # Errors
    ///
    /// Every problem of the scenario that results. This one stays as it is.
    pub fn with(&self, change: &str) -> Result<Scenario, Error> {
        self.with_all([change])
    }

    /// The same scenario with several values changed, which are checked together: for changes of which none makes sense
    /// without the others, and to be told all that is wrong with any of them at once.
    ///
    /// # Errors
    ///
    /// Every problem of the scenario that results.
    pub fn with_all<S: AsRef<str>>(&self, changes: impl IntoIterator<Item = S>) -> Result<Scenario, Error> {
        let shelf = Shelf { disk: self.files.as_ref() };
        let mut changed = self.clone();
        let mut resolved = self.checked.resolved.clone();
        for change in changes {
            shelf.set(&mut resolved, change.as_ref());
            changed.overrides.push(change.as_ref().to_owned());
        }
        changed.checked = Arc::new(check::check(resolved)?);
        Ok(changed)
    }

    /// Its title, in one line.
    pub fn title(&self) -> &str {
        &self.model().title
    }

    /// The name or path by which it was asked for.
    pub fn asked(&self) -> &str {
        &self.asked
    }

    /// The changes that were made to it, as written.
    pub fn changes(&self) -> &[String] {
        &self.overrides
    }

    /// What is no mistake and should be known before it is run: unverified evidence, figures later than its day, entries
    /// without effect.
    pub fn cautions(&self) -> &[String] {
        &self.model().cautions
    }

    /// What it means: countries, clauses, forums and parameters, as the model plays them.
    pub fn model(&self) -> &Arc<scenario::Scenario> {
        &self.checked.scenario
    }

    /// As written, in one piece: `extends` followed, changes made, tables beside it.
    pub fn resolved(&self) -> &Resolved {
        &self.checked.resolved
    }

    /// Both.
    pub fn checked(&self) -> &Checked {
        &self.checked
    }
}

impl fmt::Debug for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scenario").field("asked", &self.asked).field("changes", &self.overrides).finish_non_exhaustive()
    }
}

impl From<Checked> for Scenario {
    fn from(checked: Checked) -> Self {
        let asked = checked.resolved.name.clone();
        Scenario { asked, overrides: Vec::new(), checked: Arc::new(checked), files: Arc::new(Disk) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;
    use crate::scenario::source::Memory;

    fn rounds(scenario: &Scenario) -> u32 {
        scenario.model().forums[0].calendar.rounds
    }

    #[test]
    fn changes_follow_each_other_and_leave_what_they_change_alone() {
        let first = Scenario::load("minimal").unwrap();
        let forum = first.model().forums[0].id.clone();
        let set = |rounds: u32| format!("forum.{forum}.calendar.rounds={rounds}");
        let other = rounds(&first) + 5;
        let changed = first.with(&set(1)).unwrap().with(&set(other)).unwrap();
        assert_eq!((rounds(&first) + 5, rounds(&changed)), (other, other));
        assert_eq!(changed.changes(), [set(1), set(other)]);
    }

    #[test]
    fn a_change_means_what_it_means_to_the_command_line() {
        let forum = Scenario::load("minimal").unwrap().model().forums[0].id.clone();
        let changes = [format!("forum.{forum}.rule=unanimity"), "title=other".to_owned()];
        let told = check::load("minimal", &changes, &Memory::default()).unwrap().resolved.files();
        let scenario = Scenario::load("minimal").unwrap();
        assert_eq!(scenario.with_all(&changes).unwrap().resolved().files(), told);
        let one_by_one = scenario.with(&changes[0]).unwrap().with(&changes[1]).unwrap();
        assert_eq!(one_by_one.resolved().files(), told);
        assert_ne!(scenario.resolved().files(), told, "the changes change something");
    }

    #[test]
    fn what_a_file_leaves_open_a_change_may_say_on_loading() {
        let text = check::load("minimal", &[], &Memory::default()).unwrap().resolved.files()[0].1.clone();
        let open = text.replacen("title = ", "name_of_it = ", 1);
        let file = || Memory([("open.toml".to_owned(), open.clone())].into());
        let without_title = Scenario::read("open.toml", file()).unwrap_err();
        assert!(without_title.is(Code::ScenarioMissingKey), "{without_title:?}");
        let unnamed = text.lines().filter(|line| !line.starts_with("title = ")).collect::<Vec<_>>().join("\n");
        let file = Memory([("open.toml".to_owned(), unnamed)].into());
        assert_eq!(Scenario::read_with("open.toml", &["title=said"], file).unwrap().title(), "said");
    }

    #[test]
    fn all_that_is_wrong_with_changes_is_told_at_once() {
        let scenario = Scenario::load("minimal").unwrap();
        let error = scenario.with_all(["nonsense", "seeed=4", "replications=\"many\""]).unwrap_err();
        for code in [Code::ScenarioSet, Code::ScenarioUnknownKey, Code::ScenarioWrongKind] {
            assert!(error.is(code), "{code} is not in {error:?}");
        }
        assert!(scenario.with("seed=4").is_ok());
    }

    #[test]
    fn what_is_not_shipped_is_told_with_what_to_do() {
        let error = Scenario::read("wto-jzi", Memory::default()).unwrap_err();
        assert_eq!(error.code(), Code::ScenarioUnreadable);
        assert!(error.to_string().contains("did you mean `wto-jsi`?"), "{error}");
    }
}
