"""The engine beside circuits gate by gate, beside Cirq, and by what shots must obey."""

import cirq
import numpy as np
import pytest

from bloqs.contrastive.circuits.representation_circuit import RepresentationCircuit
from bloqs.contrastive.model.ansatz_parts import KINDS
from bloqs.contrastive.model.batched_engine import Engine, signs
from bloqs.contrastive.parameters import NOT_AT_THREE
from estimator.costs.circuit import circuit_of
from estimator.statistics.frequencies import chi_square_p_value

RANDOM = np.random.default_rng(3)


def setting(kind, width=4, layers=2, samples=3, **options):
    engine = Engine(kind=kind, width=width, layers=layers, **options)
    inputs = RANDOM.uniform(0, np.pi, (samples, width))
    return engine, inputs, RANDOM.uniform(-np.pi, np.pi, engine.angles)


def written_out(kind, width, layers, inputs, angles):
    """The published lists of gates, written here once more, on Cirq's own gates."""
    q = cirq.LineQubit.range(width)
    left = iter(angles)
    crx = lambda c, t: cirq.rx(next(left)).controlled().on(q[c], q[t])  # noqa: E731
    crz = lambda c, t: cirq.rz(next(left)).controlled().on(q[c], q[t])  # noqa: E731
    cx = lambda c, t: cirq.CNOT(q[c], q[t])  # noqa: E731
    turns = lambda gate: [gate(next(left))(each) for each in q]  # noqa: E731

    def generated(first, second, angle):
        return cirq.PauliString({first[0]: first[1], second[0]: second[1]}), angle

    gates = [cirq.rx(x)(each) for x, each in zip(inputs, q, strict=True)]
    if kind in ("all-to-all", "line"):
        gates += turns(cirq.ry)
    for _ in range(layers):
        if kind in ("ring", "13_half"):
            gates += turns(cirq.ry)
            gate = crx if kind == "ring" else crz
            gates += [gate(i, (i + 1) % width) for i in range(width)]
        elif kind in ("13", "14", "15"):
            gate = {"13": crz, "14": crx, "15": cx}[kind]
            gates += turns(cirq.ry)
            gates += [gate(i, (i + 1) % width) for i in range(width - 1, -1, -1)]
            gates += turns(cirq.ry)
            controls = [(i + width - 1) % width for i in range(width)]
            gates += [gate(c, (c + 3) % width) for c in controls]
        elif kind == "19":
            gates += turns(cirq.rx) + turns(cirq.rz)
            gates += [crx(width - 1, 0)] + [crx(i - 1, i) for i in range(width - 1, 0, -1)]
        elif kind == "all-to-all":
            gates += [cx(i, j) for i in range(width) for j in range(i + 1, width)]
            gates += turns(cirq.ry)
        elif kind == "line":
            gates += [cx(i, i + 1) for i in range(width - 2, -1, -1)] + turns(cirq.ry)
        elif kind == "alternating":
            pairs = [(i, i + 1) for i in range(0, width - 1, 2)]
            pairs += [(i, (i + 1) % width) for i in range(1, width - width % 2, 2)]
            for c, t in pairs:
                gates += [cirq.ry(next(left))(q[c]), cirq.ry(next(left))(q[t]), cx(c, t)]
                gates += [cirq.rz(next(left))(q[c]), cirq.rz(next(left))(q[t])]
        else:
            for first in (cirq.X, cirq.Z):
                for i in range(width - 1):
                    word = cirq.PauliString({q[-1]: first, q[i]: cirq.X})
                    gates.append(cirq.PauliStringPhasor(word, exponent_neg=next(left) / np.pi))
    assert next(left, None) is None
    state = cirq.Circuit(gates).final_state_vector(qubit_order=q, dtype=np.complex128)
    return [
        cirq.Z(each).expectation_from_state_vector(
            state, {each: k for k, each in enumerate(q)}, check_preconditions=False
        ).real
        for each in q
    ]  # fmt: skip


def fused_outputs(engine, inputs, angles):
    """By one product with the whole ansatz as a matrix, of its layers."""
    final = engine.product_states(inputs).T
    for unitary in engine.layer_unitaries(angles):
        final = unitary @ final
    return (np.abs(final) ** 2).T @ signs(engine.width)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [2, 4, 5])
def test_outputs_are_those_of_cirq(kind, width):
    if width == 2 and kind in NOT_AT_THREE:
        width = 6
    engine, inputs, angles = setting(kind, width)
    wanted = [written_out(kind, width, 2, row, angles) for row in inputs]
    assert engine.outputs(inputs, angles) == pytest.approx(np.array(wanted), abs=1e-10)
    single = Engine(kind=kind, width=width, layers=2, is_single=True)
    assert single.outputs(inputs, angles) == pytest.approx(np.array(wanted), abs=2e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_outputs_are_those_of_the_bloq(kind):
    engine, inputs, angles = setting(kind, samples=1)
    bloq = RepresentationCircuit(kind, 4, 2, tuple(inputs[0]), tuple(angles))
    circuit = circuit_of(bloq)
    operations = [op for op in circuit.operations if not cirq.is_measurement(op)]
    state = cirq.Circuit(operations).final_state_vector(
        qubit_order=circuit.inputs, dtype=np.complex128
    )
    found = engine.probabilities(inputs, angles)[0]
    assert found == pytest.approx(np.abs(state) ** 2, abs=1e-10)


def test_qubit_zero_is_the_first_output_and_the_most_significant_bit():
    engine = Engine(kind="line", width=3, layers=1)
    inputs, angles = np.array([[np.pi, 0.0, 0.0]]), np.zeros(engine.angles)
    assert engine.outputs(inputs, angles)[0] == pytest.approx([-1, -1, 1])
    drawn = engine.strings(inputs, angles, 5, np.random.default_rng(0))
    assert (drawn == 0b110).all()


def test_many_samples_do_not_depend_on_each_other():
    engine, inputs, angles = setting("ring", 6, samples=150)
    together = engine.outputs(inputs, angles)
    assert together[[0, 70, 149]] == pytest.approx(engine.outputs(inputs[[0, 70, 149]], angles))
    assert together == pytest.approx(fused_outputs(engine, inputs, angles), abs=1e-12)


def test_measurements_between_layers_against_a_density_matrix():
    engine, inputs, angles = setting("ring", 4, 3, samples=2, is_half_measured=True)
    for row, means, chances in zip(
        inputs, engine.outputs(inputs, angles), engine.probabilities(inputs, angles), strict=True
    ):
        bloq = RepresentationCircuit("ring", 4, 3, tuple(row), tuple(angles), is_half_measured=True)
        circuit = circuit_of(bloq)
        operations = [
            op if not cirq.is_measurement(op) else cirq.phase_damp(1).on(*op.qubits)
            for op in circuit.operations
        ]
        rho = cirq.DensityMatrixSimulator(dtype=np.complex128).simulate(
            cirq.Circuit(operations), qubit_order=circuit.inputs
        ).final_density_matrix  # fmt: skip
        assert chances == pytest.approx(np.diag(rho).real, abs=1e-10)
        bits = np.arange(16)[:, None] >> np.arange(4)[::-1] & 1
        assert means == pytest.approx(np.diag(rho).real @ (1 - 2 * bits), abs=1e-10)


@pytest.mark.parametrize("is_half_measured", [False, True])
def test_strings_have_the_joint_distribution(is_half_measured):
    engine, inputs, angles = setting(
        "all-to-all", 4, 2, samples=2, is_half_measured=is_half_measured
    )
    drawn = engine.strings(inputs, angles, 40_000, np.random.default_rng(7))
    for strings, chances in zip(drawn, engine.probabilities(inputs, angles), strict=True):
        counts = np.bincount(strings, minlength=16)
        assert chi_square_p_value(counts, chances) > 1e-4
    separate = np.array([np.bincount(each, minlength=16) for each in drawn])
    bits = np.arange(16)[:, None] >> np.arange(4)[::-1] & 1
    chances = engine.probabilities(inputs, angles)
    marginal = np.prod(
        np.where(bits[None], (chances @ bits)[:, None], 1 - (chances @ bits)[:, None]), axis=2
    )
    assert min(map(chi_square_p_value, separate, marginal)) < 1e-9  # qubits are not independent


def test_sampled_outputs_are_unbiased_with_the_variance_of_a_coin():
    engine, inputs, angles = setting("ring", 4, 1, samples=1)
    shots, repeats = 50, 20_000
    found = engine.sampled(np.repeat(inputs, repeats, 0), angles, shots, np.random.default_rng(1))
    exact = engine.outputs(inputs, angles)[0]
    wanted = (1 - exact**2) / shots
    assert np.abs(found.mean(0) - exact).max() < 5 * np.sqrt(wanted.max() / repeats)
    assert found.var(0) == pytest.approx(wanted, rel=0.05)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "ladder"}, "an ansatz is one of"),
        ({"width": 1}, "at least 2 qubits"),
        ({"kind": "13", "width": 3}, "3"),
        ({"layers": 0}, "at least one layer"),
        ({"width": 40}, r"states of 40 qubits need 1.4e\+05 GiB|need 1.311e\+05 GiB"),
    ],
)
def test_refuses_what_does_not_exist_or_fit(change, message):
    with pytest.raises(ValueError, match=message):
        Engine(**{"kind": "ring", "width": 4, "layers": 1, **change})


def test_matrices_and_branches_must_fit():
    engine, inputs, angles = setting("ring", 12, 1, samples=1, memory=2**26)
    with pytest.raises(ValueError, match=r"matrices of 12 qubits need 0.75 GiB"):
        engine.layer_unitaries(angles)
    engine, inputs, angles = setting("ring", 8, 8, samples=1, memory=2**30, is_half_measured=True)
    with pytest.raises(ValueError, match="branches of states of 8 qubits need"):
        engine.strings(inputs, angles, 10, np.random.default_rng(0))


@pytest.mark.parametrize(
    ("inputs", "angles", "message"),
    [
        (np.zeros((2, 3)), np.zeros(8), r"inputs need shape \(samples, 4\), got \(2, 3\)"),
        (np.zeros((2, 4)), np.zeros(7), "needs 8 angles"),
        (np.full((2, 4), np.nan), np.zeros(8), "inputs must be finite, got nan"),
        (np.zeros((2, 4)), np.full(8, np.inf), "angles must be finite, got inf"),
    ],
)
def test_refuses_bad_numbers(inputs, angles, message):
    with pytest.raises(ValueError, match=message):
        Engine(kind="ring", width=4, layers=1).outputs(inputs, angles)


@pytest.mark.parametrize("shots", [0, -3, 1.5])
def test_refuses_shots_that_are_none(shots):
    engine, inputs, angles = setting("ring")
    with pytest.raises(ValueError, match="shots must be a whole number from 1 on"):
        engine.strings(inputs, angles, shots, RANDOM)
