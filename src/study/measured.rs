//! Measures by forum, clause and country, as methods.
//!
//! What is measured often is a method; everything that the summary has is there by its [`Measure`].

use std::fmt;

use crate::error::{Code, Error};
use crate::scenario;
use crate::scenario::problem::Problem;
use crate::summary::{Estimate, Line, Measure, Subject};

/// What a measure came to over the replications: a mean with its interval, or that no replication says anything of it, as
/// of the position of a clause that was never adopted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured(Option<Estimate>);

impl Measured {
    /// The mean over the replications that say something; a share where something happens or does not [0–1].
    pub fn mean(self) -> Option<f64> {
        self.0.map(|estimate| estimate.mean)
    }

    /// The 95 % interval of the simulation, where there is one: more replications narrow it.
    pub fn interval(self) -> Option<(f64, f64)> {
        self.0?.interval
    }

    /// All that is known; `None` where no replication says anything.
    pub fn estimate(self) -> Option<Estimate> {
        self.0
    }
}

impl fmt::Display for Measured {
    /// The mean and its interval, as `0.543 (0.512 to 0.574)`, to the precision that is asked for, three digits where none
    /// is; a dash where no replication says anything.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = f.precision().unwrap_or(3);
        match self.0 {
            None => f.write_str("–"),
            Some(Estimate { mean, interval: None, .. }) => write!(f, "{mean:.digits$}"),
            Some(Estimate { mean, interval: Some((low, high)), .. }) => {
                write!(f, "{mean:.digits$} ({low:.digits$} to {high:.digits$})")
            }
        }
    }
}

/// Looks a measure up.
pub(super) fn find(
    lines: &[Line],
    forum: Option<usize>,
    subject: Subject,
    measure: Measure,
) -> Result<Measured, Error> {
    let here = || lines.iter().filter(|line| line.forum == forum && line.subject == subject);
    let found = here().find(|line| line.measure == measure);
    found.map(|line| Measured(line.estimate)).ok_or_else(|| {
        let what = format!("`{measure:?}` is not measured there");
        let names: Vec<String> = here().map(|line| line.measure.to_string()).collect();
        let help = format!("there is {}", names.join(", "));
        Problem::new(Code::RunMeasure, None, what).help(help).into()
    })
}

/// Something is asked for that is not there.
fn unknown<'a>(what: &str, id: &str, known: impl IntoIterator<Item = &'a str>) -> Error {
    Problem::new(Code::RunUnknown, None, format!("there is no {what} `{id}`")).suggest(id, known).into()
}

/// Declares a method for each measure that is always taken of something.
macro_rules! always {
    ($($(#[$doc:meta])* $name:ident = $measure:ident,)*) => {
        $($(#[$doc])*
        pub fn $name(&self) -> Measured {
            self.measure(Measure::$measure).unwrap_or(Measured(None))
        })*
    };
}

/// What was found of a forum's talks.
#[derive(Clone, Copy, Debug)]
pub struct ForumResults<'a> {
    scenario: &'a scenario::Scenario,
    lines: &'a [Line],
    forum: usize,
}

impl<'a> ForumResults<'a> {
    pub(super) fn of(scenario: &'a scenario::Scenario, lines: &'a [Line], id: &str) -> Result<Self, Error> {
        let forums = &scenario.forums;
        let forum = forums.iter().position(|forum| forum.id == id);
        let forum = forum.ok_or_else(|| unknown("forum", id, forums.iter().map(|forum| forum.id.as_str())))?;
        Ok(ForumResults { scenario, lines, forum })
    }

    always! {
        /// Share of replications in which a text is adopted [0–1].
        concluded = CONCLUDED,
        /// Rounds held (a count).
        rounds = ROUNDS,
        /// Clauses of the adopted text (a count; 0 where there is none).
        clauses_adopted = CLAUSES_ADOPTED,
        /// Members that are parties to the adopted text (a count).
        parties = PARTIES,
        /// Mean distance of the adopted text from what held before [0–1].
        depth = DEPTH,
    }

    /// A measure of the talks; [`Measure::about`] finds one by its name in `summary.csv`.
    ///
    /// # Errors
    ///
    /// [`Code::RunMeasure`] where it is not taken in this forum.
    pub fn measure(&self, measure: Measure) -> Result<Measured, Error> {
        find(self.lines, Some(self.forum), Subject::Talks, measure)
    }

    /// What was found of a clause on its agenda.
    ///
    /// # Errors
    ///
    /// [`Code::RunUnknown`] where there is none of that name.
    pub fn clause(&self, id: &str) -> Result<ClauseResults<'a>, Error> {
        let model = self.scenario;
        let agenda = &model.forums[self.forum].agenda;
        let clause = agenda.iter().copied().find(|&clause| model.clauses[clause].id == id);
        let clause = clause
            .ok_or_else(|| unknown("clause", id, agenda.iter().map(|&clause| model.clauses[clause].id.as_str())))?;
        Ok(ClauseResults { forum: *self, clause })
    }

    /// What was found of a member.
    ///
    /// # Errors
    ///
    /// [`Code::RunUnknown`] where there is none of that name.
    pub fn country(&self, id: &str) -> Result<CountryResults<'a>, Error> {
        let model = self.scenario;
        let members = || model.forums[self.forum].members.iter().map(|member| member.country);
        let country = members().find(|&country| model.countries[country].id == id);
        let country = country
            .ok_or_else(|| unknown("member", id, members().map(|country| model.countries[country].id.as_str())))?;
        Ok(CountryResults { forum: *self, country })
    }
}

/// What was found of a clause in a forum.
#[derive(Clone, Copy, Debug)]
pub struct ClauseResults<'a> {
    forum: ForumResults<'a>,
    clause: usize,
}

impl ClauseResults<'_> {
    always! {
        /// Share of replications in which it is in the adopted text [0–1].
        adopted = ADOPTED,
        /// Share of replications in which it was agreed in the rounds already [0–1].
        agreed_in_rounds = AGREED_IN_ROUNDS,
        /// Where it stands where it is adopted [0–1].
        position = POSITION,
        /// Members that object to it in the end (a count).
        objections = CLAUSE_OBJECTIONS,
    }

    /// Share of replications in which it comes to a rung [0–1], what held before counting where it is not adopted. Rungs
    /// count from 0.
    ///
    /// # Errors
    ///
    /// [`Code::RunMeasure`] where the clause has no such rung.
    pub fn rung(&self, rung: usize) -> Result<Measured, Error> {
        self.measure(Measure::rung(rung))
    }

    /// A measure of the clause; [`Measure::about`] finds one by its name in `summary.csv`.
    ///
    /// # Errors
    ///
    /// [`Code::RunMeasure`] where it is not taken.
    pub fn measure(&self, measure: Measure) -> Result<Measured, Error> {
        let ForumResults { lines, forum, .. } = self.forum;
        find(lines, Some(forum), Subject::Clause(self.clause), measure)
    }
}

/// What was found of a member of a forum.
#[derive(Clone, Copy, Debug)]
pub struct CountryResults<'a> {
    forum: ForumResults<'a>,
    country: usize,
}

impl CountryResults<'_> {
    always! {
        /// Share of replications in which it is a party to an adopted text [0–1].
        party = PARTY,
        /// What the text gains it over what held before, where it is a party (in utility).
        gain = GAIN,
    }

    /// A measure of the member; [`Measure::about`] finds one by its name in `summary.csv`.
    ///
    /// # Errors
    ///
    /// [`Code::RunMeasure`] where it is not taken.
    pub fn measure(&self, measure: Measure) -> Result<Measured, Error> {
        let ForumResults { lines, forum, .. } = self.forum;
        find(lines, Some(forum), Subject::Country(self.country), measure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::{Scenario, Study};

    #[test]
    fn every_method_gives_what_the_summary_has() {
        let scenario = Scenario::load("minimal").unwrap();
        let results = Study::of(&scenario).replications(40).seed(7).run().unwrap();
        let model = scenario.model();
        let (talks, clause) = (&model.forums[0], &model.clauses[model.forums[0].agenda[0]]);
        let country = &model.countries[talks.members[0].country];
        let line = |subject, measure: &str| {
            let found = results
                .summary()
                .iter()
                .find(|line| line.forum == Some(0) && line.subject == subject && line.measure.to_string() == measure);
            Measured(found.expect(measure).estimate)
        };
        let forum = results.forum(&talks.id).unwrap();
        for (told, name) in [
            (forum.concluded(), "concluded"),
            (forum.rounds(), "rounds"),
            (forum.clauses_adopted(), "clauses_adopted"),
            (forum.parties(), "parties"),
            (forum.depth(), "depth"),
        ] {
            assert_eq!(told, line(Subject::Talks, name));
        }
        let of = Subject::Clause(talks.agenda[0]);
        let told = forum.clause(&clause.id).unwrap();
        assert_eq!(told.adopted(), line(of, "adopted"));
        assert_eq!(told.agreed_in_rounds(), line(of, "agreed_in_rounds"));
        assert_eq!(told.position(), line(of, "position"));
        assert_eq!(told.objections(), line(of, "objections"));
        assert!(told.adopted().mean().is_some() && told.adopted().interval().is_some());
        let of = Subject::Country(talks.members[0].country);
        let told = forum.country(&country.id).unwrap();
        assert_eq!((told.party(), told.gain()), (line(of, "party"), line(of, "gain")));
    }

    #[test]
    fn what_is_not_there_is_told_with_what_was_meant() {
        let scenario = Scenario::load("minimal").unwrap();
        let results = Study::of(&scenario).replications(4).run().unwrap();
        let id = &scenario.model().forums[0].id;
        let forum = results.forum(id).unwrap();
        let near = format!("did you mean `{id}`?");
        let error = results.forum(&format!("{id}x")).unwrap_err();
        assert!(error.is(Code::RunUnknown) && error.to_string().contains(&near), "{error}");
        assert_eq!(forum.clause("nothing").unwrap_err().code(), Code::RunUnknown);
        assert_eq!(forum.country("Atlantis").unwrap_err().code(), Code::RunUnknown);
        let error = forum.measure(Measure::ADOPTED).unwrap_err();
        assert!(error.is(Code::RunMeasure) && error.to_string().contains("there is concluded, "), "{error}");
    }

    #[test]
    fn a_measure_prints_to_the_precision_that_is_asked_for() {
        let some = |interval| Measured(Some(Estimate { mean: 0.54321, interval, sd: None, n: 8 }));
        assert_eq!(some(Some((0.5, 0.6))).to_string(), "0.543 (0.500 to 0.600)");
        assert_eq!(format!("{:.1}", some(None)), "0.5");
        assert_eq!(Measured(None).to_string(), "–");
    }
}
