//! What experts said of two climate conferences, as numbers, and what the program of the exchange model makes of it.
//!
//! The numbers are those of two public tables of github.com/foarsitter/decide-exchange-model, version 2022.1.28; what the
//! program makes of them was computed with it, with ties going to the lower pair of issues, then of actors, where it throws
//! dice. See Stokman 2015 (Copenhagen), Stokman & Thomson 2015 (Paris).

/// Positions of talks, and the program's results.
pub(super) struct Talks {
    /// One an actor.
    pub capabilities: &'static [f64],
    /// One an issue.
    pub issues: &'static [Matter],
}

/// An issue of such talks.
pub(super) struct Matter {
    /// Its name in the table.
    pub name: &'static str,
    /// Expected outcome before any exchange [0–100].
    pub before: f64,
    /// Outcome after one round of exchanges [0–100].
    pub after: f64,
    /// One an actor [0–100]; not a number where it has none.
    pub positions: &'static [f64],
    /// One an actor [0–1]; not a number where it has none.
    pub saliences: &'static [f64],
}

const NONE: f64 = f64::NAN;

/// Eleven actors on seven issues, before the conference of 2009.
#[rustfmt::skip]
pub(super) const COPENHAGEN: Talks = Talks {
    capabilities: &[0.26, 0.156, 0.026, 0.039, 0.052, 0.013, 0.247, 0.026, 0.078, 0.026, 0.078],
    issues: &[
        Matter { name: "Newtreaty", before: 61.576271, after: 54.261793,
            positions: &[10.0, 50.0, 20.0, 10.0, 50.0, 90.0, 100.0, 100.0, 100.0, 100.0, 100.0],
            saliences: &[0.9, 0.4, 0.4, 0.8, 0.6, 0.7, 0.9, 0.5, 0.9, 0.5, 0.9] },
        Matter { name: "DevlopC2020", before: 58.144654, after: 67.015753,
            positions: &[10.0, 70.0, 50.0, 30.0, 50.0, 60.0, 70.0, 70.0, 100.0, 80.0, 100.0],
            saliences: &[0.8, 0.9, 0.5, 0.8, 0.6, 0.6, 0.8, 0.8, 1.0, 0.8, 1.0] },
        Matter { name: "Domestred", before: 30.707395, after: 36.919307,
            positions: &[10.0, 50.0, 30.0, 30.0, 20.0, 0.0, 10.0, 20.0, 75.0, 50.0, 80.0],
            saliences: &[0.75, 0.8, 0.6, 0.6, 0.6, 0.9, 0.9, 0.75, 0.9, 0.8, 0.95] },
        Matter { name: "MRVdecrease", before: 52.235915, after: 47.427892,
            positions: &[90.0, 70.0, 80.0, 70.0, 70.0, 30.0, 10.0, 15.0, 40.0, 15.0, 50.0],
            saliences: &[1.0, 0.5, 0.6, 0.5, 0.5, 0.1, 1.0, 0.9, 0.3, 0.8, 0.3] },
        Matter { name: "Commitments", before: 51.949891, after: 19.063181,
            positions: &[10.0, 20.0, 20.0, 10.0, 20.0, NONE, 85.0, 70.0, 90.0, 70.0, 90.0],
            saliences: &[0.8, 0.2, 0.4, 0.4, 0.2, NONE, 0.7, 0.3, 0.85, 0.3, 0.85] },
        Matter { name: "Control", before: 57.621448, after: 68.541209,
            positions: &[10.0, 50.0, 40.0, 60.0, 20.0, 60.0, 75.0, 75.0, 90.0, 90.0, 90.0],
            saliences: &[0.6, 0.75, 0.5, 0.5, 0.4, 0.1, 0.75, 0.75, 1.0, 0.8, 1.0] },
        Matter { name: "Extra", before: 64.620690, after: 95.477833,
            positions: &[10.0, 50.0, 25.0, 25.0, 40.0, NONE, 90.0, 70.0, 100.0, 80.0, 100.0],
            saliences: &[0.6, 0.4, 0.4, 0.4, 0.4, NONE, 0.85, 0.6, 0.95, 0.8, 0.95] },
    ],
};

/// Fifteen actors on thirteen issues, before the conference of 2015.
#[rustfmt::skip]
pub(super) const PARIS: Talks = Talks {
    capabilities: &[0.25, 0.35, 0.5, 0.05, 0.4, 0.5, 0.7, 1.0, 0.35, 0.75, 0.6, 0.4, 0.6, 0.6, 1.0],
    issues: &[
        Matter { name: "differentiation", before: 49.255404, after: 44.106536,
            positions: &[70.0, 50.0, 40.0, 80.0, 100.0, 60.0, 80.0, 80.0, 40.0, 30.0, 90.0, 25.0, 25.0, 15.0, 20.0],
            saliences: &[0.75, 0.6, 0.6, 0.65, 0.75, 0.6, 0.8, 0.75, 0.75, 0.75, 0.75, 0.9, 0.9, 0.8, 0.95] },
        Matter { name: "mrv", before: 57.211274, after: 55.909934,
            positions: &[50.0, 85.0, 80.0, 0.0, 0.0, 70.0, 50.0, 0.0, 85.0, 100.0, 0.0, 70.0, 100.0, 50.0, 70.0],
            saliences: &[0.65, 0.75, 0.75, 0.4, 0.55, 0.7, 0.55, 0.8, 0.8, 0.8, 0.55, 0.7, 0.7, 0.45, 0.7] },
        Matter { name: "legal", before: 57.968750, after: 63.038541,
            positions: &[80.0, 50.0, 100.0, 70.0, 0.0, 100.0, 50.0, 20.0, 100.0, 100.0, 20.0, 70.0, 70.0, 50.0, 40.0],
            saliences: &[0.6, 0.75, 0.8, 0.3, 0.5, 0.75, 0.5, 0.65, 0.75, 0.7, 0.7, 0.75, 0.65, 0.5, 1.0] },
        Matter { name: "adapt_legal", before: 59.511450, after: 77.726294,
            positions: &[80.0, 80.0, 70.0, 80.0, 80.0, 80.0, 40.0, 50.0, 40.0, 40.0, 70.0, 40.0, 40.0, 0.0, 30.0],
            saliences: &[0.7, 0.8, 0.7, 0.6, 0.8, 0.8, 0.3, 0.3, 0.3, 0.3, 0.5, 0.2, 0.3, 0.2, 0.2] },
        Matter { name: "adapt_inst", before: 59.640360, after: 67.352155,
            positions: &[90.0, 80.0, 80.0, 70.0, 30.0, 90.0, 70.0, 60.0, 60.0, 50.0, 90.0, 40.0, 40.0, 0.0, 40.0],
            saliences: &[0.7, 0.9, 0.85, 0.6, 0.85, 0.85, 0.4, 0.6, 0.7, 0.6, 0.7, 0.5, 0.6, 0.4, 0.5] },
        Matter { name: "finance_vol", before: 47.644085, after: 37.417697,
            positions: &[100.0, 20.0, 100.0, 100.0, 100.0, 100.0, 50.0, 100.0, 20.0, 0.0, 100.0, 0.0, 0.0, 0.0, 0.0],
            saliences: &[0.8, 0.55, 0.85, 0.9, 0.35, 0.85, 0.45, 0.5, 0.5, 0.65, 0.65, 0.65, 0.65, 0.5, 0.7] },
        Matter { name: "finance_who", before: 38.097126, after: 45.818993,
            positions: &[0.0, 60.0, 60.0, 0.0, 0.0, 60.0, 0.0, 0.0, 60.0, 80.0, 0.0, 80.0, 80.0, 0.0, 80.0],
            saliences: &[0.5, 0.3, 0.5, 0.8, 0.9, 0.9, 0.7, 0.8, 0.3, 0.8, 0.7, 0.8, 0.5, 0.3, 0.5] },
        Matter { name: "adapt_finance", before: 55.121727, after: 69.029124,
            positions: &[100.0, 100.0, 100.0, 100.0, 50.0, 100.0, 50.0, 50.0, 40.0, 40.0, 100.0, 30.0, 30.0, 0.0, 0.0],
            saliences: &[0.8, 0.85, 0.9, 0.65, 0.8, 0.9, 0.5, 0.55, 0.75, 0.6, 0.75, 0.75, 0.75, 0.3, 0.7] },
        Matter { name: "ld", before: 40.105843, after: 11.430991,
            positions: &[70.0, 75.0, 100.0, 100.0, 20.0, 90.0, 50.0, 50.0, 20.0, 20.0, 90.0, 20.0, 0.0, 0.0, 0.0],
            saliences: &[0.75, 0.6, 0.9, 0.65, 0.6, 0.95, 0.55, 0.7, 0.85, 0.85, 0.6, 0.85, 0.85, 0.3, 0.9] },
        Matter { name: "progress", before: 45.596171, after: 41.724522,
            positions: &[100.0, 80.0, 100.0, 0.0, 0.0, 100.0, 30.0, 0.0, 80.0, 65.0, 0.0, 50.0, 50.0, 30.0, 40.0],
            saliences: &[0.75, 0.7, 0.85, 0.6, 0.8, 0.85, 0.7, 0.8, 0.75, 0.8, 0.8, 0.65, 0.65, 0.3, 0.65] },
        Matter { name: "amb2050", before: 67.877517, after: 71.635906,
            positions: &[100.0, 90.0, 100.0, NONE, NONE, 80.0, NONE, NONE, 65.0, 65.0, NONE, NONE, 60.0, NONE, 30.0],
            saliences: &[0.6, 0.7, 0.8, NONE, NONE, 0.8, NONE, NONE, 0.75, 0.75, NONE, NONE, 0.6, NONE, 0.6] },
        Matter { name: "amb2100", before: 85.708583, after: 94.302837,
            positions: &[90.0, 90.0, 90.0, NONE, NONE, 100.0, NONE, NONE, 80.0, 80.0, NONE, NONE, 70.0, NONE, 80.0],
            saliences: &[0.6, 0.7, 0.85, NONE, NONE, 0.85, NONE, NONE, 0.7, 0.5, NONE, NONE, 0.4, NONE, 0.4] },
        Matter { name: "eaa", before: 57.100515, after: 16.264662,
            positions: &[100.0, 100.0, 100.0, 0.0, 0.0, 90.0, 90.0, 0.0, 100.0, 100.0, 0.0, 60.0, 60.0, 0.0, 100.0],
            saliences: &[0.55, 0.45, 0.65, 0.55, 0.6, 0.45, 0.35, 0.65, 0.45, 0.5, 0.6, 0.4, 0.4, 0.3, 0.4] },
    ],
};
