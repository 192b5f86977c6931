"""For which constants a claim holds, where it holds for some and fails for others.

The parts of an answer, one for every choice that `constants.openings` lists, are plain data:
`{"verdict": "holds" or "fails", "witness": ...}`, or `{"divided": (name, value), "parts": ...}`
with the parts below, at and above the value, as `constants.divided` has them.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import sympy
from attrs import field, frozen

from estimator.expressions.regime import Regime
from estimator.expressions.tree import Tree, to_sympy
from estimator.growth_checker.condition import check_condition
from estimator.growth_numbers.constants import divided, openings
from estimator.symbols import asked

Part = Mapping[str, Any]

Region = list[tuple[str, ...]]
"""Alternatives, each of them conditions that are all met: `[()]` is everywhere, `[]` nowhere."""

MOST_ALTERNATIVES = 3
LONGEST = 120
"""Of what is said in one line. Unit: characters."""


@frozen
class Condition:
    """Where a claim holds and where it fails.

    Args:
        regime: what the symbols do.
        parts: see above.
        text: `HOLDS iff k <= 1`, or all cases where that would be long.
    """

    regime: Regime
    parts: tuple[Part, ...] = field(repr=False)
    text: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "text", "; ".join(self.lines()))

    def lines(self) -> list[str]:
        """The text: `HOLDS iff ...`, or a line for each case."""
        holds = self._region("holds")
        found = _said(holds)
        if len(holds) <= MOST_ALTERNATIVES and len(found) <= LONGEST:
            return [f"HOLDS iff {found}"]
        pairs = [
            (verdict, each) for verdict in ("holds", "fails") for each in self._region(verdict)
        ]
        return [f"{verdict.upper()} if {' and '.join(each)}" for verdict, each in pairs]

    def check(self, f: Tree, relation: str, g: Tree) -> None:
        """Verify the witness of every part.

        Raises:
            WitnessError: if one does not prove its verdict.
        """
        check_condition(f, relation, g, self.regime, self.parts)

    def _region(self, verdict: str) -> Region:
        chosen = zip(openings(self.regime), self.parts, strict=True)
        return _over_ends(list(self.regime.constants), list(chosen), self.regime, verdict)


def conditional_as_json(
    condition: Condition, found: Mapping[str, Any], claims: list[dict[str, Any]]
) -> dict[str, Any]:
    """A conditional answer as JSON can hold it: the condition first, then the claims of each case.

    Args:
        condition: of the answer.
        found: what JSON says of any answer.
        claims: all that the cases rest on, each with its `verdict`.
    """
    return {"condition": condition.text, **found, "reason": condition.text, "cases": claims}


def conditional_lines(condition: Condition, asked: str) -> list[str]:
    """The head of a conditional answer for a reader.

    Args:
        condition: of the answer.
        asked: the question.
    """
    lines = condition.lines()
    if len(lines) == 1:
        return [f"{lines[0]}   {asked}"]
    return [f"HOLDS for some constants, FAILS for others   {asked}", *(f"  {x}" for x in lines)]


def _said(region: Region) -> str:
    return " or ".join(" and ".join(each) for each in region)


def _over_ends(
    names: Sequence[str],
    chosen: Sequence[tuple[Mapping[str, Tree], Part]],
    regime: Regime,
    verdict: str,
) -> Region:
    """The region where intervals of constants have end points of their own."""
    if not names:
        ((values, part),) = chosen
        return _Place.opened(values, regime).region(part, verdict)
    name, lower = names[0], regime.constants[names[0]][0]
    groups: dict[Tree, list[tuple[Mapping[str, Tree], Part]]] = {}
    for values, part in chosen:
        groups.setdefault(values[name], []).append((values, part))
    inside, *ends = list(groups)
    if not ends:
        return _over_ends(names[1:], chosen, regime, verdict)
    pieces = _pieces_inside(names, groups[inside], regime, verdict)
    for end in ends:
        found = _over_ends(names[1:], groups[end], regime, verdict)
        if end[1] == lower:
            pieces = [([], None), (found, str(end[1])), *pieces]
        else:
            pieces = [*pieces, (found, str(end[1])), ([], None)]
    return _joined(name, pieces, {str(end[1]) for end in ends})


def _pieces_inside(
    names: Sequence[str],
    chosen: Sequence[tuple[Mapping[str, Tree], Part]],
    regime: Regime,
    verdict: str,
) -> "list[_Piece]":
    """Pieces of the line inside an interval, where one constant alone has them."""
    if len(chosen) == 1:
        ((values, part),) = chosen
        pieces = _Place.opened(values, regime).pieces(part, names[0], verdict)
        if pieces is not None:
            return pieces
    return [(_over_ends(names[1:], chosen, regime, verdict), None)]


_Piece = tuple[Region, str | None]
"""What holds on a piece of a line; the place if it is a point, otherwise `None`."""


def _joined(name: str, pieces: Sequence[_Piece], ends: frozenset[str] | set[str]) -> Region:
    """The region of pieces of a line, from left to right, points and what lies between them.

    Args:
        name: of the constant.
        pieces: of the line.
        ends: points beyond which there is nothing.
    """
    regions = [region for region, _ in pieces]
    if len(pieces) == 3 and not ends and regions[0] == regions[2] and not regions[1]:
        return [(f"{name} != {pieces[1][1]}", *each) for each in regions[0]]
    found: Region = []
    start = 0
    while start < len(pieces):
        stop = start
        while stop + 1 < len(pieces) and regions[stop + 1] == regions[start]:
            stop += 1
        clause = _clause(name, pieces, start, stop, ends)
        found += [(*clause, *each) for each in regions[start]]
        start = stop + 1
    return found


def _clause(
    name: str, pieces: Sequence[_Piece], start: int, stop: int, ends: frozenset[str] | set[str]
) -> tuple[str, ...]:
    """In words, where a run of pieces lies."""
    first, last = pieces[start][1], pieces[stop][1]
    if start == stop and first is not None:
        return (f"{name} = {first}",)
    low, high = first, last
    signs = ["<=" if first is not None else "<", "<=" if last is not None else "<"]
    if first is None and start > 0:
        low = pieces[start - 1][1]
    if last is None and stop + 1 < len(pieces):
        high = pieces[stop + 1][1]
    if first is not None and first in ends and start <= 1:
        low = None
    if last is not None and last in ends and stop >= len(pieces) - 2:
        high = None
    if low is not None and high is not None:
        return (f"{low} {signs[0]} {name} {signs[1]} {high}",)
    if low is not None:
        return (f"{name} {signs[0].replace('<', '>')} {low}",)
    return (f"{name} {signs[1]} {high}",) if high is not None else ()


@frozen
class _Place:
    """Where in a division of constants one is.

    Args:
        meant: constants of the question, by what now stands for them.
        now: what stands for constants now, by the constants of the question.
    """

    meant: Mapping[str, sympy.Expr]
    now: Mapping[str, sympy.Expr]

    @classmethod
    def opened(cls, values: Mapping[str, Tree], regime: Regime) -> "_Place":
        """Before any division."""
        meant, now = {}, {}
        for name, value in values.items():
            k = asked(name)
            lower, upper = (None if x is None else _number(x) for x in regime.constants[name])
            meant[name] = to_sympy(value)
            if value[0] != "q":
                now[name] = k - lower if upper is None else (k - lower) / (upper - k)
        return cls(meant, now)

    def region(self, part: Part, verdict: str) -> Region:
        """Where a part has a verdict, in words about the constants of the question."""
        if "verdict" in part:
            return [()] if part["verdict"] == verdict else []
        name, value = part["divided"]
        pieces = self.pieces(part, name, verdict)
        if pieces is not None:
            return _joined(name, pieces, set())
        shown = f"{self.now[name]} {{}} {_short(self._now(to_sympy(value)))}"
        found: Region = []
        for sign, (place, inner) in zip("<=>", self._parts(part), strict=True):
            found += [(shown.format(sign), *each) for each in place.region(inner, verdict)]
        return found

    def pieces(self, part: Part, name: str, verdict: str) -> "list[_Piece] | None":
        """Pieces of the line of a constant; `None` if its division cannot be said that way."""
        if "divided" not in part or part["divided"][0] != name:
            return [(self.region(part, verdict), None)]
        edge = self._edge(*part["divided"])
        if edge is None:
            return None
        below, at, above = self._parts(part)
        is_swapped = name not in divided(*part["divided"])[0]
        left = None if is_swapped else below[0].pieces(below[1], name, verdict)
        right = above[0].pieces(above[1], name, verdict)
        return [
            *(left or [(below[0].region(below[1], verdict), None)]),
            (at[0].region(at[1], verdict), edge),
            *(right or [(above[0].region(above[1], verdict), None)]),
        ]

    def _edge(self, name: str, value: Tree) -> str | None:
        """What the constant of the question is where it is divided; `None` if that depends on it.

        It rises with what stands for it.
        """
        edge = self._now(self.meant[name].subs(asked(name), to_sympy(value)))
        own = asked(name)
        if edge.has(own):
            gap = sympy.expand(sympy.cancel(own - edge))
            if not gap.is_polynomial(own) or sympy.degree(gap, own) != 1:
                return None
            slope, offset = sympy.Poly(gap, own).all_coeffs()
            if not slope.is_Rational or slope < 0:
                return None
            edge = -offset / slope
        return _short(edge)

    def _now(self, value: sympy.Expr) -> sympy.Expr:
        return value.subs({asked(x): to for x, to in self.now.items()}, simultaneous=True)

    def _parts(self, part: Part) -> Iterator[tuple["_Place", Part]]:
        name, value = part["divided"]
        k, r = self.now[name], self._now(to_sympy(value))
        below, at, above = divided(name, value)
        for values, inner in zip((below, at, above), part["parts"], strict=True):
            now = dict(self.now)
            if values is at:
                del now[name]
            elif values is above:
                now[name] = k - r
            elif name in values:
                now[name] = k / (r - k)
            else:
                ((other, _),) = values.items()
                now[other] = self.now[other] * (1 - k / r)
            changes = {asked(x): to_sympy(to) for x, to in values.items()}
            meant = {x: to.subs(changes, simultaneous=True) for x, to in self.meant.items()}
            yield _Place(meant, now), inner


def _number(value: Fraction) -> sympy.Rational:
    return sympy.Rational(value.numerator, value.denominator)


def _short(value: sympy.Expr) -> str:
    """The shortest of a few ways to write an expression."""
    forms = [value, sympy.expand(value), sympy.cancel(value), sympy.factor(value)]
    return min(map(str, forms), key=len)
