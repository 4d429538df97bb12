//! The kinds of problems: a code each, which messages print, docs/errors.md explains, and a program can match on.

use std::fmt;

/// Declares the codes: a variant, its meaning and its text stand together.
macro_rules! codes {
    ($($(#[doc = $meaning:literal])+ $name:ident = $text:literal,)*) => {
        /// The kind of a problem. docs/errors.md says of each what it means and what to do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $meaning])+ $name,)*
        }

        impl Code {
            /// All codes, in the order of docs/errors.md.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// The code as messages print it, e.g. `comity::scenario::unknown_key`.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Code::$name => $text,)*
                }
            }

            /// What it means, in a sentence.
            pub const fn meaning(self) -> &'static str {
                match self {
                    $(Code::$name => concat!($($meaning),+).trim_ascii(),)*
                }
            }
        }
    };
}

codes! {
    /// A scenario or a table cannot be read.
    ScenarioUnreadable = "comity::scenario::unreadable",
    /// A file is not UTF-8 text.
    ScenarioNotUtf8 = "comity::scenario::not_utf8",
    /// A file is not TOML 1.0, or not a scenario.
    ScenarioSyntax = "comity::scenario::syntax",
    /// A chain of `extends` comes back to itself, or is too long.
    ScenarioExtends = "comity::scenario::extends",
    /// An override is not of the form KEY=VALUE.
    ScenarioSet = "comity::scenario::set",
    /// There is no such key.
    ScenarioUnknownKey = "comity::scenario::unknown_key",
    /// A key is missing that is needed there.
    ScenarioMissingKey = "comity::scenario::missing_key",
    /// A value is of another kind than its key takes.
    ScenarioWrongKind = "comity::scenario::wrong_kind",
    /// A word is none of those that its key takes.
    ScenarioUnknownChoice = "comity::scenario::unknown_choice",
    /// A number is outside of its range.
    ScenarioOutOfRange = "comity::scenario::out_of_range",
    /// A number is too large, or not finite.
    ScenarioNumber = "comity::scenario::number",
    /// A share or a quota is none.
    ScenarioShare = "comity::scenario::share",
    /// A text is not a day of the calendar.
    ScenarioDate = "comity::scenario::date",
    /// There is evidence, and no date up to which it counts.
    ScenarioAsOf = "comity::scenario::as_of",
    /// Something is named twice that may be named once.
    ScenarioDuplicate = "comity::scenario::duplicate",
    /// A name is no identifier.
    ScenarioIdentifier = "comity::scenario::identifier",
    /// A country is named that the scenario does not have.
    ScenarioUnknownCountry = "comity::scenario::unknown_country",
    /// A clause is named that the scenario, or the run, does not have.
    ScenarioUnknownClause = "comity::scenario::unknown_clause",
    /// A group of countries is named that nobody belongs to.
    ScenarioUnknownGroup = "comity::scenario::unknown_group",
    /// An indicator is not known, of a country or at all.
    ScenarioIndicator = "comity::scenario::indicator",
    /// An agenda is empty.
    ScenarioAgenda = "comity::scenario::agenda",
    /// A forum has no members.
    ScenarioMembers = "comity::scenario::members",
    /// Nothing is known of what a member wants.
    ScenarioMandate = "comity::scenario::mandate",
    /// Red lines contradict each other, or what is wished for.
    ScenarioRedLine = "comity::scenario::red_line",
    /// The rungs of a clause are too few, or do not rise, or have no label.
    ScenarioRungs = "comity::scenario::rungs",
    /// A forum of modules has a key that only a single undertaking has.
    ScenarioUndertaking = "comity::scenario::undertaking",
    /// A silence procedure has nothing to fall back on.
    ScenarioSilence = "comity::scenario::silence",
    /// A bloc has no members in its forum, or shares one with another.
    ScenarioBloc = "comity::scenario::bloc",
    /// A shock says too little, too much, or nothing that could happen.
    ScenarioShock = "comity::scenario::shock",
    /// A table is not CSV.
    TableSyntax = "comity::table::syntax",
    /// A table has no header row.
    TableEmpty = "comity::table::empty",
    /// The columns of a table are not separated by commas.
    TableSeparator = "comity::table::separator",
    /// A column is missing, unknown or there twice.
    TableColumn = "comity::table::column",
    /// A row has more or fewer cells than the header.
    TableRowLength = "comity::table::row_length",
    /// A cell does not hold what its column asks for.
    TableCell = "comity::table::cell",
    /// Two rows say the same thing.
    TableDuplicate = "comity::table::duplicate",
    /// Rungs in a table are out of order, or not of their clause.
    TableRungs = "comity::table::rungs",
    /// A row names a country that there is none of.
    TableUnknownCountry = "comity::table::unknown_country",
    /// A row names a clause that there is none of.
    TableUnknownClause = "comity::table::unknown_clause",
    /// A row names an instrument that is not on record.
    TableUnknownInstrument = "comity::table::unknown_instrument",
    /// Evidence is later than the end of the talks that it is to forecast.
    DataLeak = "comity::data::leak",
    /// A scenario says other things of an instrument than the record does.
    DataRecord = "comity::data::record",
    /// There is more of something than comity takes.
    Limit = "comity::limit",
    /// A run directory cannot be read: damaged, of another version, or none.
    RunUnreadable = "comity::run::unreadable",
    /// The place to write to is taken.
    RunExists = "comity::run::exists",
    /// A file cannot be written.
    RunNotWritten = "comity::run::not_written",
    /// Rows of a table were asked for that were not kept.
    RunNotKept = "comity::run::not_kept",
    /// A run has no such replication.
    RunReplication = "comity::run::replication",
    /// A number of replications or a part of a run is asked for that there cannot be.
    RunReplications = "comity::run::replications",
    /// A forum, clause or country is asked for that the run, or the forum, does not have.
    RunUnknown = "comity::run::unknown",
    /// A measure is asked for that is not taken there.
    RunMeasure = "comity::run::measure",
    /// A run is not what was recorded: its files were changed, or another version wrote it.
    RunDiffers = "comity::run::differs",
    /// A run was told to stop.
    RunStopped = "comity::run::stopped",
    /// The threads cannot be started.
    RunThreads = "comity::run::threads",
    /// This build cannot write Parquet files.
    RunNoParquet = "comity::run::no_parquet",
    /// A number of a table is not a number: a defect of comity.
    RunNotFinite = "comity::run::not_finite",
    /// A problem has a code that is not listed: a defect of comity.
    RunUnlisted = "comity::run::unlisted",
    /// The sums of a part of a run cannot be read.
    MergeUnreadable = "comity::merge::unreadable",
    /// Parts are not of one run: another scenario, seed, length or version.
    MergeDiffers = "comity::merge::differs",
    /// Parts of a run are missing.
    MergeMissing = "comity::merge::missing",
    /// A part of a run is there more than once.
    MergeTwice = "comity::merge::twice",
    /// A file of positions is of no format that is known.
    ForecastFormat = "comity::forecast::format",
    /// A table of positions or forecasts lacks what is needed.
    ForecastMissing = "comity::forecast::missing",
    /// A cell of a table of positions does not hold what it should.
    ForecastCell = "comity::forecast::cell",
    /// A row, or a model, is named twice.
    ForecastDuplicate = "comity::forecast::duplicate",
    /// An issue or an actor is named that the table does not have.
    ForecastUnknown = "comity::forecast::unknown",
    /// There is no such model.
    ForecastModel = "comity::forecast::model",
    /// A decision rule of an issue is none.
    ForecastRule = "comity::forecast::rule",
    /// The scale of an issue does not hold its positions, or its ends are out of order.
    ForecastScale = "comity::forecast::scale",
    /// Saliences of an issue cannot be.
    ForecastSalience = "comity::forecast::salience",
    /// Nobody has any capability on an issue.
    ForecastCapability = "comity::forecast::capability",
    /// Everyone wants the same on an issue.
    ForecastConstant = "comity::forecast::constant",
    /// An issue has a single actor.
    ForecastOneActor = "comity::forecast::one_actor",
    /// A table of positions is larger than comity takes.
    ForecastLimit = "comity::forecast::limit",
    /// There is nothing to hold a scenario against.
    HindcastNothing = "comity::hindcast::nothing",
    /// What is on record is no rung of the scenario's ladder.
    HindcastNoRung = "comity::hindcast::no_rung",
    /// A row names a case that there is none of.
    HindcastUnknownCase = "comity::hindcast::unknown_case",
}

impl Code {
    /// The code of that text; `None` where there is no such code.
    pub fn named(text: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.as_str() == text)
    }

    /// Whether it is about a table that could not be read, all or in part.
    pub fn is_of_a_table(self) -> bool {
        self.as_str().split("::").nth(1) == Some("table")
    }
}

impl From<&str> for Code {
    /// The code of that text. One that is not listed is a defect of comity, which tests/it/door.rs looks for.
    fn from(text: &str) -> Code {
        Code::named(text).unwrap_or(Code::RunUnlisted)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl PartialEq<str> for Code {
    fn eq(&self, text: &str) -> bool {
        self.as_str() == text
    }
}

impl PartialEq<&str> for Code {
    fn eq(&self, text: &&str) -> bool {
        self.as_str() == *text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_found_by_its_text_and_no_other_text_is_one() {
        for &code in Code::ALL {
            assert_eq!(Code::named(code.as_str()), Some(code), "two codes have one text");
            assert!(code.meaning().ends_with('.'), "{code}: {}", code.meaning());
        }
        assert_eq!(Code::named("comity::run::unread"), None);
        assert_eq!(Code::from("comity::run::unread"), Code::RunUnlisted);
    }

    #[test]
    fn codes_of_tables_are_those_of_the_family() {
        assert!(Code::TableCell.is_of_a_table());
        assert!(!Code::ScenarioUnknownKey.is_of_a_table() && !Code::Limit.is_of_a_table());
    }
}
