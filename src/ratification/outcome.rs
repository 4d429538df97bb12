//! What of it all is written into the outcome: nothing that lies beyond the horizon.

use crate::minutes::MemberOutcome;
use crate::quantity::Day;
use crate::world::Standing;

/// How a candidate stood to the text at the horizon.
pub(crate) fn became(standing: &Standing, horizon: Option<Day>) -> MemberOutcome {
    let by_then = |day: Option<Day>| day.filter(|day| horizon.is_some_and(|horizon| *day <= horizon));
    let ratified_day = by_then(standing.deposit);
    let withdrawn_day = by_then(standing.bound_until);
    // Who left before the text bound it was never bound.
    let in_force_day = by_then(standing.bound_from).filter(|from| withdrawn_day.is_none_or(|until| *from < until));
    let acceded = standing.accedes && ratified_day.is_some();
    MemberOutcome {
        gain: standing.accepted_with,
        weighed: acceded,
        signed: standing.signed.is_some(),
        ratified_day,
        in_force_day,
        acceded,
        withdrawn_day,
        reserved: standing.reserved.len(),
        apart: standing.apart,
        excepted: standing.excepted,
        ..MemberOutcome::default()
    }
}
