//! The calendar: one clock for every forum of a world.

use bevy_ecs::prelude::*;

use crate::quantity::Day;
use crate::scenario::Calendar;

/// Today, in the world.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// The day.
    pub today: Day,
}

/// The day of a forum's round, the first being 1: rounds are spread evenly over the year.
pub fn day_of_round(calendar: &Calendar, round: u32) -> Day {
    calendar.day_of_round(round)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Date;

    #[test]
    fn rounds_are_spread_evenly_over_the_year() {
        let calendar = Calendar {
            start: Date { year: 2019, month: 3, day: 1 },
            rounds_per_year: 6.0,
            rounds: 30,
            extension_chance: 0.0,
            extension_rounds: 0,
            extensions: 0,
        };
        let date = |round| Date::of(day_of_round(&calendar, round)).to_string();
        assert_eq!(date(1), "2019-03-01");
        assert_eq!(date(2), "2019-04-30");
        assert_eq!(date(31), "2024-02-29");
    }
}
