"""Inequalities: both routes can fail, and what the library states is compared."""

import pytest
import sympy
from attrs import evolve

from estimator.symbols import e_0, e_1, n
from estimator.verdict import Verdict
from proofs.inequality import Draw, InequalityClaim


def product(rng):
    x, y = rng.uniform(0, 1, 2)
    return Draw(at={e_0: x, e_1: y}, value=x * y)


def half():
    return Draw(at={e_0: 0.5, e_1: 0.5}, value=0.25)


CLAIM = InequalityClaim(
    says="A product of numbers from 0 to 1 is at most half the sum of their squares.",
    bound=(e_0**2 + e_1**2) / 2,
    derive=lambda: e_0 * e_1,
    draw=product,
    draws=200,
    worst=half,
    false_twin=(e_0**2 + e_1**2) / 3,
    twin_says="A third is enough.",
    source="ours",
)


def test_a_true_bound_is_accepted():
    found = CLAIM.examine()
    assert found.accepted
    assert found.worst_ratio == 1
    assert len(found.measurements) == 201


def test_each_route_rejects_the_twin():
    found = CLAIM.examine(twin=True)
    assert found.symbolic is not Verdict.HOLDS
    assert found.numeric is Verdict.FAILS
    assert found.worst_ratio == pytest.approx(1.5)


@pytest.mark.parametrize("value", [0.2501, float("nan"), float("inf")])
def test_one_point_above_is_enough(value):
    """Also what is not a number."""
    found = evolve(CLAIM, worst=lambda: Draw(at={e_0: 0.5, e_1: 0.5}, value=value)).examine()
    assert found.numeric is Verdict.FAILS
    assert not found.accepted


def test_a_bound_of_zero_is_a_bound():
    """Where the bound is zero the quantity must be."""
    at = {e_0: 0.0, e_1: 0.0}
    assert evolve(CLAIM, worst=lambda: Draw(at=at, value=0.0)).examine().accepted
    assert not evolve(CLAIM, worst=lambda: Draw(at=at, value=1e-6)).examine().accepted


def test_a_bound_below_zero_is_a_bound():
    """A quantity above it breaks it, though their ratio is negative."""
    below = evolve(CLAIM, bound=-(e_0**2 + e_1**2) / 2)
    assert below.examine().numeric is Verdict.FAILS


def test_draws_do_not_replace_a_derivation():
    found = evolve(CLAIM, derive=lambda: e_0 + e_1).examine()
    assert found.numeric is Verdict.HOLDS
    assert not found.accepted


def test_the_stated_bound_must_be_the_claimed_one():
    """A library that states less, or more, is found out; the twin does not hide it."""
    for stated, accepted in ((0.25, True), (0.24, False), (0.26, False)):
        at = {e_0: 0.5, e_1: 0.5}
        draw = Draw(at=at, value=0.2, stated=stated)
        found = evolve(CLAIM, worst=lambda draw=draw: draw).examine()
        assert found.accepted is accepted
        assert found.remarks == (() if accepted else ("the library states another bound",))


def test_refuses_few_draws_and_foreign_symbols():
    with pytest.raises(ValueError, match="at least 100 draws, got draws=99"):
        evolve(CLAIM, draws=99)
    with pytest.raises(ValueError, match="in no glossary"):
        evolve(CLAIM, bound=sympy.Symbol("e_0"))


def test_draws_are_the_same_every_time():
    """The ledger says the same today and tomorrow."""
    assert CLAIM.examine() == CLAIM.examine()
    assert n not in CLAIM.bound.free_symbols
