"""The table of expected calls: every closed form computed again another way, walks run again."""

import numpy as np
import pytest
from mpmath import mp

import quledger

TOTALS = {  # kappa, error -> walk at c = .4 and 1.84, jennings-v1
    (1.05, 1e-2): (6.1, 10, None),
    (2.0, 1e-2): (12.6, 21, None),
    (8.0, 1e-2): (47, 86, 4.6e3),
    (20.0, 1e-2): (119, 214, 1.1e4),
    (20.0, 1e-6): (312, 427, 1.4e4),
    (100.0, 1e-2): (591, 1.1e3, 5.7e4),
    (100.0, 1e-6): (1.6e3, 2.1e3, 6.4e4),
}


@pytest.fixture(scope="module")
def report():
    return quledger.compare("qlss-calls")


def test_walks_and_formula_of_the_derived_table(report):
    """Two digits of it."""
    assert len(report["calls"]) == len(TOTALS)
    for row in report["calls"]:
        walk, published, formula = TOTALS[row["kappa"], row["epsilon"]]
        assert row["walk_definite"] == pytest.approx(walk, rel=0.05)
        assert row["walk_published"] == pytest.approx(published, rel=0.05)
        assert formula is None or row["jennings_v1"] == pytest.approx(formula, rel=0.05)


def cheapest(amplitude, calls):
    """Expected calls by the best rounds, all of them tried."""
    theta = mp.asin(min(1, amplitude))
    rounds = range(int(mp.pi / (4 * theta)) + 2)
    return min(calls * (2 * r + 1) / mp.sin((2 * r + 1) * theta) ** 2 for r in rounds)


def largest_value(kappa, order):
    """Maximum of (1 - T(w) / T(w_0)) / x, on finer and finer grids."""
    a = mp.mpf(1) / kappa

    def value(x):
        w, w_0 = ((1 + a**2 - 2 * y**2) / (1 - a**2) for y in (x, 0))
        return (1 - mp.chebyt(order, w) / mp.chebyt(order, w_0)) / x

    low, high = a / 5, min(mp.mpf(1), 5 * a / 2)
    for _ in range(5):
        places = [low + (high - low) * k / 200 for k in range(201)]
        at = max(range(201), key=lambda k: value(places[k]))
        low, high = places[max(0, at - 1)], places[min(200, at + 1)]
    return value((low + high) / 2)


def test_closed_forms_to_nine_digits(report):
    """In thirty digits, from the definitions: degrees, maxima, weights, rounds and lengths."""
    with mp.workdps(30):
        for row in report["calls"]:
            kappa, error = mp.mpf(str(row["kappa"])), mp.mpf(str(row["epsilon"]))
            if kappa > 20:
                continue
            rate = mp.log((kappa + 1) / (kappa - 1))
            relative = error * mp.sqrt(1 - error**2 / 4)
            order = int(mp.ceil(mp.acosh(1 / relative) / rate))
            most = largest_value(kappa, order)
            for norm, key in ((kappa, "qsvt_best"), (1, "qsvt_worst")):
                # the polynomial that runs is kept 1e-9 below one
                wanted = cheapest(norm / most, 2 * order - 1)
                assert row[key] == pytest.approx(float(wanted), rel=3e-9)
            cut = relative / max(1, 2 / kappa)
            b = int(mp.ceil(kappa**2 * mp.log(kappa / cut)))
            terms = int(mp.ceil(mp.sqrt(b * mp.log(4 * b / cut))))
            total = 2 * b * mp.binomial(2 * b, b) / mp.mpf(4) ** b
            for norm, key in ((kappa, "cks_best"), (1, "cks_worst")):
                wanted = cheapest(norm / total, min(2 * terms + 1, 2 * b - 1))
                assert row[key] == pytest.approx(float(wanted), rel=1e-9)
            assert row["shortcut_run"] == 2 * mp.ceil(mp.acosh(mp.sqrt(2) / error) / rate)
            for key, constant in (("walk_definite", "0.4"), ("walk_general", "4")):
                assert row[key] == pytest.approx(
                    float(shortest_walk(kappa, error, mp.mpf(constant), rate)), rel=1e-9
                )


def shortest_walk(kappa, error, constant, rate):
    """Expected calls of walk and filter, all even lengths tried."""
    found = []
    least = int(constant * kappa / mp.sqrt(2)) // 2 * 2 + 2
    for steps in range(least, 12 * least + 20, 2):
        distance = constant * kappa / steps
        failure = distance**2 - distance**4 / 4
        if not 0 < failure < 1:
            continue
        wanted = min(1, error * mp.sqrt((1 - failure) / failure))
        degree = 2 * max(1, mp.ceil(mp.acosh(1 / wanted) / rate))
        found.append((steps + degree) / (1 - failure * (1 - wanted**2)))
    return min(found)


def test_walks_are_measured_with_their_flags_apart(report):
    """The whole error has raised flags in it: at least 2 - 2 sqrt(P) of its square."""
    assert len(report["walks"]) == 2 * len(TOTALS)
    for row in report["walks"]:
        assert row["whole"] ** 2 >= (2 - 2 * np.sqrt(row["flags"])) * 0.8
        assert row["conditional"] < row["whole"]
        assert 0.75 < row["flags"] < 1
        assert row["whole"] < 1.6 * row["distance"]
