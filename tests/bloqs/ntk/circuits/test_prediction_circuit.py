"""Predictions from end to end: the golden instance through every solver, and images of digits."""

import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.linear_systems.answers.runs import RUNS, Perturbation, Running
from bloqs.linear_systems.answers.simulate import BLOCKS, error_of, runner_of, state_of
from bloqs.linear_systems.answers.solvers import ESTIMATIONS
from bloqs.linear_systems.circuits.hhl_solver import PhaseEstimationSolver
from bloqs.linear_systems.circuits.transform_solver import TransformSolver
from bloqs.linear_systems.model.window import Window
from bloqs.ntk.circuits.class_signs import ClassSigns, labels_vector
from bloqs.ntk.circuits.masked_kernel import masked_kernel
from bloqs.ntk.circuits.prediction_circuit import PredictionCircuit, Reading
from bloqs.ntk.circuits.tabulated_kernel import TabulatedKernel
from bloqs.ntk.model.readout import Overlap, clip
from bloqs.ntk.model.shots import hadamard_shots
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.runner import Runner, encoded_vector
from bloqs.simulation.stand_in import Fidelity
from estimator.costs.cost import cost_by_annotation, cost_by_counting

KIND = QROMLoader(), Rotation.BITWISE


def running(system, error, alpha=None):
    """The padded system with its matrix dilated and its labels prepared by gates."""
    matrix = system.padded
    alpha = alpha or system.alpha("weighted")
    labels = system.places.vector(system.labels)
    rhs = labels / np.linalg.norm(labels)
    values = np.abs(np.linalg.eigvalsh(matrix)) / alpha
    kappa = float(1 / values.min()) * (1 + 1e-9)
    norm = float(np.linalg.norm(np.linalg.solve(matrix / alpha, rhs)))
    rest = matrix - np.eye(len(matrix))
    strength = float(np.linalg.norm(rest, 2)) * (1 + 1e-9)
    return Running(
        encoding=Dilation.of_matrix(matrix, alpha),
        vector=labels_vector(labels, 12, *KIND),
        condition=kappa,
        norm=norm,
        error=error,
        matrix=matrix / alpha,
        rhs=rhs,
        window=Window(1 / kappa, float(values.max()) * (1 + 1e-9)),
        perturbation=lambda: Perturbation(
            Dilation.of_matrix(rest, strength), strength, norm / alpha
        ),
    )


def outcomes(circuit, blocks=None):
    """Probabilities of +1, -1 and 0 of a run, flags first."""
    runner = Runner.of(circuit, BLOCKS if blocks is None else blocks)
    rows, found = 2 ** int(circuit.kernel.system_bitsize), runner.run(0)
    state = found.reshape(rows, -1, 2)[:, 0]
    plus, minus = (np.linalg.norm(state[:, probe]) ** 2 for probe in (0, 1))
    return np.array([plus, minus, 1 - plus - minus]), runner


def means(kernel, solution, o):
    """Mean and second moment by the numbers that the parts claim."""
    p, q = float(kernel.alpha) ** -2, float(solution.alpha) ** -2
    return o * np.sqrt(p * q), (p + q) / 2


SLOW = {"hhl-walk-uniform", "hhl-evolution", "hhl-evolution-uniform"}
"""A clock of ten bits."""


@pytest.mark.parametrize(
    "name", [pytest.param(x, marks=pytest.mark.slow) if x in SLOW else x for x in RUNS]
)
def test_golden_instance_through_every_solver(golden, name):
    """The state within the error asked for; read out, the printed overlap."""
    system, k = golden(16)
    run = RUNS[name](running(system, 0.1 if name in ESTIMATIONS else 1e-2))
    wanted = system.solution / np.linalg.norm(system.solution)
    states = [state_of(runner_of(each, "dilated"), each) for each in run.attempts]
    assert error_of(states, wanted) <= run.allowed
    likely = sum(np.linalg.norm(state) ** 2 for state in states)
    values = sum(np.linalg.norm(state) ** 2 * (k @ state / np.linalg.norm(state)).real
                 * np.sign((wanted @ state).real) for state in states) / likely  # fmt: skip
    assert values / np.linalg.norm(k) == pytest.approx(
        0.48864, abs=0.05 if name in ESTIMATIONS else 5e-3
    )
    assert values * np.linalg.norm(system.solution) > 0


@pytest.mark.parametrize("name", ["qsvt-relative", "shortcut", "window"])
@pytest.mark.parametrize("depth", [16, 24])
def test_read_out_of_the_golden_instance(golden, name, depth):
    """Kernel vector, solver and flagged test in one circuit: mean, square and sign."""
    system, k = golden(depth)
    solver = RUNS[name](running(system, 1e-2)).bloq
    kernel = TabulatedKernel.of(k, 12, *KIND)
    o = Overlap.of(k, system.solution).overlap
    found, runner = outcomes(PredictionCircuit(kernel, solver, o))
    assert runner.fidelity is Fidelity.DILATED
    mean, square = means(kernel, solver, o)
    assert found[0] - found[1] == pytest.approx(mean, abs=2e-2 * np.sqrt(square))
    assert found[0] + found[1] == pytest.approx(square, rel=5e-2)
    assert found[0] > found[1]
    backwards, _ = outcomes(PredictionCircuit(kernel, solver, o, is_difference=True))
    np.testing.assert_allclose(backwards[:2], found[1::-1], atol=1e-9)


def test_gate_by_gate(golden):
    """Every gate of the golden instance: loading, matchings, three steps of inversion, read-out."""
    system, k = golden(16)
    encoding = masked_kernel(system, "weighted", 5, *KIND)
    kappa = float(encoding.alpha) / system.smallest
    solution = system.solution / np.linalg.norm(system.labels)
    norm = float(encoding.alpha) * float(np.linalg.norm(solution))
    solver = TransformSolver.of(encoding, ClassSigns(3), kappa, norm, 0.1)
    assert solver.degree == 3
    kernel = TabulatedKernel.of(k, 5, *KIND)
    o = Overlap.of(k, system.solution).overlap
    bloq = PredictionCircuit(kernel, solver, o)
    found, runner = outcomes(bloq, blocks={})
    assert runner.fidelity is Fidelity.GATE_BY_GATE
    mean, square = means(kernel, solver, o)
    assert found[0] - found[1] == pytest.approx(mean, abs=0.25 * mean)
    assert found[0] + found[1] == pytest.approx(square, rel=0.25)
    assert cost_by_annotation(bloq) == cost_by_counting(bloq)


def test_phases_of_the_walk_by_a_clock_of_six_bits(golden):
    """The state error and the success that were found by multiplying matrices."""
    system, _ = golden(16)
    given = running(system, 1e-2)
    bloq = PhaseEstimationSolver(*given.parts, 6, 1e-2, 18, rotation=Rotation.BITWISE)
    found = encoded_vector(bloq, BLOCKS)
    wanted = system.solution / np.linalg.norm(system.solution)
    state = found / np.linalg.norm(found)
    assert np.linalg.norm(state - wanted) == pytest.approx(2.4e-5, abs=0.8e-5)
    success = (np.linalg.norm(found) / float(bloq.alpha)) ** 2
    assert success == pytest.approx(0.133, abs=5e-4)


@pytest.mark.parametrize("n", [8, 16])
def test_digits_end_to_end(digits, n):
    """Images masked at random, encoded block by block, inverted, read out: the kernel's signs."""
    system, values = digits(n, 6)
    encoding = masked_kernel(system, "weighted", 12, *KIND)
    whole = Dilation.of(encoding, BLOCKS)
    given = running(system, 5e-3, float(encoding.alpha))
    solver = TransformSolver.of(
        whole, given.vector, given.condition * (1 + 1e-3), given.norm, given.error
    )
    for k in values:
        padded = system.places.vector(clip(k, float(np.abs(k).max())))
        kernel = TabulatedKernel.of(padded, 12, *KIND)
        o = Overlap.of(padded, system.places.vector(system.solution)).overlap
        found, _ = outcomes(PredictionCircuit(kernel, solver, o))
        mean, square = means(kernel, solver, o)
        assert found[0] - found[1] == pytest.approx(mean, abs=2e-2 * np.sqrt(square))
        assert (found[0] > found[1]) == (k @ system.solution > 0)


@pytest.mark.parametrize("failure", [0.05, 0.2])
def test_read_outs_fail_as_often_as_is_said(golden, failure):
    """Outcomes drawn from the circuit's probabilities, 20,000 times over."""
    system, k = golden(24)
    given = running(system, 1e-2)
    solver = TransformSolver.of(*given.parts, 1e-2)
    kernel = TabulatedKernel.of(k, 12, *KIND)
    o = Overlap.of(k, system.solution).overlap
    found, _ = outcomes(PredictionCircuit(kernel, solver, o))
    shots = hadamard_shots(o, float(kernel.alpha) ** -2, float(solver.alpha) ** -2, failure)
    rng = np.random.default_rng(5)

    def failing(shots):
        drawn = rng.multinomial(shots, found / found.sum(), 20_000)
        return float(np.mean(drawn[:, 0] <= drawn[:, 1]))

    assert failing(shots) <= failure
    assert failing(shots // 4) > failure


@pytest.mark.parametrize("reading", Reading)
def test_calls_of_what_it_holds(reading):
    """One of kernel, labels and their matrix a run; of a clock of m bits 2**(m + 1) - 1."""
    matrix, labels = MatrixOracle(4, 2), VectorOracle(4, 0)
    solver = TransformSolver(matrix, labels, 3.0, 2.0, (0.1,) * 8, 7, 4.0, 0.1)
    kernel = TabulatedKernel.of(np.linspace(-1, 1, 16), 6, *KIND)
    times = 2**4 - 1 if reading is Reading.AMPLITUDE else 1
    bloq = PredictionCircuit(kernel, solver, 0.4, reading, m=3)
    for form in (bloq, bloq.adjoint(), bloq.controlled()):
        assert cost_by_annotation(form).queries == {"matrix": 7 * times, "vector": times}


def test_costs_agree(costs_agree):
    for reading in Reading:
        kernel = TabulatedKernel.of(np.array([1.0, -0.5]), 4, *KIND)
        costs_agree(PredictionCircuit(kernel, ClassSigns(1), 0.5, reading))
