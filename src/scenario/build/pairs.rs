//! Declarations that a text does not apply between two parties, once every forum and outsider is known.

use super::*;
use crate::scenario::after::NonApplication;
use crate::scenario::file::Mechanism;

impl Builder<'_> {
    pub(super) fn non_application(&self, scenario: &mut Scenario, problems: &mut Problems) {
        for (no, (id, written)) in self.written.forum.iter().enumerate() {
            let Some(written) = &written.consent.non_application else { continue };
            if scenario.forums.len() <= no {
                continue;
            }
            let mut against = Vec::new();
            for (country, others) in &written.against {
                let path = ["forum", id, "consent", "non_application", "against", country];
                let Some(one) = self.enlisted(country, self.resolved.document.key_at(&path), scenario, problems) else {
                    continue;
                };
                for (item, other) in others.iter().enumerate() {
                    let item = item.to_string();
                    let at = self.at(&[&path[..], &[item.as_str()]].concat());
                    against.extend(self.enlisted(other, at, scenario, problems).map(|other| (one, other)));
                }
            }
            let without_trade = written.trade_below > 0.0 && self.written.tables.trade.is_none();
            if without_trade {
                let at = Some(self.at(&["forum", id, "consent", "non_application", "trade_below"]));
                problems.push(
                    Problem::new("comity::scenario::missing_key", at, "there is no table of who trades with whom")
                        .help("add `trade` to `[tables]`, or remove the key"),
                );
            }
            scenario.forums[no].after.non_application =
                scenario.plays(Mechanism::NonApplication).then_some(NonApplication {
                    against,
                    trade_below: written.trade_below,
                    instead: written.instead_of_objecting,
                });
        }
    }
}
