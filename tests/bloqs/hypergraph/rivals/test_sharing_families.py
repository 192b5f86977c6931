"""Families that are said to be excludable are, by a measurement; the others are kept apart."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest

from bloqs.hypergraph.model.exclusion import value_at
from bloqs.hypergraph.rivals.sharing_families import (
    SharingSearch,
    are_parts,
    overlaps,
    parts_of,
)

EDGES = [0b0111, 0b1011, 0b1101, 0b1110]


def forms(graphs):
    return [tuple(e for j, e in enumerate(EDGES) if g >> j & 1) for g in graphs]


def measured(graphs, parts):
    """Largest chance that an effect fires on its own state, and how far effects are from one."""
    values = np.array([[value_at(form, x) for x in range(16)] for form in forms(graphs)])
    states = (-1.0) ** values / 4
    inverse = np.linalg.pinv(states)
    effects = [inverse @ np.array(part, dtype=float) @ inverse.T for part in parts]
    fired = max(state @ effect @ state for state, effect in zip(states, effects, strict=True))
    span = inverse @ states
    return fired, np.abs(sum(effects) - span @ span.T).max()


@pytest.mark.parametrize(
    "graphs", [(0, 1, 2, 15), (0, 1, 6, 14), (0, 1, 2, 4, 7), (0, 3, 5, 10, 12, 15)]
)
def test_parts_are_a_measurement(graphs):
    """Effects on the span of the states add up to one there, and none fires on its own state."""
    gram = overlaps(forms(graphs), 4)
    parts = parts_of(gram)
    assert are_parts(gram, parts)
    fired, missing = measured(graphs, parts)
    assert fired < 1e-9
    assert missing < 1e-9


@pytest.mark.parametrize("graphs", [(0, 1, 2, 3), (0, 1, 2, 5, 6), (0, 3, 5, 10, 12)])
def test_what_shares_has_no_parts(graphs):
    """A linear family, and the two kinds of five that share."""
    assert parts_of(overlaps(forms(graphs), 4)) is None


def test_altered_parts_are_rejected():
    gram = overlaps(forms((0, 1, 2, 15)), 4)
    parts = [[list(row) for row in part] for part in parts_of(gram)]
    for change in (
        lambda p: p[0][1].__setitem__(1, p[0][1][1] + Fraction(1, 2**40)),  # another sum
        lambda p: p[0][0].__setitem__(0, Fraction(1)),  # fires on its own state
        lambda p: p.pop(),  # a state without a part
        lambda p: [p[j][3].__setitem__(3, p[j][3][3] + x) for j, x in ((0, -2), (1, 2))],
    ):
        altered = [[list(row) for row in part] for part in parts]
        change(altered)
        assert not are_parts(gram, altered)


@pytest.mark.parametrize(("n", "k", "most"), [(2, 2, 2), (3, 2, 2), (3, 3, 2), (4, 2, 2)])
def test_pairs(n, k, most):
    """With two modes an edge no three states share, by the criterion for three."""
    search = SharingSearch(n, k)
    assert search.most() == most
    assert search.least_latents() == 2 ** len(list(combinations(range(n), k))) // 2


def test_five_of_sixteen():
    """n = 4, k = 3: at most five share, so four latents it is, which the star reaches."""
    search = SharingSearch(4, 3)
    assert (search.most(), search.least_latents()) == (5, 4)
    with pytest.raises(ValueError, match="at most"):
        SharingSearch(5, 3)
