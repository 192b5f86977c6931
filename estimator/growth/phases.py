"""Rounded quantities along a sequence on which their distance to the next integer stays the same.

A continuous quantity x that goes to infinity meets every phase again and again: there are points,
as far out as one likes, at which ceiling(x) = x + h for a given 0 <= h < 1. A bound that fails for
what is left at such points fails.
"""

from collections.abc import Iterator
from fractions import Fraction

from estimator.expressions.tree import (
    MINUS,
    ZERO,
    Tree,
    children,
    functions_in,
    plus,
    raised,
    times,
    whole,
)

HEIGHTS = (Fraction(1, 2), Fraction(0))
"""Distances to the next integer that are tried."""

JUMPING = frozenset({"ceiling", "floor", "Mod", "factorial", "gamma", "binomial"})
"""Functions that a quantity which meets every phase is not made of."""


def phases_in(*trees: Tree) -> Iterator[Tree]:
    """What is rounded, or divided with a remainder, and meets every phase."""
    seen: set[Tree] = set()
    for tree in trees:
        for x in _rounded(tree):
            if x not in seen and not functions_in(x) & JUMPING:
                seen.add(x)
                yield x


def _rounded(tree: Tree) -> Iterator[Tree]:
    for part in children(tree):
        yield from _rounded(part)
    if tree[:2] in (("f", "ceiling"), ("f", "floor")):
        yield tree[2]
    if tree[:2] == ("f", "Mod"):
        yield times(tree[2], raised(tree[3], MINUS))


def at_phase(tree: Tree, x: Tree, height: Fraction) -> Tree:
    """The tree where ceiling(x) is x + height."""
    if tree[0] == "f":
        if tree[1] == "ceiling" and tree[2] == x:
            return plus(x, whole(height))
        below = height - 1 if height else Fraction(0)
        if tree[1] == "floor" and tree[2] == x:
            return plus(x, whole(below))
        if tree[1] == "Mod" and times(tree[2], raised(tree[3], MINUS)) == x:
            return times(tree[3], whole(-below)) if below else ZERO
    parts = tuple(at_phase(part, x, height) for part in children(tree))
    if not parts:
        return tree
    return tree[:2] + parts if tree[0] == "f" else tree[:1] + parts
