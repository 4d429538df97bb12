#!/usr/bin/env python3
"""Makes the tables of this folder: random cases with answers that do not come from comity.

Answers come from packages where one computes the same measure, and else from exact arithmetic on the numbers as written
(fractions). Nothing is drawn from a package, so the same Python gives the same tables. To make them anew:

    python3 -m venv /tmp/cross && /tmp/cross/bin/pip install -r requirements.txt && /tmp/cross/bin/python make.py
"""

import itertools
import math
import pathlib
import random
from fractions import Fraction as F

import inequality.gini
import inequality.theil
import numpy as np
import scipy.optimize
import scipy.special
import scipy.stats
import scoringrules
import sklearn.calibration
import sklearn.metrics

HERE = pathlib.Path(__file__).parent
CASES = 200


def number(value):
    """A number in the shortest form that reads back the same; nothing for None."""
    return "" if value is None else repr(float(value)) if not isinstance(value, (int, str)) else str(value)


def row_of(numbers):
    return " ".join(number(value) for value in numbers)


def write(name, header, rows):
    lines = [",".join(header)] + [",".join(str(cell) for cell in row) for row in rows]
    (HERE / name).write_text("\n".join(lines) + "\n")


def near(one, other, by=1e-9):
    assert abs(one - other) <= by * max(1.0, abs(one), abs(other)), (one, other)


def exact(text):
    """The number that a decimal stands for."""
    return F(text)


# --- inequality ------------------------------------------------------------------------------------------------------


def amounts(rng, case):
    awkward = [
        [5.0], [0.0], [0.0, 0.0, 0.0], [0.1] * 7, [0.1] * 30, [1e-9] * 11, [0.0] * 9 + [1.0], [1e-300, 1e-300, 3e-300],
        [1e300, 1e-300], [1e-12, 1.0, 1e12], [2.0, 2.0, 2.0, 2.0000000001], [1e15, 1e15 + 1.0], [1 / 3] * 3, [0.3, 0.1],
    ]
    if case < len(awkward):
        return awkward[case]
    n = rng.randrange(1, 40)
    kind = rng.randrange(4)
    if kind == 0:
        return [rng.random() for _ in range(n)]
    if kind == 1:
        return [float(rng.randrange(0, 4)) for _ in range(n)]
    if kind == 2:
        return [10.0 ** rng.uniform(-12, 12) for _ in range(n)]
    return [rng.choice([0.0, 0.1, 0.2, 0.7]) for _ in range(n)]


def make_inequality():
    rng, rows = random.Random(1), []
    for case in range(CASES):
        some = amounts(rng, case)
        fractions = [F(x) for x in some]
        everything, n = sum(fractions), len(some)
        if everything == 0:
            gini = theil = 0.0
        else:
            pairs = sum(abs(a - b) for a in fractions for b in fractions)
            gini = float(pairs / (2 * n * everything))
            relative = [x * n / everything for x in fractions if x > 0]
            # The logarithm of a fraction beyond the range of floating-point numbers, and near 1 without cancellation.
            log = lambda r: math.log1p(float(r - 1)) if F(1, 2) < r < 2 else math.log(r.numerator) - math.log(r.denominator)
            theil = math.fsum(float(r) * log(r) for r in relative) / n
            # The package adds up in another order, and puts the smallest number in the place of 0.
            if n > 1 and max(some) < 1e100 and min(some) >= 0 and max(some) > 1e-100:
                near(inequality.gini.Gini(np.array(some)).g, gini)
                near(inequality.theil.Theil(np.array(some)).T, theil)
        rows.append([case, row_of(some), number(gini), number(theil)])
    write("inequality.csv", ["case", "amounts", "gini", "theil"], rows)


# --- quantiles -------------------------------------------------------------------------------------------------------


def make_quantiles():
    rng, rows = random.Random(2), []
    for case in range(CASES):
        n = [1, 2, 3, 4][case] if case < 4 else rng.randrange(1, 60)
        some = sorted(
            [float(rng.randrange(-3, 4)) for _ in range(n)] if case % 3 == 0
            else [0.7] * n if case % 3 == 1 and case % 7 == 0
            else [rng.gauss(0, 1) * 10.0 ** rng.randrange(-6, 7) for _ in range(n)]
        )
        share = [0.0, 1.0, 0.5, 0.025, 0.975][case % 5] if case % 2 == 0 else round(rng.random(), 3)
        rows.append([case, row_of(some), number(share), number(np.quantile(some, share)), number(np.median(some))])
    write("quantiles.csv", ["case", "numbers", "share", "quantile", "median"], rows)


def make_weighted():
    """Weights are decimals, whose sums are not exact in floating point: ties are decided on the decimals."""
    rng, rows = random.Random(3), []
    ties = 0
    for case in range(CASES):
        n = rng.randrange(1, 12)
        places = rng.choice([1, 1, 2, 3])
        units = [rng.randrange(0, 10 ** places) if rng.random() < 0.9 else 0 for _ in range(n)]
        if case % 2 == 0 and n > 1:
            # Half of the weight below a border, so that it is reached exactly.
            units[-1] = max(2 * sum(units[: rng.randrange(1, n)]) - sum(units[:-1]), 0)
        if sum(units) == 0:
            units[0] = 1
        values = sorted(rng.randrange(0, 11) / 10 if case % 3 else rng.random() for _ in range(n))
        share = "0.5" if case % 4 < 2 else rng.choice(["0.05", "0.95", "0.25", "0.1", "1.0"])
        reached, found = 0, None
        for value, unit in zip(values, units):
            reached += unit
            if unit > 0 and F(reached) >= exact(share) * sum(units):
                found = value
                break
        ties += F(reached) == exact(share) * sum(units)
        near(np.quantile(values, float(share), method="inverted_cdf", weights=units), found) if share == "0.5" else None
        weights = [f"{unit / 10 ** places:.{places}f}" for unit in units]
        rows.append([case, row_of(values), " ".join(weights), share, number(found)])
    assert ties > 50, ties
    write("weighted_quantiles.csv", ["case", "values", "weights", "share", "quantile"], rows)


def make_distributions():
    rng, rows = random.Random(4), []
    for case in range(CASES):
        p = 10.0 ** -rng.uniform(0.01, 9) if case % 4 == 0 else rng.uniform(0.0001, 0.9999)
        p = 1 - p if case % 8 == 0 else p
        low = rng.uniform(-2, 2)
        high = low + 10.0 ** rng.uniform(-3, 2)
        mode = rng.choice([low, high, (low + high) / 2, rng.uniform(low, high)])
        sd = 10.0 ** rng.uniform(-4, 3)
        triangle = scipy.stats.triang.ppf(p, (mode - low) / (high - low), low, high - low)
        flat = scipy.stats.uniform.ppf(p, low, high - low)
        normal = scipy.stats.norm.ppf(p, mode, sd)
        cells = [p, scipy.special.ndtri(p), low, mode, high, sd, triangle, flat, normal]
        rows.append([case] + [number(cell) for cell in cells])
    header = ["case", "p", "standard_normal", "min", "mode", "max", "sd", "triangular", "uniform", "normal"]
    write("distributions.csv", header, rows)


# --- scores of points ------------------------------------------------------------------------------------------------


def make_points():
    """Every case is a model, and the model `compromise` is held against all of them."""
    rng = random.Random(5)
    issues = []
    for no in range(40):
        low, span = rng.choice([("0", 100), ("0", 1), ("-50", 100), ("4", 6), ("0", 1000000), ("0.1", F(1, 5))])
        places = 3 if span <= 6 else 1
        high = exact(low) + span
        at = lambda: exact(low) + span * F(rng.randrange(0, 10 ** 3 + 1), 10 ** 3)
        issues.append((f"i{no}", exact(low), high, at() if rng.random() < 0.9 else None, f"g{no // 3}" if no < 30 else ""))
    decided = [issue for issue in issues if issue[3] is not None]
    decimal = lambda x: f"{float(x):.10f}".rstrip("0").rstrip(".") if "." in f"{float(x):.10f}" else f"{float(x)}"

    def forecast(issue):
        _, low, high, outcome, _ = issue
        if outcome is None or rng.random() < 0.5:
            return low + (high - low) * F(rng.randrange(0, 1001), 1000)
        off = rng.choice([F(0), F(1, 20), F(1, 10), F(1, 5), F(1, 20) + F(1, 1000), F(rng.randrange(0, 300), 1000)])
        return outcome + (high - low) * off * rng.choice([-1, 1])

    told, answers = {}, []
    for case in range(CASES + 1):
        model = "compromise" if case == CASES else f"m{case}"
        share = rng.choice([0.05, 0.3, 0.7, 1.0])
        some = [issue for issue in issues if case == CASES and rng.random() < 0.8 or case < CASES and rng.random() < share]
        some = some or [decided[0]]
        if not any(issue[3] is not None for issue in some):
            some.append(decided[1])
        # Forecasts are written as decimals, and these are what they are.
        told[model] = {issue[0]: exact(decimal(forecast(issue))) for issue in some}
    of = {issue[0]: issue for issue in issues}
    error = lambda model: {
        issue: abs(point - of[issue][3]) for issue, point in told[model].items() if of[issue][3] is not None
    }
    reference = error("compromise")
    for model in told:
        errors = error(model)
        real = [float(of[issue][3]) for issue in errors]
        said = [float(told[model][issue]) for issue in errors]
        shares = [errors[issue] / (of[issue][2] - of[issue][1]) for issue in errors]
        within = [sum(share <= F(most, 100) for share in shares) / len(shares) for most in (5, 10, 20)]
        both = [errors[issue] - reference[issue] for issue in errors if issue in reference]
        both = [] if model == "compromise" else both
        answers.append(
            [model, len(errors), number(sklearn.metrics.mean_absolute_error(real, said)),
             number(sklearn.metrics.median_absolute_error(real, said))]
            + [number(share) for share in within]
            + [number(sum(both) / len(both)) if both else "", len(both) if both else ""]
        )
    write(
        "point_issues.csv", ["issue", "scale_min", "scale_max", "outcome", "group"],
        [[i, decimal(low), decimal(high), decimal(outcome) if outcome is not None else "", group]
         for i, low, high, outcome, group in issues],
    )
    rows = [[issue, model, decimal(point)] for model, points in told.items() for issue, point in points.items()]
    # Models take turns, and some cells are empty: neither may matter.
    rng.shuffle(rows)
    silent = [[issue[0], model, ""] for model in told for issue in issues[:1] if issue[0] not in told[model]]
    write("point_forecasts.csv", ["issue", "model", "forecast"], rows + silent)
    write(
        "point_scores.csv",
        ["model", "n", "mean_absolute_error", "median_absolute_error", "within_5", "within_10", "within_20",
         "difference_to_compromise", "paired_n"],
        answers,
    )


# --- scores of distributions over rungs ------------------------------------------------------------------------------


def spread(rng, rungs, case, of=(1, 2, 10, 20, 60)):
    """How many replications came to each rung."""
    n = rng.choice(of)
    if case % 5 == 0:
        n = 20
        counts = [n // rungs] * rungs
        counts[0] += n - sum(counts)
    else:
        counts = [0] * rungs
        favoured = rng.randrange(rungs)
        for _ in range(n):
            counts[favoured if rng.random() < 0.5 else rng.randrange(rungs)] += 1
    return counts


def make_rungs():
    rng, rows = random.Random(6), []
    for case in range(CASES):
        rungs = rng.randrange(2, 8)
        counts = spread(rng, rungs, case)
        n = sum(counts)
        shares = [count / n for count in counts]
        positions = [0.0] + sorted(rng.random() for _ in range(rungs - 2)) + [1.0]
        if case % 2:
            positions = [rung / (rungs - 1) for rung in range(rungs)]
        real = rng.randrange(rungs)
        reached = list(itertools.accumulate(counts))
        median = positions[next(rung for rung in range(rungs) if 2 * reached[rung] >= n)]
        brier = sklearn.metrics.brier_score_loss([real], [shares], labels=list(range(rungs)), scale_by_half=False)
        ranked = float(scoringrules.rps_score(np.array([real + 1]), np.array([shares]))[0]) / (rungs - 1)
        hit = int(counts.index(max(counts)) == real)
        mean = float(sum(F(p) * F(count, n) for p, count in zip(positions, counts)))
        point = rng.choice([rng.random(), (positions[0] + positions[1]) / 2, positions[real]])
        nearest = min(range(rungs), key=lambda rung: (abs(F(positions[rung]) - F(point)), rung))
        own = [float(rung == nearest) for rung in range(rungs)]
        brier_of_point = sklearn.metrics.brier_score_loss([real], [own], labels=list(range(rungs)), scale_by_half=False)
        ranked_of_point = float(scoringrules.rps_score(np.array([real + 1]), np.array([own]))[0]) / (rungs - 1)
        rows.append([case, row_of(positions), row_of(shares), real, number(median), number(mean), number(brier),
                     number(ranked), hit, number(point), number(brier_of_point), number(ranked_of_point)])
    header = ["case", "positions", "shares", "real", "median", "mean", "brier", "ranked", "hit", "point",
              "brier_of_point", "ranked_of_point"]
    write("rungs.csv", header, rows)


def make_stances():
    rng, rows = random.Random(7), []
    for case in range(CASES):
        counts = spread(rng, 3, case)
        # A third more of each, as the model counts them: no chance is 0, where packages cut the logarithm off differently.
        chances = [(count + 1 / 3) / (sum(counts) + 1) for count in counts]
        stance = rng.randrange(3)
        brier = sklearn.metrics.brier_score_loss([stance], [chances], labels=[0, 1, 2], scale_by_half=False)
        log = sklearn.metrics.log_loss([stance], [chances], labels=[0, 1, 2])
        rows.append([case, row_of(chances), stance, number(brier), number(log)])
    write("stances.csv", ["case", "chances", "stance", "brier", "log"], rows)


def make_calibration():
    """Chances of at least each rung, in ten bins; a chance on a border belongs to the upper bin, 1 to the last."""
    rng, rows = random.Random(8), []
    compared = 0
    for case in range(CASES):
        clauses, events = [], []
        for _ in range(rng.randrange(1, 9)):
            rungs = rng.randrange(2, 5)
            counts = spread(rng, rungs, case, (7, 13, 37) if case % 5 in (1, 2) else (10, 20, 60))
            real = rng.randrange(rungs)
            clauses.append(f"{' '.join(str(count) for count in counts)}:{real}")
            for rung in range(1, rungs):
                events.append((F(sum(counts[rung:]), sum(counts)), real >= rung))
        bins = [[event for event in events if min(int(event[0] * 10), 9) == no] for no in range(10)]
        means = lambda some: (sum(chance for chance, _ in some) / len(some), F(sum(came for _, came in some), len(some)))
        curve = [(no, len(some)) + means(some) for no, some in enumerate(bins) if some]
        # The package puts a chance on a border into the lower bin: it is asked where there is none.
        if all((chance * 10).denominator > 1 or chance == 0 for chance, _ in events):
            observed, stated = sklearn.calibration.calibration_curve(
                [came for _, came in events], [float(chance) for chance, _ in events], n_bins=10)
            [near(o, c[3]) or near(s, c[2]) for o, s, c in zip(observed, stated, curve, strict=True)]
            compared += 1
        cells = ";".join(f"{no} {n} {number(stated)} {number(observed)}" for no, n, stated, observed in curve)
        rows.append([case, ";".join(clauses), cells])
    assert compared > 20, compared
    write("calibration.csv", ["case", "clauses", "curve"], rows)


# --- bargaining on a line --------------------------------------------------------------------------------------------


def root(slope, low, high):
    """Where a falling slope changes its sign, between two ends: bisection to the last digit."""
    if slope(low) <= 0:
        return low
    if slope(high) >= 0:
        return high
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return middle
        low, high = (middle, high) if slope(middle) > 0 else (low, middle)


def nash(actors, scale, reference, quadratic):
    """The peak of the weighted sum of logarithms by the sign of its slope, in shares of the scale and exact fractions up to
    the weights. None where not everyone gains."""
    span = scale[1] - scale[0]
    heard = [((x - scale[0]) / span, s * c) for x, s, c in actors if s * c > 0]
    if reference is None:
        low, high = min(x for x, _ in heard), max(x for x, _ in heard)
        worst = [F(-1) for _ in heard]
    else:
        q = (reference - scale[0]) / span
        low, high = F(0), F(1)
        for x, _ in heard:
            low, high = max(low, min(q, 2 * x - q)), min(high, max(q, 2 * x - q))
        worst = [-((q - x) ** 2) if quadratic else -abs(q - x) for x, _ in heard]
        if low >= high:
            return None
    if low == high:
        return float(scale[0] + low * span)
    heard = [(float(x), float(w)) for x, w in heard]
    worst = [float(d) for d in worst]

    def slope(z):
        if z == float(low):
            return 1.0
        if z == float(high):
            return -1.0
        total = []
        for (x, w), d in zip(heard, worst):
            gain = (-((z - x) ** 2) if quadratic else -abs(z - x)) - d
            falls = -2 * (z - x) if quadratic else -1.0 if z > x else 1.0 if z < x else 0.0
            total.append(w * falls / gain if gain > 0 else math.copysign(math.inf, (float(low) + float(high)) / 2 - z))
        return math.fsum(total) if all(map(math.isfinite, total)) else next(t for t in total if not math.isfinite(t))

    # The ends: everyone gains more towards the inside, or the peak is the end itself.
    inside = root(slope, math.nextafter(float(low), 1), math.nextafter(float(high), 0))
    value = lambda z: math.fsum(
        w * math.log(gain) if (gain := (-((z - x) ** 2) if quadratic else -abs(z - x)) - d) > 0 else -math.inf
        for (x, w), d in zip(heard, worst)
    )
    best = max([inside, float(low), float(high)] + [x for x, _ in heard if low <= x <= high], key=value)
    return float(scale[0]) + best * float(span)


def greatest_least(lines, low, high):
    """Where the least of concave pieces of straight lines a − b |z − x| is greatest: the ends of the flat top, and its
    height. Two linear programmes in z and t."""
    rows, right = [], []
    for a, b, x in lines:
        for sign in (1, -1):
            rows.append([sign * b, 1.0])
            right.append(a + sign * b * x)
    tight = {"method": "highs-ds", "options": {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}}
    bounds = [(low, high), (None, None)]
    top = scipy.optimize.linprog([0, -1], A_ub=rows, b_ub=right, bounds=bounds, **tight)
    assert top.status == 0, top
    height = top.x[1]
    # The candidates for an end of the top are where two pieces meet, and the ends of the interval: brute force, exact.
    exact_lines = [(F(a), F(b), F(x)) for a, b, x in lines]
    value = lambda z: min(a - b * abs(z - x) for a, b, x in exact_lines)
    pieces = [(a + s * b * x, -s * b) for a, b, x in exact_lines for s in (1, -1)]
    corners = {F(low), F(high)} | {x for _, _, x in exact_lines if low <= x <= high}
    for (a, b), (c, d) in itertools.combinations(pieces, 2):
        if b != d and low <= (z := (c - a) / (b - d)) <= high:
            corners.add(z)
    best = max(value(z) for z in corners)
    near(float(best), height, 1e-6)
    tops = [z for z in corners if value(z) == best]
    return float(min(tops)), float(max(tops)), float(best)


def make_line():
    rng, issues, positions, answers = random.Random(9), [], [], []
    for case in range(CASES):
        low, span = rng.choice([(F(0), F(100)), (F(0), F(1)), (F(-50), F(100)), (F(0), F(1, 1000)), (F(0), F(10 ** 6))])
        grid = rng.choice([10, 100, 1000])
        at = lambda: low + span * F(rng.randrange(0, grid + 1), grid)
        n = rng.randrange(2, 9)
        actors = [(at(), F(rng.randrange(0, 101), 100), F(rng.randrange(0, 60), 10)) for _ in range(n)]
        if case % 4 == 0:
            # On one side of the reference point, so that there is something to gain for all.
            actors = [(low + span / 2 + (x - low) / 2, s, c) for x, s, c in actors]
        reference = None if case % 10 == 9 else low if case % 4 == 0 else at()
        if case % 7 == 3:
            actors[0] = (actors[0][0], F(0), actors[0][2])
        if case % 11 == 5:
            # All who have a say are of one mind; another has none.
            actors = [(actors[0][0], s, c) for _, s, c in actors] + [(low + span - actors[0][0] + low, F(0), F(1))]
        if case % 13 == 4 and reference is not None:
            actors[0] = (reference, actors[0][1], actors[0][2])
        if not any(s * c > 0 for _, s, c in actors) or len({x for x, _, _ in actors}) < 2:
            actors += [(low, F(1), F(1)), (low + span, F(1, 2), F(1))]
        write_exact = lambda x: np.format_float_positional(float(x), trim="-")
        assert all(exact(write_exact(x)) == x for x, _, _ in actors), actors
        name = f"i{case}"
        issues.append([name, write_exact(low), write_exact(low + span), write_exact(reference) if reference is not None else ""])
        for no, (x, s, c) in enumerate(actors):
            positions.append([name, f"a{no}", write_exact(x), write_exact(s), write_exact(c)])
        heard = [(x, s, c) for x, s, c in actors if s * c > 0]
        ends = (min(x for x, _, _ in heard), max(x for x, _, _ in heard))
        scale = (low, low + span)
        mean = lambda weights: (sum(w * x for (x, _, _), w in zip(actors, weights)) / sum(weights)) if sum(weights) else None

        def middle(weights):
            ordered = sorted(zip((x for x, _, _ in actors), weights))
            reached = itertools.accumulate(w for _, w in ordered)
            return next(x for (x, w), r in zip(ordered, reached) if w > 0 and 2 * r >= sum(weights))

        def say(model, first, last=None, height=None):
            answers.append([name, model, number(None if first is None else float(first)),
                            number(float(first if last is None else last)) if first is not None else ""])

        say("compromise", mean([s * c for _, s, c in actors]))
        say("mean", mean([F(1)] * len(actors)))
        say("salience_mean", mean([s for _, s, _ in actors]))
        say("weighted_median", middle([s * c for _, s, c in actors]))
        say("median", middle([F(1)] * len(actors)))
        say("nash", nash(actors, scale, None, False))
        say("nash_quadratic", nash(actors, scale, None, True))
        # The egalitarian solution is the least greatest loss by salience.
        say("egalitarian", *greatest_least([(0.0, float(s), float(x)) for x, s, _ in heard], *map(float, ends))[:2])
        total = lambda z: sum(s * abs(z - x) for x, s, _ in heard)
        least = min(total(x) for x, _, _ in heard)
        say("utilitarian", min(x for x, _, _ in heard if total(x) == least))
        if reference is None:
            for model in ("nash_reference", "nash_reference_quadratic", "kalai_smorodinsky", "kalai_smorodinsky_own"):
                say(model, None)
            continue
        for model, quadratic in (("nash_reference", False), ("nash_reference_quadratic", True)):
            found = nash(actors, scale, reference, quadratic)
            say(model, reference if found is None else found)
        common = scale
        for x, _, _ in heard:
            common = (max(common[0], min(reference, 2 * x - reference)), min(common[1], max(reference, 2 * x - reference)))
        shares = lambda hopes: [(float(abs(reference - x) / m), float(1 / m), float(x)) for x, m in hopes if m > 0]
        if common[0] >= common[1]:
            say("kalai_smorodinsky", reference)
        else:
            best = lambda x: min(max(x, common[0]), common[1])
            hopes = [(x, abs(reference - x) - abs(best(x) - x)) for x, _, _ in heard]
            say("kalai_smorodinsky", *greatest_least(shares(hopes), *map(float, common))[:2])
        own = shares([(x, abs(reference - x)) for x, _, _ in heard])
        if own:
            say("kalai_smorodinsky_own", *greatest_least(own, *map(float, ends))[:2])
        else:
            say("kalai_smorodinsky_own", reference)
    write("line_issues.csv", ["issue", "scale_min", "scale_max", "reference_point"], issues)
    write("line_positions.csv", ["issue", "actor", "position", "salience", "capability"], positions)
    write("line_solutions.csv", ["issue", "model", "from", "to"], answers)


# --- bargaining over texts -------------------------------------------------------------------------------------------


def make_texts():
    """Every text is looked at, on the decimals as written: products of gains and not their logarithms."""
    rng, rows = random.Random(10), []
    for case in range(CASES):
        members = rng.randrange(1, 5)
        clauses = [rng.randrange(1, 5) for _ in range(rng.randrange(1, 5))]
        tenths = rng.choice([10, 10, 100])
        draw = lambda: F(rng.randrange(-tenths // 2, tenths + 1), tenths)
        worth = [[[draw() for _ in range(members)] for _ in range(rungs)] for rungs in clauses]
        disagreement = [F(rng.randrange(-tenths, tenths), tenths) for _ in range(members)]
        texts = list(itertools.product(*[range(rungs) for rungs in clauses]))
        utilities = [[sum(worth[c][r][m] for c, r in enumerate(text)) for m in range(members)] for text in texts]
        if case % 3 == 0:
            # Disagreement is worth exactly as much as some text to someone: what is gained there is nothing.
            some = rng.choice(utilities)
            disagreement[rng.randrange(members)] = some[rng.randrange(members)] if case % 2 else some[0]
            disagreement = some if case % 9 == 0 else disagreement
        gains = [[u - d for u, d in zip(row, disagreement)] for row in utilities]
        rational = [no for no, row in enumerate(gains) if min(row) >= 0]
        hopes = [max([gains[no][m] for no in rational], default=F(0)) for m in range(members)]

        def best(those, aim):
            return max(those, key=lambda no: (aim(gains[no]), sum(gains[no]), -no), default=None)

        share = lambda row: min((g / h for g, h in zip(row, hopes) if h > 0), default=F(10 ** 9))
        found = [
            best([no for no in rational if min(gains[no]) > 0], math.prod),
            best(rational, share),
            best(rational, min),
            best(range(len(texts)), sum),
        ]
        dominates = lambda a, b: all(x >= y for x, y in zip(a, b)) and a != b
        at = rng.randrange(len(texts))
        better = [row for row in utilities if dominates(row, utilities[at])]
        efficient = [row for row in better if not any(dominates(other, row) for other in better)]
        off = lambda row: math.sqrt(float(sum((a - b) ** 2 for a, b in zip(row, utilities[at])) / members))
        distance = min(map(off, efficient), default=0.0)
        left = max((float(sum(row) - sum(utilities[at])) for row in better), default=0.0)
        cell = "/".join(";".join(row_of(map(float, rung)) for rung in rungs) for rungs in worth)
        answers = ["" if no is None else " ".join(map(str, texts[no])) for no in found]
        rows.append([case, cell, row_of(map(float, disagreement))] + answers
                    + [" ".join(map(str, texts[at])), number(distance), number(left)])
    header = ["case", "worth", "disagreement", "nash", "kalai_smorodinsky", "egalitarian", "utilitarian", "text",
              "distance", "left"]
    write("texts.csv", header, rows)


if __name__ == "__main__":
    make_inequality()
    make_quantiles()
    make_weighted()
    make_distributions()
    make_points()
    make_rungs()
    make_stances()
    make_calibration()
    make_line()
    make_texts()
