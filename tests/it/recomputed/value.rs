//! How each measure of the summary is read off the rows of a replication, or that no table tells it.

use comity::scenario::{Forum, Scenario};

use super::Row;

/// Measures that no table tells: days, withdrawals, reservations, who opted out of what, payments, trade, impasses, and what
/// follows from the rule alone.
const NOT_IN_TABLES: [&str; 16] = [
    "days_to_force",
    "median_days_to_force",
    "withdrawn",
    "clauses_reserved",
    "transfer",
    "trade_coverage",
    "blocking_set_size",
    "cost_of_deal",
    "distance_to_deal",
    "nash_distance",
    "kalai_smorodinsky_distance",
    "egalitarian_distance",
    "pareto_distance",
    "shapley_shubik",
    "banzhaf",
    "obligation_gap",
];

/// What a row says; nothing where the cell is empty.
pub fn said(row: &Row, column: &str) -> Option<f64> {
    match row[column].as_str() {
        "" => None,
        "true" => Some(1.0),
        "false" => Some(0.0),
        number => Some(number.parse().expect("a number")),
    }
}

pub fn is(row: &Row, column: &str) -> bool {
    said(row, column) == Some(1.0)
}

/// One replication of a forum, in its rows.
pub struct Played<'a> {
    pub run: &'a Row,
    pub clauses: &'a [Row],
    /// The members, in the order of their seats.
    pub members: &'a [Row],
    /// The members, and the countries that may accede.
    pub candidates: &'a [Row],
}

/// The value of a measure in one replication; nothing where it says nothing.
pub type Value<'a> = Box<dyn Fn(&Played) -> Option<f64> + 'a>;

/// How a measure is read off the rows; none where they do not tell it.
pub fn value<'a>(scenario: &'a Scenario, forum: &'a Forum, line: &'a Row) -> Option<Value<'a>> {
    let (kind, subject, measure) = (line["kind"].as_str(), line["subject"].as_str(), line["measure"].as_str());
    if NOT_IN_TABLES.contains(&measure) || (kind == "country" && measure == "opt_outs") {
        return None;
    }
    // Who left is not in the tables, and is not bound.
    let leaves = forum.after.notice_days.is_some();
    let text = |played: &Played| is(played.run, "concluded");
    let of_clause = move |played: &Played, column: &str| {
        let row = played.clauses.iter().find(|row| row["clause"] == subject).expect("a row of the clause");
        (is(row, "adopted"), said(row, column))
    };
    let of_country = move |played: &Played, column: &str| {
        said(played.candidates.iter().find(|row| row["country"] == subject)?, column)
    };
    let bound = |row: &&Row| said(row, "in_force_year").is_some();
    let groups = |names: [&'a str; 2]| {
        let belongs = move |country: usize| {
            scenario.countries[country].groups.iter().any(|group| names.contains(&group.as_str()))
        };
        forum.members.iter().map(|member| belongs(member.country)).collect::<Vec<bool>>()
    };
    let gains = |played: &Played| -> Vec<f64> {
        played
            .members
            .iter()
            .map(|row| if is(row, "party") { said(row, "gain").expect("a gain") } else { 0.0 })
            .collect()
    };
    let name = move |world: &str, later: bool| {
        let which = match world {
            "gdp" => "Gdp",
            "goods_trade" => "GoodsTrade",
            _ => "DigitalTrade",
        };
        let shares = scenario.world.iter().find(|shares| format!("{:?}", shares.measure) == which).expect("a measure");
        move |played: &Played| {
            if !(if later { said(played.run, "in_force_year").is_some() } else { is(played.run, "concluded") }) {
                return None;
            }
            let counts = |row: &&Row| if later { said(row, "in_force_year").is_some() } else { is(row, "party") };
            let share = |row: &Row| shares.share[scenario.country(&row["country"]).expect("a country")];
            Some(played.candidates.iter().filter(counts).map(share).sum())
        }
    };
    Some(match (kind, measure) {
        ("talks", "concluded" | "rounds" | "clauses_adopted" | "exchanges" | "externality") => {
            Box::new(move |played| said(played.run, measure))
        }
        ("talks", "without_a_vote") => Box::new(|played| Some(said(played.run, "without_a_vote").unwrap_or(0.0))),
        ("talks", "clauses_dropped" | "parties") => Box::new(move |p| said(p.run, measure).filter(|_| text(p))),
        ("talks", "incorporated") => Box::new(|played| said(played.run, "incorporated")),
        ("talks", "co_sponsors") => Box::new(move |played| {
            text(played).then(|| played.members.iter().filter(|row| is(row, "co_sponsor")).count() as f64)
        }),
        ("talks", "depth") => Box::new(move |played| {
            let moved = played.clauses.iter().zip(&forum.status_quo);
            let moved = moved.filter_map(|(row, before)| Some((said(row, "position")? - before).abs()));
            text(played).then(|| moved.sum::<f64>() / forum.agenda.len() as f64)
        }),
        ("talks", "flexibility") => Box::new(move |played| {
            let adopted: Vec<f64> =
                played.clauses.iter().filter(|row| is(row, "adopted")).filter_map(|row| said(row, measure)).collect();
            text(played).then(|| adopted.iter().sum::<f64>() / adopted.len().max(1) as f64)
        }),
        ("talks", "signed") => Box::new(|played| Some(f64::from(played.members.iter().any(|row| is(row, "signed"))))),
        ("talks", "in_force") => Box::new(|played| Some(f64::from(said(played.run, "in_force_year").is_some()))),
        ("talks", "parties_at_horizon") if !leaves => Box::new(move |played| {
            said(played.run, "in_force_year").map(|_| played.candidates.iter().filter(bound).count() as f64)
        }),
        ("talks", "coverage") => Box::new(move |played| {
            let weights: Vec<f64> = forum.members.iter().map(|member| scenario.weight_of(member)).collect();
            let inside =
                weights.iter().zip(played.members).filter(|(_, row)| is(row, "party")).map(|(weight, _)| weight);
            text(played).then(|| inside.sum::<f64>() / weights.iter().sum::<f64>())
        }),
        ("talks", "world_gdp") => Box::new(name("gdp", false)),
        ("talks", "world_goods_trade") => Box::new(name("goods_trade", false)),
        ("talks", "world_digital_trade") => Box::new(name("digital_trade", false)),
        ("talks", "world_gdp_at_horizon") if !leaves => Box::new(name("gdp", true)),
        ("talks", "world_goods_trade_at_horizon") if !leaves => Box::new(name("goods_trade", true)),
        ("talks", "world_digital_trade_at_horizon") if !leaves => Box::new(name("digital_trade", true)),
        ("talks", "inclusion_ldc" | "inclusion_low_income" | "gain_share_ldc" | "gain_share_low_income") => {
            let low = measure.ends_with("low_income");
            let who = groups(if low { ["income:Low income", "income:low"] } else { ["LDC_GROUP", "LDC"] });
            let inclusion = measure.starts_with("inclusion");
            Box::new(move |played| {
                if !text(played) {
                    return None;
                }
                let here = played.members.iter().zip(&who).filter(|(_, belongs)| **belongs);
                if inclusion {
                    let all = who.iter().filter(|belongs| **belongs).count() as f64;
                    return Some(here.filter(|(row, _)| is(row, "party")).count() as f64 / all);
                }
                let won: Vec<f64> = gains(played).iter().map(|gain| gain.max(0.0)).collect();
                let part: f64 = won.iter().zip(&who).filter(|(_, belongs)| **belongs).map(|(gain, _)| gain).sum();
                (won.iter().sum::<f64>() > 0.0).then(|| part / won.iter().sum::<f64>())
            })
        }
        ("talks", "gini") => Box::new(move |played| {
            let won: Vec<f64> = gains(played).iter().map(|gain| gain.max(0.0)).collect();
            let all = won.iter().sum::<f64>() * won.len() as f64 * 2.0;
            // Over all pairs, as the coefficient is defined.
            let apart: f64 = won.iter().flat_map(|one| won.iter().map(move |other| (one - other).abs())).sum();
            text(played).then(|| if all > 0.0 { apart / all } else { 0.0 })
        }),
        ("talks", "theil") => Box::new(move |played| {
            let won: Vec<f64> = gains(played).into_iter().filter(|gain| *gain > 0.0).collect();
            let mean = won.iter().sum::<f64>() / won.len() as f64;
            let of = |gain: &f64| gain / mean * comity::maths::ln(gain / mean);
            (text(played) && !won.is_empty()).then(|| won.iter().map(of).sum::<f64>() / won.len() as f64)
        }),
        ("talks", "income_gap") => {
            let classes = ["High", "Upper middle", "Lower middle", "Low"].map(|class| {
                forum
                    .members
                    .iter()
                    .map(|member| scenario.countries[member.country].groups.contains(&format!("income:{class} income")))
                    .collect::<Vec<bool>>()
            });
            let there: Vec<Vec<bool>> = classes.into_iter().filter(|class| class.contains(&true)).collect();
            Box::new(move |played| {
                let gains = gains(played);
                let mean = |class: &[bool]| {
                    let of: Vec<f64> =
                        gains.iter().zip(class).filter(|(_, in_it)| **in_it).map(|(gain, _)| *gain).collect();
                    of.iter().sum::<f64>() / of.len() as f64
                };
                text(played).then(|| mean(&there[0]) - mean(there.last().expect("two classes")))
            })
        }
        ("clause", "adopted" | "proposed" | "objections") => Box::new(move |played| of_clause(played, measure).1),
        ("clause", "agreed_in_rounds") => {
            Box::new(move |played| Some(f64::from(of_clause(played, "round").1.is_some())))
        }
        ("clause", "position" | "flexibility" | "opt_outs") => {
            Box::new(move |played| Some(of_clause(played, measure)).filter(|(adopted, _)| *adopted)?.1)
        }
        ("clause", rung) if rung.starts_with("rung_") => {
            let place =
                forum.agenda.iter().position(|&clause| scenario.clauses[clause].id == subject).expect("on the agenda");
            let before = scenario.clauses[forum.agenda[place]].nearest_rung(forum.status_quo[place]);
            Box::new(move |played| {
                let came_to = of_clause(played, "rung").1.map(|rung| rung as usize).or(before);
                Some(f64::from(came_to.map(|rung| format!("rung_{rung}")).as_deref() == Some(measure)))
            })
        }
        ("country", "party" | "co_sponsor" | "objections" | "decisive_objections" | "concession" | "distance") => {
            Box::new(move |played| of_country(played, measure))
        }
        ("country", "gain") => {
            Box::new(move |played| of_country(played, "gain").filter(|_| of_country(played, "party") == Some(1.0)))
        }
        // Of who has no row nothing can come: it has no way in.
        ("country", "ratified" | "acceded") => Box::new(move |played| Some(of_country(played, measure).unwrap_or(0.0))),
        ("country", "bound_at_horizon") if !leaves => {
            Box::new(move |played| Some(f64::from(of_country(played, "in_force_year").is_some())))
        }
        ("talks", "parties_at_horizon") | ("country", "bound_at_horizon") => return None,
        ("talks", world) if world.starts_with("world_") => return None,
        other => panic!("{other:?} is neither worked out anew nor listed as what no table tells"),
    })
}
