"""Points lie beyond the thresholds, in the order that is asked for, near and far."""

from fractions import Fraction
from random import Random

import pytest
from mpmath import mp

from estimator.expressions.parse import parse_expression
from estimator.growth_audit.points import Domain, Draws, constant_in
from estimator.growth_audit.program import Program


def drawn(thresholds, count=200, **given):
    program = Program()
    domain = Domain(
        growing=("N", "eps"),
        vanishing=frozenset({"eps"}),
        whole=frozenset(),
        constants=given.get("constants", {}),
        thresholds=tuple((k, program.add(parse_expression(x))) for k, x in thresholds),
        orders=tuple(tuple(map(parse_expression, each)) for each in given.get("orders", ())),
        waves=given.get("waves", False),
    )
    points = list(Draws(domain, program, Random(1)).points(count))
    with mp.workprec(100):
        return [{name: mp.make_mpf(x) for name, x in point.items()} for point in points]


def test_every_point_is_beyond_the_thresholds():
    """Some on them, some a little and some far beyond, unbalanced too."""
    with mp.workprec(100):
        points = drawn(
            [("N", "exp(3)"), ("N", "k*7"), ("eps", "1/100")], constants={"k": (Fraction(1), None)}
        )
        assert len(points) == 200
        for at in points:
            assert at["N"] >= max(mp.exp(3), 7 * at["k"])
            assert at["eps"] <= mp.mpf(1) / 100
        logs = [(mp.log(at["N"]), -mp.log(at["eps"])) for at in points]
        least = [max(3, mp.log(7 * at["k"])) for at in points]
        assert sum(n < low + 1e-9 for (n, _), low in zip(logs, least, strict=True)) > 20
        assert any(n > 100 and e < 5 for n, e in logs)
        assert any(n < 20 and e > 100 for n, e in logs)


@pytest.mark.parametrize("order", [("N", "1/eps"), ("1/eps", "N")])
def test_orders_are_kept(order):
    """N >= 1/eps, or 1/eps >= N, and on the edge as well."""
    with mp.workprec(200):
        points = drawn([("N", "10") if order[1] == "N" else ("eps", "1/10")], orders=(order,))
        products = [at["N"] * at["eps"] for at in points]
        assert all((x >= 1) if order[0] == "N" else (x <= 1) for x in products)
        assert sum(abs(x - 1) < 1e-9 for x in products) > 10


def test_tall_thresholds_are_reached():
    points = drawn([("N", "exp(exp(50))"), ("eps", "exp(-exp(9))")])
    assert len(points) == 200
    assert min(mp.log(mp.log(at["N"])) for at in points) > 49.99


def test_a_tower_is_no_threshold():
    assert drawn([("N", "exp(exp(exp(exp(40))))"), ("eps", "1")]) == []


def test_constants_come_near_both_ends():
    values = [constant_in((Fraction(1), Fraction(3)), Random(k), k) for k in range(300)]
    assert all(1 < x < 3 for x in values)
    assert min(values) < 1 + 1e-5
    assert max(values) > 3 - 1e-5


def test_integers_and_what_is_near_them():
    """Where rounding matters."""
    points = drawn([("N", "5"), ("eps", "1")], waves=True)
    near = [abs(at["N"] - mp.nint(at["N"])) for at in points if at["N"] < 1e9]
    assert sum(x == 0 for x in near) > 10
    assert sum(0 < x < 1e-5 for x in near) > 3
