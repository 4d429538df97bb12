//! Quantities that a scenario states with their uncertainty: a number, or the distribution it is drawn from.

use crate::maths::normal_quantile;

/// Largest quantity of a scenario, on either side of zero: more than any real figure, and little enough that powers and
/// sums of it stay finite.
pub const MAX_QUANTITY: f64 = 1e18;

/// A number the scenario may know exactly or only as a distribution; drawn once a replication.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "the fields are the usual parameters of each distribution")]
pub enum Uncertain {
    /// Known.
    Fixed(f64),
    /// Normal, with mean and standard deviation.
    Normal { mean: f64, sd: f64 },
    /// Every value between the bounds equally likely.
    Uniform { min: f64, max: f64 },
    /// Triangular between the bounds, most likely at the mode.
    Triangular { min: f64, mode: f64, max: f64 },
}

impl From<f64> for Uncertain {
    fn from(value: f64) -> Self {
        Uncertain::Fixed(value)
    }
}

impl Uncertain {
    /// The value at probability `u` [between 0 and 1, exclusive] of its distribution; larger `u`, never a smaller value.
    pub fn quantile(self, u: f64) -> f64 {
        match self {
            Uncertain::Fixed(value) => value,
            Uncertain::Normal { mean, sd } if sd > 0.0 => mean + sd * normal_quantile(u),
            Uncertain::Normal { mean, .. } => mean,
            Uncertain::Uniform { min, max } => min + u * (max - min),
            Uncertain::Triangular { min, mode, max } => triangular(min, mode, max, u),
        }
    }

    /// Whether it has to be drawn at all.
    pub fn is_drawn(self) -> bool {
        !matches!(self, Uncertain::Fixed(_))
    }

    /// Its central value: the mean, or the mode of a triangle.
    pub fn centre(self) -> f64 {
        match self {
            Uncertain::Fixed(value) => value,
            Uncertain::Normal { mean, .. } => mean,
            Uncertain::Uniform { min, max } => (min + max) / 2.0,
            Uncertain::Triangular { mode, .. } => mode,
        }
    }

    /// Its standard deviation; zero where the value is known.
    pub fn sd(self) -> f64 {
        match self {
            Uncertain::Fixed(_) => 0.0,
            Uncertain::Normal { sd, .. } => sd,
            Uncertain::Uniform { min, max } => (max - min) / 12f64.sqrt(),
            Uncertain::Triangular { min: a, mode: c, max: b } => {
                ((a * a + b * b + c * c - a * b - a * c - b * c) / 18.0).max(0.0).sqrt()
            }
        }
    }
}

fn triangular(min: f64, mode: f64, max: f64, u: f64) -> f64 {
    let span = max - min;
    if span <= 0.0 {
        return mode;
    }
    let turn = (mode - min) / span;
    if u < turn { min + (u * span * (mode - min)).sqrt() } else { max - ((1.0 - u) * span * (max - mode)).sqrt() }
}

/// A date of the calendar, ordered; the model knows no clock, only dates that scenarios state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year, common era.
    pub year: i32,
    /// Month [1–12].
    pub month: u8,
    /// Day [1–31].
    pub day: u8,
}

impl Date {
    /// Reads `2018`, `2018-03` or `2018-03-08`. A date known only to the year or month is the last day of it, the
    /// latest it can have been: evidence counts only when it is sure to have been there.
    pub fn latest_of(text: &str) -> Option<Date> {
        let mut parts = text.trim().split('-');
        let year = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
        let month = match parts.next() {
            Some(m) if m.len() == 2 => Some(m.parse().ok().filter(|m| (1..=12).contains(m))?),
            Some(_) => return None,
            None => None,
        };
        let last = days_in(year, month.unwrap_or(12));
        let day = match parts.next() {
            Some(d) if d.len() == 2 => d.parse().ok().filter(|d| (1..=last).contains(d))?,
            Some(_) => return None,
            None => last,
        };
        if parts.next().is_some() {
            return None;
        }
        Some(Date { year, month: month.unwrap_or(12), day })
    }
}

/// A day, counted from 1 January 1970: the unit in which a world's clock advances.
pub type Day = i64;

impl Date {
    /// The day, in the Gregorian calendar carried on in both directions (Hinnant 2013, days from civil).
    pub fn day(self) -> Day {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        // Years that begin in March put the leap day at their end.
        let year = i64::from(self.year) - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
    }

    /// The date of a day.
    pub fn of(day: Day) -> Date {
        let shifted = day + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let day = day_of_year - (153 * from_march + 2) / 5 + 1;
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        Date { year: year as i32, month: month as u8, day: day as u8 }
    }
}

fn days_in(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_rise_and_hit_the_bounds() {
        for spread in [
            Uncertain::Normal { mean: 0.4, sd: 0.2 },
            Uncertain::Uniform { min: 0.1, max: 0.9 },
            Uncertain::Triangular { min: 0.0, mode: 0.2, max: 1.0 },
        ] {
            let values: Vec<f64> = (1..100).map(|i| spread.quantile(f64::from(i) / 100.0)).collect();
            assert!(values.windows(2).all(|w| w[0] < w[1]), "{spread:?}");
        }
        let triangle = Uncertain::Triangular { min: 0.0, mode: 0.2, max: 1.0 };
        assert!((triangle.quantile(0.2) - 0.2).abs() < 1e-15);
        assert!((triangle.sd() - (0.84f64 / 18.0).sqrt()).abs() < 1e-15);
    }

    #[test]
    fn days_and_dates_are_the_same_calendar() {
        let day = |text: &str| Date::latest_of(text).unwrap().day();
        assert_eq!(day("1970-01-01"), 0);
        assert_eq!(day("2000-03-01") - day("2000-02-28"), 2);
        assert_eq!(day("2018-12-30") - day("2018-10-31"), 60, "the Pacific partnership's sixty days");
        for days in (-800_000..800_000).step_by(97) {
            assert_eq!(Date::of(days).day(), days);
        }
    }

    #[test]
    fn a_date_known_to_the_year_is_its_last_day() {
        assert_eq!(Date::latest_of("2018").unwrap().to_string(), "2018-12-31");
        assert_eq!(Date::latest_of("2020-02").unwrap().to_string(), "2020-02-29");
        assert!(Date::latest_of("2018").unwrap() < Date::latest_of("2019-01-25").unwrap());
        assert!(Date::latest_of("2019").unwrap() > Date::latest_of("2019-01-25").unwrap());
        for wrong in ["", "19", "2019-13", "2019-02-30", "2019-1-1", "soon", "2019-01-01-01"] {
            assert_eq!(Date::latest_of(wrong), None, "{wrong}");
        }
    }
}
