"""Exclusion: known cases of equality, and witnesses checked by eigenvalues."""

from fractions import Fraction

import numpy as np
import pytest

from bloqs.hypergraph.model.exclusion import (
    classes,
    polygon_excludable,
    sharing_witness,
    three_states_excludable,
    value_at,
)


@pytest.mark.parametrize(
    ("overlaps", "expected"),
    [
        (("1/4", "1/4", "1/4"), True), (("1/2", "1/5", "1/10"), True),
        (("1/5", "1/5", "2/5"), False), (("0", "1/2", "1/2"), True),
        (("9/16", "9/16", "9/16"), False), (("0", "0", "1"), True), (("1", "1", "1"), False),
    ],
)  # fmt: skip
def test_three_states(overlaps, expected):
    """Equality cases count as excludable."""
    assert three_states_excludable(*map(Fraction, overlaps)) is expected


def test_polygons_are_closed_exactly():
    """Roots that add up, and roots that nearly do: 2 sqrt(10**20) and its neighbours."""
    assert polygon_excludable([4, 1, 1])
    assert polygon_excludable([8, 2, 2])
    assert not polygon_excludable([9, 1, 1])
    big = 10**10
    assert polygon_excludable([4 * big, big, big])
    assert not polygon_excludable([4 * big + 1, big, big])
    assert polygon_excludable([4 * big - 1, big, big])


@pytest.mark.parametrize(
    ("generators", "modes"),
    [(((0b0111,), (0b1011,)), 4), (((0b11,),), 2), (((0b11110,), (0b11101,), (0b11011,)), 5)],
)
def test_a_witness_lies_below_every_state(generators, modes):
    """N <= t |f><f| for some t > 0 and every f of the family, its trace being 1."""
    sizes = classes(generators, modes)
    witness = sharing_witness(sizes)
    assert sum(witness.values()) == pytest.approx(1)
    names = list(witness)
    points = [tuple(value_at(g, x) for g in generators) for x in range(2**modes)]
    unit = np.array([[(p == c) / sizes[c] ** 0.5 for p in points] for c in names])
    operator = unit.T @ np.diag([witness[c] for c in names]) @ unit
    roots = sorted((sizes[c] ** 0.5 for c in names), reverse=True)
    factor = 2**modes / (roots[0] - sum(roots[1:])) ** 2
    for choice in range(2 ** len(generators)):
        sign = [(-1) ** sum(p[i] for i in range(len(p)) if choice >> i & 1) for p in points]
        state = np.array(sign) / 2 ** (modes / 2)
        gap = np.linalg.eigvalsh(factor * np.outer(state, state) - operator)
        assert gap[0] > -1e-9


def test_a_family_that_can_be_excluded_has_no_witness():
    """Two edges of a path."""
    with pytest.raises(ValueError, match="forget fewer"):
        sharing_witness(classes([(0b011,), (0b101,)], 3))
