//! Tactics: one question, *how far do I move now?* A tactic per family, in a file each.
//!
//! A concession level is the share of the way from its ideal point to the text on the table that a delegation is ready
//! to go [0–1]. What it gives on one clause is less where the clause is salient to it (`World`'s mandates hold that
//! factor) and never crosses a red line.

mod reciprocal;
mod time_dependent;

pub use time_dependent::Curve;

/// How a delegation concedes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tactic {
    /// By the clock (Faratin, Sierra & Jennings 1998).
    TimeDependent {
        /// Shape of the curve.
        curve: Curve,
        /// Below 1 holds out to the end (Boulware), above 1 gives early (Conceder) [above 0].
        beta: f64,
        /// Concession at the start [0–1].
        opening: f64,
    },
    /// By what the others were seen to concede (tit for tat; Axelrod 1984).
    Reciprocal {
        /// Concession at the start, the good will shown before others move [0–1].
        opening: f64,
        /// Share of the others' mean concession that is returned [0–1].
        returned: f64,
    },
    /// Not at all.
    Steadfast,
}

/// What a tactic may look at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Share of the time to the deadline that has passed [0–1].
    pub elapsed: f64,
    /// Own concession level so far [0–1].
    pub level: f64,
    /// Concession that the others have been seen to make, weighted mean [0–1].
    pub others: f64,
}

impl Tactic {
    /// The concession level of the coming position: never less than before, for what was offered cannot be taken back
    /// without cost.
    pub fn step(&self, standing: &Standing) -> f64 {
        let wanted = match *self {
            Tactic::TimeDependent { curve, beta, opening } => {
                time_dependent::level(curve, beta, opening, standing.elapsed)
            }
            Tactic::Reciprocal { opening, returned } => reciprocal::level(opening, returned, standing.others),
            Tactic::Steadfast => 0.0,
        };
        wanted.clamp(0.0, 1.0).max(standing.level)
    }

    /// The tactic in words.
    pub fn describe(&self) -> String {
        match *self {
            Tactic::TimeDependent { curve, beta, opening } => {
                let temper = if beta < 1.0 {
                    "Boulware"
                } else if beta > 1.0 {
                    "Conceder"
                } else {
                    "steady"
                };
                let shape = match curve {
                    Curve::Polynomial => "polynomial",
                    Curve::Exponential => "exponential",
                };
                format!("time-dependent, {shape}, {temper} (beta {beta}, opening {opening})")
            }
            Tactic::Reciprocal { opening, returned } => {
                format!("reciprocal (opening {opening}, returns {returned} of what others give)")
            }
            Tactic::Steadfast => "steadfast".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_tactic_takes_back_what_it_offered() {
        let standing = Standing { elapsed: 0.1, level: 0.6, others: 0.0 };
        for tactic in [
            Tactic::TimeDependent { curve: Curve::Polynomial, beta: 0.5, opening: 0.0 },
            Tactic::Reciprocal { opening: 0.0, returned: 1.0 },
            Tactic::Steadfast,
        ] {
            assert_eq!(tactic.step(&standing), 0.6, "{}", tactic.describe());
        }
    }

    #[test]
    fn steadfast_never_moves() {
        let standing = Standing { elapsed: 1.0, level: 0.0, others: 1.0 };
        assert_eq!(Tactic::Steadfast.step(&standing), 0.0);
    }
}
