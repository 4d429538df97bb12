//! How far the adopted text is from those that theory names, for scenarios that ask.
//!
//! Texts are made of every rung of every clause of the agenda, of tenths of a continuous scale, and of leaving clauses out.
//! They are weighed as the package is by those at the table, each as if it were bound by all of it: exceptions, opt-outs,
//! company and assistance are left aside. Disagreement is having no text.

use super::package::{Package, Proposal};
use crate::minutes::Distances;
use crate::solutions::{TextSpace, distance};

/// Points of a continuous clause that are looked at.
const TENTHS: u32 = 10;

/// How far a text, given by its points clause by clause, is from the solutions and from efficiency.
pub(super) fn distances(proposal: Proposal, adopted: &[Option<f64>]) -> Option<Distances> {
    let members = proposal.voters.len();
    let disagreement = vec![-proposal.cost_of_failure; members];
    let mut package = Package::new(proposal);
    let (mut worth, mut text) = (Vec::new(), Vec::new());
    for (clause, &adopted) in adopted.iter().enumerate() {
        let mut points = points(&package, clause);
        let place = adopted.map(|point| {
            points.iter().position(|other| *other == point).unwrap_or_else(|| {
                points.push(point);
                points.len() - 1
            })
        });
        let mut of_clause = vec![vec![0.0; members]];
        for &point in &points {
            package.put(clause, point, true);
            of_clause.push((0..members).map(|voter| package.worth(voter, clause)).collect());
        }
        text.push(place.map_or(0, |place| place + 1));
        worth.push(of_clause);
    }
    let space = TextSpace::new(worth, disagreement)?;
    let reached = space.utilities(&text);
    let [nash, kalai_smorodinsky, egalitarian, _] =
        space.solve(&text).map(|found| found.map(|found| distance(&found.utilities, &reached)));
    Some(Distances { nash, kalai_smorodinsky, egalitarian, pareto: space.efficiency(&text).distance })
}

/// Points at which a clause is a provision.
fn points(package: &Package, clause: usize) -> Vec<f64> {
    let clause = package.clauses[clause];
    match clause.rungs.is_empty() {
        true => (0..=TENTHS).map(|tenth| f64::from(tenth) / f64::from(TENTHS)).collect(),
        false => clause.rungs.iter().map(|rung| rung.position).filter(|point| clause.is_provision(*point)).collect(),
    }
}
