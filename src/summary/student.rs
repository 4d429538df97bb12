//! Quantiles of Student's t distribution, for a two-sided interval of 95 %.
//!
//! They are worked out here, in sums and quotients alone, so that every platform has the same bits.

/// Quantiles at 0.975 with 1 to 20 degrees of freedom.
const FEW: [f64; 20] = [
    12.706_204_736_4,
    4.302_652_729_7,
    3.182_446_305_28,
    2.776_445_105_2,
    2.570_581_835_64,
    2.446_911_851_14,
    2.364_624_251_59,
    2.306_004_135_2,
    2.262_157_162_85,
    2.228_138_851_96,
    2.200_985_160_08,
    2.178_812_829_66,
    2.160_368_656_46,
    2.144_786_687_92,
    2.131_449_545_56,
    2.119_905_299_22,
    2.109_815_577_83,
    2.100_922_040_24,
    2.093_024_054_41,
    2.085_963_447_27,
];

/// Coefficients of the powers of 1/degrees at the normal quantile z of 0.975 (Fisher & Cornish 1960): (z³ + z)/4,
/// (5z⁵ + 16z³ + 3z)/96, (3z⁷ + 19z⁵ + 17z³ − 15z)/384, (79z⁹ + 776z⁷ + 1482z⁵ − 1920z³ − 945z)/92160.
const SERIES: [f64; 5] = [
    1.959_963_984_540_054_3,
    2.372_271_230_298_563,
    2.822_498_615_739_611_7,
    2.555_849_679_507_723_2,
    1.589_534_053_393_823_6,
];

/// Quantile at 0.975 with so many degrees of freedom [1 or more], to six decimal places.
pub(super) fn quantile(degrees: u64) -> f64 {
    let at = usize::try_from(degrees.max(1) - 1).unwrap_or(usize::MAX);
    FEW.get(at).copied().unwrap_or_else(|| SERIES.iter().rev().fold(0.0, |sum, term| sum / degrees as f64 + term))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_agree_with_an_independent_computation() {
        // scipy 1.15.3, `stats.t.ppf(0.975, degrees)`.
        for (degrees, expected) in [
            (1, 12.706204736174698),
            (10, 2.2281388519649385),
            (20, 2.0859634472658364),
            (21, 2.079613844727662),
            (31, 2.0395134463964077),
            (60, 2.00029782201426),
            (100, 1.9839715184496334),
            (1_000, 1.9623390808264074),
            (1_000_000, 1.9599663568141066),
        ] {
            let found = quantile(degrees);
            assert!((found - expected).abs() < 5e-7, "{degrees}: {found}, not {expected}");
        }
        assert!(
            (1..5_000).all(|degrees| quantile(degrees + 1) < quantile(degrees)),
            "more degrees, nearer to the normal"
        );
    }
}
