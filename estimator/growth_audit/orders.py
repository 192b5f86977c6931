"""Puts coordinates into the orders of a claim: t >= log(1/eps), N >= M*K, N**2 >= M."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Any

from mpmath import MPContext

from estimator.expressions.tree import Tree, names_in
from estimator.growth_audit.intervals import NotEvaluatedError
from estimator.growth_audit.program import Program

NUMBERS = MPContext()
NUMBERS.prec = 80

TALL = 5000
"""Bits of a number's exponent beyond which its exponential is not written."""

ROUNDS = 8
"""In which orders are mended, one after the other."""

Order = tuple[Tree, Tree]
"""What is larger, and what is smaller, in the symbols of the question."""


def value_of(tree: Tree, at: Mapping[str, Any]) -> Any:
    """A tree's value, of `NUMBERS`; `None` if it has none."""
    program = Program()
    number = program.add(tree)
    try:
        return NUMBERS.make_mpf(program.at({x: y._mpf_ for x, y in at.items()}).rough(number))
    except (NotEvaluatedError, OverflowError, MemoryError):
        return None


def solved(tree: Tree, name: str, target: Any, at: Mapping[str, Any]) -> Any:
    """What a symbol must be for a side of an order to have a positive value.

    Args:
        tree: symbols, logarithms, powers and products.
        name: of a symbol that occurs once.
        target: the value, of `NUMBERS`.
        at: the other symbols.

    Returns:
        `None` if it cannot be written, or the side is of another shape.
    """
    if tree == ("x", name):
        return target
    if tree[:2] == ("f", "log"):
        is_tall = NUMBERS.mag(target) > TALL
        return None if is_tall else solved(tree[2], name, NUMBERS.exp(target), at)
    if tree[0] == "^" and tree[2][0] == "q" and tree[2][1] and target > 0:
        power = 1 / Fraction(tree[2][1])
        return solved(
            tree[1], name, target ** (NUMBERS.mpf(power.numerator) / power.denominator), at
        )
    if tree[0] == "*":
        for part in tree[1:]:
            if name in names_in(part):
                inner = part
            else:
                value = value_of(part, at)
                if not value:
                    return None
                target = target / value
        return solved(inner, name, target, at)
    return None


def holds(order: Order, at: Mapping[str, Any]) -> bool:
    """Whether an order is met at a point, to all digits that are looked at."""
    program = Program()
    large, small = map(program.add, order)
    values = program.at({x: y._mpf_ for x, y in at.items()})
    return values.at_most(small, large).verdict is True


def in_order(
    found: Mapping[str, Any],
    low: Mapping[str, Any],
    orders: Sequence[Order],
    vanishing: frozenset[str],
    random: Random | None,
) -> dict[str, Any] | None:
    """Symbols moved until all orders hold; `None` if that was not found.

    Args:
        found: symbols, of `NUMBERS`.
        low: what each is at least; its reciprocal if it vanishes.
        orders: that must hold.
        vanishing: symbols that go to zero.
        random: whether the smaller side comes down or the larger goes up, and how far; up, and to
            the other one, if `None`.
    """
    at = dict(found)
    for turn in range(ROUNDS):
        broken = [order for order in orders if not holds(order, at)]
        if not broken:
            return at
        for order in broken:
            if not _mended(order, at, low, vanishing, random if turn < ROUNDS // 2 else None, turn):
                return None
    return at if all(holds(order, at) for order in orders) else None


def _mended(
    order: Order,
    at: dict[str, Any],
    low: Mapping[str, Any],
    vanishing: frozenset[str],
    random: Random | None,
    turn: int,
) -> bool:
    """Move one symbol so that an order holds, up to rounding."""
    large, small = order
    above, below = value_of(large, at), value_of(small, at)
    if above is None or below is None:
        return False
    if random is not None and random.random() < 0.5:
        name = random.choice(sorted(names_in(small)))
        value = solved(small, name, above, at)
        if value and (1 / value if name in vanishing else value) >= low[name]:
            at[name] = value
            return True
    factor = 1
    if random is not None:
        factor = random.choice((1, 1, 10, below / above if above > 0 else 1))
    elif turn:
        factor = 1 + NUMBERS.mpf(2) ** (4 * turn - 50)
    for name in sorted(names_in(large)):
        value = solved(large, name, below * max(factor, 1), at)
        if value:
            at[name] = value
            return True
    return False
