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

use std::sync::Arc;

use crate::conference::Conference;
use crate::forecast::{Forecast, Forecaster, Issue, Rule, Stance};
use crate::quantity::{Date, Uncertain};
use crate::rules::{Fraction, Quota};
use crate::scenario::builder::{ScenarioBuilder, Value};
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
        self.stated(issue)?.build().ok().map(|checked| checked.scenario)
    }

    /// The scenario as it is stated.
    fn stated(&self, issue: &Issue) -> Option<ScenarioBuilder> {
        let all = issue.stances.iter().fold(0.0, |sum, stance| sum + stance.capability);
        // Adding zero makes negative zero positive.
        let share = |point: f64| issue.share(point).clamp(0.0, 1.0) + 0.0;
        let strongest = issue.stances.iter().fold(0.0_f64, |most, stance| most.max(stance.capability));
        let by_weight = || Value::table().with("by", "weight");
        let rule = match issue.rule {
            Rule::Unanimity => "unanimity".into(),
            Rule::Majority => Value::choice("simple_majority", by_weight()),
            Rule::Quota(quota) => {
                // A quota below half is met by whatever a majority carries, and one above all by everyone.
                let enough = match quota {
                    Quota::Share(share) => {
                        by_weight().with("share", share.clamp(Fraction::HALF, Fraction::ONE).written())
                    }
                    Quota::Votes(amount) if 2.0 * amount.value() <= all => by_weight().with("share", "1/2"),
                    Quota::Votes(amount) if amount.value() >= all => by_weight().with("share", "1/1"),
                    Quota::Votes(amount) => by_weight().with("votes", amount.value() / strongest),
                };
                Value::choice("qualified_majority", enough)
            }
        };
        let reference = share(issue.reference.unwrap_or(issue.mean(|stance| stance.weight())?));
        let actor = |stance: &Stance| format!("actor{:05}", stance.actor);
        let stated = ScenarioBuilder::new("An issue")
            .clause(CLAUSE, |clause| clause.burden(0.0))
            .parameter("capability_exponent", self.capability_exponent)
            .parameter("assertiveness", self.assertiveness)
            .forum("talks", |talks| {
                talks
                    .members(issue.stances.iter().map(actor))
                    .rule(rule)
                    .cost_of_failure(self.cost_of_failure)
                    .tactic(Value::choice("polynomial", Value::table().with("beta", self.beta)))
                    .status_quo(CLAUSE, reference)
                    .calendar(START, ROUNDS)
            });
        Some(issue.stances.iter().fold(stated, |stated, stance| {
            // Only ratios of capabilities matter: as shares of the strongest they stay within what a scenario allows.
            let (capability, mean) = (stance.capability / strongest, share(stance.position));
            let ideal = Uncertain::Normal { mean, sd: self.uncertainty };
            stated.country(&actor(stance), |country| country.capability(capability).capacity(1.0)).mandate(
                &actor(stance),
                CLAUSE,
                |mandate| mandate.ideal(ideal).salience(stance.salience),
            )
        }))
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

/// The one clause.
const CLAUSE: &str = "issue";
/// First day of the talks: any day does, since nothing here depends on it.
const START: Date = Date { year: 2000, month: 1, day: 1 };
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
