"""Select-swap: action, dirty borrowed qubits, published cost, depth, limits."""

import cirq
import numpy as np
import pytest
from qualtran import DecomposeTypeError
from qualtran.bloqs.data_loading import SelectSwapQROM
from qualtran.resource_counting import QECGatesCost, get_cost_value

from bloqs.data_loading.select_swap import SelectSwap, block_table, swap_depth
from bloqs.simulation.runner import Runner
from estimator import symbols
from estimator.costs.circuit import circuit_of
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.costs.keys import PeakQubits, ToffoliDepth

SIZES = [(2, 1, 1), (2, 2, 1), (3, 1, 1), (3, 1, 2), (3, 2, 1), (4, 1, 2), (4, 1, 3)]
LARGER = [(3, 2, 2), (4, 2, 2), (4, 3, 2), (5, 1, 1), (5, 2, 3), (5, 5, 2), (6, 2, 2), (6, 1, 5)]
GRID = [(a, b, beta) for a in range(2, 8) for beta in range(1, a) for b in (1, 3)]


@pytest.mark.parametrize("size", SIZES)
def test_xors_the_entry(size, random_table, random_state, xored):
    """For every control, address, initial target and relative phase at once."""
    for is_controlled in (False, True):
        a, b, beta = size
        table = random_table(2**a, b)
        start = random_state((1 + is_controlled) * 2 ** (a + b)).reshape(-1, 2**a, 2**b)

        found = Runner.of(SelectSwap(table, a, b, beta, is_controlled)).run(start.reshape(-1))

        wanted = xored(start, table, is_controlled)
        np.testing.assert_allclose(
            found.reshape(start.shape), wanted, atol=1e-9, err_msg=f"{is_controlled=}"
        )


@pytest.mark.parametrize("size", SIZES)
def test_borrowed_qubits_may_be_dirty(size, random_table, random_state, xored):
    """Whatever they hold, entangled with the registers or not, is there again at the end."""
    for is_controlled in (False, True):
        a, b, beta = size
        table = random_table(2**a, b)
        circuit = circuit_of(SelectSwap(table, a, b, beta, is_controlled))
        borrowed = circuit.work[: b * 2**beta]  # the first that the circuit allocates
        clean = circuit.work[b * 2**beta :]
        start = random_state(2 ** len([*circuit.inputs, *borrowed]))
        initial = np.kron(start, np.eye(2 ** len(clean))[0])

        order = [*circuit.inputs, *borrowed, *clean]
        assert len(clean) <= a - beta - 1 + is_controlled, f"{is_controlled=}"
        for seed in range(2):
            simulator = cirq.Simulator(dtype=np.complex128, seed=seed)
            final = simulator.simulate(
                cirq.Circuit(circuit.operations), qubit_order=order, initial_state=initial
            ).final_state_vector.reshape(-1, 2 ** len(clean))
            assert circuit.inputs == circuit.outputs, f"{is_controlled=}"
            np.testing.assert_allclose(final[:, 1:], 0, atol=1e-9, err_msg=f"{is_controlled=}")
            before = start.reshape(1 + is_controlled, 2**a, 2**b, -1)
            for held in range(before.shape[-1]):
                wanted = xored(before[..., held], table, is_controlled)
                found = final[:, 0].reshape(before.shape)[..., held]
                np.testing.assert_allclose(found, wanted, atol=1e-9, err_msg=f"{is_controlled=}")


def test_blocks_are_wide_entries():
    """First entry on top: 0b01_10, 0b11_00."""
    assert block_table((1, 2, 3, 0), beta=1, bitsize=2) == (0b0110, 0b1100)
    assert block_table(None, beta=1, bitsize=2) is None


@pytest.mark.parametrize("is_controlled", [False, True])
def test_symbolic_cost_is_the_counted_one(is_controlled, random_table):
    symbolic = SelectSwap(None, symbols.a, symbols.b, symbols.beta, is_controlled)
    claimed = cost_by_annotation(symbolic)
    for a, b, beta in SIZES + LARGER:
        bloq = SelectSwap(random_table(2**a, b), a, b, beta, is_controlled)
        at_size = claimed.subs({symbols.a: a, symbols.b: b, symbols.beta: beta})
        assert at_size == cost_by_annotation(bloq) == cost_by_counting(bloq)


def test_published_cost():
    """2 ceil(N / K) + 4 b (K - 1) Toffoli, less 4. [BGMMB19] App. A; Qualtran agrees.

    Each of the two unary iterations needs two ANDs less than the entries it visits, which the
    printed formula rounds up. The borrowed qubits are dirty in both, and the widths agree too.
    """
    for a, b, beta in GRID:
        K, blocks = 2**beta, 2 ** (a - beta)
        printed = 2 * blocks + 4 * b * (K - 1)
        claimed = cost_by_annotation(SelectSwap(None, a, b, beta))
        assert claimed.t_count(0) == 4 * printed - 16, f"{a=}, {b=}, {beta=}"
        table = np.arange(2**a) % 2**b
        qualtrans = SelectSwapQROM.build_from_data(
            table, target_bitsizes=(b,), log_block_sizes=(beta,), use_dirty_ancilla=True
        )
        assert claimed.t_count(0) == get_cost_value(qualtrans, QECGatesCost()).total_t_count(), (
            f"{a=}, {b=}, {beta=}"
        )
        assert claimed.qubits == get_cost_value(qualtrans, PeakQubits()), f"{a=}, {b=}, {beta=}"


def test_published_bound():
    """8 ceil(N / l) + 32 b l T on b (l + 1) + 2 n qubits, dirty. [LKS18] Table II."""
    for a, b, beta in GRID:
        blocks, l = 2 ** (a - beta), 2**beta
        claimed = cost_by_annotation(SelectSwap(None, a, b, beta))
        assert claimed.t_count(0) <= 8 * blocks + 32 * b * l, f"{a=}, {b=}, {beta=}"
        assert claimed.qubits <= b * (l + 1) + 2 * a, f"{a=}, {b=}, {beta=}"


@pytest.mark.parametrize("size", SIZES + LARGER)
def test_depth_is_bounded(size, random_table, counted_depth):
    """An upper bound; short of it by at most the ANDs before the first leaf.

    For a table of ones the difference is known: those ANDs run during the swaps before them.
    """
    for is_controlled in (False, True):
        a, b, beta = size
        symbolic = SelectSwap(None, symbols.a, symbols.b, symbols.beta, is_controlled)
        at_size = {symbols.a: a, symbols.b: b, symbols.beta: beta}
        claimed = get_cost_value(symbolic, ToffoliDepth()).subs(at_size)
        hidden = min(a - beta - 1 + is_controlled, 2 * swap_depth(beta, b))
        ones = SelectSwap((2**b - 1,) * 2**a, a, b, beta, is_controlled)
        noise = SelectSwap(random_table(2**a, b), a, b, beta, is_controlled)
        assert claimed == get_cost_value(ones, ToffoliDepth()), f"{is_controlled=}"
        assert claimed == counted_depth(ones) + hidden, f"{is_controlled=}"
        assert counted_depth(noise) <= claimed, f"{is_controlled=}"


@pytest.mark.parametrize(
    ("table", "beta", "message"),
    [
        (None, 0, "SelectSwap needs 1 <= beta < address_bitsize, got beta=0"),
        (None, 2, "got beta=2 with address_bitsize=2"),
        ((1, 2, 3), 1, "table must have 4 entries, got 3"),
        ((0, 4, 0, 0), 1, "table entry 4 does not fit into 2 bits"),
    ],
)
def test_refuses_impossible_sizes(table, beta, message):
    """An entry that is too wide would otherwise spill into its neighbour in the block."""
    with pytest.raises(ValueError, match=message):
        SelectSwap(table, address_bitsize=2, bitsize=2, beta=beta)


def test_no_table_means_no_circuit():
    with pytest.raises(DecomposeTypeError, match="no table of concrete size"):
        SelectSwap(None, 2, 2, 1).decompose_bloq()
