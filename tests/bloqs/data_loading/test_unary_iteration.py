"""Unary iteration: action, published cost, depth, limits."""

import numpy as np
import pytest
from qualtran import DecomposeTypeError
from qualtran.bloqs.data_loading import QROM
from qualtran.resource_counting import QECGatesCost, get_cost_value

from bloqs.data_loading.unary_iteration import UnaryIteration
from bloqs.simulation.runner import Runner
from estimator import symbols
from estimator.costs.cost import Cost, cost_by_annotation, cost_by_counting
from estimator.costs.keys import ToffoliDepth

LENGTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 16, 17, 31]


@pytest.mark.parametrize("length", [1, 2, 3, 4, 5, 6, 7, 8, 9, 11])
def test_xors_the_entry(length, random_table, random_state, xored):
    """For every control, address, initial target and relative phase at once."""
    for is_controlled in (False, True):
        table = random_table(length, 2)
        bloq = UnaryIteration(table, length, 2, is_controlled)
        controls, padded = 1 + is_controlled, 2**bloq.address_bitsize
        start = np.zeros((controls, padded, 4), dtype=complex)
        start[:, :length] = random_state(controls * length * 4).reshape(controls, length, 4)

        found = Runner.of(bloq).run(start.reshape(-1)).reshape(start.shape)

        wanted = xored(start, [*table, *[0] * (padded - length)], is_controlled)
        np.testing.assert_allclose(found, wanted, atol=1e-9, err_msg=f"{is_controlled=}")


@pytest.mark.parametrize("table", [(0, 0, 0, 0), (3, 3, 3, 3), (2, 2, 1, 1)])
def test_equal_neighbours_are_written_one_by_one(table, random_state, xored):
    """The action is that of the table, the cost that of its size."""
    bloq = UnaryIteration(table, 4, 2)
    start = random_state(16).reshape(1, 4, 4)
    found = Runner.of(bloq).run(start.reshape(-1)).reshape(start.shape)
    np.testing.assert_allclose(found, xored(start, table, False), atol=1e-9)
    assert cost_by_counting(bloq) == Cost(toffoli=2, measurements=2, qubits=5)


def test_measurement_outcomes_do_not_matter(random_state, random_table):
    for is_controlled in (False, True):
        runner = Runner.of(UnaryIteration(random_table(8, 1), 8, 1, is_controlled))
        start = random_state(16 * (1 + is_controlled))
        for seed in range(1, 5):
            np.testing.assert_allclose(
                runner.run(start, seed), runner.run(start), atol=1e-9, err_msg=f"{is_controlled=}"
            )


@pytest.mark.parametrize("is_controlled", [False, True])
def test_claimed_cost_is_counted_cost(is_controlled, random_table):
    for length in LENGTHS:
        bloq = UnaryIteration(random_table(length, 3), length, 3, is_controlled)
        assert cost_by_annotation(bloq) == cost_by_counting(bloq), f"{length=}"


@pytest.mark.parametrize("is_controlled", [False, True])
def test_symbolic_cost_is_the_counted_one(is_controlled, random_table):
    """For every length from 2 on, powers of two or not."""
    claimed = cost_by_annotation(UnaryIteration(None, symbols.L, symbols.b, is_controlled))
    for length in LENGTHS[1:]:
        for b in (1, 3):
            bloq = UnaryIteration(random_table(length, b), length, b, is_controlled)
            assert claimed.subs({symbols.L: length, symbols.b: b}) == cost_by_counting(bloq)


def test_published_cost():
    """4 N - 8 T and b + 2 ceil(log2 N) - 1 qubits. [BGBWMPFN18] Sec. III.C; 248 T for N = 64.

    Qualtran's QROM gives the same T count for a table without equal neighbours.
    """
    for length in (*LENGTHS[1:], 20, 33, 64):
        bits = (length - 1).bit_length()
        table = tuple(x % 2**bits for x in range(length))

        counted = cost_by_counting(UnaryIteration(table, length, bits))

        assert counted.t_count(0) == 4 * length - 8, f"{length=}"
        assert counted.qubits == bits + 2 * bits - 1, f"{length=}"
        qualtrans = QROM.build_from_data(np.array(table), target_bitsizes=(bits,))
        assert get_cost_value(qualtrans, QECGatesCost()).total_t_count() == 4 * length - 8, (
            f"{length=}"
        )
        if length == 64:
            assert counted.t_count(0) == 248, f"{length=}"


@pytest.mark.parametrize("is_controlled", [False, True])
def test_ands_run_one_after_another(is_controlled, random_table, counted_depth):
    """The depth is the number of ANDs, whatever the table holds."""
    for length in LENGTHS:
        ones, noise = (3,) * length, random_table(length, 2)
        for table in ((0,) * length, ones, noise):
            bloq = UnaryIteration(table, length, 2, is_controlled)
            assert get_cost_value(bloq, ToffoliDepth()) == counted_depth(bloq), f"{length=}"
        if length > 1:
            symbolic = UnaryIteration(None, symbols.L, symbols.b, is_controlled)
            claimed = get_cost_value(symbolic, ToffoliDepth()).subs({symbols.L: length})
            assert claimed == counted_depth(UnaryIteration(noise, length, 2, is_controlled)), (
                f"{length=}"
            )


@pytest.mark.parametrize(
    ("table", "length", "message"),
    [
        (None, 0, "UnaryIteration needs at least one entry, got length=0"),
        ((1, 2, 3), 4, "table must have 4 entries, got 3"),
        ((1, 2, 3, 4), 4, "table entry 4 does not fit into 2 bits"),
        ((1, 2, 3, -1), 4, "table entry -1 does not fit into 2 bits"),
    ],
)
def test_refuses_impossible_tables(table, length, message):
    with pytest.raises(ValueError, match=message):
        UnaryIteration(table, length, bitsize=2)


@pytest.mark.parametrize(("length", "b"), [(4, 2), (symbols.L, symbols.b)])
def test_no_table_means_no_circuit(length, b):
    with pytest.raises(DecomposeTypeError, match="no table of concrete size"):
        UnaryIteration(None, length, b).decompose_bloq()
