"""Gates of OpenQASM: what each does, by matrices written down here, and what it costs, by hand."""

import cirq
import numpy as np
import pytest
from qualtran.bloqs.mcmt import And

from estimator.costs.circuit import circuit_of
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.costs.gate_sets import is_countable
from estimator.exchange.elementary import eighths
from estimator.exchange.qasm_reader import read_text
from estimator.exchange.translation import translated

A, B, C = 0.3, 1.1, -0.7
PI = np.pi
P0, P1 = np.diag([1, 0]), np.diag([0, 1])
PAULI = {"x": np.array([[0, 1], [1, 0]]), "y": np.array([[0, -1j], [1j, 0]]), "z": np.diag([1, -1])}
HADAMARD = np.array([[1, 1], [1, -1]]) / np.sqrt(2)


def u3(theta, phi, lmda):
    """The matrix that OpenQASM 2 prints for `u3`."""
    c, s = np.cos(theta / 2), np.sin(theta / 2)
    return np.array(
        [[c, -np.exp(1j * lmda) * s], [np.exp(1j * phi) * s, np.exp(1j * (phi + lmda)) * c]]
    )


def turn(axis, angle):
    return np.cos(angle / 2) * np.eye(2) - 1j * np.sin(angle / 2) * PAULI[axis]


def phase(angle):
    return np.diag([1, np.exp(1j * angle)])


def root(matrix):
    """The square root of X, with eigenvalues 1 and i."""
    return HADAMARD @ phase(PI / 2) @ HADAMARD


def under(matrix, controls=1):
    whole = np.eye(2 ** (controls + 1), dtype=complex)
    whole[-2:, -2:] = matrix
    return whole


def pair(axis, angle):
    both = np.kron(PAULI[axis], PAULI[axis])
    return np.cos(angle / 2) * np.eye(4) - 1j * np.sin(angle / 2) * both


def swap(controls=0):
    whole = np.eye(2 ** (controls + 2))
    whole[[-3, -2]] = whole[[-2, -3]]
    return whole


MARGOLUS = np.eye(8, dtype=complex)
MARGOLUS[5, 5], MARGOLUS[6:, 6:] = -1, [[0, -1j], [1j, 0]]

ISWAP = np.array([[1, 0, 0, 0], [0, 0, 1j, 0], [0, 1j, 0, 0], [0, 0, 0, 1]])

GATES = [  # statement, matrix, T, rotations, CNOT, Toffoli and AND, CSWAP
    ("x a[0];", PAULI["x"], 0, 0, 0, 0, 0),
    ("y a[0];", PAULI["y"], 0, 0, 0, 0, 0),
    ("z a[0];", PAULI["z"], 0, 0, 0, 0, 0),
    ("h a[0];", HADAMARD, 0, 0, 0, 0, 0),
    ("id a[0];", np.eye(2), 0, 0, 0, 0, 0),
    ("u0(1) a[0];", np.eye(2), 0, 0, 0, 0, 0),
    ("s a[0];", phase(PI / 2), 0, 0, 0, 0, 0),
    ("sdg a[0];", phase(-PI / 2), 0, 0, 0, 0, 0),
    ("t a[0];", phase(PI / 4), 1, 0, 0, 0, 0),
    ("tdg a[0];", phase(-PI / 4), 1, 0, 0, 0, 0),
    ("sx a[0];", root(PAULI["x"]), 0, 0, 0, 0, 0),
    ("sxdg a[0];", root(PAULI["x"]).conj(), 0, 0, 0, 0, 0),
    *(
        (f"r{axis}({angle}) a[0];", turn(axis, value), t, rotations, 0, 0, 0)
        for axis in "xyz"
        for angle, value, t, rotations in [
            ("0", 0, 0, 0),
            ("pi/4", PI / 4, 1, 0),
            ("pi/2", PI / 2, 0, 0),
            ("3*pi/4", 3 * PI / 4, 1, 0),
            ("pi", PI, 0, 0),
            ("-3*pi/4", -3 * PI / 4, 1, 0),
            ("-pi/2", -PI / 2, 0, 0),
            ("9*pi/4", 9 * PI / 4, 1, 0),
            ("0.3", A, 0, 1),
            ("pi/8", PI / 8, 0, 1),
            ("pi/4 + 1e-6", PI / 4 + 1e-6, 0, 1),
        ]
    ),
    ("u1(0.3) a[0];", phase(A), 0, 1, 0, 0, 0),
    ("u1(pi/4) a[0];", phase(PI / 4), 1, 0, 0, 0, 0),
    ("p(-pi/4) a[0];", phase(-PI / 4), 1, 0, 0, 0, 0),
    ("u2(0.3, 1.1) a[0];", u3(PI / 2, A, B), 0, 2, 0, 0, 0),
    ("u2(0, pi) a[0];", HADAMARD, 0, 0, 0, 0, 0),
    ("u3(0.3, 1.1, -0.7) a[0];", u3(A, B, C), 0, 3, 0, 0, 0),
    ("U(pi/4, pi/2, -0.7) a[0];", u3(PI / 4, PI / 2, C), 1, 1, 0, 0, 0),
    ("u3(0, 1.1, -0.7) a[0];", u3(0, B, C), 0, 1, 0, 0, 0),
    ("u3(pi, 1.1, -0.7) a[0];", u3(PI, B, C), 0, 1, 0, 0, 0),
    ("r(0.3, 1.1) a[0];", u3(A, B - PI / 2, PI / 2 - B), 0, 3, 0, 0, 0),
    ("cx a[0], a[1];", under(PAULI["x"]), 0, 0, 1, 0, 0),
    ("CX a[0], a[1];", under(PAULI["x"]), 0, 0, 1, 0, 0),
    ("cy a[0], a[1];", under(PAULI["y"]), 0, 0, 0, 0, 0),
    ("cz a[0], a[1];", under(PAULI["z"]), 0, 0, 0, 0, 0),
    ("ch a[0], a[1];", under(HADAMARD), 2, 0, 1, 0, 0),
    ("swap a[0], a[1];", swap(), 0, 0, 0, 0, 0),
    ("iswap a[0], a[1];", ISWAP, 0, 0, 2, 0, 0),
    ("csx a[0], a[1];", under(root(PAULI["x"])), 3, 0, 2, 0, 0),
    ("crx(0.3) a[0], a[1];", under(turn("x", A)), 0, 2, 2, 0, 0),
    ("cry(0.3) a[0], a[1];", under(turn("y", A)), 0, 2, 2, 0, 0),
    ("crz(0.3) a[0], a[1];", under(turn("z", A)), 0, 2, 2, 0, 0),
    ("crz(pi/2) a[0], a[1];", under(turn("z", PI / 2)), 2, 0, 2, 0, 0),
    ("crz(pi) a[0], a[1];", under(turn("z", PI)), 0, 0, 2, 0, 0),
    ("crx(2*pi) a[0], a[1];", under(-np.eye(2)), 0, 0, 2, 0, 0),
    ("cry(4*pi) a[0], a[1];", np.eye(4), 0, 0, 0, 0, 0),
    ("cp(0.3) a[0], a[1];", under(phase(A)), 0, 3, 2, 0, 0),
    ("cu1(0.3) a[0], a[1];", under(phase(A)), 0, 3, 2, 0, 0),
    ("cu1(pi/2) a[0], a[1];", under(phase(PI / 2)), 3, 0, 2, 0, 0),
    ("cu1(pi) a[0], a[1];", under(phase(PI)), 0, 0, 0, 0, 0),
    ("cu3(0.3, 1.1, -0.7) a[0], a[1];", under(u3(A, B, C)), 0, 6, 2, 0, 0),
    ("rxx(0.3) a[0], a[1];", pair("x", A), 0, 1, 2, 0, 0),
    ("ryy(0.3) a[0], a[1];", pair("y", A), 0, 1, 2, 0, 0),
    ("rzz(pi/4) a[0], a[1];", pair("z", PI / 4), 1, 0, 2, 0, 0),
    ("ccx a[0], a[1], a[2];", under(PAULI["x"], 2), 0, 0, 0, 1, 0),
    ("cswap a[0], a[1], a[2];", swap(1), 0, 0, 0, 0, 1),
    ("rccx a[0], a[1], a[2];", MARGOLUS, 4, 0, 3, 0, 0),
    ("c3x a[0], a[1], a[2], a[3];", under(PAULI["x"], 3), 0, 0, 0, 2, 0),
    ("c4x a[0], a[1], a[2], a[3], a[4];", under(PAULI["x"], 4), 0, 0, 0, 3, 0),
    ("c3sqrtx a[0], a[1], a[2], a[3];", under(root(PAULI["x"]), 3), 3, 0, 2, 2, 0),
]


def bloq_of(statement, qubits):
    text = f'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg a[{qubits}];\n{statement}\n'
    return translated(read_text(text), "gate")[0]


def matrix_of(bloq, qubits):
    """What the elementary gates of the bloq do, one after another; work qubits begin in zero."""
    circuit = circuit_of(bloq, is_countable)
    order = [*circuit.inputs, *circuit.work]
    state = np.eye(2 ** len(order), 2**qubits, dtype=complex)
    if circuit.work:
        state = np.kron(np.eye(2**qubits), np.eye(2 ** len(circuit.work), 1))
    for each in circuit.placed:
        gate = cirq.CCNOT if isinstance(each.gate, And) else each.gate
        tensor = cirq.unitary(gate).reshape((2,) * (2 * len(each.qubits)))
        axes = [order.index(qubit) for qubit in each.qubits]
        shaped = state.reshape((2,) * len(order) + (-1,))
        moved = np.tensordot(tensor, shaped, (range(len(axes), 2 * len(axes)), axes))
        state = np.moveaxis(moved, range(len(axes)), axes).reshape(state.shape)
    assert list(circuit.outputs) == list(circuit.inputs)
    return state.reshape(2**qubits, -1, 2**qubits)


@pytest.mark.parametrize("row", GATES, ids=[row[0] for row in GATES])
def test_a_gate_is_what_openqasm_says_and_costs_what_it_takes(row):
    statement, wanted, t, rotations, cnots, toffolis, cswaps = row
    qubits = len(wanted).bit_length() - 1
    bloq = bloq_of(statement, qubits)
    found = matrix_of(bloq, qubits)
    assert np.allclose(found[:, 1:], 0)
    overlap = np.trace(found[:, 0].conj().T @ wanted) / 2**qubits
    assert abs(overlap) == pytest.approx(1, abs=1e-9)
    for cost in (cost_by_annotation(bloq), cost_by_counting(bloq)):
        numbers = (cost.t, cost.rotations, cost.cnots, cost.toffoli, cost.cswap)
        assert numbers == (t, rotations, cnots, toffolis, cswaps)
        assert cost.measurements == (toffolis - 1 if "c3x" in statement or "c4x" in statement
                                     else 2 if "c3sqrtx" in statement else 0)  # fmt: skip


def test_rc3x_is_cirqs_and_eight_t():
    """The matrix has 16 rows; the one that Cirq's reader has is taken."""
    text = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg a[4];\nrc3x a[0], a[1], a[2], a[3];\n'
    read = read_text(text)
    bloq = translated(read, "gate")[0]
    found = matrix_of(bloq, 4)[:, 0]
    wanted = cirq.unitary(read.operations[0])
    assert abs(np.trace(found.conj().T @ wanted)) == pytest.approx(16)
    cost = cost_by_annotation(bloq)
    assert (cost.t, cost.cnots, cost.rotations) == (8, 6, 0)


@pytest.mark.parametrize(
    ("power", "eighth"),
    [(0, 0), (0.25, 1), (-0.25, 7), (2.25, 1), (1 / 3, None), (0.25 + 1e-9, None), (1e9 + 0.25, 1)],
)
def test_an_angle_near_a_multiple_of_an_eighth_turn_is_one(power, eighth):
    assert eighths(power) == eighth
