"""Kernel values from a table, gate by gate against the values."""

import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.ntk.circuits.tabulated_kernel import TabulatedKernel
from bloqs.simulation.runner import Runner, encoded_vector
from estimator import symbols

KIND = QROMLoader(), Rotation.BITWISE


@pytest.mark.parametrize("b", [5, 8])
@pytest.mark.parametrize("n", [1, 3])
def test_is_the_vector(n, b, costs_agree):
    values = np.random.default_rng(n).uniform(-1, 1, 2**n)
    values[0], values[-1] = 1, 0
    bloq = TabulatedKernel.of(values, b, *KIND)
    found = encoded_vector(bloq)
    wanted = values / np.linalg.norm(values)
    assert np.linalg.norm(found - wanted) <= float(bloq.epsilon)
    assert abs(found[-1]) < 1e-12
    likely = np.linalg.norm(Runner.of(bloq).run(0)[::2]) ** 2
    off = float(bloq.epsilon) / float(bloq.alpha)
    assert np.sqrt(likely) == pytest.approx(np.sqrt(values @ values / 2**n), abs=off)
    costs_agree(bloq)


def test_a_control_switches_it(switches):
    switches(TabulatedKernel.of(np.array([1.0, -0.5, 0.0, 0.25]), 4, *KIND))


@pytest.mark.parametrize("rotation", Rotation)
def test_sizes_cost_the_same(substitutes, rotation):
    sizes = symbols.norm, symbols.n, symbols.b
    claimed = TabulatedKernel(None, *sizes, QROMLoader(), rotation)
    values = np.array([1.0, -0.5, 0.0, 0.25])
    concrete = TabulatedKernel.of(values, 5, QROMLoader(), rotation)
    given = {symbols.norm: concrete.norm, symbols.n: 2, symbols.b: 5}
    substitutes(claimed, given, concrete)
    assert claimed.alpha.subs(given) == pytest.approx(float(concrete.alpha))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (np.array([1.0, 0.5, 0.25]), r"a power of two >= 2 of rows, got \(3,\)"),
        (np.array([1.0, 1.5]), "at most 1 after clipping, got 1.5"),
        (np.array([1.0, np.nan]), "at most 1 after clipping, got nan"),
        (np.zeros(4), "all zero has no prediction"),
    ],
)
def test_refusals(values, message):
    with pytest.raises(ValueError, match=message):
        TabulatedKernel.of(values, 6, *KIND)
