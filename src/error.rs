//! The one error of the library: every problem that was found, each with its place, its code and what to do.

use std::fmt;

pub use crate::scenario::code::Code;
use crate::scenario::problem::{Problem, Problems};

/// Why something could not be done: one problem or more.
///
/// Printed with `{}`, it tells every problem in a line of its own: file, line and column, what is wrong and what was
/// expected, and what to do. `{:?}`, which a `main` prints that ends with an error, tells the same below the codes.
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Problems>);

impl Error {
    /// Every problem, in the order of files and places; never empty.
    pub fn problems(&self) -> &[Problem] {
        &self.0.0
    }

    /// The code of the first problem.
    pub fn code(&self) -> Code {
        self.0.0.first().map_or(Code::RunUnlisted, |problem| problem.code)
    }

    /// Whether any of the problems has this code.
    pub fn is(&self, code: Code) -> bool {
        self.0.0.iter().any(|problem| problem.code == code)
    }

    /// The problems themselves.
    pub fn into_problems(self) -> Problems {
        *self.0
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in self.problems() {
            write!(f, "\n{}: {problem}", problem.code)?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

impl From<Problems> for Error {
    fn from(problems: Problems) -> Self {
        Error(Box::new(problems))
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Problems::from(problem).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two() -> Error {
        let unknown = Problem::new(Code::ScenarioUnknownKey, None, "unknown key `tilte`").help("did you mean `title`?");
        let missing = Problem::new(Code::ScenarioMissingKey, None, "the key `title` is missing");
        Problems(vec![unknown, missing]).into()
    }

    #[test]
    fn an_error_can_go_wherever_errors_of_rust_go() {
        fn goes<E: std::error::Error + Send + Sync + 'static>(error: E) -> Box<dyn std::error::Error + Send + Sync> {
            error.into()
        }
        assert!(goes(two()).downcast_ref::<Error>().is_some());
        goes(Problems::default());
        goes(Problem::new(Code::Limit, None, "too many"));
    }

    #[test]
    fn an_error_tells_all_of_its_problems() {
        let error = two();
        let told = "unknown key `tilte` (did you mean `title`?)\nthe key `title` is missing";
        assert_eq!(error.to_string(), told);
        let debug = format!("{error:?}");
        let second = format!("{}: the key `title` is missing", Code::ScenarioMissingKey);
        assert!(debug.contains(&second), "{debug}");
        assert_eq!(error.code(), Code::ScenarioUnknownKey);
        assert!(error.is(Code::ScenarioMissingKey) && !error.is(Code::RunStopped));
    }
}
