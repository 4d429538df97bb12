//! Seasons: the days on which the world looks at what follows adoption, the same for every treaty.

use crate::quantity::Day;

/// Days in four years.
const FOUR_YEARS: Day = 1_461;

/// The first season's day after a day: seasons divide the time since 1970 evenly, so many a year.
pub(super) fn day_after(today: Day, per_year: u32) -> Day {
    let seasons = 4 * Day::from(per_year.max(1));
    let day = |number: Day| (number * FOUR_YEARS).div_euclid(seasons);
    let mut number = (today * seasons).div_euclid(FOUR_YEARS) + 1;
    while day(number) <= today {
        number += 1;
    }
    day(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Date;

    #[test]
    fn four_seasons_a_year_are_its_quarters_give_or_take_a_day() {
        let mut today = Date { year: 2024, month: 12, day: 31 }.day();
        let mut dates = Vec::new();
        for _ in 0..4 {
            today = day_after(today, 4);
            dates.push(Date::of(today).to_string());
        }
        // Day 20088.75 and every 91.3125 days after it, rounded down.
        assert_eq!(dates, ["2025-04-02", "2025-07-02", "2025-10-01", "2026-01-01"]);
    }

    #[test]
    fn a_season_always_comes_and_none_is_left_out() {
        for per_year in [1, 4, 12, 365, 366] {
            let mut today = -1000;
            for _ in 0..5000 {
                let next = day_after(today, per_year);
                assert!(next > today && next - today <= 366 / Day::from(per_year) + 2, "{per_year}: {today} {next}");
                today = next;
            }
        }
    }
}
