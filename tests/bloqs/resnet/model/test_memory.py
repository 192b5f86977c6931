"""Memory cells counted on trees built node by node, swaps against the circuits that read them."""

import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.bucket_brigade import BucketBrigade
from bloqs.data_loading.loaders import BucketBrigadeLoader, IdealQRAMLoader
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.resnet.model.memory import (
    Regime,
    input_swaps,
    matrix_swaps,
    memory_cells,
    query_swaps,
    tree_swaps,
)
from estimator import symbols
from estimator.costs.cost import cost_by_annotation, cost_by_counting


def angles(vector):
    """Angles of the tree that prepares a vector: one for each inner node."""
    nodes, count = list(vector**2), 0
    while len(nodes) > 1:
        nodes = [nodes[i] + nodes[i + 1] for i in range(0, len(nodes), 2)]
        count += len(nodes)
    return count


@pytest.mark.parametrize("N", [2, 8, 32])
def test_cells_are_the_nodes_of_the_trees(N, rng):
    """One tree for the input, one for each column, one angle for each column's norm."""
    found = memory_cells(Regime.INPUT_AND_WEIGHTS, N, 1)
    assert found.input == angles(rng.normal(size=N))
    assert found.columns == sum(angles(column) for column in rng.normal(size=(N, N)).T)
    assert found.column_norms == N
    assert found.total == N - 1 + N**2
    assert found.bits(16) == 16 * (N**2 + N - 1)


def test_products_of_vectors_take_fourth_powers():
    """Two vectors: N**4 cells for the matrix, none for the inputs; and nothing needs nothing."""
    found = memory_cells(Regime.WEIGHTS, symbols.N, 2)
    assert found.total.expand() == symbols.N**4
    assert memory_cells(Regime.WEIGHTS, 16, 1).total == 256
    assert memory_cells(Regime.NOTHING, 16, 2).total == 0
    with pytest.raises(ValueError, match="one vector, d = 1, got d=2"):
        memory_cells(Regime.INPUT_AND_WEIGHTS, 16, 2)


@pytest.mark.parametrize(("a", "b"), [(1, 1), (2, 3), (3, 2)])
def test_a_query_is_the_circuit_of_a_query(a, b):
    """Controlled swaps in the flattened circuit."""
    table = tuple(int(cell) for cell in np.arange(2**a) % 2**b)
    assert query_swaps(a, b) == cost_by_counting(BucketBrigade(table, a, b)).toffoli


@pytest.mark.parametrize("b", [1, 5, 16])
def test_a_tree_is_two_queries_for_each_level(b):
    """The closed form is the sum over levels; a level of one cell needs no memory."""
    for s in range(4):
        for n in range(1, 6):
            levels = [s + level for level in range(n)]
            expected = sum(2 * query_swaps(a, b) for a in levels if a > 0)
            assert tree_swaps(s, n, b) == expected
    assert input_swaps(5, b) == tree_swaps(0, 5, b)
    assert matrix_swaps(3, b) == tree_swaps(3, 3, b) + 2 * query_swaps(3, b)


@pytest.mark.parametrize(("s", "n"), [(0, 1), (0, 4), (1, 3), (2, 2)])
def test_a_tree_costs_what_its_bloq_costs(s, n):
    """The annotated cost of loading one of 2**s vectors through a bucket brigade."""
    memory, ideal = (
        cost_by_annotation(RotationTree(None, s, n, 5, loader, Rotation.PHASE_GRADIENT))
        for loader in (BucketBrigadeLoader(), IdealQRAMLoader())
    )
    assert tree_swaps(s, n, 5) == memory.toffoli - ideal.toffoli


def test_active_reading_is_linear_in_the_cells():
    """4 (1 + b) swaps a cell for a large tree: a query of an active memory drives all of it."""
    n, b = 20, 16
    cells = memory_cells(Regime.INPUT_AND_WEIGHTS, 2**n, 1)
    assert input_swaps(n, b) / cells.input == pytest.approx(4 * (1 + b), rel=1e-3)
    assert matrix_swaps(n, b) / (cells.columns + cells.column_norms) == pytest.approx(
        4 * (1 + b), rel=1e-3
    )
    assert query_swaps(symbols.a, symbols.b).free_symbols == {symbols.a, symbols.b}
