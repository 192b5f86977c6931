"""Points are moved into the orders of a claim, by as little as it takes."""

from random import Random

import pytest
from mpmath import mp

from estimator.expressions.parse import parse_expression
from estimator.growth_audit.orders import NUMBERS, holds, in_order, solved


def tree(text):
    return parse_expression(text)


@pytest.mark.parametrize(
    ("side", "name", "target", "meant"),
    [
        ("N", "N", 7, 7),
        ("N**2", "N", 49, 7),
        ("N*M", "N", 20, 4),
        ("log(N)", "N", 2, mp.exp(2)),
        ("log(1/eps)", "eps", 2, mp.exp(-2)),
        ("1/eps", "eps", 4, 0.25),
    ],
)
def test_what_a_symbol_must_be(side, name, target, meant):
    """M is 5."""
    found = solved(tree(side), name, NUMBERS.mpf(target), {"M": NUMBERS.mpf(5)})
    assert abs(found - meant) < 1e-12


def test_a_tower_is_not_written():
    assert solved(tree("log(N)"), "N", NUMBERS.mpf(2) ** 6000, {}) is None


@pytest.mark.parametrize(
    "orders",
    [
        [("t", "log(1/eps)")],
        [("N", "M*t")],
        [("N**2", "M")],
        [("M*t", "N")],
        [("log(N)", "M"), ("M", "t")],
        [("N", "M"), ("M", "t"), ("t", "1/eps")],
    ],
)
def test_all_orders_hold_afterwards(orders):
    """Wherever the point was, and nothing falls below where it may be."""
    random = Random(3)
    pairs = [tuple(map(tree, each)) for each in orders]
    low = {name: NUMBERS.mpf(2) for name in ("N", "M", "t", "eps")}
    edges = 0
    for _ in range(60):
        at = {name: NUMBERS.mpf(10) ** random.uniform(0.4, 3) for name in ("N", "M", "t")}
        at["eps"] = NUMBERS.mpf(10) ** -random.uniform(0.4, 3)
        found = in_order(at, low, pairs, frozenset({"eps"}), random)
        assert all(holds(pair, found) for pair in pairs)
        assert min(found["N"], found["M"], found["t"], 1 / found["eps"]) >= 2
        edges += found != at
    assert edges > 2


def test_what_is_in_order_stays():
    at = {"N": NUMBERS.mpf(100), "M": NUMBERS.mpf(3)}
    pair = (tree("N"), tree("M**2"))
    low = {"N": NUMBERS.mpf(1), "M": NUMBERS.mpf(1)}
    assert in_order(at, low, [pair], frozenset(), Random(0)) == at
