"""The clock against the sum over its steps, for eigenvectors and for what is none."""

import numpy as np
import pytest
from qualtran.bloqs.basic_gates import OnEach, XGate
from qualtran.bloqs.mcmt import And

from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.readout.clock import ClockWindow
from bloqs.readout.phase_estimation import PhaseEstimation
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_annotation
from proofs.leaves import MatrixLeaf


def amplitudes(m, window):
    size = 2**m
    t = np.arange(size)
    if window is ClockWindow.UNIFORM:
        return np.ones(size) / np.sqrt(size)
    return np.sqrt(2 / size) * np.sin(np.pi * (t + 0.5) / size)


def specified(unitary, state, m, window):
    """Array of shape (2**m, dimension): the clock, by whole powers of a matrix."""
    size = 2**m
    branches = [np.linalg.matrix_power(unitary, t) @ state for t in range(size)]
    waves = np.exp(-2j * np.pi * np.outer(np.arange(size), np.arange(size)) / size) / np.sqrt(size)
    return waves @ (amplitudes(m, window)[:, None] * np.array(branches))


@pytest.mark.parametrize("window", ClockWindow)
@pytest.mark.parametrize("m", [1, 3])
def test_any_unitary(m, window, rng, costs_agree):
    """Against powers of its matrix, plain and under a control, and back."""
    leaf = MatrixLeaf(5)
    unitary = Runner.of(leaf).columns(range(4))
    state = rng.normal(size=4) + 1j * rng.normal(size=4)
    state /= np.linalg.norm(state)
    wanted = specified(unitary, state, m, window).reshape(-1)
    bloq = PhaseEstimation(leaf, m, window)
    start = np.zeros((2**m, 4), dtype=complex)
    start[0] = state
    start = start.reshape(-1)
    np.testing.assert_allclose(Runner.of(bloq).run(start), wanted, atol=1e-9)
    np.testing.assert_allclose(Runner.of(bloq.adjoint()).run(wanted), start, atol=1e-9)
    off = rng.normal(size=len(start)) + 1j * rng.normal(size=len(start))
    off /= np.linalg.norm(off)
    found = Runner.of(bloq.controlled()).run(np.concatenate([0.6 * off, 0.8 * start]))
    np.testing.assert_allclose(found, np.concatenate([0.6 * off, 0.8 * wanted]), atol=1e-9)
    costs_agree(bloq)


def test_a_phase_of_few_bits_is_exact():
    """Also of a bloq of Qualtran, which Qualtran controls: X on both is -1 on |+->."""
    bloq = PhaseEstimation(OnEach(2, XGate()), 3)
    state = np.kron([1, 1], [1, -1]) / 2
    start = np.kron(np.eye(8)[0], state)
    final = Runner.of(bloq).run(start)
    np.testing.assert_allclose(final, np.kron(np.eye(8)[4], state), atol=1e-9)


def test_calls():
    """2**m - 1, of any size."""
    for m in (1, 4, 40):
        bloq = PhaseEstimation(MatrixOracle(3, 1), m)
        assert cost_by_annotation(bloq).queries == {"matrix": 2**m - 1}
        assert cost_by_annotation(bloq.controlled()).queries == {"matrix": 2**m - 1}


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: PhaseEstimation(MatrixOracle(3, 1), 0), "at least one bit, got m=0"),
        (lambda: PhaseEstimation(XGate(), 2), "got ctrl, target for X; put the gate into a bloq"),
        (lambda: PhaseEstimation(And(), 2), "pass through and are no arrays, got ctrl"),
        (
            lambda: PhaseEstimation(PhaseEstimation(MatrixOracle(3, 1), 2), 2),
            "has a clock of its own",
        ),
        (
            lambda: PhaseEstimation(MatrixOracle(3, 1, is_controlled=True), 2),
            "has a ctrl of its own",
        ),
    ],
)
def test_refusals(make, message):
    with pytest.raises(ValueError, match=message):
        make()
