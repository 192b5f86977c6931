"""Both parts of an expectation, from the probability of the probe."""

import numpy as np
import pytest

from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.readout.hadamard_test import HadamardTest
from bloqs.simulation.runner import Runner
from proofs.leaves import MatrixLeaf


@pytest.mark.parametrize("part", ["real", "imaginary"])
def test_is_the_expectation(part, rng, costs_agree):
    leaf = MatrixLeaf(3, system_bitsize=2)
    unitary = Runner.of(leaf).columns(range(8))
    state = rng.normal(size=8) + 1j * rng.normal(size=8)
    state /= np.linalg.norm(state)
    mean = np.vdot(state, unitary @ state)
    wanted = mean.real if part == "real" else mean.imag
    bloq = HadamardTest(leaf, part=part)
    start = np.concatenate([state, 0 * state])
    final = Runner.of(bloq).run(start)
    assert 2 * np.linalg.norm(final[:8]) ** 2 - 1 == pytest.approx(wanted)
    off = rng.normal(size=16) + 1j * rng.normal(size=16)
    off /= np.linalg.norm(off)
    found = Runner.of(bloq.controlled()).run(np.concatenate([0.6 * off, 0.8 * start]))
    np.testing.assert_allclose(found, np.concatenate([0.6 * off, 0.8 * final]), atol=1e-9)
    costs_agree(bloq)


def test_refusals():
    with pytest.raises(ValueError, match="of the real or imaginary part, got 'both'"):
        HadamardTest(MatrixOracle(2, 1), part="both")
    with pytest.raises(ValueError, match="has a probe of its own"):
        HadamardTest(HadamardTest(MatrixOracle(2, 1)))
