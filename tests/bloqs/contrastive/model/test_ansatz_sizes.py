"""Closed forms against the published table at W = 8; `proofs/contrastive` has all other sizes."""

import pytest

from bloqs.contrastive.model.ansatz_sizes import sizes_of

AT_EIGHT = {
    # kind: layers, angles, CNOTs, depth, two-qubit depth, CNOT depth
    "ring": (2, 32, 32, 19, 16, 32),
    "13_half": (2, 32, 32, 19, 16, 32),
    "all-to-all": (3, 32, 84, 34, 29, 29),
    "line": (3, 32, 21, 16, 11, 11),
    "13": (1, 32, 32, 14, 11, 22),
    "14": (1, 32, 32, 14, 11, 22),
    "15": (1, 16, 16, 14, 11, 11),
    "19": (1, 24, 16, 11, 8, 16),
    "alternating": (1, 32, 8, 7, 2, 2),
    "farhi": (1, 14, 28, 15, 14, 28),
}
"""As derived by hand for the published width."""


@pytest.mark.parametrize("kind", AT_EIGHT)
def test_sizes_at_the_published_width(kind):
    layers, *wanted = AT_EIGHT[kind]
    sizes = sizes_of(kind, 8, layers)
    found = [sizes.angles, sizes.cnots, sizes.depth, sizes.pair_depth, sizes.cnot_depth]
    assert found == wanted
    assert all(type(x) is int for x in found)


@pytest.mark.parametrize(
    ("width", "first", "further", "pairs", "more"),
    [(4, 10, 8, 7, 6), (5, 10, 9, 7, 7), (6, 11, 10, 8, 8), (7, 12, 11, 9, 9),
     (8, 14, 12, 11, 10), (9, 15, 14, 12, 12), (10, 16, 15, 13, 13)],
)  # fmt: skip
def test_depths_of_two_rings(width, first, further, pairs, more):
    """Linear in the number of layers, not in the width."""
    for layers in (1, 2, 5):
        sizes = sizes_of("14", width, layers)
        assert sizes.depth == first + (layers - 1) * further
        assert sizes.pair_depth == pairs + (layers - 1) * more


def test_rotations_of_the_published_circuits():
    """56 of the ring, 40 of all-to-all; measured 49, with 18 CNOTs."""
    assert sizes_of("ring", 8, 2).rotations == 56
    assert sizes_of("all-to-all", 8, 3).rotations == 40
    measured = sizes_of("ring", 8, 2, "measured")
    assert (measured.rotations, measured.cnots, measured.angles) == (49, 18, 32)


@pytest.mark.parametrize(("kind", "dead"), [("13_half", 8), ("13", 8), ("alternating", 8)])
def test_angles_that_matter(kind, dead):
    sizes = sizes_of(kind, 8, 2)
    assert sizes.angles - sizes.angles_that_matter == dead


def test_only_the_ring_has_a_measured_form():
    with pytest.raises(ValueError, match="only the ring has a measured form, got the ansatz 19"):
        sizes_of("19", 4, 1, "measured")
    with pytest.raises(ValueError, match="one of plain, measured, got 'odd'"):
        sizes_of("ring", 4, 1, "odd")
