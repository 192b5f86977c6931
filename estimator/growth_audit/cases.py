"""Whether the cases of an answer leave nothing out: constants, orders of variables, sides."""

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise, product
from random import Random
from typing import Any

from estimator.expressions.regime import Regime
from estimator.expressions.tree import Tree, children, names_in, replaced
from estimator.growth_audit.claims import Claim
from estimator.growth_audit.intervals import NotEvaluatedError
from estimator.growth_audit.orders import NUMBERS
from estimator.growth_audit.points import constant_in
from estimator.growth_audit.program import Program
from estimator.growth_audit.regions import holds_by, keeps, points_of

_WIDEST = 40
"""Powers of ten between which a free name is looked for."""

_HALVINGS = 90


def choices(regime: Regime, random: Random, count: int) -> Iterator[dict[str, Any]]:
    """Constants of a regime: every mixture of ends that belong to it, and random ones."""
    ends: dict[str, list[Any]] = {name: [None] for name in regime.constants}
    for name, value in regime.ends:
        ends[name].append(NUMBERS.mpf(value.numerator) / value.denominator)
    mixtures = list(product(*ends.values()))
    for place in range(max(count, min(len(mixtures), 4 * count))):
        chosen = mixtures[place % len(mixtures)]
        yield {
            name: constant_in(box, random, place) if end is None else end
            for (name, box), end in zip(regime.constants.items(), chosen, strict=True)
        }


def matches(claim: Claim, constants: Mapping[str, Any]) -> bool:
    """Whether constants are among those that a case is about."""
    known: dict[str, Any] = {}
    waiting: dict[str, Tree] = {}
    for name in constants:
        if name in claim.defined:
            tree = claim.defined[name]
            for _ in claim.defined:
                tree = replaced(tree, claim.defined)
            waiting[name] = tree
        else:
            known[name] = constants[name]
    for _ in range(len(waiting)):
        for name, tree in list(waiting.items()):
            open_names = sorted(names_in(tree) - known.keys())
            if len(open_names) > 1:
                continue
            del waiting[name]
            if open_names:
                found = _solved(tree, open_names[0], constants[name], known)
                if found is None:
                    return False
                known[open_names[0]] = found
            elif not _close(_at(tree, known), constants[name]):
                return False
    return True


def _solved(tree: Tree, name: str, value: Any, known: Mapping[str, Any]) -> Any:
    """The positive number for which a tree that rises, or falls, with it has a value."""
    low, high = NUMBERS.mpf(-_WIDEST), NUMBERS.mpf(_WIDEST)
    ends = [_at(tree, {**known, name: NUMBERS.mpf(10) ** u}) for u in (low, high)]
    if None in ends or not min(ends) < value < max(ends):
        return None
    rises = ends[0] < ends[1]
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        found = _at(tree, {**known, name: NUMBERS.mpf(10) ** middle})
        if found is None:
            return None
        if (found < value) == rises:
            low = middle
        else:
            high = middle
    return NUMBERS.mpf(10) ** low


def _at(tree: Tree, values: Mapping[str, Any]) -> Any:
    program = Program()
    number = program.add(tree)
    try:
        found = program.at({name: each._mpf_ for name, each in values.items()}).rough(number)
    except NotEvaluatedError:
        return None
    return NUMBERS.make_mpf(found)


def _close(one: Any, two: Any) -> bool:
    return one is not None and abs(one - two) <= abs(two) * NUMBERS.mpf(2) ** -40


def _edges(
    claims: Sequence[Claim],
    regime: Regime,
    random: Random,
    condition: str,
    tried: Sequence[Mapping[str, Any]],
) -> Iterator[dict[str, Any]]:
    """Choices with constants at, and between, the numbers that cases and a condition name."""
    told = {Fraction(each) for each in re.findall(r"\d+(?:/\d*[1-9]\d*)?", condition)}
    for claim in claims:
        told |= {number for tree in claim.defined.values() for number in _numbers(tree)}
    ends = sorted({Fraction(0), *told})
    values = [*ends, *((one + two) / 2 for one, two in pairwise(ends)), ends[-1] + Fraction(1, 2)]
    for chosen in tried:
        changed = dict(chosen)
        for name, (low, high) in regime.constants.items():
            value = random.choice(values)
            if value > low and (high is None or value < high):
                changed[name] = NUMBERS.mpf(value.numerator) / value.denominator
        yield changed


def _numbers(tree: Tree) -> Iterator[Fraction]:
    if tree[0] == "q":
        yield abs(Fraction(tree[1]))
    for part in children(tree):
        yield from _numbers(part)


def gap_in(
    claims: Sequence[Claim],
    sides: tuple[str, ...],
    fails: bool | None,
    regime: Regime,
    random: Random,
    count: int,
    condition: str = "",
) -> str:
    """What the cases leave out, in words; empty if nothing was found.

    Args:
        claims: of an answer, with the side of each.
        sides: of the relation that was asked about.
        fails: whether one side is enough; `None` if every claim has a verdict of its own.
        regime: of the question.
        random: where chance comes from.
        count: choices of constants that are tried.
        condition: for which constants the relation holds, as written.
    """
    has_orders = any(claim.orders for claim in claims)
    points = list(points_of(regime, random)) if has_orders and not fails else []
    tried = [*choices(regime, random, count if regime.constants else 1)]
    if condition:
        tried += [*_edges(claims, regime, random, condition, tried)]
    for constants in tried:
        fitting = [claim for claim in claims if matches(claim, constants)]
        refuting = [x for x in fitting if fails or (fails is None and x.verdict == "FAILS")]
        at = ", ".join(f"{k} = {NUMBERS.nstr(x, 6)}" for k, x in constants.items())
        meant = f" for {at}" if at else ""
        told = holds_by(condition, constants) if condition else None
        if told is not None and told == any(x.side is None or x.side in sides for x in refuting):
            return f"the condition is not what the cases say{meant}"
        if fails or refuting:
            if not any(x.side is None or x.side in sides for x in refuting):
                return f"no claim is about {' or '.join(sides)}{meant}"
            continue
        for wanted in sides:
            ready = [x for x in fitting if x.side is None or x.side == wanted]
            if not ready:
                return f"no claim is about {wanted}{meant}"
            for point in points if all(each.orders for each in ready) else ():
                if not any(keeps(each.orders, point) for each in ready):
                    names = sorted(point, key=lambda name: -abs(NUMBERS.log(point[name])))
                    shown = " > ".join(names)
                    return f"no claim is about {wanted} for coordinates with {shown}"
    return ""


def outside(claim: Claim, regime: Regime, point: Mapping[str, Any]) -> bool:
    """Whether a case's constants leave their intervals at a point of it."""
    for name, tree in claim.defined.items():
        if name not in regime.constants:
            continue
        for _ in claim.defined:
            tree = replaced(tree, claim.defined)
        if names_in(tree) - point.keys():
            continue
        value = _at(tree, {key: NUMBERS.make_mpf(each) for key, each in point.items()})
        low, high = regime.constants[name]
        if value is not None and not _inside(value, low, high):
            return True
    return False


def _inside(value: Any, low: Fraction, high: Fraction | None) -> bool:
    """Whether a number lies between two others, or so close to one of them that it may."""
    ends = [NUMBERS.mpf(x.numerator) / x.denominator for x in (low, high) if x is not None]
    above = value > ends[0] or _close(value, ends[0])
    return bool(above and (high is None or value < ends[1] or _close(value, ends[1])))
