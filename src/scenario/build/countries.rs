//! Countries: capability and capacity, as stated or from the indicators.

use super::*;
use crate::scenario::evidence::Confidence;

impl Builder<'_> {
    pub(super) fn enlist_country(&self, id: &str, scenario: &mut Scenario, problems: &mut Problems) -> usize {
        if let Some(no) = scenario.country(id) {
            return no;
        }
        let known = self.roster.countries.get(id).cloned().unwrap_or_default();
        let broken_table = problems.tell_of_tables();
        let mut lacking = |indicator: &str| {
            // What nobody has is told once, by name; and what a broken row says cannot be known.
            if broken_table || !self.roster.figures.keys().any(|(_, known)| known == indicator) {
                return;
            }
            problems.push(
                Problem::new(
                    "comity::scenario::indicator",
                    Some(self.at(&["indicators"])),
                    format!("the indicator `{indicator}` is not known for `{id}`"),
                )
                .help(format!("add a row to the table of indicators, or `[country.{id}]` with the number")),
            );
        };
        let named = self.written.indicators.as_ref();
        let mut source = String::from("as stated");
        let capability = known.capability.unwrap_or_else(|| match named {
            Some(named) if !named.capability.is_empty() => {
                let mut sum = 0.0;
                let mut from = Vec::new();
                for indicator in &named.capability {
                    match self.roster.figure(id, indicator) {
                        Some(figure) => {
                            sum += figure.value.max(0.0);
                            let unsure = if figure.confidence == Confidence::Low { ", unverified" } else { "" };
                            from.push(format!(
                                "{indicator} {} {} ({}, {}{unsure})",
                                figure.value, figure.unit, figure.year, figure.source
                            ));
                        }
                        None => lacking(indicator),
                    }
                }
                source = from.join(" + ");
                Uncertain::Fixed(sum)
            }
            _ => Uncertain::Fixed(1.0),
        });
        let capacity = known.capacity.unwrap_or_else(|| match named.and_then(|named| named.capacity.as_ref()) {
            Some(indicator) => match self.roster.figure(id, indicator) {
                Some(figure) => Uncertain::Fixed(figure.value.clamp(0.0, 1.0)),
                None => {
                    lacking(indicator);
                    Uncertain::Fixed(1.0)
                }
            },
            None => Uncertain::Fixed(1.0),
        });
        scenario.countries.push(Country {
            id: id.to_owned(),
            name: known.name,
            groups: known.groups,
            capability,
            capacity,
            capability_source: source,
            lane: 0,
        });
        scenario.countries.len() - 1
    }
}
