//! What a clause binds a member to, once exceptions and opt-outs are counted.
//!
//! An obligation is measured as a distance from the status quo, so that it means the same on a scale read from either
//! end. With status quo q, text x and an exception of degree f, a member may stop anywhere between x and
//! q + (x − q)·(1 − f): it takes the point nearest to what it wants, and leaves the rest undone. A member that wants
//! the whole text leaves nothing undone; one that wants no more than the status quo leaves f of it undone; one that
//! opted out leaves all of it undone. (Self-judging exceptions as in RCEP, articles 12.14 and 12.15; that a member goes
//! no further in using them than it wants is a judgement.)

/// Share of a clause's depth that a member with this ideal point leaves undone [0–1] under an exception of a degree
/// [0–1].
pub fn undone(point: f64, status_quo: f64, ideal: f64, degree: f64) -> f64 {
    let depth = point - status_quo;
    if degree <= 0.0 || depth == 0.0 {
        return 0.0;
    }
    let least = status_quo + depth * (1.0 - degree);
    let own = ideal.max(least.min(point)).min(least.max(point));
    ((point - own) / depth).clamp(0.0, 1.0)
}

/// The obligation of a member that leaves a share of a clause undone: a point of its scale [0–1].
pub fn effective(point: f64, status_quo: f64, undone: f64) -> f64 {
    if undone > 0.0 { status_quo + (point - status_quo) * (1.0 - undone) } else { point }
}

/// What a text at a point obliges to who wants this much, under an exception of a degree: a point of the scale [0–1].
pub fn obliged(point: f64, status_quo: f64, ideal: f64, degree: f64) -> f64 {
    effective(point, status_quo, undone(point, status_quo, ideal, degree))
}

/// Share of a clause's worth that is lost because others leave it undone [0–1]: their undone shares by weight. `undone`
/// is the sum over all members of weight × undone share, of which `own` is the member's.
pub fn leak(undone: f64, own: f64, weight: f64) -> f64 {
    if weight > 0.0 { ((undone - own) / weight).clamp(0.0, 1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exception_is_used_no_further_than_a_member_wants() {
        // Text 0.8 over a status quo of 0: with half an exception the least is 0.4.
        assert_eq!(undone(0.8, 0.0, 0.0, 0.5), 0.5);
        assert_eq!(effective(0.8, 0.0, 0.5), 0.4);
        assert!((undone(0.8, 0.0, 0.6, 0.5) - 0.25).abs() < 1e-15, "it stops at its ideal point of 0.6");
        assert!((effective(0.8, 0.0, undone(0.8, 0.0, 0.6, 0.5)) - 0.6).abs() < 1e-15);
        assert_eq!(undone(0.8, 0.0, 0.8, 0.5), 0.0);
        assert_eq!(undone(0.8, 0.0, 1.0, 0.5), 0.0, "who wants more has no use for an exception");
        assert_eq!(undone(0.8, 0.0, 0.0, 0.0), 0.0);
    }

    #[test]
    fn depth_counts_from_the_status_quo_and_not_from_nothing() {
        // Status quo 0.2, text 0.8: half of the depth of 0.6 undone leaves 0.5.
        assert!((effective(0.8, 0.2, undone(0.8, 0.2, 0.0, 0.5)) - 0.5).abs() < 1e-15);
        assert_eq!(undone(0.3, 0.3, 0.0, 0.5), 0.0, "a text at the status quo has no depth");
        assert_eq!(effective(0.8, 0.2, 1.0), 0.2);
    }

    #[test]
    fn a_mirrored_scale_gives_the_mirrored_obligation() {
        for ideal in [0.0, 0.35, 0.6, 0.9] {
            for degree in [0.0, 0.3, 1.0] {
                let here = effective(0.8, 0.3, undone(0.8, 0.3, ideal, degree));
                let there = effective(0.2, 0.7, undone(0.2, 0.7, 1.0 - ideal, degree));
                assert!((here - (1.0 - there)).abs() < 1e-12, "{ideal} {degree}");
            }
        }
    }

    #[test]
    fn the_leak_is_the_weight_of_the_others() {
        // Weights 1, 2, 1; the second leaves half undone: 1 of 4 for the others, nothing for itself.
        assert_eq!(leak(1.0, 0.0, 4.0), 0.25);
        assert_eq!(leak(1.0, 1.0, 4.0), 0.0);
        assert_eq!(leak(0.0, 0.0, 0.0), 0.0);
    }
}
