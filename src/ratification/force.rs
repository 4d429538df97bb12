//! Entry into force: on which day are the thresholds met? Pure functions over days of deposit.

use crate::quantity::Day;
use crate::rules::Unit;
use crate::scenario::after::{EntryIntoForce, Least, Threshold};

/// What a country counts for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Voice<'a> {
    /// For how many its instrument counts [≥ 0]: 1, or the member states of a union.
    pub count: f64,
    /// Its weight [≥ 0].
    pub weight: f64,
    /// Groups it belongs to.
    pub groups: &'a [String],
    /// Whether it signed.
    pub signatory: bool,
    /// Whether it is a member of the forum that does not stand aside, or has joined all the same.
    pub member: bool,
}

/// An instrument of ratification, acceptance or accession.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Deposit<'a> {
    /// Day of its deposit.
    pub day: Day,
    /// What it counts for.
    pub voice: Voice<'a>,
}

/// What counts and weights are whole numbers of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Units {
    /// Unit of what instruments count for.
    pub count: Unit,
    /// Unit of weights.
    pub weight: Unit,
}

/// The first day on which the thresholds are met by the deposits. `all` are the voices of all candidates, of which a
/// share may be taken. Where no threshold is stated every signatory must have consented (Vienna Convention on the Law of
/// Treaties, article 24(2)).
pub fn threshold_day(rule: &EntryIntoForce, deposits: &[Deposit], all: &[Voice], units: Units) -> Option<Day> {
    let mut deposits: Vec<&Deposit> = deposits.iter().collect();
    deposits.sort_by_key(|deposit| deposit.day);
    (1..=deposits.len())
        .find(|&so_many| is_met(rule, &deposits[..so_many], all, units))
        .map(|last| deposits[last - 1].day)
}

/// The day from which a party is bound: entry into force, or as many days after its own deposit, whichever is later.
pub fn bound_from(rule: &EntryIntoForce, in_force: Day, deposit: Day) -> Day {
    in_force.max(deposit.saturating_add(Day::from(rule.after_days)))
}

fn is_met(rule: &EntryIntoForce, deposits: &[&Deposit], all: &[Voice], units: Units) -> bool {
    if rule.thresholds.is_empty() {
        let signatories = all.iter().filter(|voice| voice.signatory).count();
        return signatories > 0 && deposits.iter().filter(|deposit| deposit.voice.signatory).count() >= signatories;
    }
    let mut met = rule.thresholds.iter().map(|threshold| reaches(threshold, deposits, all, units));
    if rule.any { met.any(|met| met) } else { met.all(|met| met) }
}

fn reaches(threshold: &Threshold, deposits: &[&Deposit], all: &[Voice], units: Units) -> bool {
    let size = |voice: &Voice| {
        let holds = |group: &String| voice.groups.contains(group);
        let counts = threshold.group.as_ref().is_none_or(holds) && !threshold.outside.as_ref().is_some_and(holds);
        match (counts, threshold.by_weight) {
            (false, _) => 0.0,
            (true, true) => voice.weight,
            (true, false) => voice.count,
        }
    };
    let there: f64 = deposits.iter().map(|deposit| size(&deposit.voice)).sum();
    let total = |of: &dyn Fn(&Voice) -> bool| all.iter().filter(|voice| of(voice)).map(size).sum::<f64>();
    let unit = if threshold.by_weight { units.weight } else { units.count };
    there > 0.0
        && match threshold.least {
            Least::Count(count) => unit.comes_to(there, count),
            Least::OfSignatories(share) => unit.reaches(there, share, total(&|voice| voice.signatory)),
            Least::OfMembers(share) => unit.reaches(there, share, total(&|voice| voice.member)),
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Fraction;

    const ALONE: Voice<'_> = Voice { count: 1.0, weight: 1.0, groups: &[], signatory: true, member: true };

    fn at(day: Day, voice: Voice<'_>) -> Deposit<'_> {
        Deposit { day, voice }
    }

    const WHOLE: Units = Units { count: Unit::ONE, weight: Unit::ONE };

    fn share(number: f64) -> Fraction {
        Fraction::of(number).unwrap()
    }

    fn least(least: Least) -> Threshold {
        Threshold { least, by_weight: false, group: None, outside: None }
    }

    #[test]
    fn where_nothing_is_stated_every_signatory_must_consent() {
        let rule = EntryIntoForce::default();
        let outside = Voice { signatory: false, ..ALONE };
        let all = [ALONE, ALONE, outside];
        assert_eq!(threshold_day(&rule, &[at(5, ALONE), at(3, outside)], &all, WHOLE), None);
        assert_eq!(threshold_day(&rule, &[at(5, ALONE), at(9, ALONE)], &all, WHOLE), Some(9));
        assert_eq!(threshold_day(&rule, &[], &[], WHOLE), None);
    }

    #[test]
    fn a_half_of_eleven_is_six_and_any_threshold_is_enough() {
        let any = EntryIntoForce {
            thresholds: vec![least(Least::Count(share(7.0))), least(Least::OfSignatories(share(0.5)))],
            any: true,
            after_days: 60,
        };
        let deposits: Vec<Deposit> = (1..=8).map(|day| at(day, ALONE)).collect();
        assert_eq!(threshold_day(&any, &deposits, &[ALONE; 11], WHOLE), Some(6));
        let all = EntryIntoForce { any: false, ..any };
        assert_eq!(threshold_day(&all, &deposits, &[ALONE; 11], WHOLE), Some(7));
    }

    #[test]
    fn groups_and_weights_count_apart() {
        // In the manner of the Kyoto Protocol: two parties, and 55 % of the weight.
        let heavy = Voice { weight: 8.0, ..ALONE };
        let rule = EntryIntoForce {
            thresholds: vec![
                least(Least::Count(share(2.0))),
                Threshold { by_weight: true, ..least(Least::OfMembers(share(0.55))) },
            ],
            any: false,
            after_days: 0,
        };
        let all = [ALONE, ALONE, heavy];
        assert_eq!(threshold_day(&rule, &[at(1, ALONE), at(2, ALONE)], &all, WHOLE), None);
        assert_eq!(threshold_day(&rule, &[at(1, ALONE), at(4, heavy)], &all, WHOLE), Some(4));

        let asean = ["ASEAN".to_owned()];
        let inside = Voice { groups: &asean, ..ALONE };
        let by_group = EntryIntoForce {
            thresholds: vec![
                Threshold { group: Some("ASEAN".into()), ..least(Least::Count(share(1.0))) },
                Threshold { outside: Some("ASEAN".into()), ..least(Least::Count(share(1.0))) },
            ],
            any: false,
            after_days: 0,
        };
        assert_eq!(threshold_day(&by_group, &[at(1, inside), at(2, inside)], &[inside, ALONE], WHOLE), None);
        assert_eq!(threshold_day(&by_group, &[at(1, inside), at(7, ALONE)], &[inside, ALONE], WHOLE), Some(7));
    }

    #[test]
    fn a_late_party_waits_as_long_after_its_own_deposit() {
        let rule = EntryIntoForce { after_days: 60, ..EntryIntoForce::default() };
        assert_eq!(bound_from(&rule, 100, 40), 100);
        assert_eq!(bound_from(&rule, 100, 90), 150);
    }
}
