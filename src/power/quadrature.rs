//! Integrals of polynomials over [0, 1].

use crate::maths::cos;

/// Points that integrate how likely a member of so many decides, exactly or up to rounding. It is a polynomial of degree
/// m = members − 1: half as many points as members are exact. And it is bounded by cosh(s)^m on the ellipse that reaches
/// e^s, since probabilities of coalitions add up to (|t| + |1 − t|)^m; so N points are off by about exp(m s² / 2 − 2 N s),
/// at best exp(−2 N² / m) (Trefethen 2008), which is beyond rounding from N² = 22 m on.
pub(super) fn points(members: usize) -> usize {
    members.div_ceil(2).min((22.0 * members as f64).sqrt().ceil() as usize).max(1)
}

/// Nodes and weights of Gauss–Legendre quadrature on [0, 1] (Press et al. 2007, section 4.6): with so many points a
/// polynomial of degree 2·points − 1 is integrated exactly, up to rounding.
pub(super) fn gauss_legendre(points: usize) -> Vec<(f64, f64)> {
    let node = |no: usize| {
        // Newton's method from the asymptotic root; a handful of steps is more than it takes.
        let mut x = cos(std::f64::consts::PI * (no as f64 + 0.75) / (points as f64 + 0.5));
        let mut slope = 1.0;
        for _ in 0..12 {
            let (value, derivative) = legendre(points, x);
            slope = derivative;
            x -= value / derivative;
        }
        ((1.0 + x) / 2.0, 1.0 / ((1.0 - x * x) * slope * slope))
    };
    (0..points).map(node).collect()
}

/// The Legendre polynomial of a degree, and its derivative, inside (−1, 1).
fn legendre(degree: usize, x: f64) -> (f64, f64) {
    let (mut before, mut value) = (1.0, x);
    for n in 2..=degree {
        let n = n as f64;
        (before, value) = (value, ((2.0 * n - 1.0) * x * value - (n - 1.0) * before) / n);
    }
    (value, degree as f64 * (x * value - before) / (x * x - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polynomials_are_integrated_exactly() {
        for points in [1, 2, 3, 10, 82] {
            let nodes = gauss_legendre(points);
            for degree in [0, 1, 2 * points - 1] {
                let power = |x: f64| (0..degree).fold(1.0, |power, _| power * x);
                let got = nodes.iter().fold(0.0, |sum, &(x, weight)| sum + weight * power(x));
                assert!((got * (degree + 1) as f64 - 1.0).abs() < 1e-11, "x^{degree} with {points} points: {got}");
            }
        }
        // One degree more is too much.
        let nodes = gauss_legendre(2);
        let fourth = nodes.iter().fold(0.0, |sum, &(x, weight)| sum + weight * x * x * x * x);
        assert!((fourth - 0.2).abs() > 1e-3);
    }
}
