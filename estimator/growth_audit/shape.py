"""A claim made ready for points: its trees in one program, its sides beside those asked about."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from random import Random
from typing import Any

from attrs import frozen

from estimator.expressions.regime import Regime
from estimator.expressions.relations import SIDES, VANISHING, Relation
from estimator.expressions.tree import (
    MINUS,
    UNIT,
    ZERO,
    Tree,
    call,
    children,
    functions_in,
    names_in,
    plus,
    raised,
    replaced,
    times,
)
from estimator.growth_audit.claims import ABOUT_INTEGERS, Claim, Line
from estimator.growth_audit.paths import STAYING
from estimator.growth_audit.points import Domain, Draws
from estimator.growth_audit.program import Program

WAVES = frozenset({"sin", "cos", "ceiling", "floor"})
"""Functions for which distances to integers, or to multiples of pi, matter."""

ORIENTED = {"O": False, "o": False, "~": False, "~O": False, "Omega": True, "omega": True}
"""Whether the sides of a relation change places in its claim."""


class FlawedError(ValueError):
    """A claim that says nothing, wherever it is evaluated; the text says why."""


@frozen(kw_only=True)
class Question:
    """What was asked.

    Args:
        f: left side, with couplings put in.
        g: right side.
        regime: what symbols do.
        relation: between f and g.
        fails: whether it is said to fail.
    """

    f: Tree
    g: Tree
    regime: Regime
    relation: Relation
    fails: bool

    @property
    def variables(self) -> tuple[str, ...]:
        """What does not stay."""
        return (*self.regime.growing, *self.regime.vanishing)

    @property
    def sides(self) -> tuple[str, ...]:
        """What the relation consists of."""
        return SIDES[self.relation.kind]


@frozen(kw_only=True, eq=False)
class Shape:
    """A claim in a program.

    Args:
        left: number of the tree of |left|.
        right: of |right|.
        bound: of C * rate * |right|.
        zero: of 0.
        pairs: by side, and by number where a power may be one of several, what left and right
            should be.
        lines: steps with the numbers of their trees.
        draws: points.
    """

    left: int
    right: int
    bound: int
    zero: int
    pairs: Mapping[str, tuple[tuple[int, int], tuple[int, int]]]
    lines: tuple[tuple[Line, tuple[int, ...]], ...]
    draws: Draws


def expanded(tree: Tree, meant: Mapping[str, Tree]) -> Tree:
    """The tree with what names stand for put in, as often as there is something to put in."""
    for _ in meant:
        if not names_in(tree) & meant.keys():
            break
        tree = replaced(tree, meant)
    return tree


def shape_of(claim: Claim, question: Question, random: Random) -> Shape:
    """A claim ready to be evaluated.

    Raises:
        FlawedError: if it says nothing about the question.
    """
    regime = question.regime
    fixed = {name: box for name, box in regime.constants.items() if name not in claim.defined}
    fixed |= {name: (Fraction(0), None) for name in (*claim.free, *staying(claim, regime))}
    growing = _parameters(claim, question, fixed)
    vanishing = frozenset() if question.fails else frozenset(regime.vanishing)
    _check_names(claim, {*growing, *fixed})
    _check_conditions(claim, growing, vanishing)
    sides = [side for side in question.sides if claim.side in (None, side)]
    if not sides:
        raise FlawedError(f"it is about {claim.side}, which was not asked")
    is_zero = claim.constant == ZERO
    if _needs_rate(sides, question.fails) and claim.rate is None and not is_zero:
        raise FlawedError("nothing beside C goes to zero")
    program = Program()
    asked = [expanded(side, claim.defined) for side in (question.f, question.g)]
    waves = any(_has_waves(side) for side in asked)
    left, right = program.add(claim.left), program.add(claim.right)
    pairs: dict[str, tuple[tuple[int, int], tuple[int, int]]] = {}
    for side, one, two in _asked(asked[0], asked[1], sides, claim, question):
        f, g = (program.add(replaced(each, claim.path)) for each in (one, two))
        turned = ORIENTED[side.partition(" ")[0]] != question.fails
        pairs[side] = ((left, g), (right, f)) if turned else ((left, f), (right, g))
    domain = Domain(
        growing=growing,
        vanishing=vanishing,
        whole=frozenset(x for x in growing if question.fails and ABOUT_INTEGERS.fullmatch(x)),
        constants=fixed,
        thresholds=tuple((name, program.add(tree)) for name, _, tree in claim.thresholds),
        orders=() if question.fails else claim.orders,
        waves=waves,
        at=claim.at,
    )
    factors = [claim.constant, *([] if claim.rate is None else [claim.rate])]
    return Shape(
        left=program.add(("f", "Abs", claim.left)),
        right=program.add(("f", "Abs", claim.right)),
        bound=program.add(times(*factors, ("f", "Abs", claim.right))),
        zero=program.add(ZERO),
        pairs=pairs,
        lines=tuple((line, tuple(map(program.add, line.trees))) for line in claim.lines),
        draws=Draws(domain, program, random),
    )


def staying(claim: Claim, regime: Regime) -> list[str]:
    """Names of positive numbers that say where variables of a path stay."""
    names = frozenset().union(*map(names_in, claim.path.values()))
    known = {*regime.growing, *regime.vanishing, *regime.constants, *regime.coupled}
    return sorted(name for name in names - known if STAYING.fullmatch(name))


def _asked(
    f: Tree, g: Tree, sides: list[str], claim: Claim, question: Question
) -> Iterator[tuple[str, Tree, Tree]]:
    """What each side of the relation is about."""
    for side in sides:
        if side == "~":
            yield side, plus(f, times(MINUS, g)), g
        elif side == "~O":
            powers = _powers(g, claim, question)
            if not powers:
                raise FlawedError("there is no power of logarithms on the side of the bound")
            for place, power in enumerate(powers):
                yield f"~O {place}", f, times(g, _logarithms(question, power))
        else:
            yield side, f, g


def _logarithms(question: Question, power: Tree) -> Tree:
    """The logarithms of the variables that the relation names, or of all, to a power."""
    vanishing = question.regime.vanishing
    names = question.relation.soft or question.variables
    logs = (("x", x) if x not in vanishing else raised(("x", x), MINUS) for x in names)
    return raised(times(*(call("log", x) for x in logs)), power)


def _powers(g: Tree, claim: Claim, question: Question) -> list[Tree]:
    """What the power of the logarithms may be; every number if the relation fails."""
    if question.fails:
        return [("x", name) for name in claim.every]
    ours = dict.fromkeys([UNIT, *_exponents(claim.right)])
    theirs = dict.fromkeys([ZERO, UNIT, *_exponents(g)])
    fixed = [x for x in ours if not names_in(x) & set(question.variables)]
    return [plus(x, times(MINUS, y)) if y != ZERO else x for y in theirs for x in fixed]


def _exponents(tree: Tree) -> Iterator[Tree]:
    """Exponents of whatever has a logarithm."""
    if tree[0] == "^" and "log" in functions_in(tree[1]):
        yield tree[2]
    for part in children(tree):
        yield from _exponents(part)


def _needs_rate(sides: list[str], fails: bool) -> bool:
    return all((side in VANISHING) != fails for side in sides)


def _parameters(claim: Claim, question: Question, fixed: Mapping[str, Any]) -> tuple[str, ...]:
    """What goes to infinity."""
    if not question.fails:
        if claim.path:
            raise FlawedError("a path shows nothing that holds")
        return question.variables
    for name in question.variables:
        if name not in claim.path:
            raise FlawedError(f"its path says nothing of {name}")
    found = frozenset().union(*map(names_in, claim.path.values())) - fixed.keys()
    if len(found) != min(1, len(question.variables)):
        raise FlawedError("its path has more than one parameter, or none")
    return tuple(found)


def _check_names(claim: Claim, known: set[str]) -> None:
    trees = [claim.left, claim.right, claim.constant, *(tree for *_, tree in claim.thresholds)]
    trees += [*claim.path.values(), *([] if claim.rate is None else [claim.rate])]
    trees += [tree for line in claim.lines for tree in line.trees]
    for tree in trees:
        for name in sorted(names_in(tree) - known):
            raise FlawedError(f"nothing is said of {name}")


def _check_conditions(claim: Claim, growing: tuple[str, ...], vanishing: frozenset[str]) -> None:
    """Whether orders and thresholds make sense."""
    bounded = set()
    for name, at_most, _ in claim.thresholds:
        if name not in growing or at_most != (name in vanishing):
            raise FlawedError(f"the threshold of {name} leaves out where it goes")
        bounded.add(name)
    for pair in () if claim.path else claim.orders:
        names = [names_in(tree) for tree in pair]
        if not all(names) or any(not each <= set(growing) for each in names):
            raise FlawedError("an order is not one of variables")
        bounded |= names[0]
    for name in growing:
        if name not in bounded:
            raise FlawedError(f"there is no threshold of {name}")


def _has_waves(tree: Tree) -> bool:
    """Whether integers matter."""
    if WAVES & functions_in(tree):
        return True
    if tree[0] == "^" and tree[1][0] == "q" and tree[1][1] < 0:
        return True
    return any(map(_has_waves, children(tree)))
