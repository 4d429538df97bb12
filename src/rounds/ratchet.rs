//! The ratchet: the best text so far is where the chair begins.
//!
//! Agreements among the like-minded tend to go beyond what any of them had before, for the text in force is copied and
//! built upon: templates spread (Baccini, Dür & Haftel 2015; Allee & Elsig 2019 find most of a treaty's words in the
//! treaties before it). The chair's first draft is therefore pulled towards a precedent that goes further from the
//! status quo than what the floor says. How far is a judgement, stated by the scenario.

use crate::scenario::Precedent;

/// The chair's first draft of a clause (0–1), given what the floor says. A precedent that goes no further, or the other
/// way from the status quo, holds nothing back.
pub(super) fn first_draft(said: f64, precedent: &Precedent, clause: usize, status_quo: f64) -> f64 {
    let Some(text) = precedent.text[clause] else { return said };
    pulled(said, text, status_quo, precedent.ratchet)
}

/// The draft after the pull of a text.
pub(super) fn pulled(said: f64, text: f64, status_quo: f64, ratchet: f64) -> f64 {
    let ahead = (text > status_quo && text > said) || (text < status_quo && text < said);
    if ahead { said + ratchet * (text - said) } else { said }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drafted(said: f64, text: f64, status_quo: f64, ratchet: f64) -> f64 {
        first_draft(said, &Precedent { ratchet, text: vec![Some(text)], so_far: false }, 0, status_quo)
    }

    #[test]
    fn a_precedent_that_goes_further_pulls_by_the_ratchet() {
        // Half of the way from 0.25 to 0.75; all of it; none.
        assert_eq!(drafted(0.25, 0.75, 0.0, 0.5), 0.5);
        assert_eq!(drafted(0.25, 0.75, 0.0, 1.0), 0.75);
        assert_eq!(drafted(0.25, 0.75, 0.0, 0.0), 0.25);
        assert_eq!(drafted(0.75, 0.25, 1.0, 0.5), 0.5, "away from the status quo is downwards here");
    }

    #[test]
    fn a_ratchet_turns_one_way_only() {
        assert_eq!(drafted(0.75, 0.5, 0.0, 1.0), 0.75, "the floor is ahead of the precedent");
        assert_eq!(drafted(0.25, 0.5, 1.0, 1.0), 0.25, "the floor is ahead downwards");
        assert_eq!(drafted(0.25, 0.5, 0.5, 1.0), 0.25, "the precedent is the status quo");
        assert_eq!(
            first_draft(0.25, &Precedent { ratchet: 1.0, text: vec![None], so_far: false }, 0, 0.0),
            0.25,
            "no precedent"
        );
    }
}
