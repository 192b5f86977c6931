"""Points of a regime, and conditions as they are printed."""

from random import Random

import pytest

from estimator.expressions.parse import parse_expression
from estimator.expressions.regime import parse_regime
from estimator.growth_audit.orders import NUMBERS
from estimator.growth_audit.regions import holds_by, keeps, points_of


@pytest.mark.parametrize(
    ("condition", "k", "j", "meant"),
    [
        ("HOLDS iff k <= 1", 1, 1, True),
        ("HOLDS iff k <= 1", 1.5, 1, False),
        ("HOLDS iff 1 < k < 2", 1.5, 1, True),
        ("HOLDS iff 1 < k < 2", 2, 1, False),
        ("HOLDS iff k < j or k = 3", 3, 1, True),
        ("HOLDS iff k < j or k = 3", 2, 1, False),
        ("HOLDS iff k < j and j < 2*k", 2, 3, True),
        ("HOLDS iff k != j", 2, 2, False),
        ("HOLDS if k < 1; FAILS if k >= 1", 2, 1, False),
        ("HOLDS if k < 1; FAILS if k >= 1", 0.5, 1, True),
        ("HOLDS if k < 1; FAILS if k > 1", 1, 1, None),
        ("HOLDS iff the moon is full", 1, 1, None),
        ("HOLDS iff k <= q", 1, 1, None),
    ],
)
def test_what_a_condition_says(condition, k, j, meant):
    found = holds_by(condition, {"k": NUMBERS.mpf(k), "j": NUMBERS.mpf(j)})
    assert found is meant


def order(large, small):
    return parse_expression(large), parse_expression(small)


@pytest.mark.parametrize(
    ("regime", "cases", "covers"),
    [
        ("N->oo, M->oo", [[("N", "M")], [("M", "N")]], True),
        ("N->oo, M->oo", [[("N", "M")]], False),
        ("N->oo, M->oo", [[("N", "log(M)")], [("log(M)", "N")]], True),
        ("N->oo, M->oo", [[("N", "log(M)")], [("M", "N")]], True),
        ("N->oo, M->oo", [[("N", "M")], [("log(M)", "N")]], False),
        ("N->oo, M->oo, K->oo", [[("N", "M*K")], [("M*K", "N")]], True),
        ("N->oo, M->oo, K->oo", [[("N", "M*K")], [("M", "N")]], False),
        ("N->oo, M->oo, M<=N", [[("N", "M")]], True),
        ("N->oo, M->oo, M<=N", [[("M", "log(N)")]], False),
        ("N->oo, eps->0, N>=log(1/eps)", [[("N", "log(1/eps)")]], True),
        ("N->oo, eps->0, N>=log(1/eps)", [[("N", "1/eps")]], False),
    ],
)
def test_whether_orders_cover_a_regime(regime, cases, covers):
    points = list(points_of(parse_regime(regime), Random(0)))
    orders = [[order(*each) for each in case] for case in cases]
    assert len(points) > 80
    assert all(any(keeps(case, at) for case in orders) for at in points) is covers
