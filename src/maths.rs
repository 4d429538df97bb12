//! The few transcendental functions the model needs, over `libm`, so that every platform computes the same bits.
//!
//! The methods of `f64` call the platform's mathematics library and may differ in the last bit between systems and
//! toolchains; `clippy.toml` bans them everywhere else.

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

/// Quantile of the standard normal distribution at probability `p` [between 0 and 1, exclusive], to about 16 digits.
///
/// One uniform number gives one normal number, and a larger uniform always a larger normal, so that paired
/// scenarios stay paired. Rational approximations of Wichura (1988), algorithm AS 241.
pub fn normal_quantile(p: f64) -> f64 {
    debug_assert!(p > 0.0 && p < 1.0, "a probability strictly between 0 and 1, not {p}");
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180625 - q * q;
        return q * ratio(r, &CENTRE_ABOVE, &CENTRE_BELOW);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let r = (-ln(tail)).sqrt();
    let size =
        if r <= 5.0 { ratio(r - 1.6, &FLANK_ABOVE, &FLANK_BELOW) } else { ratio(r - 5.0, &FAR_ABOVE, &FAR_BELOW) };
    if q < 0.0 { -size } else { size }
}

/// Writes the quantile at each of these probabilities in its place: the same as [`normal_quantile`] to the bit, several at
/// a time.
pub fn normal_quantiles(probabilities: &mut [f64]) {
    const LANES: usize = 8;
    let mut lanes = probabilities.chunks_exact_mut(LANES);
    for lane in &mut lanes {
        let mut q = [0.0; LANES];
        let mut r = [0.0; LANES];
        for at in 0..LANES {
            q[at] = lane[at] - 0.5;
            r[at] = 0.180625 - q[at] * q[at];
        }
        let (mut above, mut below) = ([0.0; LANES], [0.0; LANES]);
        for (over, under) in CENTRE_ABOVE.iter().zip(&CENTRE_BELOW).rev() {
            for at in 0..LANES {
                above[at] = above[at] * r[at] + over;
                below[at] = below[at] * r[at] + under;
            }
        }
        for at in 0..LANES {
            let centre = q[at] * (above[at] / below[at]);
            lane[at] = if q[at].abs() <= 0.425 { centre } else { normal_quantile(lane[at]) };
        }
    }
    lanes.into_remainder().iter_mut().for_each(|p| *p = normal_quantile(*p));
}

fn ratio(x: f64, above: &[f64; 8], below: &[f64; 8]) -> f64 {
    polynomial(x, above) / polynomial(x, below)
}

fn polynomial(x: f64, coefficients: &[f64; 8]) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

const CENTRE_ABOVE: [f64; 8] = [
    3.387_132_872_796_366_5,
    133.141_667_891_784_38,
    1_971.590_950_306_551_3,
    13_731.693_765_509_46,
    45_921.953_931_549_87,
    67_265.770_927_008_7,
    33_430.575_583_588_13,
    2_509.080_928_730_122_7,
];
const CENTRE_BELOW: [f64; 8] = [
    1.0,
    42.313_330_701_600_91,
    687.187_007_492_057_9,
    5_394.196_021_424_751,
    21_213.794_301_586_597,
    39_307.895_800_092_71,
    28_729.085_735_721_943,
    5_226.495_278_852_855,
];
const FLANK_ABOVE: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    0.241_780_725_177_450_6,
    0.022_723_844_989_269_184,
    7.745_450_142_783_414e-4,
];
const FLANK_BELOW: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    0.689_767_334_985_1,
    0.148_103_976_427_480_08,
    0.015_198_666_563_616_457,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const FAR_ABOVE: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    0.296_560_571_828_504_87,
    0.026_532_189_526_576_124,
    0.001_242_660_947_388_078_4,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const FAR_BELOW: [f64; 8] = [
    1.0,
    0.599_832_206_555_888,
    0.136_929_880_922_735_8,
    0.014_875_361_290_850_615,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_8e-15,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_quantiles_match_the_printed_tables() {
        for (p, expected) in [
            (0.5, 0.0),
            (0.975, 1.959_963_984_540_054),
            (0.25, -0.674_489_750_196_081_7),
            (0.001, -3.090_232_306_167_813_5),
            (1e-20, -9.262_340_089_798_408),
        ] {
            let got = normal_quantile(p);
            assert!((got - expected).abs() < 1e-13, "quantile({p}) = {got}, not {expected}");
        }
    }

    #[test]
    fn many_quantiles_at_a_time_are_the_same_to_the_bit() {
        let all: Vec<f64> = (0..4_003).map(|i| (f64::from(i) + 0.5) / 4_003.0).chain([1e-10, 1.0 - 1e-10]).collect();
        let mut together = all.clone();
        normal_quantiles(&mut together);
        for (p, z) in all.iter().zip(&together) {
            assert_eq!(z.to_bits(), normal_quantile(*p).to_bits(), "{p}");
        }
    }

    #[test]
    fn whole_powers_are_exact() {
        assert_eq!(pow(0.3, 1.0), 0.3);
        assert_eq!(pow(0.3, 2.0), 0.3 * 0.3);
        assert!((pow(0.3, 1.5) - 0.164_316_767_251_549_83).abs() < 1e-15);
    }
}
