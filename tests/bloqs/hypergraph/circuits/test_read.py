"""A read projects on the eigenspace that its outcome names, and gives its ancilla back in zero."""

import cirq
import numpy as np
import pytest

from bloqs.hypergraph.circuits.cell import HRNNCell
from bloqs.hypergraph.circuits.hyper_stab_read import HyperStabRead
from bloqs.hypergraph.circuits.matching_query import MatchingQuery, ShiftQuery
from bloqs.hypergraph.circuits.pauli_read import PauliRead
from estimator.costs.circuit import circuit_of

PAULI = {"X": cirq.unitary(cirq.X), "Y": cirq.unitary(cirq.Y), "Z": cirq.unitary(cirq.Z)}


def run(bloq, start, seed):
    """Record and final state of the registers; work qubits must be zero."""
    circuit = circuit_of(bloq)
    work = len(circuit.work)
    joint = np.kron(start, np.eye(2**work)[0]).astype(np.complex128)
    order = [*circuit.inputs, *circuit.work]
    simulator = cirq.Simulator(seed=seed, dtype=np.complex128)
    whole = [cirq.I(qubit) for qubit in order]
    result = simulator.simulate(
        cirq.Circuit([whole, *circuit.operations]), qubit_order=order, initial_state=joint
    )
    final = result.final_state_vector.reshape(-1, 2**work)
    np.testing.assert_allclose(final[:, 1:], 0, atol=1e-9)
    record = [int(result.measurements[f"read {j}"][0]) for j in range(int(bloq.reads))]
    return record, final[:, 0]


def pauli(letters):
    operator = np.eye(1)
    for letter in letters:
        operator = np.kron(operator, PAULI.get(letter, np.eye(2)))
    return operator


def edge_stabilizer(k):
    """X of the first, where all others are one with a minus sign."""
    sign = np.ones(2 ** (k - 1))
    sign[-1] = -1
    return np.kron(PAULI["X"], np.diag(sign))


READS = [
    *((PauliRead(letters), pauli(letters)) for letters in ("X", "Y", "Z", "ZZ", "XZ", "ZYX")),
    *((HyperStabRead(k), edge_stabilizer(k)) for k in (2, 3, 4)),
    (HRNNCell(3, "MP", (2, 0), "XZ"), pauli("ZIX")),
    (HRNNCell(2, "MP", (2,), "Y", m=2), pauli("IIYI")),
]


@pytest.mark.parametrize(("bloq", "operator"), READS, ids=lambda x: str(x)[:40])
def test_projects_on_what_it_says(bloq, operator):
    rng = np.random.default_rng(1)
    seen = set()
    for seed in range(8):
        start = rng.normal(size=len(operator)) + 1j * rng.normal(size=len(operator))
        start /= np.linalg.norm(start)
        (outcome,), found = run(bloq, start, seed)
        wanted = (start + (-1) ** outcome * operator @ start) / 2
        wanted /= np.linalg.norm(wanted)
        assert abs(np.vdot(wanted, found)) == pytest.approx(1)
        assert run(bloq, found, seed + 100)[0] == [outcome]
        seen.add(outcome)
    assert seen == {0, 1}


def hypergraph(n, edges):
    """State and the polynomial, mode 0 being the highest bit."""
    bits = np.array([[x >> (n - 1 - v) & 1 for v in range(n)] for x in range(2**n)])
    value = sum(bits[:, edge].prod(axis=1) for edge in map(list, edges)) % 2
    return (-1.0) ** value / 2 ** (n / 2), dict(zip(map(tuple, bits), value, strict=True))


@pytest.mark.parametrize("shift", [(0,), (1, 3), (0, 1, 2, 3)])
def test_a_shift_query_compares_two_values(shift):
    n, edges = 4, [(0, 1, 2), (1, 2, 3), (0, 3)]
    state, value = hypergraph(n, edges)
    for seed in range(6):
        (*z, b), _ = run(ShiftQuery(n, shift), state, seed)
        z.insert(shift[0], 0)
        other = tuple(bit ^ (mode in shift) for mode, bit in enumerate(z))
        assert b == value[tuple(z)] ^ value[other]


def test_a_matching_query_compares_the_states_of_a_pair():
    n, steps, pivot = 4, ((0, 1, 2), (2, 3), (1,), (3, 2, 0)), 2
    state, value = hypergraph(n, [(0, 1), (1, 2, 3), (0, 2, 3)])

    def before(bits):
        bits = [*bits]
        for *controls, target in reversed(steps):
            bits[target] ^= all(bits[mode] for mode in controls)
        return tuple(bits)

    for seed in range(8):
        (*z, b), _ = run(MatchingQuery(n, steps, pivot), state, seed)
        pair = [before([*z[:pivot], bit, *z[pivot:]]) for bit in (0, 1)]
        assert b == value[pair[0]] ^ value[pair[1]]


@pytest.mark.parametrize(
    "bloq", [PauliRead("X"), HyperStabRead(3), ShiftQuery(3, (0, 1)), HRNNCell(3, "MK", (0, 1))]
)
def test_what_measures_has_neither_inverse_nor_control(bloq):
    with pytest.raises(ValueError, match="measures, so it has no inverse"):
        bloq.adjoint()
    with pytest.raises(ValueError, match="measures, so it has no control"):
        bloq.controlled()


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: PauliRead("XQ"), "letters X, Y or Z, got 'XQ'"),
        (lambda: HyperStabRead(1), "at least two modes, got k=1"),
        (lambda: ShiftQuery(3, (2, 1)), r"rising order, got \(2, 1\)"),
        (lambda: ShiftQuery(3, ()), r"rising order, got \(\)"),
        (lambda: MatchingQuery(3, ((0, 3),)), r"of 3 modes, each once, got \(0, 3\)"),
        (lambda: MatchingQuery(3, ((0, 0),)), r"each once, got \(0, 0\)"),
        (lambda: HRNNCell(3, "W", (0, 3)), r"places below 3, each once, got \(0, 3\)"),
        (lambda: HRNNCell(3, "W", (1, 1)), r"places below 3, each once, got \(1, 1\)"),
        (lambda: HRNNCell(3, "MP", (0, 1), "X"), "wrong number of places"),
        (lambda: HRNNCell(3, "Q", (0,)), "a token is one of W, MP, MK, CX, I, got 'Q'"),
    ],
)
def test_refusals(make, why):
    with pytest.raises(ValueError, match=why):
        make()
