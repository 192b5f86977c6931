"""Synthesis prices against published figures, and budgets that add up."""

import math
from itertools import product

import numpy as np
import pytest
import sympy

from estimator.costs.budget import ErrorBudget, Synthesis
from estimator.symbols import b, epsilon

ONE, HALF, QUARTER, NONE = (sympy.Rational(x, 4) for x in (4, 2, 1, 0))


def budget(total, encoding=ONE, polynomial=NONE, synthesis=NONE):
    return ErrorBudget(epsilon=total, encoding=encoding, polynomial=polynomial, synthesis=synthesis)


@pytest.mark.parametrize(
    ("method", "error", "published"),
    [
        (Synthesis.MIXED_FALLBACK, 1e-10, 23),  # .53 * 33.219 + 5.3 = 22.906
        (Synthesis.MIXED_FALLBACK, 1e-3, 11),  # .53 * 9.966 + 5.3 = 10.582
        (Synthesis.REPEAT_UNTIL_SUCCESS, 1e-10, 48),  # 1.149 * 33.219 + 9.2 = 47.369
        (Synthesis.REPEAT_UNTIL_SUCCESS, 1e-3, 21),  # 1.149 * 9.966 + 9.2 = 20.651
        (Synthesis.ANCILLA_FREE, 1e-10, 100),  # 3 * 33.219 = 99.658
        (Synthesis.ANCILLA_FREE, 2**-10, 30),  # exactly 30: no float may make it 31
        (Synthesis.ANCILLA_FREE, 2.0**-1000, 3000),
    ],
)
def test_synthesis_gives_the_published_counts(method, error, published):
    """T gates per rotation are the printed formulas, rounded up."""
    assert method.t_count(error) == published


@pytest.mark.parametrize("method", Synthesis)
def test_synthesis_formulas_take_numbers(method):
    """The formula for any error gives the count of every error, and more T for less error."""
    formula = method.t_count(epsilon)
    counts = [method.t_count(sympy.Rational(1, 10**k)) for k in range(1, 12)]
    assert counts == [formula.subs(epsilon, sympy.Rational(1, 10**k)) for k in range(1, 12)]
    assert counts == sorted(set(counts))


@pytest.mark.parametrize("error", [0, 1, 2, -0.5, math.nan, math.inf, -math.inf])
def test_an_impossible_error_is_refused(error):
    """An error outside (0, 1) has no T count, whatever the method."""
    for method in Synthesis:
        with pytest.raises(ValueError, match="error must be between 0 and 1, got"):
            method.t_count(error)


def test_labels_are_what_a_user_types():
    """Labels are lower case, without underscores, and distinct."""
    labels = [method.label for method in Synthesis]
    assert sorted(labels) == ["ancilla-free", "mixed-fallback", "repeat-until-success"]


@pytest.mark.parametrize("total", [0.1, 1e-3, 1e-12, 1e-300])
@pytest.mark.parametrize("share", [ONE, HALF, sympy.Rational(1, 7)])
def test_angle_bits_are_the_fewest(total, share):
    """b bits keep angles * alpha * pi / 2**b within the share; b - 1 bits would not."""
    shared = budget(total, share, 1 - share)
    allowed = math.log2(total) + math.log2(share)
    for alpha, angles in product((1, 0.3, 5.2, 1e6), (1, 3, 16)):
        bits = shared.angle_bits(alpha, angles)
        assert isinstance(bits, int)
        spent = math.log2(alpha) + math.log2(angles) + math.log2(math.pi) - bits
        assert spent <= allowed + 1e-9, (alpha, angles)
        assert bits == 4 or spent + 1 > allowed - 1e-9, (alpha, angles)


def test_angle_bits_are_exact_at_the_edge():
    """The float just above and just below pi / 2**20 need 20 and 21 bits."""
    edge = float(np.pi) / 2**20  # rounds pi down
    assert budget(np.nextafter(edge, 1)).angle_bits(1, 1) == 20
    assert budget(edge).angle_bits(1, 1) == 21


def test_angle_bits_of_symbols_become_those_of_numbers():
    """A formula in epsilon gives the number for every epsilon, never less than 4."""
    alpha = sympy.Rational(1, 5)
    formula = budget(epsilon).angle_bits(alpha, 2)
    for k in range(12):
        total = sympy.Rational(1, 3**k)
        assert formula.subs(epsilon, total) == budget(total).angle_bits(alpha, 2) >= 4
    assert budget(1).angle_bits(1, 1) == 4


def test_shares_add_up():
    """What the three sources use up together is the total."""
    total, alpha, angles, rotations = 1e-3, 2.5, 6, 40
    shared = budget(total, HALF, QUARTER, QUARTER)
    bits = shared.angle_bits(alpha, angles)
    rounding = alpha * angles * math.pi / 2**bits
    synthesis = alpha * rotations * shared.rotation_error(alpha, rotations)
    assert synthesis == pytest.approx(total / 4, rel=1e-12)
    assert rounding + synthesis + total * shared.polynomial <= total
    assert rounding > total / 4


def test_rotation_error_is_symbolic_too():
    """The error of each of 2 b rotations is the share divided by all of them and alpha."""
    found = budget(epsilon, HALF, NONE, HALF).rotation_error(3, 2 * b)
    assert sympy.simplify(found - epsilon / (12 * b)) == 0


@pytest.mark.parametrize("total", [0, -1, math.nan, math.inf])
def test_an_impossible_total_is_refused(total):
    """A total error is positive and finite."""
    with pytest.raises(ValueError, match="epsilon must be positive and finite, got"):
        budget(total)


@pytest.mark.parametrize(
    "shares",
    [
        (HALF, HALF, HALF),
        (NONE, NONE, NONE),
        (sympy.Integer(2), sympy.Integer(-1), NONE),
        (0.1, 0.2, 0.7),
        (math.nan, HALF, HALF),
        (epsilon, 1 - epsilon, NONE),
    ],
)
def test_shares_that_do_not_add_up_are_refused(shares):
    """Shares are exact, not negative, and one in sum."""
    with pytest.raises(ValueError, match="shares must be rational, >= 0 and add up to 1"):
        budget(0.1, *shares)


def test_nothing_can_be_spent_from_an_empty_share():
    """Without a share there are no bits and no rotation error."""
    with pytest.raises(ValueError, match="rounded angles need a positive encoding share, got 0"):
        budget(0.1, NONE, HALF, HALF).angle_bits(1, 1)
    with pytest.raises(ValueError, match="rotations need a positive synthesis share, got 0"):
        budget(0.1).rotation_error(1, 1)
