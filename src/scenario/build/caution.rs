//! What a reader should know about the figures behind a scenario.

use super::*;
use crate::scenario::evidence::Confidence;

impl Builder<'_> {
    /// What a reader should know about the figures behind the scenario.
    pub(super) fn caution(&self, scenario: &mut Scenario) {
        let Some(as_of) = scenario.as_of else { return };
        let named = self.written.indicators.as_ref();
        let mut indicators: Vec<&String> =
            named.into_iter().flat_map(|n| n.capability.iter().chain(&n.capacity)).collect();
        let features = self.written.imputation.iter().flat_map(|how| &how.features);
        indicators.extend(features.map(|feature| &feature.indicator));
        indicators.dedup();
        for indicator in indicators {
            let members = scenario.countries.iter().filter_map(|c| self.roster.figure(&c.id, indicator));
            let years: Vec<i32> = members.clone().map(|figure| figure.year).collect();
            if let (Some(first), Some(last)) = (years.iter().min(), years.iter().max())
                && *last >= as_of.year
            {
                scenario.cautions.push(format!(
                    "`{indicator}` is of {first} to {last}, later than {as_of}: a structural figure, not evidence of \
                     what anyone wanted"
                ));
            }
            let unverified = members.filter(|figure| figure.confidence == Confidence::Low).count();
            if unverified > 0 {
                scenario.cautions.push(format!("`{indicator}`: {unverified} unverified figures"));
            }
        }
        let origins = scenario.forums.iter().flat_map(|forum| &forum.members).flat_map(|member| &member.mandates);
        let weak = origins
            .filter(|mandate| {
                matches!(&mandate.origin, Origin::Evidence { confidence, .. } if confidence == Confidence::Low.words())
            })
            .count();
        if weak > 0 {
            scenario.cautions.push(format!("{weak} mandates rest on evidence of which some is unverified"));
        }
    }
}
