//! The few functions of mathematics that the model needs: transcendental ones over `libm`, so that every platform computes
//! the same bits, and quantiles.
//!
//! The methods of `f64` call the platform's mathematics library and may differ in the last bit between systems and
//! toolchains; `clippy.toml` bans them everywhere else.

mod normal;
mod quantile;

pub use normal::{normal_quantile, normal_quantiles};
pub use quantile::{median, quantile};

/// e to the power `x`.
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// Natural logarithm of `x` [above 0].
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// Cosine of `x` (in radians).
pub fn cos(x: f64) -> f64 {
    libm::cos(x)
}

/// `x` to the power `y` [x ≥ 0]; whole powers one and two are exact products.
pub fn pow(x: f64, y: f64) -> f64 {
    if y == 1.0 {
        x
    } else if y == 2.0 {
        x * x
    } else {
        libm::pow(x, y)
    }
}

/// The higher of two numbers, both of which are numbers: what `f64::max` adds for those that are none costs time where it is
/// asked of many.
#[inline(always)]
pub fn higher(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// The lower of two numbers, both of which are numbers.
#[inline(always)]
pub fn lower(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

/// A number for each place of a lane, as `std::array::from_fn`: written into the pass that asks for it, without which the
/// compiler would not work on several numbers at once.
#[inline(always)]
pub fn each<T, const N: usize>(of: impl FnMut(usize) -> T) -> [T; N] {
    std::array::from_fn(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_powers_are_exact() {
        assert_eq!(pow(0.3, 1.0), 0.3);
        assert_eq!(pow(0.3, 2.0), 0.3 * 0.3);
        assert!((pow(0.3, 1.5) - 0.164_316_767_251_549_83).abs() < 1e-15);
    }
}
