//! What most likely becomes of a clause: out, or in at one of its rungs.

use super::Found;
use crate::replay::short;
use crate::scenario::{Clause, Forum};
use crate::summary::{Measure, Subject};

/// The most likely fate of a clause. Out is one of the fates, beside each rung in an adopted text; where no replication left
/// it in, and of equals, it is out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fate {
    /// Not in the text, or there is none, in this share of the replications.
    Out(f64),
    /// In the text at a rung, in this share of the replications.
    At(usize, f64),
    /// In the text of a continuous clause, at this point on average.
    Around(f64),
}

impl Fate {
    /// That of a clause at a place of the agenda; none where nothing was played.
    pub fn of(forum: &Forum, place: usize, clause: &Clause, found: Found) -> Option<Fate> {
        let subject = Subject::Clause(forum.agenda[place]);
        let adopted = found.of(subject, Measure::ADOPTED)?.mean;
        if clause.rungs.is_empty() {
            let position = found.of(subject, Measure::POSITION).filter(|_| adopted > 0.5);
            return Some(position.map_or(Fate::Out(1.0 - adopted), |position| Fate::Around(position.mean)));
        }
        let came_to: Vec<f64> = (0..clause.rungs.len())
            .map(|rung| found.of(subject, Measure::rung(rung)).map_or(0.0, |share| share.mean))
            .collect();
        Some(likeliest(adopted, &came_to, clause.nearest_rung(forum.status_quo[place])))
    }

    /// The fate in words, and its share of the replications where it has one.
    pub fn words(self, forum: &Forum, place: usize, clause: &Clause) -> (String, Option<f64>) {
        let name = |rung: usize| format!("{rung} {}", clause.rungs[rung].label);
        let at = |point: f64| clause.nearest_rung(point).map_or_else(|| short(point), name);
        let template = forum.template[place].map(at);
        let brings = template.as_ref().map_or(String::new(), |template| format!("; template: {template}"));
        match self {
            Fate::Out(share) => (format!("out (status quo: {}{brings})", at(forum.status_quo[place])), Some(share)),
            Fate::At(rung, share) => match template {
                // What was put in comes out: that is no finding.
                Some(template) if template == name(rung) => (format!("template: {template}"), None),
                Some(template) => (format!("{} (template: {template})", name(rung)), Some(share)),
                None => (name(rung), Some(share)),
            },
            Fate::Around(point) => match template {
                Some(template) => (format!("at {point:.2} on average (template: {template})"), None),
                None => (format!("at {point:.2} on average"), None),
            },
        }
    }
}

/// The likeliest fate, from the share adopted and the shares that came to each rung, where what was not adopted came to
/// the rung of the status quo. Of equals, out, and then the weaker rung.
fn likeliest(adopted: f64, came_to: &[f64], status_quo: Option<usize>) -> Fate {
    let out = 1.0 - adopted;
    // Differences of shares carry rounding.
    const ROUNDING: f64 = 1e-12;
    let in_at = came_to.iter().enumerate().map(|(rung, share)| match status_quo == Some(rung) {
        true => (rung, (share - out).max(0.0)),
        false => (rung, *share),
    });
    let (rung, share) = in_at.fold((0, f64::NEG_INFINITY), |most, (rung, share)| match share > most.1 + ROUNDING {
        true => (rung, share),
        false => most,
    });
    if share > out + ROUNDING { Fate::At(rung, share) } else { Fate::Out(out) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether two fates are the same, but for rounding of their shares.
    fn same(one: Fate, other: Fate) -> bool {
        match (one, other) {
            (Fate::Out(a), Fate::Out(b)) => (a - b).abs() < 1e-9,
            (Fate::At(a, x), Fate::At(b, y)) => a == b && (x - y).abs() < 1e-9,
            (one, other) => one == other,
        }
    }

    #[test]
    fn what_holds_without_a_text_is_no_rung_of_it() {
        // Never adopted: everything came to rung 2, where things stood before.
        assert!(same(likeliest(0.001, &[0.0, 0.001, 0.999], Some(2)), Fate::Out(0.999)));
        // Adopted in six of ten, four of these at the rung of the status quo.
        assert!(same(likeliest(0.6, &[0.2, 0.0, 0.8], Some(2)), Fate::Out(0.4)), "of equals, out");
        assert!(same(likeliest(0.7, &[0.1, 0.0, 0.9], Some(2)), Fate::At(2, 0.6)));
        // In most texts, but no rung is as likely as none at all.
        assert!(same(likeliest(0.6, &[0.6, 0.2, 0.2], Some(0)), Fate::Out(0.4)));
        assert!(same(likeliest(0.9, &[0.1, 0.45, 0.45], Some(0)), Fate::At(1, 0.45)), "of equals, the weaker");
        assert!(same(likeliest(1.0, &[0.0, 0.0, 1.0], Some(2)), Fate::At(2, 1.0)), "always adopted where it stood");
    }
}
