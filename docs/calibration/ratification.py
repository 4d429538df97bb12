#!/usr/bin/env python3
"""Fits the national lag of ratification to the table of lags, and prints how well it does.

A country whose domestic pivot prefers the text ratifies after a Weibull lag

    T(u) = m * (-ln(1-u) / ln 2) ** (1/k),      m = m0 * exp(a*(veto-v0)) * exp(-b*(gain-g0)),

m being the median. A treaty of two parties enters into force when the slower of them has ratified, DELAY days later.
m0 and k are fitted to whole-treaty lags through that maximum; a and b are judgements (docs/parts/after.md).

    python docs/calibration/ratification.py

reads scenarios/data/ratification_lags.csv and tests/data/consent_dates.csv. Needs numpy and scipy. Every random number
comes from a seeded generator: two runs print the same.
"""
import csv
import datetime as dt
import math
from pathlib import Path

import numpy as np
from scipy import optimize, stats

ROOT = Path(__file__).resolve().parents[2]
SEED = 20240917
DELAY = 30.0            # days from the last ratification to entry into force (of treaties of two parties)
CENSOR = 60             # lags up to this are only known to be "short": P(lag <= CENSOR) enters the likelihood
QUANTILES = (0.25, 0.50, 0.75, 0.90)
LN2 = math.log(2.0)


def read_lags(path):
    """The fitted sample (treaties of two parties), and the mixed agreements of the European Union to check against."""
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["lag"], row["parties"] = int(row["lag_days"]), int(row["parties"])
        row["signed"] = dt.date.fromisoformat(row["signature"])
    return [r for r in rows if r["use"] == "fit"], [r for r in rows if r["use"] == "check"]


def weibull_cdf(t, m, k):
    return -np.expm1(-LN2 * (t / m) ** k)


def lognormal_cdf(t, m, k):
    return stats.norm.cdf(k * np.log(t / m))


def loglogistic_cdf(t, m, k):
    return 1 / (1 + (t / m) ** -k)


FAMILIES = {"weibull": weibull_cdf, "lognormal": lognormal_cdf, "loglogistic": loglogistic_cdf}

def national_lag(u, m, k, ratifiers=1):
    """Inverse CDF: days until the last of `ratifiers` independent national lags; rises with u."""
    return m * (-np.log1p(-np.asarray(u) ** (1 / ratifiers)) / LN2) ** (1 / k)


def treaty_cdf(t, m, k, family=weibull_cdf, delay=DELAY, parties=2):
    rest = np.maximum(np.asarray(t, float) - delay, 1e-9)
    return np.where(np.asarray(t) > delay, family(rest, m, k) ** parties, 0.0)


def treaty_quantiles(m, k, family=weibull_cdf, delay=DELAY, parties=2, at=QUANTILES):
    grid = np.arange(0.0, 40000.0)
    return np.interp(at, treaty_cdf(grid, m, k, family, delay, parties), grid)


def fit(lags, family=weibull_cdf, delay=DELAY, parties=2, censor=CENSOR):
    """Maximum likelihood of (m0, k) from whole-treaty lags; day-long bins, short lags censored."""
    lags = np.asarray(lags, float)
    short = lags <= censor

    def loss(p):
        m, k = np.exp(p)
        cdf = lambda t: treaty_cdf(t, m, k, family, delay, parties)
        mass = np.where(short, cdf(censor + 0.5), cdf(lags + 0.5) - cdf(lags - 0.5))
        return -np.log(np.maximum(mass, 1e-300)).sum()

    best = optimize.minimize(loss, np.log([200.0, 1.0]), method="Nelder-Mead",
                             options=dict(xatol=1e-6, fatol=1e-6, maxiter=4000))
    return (*np.exp(best.x), best.fun)


def fit_quantiles(lags, family=weibull_cdf):
    """Alternative: least squares on the logarithms of the four quantiles."""
    target = np.log(np.quantile(lags, QUANTILES))
    loss = lambda p: ((np.log(treaty_quantiles(*np.exp(p), family)) - target) ** 2).sum()
    best = optimize.minimize(loss, np.log([150.0, 0.9]), method="Nelder-Mead")
    return (*np.exp(best.x), best.fun)


def ks_distance(lags, cdf):
    lags = np.sort(lags)
    n, c = len(lags), cdf(np.sort(lags))
    return float(max((np.arange(1, n + 1) / n - c).max(), (c - np.arange(n) / n).max()))


def title(text):
    print(f"\n## {text}")


def line(label, *cells):
    print(f"{label:<46}" + "".join(f"{c:>12}" for c in cells))


def whole(values):
    return [f"{v:.0f}" for v in values]


def lag_array(sample):
    return np.array([r["lag"] for r in sample], float)


def table_families(lags):
    title("1 Which distribution and which delay (maximum likelihood, max of two national lags + delay)")
    line("family, delay (short lags censored at 75)", "m0", "k", "-logL", "KS", "q25", "median", "q75", "p90")
    for name, family in FAMILIES.items():
        for delay in (0.0, 30.0, 60.0):
            m, k, loss = fit(lags, family, delay, censor=75)
            line(f"{name}, {delay:.0f}", f"{m:.1f}", f"{k:.3f}", f"{loss:.1f}",
                 f"{ks_distance(lags, lambda t: treaty_cdf(t, m, k, family, delay)):.3f}",
                 *whole(treaty_quantiles(m, k, family, delay)))
    line("data", "", "", "", "", *whole(np.quantile(lags, QUANTILES)))


def table_fit(sample, rng):
    title("2 Main fit (Weibull, delay 30) with bootstrap standard errors (1,000 resamples of treaties)")
    lags = lag_array(sample)
    m, k, _ = fit(lags)
    boot = np.array([fit(rng.choice(lags, len(lags)))[:2] for _ in range(1000)])
    for name, value, draws in (("m0 (days)", m, boot[:, 0]), ("k", k, boot[:, 1])):
        low, high = np.quantile(draws, [0.025, 0.975])
        print(f"{name:<12} {value:8.3f}   se {draws.std(ddof=1):.3f}   95% [{low:.3f}, {high:.3f}]")
    print(f"correlation of the two: {np.corrcoef(boot.T)[0, 1]:.2f};"
          f"  likelihood ratio against k = 1 (constant hazard): {likelihood_ratio_constant_hazard(lags):.1f} on 1 df")
    mq, kq, _ = fit_quantiles(lags)
    simulated = np.max(national_lag(rng.random((2, 1_000_000)), m, k), axis=0) + DELAY
    line("", "n", "q25", "median", "q75", "p90", "mean", "KS")
    line("data", len(lags), *whole(np.quantile(lags, QUANTILES)), f"{lags.mean():.0f}", "")
    line("fit, exact", "", *whole(treaty_quantiles(m, k)), "", f"{ks_distance(lags, lambda t: treaty_cdf(t, m, k)):.3f}")
    line("fit, simulated through the inverse CDF", "", *whole(np.quantile(simulated, QUANTILES)), f"{simulated.mean():.0f}", "")
    line(f"quantile fit (m0 {mq:.1f}, k {kq:.3f})", "", *whole(treaty_quantiles(mq, kq)), "",
         f"{ks_distance(lags, lambda t: treaty_cdf(t, mq, kq)):.3f}")
    m1, k1, _ = fit(lags, parties=1)
    line(f"both parties in lockstep (m0 {m1:.1f}, k {k1:.3f})", "", *whole(treaty_quantiles(m1, k1, parties=1)), "",
         f"{ks_distance(lags, lambda t: treaty_cdf(t, m1, k1, parties=1)):.3f}")
    for years in ((1990, 1999), (2000, 2009), (2000, 2015), (2010, 2015)):
        part = [r["lag"] for r in sample if years[0] <= r["signed"].year <= years[1]]
        mp, kp, _ = fit(part)
        print(f"signed {years[0]}-{years[1]} alone (n {len(part)}): m0 {mp:.1f}, k {kp:.3f}")
    q = national_lag(np.array([0.1, 0.25, 0.5, 0.75, 0.9]), m, k)
    print("national lag, quantiles 10/25/50/75/90 %:", *whole(q))
    return m, k


def likelihood_ratio_constant_hazard(lags):
    short = lags <= CENSOR

    def loss(log_m):
        cdf = lambda t: treaty_cdf(t, math.exp(log_m), 1.0)
        return -np.log(np.maximum(np.where(short, cdf(CENSOR + 0.5), cdf(lags + 0.5) - cdf(lags - 0.5)), 1e-300)).sum()

    return 2 * (optimize.minimize_scalar(loss, bounds=(3, 8), method="bounded").fun - fit(lags)[2])


def table_holdout(sample, rng):
    title("3 Out of sample")
    lags = lag_array(sample)
    order = rng.permutation(len(lags))
    halves = {"random half": (lags[order[: len(lags) // 2]], lags[order[len(lags) // 2:]])}
    year = np.array([r["signed"].year for r in sample])
    halves["fit 1990-2001, test 2002-2015"] = (lags[year <= 2001], lags[year > 2001])
    line("split", "n", "q25", "median", "q75", "p90", "KS")
    for label, (train, test) in halves.items():
        m, k, _ = fit(train)
        p = stats.kstest(test, lambda t: treaty_cdf(t, m, k)).pvalue
        line(f"{label}: fitted half, data", len(train), *whole(np.quantile(train, QUANTILES)))
        line(f"  simulated (m0 {m:.1f}, k {k:.3f})", "", *whole(treaty_quantiles(m, k)), f"{ks_distance(train, lambda t: treaty_cdf(t, m, k)):.3f}")
        line("  held-out half, data", len(test), *whole(np.quantile(test, QUANTILES)),
             f"{ks_distance(test, lambda t: treaty_cdf(t, m, k)):.3f}", f"p={p:.2f}")
    print("200 random halvings, mean (sd) on the held-out half:")
    line("", "KS", "", "|log q25|", "|log med|", "|log q75|", "|log p90|")
    splits = [rng.permutation(len(lags)) for _ in range(200)]
    for name, family in FAMILIES.items():
        ks, error = [], []
        for order in splits:
            train, test = lags[order[: len(lags) // 2]], lags[order[len(lags) // 2:]]
            m, k, _ = fit(train, family)
            ks.append(ks_distance(test, lambda t: treaty_cdf(t, m, k, family)))
            error.append(np.abs(np.log(treaty_quantiles(m, k, family) / np.quantile(test, QUANTILES))))
        line(name, f"{np.mean(ks):.3f}", f"({np.std(ks):.3f})", *[f"{e:.3f}" for e in np.mean(error, axis=0)])
    ks, error = [], []
    for order in splits:
        train, test = lags[order[: len(lags) // 2]], lags[order[len(lags) // 2:]]
        ks.append(stats.ks_2samp(train, test).statistic)
        error.append(np.abs(np.log(np.quantile(train, QUANTILES) / np.quantile(test, QUANTILES))))
    line("the other half's own data (floor)", f"{np.mean(ks):.3f}", f"({np.std(ks):.3f})", *[f"{e:.3f}" for e in np.mean(error, axis=0)])


def table_mixed(mixed, lags, m, k):
    title("4 Check, not fitted: EU mixed agreements, in force when all member states and the partner have ratified")
    rows = sorted(mixed, key=lambda r: r["signed"])
    place = np.array([treaty_cdf(r["lag"], m, k, parties=r["parties"]) for r in rows])
    predicted = np.mean([treaty_quantiles(m, k, parties=r["parties"]) for r in rows], axis=0)
    m1, k1, _ = fit(lags, parties=1)
    line("", "n", "q25", "median", "q75", "p90")
    line("data", len(rows), *whole(np.quantile(lag_array(rows), QUANTILES)))
    line("independent members (the model)", "", *whole(predicted))
    line("members in lockstep (alternative)", "", *whole(treaty_quantiles(m1, k1, parties=1)))
    print(f"place of the real lags in the model's distribution: mean {place.mean():.2f} (0.5 if right),"
          f" quartiles {np.round(np.quantile(place, [.25, .5, .75]), 2)}, KS p = {stats.kstest(place, 'uniform').pvalue:.2f}")


def add_days(day, n):
    return day + dt.timedelta(days=n)


def read_forum_dates(path):
    with open(path, newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["deposit_date"]]
    for row in rows:
        row["day"], row["weight"] = dt.date.fromisoformat(row["deposit_date"]), float(row["count"])
    return sorted(rows, key=lambda r: r["day"])


def threshold_day(rows, groups):
    """First day on which every group has its number of acceptances. groups: name or None -> number."""
    count = {g: 0 for g in groups}
    for row in rows:
        for g in groups:
            if g is None or row["group"] == g:
                count[g] += row["weight"]
        if all(count[g] >= n for g, n in groups.items()):
            return row["day"]
    return None


FORUMS = {  # signature, rule by group, delay, real day of entry into force
    "CPTPP": (dt.date(2018, 3, 8), {None: min(6, math.ceil(11 / 2))}, 60, dt.date(2018, 12, 30)),
    "RCEP": (dt.date(2020, 11, 15), {"ASEAN": 6, "other": 3}, 60, dt.date(2022, 1, 1)),
    "TFA": (dt.date(2014, 11, 27), {None: math.ceil(164 * 2 / 3)}, 0, dt.date(2017, 2, 22)),
    "CPTA": (dt.date(2016, 10, 1), {None: 5}, 90, dt.date(2021, 2, 20)),
}


def table_forums(path, m, k, rng):
    title("5 Threshold rules on the real deposit days (arithmetic)")
    dates = read_forum_dates(path)
    for forum, (signed, groups, delay, real) in FORUMS.items():
        rows = [r for r in dates if r["forum_id"] == forum]
        day = threshold_day(rows, groups)
        force = add_days(day, delay)
        print(f"{forum:<6} rule {groups} + {delay} days: threshold {day}, in force {force}, real {real}"
              f" -> {'OK' if force == real else 'MISMATCH'}")
        late = [r for r in rows if r["in_force_date"] and r["day"] > day]
        for r in late:
            got = add_days(r["day"], delay)
            print(f"         {r['iso3']} deposited {r['day']} ({r['precision']}), in force {got},"
                  f" real {r['in_force_date']} -> {'OK' if str(got) == r['in_force_date'] else 'MISMATCH'}")
    title("6 Where the multilateral dates fall in the fitted distribution (not fitted to them)")
    line("national lags", "n", "q25", "median", "q75", "mean place", "KS p")
    for forum, (signed, *_rest) in FORUMS.items():
        lags = np.array([(r["day"] - signed).days for r in dates if r["forum_id"] == forum], float)
        place = weibull_cdf(lags, m, k)
        line(forum, len(lags), *whole(np.quantile(lags, [.25, .5, .75])), f"{place.mean():.2f}", f"{stats.kstest(place, 'uniform').pvalue:.4f}")
    line("fitted national lag", "", *whole(national_lag(np.array([.25, .5, .75]), m, k)), "0.50", "")
    for forum in ("CPTPP", "RCEP"):
        signed = FORUMS[forum][0]
        print(forum, " ".join(f"{r['iso3']} {(r['day'] - signed).days}d@{weibull_cdf((r['day'] - signed).days, m, k):.2f}"
                              for r in dates if r["forum_id"] == forum))
    draws = 20000
    cptpp = np.sort(national_lag(rng.random((draws, 11)), m, k), axis=1)[:, 5] + 60
    asean = np.sort(national_lag(rng.random((draws, 10)), m, k), axis=1)[:, 5]
    other = np.sort(national_lag(rng.random((draws, 5)), m, k), axis=1)[:, 2]
    rcep = np.maximum(asean, other) + 60
    tfa = np.empty(draws)
    weights = np.array([28] + [1] * 135)                 # the EU's instrument counts for its 28 members of then
    for i in range(draws):
        lag = national_lag(rng.random(136), m, k)
        order = np.argsort(lag)
        tfa[i] = lag[order][np.searchsorted(np.cumsum(weights[order]), 110)]
    line("signature to entry into force", "real", "q05", "q25", "median", "q75", "q95", "place")
    for forum, sim in (("CPTPP", cptpp), ("RCEP", rcep), ("TFA", tfa)):
        real = (FORUMS[forum][3] - FORUMS[forum][0]).days
        line(forum, real, *whole(np.quantile(sim, [.05, .25, .5, .75, .95])), f"{(sim <= real).mean():.3f}")
    scale = {f: np.median([(r["day"] - s).days for r in dates if r["forum_id"] == f]) / m for f, (s, *_r) in FORUMS.items()}
    print("median national lag over m0:", {f: round(float(v), 2) for f, v in scale.items()})


def table_golden(a=0.30, b=0.70, v0=2, g0=0.20, m0=147.0, k=0.79):
    title(f"7 Golden numbers for tests: m0 {m0:g}, k {k:g}, a {a:g}, b {b:g}, v0 {v0}, g0 {g0:g}")
    line("u", *[f"v{v} g{g:g}" for v, g in ((2, .2), (1, .2), (4, .2), (2, 0.), (2, .6))], "v2 g.2 n28")
    for u in (0.05, 0.25, 0.5, 0.75, 0.95):
        median = lambda v, g: m0 * math.exp(a * (v - v0)) * math.exp(-b * (g - g0))
        line(f"{u:g}", *[f"{national_lag(u, median(v, g), k):.4f}" for v, g in ((2, .2), (1, .2), (4, .2), (2, 0.), (2, .6))],
             f"{national_lag(u, median(2, .2), k, ratifiers=28):.4f}")


def main():
    rng = np.random.default_rng(SEED)
    sample, mixed = read_lags(ROOT / "scenarios/data/ratification_lags.csv")
    lags = lag_array(sample)
    table_families(lags)
    m, k = table_fit(sample, rng)
    table_holdout(sample, rng)
    table_mixed(mixed, lags, m, k)
    table_forums(ROOT / "tests/data/consent_dates.csv", m, k, rng)
    table_golden()


if __name__ == "__main__":
    main()
