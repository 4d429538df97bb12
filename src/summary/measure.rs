//! What the summary measures: name, unit, range and meaning of each measure, declared once, where it is added up.

use std::borrow::Cow;
use std::fmt::{self, Debug, Display, Formatter};

use super::range::{Range, Setting};
use crate::scenario::{Forum, Scenario};

/// What a measure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubjectKind {
    /// The talks of a forum as a whole.
    Talks,
    /// A clause.
    Clause,
    /// A country.
    Country,
    /// All forums together.
    AllForums,
}

impl SubjectKind {
    /// All of them.
    pub const ALL: [SubjectKind; 4] = [Self::Talks, Self::Clause, Self::Country, Self::AllForums];

    /// Its word in `summary.csv`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Talks => "talks",
            Self::Clause => "clause",
            Self::Country => "country",
            Self::AllForums => "world",
        }
    }
}

/// A measure of the summary.
#[derive(Clone, Copy)]
pub struct Measure {
    pub(super) definition: &'static Definition,
    /// Which of a family, as the rung of `rung_2`; 0 for measures that are no family.
    pub(super) number: usize,
}

/// What is told of a measure, or of a family of them.
#[derive(Debug)]
pub(super) struct Definition {
    pub kind: SubjectKind,
    /// Its name in `summary.csv`; of a family, what stands before the number.
    pub name: &'static str,
    pub is_family: bool,
    pub unit: &'static str,
    /// Between which values it lies, given the scenario and the forum.
    pub range: fn(Setting) -> Range,
    pub description: &'static str,
    /// Which replications it rests on.
    pub rests_on: &'static str,
}

/// Declares the measures of a file: for each its constant, what it is about, name, unit, range, meaning, and which
/// replications it rests on. They are `Measure::NAME` for everybody, and `MEASURES` for the list of all.
macro_rules! measures {
    ($($id:ident = $kind:ident($name:expr, $unit:expr, $range:expr, $description:expr, $rests_on:expr);)*) => {
        impl $crate::summary::Measure {
            $(
                #[doc = concat!($description, ".")]
                pub const $id: $crate::summary::Measure =
                    $crate::summary::Measure::of(&$crate::summary::measure::Definition {
                        kind: $crate::summary::SubjectKind::$kind,
                        name: $name,
                        is_family: false,
                        unit: $unit,
                        range: $range,
                        description: $description,
                        rests_on: $rests_on,
                    });
            )*
        }
        /// The measures that are added up here.
        pub(super) const MEASURES: &[$crate::summary::Measure] = &[$($crate::summary::Measure::$id),*];
    };
}
pub(super) use measures;

impl Measure {
    pub(super) const fn of(definition: &'static Definition) -> Measure {
        Measure { definition, number: 0 }
    }

    /// One of a family.
    pub(super) const fn numbered(definition: &'static Definition, number: usize) -> Measure {
        Measure { definition, number }
    }

    /// Its name in `summary.csv`.
    pub fn name(self) -> Cow<'static, str> {
        match self.definition.is_family {
            true => Cow::Owned(format!("{}{}", self.definition.name, self.number)),
            false => Cow::Borrowed(self.definition.name),
        }
    }

    /// What it is about.
    pub fn kind(self) -> SubjectKind {
        self.definition.kind
    }

    /// The unit of its values.
    pub fn unit(self) -> &'static str {
        self.definition.unit
    }

    /// What it says.
    pub fn description(self) -> &'static str {
        self.definition.description
    }

    /// Which replications it rests on: *N* are all, *M* those with a text.
    pub fn rests_on(self) -> &'static str {
        self.definition.rests_on
    }

    /// Whether it is one of a family that is told apart by numbers.
    pub fn is_of_family(self) -> bool {
        self.definition.is_family
    }

    /// Between which values it lies, in a forum of a scenario or in all forums together.
    pub fn range(self, scenario: &Scenario, forum: Option<&Forum>) -> Range {
        (self.definition.range)(Setting { scenario, forum })
    }
}

impl PartialEq for Measure {
    fn eq(&self, other: &Measure) -> bool {
        let key = |measure: &Measure| (measure.definition.name, measure.definition.kind, measure.number);
        key(self) == key(other)
    }
}

impl Eq for Measure {}

impl Display for Measure {
    fn fmt(&self, formatter: &mut Formatter) -> fmt::Result {
        formatter.write_str(self.definition.name)?;
        if self.definition.is_family { write!(formatter, "{}", self.number) } else { Ok(()) }
    }
}

impl Debug for Measure {
    fn fmt(&self, formatter: &mut Formatter) -> fmt::Result {
        write!(formatter, "{}.{self}", self.kind().word())
    }
}
