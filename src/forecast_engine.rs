//! The engine of this program as one of the forecasters: an issue becomes a forum with one clause, played many times.
//!
//! The clause is a continuous scale. Each actor is a member of the weight of its capability, wants its position (give or
//! take what experts err by) and cares as it says; nobody has a red line or a burden, for the table knows of none. The
//! forum decides by the issue's rule, counted by weight, the chair writes the text, the reference point is the status
//! quo. Where there is no text the reference point stands; where that is unknown, what the text would have been. The
//! forecast is the mean over replications, its interval their 5 % and 95 % quantiles.
//!
//! What the table does not tell are a few global parameters. The cost of failure and the exponent of capability were
//! fitted on the training part of the DEU III data (Arregui & Perarnaud 2022). How readily a dislike becomes an objection
//! and how fast delegations concede make no difference there, and are as in any scenario. docs/forecast.md tells the
//! search and what to make of it, and `cargo test --release --test it fitted_on_train -- --ignored --nocapture` repeats
//! it. How far positions are uncertain is a judgement: a search for small errors would always have them certain.

use std::fmt::Write;
use std::sync::Arc;

use crate::conference::Conference;
use crate::forecast::{Forecast, Forecaster, Issue, Rule};
use crate::rules::{Fraction, Quota};
use crate::scenario::check::load;
use crate::scenario::source::Memory;
use crate::scenario::{MAX_COUNTRIES, Scenario};

/// The engine and what a table of positions does not tell it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Engine {
    /// Seed of all chance.
    pub seed: u64,
    /// Replications of each issue (a count).
    pub replications: u64,
    /// Loss of everyone if there is no text (in utility, ≥ 0).
    pub cost_of_failure: f64,
    /// Exponent of capability in the chair's weights [0–4].
    pub capability_exponent: f64,
    /// How readily a dislike becomes an objection [≥ 0].
    pub assertiveness: f64,
    /// Shape of concession: below 1 holds out, above 1 gives early [above 0].
    pub beta: f64,
    /// Standard deviation of what an actor really wants around its stated position [share of the scale].
    pub uncertainty: f64,
}

impl Engine {
    /// Replications where nothing is said of them.
    pub const REPLICATIONS: u64 = 64;
}

impl Default for Engine {
    fn default() -> Self {
        Engine {
            seed: 1,
            replications: Engine::REPLICATIONS,
            cost_of_failure: 1.0,
            capability_exponent: 0.75,
            assertiveness: 4.0,
            beta: 1.0,
            uncertainty: 0.05,
        }
    }
}

impl Engine {
    /// The issue as a scenario; nothing where there are more actors than a scenario holds.
    pub fn scenario(&self, issue: &Issue) -> Option<Arc<Scenario>> {
        if issue.stances.len() > MAX_COUNTRIES {
            return None;
        }
        let files = Memory([("issue.toml".to_owned(), self.written(issue)?)].into());
        load("issue.toml", &[], &files).ok().map(|checked| checked.scenario)
    }

    /// The scenario as written.
    fn written(&self, issue: &Issue) -> Option<String> {
        let all = issue.stances.iter().fold(0.0, |sum, stance| sum + stance.capability);
        let share = |point: f64| issue.share(point).clamp(0.0, 1.0);
        let strongest = issue.stances.iter().fold(0.0_f64, |most, stance| most.max(stance.capability));
        let rule = match issue.rule {
            Rule::Unanimity => "\"unanimity\"".to_owned(),
            Rule::Majority => "{ simple_majority = { by = \"weight\" } }".to_owned(),
            Rule::Quota(quota) => {
                // A quota below half is met by whatever a majority carries, and one above all by everyone.
                let enough = match quota {
                    Quota::Share(share) => {
                        format!("share = \"{}\"", share.clamp(Fraction::HALF, Fraction::ONE).written())
                    }
                    Quota::Votes(amount) if 2.0 * amount.value() <= all => "share = \"1/2\"".to_owned(),
                    Quota::Votes(amount) if amount.value() >= all => "share = \"1/1\"".to_owned(),
                    Quota::Votes(amount) => format!("votes = {}", amount.value() / strongest),
                };
                format!("{{ qualified_majority = {{ {enough}, by = \"weight\" }} }}")
            }
        };
        let neutral = issue.mean(|stance| stance.weight())?;
        let mut text = String::from("title = \"An issue\"\n[clause.issue]\nburden = 0\n");
        let names = || (0..issue.stances.len()).map(|no| issue.stances[no].actor);
        let members: Vec<String> = names().map(|actor| format!("\"actor{actor:05}\"")).collect();
        let _ = writeln!(
            text,
            "[parameters]\ncapability_exponent = {}\nassertiveness = {}\n[forum.talks]\nname = \"Talks\"\nmembers = [{}]\nrule = {rule}\n\
             cost_of_failure = {}\ntactic = {{ polynomial = {{ beta = {} }} }}\nstatus_quo = {{ issue = {} }}\n\
             calendar = {{ start = 2000-01-01, rounds = {ROUNDS} }}",
            self.capability_exponent,
            self.assertiveness,
            members.join(", "),
            self.cost_of_failure,
            self.beta,
            share(issue.reference.unwrap_or(neutral)),
        );
        for stance in &issue.stances {
            // Only ratios of capabilities matter: as shares of the strongest they stay within what a scenario allows.
            let (capability, ideal) = (stance.capability / strongest, share(stance.position));
            let _ = writeln!(
                text,
                "[country.actor{no:05}]\ncapability = {capability}\ncapacity = 1\n[mandate.actor{no:05}.issue]\n\
                 ideal = {{ normal = {{ mean = {ideal}, sd = {} }} }}\nsalience = {}",
                self.uncertainty,
                stance.salience,
                no = stance.actor,
            );
        }
        Some(text)
    }

    fn play(&self, issue: &Issue) -> Option<Forecast> {
        let mut conference = Conference::new(self.scenario(issue)?);
        let failed = issue.share(issue.reference.or_else(|| issue.mean(|stance| stance.weight()))?);
        let outcome = |replication: u64| {
            let played = conference.run(self.seed, replication);
            let adopted = played.forums.first().and_then(|forum| forum.clauses.first()?.adopted);
            (issue.point(adopted.unwrap_or(failed)), 1.0)
        };
        Forecast::of((0..self.replications).map(outcome).collect())
    }
}

/// Rounds that an issue is talked about: two years at the usual six a year (a judgement; European decisions of the table
/// took about as long).
const ROUNDS: u32 = 12;

impl Forecaster for Engine {
    fn name(&self) -> &'static str {
        "comity"
    }

    fn source(&self) -> &'static str {
        "this engine: the issue as a forum, played many times"
    }

    fn forecast(&self, issues: &[&Issue]) -> Vec<Option<Forecast>> {
        issues.iter().map(|issue| self.play(issue)).collect()
    }
}
