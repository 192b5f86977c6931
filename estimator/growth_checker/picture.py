"""One way to replace the atoms of a constant by polynomials in positive unknowns."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import lcm
from typing import Any

import sympy
from attrs import define, field

from estimator.growth_checker.terms import Terms, raised, rational, read, times, total_of

Sign = Callable[[Any], int]
"""The sign of a constant; refuses if there is none."""

Image = tuple[Terms, Terms]
"""Numerator and denominator of what stands for a root of an atom."""


class Unknown(tuple[Any]):
    """A positive number of which nothing else is known, by the atom that it belongs to."""

    __slots__ = ()

    def __new__(cls, atom: Any) -> "Unknown":
        return super().__new__(cls, (atom,))


def gather(terms: Terms, sign: Sign, roots: dict[Any, int]) -> None:
    """Add all atoms that are no numbers, and those they are made of.

    Args:
        terms: where they occur.
        sign: of what they are made of.
        roots: atom -> which root of it is needed.
    """
    for power in terms:
        for atom, e in power:
            if not atom.free_symbols:
                continue
            parts = () if atom in roots else parts_of(atom)
            roots[atom] = lcm(roots.get(atom, 1), e.denominator)
            for part in parts:
                gather(read(part, sign), sign, roots)


def parts_of(atom: sympy.Expr) -> tuple[sympy.Expr, ...]:
    """What an atom is made of."""
    if atom.is_Symbol:
        return ()
    if atom.is_Add:
        return (atom,)
    base, exponent = atom.as_base_exp()
    return (base, exponent) if exponent != 1 else atom.args


@define
class Picture:
    """One way to replace every atom.

    Args:
        images: of all atoms, in them and in unknowns.
        roots: which root of an atom the image stands for.
    """

    images: Mapping[Any, Image]
    roots: Mapping[Any, int]
    _done: dict[Any, Image] = field(factory=dict)

    def put(self, terms: Terms) -> Image:
        """Terms with all atoms replaced: polynomials in the unknowns, the denominator positive."""
        spans: dict[Any, list[int]] = {}
        for power in terms:
            for atom, e in power:
                if atom in self.images:
                    spans.setdefault(atom, [0]).append(int(e * self.roots[atom]))
        below = rational(1)
        for atom, span in spans.items():
            below = times(below, self._power(atom, -min(span), max(span)))
        total: Terms = {}
        for power, c in terms.items():
            exponents = dict(power)
            part: Terms = {frozenset((a, e) for a, e in power if a not in spans): c}
            for atom, span in spans.items():
                root = int(exponents.get(atom, Fraction(0)) * self.roots[atom])
                part = times(part, self._power(atom, root - min(span), max(span) - root))
            total = total_of(total, part)
        return total, below

    def _power(self, atom: Any, top: int, bottom: int) -> Terms:
        """Powers of the numerator and of the denominator of an image, multiplied."""
        if atom not in self._done:
            (one, one_below), (two, two_below) = map(self.put, self.images[atom])
            self._done[atom] = times(one, two_below), times(two, one_below)
        above, below = self._done[atom]
        return times(raised(above, top), raised(below, bottom))


def by_unknowns(terms: Terms) -> dict[tuple[tuple[Unknown, int], ...], Terms]:
    """Coefficients, which are numbers, by the powers of unknowns that they belong to."""
    found: dict[tuple[tuple[Unknown, int], ...], Terms] = {}
    for power, c in terms.items():
        own = ((x, int(e)) for x, e in power if isinstance(x, Unknown))
        rest = frozenset((x, e) for x, e in power if not isinstance(x, Unknown))
        found.setdefault(tuple(sorted(own, key=str)), {})[rest] = c
    return found
