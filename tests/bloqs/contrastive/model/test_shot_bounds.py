"""Figures of the bounds, worked out by hand, and refusals."""

import math

import mpmath
import pytest

from bloqs.contrastive.model.shot_bounds import hoeffding, l2_bound, shots_for, union


def test_figures_of_a_hundred_shots():
    assert hoeffding(100, 0.05) == pytest.approx(0.2716, abs=5e-5)
    assert union(100, 0.05, 8) == pytest.approx(0.3397, abs=5e-5)
    assert l2_bound(100, 0.05, 8) == pytest.approx(0.975, abs=5e-4)


@pytest.mark.parametrize(
    ("epsilon", "shots"), [(0.3, 129), (0.1, 1_154), (0.05, 4_615), (0.01, 115_367)]
)
def test_shots_are_the_fewest(epsilon, shots):
    assert shots_for(epsilon, 0.05, 8) == shots
    assert union(shots, 0.05, 8) <= epsilon < union(shots - 1, 0.05, 8)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: shots_for(0, 0.05, 8), "accuracy must be above 0"),
        (lambda: shots_for(0.1, 1.0, 8), "below 1, got 1.0"),
        (lambda: shots_for(0.1, 0.1, 0), "W=0"),
        (lambda: union(0, 0.1, 2), "from 1 on"),
        (lambda: l2_bound(3, 0.0, 2), "above 0 and below 1"),
    ],
)
def test_refusals(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_accuracies_and_chances_whose_quotients_no_float_holds():
    """Squares of small accuracies vanish, and inverses of small chances are infinite."""
    tenth = shots_for(0.1, 0.05, 4)
    assert shots_for(1e-300, 0.05, 4) / 10**598 == pytest.approx(tenth, rel=1e-2)
    wanted = float(mpmath.log(8) + 320 * mpmath.log(10))
    assert shots_for(1.0, 1e-320, 4) == pytest.approx(2 * wanted, rel=1e-2)
    assert union(100, 1e-320, 4) == pytest.approx(math.sqrt(wanted / 50), rel=1e-4)
    assert math.isfinite(l2_bound(100, 1e-320, 4))
