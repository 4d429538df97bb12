//! What leaving does to a treaty that has been adopted.
//!
//! A signatory that goes does not ratify (as the United States with the Trans-Pacific Partnership in January 2017). A
//! party that is bound can go only if the text allows it, and then after its notice (Vienna Convention on the Law of
//! Treaties, articles 54 and 56).

use crate::minutes::{Entry, Event, Minutes};
use crate::quantity::Day;
use crate::world::Standing;

/// Who goes from where, when, and with what notice.
pub(super) struct Away {
    pub forum: usize,
    pub day: Day,
    /// Days of notice; none where the text lets nobody go.
    pub notice_days: Option<u32>,
}

/// What becomes of the standing of a member that goes.
pub(super) fn go(standing: &mut Standing, away: &Away, candidate: usize, minutes: &mut Minutes) {
    standing.hearing = None;
    if !standing.is_bound(away.day) {
        standing.deposit = None;
        standing.bound_from = None;
        return;
    }
    if let (Some(notice), None) = (away.notice_days, standing.bound_until) {
        let until = away.day.saturating_add(Day::from(notice));
        standing.bound_until = Some(until);
        let event = Event::GaveNotice { candidate, until };
        minutes.note(|| Entry::Later { forum: away.forum, day: away.day, event });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(standing: Standing, notice_days: Option<u32>) -> Standing {
        let mut standing = standing;
        go(&mut standing, &Away { forum: 0, day: 100, notice_days }, 0, &mut Minutes::default());
        standing
    }

    #[test]
    fn a_signatory_that_goes_does_not_ratify() {
        let signed = Standing { signed: Some(10), deposit: Some(200), ..Standing::default() };
        assert_eq!(left(signed, Some(180)).deposit, None);
        assert_eq!(left(signed, Some(180)).bound_until, None);
    }

    #[test]
    fn a_party_goes_after_its_notice_and_only_where_the_text_allows_it() {
        let bound = Standing { signed: Some(10), deposit: Some(20), bound_from: Some(50), ..Standing::default() };
        assert_eq!(left(bound, Some(180)).bound_until, Some(280));
        assert_eq!(left(bound, None), bound);
        let noticed = Standing { bound_until: Some(120), ..bound };
        assert_eq!(left(noticed, Some(180)), noticed, "it has given notice before");
    }
}
