//! The global parameters: one table of key, range, default, unit, what each does, and the source of its default.
//!
//! Everything that deals in parameters goes by this table: the schema of the file, the problems of a scenario, the
//! draws of a replication (in the order of the table: append, never insert), the loops by hand of the benches, and the
//! tables of docs/model.md, which a test holds against it.

use serde::Deserialize;

use super::MAX_QUANTITY;
use crate::quantity::Uncertain;

/// A parameter: what it is, within which bounds it may lie, and where its default comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    /// Path in the file, e.g. `parameters.after.diffusion`.
    pub path: &'static str,
    /// Least value.
    pub least: f64,
    /// Greatest value; [`MAX_QUANTITY`] where there is no bound but that.
    pub most: f64,
    /// Value where the scenario states none.
    pub default: f64,
    /// Unit, in words; a dash for a pure number.
    pub unit: &'static str,
    /// What it is, without a full stop.
    pub about: &'static str,
    /// Author and year of the default, or that it is a judgement.
    pub source: &'static str,
}

impl Parameter {
    /// Its key: the end of its path.
    pub fn key(&self) -> &'static str {
        self.path.rsplit('.').next().unwrap_or(self.path)
    }

    /// A value cut to the range.
    pub fn cut(&self, value: f64) -> f64 {
        value.clamp(self.least, self.most)
    }

    /// The range in words: `1–4`, or `≥ 0` without an upper bound.
    pub fn range(&self) -> String {
        let text = match self.most >= MAX_QUANTITY {
            true => format!("≥ {}", self.least),
            false => format!("{}–{}", self.least, self.most),
        };
        text.replace('-', "−")
    }

    /// The parameter in a sentence: what it is, with unit, range and default.
    pub fn sentence(&self) -> String {
        let unit = if self.unit == "–" { String::new() } else { format!("{}, ", self.unit) };
        format!("{} [{unit}{}; default {}].", self.about, self.range(), self.default)
    }
}

/// Makes a struct of parameters and all that is needed to go through them, of one table.
macro_rules! parameters {
    ($(#[$doc:meta])* $name:ident at $path:literal {$(
        $key:ident: $least:expr, $most:expr, default $default:expr, $unit:literal, $about:literal, $source:literal;
    )+}) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
        #[serde(default, bound(deserialize = "T: Deserialize<'de> + Default"))]
        pub struct $name<T> {
            $(#[doc = concat!($about, " (unit: ", $unit, ").")] pub $key: T,)+
        }

        impl<T: Copy> $name<T> {
            /// The same parameters, each turned into something else, in the order of the table.
            pub fn map<U>(self, mut turn: impl FnMut(T, &'static Parameter) -> U) -> $name<U> {
                $name {$(
                    $key: turn(self.$key, &Parameter {
                        path: concat!($path, ".", stringify!($key)),
                        least: $least,
                        most: $most,
                        default: $default,
                        unit: $unit,
                        about: $about,
                        source: $source,
                    }),
                )+}
            }
        }

        impl $name<()> {
            /// The table: every parameter, in its order.
            pub fn table() -> Vec<&'static Parameter> {
                let mut table = Vec::new();
                Self::default().map(|(), parameter| table.push(parameter));
                table
            }
        }

        impl $name<Uncertain> {
            /// The defaults.
            pub fn defaults() -> Self {
                $name::<()>::default().map(|(), parameter| Uncertain::Fixed(parameter.default))
            }
        }
    };
}

parameters! {
    /// The parameters of the talks: as written, as meant, or as drawn for a replication; docs/model.md says what each does.
    Parameters at "parameters" {
        loss_exponent: 1.0, 4.0, default 1.0, "–",
            "Loss exponent p",
            "spatial theory (Hinich & Munger 1997); 1 is a judgement: on EU decisions linear loss did no worse than quadratic";
        capability_exponent: 0.0, 4.0, default 1.0, "–",
            "Exponent ω of capability in the chair's weights",
            "the compromise model has 1 (Van den Bos 1991; Achen 2006)";
        rigidity: 0.0, 1.0, default 0.5, "share",
            "How much salience slows concession",
            "a judgement";
        assertiveness: 0.0, MAX_QUANTITY, default 4.0, "odds per unit of pressure",
            "How readily a dislike becomes an objection",
            "a judgement";
        isolation: 0.0, 4.0, default 0.5, "–",
            "Exponent of relative capability in the standing of a lone objector",
            "direction Steinberg 2002; value a judgement";
        burden_price: 0.0, MAX_QUANTITY, default 0.5, "utility",
            "Price κ of the implementing burden",
            "that implementation costs matter: Finger & Schuler 2000; value a judgement";
        indifference: 0.0, 1.0, default 0.05, "scale",
            "Distance below which two points of a continuous clause are the same text",
            "a judgement";
        common_error: 0.0, 1.0, default 0.25, "share of variance",
            "Share of the variance of mandates read from evidence that all countries have in common on a clause",
            "that codings err together is plain; the value is a judgement";
        exclusion_price: 0.0, MAX_QUANTITY, default 0.1, "utility",
            "Price χ of staying out of a text, if all of a country's trade is with its parties",
            "mechanism Gruber 2000; value a judgement";
    }
}

parameters! {
    /// The parameters of what follows adoption and of the effects between forums: as written, as meant, or as drawn for a
    /// replication. The first six are the calibration of docs/parts/after.md.
    AfterParameters at "parameters.after" {
        ratification_days: 1.0, 100_000.0, default 147.0, "days",
            "Median national lag m0 of ratification",
            "fitted, s.e. 13 (treaties resampled), 31 (countries resampled)";
        ratification_shape: 0.1, 10.0, default 0.79, "–",
            "Shape k of the distribution of that lag; 1 is a constant hazard",
            "fitted, s.e. 0.04 and 0.09; a constant hazard (k = 1) is rejected, likelihood ratio 25.8 on 1 df";
        veto_effect: 0.0, 3.0, default 0.3, "log per veto player",
            "Effect a of one more veto player on the logarithm of the median lag",
            "a judgement in 0–0.6: formal requirements delay, political constraint does not (Wüthrich 2020; Haftel & Thompson 2013)";
        gain_effect: 0.0, 10.0, default 0.7, "log per utility",
            "Effect b of a unit of gain on the logarithm of the median lag, downwards",
            "a judgement in 0–1.5; only the sign has a theory";
        veto_reference: 0.0, 100.0, default 2.0, "count",
            "Veto players v0 at which the median holds",
            "definition: executive and one chamber";
        gain_reference: -1.0, 1.0, default 0.2, "utility",
            "Gain g0 at which the median holds",
            "a judgement: the gain at which the median lag is m0; members of `wto-jsi` gain 0.35 on average";
        pivot_spread: 0.0, 10.0, default 0.1, "utility",
            "Standard deviation of what the domestic pivot gains around what the country gains",
            "a judgement: a few per cent of signatories at g0 never ratify; at most 10 % of signed agreements of two parties lack a day of force";
        accession_threshold: 0.0, 10.0, default 0.02, "utility",
            "Gain beyond which an outsider applies",
            "a judgement";
        accession_days: 1.0, 100_000.0, default 900.0, "days",
            "Median length of an accession",
            "a judgement: United Kingdom to CPTPP 2021–24, Korea to DEPA 2021–24";
        withdrawal_hazard: 0.0, 100.0, default 0.2, "per year",
            "Hazard with which a party leaves whose gain has become negative",
            "a judgement; exits are rare (Helfer 2005)";
        diffusion: 0.0, 10.0, default 0.02, "per year",
            "Drift of the wishes of non-parties towards a text in force, times the share of the weight that is party",
            "a judgement; direction Simmons, Dobbin & Garrett 2006";
        practice: 0.0, 10.0, default 0.04, "per year",
            "Drift of the wishes of parties towards what they practise",
            "a judgement";
        shopping: 0.0, 1.0, default 0.5, "share",
            "Share of a blocked proponent's salience that moves to the friendliest other forum",
            "a judgement; direction Busch 2007";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_lies_within_its_range_and_no_key_stands_twice() {
        let (talks, after) = (Parameters::table(), AfterParameters::table());
        for parameter in talks.iter().chain(&after) {
            assert_eq!(parameter.cut(parameter.default), parameter.default, "{parameter:?}");
            assert!(parameter.cut(f64::MAX) < f64::MAX && parameter.cut(-f64::MAX) == parameter.least, "{parameter:?}");
        }
        let mut paths: Vec<&str> = talks.iter().chain(&after).map(|parameter| parameter.path).collect();
        let number = paths.len();
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(paths.len(), number);
    }

    #[test]
    fn a_parameter_is_told_with_unit_range_and_default() {
        let told = |path: &str| {
            let all = Parameters::table().into_iter().chain(AfterParameters::table());
            all.into_iter().find(|parameter| parameter.path == path).map(Parameter::sentence).unwrap_or_default()
        };
        assert_eq!(told("parameters.loss_exponent"), "Loss exponent p [1–4; default 1].");
        let price = "Price κ of the implementing burden [utility, ≥ 0; default 0.5].";
        assert_eq!(told("parameters.burden_price"), price);
        let gain = "Gain g0 at which the median holds [utility, −1–1; default 0.2].";
        assert_eq!(told("parameters.after.gain_reference"), gain);
        assert_eq!(told("parameters.gain_reference"), "");
    }

    #[test]
    fn mapping_keeps_each_value_at_its_parameter_in_the_order_of_the_table() {
        let mut keys = Vec::new();
        let doubled = Parameters::defaults().map(|value, parameter| {
            keys.push(parameter.key());
            2.0 * value.centre()
        });
        assert_eq!((doubled.loss_exponent, doubled.assertiveness, doubled.exclusion_price), (2.0, 8.0, 0.2));
        assert_eq!((keys[0], keys[8], keys.len()), ("loss_exponent", "exclusion_price", Parameters::table().len()));
    }
}
