"""A step of the walk: every gate of it, control, calls, limits."""

import numpy as np
import pytest

from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.linear_systems.circuits.walk_step import WalkStep
from bloqs.simulation.runner import Fidelity, Runner
from bloqs.simulation.vector_dilation import VectorDilation
from estimator import symbols
from estimator.costs.cost import cost_by_annotation
from proofs.leaves import HermitianLeaf, MatrixLeaf, VectorLeaf

PHI = 0.6


def specified(leaf, own, vector, general):
    """The product of whole matrices: coin, choice, coin, reflection, flip.

    Axes: side, half (if general), coin, system, ancilla; `own` is the circuit's unitary.
    """
    size = len(own)
    zero, one, eye = np.diag([1.0, 0.0]), np.diag([0.0, 1.0]), np.eye(2)
    raised, halves = np.array([[0.0, 1.0], [0.0, 0.0]]), 2 if general else 1

    def on(side, half, coin, rest):
        half = half if general else np.eye(1)
        return np.kron(np.kron(np.kron(side, half), coin), rest)

    def turn(angle):
        return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])

    def tossed(on_one, on_zero):
        return on(one, eye, turn(on_one), np.eye(size)) + on(zero, eye, turn(on_zero), np.eye(size))

    if general:
        call = on(eye, np.diag([1.0, -1.0]), zero, np.eye(size))
        call = call + on(eye, raised, one, own) + on(eye, raised.T, one, own.conj().T)
    else:
        call = on(eye, eye, zero, np.eye(size))
        call = call + on(one, eye, one, own) + on(zero, eye, one, own.conj().T)
    flags = np.kron(np.eye(len(vector)), np.eye(size // len(vector))[:, :1])
    found = flags @ flags.T
    b = flags @ np.outer(vector, vector.conj()) @ flags.T
    reflect = np.eye(4 * halves * size, dtype=complex)
    reflect -= 2 * on(eye, eye, zero, found)
    reflect += 2 * on(zero, zero, zero, b)
    flip = on(np.array([[0.0, 1.0], [1.0, 0.0]]), eye, eye, np.eye(size))
    before, after = tossed(PHI, np.pi / 4), tossed(-np.pi / 4, -PHI)
    return flip @ reflect @ after @ call @ before


def own_unitary(leaf):
    """Of the whole circuit of a leaf, on system and ancillas."""
    runner = Runner.of(leaf)
    return np.stack([runner.run(x) for x in range(2 ** leaf.signature.n_qubits())], axis=1)


@pytest.mark.parametrize("shape", ["definite", "general"])
@pytest.mark.parametrize(
    "leaf",
    [MatrixLeaf(1), HermitianLeaf(2), HermitianLeaf(5, 1.0, 1, 2)],
    ids=["not its own inverse", "its own", "two flags"],
)
def test_gate_by_gate(leaf, shape, rng, costs_agree):
    """Against whole matrices; under a control, off where the coin is zero; and its cost."""
    general = shape == "general"
    vector = VectorLeaf(7, leaf.system_bitsize)
    bloq = WalkStep(leaf, vector, PHI, shape=shape)
    assert Runner.of(bloq).fidelity is Fidelity.GATE_BY_GATE
    wanted = specified(leaf, own_unitary(leaf), vector.vector, general)
    size = len(wanted)
    state = rng.normal(size=size) + 1j * rng.normal(size=size)
    state /= np.linalg.norm(state)
    np.testing.assert_allclose(Runner.of(bloq).run(state), wanted @ state, atol=1e-9)
    np.testing.assert_allclose(
        Runner.of(bloq.adjoint()).run(state), wanted.conj().T @ state, atol=1e-9
    )
    off = state.reshape(2, 2 if general else 1, 2, -1).copy()
    off[:, :, 1] = 0
    off = off.reshape(-1) / np.linalg.norm(off)
    start = np.concatenate([0.6 * off, 0.8 * state])
    after = np.concatenate([0.6 * off, 0.8 * wanted @ state])
    np.testing.assert_allclose(Runner.of(bloq.controlled()).run(start), after, atol=1e-9)
    costs_agree(bloq)


def test_the_specified_step_is_one():
    """A unitary, whose square is -1 on the solution in the middle."""
    leaf, vector = HermitianLeaf(4, 0.4, 1, 1), VectorLeaf(7, 1).vector
    whole = specified(leaf, own_unitary(leaf), vector, False)
    np.testing.assert_allclose(whole @ whole.conj().T, np.eye(len(whole)), atol=1e-12)
    f = np.sin(PHI) / (np.sin(PHI) + np.cos(PHI))
    x = np.linalg.solve((1 - f) * np.eye(2) + f * leaf.matrix, vector)
    state = np.zeros((2, 2, 2, 2), dtype=complex)
    state[0, 0, :, 0] = x / np.linalg.norm(x)
    state = state.reshape(-1)
    np.testing.assert_allclose(whole @ (whole @ state), -state, atol=1e-9)


@pytest.mark.parametrize("shape", ["definite", "general"])
def test_calls(shape):
    """One of a circuit that is its own inverse, two of another; two of b, in every form."""
    general = int(shape == "general")
    for is_hermitian, calls in ((True, 1), (False, 2)):
        matrix = MatrixOracle(3, 2, is_hermitian=is_hermitian)
        bloq = WalkStep(matrix, VectorOracle(3, 1), PHI, shape=shape)
        for form in (bloq, bloq.adjoint(), bloq.controlled()):
            assert cost_by_annotation(form).queries == {"matrix": calls, "vector": 2}
        cost = cost_by_annotation(bloq)
        assert cost.rotations == 4
        assert cost.toffoli == 3 + 2 + 1 + general + calls - 1
        under = cost_by_annotation(bloq.controlled())
        assert (under.rotations, under.toffoli) == (8, cost.toffoli + 1)


def test_symbols():
    """A generic coin costs what each coin costs."""
    matrix, vector = MatrixOracle(symbols.n, symbols.a), VectorOracle(symbols.n, 0)
    cost = cost_by_annotation(WalkStep(matrix, vector, symbols.theta, shape="general"))
    same = cost_by_annotation(
        WalkStep(MatrixOracle(3, 2), VectorOracle(3, 0), 0.1, shape="general")
    )
    assert cost.subs({symbols.n: 3, symbols.a: 2}) == same


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ((MatrixOracle(2, 0), UniformVector(2)), "has no ancilla; a walk needs at least one"),
        ((MatrixOracle(2, 1), UniformVector(3)), "parts of equal size, got 2 and 3"),
        ((MatrixOracle(2, 1, is_controlled=True), UniformVector(2)), "control the walk instead"),
        (
            (MatrixOracle(1, 1), VectorDilation((0.5, 0.0), 2.0)),
            "a walk needs a vector with alpha = 1, got alpha=2",
        ),
    ],
)
def test_refusals(parts, message):
    with pytest.raises(ValueError, match=message):
        WalkStep(*parts, 0.1)
