"""Systems solved by phase estimation: against the filter in NumPy, and within the error."""

import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.linear_systems.answers.simulate import BLOCKS
from bloqs.linear_systems.answers.whole_steps import WHOLE_STEPS
from bloqs.linear_systems.circuits.hhl_solver import PhaseEstimationSolver
from bloqs.linear_systems.model.hhl import plan
from bloqs.readout.clock import ClockWindow
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.runner import Runner, encoded_vector
from bloqs.simulation.stand_in import Fidelity
from bloqs.simulation.vector_dilation import VectorDilation
from estimator.costs.cost import cost_by_annotation
from proofs.leaves import HermitianLeaf, MatrixLeaf, VectorLeaf
from proofs.linear_systems.random_systems import random_system


def filtered(values, condition, m, window, form="walk"):
    """What the clock makes of eigenvalues, by the sum over its steps."""
    size = 2**m
    t = np.arange(size)
    weights = np.ones(size) / np.sqrt(size)
    if window is ClockWindow.SINE:
        weights = np.sqrt(2 / size) * np.sin(np.pi * (t + 0.5) / size)
    levels = np.cos(2 * np.pi * t / size)
    phases = np.arccos(values)
    if form == "evolution":
        levels = 4 * (t / size - (2 * t > size))
        phases = np.pi / 2 * values
    kept = abs(levels) * 2 * condition >= 1 - 1e-9
    if form == "evolution":
        kept &= 2 * t != size
    turned = np.where(kept, 1 / (2 * condition * np.where(kept, levels, 1)), 0)
    steps = np.exp(1j * np.outer(phases, t)) * weights
    return abs(np.fft.fft(steps) / np.sqrt(size)) ** 2 @ turned


@pytest.mark.parametrize("window", ClockWindow)
@pytest.mark.parametrize("shape", ["definite", "indefinite", "general"])
@pytest.mark.parametrize("size", [2, 4, pytest.param(8, marks=pytest.mark.slow)])
def test_solves(size, shape, window):
    """As the filter of the singular values; the state within the error that was asked for."""
    condition, error = 3.0, 0.1 if window is ClockWindow.SINE else 0.5
    system = random_system(shape, size, condition, 5)
    parts = Dilation.of_matrix(system.matrix), VectorDilation.of_vector(system.vector)
    bloq = PhaseEstimationSolver.of(
        *parts, condition, system.norm, error, window=window, rotation=Rotation.BITWISE
    )
    found = encoded_vector(bloq, BLOCKS)
    left, values, right = np.linalg.svd(system.matrix)
    made = filtered(values, condition, int(bloq.m), window) * (left.conj().T @ system.vector)
    wanted = right.conj().T @ made * 2 * condition / system.norm
    rounded = 2 * condition * np.pi / 2 ** int(bloq.b) / system.norm
    assert np.linalg.norm(found - wanted) <= rounded + 1e-9
    assert np.linalg.norm(found - system.direction) <= float(bloq.epsilon)
    state = found / np.linalg.norm(found)
    assert np.linalg.norm(state - system.direction) <= min(error, float(bloq.state_error))
    success = np.linalg.norm(found) ** 2 / float(bloq.alpha) ** 2
    row = plan(condition, error, system.norm, window)
    assert success == pytest.approx(row.success, rel=2 * error)


@pytest.mark.parametrize("shape", ["indefinite", "general"])
def test_evolutions(shape):
    """As the filter of the eigenvalues, but for what all evolutions together may do."""
    condition, error = 3.0, 0.2
    system = random_system(shape, 2, condition, 5)
    parts = Dilation.of_matrix(system.matrix), VectorDilation.of_vector(system.vector)
    given = {"is_proven": False, "rotation": Rotation.BITWISE}
    bloq = PhaseEstimationSolver.of(
        *parts, condition, system.norm, error, form="evolution", **given
    )
    found = encoded_vector(bloq, {**BLOCKS, **WHOLE_STEPS})
    m, row = int(bloq.m), plan(condition, error, system.norm, form="evolution", is_proven=False)
    left, values, right = np.linalg.svd(system.matrix)
    made = filtered(values, condition, m, bloq.window, "evolution") * (
        left.conj().T @ system.vector
    )
    wanted = right.conj().T @ made * 2 * condition / system.norm
    own = 2 * condition / system.norm * (np.pi / 2 ** int(bloq.b) + 4 * m**2 * bloq.evolved)
    assert np.linalg.norm(found - wanted) <= own <= error
    assert float(bloq.epsilon) == pytest.approx(own + 0.98 * error * np.sqrt(1 - error**2 / 4))
    assert np.linalg.norm(found / np.linalg.norm(found) - system.direction) <= error
    success = np.linalg.norm(found) ** 2 / float(bloq.alpha) ** 2
    assert success == pytest.approx(row.success, rel=2 * error)


@pytest.mark.parametrize("is_own", [True, False], ids=["its own inverse", "not its own"])
def test_evolutions_gate_by_gate(is_own, costs_agree, switches):
    """Every gate of a whole small inversion; what it costs, and that a control switches it."""
    leaf = HermitianLeaf(2, 0.5) if is_own else MatrixLeaf(8)
    vector = VectorLeaf(7, 1)
    block = leaf.matrix / leaf.alpha
    left, values, right = np.linalg.svd(block)
    condition = float(1 / values[-1])
    norm = float(np.linalg.norm(np.linalg.solve(block, vector.vector)))
    parts = leaf, vector, condition, norm, 3, 0.5, 6
    given = {"form": "evolution", "rotation": Rotation.BITWISE}
    bloq = PhaseEstimationSolver(*parts, evolved=1e-3, **given)
    assert Runner.of(bloq).fidelity is Fidelity.GATE_BY_GATE
    made = filtered(values, condition, 3, ClockWindow.SINE, "evolution")
    wanted = right.conj().T @ (made * (left.conj().T @ vector.vector)) * 2 * condition / norm
    own = 2 * condition / norm * (np.pi / 2**6 + 36 * 1e-3)
    assert np.linalg.norm(encoded_vector(bloq) - wanted) <= own
    small = PhaseEstimationSolver(*parts[:4], 1, 0.5, 4, evolved=0.5, **given)
    costs_agree(small)
    switches(small)


@pytest.mark.parametrize("is_own", [True, False], ids=["its own inverse", "not its own"])
def test_gate_by_gate(is_own, costs_agree):
    """Every gate of a whole small inversion, and what it costs."""
    leaf = HermitianLeaf(2, 0.5) if is_own else MatrixLeaf(8)
    vector = VectorLeaf(7, 1)
    block = leaf.matrix / leaf.alpha
    values = np.linalg.svd(block, compute_uv=False)
    condition = float(1 / values[-1])
    norm = float(np.linalg.norm(np.linalg.solve(block, vector.vector)))
    bloq = PhaseEstimationSolver(
        leaf, vector, condition, norm, 4, 0.5, 6, rotation=Rotation.BITWISE
    )
    assert Runner.of(bloq).fidelity is Fidelity.GATE_BY_GATE
    left, values, right = np.linalg.svd(block)
    made = filtered(values, condition, 4, ClockWindow.SINE) * (left.conj().T @ vector.vector)
    wanted = right.conj().T @ made * 2 * condition / norm
    found = encoded_vector(bloq)
    assert np.linalg.norm(found - wanted) <= 2 * condition * np.pi / 2**6 / norm
    costs_agree(bloq)


def test_a_control_switches_it(switches):
    bloq = PhaseEstimationSolver(
        HermitianLeaf(2, 0.5), VectorLeaf(7, 1), 3.0, 2.0, 2, 0.5, 4, rotation=Rotation.BITWISE
    )
    switches(bloq)
    half = PhaseEstimationSolver(
        MatrixLeaf(8), VectorLeaf(7, 1), 3.0, 2.0, 2, 0.5, 4, rotation=Rotation.BITWISE
    )
    switches(half)


@pytest.mark.parametrize(("is_hermitian", "calls"), [(True, 1), (False, 2)])
@pytest.mark.parametrize("window", ClockWindow)
@pytest.mark.parametrize("form", ["walk", "evolution"])
def test_calls(is_hermitian, calls, window, form):
    """Those of its row, however large; one of the right-hand side."""
    parts = MatrixOracle(30, 2, is_hermitian=is_hermitian), VectorOracle(30, 0)
    for condition, error in ((1, 0.3), (20, 1e-2), (1e6, 1e-6)):
        bloq = PhaseEstimationSolver.of(*parts, condition, 1.0, error, window=window, form=form)
        row = plan(condition, error, 1.0, window, form, calls_a_step=calls)
        for form in (bloq, bloq.controlled()):
            cost = cost_by_annotation(form)
            assert cost.queries == {"matrix": row.matrix_calls, "vector": 1}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"m": 0}, "at least one bit, got m=0"),
        ({"b": 3}, "at least 4 bits of angle, got b=3"),
        ({"error": -0.1}, "error >= 0"),
        ({"condition": 0.5}, r"kappa = alpha \|A\^-1\| >= 1, got 0.5"),
        ({"norm": 9.0}, "<= kappa = 4, got 9"),
        ({"encoding": MatrixOracle(2, 0)}, "has no ancilla"),
        ({"form": "evolution"}, "epsilon"),
    ],
)
def test_refusals(change, message):
    given = {
        "encoding": MatrixOracle(2, 1),
        "vector": VectorOracle(2, 0),
        "condition": 4,
        "norm": 2,
        "m": 4,
        "error": 0.1,
        "b": 6,
    }
    with pytest.raises(ValueError, match=message):
        PhaseEstimationSolver(**(given | change))
