"""Small rational functions in lowest terms."""

from fractions import Fraction

import sympy

from estimator.expressions.tree import Tree, children, from_sympy, names_in, to_sympy

MOST_PARTS = 60
_HIGHEST = 12


def cancelled(tree: Tree) -> Tree:
    """The tree in lowest terms if it is a small rational function and that makes it shorter."""
    if parts_of(tree) > MOST_PARTS or not _is_rational(tree) or not _divides(tree):
        return tree
    found = from_sympy(sympy.cancel(to_sympy(tree)), is_ours=True)
    return found if parts_of(found) < parts_of(tree) else tree


def _is_rational(tree: Tree) -> bool:
    """Whether a tree is made of symbols and numbers by + - * / and small integer powers."""
    if tree[0] in "qx":
        return True
    if tree[0] == "^":
        exponent = tree[2]
        small = exponent[0] == "q" and exponent[1].denominator == 1
        return small and abs(exponent[1]) <= _HIGHEST and _is_rational(tree[1])
    return tree[0] in "+*" and all(map(_is_rational, tree[1:]))


def _divides(tree: Tree) -> bool:
    if tree[0] == "^" and tree[2] < ("q", Fraction(0)) and names_in(tree[1]):
        return True
    return any(_divides(part) for part in children(tree))


def parts_of(tree: Tree) -> int:
    """How many parts a tree has, at any depth."""
    return 1 + sum(parts_of(part) for part in children(tree))
