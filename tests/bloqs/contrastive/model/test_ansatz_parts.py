"""Every ansatz by its published name, and the sizes at which it does not exist."""

import pytest

from bloqs.contrastive.model.ansatz_parts import (
    KINDS,
    PATTERNS,
    angles_of,
    check_ansatz,
    kind_named,
    number_of_pairs,
)
from bloqs.contrastive.symbols import L, W


@pytest.mark.parametrize(
    ("name", "kind"),
    [("14_half", "ring"), ("sim_circ_14_half", "ring"), ("abbas", "all-to-all"), ("13", "13")],
)
def test_names_of_the_published_code(name, kind):
    assert kind_named(name) == kind


@pytest.mark.parametrize(
    ("kind", "width", "layers", "says"),
    [
        ("13", 3, 1, "does not exist at W=3"),
        ("14", 3, 2, "does not exist at W=3"),
        ("15", 3, 1, "does not exist at W=3"),
        ("ring", 1, 2, "needs at least 2 qubits, got W=1"),
        ("farhi", 1, 2, "needs at least 2 qubits, got W=1"),
        ("ring", 8, 0, "needs at least one layer, got L=0"),
        ("rung", 8, 1, "an ansatz is one of ring, 13_half"),
    ],
)
def test_what_does_not_exist_is_refused(kind, width, layers, says):
    with pytest.raises(ValueError, match=says):
        check_ansatz(kind, width, layers)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_pairs_by_formula_and_by_list(pattern):
    """At every width; no qubit is paired with itself."""
    for width in range(2, 12):
        if (pattern, width) == ("skip-ring", 3):
            continue
        pairs = PATTERNS[pattern](width)
        assert number_of_pairs(pattern, W).subs(W, width) == len(pairs)
        assert all(one != two and max(one, two) < width for one, two in pairs)


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [("ring", 32), ("13", 64), ("15", 32), ("19", 48), ("all-to-all", 24), ("line", 24),
     ("alternating", 64), ("farhi", 28)],
)  # fmt: skip
def test_angles_at_the_published_width(kind, wanted):
    """W = 8 and L = 2, as published."""
    assert angles_of(kind, 8, 2) == wanted
    assert angles_of(kind, W, L).subs({W: 8, L: 2}) == wanted


def test_bricks_of_odd_width_do_not_wrap():
    assert PATTERNS["bricks"](5) == [(0, 1), (2, 3), (1, 2), (3, 4)]
    assert PATTERNS["bricks"](4) == [(0, 1), (2, 3), (1, 2), (3, 0)]


def test_every_kind_says_what_it_is():
    assert all(kind.says for kind in KINDS.values())
