//! The list of all measures, and how one is found by its name.

use super::measure::{Measure, SubjectKind};
use super::{divide, findings, fragmentation, later, members, provisions, talks, world};

impl Measure {
    /// Every measure; of a family the first.
    pub fn all() -> impl Iterator<Item = Measure> {
        let forums = [talks::MEASURES, provisions::MEASURES, provisions::FAMILIES, members::MEASURES];
        let outcomes = [later::MEASURES, divide::MEASURES, world::MEASURES, findings::MEASURES];
        forums.into_iter().chain(outcomes).chain([fragmentation::MEASURES]).flatten().copied()
    }

    /// The measure with this name, as `adopted` or `rung_2`; where several kinds of subjects have one, with the kind in
    /// front: `clause.objections`. None where no measure, or more than one, is called so.
    pub fn parse(text: &str) -> Option<Measure> {
        let named = |kind: &str| SubjectKind::ALL.into_iter().find(|known| known.word() == kind);
        if let Some((kind, name)) = text.split_once('.') {
            return Measure::about(named(kind)?, name);
        }
        let mut found = SubjectKind::ALL.into_iter().filter_map(|kind| Measure::about(kind, text));
        found.next().filter(|_| found.next().is_none())
    }

    /// The measure of a kind of subject with this name.
    pub fn about(kind: SubjectKind, name: &str) -> Option<Measure> {
        Measure::all().filter(|measure| measure.kind() == kind).find_map(|measure| match measure.definition.is_family {
            false => (measure.definition.name == name).then_some(measure),
            true => {
                let number: usize = name.strip_prefix(measure.definition.name)?.parse().ok()?;
                let one = Measure { number, ..measure };
                // `rung_07` and `rung_+7` are read as numbers, and are no names.
                (one.name() == name).then_some(one)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_is_found_by_its_name_and_no_two_have_one() {
        let all: Vec<Measure> = Measure::all().collect();
        for (no, measure) in all.iter().enumerate() {
            assert_eq!(Measure::about(measure.kind(), &measure.name()), Some(*measure));
            assert_eq!(Measure::parse(&format!("{measure:?}")), Some(*measure));
            assert_eq!(measure.to_string(), measure.name());
            assert!(all[..no].iter().all(|other| other != measure), "{measure:?} is there twice");
            let told = [measure.unit(), measure.description(), measure.rests_on()];
            assert!(told.iter().all(|text| !text.is_empty() && !text.ends_with('.')), "{measure:?}: {told:?}");
        }
        assert!(all.len() > 50, "{}", all.len());
    }

    #[test]
    fn a_name_that_is_none_or_of_two_kinds_is_no_measure() {
        assert_eq!(Measure::parse("adopted"), Some(Measure::ADOPTED));
        assert_eq!(Measure::parse("rung_12"), Some(Measure::rung(12)));
        assert_ne!(Measure::rung(1), Measure::rung(2));
        assert_eq!(Measure::parse("clause.objections"), Some(Measure::CLAUSE_OBJECTIONS));
        assert_eq!(Measure::parse("country.objections"), Some(Measure::COUNTRY_OBJECTIONS));
        assert_ne!(Measure::CLAUSE_OBJECTIONS, Measure::COUNTRY_OBJECTIONS);
        let none =
            ["objections", "adopte", "", ".", "rung_", "rung_x", "rung_01", "rung_-1", "talks.adopted", "clause"];
        for text in none {
            assert_eq!(Measure::parse(text), None, "{text:?}");
        }
    }
}
