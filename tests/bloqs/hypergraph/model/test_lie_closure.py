"""Closures against formulas and published dimensions; brackets against matrices of q and d/dq."""

import numpy as np
import pytest

from bloqs.hypergraph.model import lie_closure
from bloqs.hypergraph.model.lie_closure import Span, closure_dimension
from bloqs.hypergraph.model.training import lie_dimension

SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    ("family", "n", "k"),
    [
        *(("qumode", n, k) for n, k in ((1, 1), (3, 2), (4, 2), (4, 3), (5, 3))),
        *(("edges", n, k) for n, k in ((3, 2), (4, 2), (4, 3))),
        *(("edges up to k", n, k) for n, k in ((3, 2), (3, 3), (4, 3))),
        *(("edges and own X", n, k) for n, k in ((2, 2), (3, 2), (3, 3))),
        *(("edges and shared X", n, n) for n in (2, 3, 4)),
        pytest.param("qumode", 6, 4, marks=SLOW), pytest.param("qumode", 6, 6, marks=SLOW),
        *(pytest.param("edges and own X", 4, k, marks=SLOW) for k in (2, 3, 4)),
    ],
)  # fmt: skip
def test_formula(family, n, k):
    assert closure_dimension(family, n, k) == lie_dimension(family, n, k)


def test_one_angle_of_x_for_all_blows_up_too():
    """Published dimensions without a formula."""
    assert closure_dimension("edges and shared X", 3, 2) == 64
    assert closure_dimension("edges and shared X", 4, 3) == 196
    with pytest.raises(ValueError, match="ask the closure"):
        lie_dimension("edges and shared X", 4, 3)


def test_the_span_knows_what_is_new():
    """As NumPy's rank does, vectors growing longer."""
    random = np.random.default_rng(0)
    span, rows = Span(), []
    for length in (2, 3, 5, 5, 6, 8, 8, 8, 8, 8):
        vector = random.integers(-2, 3, length)
        rows.append(np.pad(vector, (0, 8 - length)))
        before = np.linalg.matrix_rank(rows[:-1]) if rows[:-1] else 0
        assert span.add(vector) == (np.linalg.matrix_rank(rows) > before)
    assert not span.add(np.zeros(3, dtype=np.int64))


def test_brackets_by_hand():
    """[d**2, i q**3] = 6 i (q + q**2 d); i q**j, j <= d, and d/dq close in d + 2 dimensions."""
    powers = {((0,), (2,)): (1, 0)}, {((3,), (0,)): (0, 1)}
    assert lie_closure.commutator(*powers) == {((1,), (0,)): (0, 6), ((2,), (1,)): (0, 6)}
    for degree in (1, 2, 4):
        generators = [{((0,), (1,)): (1, 0)}, {((degree,), (0,)): (0, 1)}]
        numbers = {}

        def vector(one, known=numbers):
            return lie_closure.coordinates(one, known)

        assert lie_closure.closure(generators, lie_closure.commutator, vector) == degree + 2


def test_refusals():
    with pytest.raises(ValueError, match="k is from 1 to n = 2, got 3"):
        closure_dimension("qumode", 2, 3)
    with pytest.raises(ValueError, match="at most 4 qubits, got 5"):
        closure_dimension("edges", 5, 2)
    with pytest.raises(ValueError, match="no qubits are trained as 'points'"):
        closure_dimension("points", 2, 2)
