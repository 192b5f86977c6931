"""Bucket brigade: action, cost beside published circuits, depth, limits."""

from collections import Counter
from itertools import product

import cirq
import numpy as np
import pytest
from qualtran import DecomposeTypeError
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import get_cost_value

from bloqs.data_loading.bucket_brigade import BucketBrigade
from bloqs.simulation.runner import Runner
from estimator import symbols
from estimator.costs.circuit import circuit_of
from estimator.costs.cost import Cost, cost_by_annotation, cost_by_counting
from estimator.costs.counted import toffoli_layers
from estimator.costs.gate_sets import is_countable
from estimator.costs.keys import ToffoliDepth

SIZES = [(1, 1), (1, 2), (1, 5), (2, 1), (2, 3), (3, 2), (4, 1), (4, 4), (5, 2), (6, 3)]


@pytest.mark.parametrize(("a", "b"), [(1, 1), (1, 3), (2, 1), (2, 2)])
def test_xors_the_cell(a, b, random_table, random_state, xored):
    """For every control, address, initial target and relative phase at once."""
    for is_controlled, is_fast in product((False, True), repeat=2):
        table = random_table(2**a, b)
        start = random_state((1 + is_controlled) * 2 ** (a + b)).reshape(-1, 2**a, 2**b)

        bloq = BucketBrigade(table, a, b, is_controlled, is_fast)
        found = Runner.of(bloq).run(start.reshape(-1))

        wanted = xored(start, table, is_controlled)
        np.testing.assert_allclose(
            found.reshape(start.shape), wanted, atol=1e-9, err_msg=f"{is_controlled=}, {is_fast=}"
        )


def signed_path(circuit, bits):
    """Where a basis state goes and with which sign, target bits in the Hadamard basis."""
    at, sign = dict(zip(circuit.inputs, bits, strict=True)), 1
    for op in circuit.operations:
        x, y = op.qubits[-2:] if len(op.qubits) > 1 else (None, op.qubits[0])
        if isinstance(op.gate, And):
            both = all(at.get(qubit, 0) for qubit in op.qubits[:2])
            assert at.get(y, 0) == (both if op.gate.uncompute else 0)
            at[y] = 0 if op.gate.uncompute else int(both)
        elif op.gate == cirq.SWAP:
            at[x], at[y] = at.get(y, 0), at.get(x, 0)
        elif op.gate == cirq.CNOT:
            at[y] = at.get(y, 0) ^ at.get(x, 0)
        elif op.gate == cirq.Z:
            sign *= (-1) ** at.get(y, 0)
        else:
            assert op.gate == cirq.H
    assert not any(bit for qubit, bit in at.items() if qubit in circuit.work)
    return tuple(at[qubit] for qubit in circuit.outputs), sign


@pytest.mark.parametrize(("a", "b"), [(2, 2), (3, 1), (3, 2), (4, 1)])
def test_xors_the_cell_deeper_in_the_tree(a, b, random_table):
    """Trees too wide for state vectors: between the Hadamards every gate moves basis states.

    XOR of T is the sign (-1)^(t . T) in the Hadamard basis; the Hadamards of a target bit enclose
    all gates on it. Work qubits come back in zero.
    """
    for is_controlled, is_fast in product((False, True), repeat=2):
        table = random_table(2**a, b)
        bloq = BucketBrigade(table, a, b, is_controlled, is_fast)
        circuit = circuit_of(bloq, keep=is_countable)
        for bits in product((0, 1), repeat=a + b + is_controlled):
            x = int("".join(map(str, bits[is_controlled : is_controlled + a])), 2)
            t = int("".join(map(str, bits[is_controlled + a :])), 2)
            on = bits[0] == 1 or not is_controlled
            assert signed_path(circuit, bits) == (
                bits,
                (-1) ** ((t & table[x]).bit_count() * on),
            ), f"{is_controlled=}"


BOTH = pytest.mark.parametrize("is_fast", [True, False], ids=["fast", "narrow"])


@BOTH
@pytest.mark.parametrize("is_controlled", [False, True])
def test_symbolic_cost_is_the_counted_one(is_controlled, is_fast, random_table):
    """Every controlled swap is an AND of 4 T that is measured; the qubits hold those at once."""
    symbolic = BucketBrigade(None, symbols.a, symbols.b, is_controlled, is_fast)
    claimed = cost_by_annotation(symbolic)
    assert claimed.measurements == claimed.toffoli
    for a, b in SIZES:
        bloq = BucketBrigade(random_table(2**a, b), a, b, is_controlled, is_fast)
        at_size = claimed.subs({symbols.a: a, symbols.b: b})
        assert at_size == cost_by_annotation(bloq) == cost_by_counting(bloq)


def ands_at_once(bloq):
    """The most ANDs that are held in one layer, every gate as early as its qubits allow."""
    ready, held = {}, Counter()
    for op in circuit_of(bloq, keep=is_countable).operations:
        start = max((ready.get(qubit, 0) for qubit in op.qubits), default=0)
        is_and = isinstance(op.gate, And) and not op.gate.uncompute
        held[start] += is_and
        ready.update(dict.fromkeys(op.qubits, start + is_and))
    return max(held.values())


@pytest.mark.parametrize("is_controlled", [False, True])
@pytest.mark.parametrize(("a", "b"), [(1, 2), (2, 1), (3, 2), (5, 1)])
def test_work_qubits_suffice_for_the_depth(a, b, is_controlled):
    """The routers of the last depth at once if fast, never two if narrow."""
    fast, narrow = (
        BucketBrigade((0,) * 2**a, a, b, is_controlled, is_fast) for is_fast in (True, False)
    )
    assert ands_at_once(fast) == fast.work - (3 * 2**a - 2) == 2 ** (a - 1)
    assert ands_at_once(narrow) == narrow.work - (3 * 2**a - 2) == 1


def test_an_empty_memory_costs_the_same(random_table):
    """The data is classical: only Clifford gates depend on it."""
    full, empty = (BucketBrigade((entry,) * 8, 3, 1) for entry in (1, 0))
    assert cost_by_counting(full) == cost_by_counting(empty)
    assert cost_by_annotation(empty) == Cost(toffoli=22, measurements=22, qubits=30)


@pytest.mark.parametrize(("a", "gates"), [(4, 104), (15, 262_076)])
def test_a_router_of_swap_and_cswap_halves_the_two_cswaps(a, gates):
    """PennyLane's BBQRAM has 104 Toffoli for n = 4 and 262 076 for n = 15: twice ours.

    There a router is two controlled swaps, one for each value of its qubit; here it is one swap
    and one controlled swap, [HLGJ21] Fig. 2.
    """
    assert 2 * cost_by_annotation(BucketBrigade(None, a, 1)).toffoli == gates


@pytest.mark.parametrize(
    ("a", "printed_t", "our_t", "printed_qubits", "our_qubits"),
    [(4, 308, 208, 41, 52), (15, 688_100, 524_152, 65_556, 98_319)],
)
def test_beside_the_toffoli_tree(a, printed_t, our_t, printed_qubits, our_qubits):
    """21 2^n - 28 T on n + 2^(n+1) + 5 qubits. [DGM20] counts another circuit.

    That one computes the 2^n one-hot leaf wires from the address with Toffolis of seven T each and
    reads a quantum memory with one more Toffoli a cell: 21 2^n - 28 = 7 (3 2^n - 4). Ours routes
    the target through 2^n - 1 switches and back, reads a classical memory with Clifford gates, and
    pays four T for a controlled swap: 16 (2^n - 1) - 8 n T, on 3 2^n + n qubits.
    """
    ours = cost_by_annotation(BucketBrigade(None, a, 1, is_fast=False))
    assert (21 * 2**a - 28, ours.t_count(0)) == (printed_t, our_t)
    assert (a + 2 ** (a + 1) + 5, ours.qubits) == (printed_qubits, our_qubits)


@pytest.mark.parametrize(
    ("a", "printed_t_depth", "printed_qubits", "our_toffoli_depth", "our_qubits"),
    [(4, 7, 128, 14, 59), (15, 29, 262_144, 58, 114_702)],
)
def test_beside_the_parallel_toffoli_tree(
    a, printed_t_depth, printed_qubits, our_toffoli_depth, our_qubits
):
    """T-depth 2 n - 1 on 8 2^n qubits. [DGM20], the parallel form of the Toffoli tree.

    Both depths are linear in n. Theirs copies each address bit to all nodes of its level, so a
    Toffoli layer has T-depth one and there are n levels down and n - 1 up; ours carries qubits
    through the tree twice, 4 n - 2 layers of controlled swaps, on fewer qubits.
    """
    ours = BucketBrigade(None, a, 1)
    depth = get_cost_value(ours, ToffoliDepth())
    assert (2 * a - 1, depth) == (printed_t_depth, our_toffoli_depth)
    assert (8 * 2**a, cost_by_annotation(ours).qubits) == (printed_qubits, our_qubits)


@pytest.mark.parametrize(
    "sizes",
    [
        [(1, 1), (1, 2), (2, 3), (3, 1), (5, 2), (7, 1)],
        pytest.param([*SIZES, (5, 5)], marks=pytest.mark.slow),
    ],
    ids=["few", "rest"],
)
@BOTH
@pytest.mark.parametrize("is_controlled", [False, True])
def test_depth_is_that_of_the_circuit(is_controlled, is_fast, sizes, random_table):
    """2 a b + 2 (a - 1), and with a control 2 (a + 1) b + 2 max(a - 2, 0), whatever the cells.

    Narrow: one layer for every controlled swap, as all of them use one work qubit.
    """
    for a, b in sizes:
        symbolic = BucketBrigade(None, symbols.a, symbols.b, is_controlled, is_fast)
        claimed = get_cost_value(symbolic, ToffoliDepth()).subs({symbols.a: a, symbols.b: b})
        for table in ((0,) * 2**a, (2**b - 1,) * 2**a, random_table(2**a, b)):
            bloq = BucketBrigade(table, a, b, is_controlled, is_fast)
            layers = toffoli_layers(circuit_of(bloq, is_countable))
            assert claimed == get_cost_value(bloq, ToffoliDepth()) == layers, f"{a=}, {b=}"


@pytest.mark.parametrize(
    ("table", "a", "message"),
    [
        (None, 0, "BucketBrigade needs address_bitsize >= 1, got 0"),
        ((1, 2, 3), 2, "table must have 4 entries, got 3"),
        ((1, 2, 3, 4), 2, "table entry 4 does not fit into 2 bits"),
    ],
)
def test_refuses_impossible_tables(table, a, message):
    with pytest.raises(ValueError, match=message):
        BucketBrigade(table, a, bitsize=2)


def test_no_table_means_no_circuit():
    with pytest.raises(DecomposeTypeError, match="no table of concrete size"):
        BucketBrigade(None, 2, 2).decompose_bloq()
