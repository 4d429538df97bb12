#!/usr/bin/env python3
"""Measures how often intervals of 95 % hold the mean they are of, and makes the tables that the tests compare with.

    python docs/calibration/intervals.py coverage        prints the table of docs/results.md
    python docs/calibration/intervals.py tables          writes tests/data/wilson.csv and tests/data/intervals.csv

Needs numpy and scipy (made with 2.2.6 and 1.15.3). Every random number comes from a seeded generator. The intervals of the
tables are solved from their definitions by root finding, not by the closed forms that the program has.
"""
import csv
import sys
from pathlib import Path

import numpy as np
import scipy
from scipy import optimize, stats

DATA = Path(__file__).resolve().parents[2] / "tests" / "data"
Z = stats.norm.ppf(0.975)


# Closed forms, for many samples at a time: n values with mean m and standard deviation s.

def normal(n, m, s):
    return m - Z * s / np.sqrt(n), m + Z * s / np.sqrt(n)


def student(n, m, s):
    half = stats.t.ppf(0.975, n - 1) * s / np.sqrt(n)
    return m - half, m + half


def dispersed(n, m, s):
    """The score interval with the dispersion of the values, on [0, 1]."""
    possible = m * (1 - m)
    share = np.where(possible > 0, np.minimum(s * s * (n - 1) / n / np.where(possible > 0, possible, 1), 1), 0)
    z2 = Z * Z * share
    middle, half = n * m + z2 / 2, np.sqrt(z2 * (n * possible + z2 / 4))
    return (middle - half) / (n + z2), (middle + half) / (n + z2)


def bounded(n, m, s):
    low, high = dispersed(n, m, s)
    return np.minimum(low, n * m / (n + Z * Z)), np.maximum(high, (n * m + Z * Z) / (n + Z * Z))


def logit(n, m, s):
    inside = (m > 0) & (m < 1)
    p = np.where(inside, m, 0.5)
    half = stats.t.ppf(0.975, n - 1) * s / np.sqrt(n) / (p * (1 - p))
    odds = np.log(p / (1 - p))
    return [np.where(inside, 1 / (1 + np.exp(-(odds + sign * half))), m) for sign in (-1, 1)]


def bernstein(n, m, s):
    """Maurer & Pontil (2009), theorem 4, both sides."""
    log = np.log(4 / 0.05)
    half = np.sqrt(2 * s * s * log / n) + 7 * log / (3 * (n - 1))
    return np.maximum(m - half, 0), np.minimum(m + half, 1)


def from_zero(n, m, s):
    p = np.where(m > 0, m, 1)
    half = stats.t.ppf(0.975, n - 1) * s / np.sqrt(n) / p
    return np.where(m > 0, m * np.exp(-half), 0), np.where(m > 0, m * np.exp(half), 0)


def counts(n, m, s):
    low, high = from_zero(n, m, s)
    return np.minimum(low, m * n / (n + Z * Z)), np.maximum(high, m + Z * Z / n)


def mixture(rng, most, share, other):
    return lambda shape: np.where(rng.random(shape) < share, other(shape), most(shape))


def constant(value):
    return lambda shape: np.full(shape, float(value))


def cases(rng):
    beta = lambda a, b: lambda shape: rng.beta(a, b, shape)
    unit = [
        ("0 or 1, mean 0.02", mixture(rng, constant(0), 0.02, constant(1)), 0.02),
        ("0 or 1, mean 0.5", mixture(rng, constant(0), 0.5, constant(1)), 0.5),
        ("Beta(0.5, 0.5)", beta(0.5, 0.5), 0.5),
        ("Beta(2, 2)", beta(2, 2), 0.5),
        ("Beta(50, 50)", beta(50, 50), 0.5),
        ("Beta(0.2, 8), mean 0.02", beta(0.2, 8), 0.2 / 8.2),
        ("Beta(8, 0.2), mean 0.98", beta(8, 0.2), 8 / 8.2),
        ("Beta(5, 95), mean 0.05", beta(5, 95), 0.05),
        ("0.7, in 3 % of cases 0", mixture(rng, constant(0.7), 0.03, constant(0)), 0.679),
        ("0, in 3 % of cases 0.7", mixture(rng, constant(0), 0.03, constant(0.7)), 0.021),
        ("0.05, in 5 % of cases 1", mixture(rng, constant(0.05), 0.05, constant(1)), 0.0975),
        ("0.9, in 20 % uniform", mixture(rng, constant(0.9), 0.2, lambda shape: rng.random(shape)), 0.82),
    ]
    poisson = lambda rate: lambda shape: rng.poisson(rate, shape).astype(float)
    half = [
        ("Poisson, mean 0.05", poisson(0.05), 0.05),
        ("Poisson, mean 5", poisson(5), 5.0),
        ("negative binomial, mean 2", lambda shape: rng.negative_binomial(0.5, 0.2, shape).astype(float), 2.0),
        ("0, in 10 % Poisson, mean 8", mixture(rng, constant(0), 0.1, poisson(8)), 0.8),
    ]
    positive = [
        ("exponential", lambda shape: rng.exponential(1, shape), 1.0),
        ("log-normal, sigma 1", lambda shape: rng.lognormal(0, 1, shape), np.exp(0.5)),
        ("700 ± 100 days", lambda shape: rng.normal(700, 100, shape), 700.0),
    ]
    return unit, half, positive


def coverage():
    rng = np.random.default_rng(20261130)
    unit, half, positive = cases(rng)
    for chosen, methods in [
        (unit, {"normal": normal, "logit": logit, "dispersed": dispersed, "Bernstein": bernstein, "bounded": bounded}),
        (half, {"normal": normal, "Student": student, "from zero": from_zero, "counts": counts}),
        (positive, {"normal": normal, "Student": student, "from zero": from_zero}),
    ]:
        print("\n| values | n |", " | ".join(methods), "|\n|---|---|" + "---|" * len(methods))
        for name, draw, mean in chosen:
            for n in (20, 60, 1000):
                x = draw((20_000 if n < 1000 else 4_000, n))
                equal = x.max(axis=1) == x.min(axis=1)
                m = np.where(equal, x[:, 0], x.mean(axis=1))
                s = np.where(equal, 0.0, x.std(axis=1, ddof=1))
                cells, first = [], None
                for method in methods.values():
                    low, high = method(n, m, s)
                    held, width = np.mean((low <= mean) & (mean <= high)), np.mean(high - low)
                    first = first or width
                    cells.append(f"{100 * held:.1f} ({width / first:.2f})")
                print(f"| {name} | {n} | {' | '.join(cells)} |")


# From the definitions, one sample at a time.

def root(f, a, b):
    return a if f(a) == 0 else b if f(b) == 0 else optimize.brentq(f, a, b, xtol=1e-15, rtol=1e-14, maxiter=500)


def solved_within(x, a, b):
    y = (x - a) / (b - a)
    n, m, v = len(y), y.mean(), y.var()
    low = high = m
    if v > 1e-18 and 0 < m < 1:
        share = min(v / (m * (1 - m)), 1)
        rejects = lambda p: (m - p) ** 2 * n - Z * Z * share * p * (1 - p)
        low, high = root(rejects, 0, m), root(rejects, m, 1)
    unseen = stats.binomtest(0, n).proportion_ci(method="wilson").high
    return a + (b - a) * min(low, (1 - unseen) * m), a + (b - a) * max(high, (1 - unseen) * m + unseen)


def solved_from_zero(x):
    n, m = len(x), x.mean()
    if m == 0:
        return 0.0, 0.0
    se = stats.sem(x) / m
    low, high = stats.t.interval(0.95, n - 1, loc=np.log(m), scale=se) if se > 0 else (np.log(m),) * 2
    return np.exp(low), np.exp(high)


def solved_counts(x):
    n, m = len(x), x.mean()
    low, high = solved_from_zero(x)
    rate = root(lambda mu: mu * mu * n - Z * Z * mu, 1e-9, 1e3)
    unseen = stats.binomtest(0, n).proportion_ci(method="wilson").high
    return min(low, (1 - unseen) * m), max(high, m + rate)


def solved_any(x):
    return stats.t.interval(0.95, len(x) - 1, loc=x.mean(), scale=stats.sem(x))


def sample(rng, no):
    """Range, bounds, values: five of eight between bounds."""
    n = int(rng.choice([2, 3, 4, 6, 9, 15, 25, 40], p=[0.1, 0.1, 0.15, 0.2, 0.2, 0.15, 0.05, 0.05]))
    kind = (["within"] * 5 + ["counts", "from_zero", "any"])[no % 8]
    if kind == "within":
        a, b = [(0, 1), (0, 1), (0, 65), (0, 27), (-2, 3)][int(rng.integers(5))]
        shapes = [
            lambda: rng.beta(0.2, 4, n),
            lambda: rng.beta(2, 2, n),
            lambda: (rng.random(n) < 0.15) * 1.0,
            lambda: np.full(n, round(rng.random(), 2)),
            lambda: np.where(rng.random(n) < 0.9, 0.8, rng.random(n)),
            lambda: rng.beta(9, 0.3, n),
        ]
        x = a + (b - a) * shapes[no // 8 % 6]()
        return kind, a, b, np.clip(np.round(x, 4) if b - a < 20 else np.round(x), a, b)
    if kind == "counts":
        return kind, "", "", rng.poisson(rng.choice([0, 0.1, 2, 30]), n) * 1.0
    x = rng.gamma(rng.choice([0.1, 1, 9]), 1, n) if kind == "from_zero" else rng.normal(rng.normal(), rng.choice([0.01, 1, 50]), n)
    x = np.round(x, 4)
    if x.min() == x.max():
        x[0] += 0.5
    return kind, "", "", x


def tables():
    rng = np.random.default_rng(26)
    source = f"# scipy {scipy.__version__}, numpy {np.__version__}"
    with open(DATA / "wilson.csv", "w", newline="") as file:
        file.write(f'{source}: binomtest(hits, n).proportion_ci(method="wilson"); 200 cases at random\n')
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["hits", "n", "low", "high"])
        for no in range(200):
            n = int(rng.choice([1, 2, 3, 5, 20, 32, 60, 263, 1000, 12345, 10**6, 10**9]) if no % 2 else rng.integers(1, 3000))
            hits = int(rng.choice([0, n, 1, n - 1])) if no % 5 == 0 else int(rng.integers(0, n + 1))
            low, high = stats.binomtest(hits, n).proportion_ci(method="wilson")
            rows.writerow([hits, n, repr(float(low)), repr(float(high))])
    with open(DATA / "intervals.csv", "w", newline="") as file:
        file.write(f"{source}: each interval solved from its definition; 200 samples at random\n")
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["range", "least", "most", "values", "low", "high"])
        for no in range(200):
            kind, a, b, x = sample(rng, no)
            solved = {"counts": solved_counts, "from_zero": solved_from_zero, "any": solved_any}
            low, high = solved_within(x, a, b) if kind == "within" else solved[kind](x)
            values = " ".join(repr(float(value)) for value in x)
            rows.writerow([kind, a, b, values, repr(float(low)), repr(float(high))])


if __name__ == "__main__":
    {"coverage": coverage, "tables": tables}[sys.argv[1]]()
