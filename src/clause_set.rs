//! Sets of clauses, by their place on a forum's agenda.

use std::ops::{BitAnd, BitOr, BitOrAssign, BitXor, Sub, SubAssign};

/// A set of clauses of one agenda, by their places on it [0–127]: a bit for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClauseSet(u128);

impl ClauseSet {
    /// The set that holds no clause.
    pub const EMPTY: ClauseSet = ClauseSet(0);
    /// The set that holds every clause of any agenda.
    pub const ALL: ClauseSet = ClauseSet(u128::MAX);

    /// The set of one clause; empty beyond the last place that an agenda can have.
    pub fn of(clause: usize) -> ClauseSet {
        ClauseSet(u32::try_from(clause).ok().and_then(|clause| 1u128.checked_shl(clause)).unwrap_or(0))
    }

    /// Whether the set holds a clause.
    #[inline]
    pub fn has(self, clause: usize) -> bool {
        clause < u128::BITS as usize && self.0 >> clause & 1 == 1
    }

    /// Whether the set holds no clause.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many clauses the set holds (a count).
    pub fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// The place after the last clause of the set; 0 where it is empty.
    pub fn end(self) -> usize {
        (u128::BITS - self.0.leading_zeros()) as usize
    }

    /// Which of the eight clauses from `first` on the set holds, the first as the lowest bit [first ≤ 120].
    #[inline]
    pub fn eight_from(self, first: usize) -> u8 {
        (self.0 >> first) as u8
    }

    /// Adds a clause.
    pub fn insert(&mut self, clause: usize) {
        *self |= ClauseSet::of(clause);
    }

    /// Takes a clause out.
    pub fn remove(&mut self, clause: usize) {
        *self -= ClauseSet::of(clause);
    }

    /// Adds a clause that is not in the set, or takes it out.
    pub fn toggle(&mut self, clause: usize) {
        *self = *self ^ ClauseSet::of(clause);
    }

    /// The clauses of the set, ascending.
    pub fn iter(self) -> Clauses {
        Clauses(self.0)
    }
}

/// The clauses of a set, ascending.
#[derive(Clone, Debug)]
pub struct Clauses(u128);

impl Iterator for Clauses {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        let first = (self.0 != 0).then_some(self.0.trailing_zeros() as usize)?;
        self.0 &= self.0 - 1;
        Some(first)
    }
}

impl IntoIterator for ClauseSet {
    type Item = usize;
    type IntoIter = Clauses;

    fn into_iter(self) -> Clauses {
        self.iter()
    }
}

impl FromIterator<usize> for ClauseSet {
    fn from_iter<I: IntoIterator<Item = usize>>(clauses: I) -> ClauseSet {
        clauses.into_iter().fold(ClauseSet::EMPTY, |set, clause| set | ClauseSet::of(clause))
    }
}

impl BitOr for ClauseSet {
    type Output = ClauseSet;

    /// The clauses of either set.
    #[inline]
    fn bitor(self, other: ClauseSet) -> ClauseSet {
        ClauseSet(self.0 | other.0)
    }
}

impl BitOrAssign for ClauseSet {
    #[inline]
    fn bitor_assign(&mut self, other: ClauseSet) {
        self.0 |= other.0;
    }
}

impl BitAnd for ClauseSet {
    type Output = ClauseSet;

    /// The clauses of both sets.
    #[inline]
    fn bitand(self, other: ClauseSet) -> ClauseSet {
        ClauseSet(self.0 & other.0)
    }
}

impl BitXor for ClauseSet {
    type Output = ClauseSet;

    /// The clauses of one of the sets and not of the other.
    #[inline]
    fn bitxor(self, other: ClauseSet) -> ClauseSet {
        ClauseSet(self.0 ^ other.0)
    }
}

impl Sub for ClauseSet {
    type Output = ClauseSet;

    /// The clauses of this set that are not of the other.
    #[inline]
    fn sub(self, other: ClauseSet) -> ClauseSet {
        ClauseSet(self.0 & !other.0)
    }
}

impl SubAssign for ClauseSet {
    #[inline]
    fn sub_assign(&mut self, other: ClauseSet) {
        self.0 &= !other.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(clauses: &[usize]) -> ClauseSet {
        clauses.iter().copied().collect()
    }

    #[test]
    fn a_set_holds_what_was_put_in_and_nothing_else() {
        let mut some = set(&[127, 0, 5]);
        assert!((0..200).filter(|&clause| some.has(clause)).eq([0, 5, 127]));
        assert!(some.iter().eq([0, 5, 127]), "ascending, however they came");
        assert_eq!((some.len(), some.end(), some.is_empty()), (3, 128, false));
        some.remove(5);
        some.remove(6);
        some.insert(7);
        some.toggle(0);
        some.toggle(1);
        assert!(some.into_iter().eq([1, 7, 127]));
    }

    #[test]
    fn no_agenda_has_a_place_128() {
        assert_eq!(ClauseSet::of(128), ClauseSet::EMPTY);
        assert!(!ClauseSet::ALL.has(128) && ClauseSet::ALL.has(127));
        assert_eq!((ClauseSet::ALL.len(), ClauseSet::EMPTY.end()), (128, 0));
        assert_eq!(ClauseSet::EMPTY.iter().next(), None);
    }

    #[test]
    fn sets_are_joined_crossed_and_taken_from_each_other() {
        let (one, other) = (set(&[1, 2, 90]), set(&[2, 3]));
        assert_eq!(one | other, set(&[1, 2, 3, 90]));
        assert_eq!(one & other, set(&[2]));
        assert_eq!(one ^ other, set(&[1, 3, 90]));
        assert_eq!((one - other, other - one), (set(&[1, 90]), set(&[3])));
        let mut joined = one;
        joined |= other;
        joined -= one;
        assert_eq!(joined, set(&[3]));
    }

    #[test]
    fn eight_clauses_are_read_at_once() {
        let some = set(&[8, 10, 15, 16, 127]);
        assert_eq!((some.eight_from(0), some.eight_from(8), some.eight_from(120)), (0, 0b1000_0101, 0b1000_0000));
    }
}
