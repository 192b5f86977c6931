"""Variances by integration over angles, algebras and squeezing by published numbers."""

from itertools import combinations

import numpy as np
import pytest

from bloqs.hypergraph.model.bounds import derivatives_needed, shared_block, upper_bits_at_cut
from bloqs.hypergraph.model.descent import single_edges, stars
from bloqs.hypergraph.model.training import (
    enumerated_variance,
    lie_dimension,
    single_variance,
    squeezing_decibels,
    star_variance,
    sunflower_variance,
)


def integrated(edges, mode):
    """Mean square of the derivative over a grid of angles, exact for these frequencies."""
    others = sorted({v for e in edges for v in e} - {mode})
    bits = np.array(np.meshgrid(*[[0, 1]] * len(others), indexing="ij")).reshape(len(others), -1)
    rows = [bits[[others.index(v) for v in e if v != mode]].prod(axis=0) for e in edges]
    grid = np.array(np.meshgrid(*[np.arange(4) * np.pi / 2 + 0.3] * len(edges)))
    angles = grid.reshape(len(edges), -1)
    slope = (rows[0][:, None] * np.sin(np.array(rows).T @ angles)).mean(axis=0) / 2
    return (slope**2).mean()


@pytest.mark.parametrize(
    ("edges", "formula"),
    [
        ([(0, 1, 2)], single_variance(3)), ([(0, 1)], single_variance(2)),
        ([(0, *e) for e in combinations((1, 2, 3), 1)], star_variance(4, 2)),
        ([(0, *e) for e in combinations((1, 2, 3), 2)], star_variance(4, 3)),
        ([(0, 1, 2), (0, 3, 4), (0, 5, 6)], sunflower_variance(3)),
    ],
)  # fmt: skip
def test_variances(edges, formula):
    """By formula, by enumeration and by integration."""
    assert enumerated_variance(edges, 0) == formula
    assert integrated(edges, 0) == pytest.approx(float(formula))


def test_dimensions_and_squeezing():
    """Of five qumode algebras; decibels for weights 1 apart."""
    sizes = [(3, 2), (4, 2), (4, 3), (5, 3), (6, 4)]
    assert [lie_dimension("qumode", *size) for size in sizes] == [10, 15, 19, 31, 63]
    assert [lie_dimension("edges", *size) for size in sizes[:3]] == [3, 6, 4]
    assert [lie_dimension("edges up to k", *size) for size in [(3, 2), (3, 3), (4, 3)]] == [
        6,
        7,
        14,
    ]
    found = [squeezing_decibels(order, 1) for order in (2, 3, 4)]
    assert found == pytest.approx([5.4, 6.3, 6.8], abs=0.05)
    with pytest.raises(ValueError, match="k from 2 to 4"):
        squeezing_decibels(5, 1)


NONSENSE = {
    "no petal": (sunflower_variance, (0,), "at least one petal, got 0"),
    "an empty edge": (single_variance, (0,), "k modes from 1, got 0"),
    "a star of edges of one": (star_variance, (3, 1), "k is from 2 to n = 3, got 1"),
    "a star too small": (star_variance, (2, 3), "k is from 2 to n = 2, got 3"),
    "equal weights": (squeezing_decibels, (2, 0), "positive finite number apart, got 0"),
    "weights that are none": (squeezing_decibels, (2, np.nan), "finite number apart, got nan"),
    "votes without order": (derivatives_needed, (0,), "k modes from 1, got 0"),
    "a block too small": (shared_block, (2, 3), "k is from 2 to n = 2, got 3"),
    "a cut of edges of one": (upper_bits_at_cut, (4, 1), "k is from 2 to n = 4, got 1"),
    "no edge": (single_edges, (3, 0, bool), "k is from 1 to n = 3, got 0"),
    "edges too large": (stars, (3, 4, bool), "k is from 1 to n = 3, got 4"),
}


@pytest.mark.parametrize(("formula", "given", "rule"), NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_refused(formula, given, rule):
    with pytest.raises(ValueError, match=rule):
        formula(*given)
