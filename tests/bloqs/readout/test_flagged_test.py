"""Outcomes of the flagged test from the amplitudes of its two parts."""

import numpy as np
import pytest

from bloqs.encodings.uniform_vector import UniformVector
from bloqs.readout.amplitude_estimation import AmplitudeEstimation
from bloqs.readout.estimates import estimated_probability, flagged_outcomes
from bloqs.readout.flagged_test import FlaggedHadamardTest
from bloqs.simulation.runner import Runner, encoded_vector
from proofs.leaves import VectorLeaf


def parts(first, second):
    """Two encodings, their states, and the probabilities of their flags."""
    found = VectorLeaf(3, 2, first), VectorLeaf(7, 2, second)
    blocks = [Runner.of(leaf).run(0)[:: 2 ** int(leaf.ancilla_bitsize)] for leaf in found]
    likely = [np.linalg.norm(block) ** 2 for block in blocks]
    one, two = (block / np.linalg.norm(block) for block in blocks)
    return found, float(np.vdot(one, two).real), likely


@pytest.mark.parametrize("is_difference", [False, True])
@pytest.mark.parametrize("ancillas", [(1, 1), (2, 1), (1, 2)])
def test_outcomes(ancillas, is_difference, costs_agree, switches):
    encodings, overlap, (p, q) = parts(*ancillas)
    bloq = FlaggedHadamardTest(*encodings, overlap, is_difference=is_difference)
    found = Runner.of(bloq).run(0).reshape(4, -1)
    outcomes = [np.linalg.norm(found[:, probe]) ** 2 for probe in (0, 1)]
    sorted_out = flagged_outcomes(Runner.of(bloq).run(0).reshape(4, -1, 2))
    assert [sorted_out[k] for k in (1, -1)] == pytest.approx(outcomes)
    assert sum(sorted_out.values()) == pytest.approx(1)
    if is_difference:
        outcomes.reverse()
    mean = overlap * np.sqrt(p * q)
    assert outcomes[0] - outcomes[1] == pytest.approx(mean, abs=1e-9)
    assert sum(outcomes) == pytest.approx((p + q) / 2)
    success = np.linalg.norm(found[:, 0]) ** 2
    assert 1 / float(bloq.alpha) ** 2 == pytest.approx(success)
    costs_agree(bloq)
    switches(bloq)


def test_without_flags_it_is_a_hadamard_test():
    """Of two vectors that are the same: the probe is never in one."""
    bloq = FlaggedHadamardTest(UniformVector(2), UniformVector(2), 1)
    found = Runner.of(bloq).run(0).reshape(4, 2)
    np.testing.assert_allclose(found, np.outer(np.full(4, 0.5), [1, 0]), atol=1e-9)
    np.testing.assert_allclose(encoded_vector(bloq), np.full(4, 0.5), atol=1e-9)


@pytest.mark.parametrize("is_difference", [False, True])
def test_amplitude_estimation_finds_either_outcome(is_difference):
    """The most likely value of a clock of four bits, as near as its bound."""
    encodings, overlap, (p, q) = parts(1, 1)
    bloq = FlaggedHadamardTest(*encodings, overlap, is_difference=is_difference)
    sign = -1 if is_difference else 1
    wanted = (p + q + 2 * sign * overlap * np.sqrt(p * q)) / 4
    state = Runner.of(AmplitudeEstimation(bloq, 4)).run(0).reshape(2**4, -1)
    best = int(np.argmax(np.sum(np.abs(state) ** 2, axis=1)))
    assert estimated_probability(best, 4) == pytest.approx(wanted, abs=np.pi / 2**4)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ((UniformVector(2), UniformVector(1), 0.5), "parts of equal size, got 2 and 1"),
        ((UniformVector(2), UniformVector(2, is_controlled=True), 0.5), "has a control"),
        ((UniformVector(2), UniformVector(2), 1.5), r"within \[-1, 1\], got 1.5"),
    ],
)
def test_refusals(given, message):
    with pytest.raises(ValueError, match=message):
        FlaggedHadamardTest(*given)
