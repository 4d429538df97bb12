//! Quantiles of the standard normal distribution: rational approximations of Wichura (1988), algorithm AS 241.

use super::{ln, lower};

/// Quantile of the standard normal distribution at probability `p` [between 0 and 1, exclusive], to about 16 digits.
///
/// One uniform number gives one normal number, and a larger uniform always a larger normal, so that paired
/// scenarios stay paired.
pub fn normal_quantile(p: f64) -> f64 {
    debug_assert!(p > 0.0 && p < 1.0, "a probability strictly between 0 and 1, not {p}");
    if !is_tail(p) {
        return centre(p);
    }
    let r = (-ln(lower(p, 1.0 - p))).sqrt();
    let size =
        if r <= 5.0 { ratio(r - 1.6, &FLANK_ABOVE, &FLANK_BELOW) } else { ratio(r - 5.0, &FAR_ABOVE, &FAR_BELOW) };
    size.copysign(p - 0.5)
}

/// Writes the quantile at each of these probabilities in its place: the same as [`normal_quantile`] to the bit, several at
/// a time.
pub fn normal_quantiles(probabilities: &mut [f64]) {
    probabilities.chunks_mut(BATCH).for_each(quantiles);
}

/// Numbers whose tails are gathered.
const BATCH: usize = 64;

/// Works on all as if they were of the centre, then on those of the tails once more. Tails come as chance has it: a branch
/// for each number would often be guessed wrongly, and would keep the numbers apart.
fn quantiles(numbers: &mut [f64]) {
    let (mut places, mut tails, mut count) = ([0; BATCH], [0.25; BATCH], 0);
    for (place, &p) in numbers.iter().enumerate() {
        (places[count], tails[count]) = (place as u8, p);
        count += usize::from(is_tail(p));
    }
    numbers.iter_mut().for_each(|p| *p = centre(*p));
    for (&place, &p) in places.iter().zip(&tails[..count]) {
        numbers[usize::from(place)] = normal_quantile(p);
    }
}

/// Whether a probability lies outside the centre.
#[inline(always)]
fn is_tail(p: f64) -> bool {
    (p - 0.5).abs() > 0.425
}

#[inline(always)]
fn centre(p: f64) -> f64 {
    let q = p - 0.5;
    q * ratio(0.180625 - q * q, &CENTRE_ABOVE, &CENTRE_BELOW)
}

#[inline(always)]
fn ratio(x: f64, above: &[f64; 8], below: &[f64; 8]) -> f64 {
    polynomial(x, above) / polynomial(x, below)
}

/// Written out, so that a pass over many numbers works on several at once.
#[inline(always)]
fn polynomial(x: f64, &[a, b, c, d, e, f, g, h]: &[f64; 8]) -> f64 {
    ((((((h * x + g) * x + f) * x + e) * x + d) * x + c) * x + b) * x + a
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
        let dense = (0..4_003).map(|i| (f64::from(i) + 0.5) / 4_003.0);
        // Powers of two and their neighbours, in both tails, as far out as there are numbers.
        let out = (2..=1_023)
            .map(|n| f64::from_bits((1_023 - n) << 52 | u64::from(n == 1_023)))
            .flat_map(|p| [p, p.next_up(), 1.0 - p])
            .filter(|p| *p < 1.0);
        let near = out.clone().filter(|p| (1e-10..0.9999).contains(p));
        for all in [dense.collect::<Vec<f64>>(), near.collect(), out.collect()] {
            for length in [all.len(), 1, 2, 7, 30, 63, 65] {
                for some in all.chunks(length) {
                    let mut together = some.to_vec();
                    normal_quantiles(&mut together);
                    for (p, z) in some.iter().zip(&together) {
                        assert_eq!(z.to_bits(), normal_quantile(*p).to_bits(), "{p}");
                    }
                }
            }
        }
    }
}
