"""Bits keep the state within the error, seen by rounding everything as a circuit does."""

import numpy as np
import pytest

from bloqs.ntk.model.budget import Budget, correlation_error
from bloqs.ntk.model.kernel import Kernel
from bloqs.ntk.model.readout import ceiling_at, clip
from bloqs.ntk.model.sources import read

GAP = 0.1


def rounded(values, bits, largest):
    step = 2 * largest / 2**bits
    return np.round(values / step) * step


def prepared(kernel, rows, point, ceiling, largest, budget):
    """Unit state with all three roundings."""
    rho = rounded(rows, budget.data_bits, largest) @ rounded(point, budget.data_bits, largest)
    rho = np.clip(rounded(rho, budget.address_bits, 1.0), -1, 1)
    angles = np.arccos(clip(kernel.values(rho), ceiling))
    state = np.cos(rounded(angles, budget.angle_bits, np.pi))
    return state / np.linalg.norm(state)


@pytest.mark.parametrize("epsilon", [0.1, 1e-3])
def test_rounded_digits(epsilon):
    split = read("digits:8v9", 64)
    kernel = Kernel.of("erf", 30)
    ceiling = ceiling_at(kernel, GAP)
    rows = split.train.rows
    worst = 0.0
    for point in split.test.rows[:12]:
        largest = float(max(np.abs(rows).max(), np.abs(point).max()))
        exact = clip(kernel.vector(rows, point), ceiling)
        attempts = len(rows) / float(exact @ exact)
        budget = Budget.of(epsilon, attempts, kernel.steepest(GAP) / ceiling, 64, largest)
        assert 0.25 * epsilon < budget.error <= epsilon
        state = prepared(kernel, rows, point, ceiling, largest, budget)
        worst = max(worst, np.linalg.norm(state - exact / np.linalg.norm(exact)) / epsilon)
    assert 1e-3 < worst <= 1


def test_correlation_error_is_reached():
    """Entries half a step off, all of one sign: the bound up to the rounding of both at once."""
    d, bits = 16, 6
    step = 2 / 2**bits
    x = np.full(d, 0.25)
    moved = (x + step / 2) @ (x + step / 2) - x @ x
    assert moved == pytest.approx(correlation_error(bits, d, 1.0))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((0.0, 2, 1, 4), "epsilon"),
        ((1.0, 2, 1, 4), "epsilon"),
        ((0.1, 0.5, 1, 4), "n/P"),
        ((0.1, 2, 0, 4), "slope"),
        ((1e-17, 2, 1, 4), "60 bits"),
    ],
)
def test_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        Budget.of(*arguments)
