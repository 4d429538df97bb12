//! Reciprocal concession: give what the others give.

/// The opening good will, or a share of what the others have been seen to concede where that is more: tit for tat
/// (Axelrod 1984) on the level of concession over the whole record, in the spirit of the behaviour-dependent tactics of
/// Faratin, Sierra & Jennings (1998).
pub(super) fn level(opening: f64, returned: f64, others: f64) -> f64 {
    opening.max(returned * others)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_opens_with_good_will_and_answers_in_kind() {
        assert_eq!(level(0.1, 0.8, 0.0), 0.1);
        assert_eq!(level(0.1, 0.8, 0.5), 0.4);
        assert_eq!(level(0.1, 0.0, 1.0), 0.1);
    }
}
