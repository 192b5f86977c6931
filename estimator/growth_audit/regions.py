"""Points of a regime far apart in size, and conditions on its constants as they are printed."""

import re
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from estimator.expressions.cut import side_tree
from estimator.expressions.parse import parse_expression
from estimator.expressions.regime import Regime
from estimator.growth_audit.orders import NUMBERS, holds, in_order, value_of

_POINTS = 120
"""Points of a regime that are tried."""

_TALL = 2000
"""Bits of an exponent up to which another exponential is taken."""

_SIGNS = re.compile(r" (<=|>=|!=|<|>|=) ")


def points_of(regime: Regime, random: Random) -> Iterator[dict[str, Any]]:
    """Points with all orders of the regime: alike, powers, exponentials and products of others."""
    orders = [
        (regime.restore(side_tree(one)), regime.restore(side_tree(two)))
        for one, two in regime.ordered
    ]
    vanishing = frozenset(regime.vanishing)
    names = [*regime.growing, *regime.vanishing]
    low = dict.fromkeys(names, NUMBERS.mpf(1))
    for _ in range(_POINTS):
        random.shuffle(names)
        sizes: list[Any] = []
        for _ in names:
            sizes.append(_size(sizes, random))
        at = dict(zip(names, sizes, strict=True))
        point = {name: 1 / x if name in vanishing else x for name, x in at.items()}
        found = in_order(point, low, orders, vanishing, random)
        if found is not None:
            yield found


def _size(before: list[Any], random: Random) -> Any:
    """A large number, by chance one that another makes."""
    share = NUMBERS.mpf(random.uniform(0.2, 5))
    kind = random.randrange(6) if before else 0
    one, two = (random.choice(before or [NUMBERS.mpf(2)]) for _ in range(2))
    tall = NUMBERS.mag(one) > _TALL
    made = {1: one * share, 2: one**share, 3: one * two * share, 4: NUMBERS.log(one) * share}
    if kind == 5 and not tall:
        made[5] = NUMBERS.exp(one * share)
    found = made.get(kind, NUMBERS.mpf(10) ** (NUMBERS.mpf(10) ** random.uniform(0.3, 2)))
    return max(found, NUMBERS.mpf(20))


def keeps(orders: Any, point: Mapping[str, Any]) -> bool:
    """Whether a point is where all orders of a claim hold."""
    return all(holds(order, point) for order in orders)


def holds_by(condition: str, constants: Mapping[str, Any]) -> bool | None:
    """Whether a condition says that the claim holds for these constants; `None` if unread."""
    if condition.startswith("HOLDS iff "):
        return _any_of(condition.removeprefix("HOLDS iff "), constants)
    found = []
    for each in condition.split("; "):
        verdict, _, said = each.partition(" if ")
        met = _any_of(said, constants)
        if met is None:
            return None
        found += [verdict == "HOLDS"] if met else []
    return found[0] if len(set(found)) == 1 else None


def _any_of(text: str, constants: Mapping[str, Any]) -> bool | None:
    told = [
        [_chain(each, constants) for each in part.split(" and ")] for part in text.split(" or ")
    ]
    if any(each is None for part in told for each in part):
        return None
    return any(all(part) for part in told)


def _chain(text: str, constants: Mapping[str, Any]) -> bool | None:
    """Whether a chain such as 0 < k <= j holds; `None` if it cannot be told."""
    parts = _SIGNS.split(text)
    if len(parts) < 3:
        return None
    try:
        trees = [parse_expression(each, frozenset(constants)) for each in parts[::2]]
    except ValueError:
        return None
    values = [value_of(tree, constants) for tree in trees]
    if any(each is None for each in values):
        return None
    met = True
    for place, sign in enumerate(parts[1::2]):
        one, two = values[place : place + 2]
        same = abs(one - two) <= max(abs(one), abs(two)) * NUMBERS.mpf(2) ** -40
        met &= {
            "<=": same or one < two,
            ">=": same or one > two,
            "<": not same and one < two,
            ">": not same and one > two,
            "=": same,
            "!=": not same,
        }[sign]
    return bool(met)
