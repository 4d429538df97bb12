//! Ladders: which text option a point stands for.

use super::Clause;
#[cfg(test)]
use super::Rung;

impl Clause {
    /// The rung whose position is nearest to a point; the lower of two that are equally near.
    pub fn nearest_rung(&self, point: f64) -> Option<usize> {
        let mut nearest = None;
        let mut least = f64::INFINITY;
        for (no, rung) in self.rungs.iter().enumerate() {
            let distance = (rung.position - point).abs();
            if distance < least {
                (nearest, least) = (Some(no), distance);
            }
        }
        nearest
    }

    /// The point of the text that a point stands for: the nearest rung's, or itself on a continuous scale.
    pub fn snap(&self, point: f64) -> f64 {
        self.nearest_rung(point).map_or(point, |rung| self.rungs[rung].position)
    }

    /// Whether a text at this point is a provision at all; the lowest rung of a ladder at 0 is "no provision".
    pub fn is_provision(&self, point: f64) -> bool {
        self.nearest_rung(point).is_none_or(|rung| rung > 0 || self.rungs[0].position > 0.0)
    }
}

#[cfg(test)]
impl Clause {
    /// A ladder with rungs at these positions, or a continuous clause without any, for tests.
    pub(crate) fn ladder(positions: &[f64]) -> Clause {
        let rung = |&position: &f64| Rung {
            label: String::new(),
            position,
            text: String::new(),
            exemplar: String::new(),
            confidence: String::new(),
        };
        Clause {
            id: "c".into(),
            name: "c".into(),
            rungs: positions.iter().map(rung).collect(),
            burden: 1.0,
            softened_by_sdt: false,
        }
    }
}
