"""QROAM: action on target and junk, measured unload, published cost, depth, limits."""

from itertools import product

import numpy as np
import pytest
from qualtran import DecomposeTypeError
from qualtran.bloqs.data_loading import QROAMClean as QualtranQROAMClean
from qualtran.resource_counting import QECGatesCost, get_cost_value

from bloqs.data_loading.qroam_clean import QROAMClean
from bloqs.simulation.runner import Runner
from estimator import symbols
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.costs.keys import PeakQubits, ToffoliDepth

SIZES = [(1, 2, 0), (2, 2, 0), (2, 1, 1), (2, 2, 1), (3, 2, 0), (3, 1, 2), (3, 2, 2), (4, 1, 3)]
LARGER = [(4, 2, 2), (4, 3, 2), (5, 1, 1), (5, 2, 3), (5, 5, 2), (6, 2, 2), (7, 1, 2), (6, 1, 5)]
GRID = [(a, b, beta) for a in range(2, 8) for beta in range(1, a) for b in (1, 3)]


@pytest.mark.parametrize("size", SIZES)
def test_load_writes_the_entry_and_its_block(size, random_table, random_state):
    """Target: entry x. Junk: the rest of the block in some order. No phase between addresses."""
    for is_controlled in (False, True):
        a, b, beta = size
        table, entries = random_table(2**a, b), 2**beta
        start = random_state((1 + is_controlled) * 2**a).reshape(-1, 2**a)

        final = Runner.of(QROAMClean(table, a, b, beta, is_controlled)).run(start.reshape(-1))

        final = final.reshape(*start.shape, -1)
        for control, x in np.ndindex(start.shape):
            (place,) = np.flatnonzero(np.abs(final[control, x]) > 1e-9)
            held = [int(place) >> b * (entries - 1 - p) & 2**b - 1 for p in range(entries)]
            on = control == 1 or not is_controlled
            block = [entry * on for entry in table[x - x % entries :][:entries]]
            assert held[0] == table[x] * on, f"{is_controlled=}"
            assert sorted(held) == sorted(block), f"{is_controlled=}"
            assert final[control, x, place] == pytest.approx(start[control, x], abs=1e-9), (
                f"{is_controlled=}"
            )


@pytest.mark.parametrize("size", SIZES)
def test_unload_undoes_the_load(size, random_table, random_state, there_and_back):
    """A sign from the entry stays, everything else goes, whatever is measured."""
    for is_controlled in (False, True):
        a, b, beta = size
        table = random_table(2**a, b)
        start = random_state((1 + is_controlled) * 2**a).reshape(-1, 2**a)
        runner = Runner.of(there_and_back(QROAMClean(table, a, b, beta, is_controlled)))
        sign = np.ones(start.shape)
        sign[-1] = [(-1) ** (entry % 2) for entry in table]
        for seed in range(4):
            found = runner.run(start.reshape(-1), seed).reshape(start.shape)
            np.testing.assert_allclose(found, sign * start, atol=1e-9, err_msg=f"{is_controlled=}")


@pytest.mark.parametrize("uncompute", [False, True])
def test_symbolic_cost_is_the_counted_one(uncompute, random_table):
    """Block sizes as a symbol from 2 on; one entry a block is its own bloq."""
    for is_controlled in (False, True):
        symbolic = QROAMClean(None, symbols.a, symbols.b, symbols.beta, is_controlled, uncompute)
        claimed = cost_by_annotation(symbolic)
        plain = cost_by_annotation(
            QROAMClean(None, symbols.a, symbols.b, 0, is_controlled, uncompute)
        )
        for a, b, beta in SIZES + LARGER:
            bloq = QROAMClean(random_table(2**a, b), a, b, beta, is_controlled, uncompute)
            at_size = {symbols.a: a, symbols.b: b, symbols.beta: beta}
            counted = cost_by_counting(bloq)
            assert cost_by_annotation(bloq) == counted, f"{is_controlled=}"
            if a >= 2:
                assert (claimed if beta else plain).subs(at_size) == counted, f"{is_controlled=}"


def test_published_cost():
    """ceil(N / K) + b (K - 1) Toffoli, less 2. [BGMMB19] App. B; Qualtran agrees.

    Unary iteration needs two ANDs less than the entries it visits. The widths agree too.
    """
    for a, b, beta in GRID:
        K, blocks = 2**beta, 2 ** (a - beta)
        claimed = cost_by_annotation(QROAMClean(None, a, b, beta))
        assert claimed.t_count(0) == 4 * (blocks + b * (K - 1)) - 8, f"{a=}, {b=}, {beta=}"
        table = np.arange(2**a) % 2**b
        qualtrans = QualtranQROAMClean.build_from_data(
            table, target_bitsizes=(b,), log_block_sizes=(beta,)
        )
        assert claimed.t_count(0) == get_cost_value(qualtrans, QECGatesCost()).total_t_count(), (
            f"{a=}, {b=}, {beta=}"
        )
        assert claimed.qubits == get_cost_value(qualtrans, PeakQubits()), f"{a=}, {b=}, {beta=}"


def test_published_bound():
    """4 ceil(N / l) + 8 b l T on b l + 2 n qubits, clean. [LKS18] Table II."""
    for a, b, beta in GRID:
        blocks, l = 2 ** (a - beta), 2**beta
        claimed = cost_by_annotation(QROAMClean(None, a, b, beta))
        assert claimed.t_count(0) <= 4 * blocks + 8 * b * l, f"{a=}, {b=}, {beta=}"
        assert claimed.qubits <= b * l + 2 * a, f"{a=}, {b=}, {beta=}"


@pytest.mark.parametrize("size", SIZES + LARGER)
def test_depth_is_that_of_the_circuit(size, random_table, counted_depth):
    """Exact for a table of ones; no table is deeper."""
    for is_controlled, uncompute in product((False, True), (False, True)):
        a, b, beta = size
        ones = QROAMClean((2**b - 1,) * 2**a, a, b, beta, is_controlled, uncompute)
        noise = QROAMClean(random_table(2**a, b), a, b, beta, is_controlled, uncompute)
        claimed = get_cost_value(ones, ToffoliDepth())
        assert claimed == counted_depth(ones), f"{is_controlled=}, {uncompute=}"
        assert counted_depth(noise) <= claimed, f"{is_controlled=}, {uncompute=}"
        if a >= 2 and beta:
            symbolic = QROAMClean(
                None, symbols.a, symbols.b, symbols.beta, is_controlled, uncompute
            )
            at_size = {symbols.a: a, symbols.b: b, symbols.beta: beta}
            assert get_cost_value(symbolic, ToffoliDepth()).subs(at_size) == claimed, (
                f"{is_controlled=}, {uncompute=}"
            )


@pytest.mark.parametrize(
    ("table", "beta", "message"),
    [
        (None, -1, "QROAMClean needs 0 <= beta < address_bitsize, got beta=-1"),
        (None, 2, "got beta=2 with address_bitsize=2"),
        ((1, 2, 3), 1, "table must have 4 entries, got 3"),
        ((0, 4, 0, 0), 1, "table entry 4 does not fit into 2 bits"),
    ],
)
def test_refuses_impossible_sizes(table, beta, message):
    """An entry that is too wide would otherwise spill into its neighbour in the block."""
    with pytest.raises(ValueError, match=message):
        QROAMClean(table, address_bitsize=2, bitsize=2, beta=beta)


@pytest.mark.parametrize("uncompute", [False, True])
def test_no_table_means_no_circuit(uncompute):
    with pytest.raises(DecomposeTypeError, match="no table of concrete size"):
        QROAMClean(None, 2, 2, 1, uncompute=uncompute).decompose_bloq()
