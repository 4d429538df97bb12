//! When shocks strike: all days of a replication, drawn at its opening.

use crate::chance::{Chance, NOBODY, Purpose, Stream};
use crate::maths::ln;
use crate::quantity::Day;
use crate::scenario::{Scenario, Shock, When, YEAR};
use crate::world::Strike;

/// Draws every strike, in the order of days; on one day in the order of identifiers, so that the file's order is none.
pub(super) fn draw_strikes(scenario: &Scenario, chance: &Chance, due: &mut Vec<Strike>) {
    due.clear();
    let mut stream = chance.stream();
    for (no, shock) in scenario.shocks.iter().enumerate() {
        match shock.when {
            When::On(date) => due.push(Strike { day: date.day(), shock: no, country: None }),
            When::Random { each: true, .. } => {
                for &country in &shock.countries {
                    let lane = scenario.countries[country].lane;
                    wait(shock, lane, &mut stream, |day| due.push(Strike { day, shock: no, country: Some(country) }));
                }
            }
            When::Random { .. } => {
                wait(shock, NOBODY, &mut stream, |day| due.push(Strike { day, shock: no, country: None }));
            }
        }
    }
    let names = |strike: &Strike| {
        let country = strike.country.map(|country| scenario.countries[country].id.as_str());
        (strike.day, scenario.shocks[strike.shock].id.as_str(), country)
    };
    due.sort_by(|one, other| names(one).cmp(&names(other)));
}

/// Waits for a random shock, again and again: waiting times are exponential, −ln u ÷ hazard.
fn wait(shock: &Shock, lane: u32, stream: &mut Stream, mut strike: impl FnMut(Day)) {
    let When::Random { hazard, from, until, at_most, .. } = shock.when else { return };
    stream.place(Purpose::Shock, shock.occasion, lane);
    let mut waited = 0.0;
    for _ in 0..at_most {
        waited += -ln(stream.uniform()) / hazard * YEAR;
        let day = from.saturating_add(waited.floor() as Day);
        if day > until {
            return;
        }
        strike(day);
    }
}
