"""The circuit of one shot: outputs, measurements between layers, and the measured ring."""

import cirq
import numpy as np
import pytest

from bloqs.contrastive.circuits.representation_circuit import RepresentationCircuit
from bloqs.contrastive.model.ansatz_parts import KINDS, angles_of
from bloqs.contrastive.model.gate_order import gate_order
from estimator.costs.circuit import circuit_of
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from proofs.contrastive.plain_run import probabilities


def numbers(kind, width, layers, rng):
    inputs = rng.uniform(0, np.pi, width)
    return inputs, rng.uniform(-np.pi, np.pi, int(angles_of(kind, width, layers)))


def density_outputs(circuit):
    """Mean of Z of every qubit, measurements along the way as dephasing, by Cirq."""
    operations = []
    for op in circuit.operations:
        if isinstance(op.gate, cirq.MeasurementGate):
            operations.append(cirq.phase_damp(1)(op.qubits[0]))
        else:
            operations.append(op)
    simulator = cirq.DensityMatrixSimulator(dtype=np.complex128)
    final = simulator.simulate(cirq.Circuit(operations), qubit_order=circuit.inputs)
    chances = np.real(np.diag(final.final_density_matrix))
    width = len(circuit.inputs)
    return np.array([chances @ (1 - 2 * (np.arange(2**width) >> width - 1 - k & 1))
                     for k in range(width)])  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_outputs_to_ten_digits(kind, rng):
    """Gate by gate in plain NumPy, and by Cirq's density matrices."""
    width, layers = 4, 2
    inputs, angles = numbers(kind, width, layers, rng)
    joint = probabilities(gate_order(kind, width, layers), width, inputs, angles)
    signs = [1 - 2 * (np.arange(2**width) >> width - 1 - k & 1) for k in range(width)]
    bloq = RepresentationCircuit(kind, width, layers, inputs, angles)
    np.testing.assert_allclose(density_outputs(circuit_of(bloq)), signs @ joint, atol=1e-10)


def test_measurements_between_layers_change_outputs_and_add_measurements(rng):
    """floor(W/2) of them after each layer but the last, on qubits 0, 2, 4 and so on."""
    inputs, angles = numbers("ring", 5, 2, rng)
    plain, half = (
        RepresentationCircuit("ring", 5, 2, inputs, angles, is_half_measured=each)
        for each in (False, True)
    )
    assert cost_by_annotation(half) == cost_by_counting(half)
    assert cost_by_annotation(half).measurements == 7
    gates = circuit_of(half).operations
    measured = [op.qubits[0] for op in gates if isinstance(op.gate, cirq.MeasurementGate)]
    assert len(measured) == 7
    assert measured[0] == measured[2]
    assert measured[1] == measured[4]
    gap = density_outputs(circuit_of(plain)) - density_outputs(circuit_of(half))
    assert np.abs(gap).max() > 1e-3


def test_the_measured_form_has_fewer_gates():
    """18 CNOTs and 49 rotations at the published size, by counting."""
    for angles in ((), (0.5,) * 32):
        bloq = RepresentationCircuit("ring", 8, 2, angles=angles, form="measured")
        cost = cost_by_counting(bloq)
        assert (cost.cnots, cost.rotations, cost.measurements, cost.qubits) == (18, 49, 8, 8)
        assert cost_by_annotation(bloq) == cost
        assert cost_by_annotation(bloq).cnots == 18


@pytest.mark.parametrize("angle", [0.0, np.pi / 2, np.pi])
@pytest.mark.parametrize("form", [{}, {"form": "measured"}, {"is_half_measured": True}])
def test_cost_does_not_look_at_inputs_and_angles(angle, form):
    """At angles at which a turn is a Clifford gate too: as stated, as counted, as without any."""
    open_ = RepresentationCircuit("ring", 4, 2, **form)
    bloq = RepresentationCircuit("ring", 4, 2, (angle,) * 4, (angle,) * 16, **form)
    stated, counted = cost_by_annotation(bloq), cost_by_counting(bloq)
    assert stated == counted == cost_by_annotation(open_)
    assert stated.cnots == counted.cnots == cost_by_annotation(open_).cnots > 0


def test_shots_of_the_measured_form_are_drawn_by_cirq():
    """Bits that decide turns: with turns by pi, the ring copies the input around, deterministic."""
    angles = (0.0,) * 3 + (np.pi,) * 3
    bloq = RepresentationCircuit("ring", 3, 1, (np.pi, 0.0, 0.0), angles, form="measured")
    run = cirq.Simulator(seed=0).run(cirq.Circuit(circuit_of(bloq).operations), repetitions=20)
    bits = [set(run.measurements[f"outcome {k}"].ravel()) for k in range(3)]
    assert bits == [{0}, {1}, {1}]


@pytest.mark.parametrize(
    ("arguments", "options", "says"),
    [
        (("19", 3, 1), {"form": "measured"}, "only the ring has a measured form"),
        (("13", 3, 1), {}, "does not exist at W=3"),
        (("ring", 3, 1, (0.1,)), {}, "InputLayer needs 3 angles, got 1"),
    ],
)
def test_refused(arguments, options, says):
    with pytest.raises(ValueError, match=says):
        RepresentationCircuit(*arguments, **options)


@pytest.mark.parametrize("what", ["inverse", "control"])
def test_what_measures_has_no_inverse_and_no_control(what):
    bloq = RepresentationCircuit("ring", 2, 1)
    with pytest.raises(ValueError, match=f"measures, so it has no {what}"):
        bloq.adjoint() if what == "inverse" else bloq.controlled()
