"""Matchings: proper, few, and all entries are in one."""

import numpy as np
import pytest

from bloqs.linear_systems.model.colouring import (
    edge_colouring,
    least_colouring,
    matchings_of,
    patterns_of,
)


@pytest.mark.parametrize("size", [2, 3, 5, 8, 16, 33])
def test_colours_are_proper_and_few(size, rng):
    """Random graphs of every density, and complete ones."""
    for density in (0.0, 0.1, 0.3, 0.6, 1.0):
        for _ in range(12):
            there = np.triu(rng.random((size, size)) < density, 1)
            edges = [(int(u), int(v)) for u, v in np.argwhere(there)]
            colours = edge_colouring(edges, size)
            assert set(colours) == set(edges)
            degree = int((there | there.T).sum(axis=1).max(initial=0))
            assert len(set(colours.values())) <= degree + 1
            for vertex in range(size):
                own = [c for edge, c in colours.items() if vertex in edge]
                assert len(own) == len(set(own))


@pytest.mark.parametrize("size", [2, 4, 16])
def test_matchings_cover_the_matrix(size, rng):
    there = rng.random((size, size)) < 0.4
    matrix = np.where(there | there.T, rng.normal(size=(size, size)), 0)
    matrix = matrix + matrix.T
    found = matchings_of(matrix)
    assert found[0] == tuple(range(size))
    for involution in found:
        assert [involution[i] for i in involution] == list(range(size))
    covered = {(i, pi[i]) for pi in found for i in range(size)}
    assert {(int(i), int(j)) for i, j in np.argwhere(matrix)} <= covered
    beside = np.count_nonzero(matrix - np.diag(np.diag(matrix)), axis=1).max()
    assert len(found) <= beside + 2


def test_offsets_by_xor_are_matchings_of_their_own():
    """A hypercube: one matching for each bit."""
    size = 16
    cube = np.zeros((size, size))
    for i in range(size):
        for k in range(4):
            cube[i, i ^ (1 << k)] = 1
    assert patterns_of(cube) == tuple(
        tuple(i ^ offset for i in range(size)) for offset in (0, 1, 2, 4, 8)
    )


@pytest.mark.parametrize("size", [2, 5, 16, 40])
def test_bipartite_graphs_take_their_largest_degree(size, rng):
    """Rows against columns, of every density; on other graphs proper or given up."""
    for density in (0.05, 0.3, 1.0):
        there = rng.random((size, size)) < density
        there[0, 0] = True
        edges = [(int(u), int(v) + size) for u, v in np.argwhere(there)]
        degree = max(there.sum(axis=0).max(), there.sum(axis=1).max())
        colours = least_colouring(edges, 2 * size)
        assert set(colours) == set(edges)
        assert len(set(colours.values())) == degree
        for vertex in range(2 * size):
            own = [c for edge, c in colours.items() if vertex in edge]
            assert len(own) == len(set(own))


def test_odd_circles_are_given_up():
    assert least_colouring([(0, 1), (1, 2), (0, 2)], 3) is None
    assert len(matchings_of(np.pad(np.ones((3, 3)), (0, 1)))) == 1 + 3
