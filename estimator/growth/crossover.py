"""Where one cost falls below another, as a bracketed number, a list of ranges, or never.

Beyond a threshold the sign of the difference is proved by `growth_checker`; below it, interval
arithmetic settles every piece on which the difference has one sign.
"""

from collections.abc import Mapping
from math import inf
from typing import Any

from attrs import frozen
from mpmath import iv, mp

from estimator.expressions.regime import Regime
from estimator.expressions.tree import MINUS, Tree, from_sympy, names_in, plus, replaced, times
from estimator.growth.decide import Expression, tree_of
from estimator.growth.enclosure import floor_of
from estimator.growth.prove import ORDERS, enclosure_of
from estimator.growth.witness import sign_witness
from estimator.growth_checker.check import check_sign
from estimator.growth_numbers.number import UndecidedError

MOST_PIECES = 4000
"""Intervals looked at."""

FINEST = 1e-9
"""Relative width below which an interval is no longer halved."""


@frozen
class Crossover:
    """Where f < g.

    Args:
        ranges: (from, to) with f < g inside, in increasing order; ends are bracketed to a part
            in 10**9, and the last may be infinite.
        open: (from, to) on which nothing was shown, such as around points of equality.
        beyond: the sign of g - f is proved from here on.
    """

    ranges: tuple[tuple[float, float], ...]
    open: tuple[tuple[float, float], ...]
    beyond: float

    @property
    def never(self) -> bool:
        """Whether f is nowhere below g, up to the open pieces."""
        return not self.ranges

    @property
    def point(self) -> float | None:
        """Where f falls below g for good, or `None` if it does not."""
        return self.ranges[-1][0] if self.ranges and self.ranges[-1][1] == inf else None


def crossover(
    f: Expression,
    g: Expression,
    symbol: str,
    values: Mapping[str, Any] | None = None,
    start: float = 2.0,
) -> Crossover:
    """Where f falls below g as one symbol grows.

    Args:
        f: the cost that may become the smaller one.
        g: the cost it is compared with.
        symbol: what grows.
        values: numbers for the other symbols.
        start: smallest value looked at, positive.

    Raises:
        ValueError: if a symbol has no value, or the sign of the difference was not found.
    """
    if start <= 0:
        raise ValueError(f"crossover needs start > 0, got {start}")
    regime = Regime((symbol,), (), {}, (), {})
    given = {name: from_sympy(value) for name, value in (values or {}).items()}
    one, two = (replaced(tree_of(each, regime), given) for each in (f, g))
    for name in sorted((names_in(one) | names_in(two)) - {symbol}):
        raise ValueError(f"crossover needs a number for every other symbol, got none for {name}")
    gap = plus(two, times(MINUS, one))
    side, beyond = _eventually(gap, symbol)
    pieces = _pieces(gap, symbol, float(start), beyond)
    if beyond == inf:
        return _result([*pieces], inf)
    return _result([*pieces, (max(beyond, start), inf, side)], beyond)


def _eventually(gap: Tree, symbol: str) -> tuple[int, float]:
    """The sign of an expression beyond a threshold, proved, and the threshold."""
    variables = frozenset({symbol})
    for order in ORDERS:
        try:
            each, derivation = enclosure_of(gap, variables, order)
            if not each.main and each.is_exact:
                return 0, 0.0
            found = floor_of(derivation.ground, each)
        except UndecidedError:
            continue
        if found is not None:
            witness = sign_witness(gap, derivation, found)
            side = check_sign(gap, variables, witness)
            level, value = witness["variables"][symbol]
            threshold = mp.mpf(value.numerator) / value.denominator
            for _ in range(level):
                threshold = mp.exp(threshold) if threshold < 1e6 else mp.inf
            return side, float(threshold)
    raise ValueError(f"the sign of g - f was not found for large {symbol}")


def _pieces(gap: Tree, symbol: str, start: float, stop: float) -> list[tuple[float, float, int]]:
    """Intervals from start to stop with the sign of the gap, 0 where it was not found."""
    stop = min(stop, 1e300)
    if stop <= start:
        return []
    waiting, found, seen = [(start, stop)], [], 0
    while waiting:
        low, high = waiting.pop()
        seen += 1
        around = _value(gap, symbol, iv.mpf([low, high]))
        if around is not None and (around.a > 0 or around.b < 0):
            found.append((low, high, 1 if around.a > 0 else -1))
        elif seen > MOST_PIECES or high - low <= FINEST * high:
            found.append((low, high, 0))
        else:
            middle = (low * high) ** 0.5 if high > 2 * low else (low + high) / 2
            waiting += [(middle, high), (low, middle)]
    return found


def _result(pieces: list[tuple[float, float, int]], beyond: float) -> Crossover:
    merged: list[list[float]] = []
    for low, high, side in pieces:
        if merged and merged[-1][2] == side:
            merged[-1][1] = high
        else:
            merged.append([low, high, side])
    below = tuple((low, high) for low, high, side in merged if side > 0)
    unsure = tuple((low, high) for low, high, side in merged if side == 0)
    return Crossover(below, unsure, beyond)


def _value(tree: Tree, symbol: str, x: Any) -> Any:
    """The range of an expression on an interval, or `None` where it is not defined."""
    try:
        return _interval(tree, symbol, x)
    except (ValueError, ZeroDivisionError, OverflowError):
        return None


def _interval(tree: Tree, symbol: str, x: Any) -> Any:
    kind = tree[0]
    if kind == "q":
        return iv.mpf(tree[1].numerator) / iv.mpf(tree[1].denominator)
    if kind == "c":
        return +iv.pi if tree[1] == "pi" else iv.exp(1)
    if kind == "x":
        return x
    parts = [_interval(part, symbol, x) for part in (tree[2:] if kind == "f" else tree[1:])]
    if kind == "+":
        return sum(parts[1:], parts[0])
    if kind == "*":
        total = parts[0]
        for part in parts[1:]:
            total = total * part
        return total
    if kind == "^":
        base, exponent = parts
        if tree[2][0] == "q" and tree[2][1].denominator == 1:
            if tree[2][1] < 0 and base.a <= 0 <= base.b:
                raise ValueError("division by zero")
            return base ** int(tree[2][1])
        if base.a <= 0:
            raise ValueError("a broken power of a negative number")
        return iv.exp(exponent * iv.log(base))
    return _function(tree[1], parts)


def _function(name: str, parts: list[Any]) -> Any:
    (first, *_) = parts
    if name == "log":
        if first.a <= 0:
            raise ValueError("the logarithm of a negative number")
        return iv.log(first)
    if name in ("exp", "sin", "cos"):
        return getattr(iv, name)(first)
    if name in ("ceiling", "floor"):
        rounding = mp.ceil if name == "ceiling" else mp.floor
        return iv.mpf([rounding(mp.mpf(first.a)), rounding(mp.mpf(first.b))])
    if name in ("Max", "Min"):
        pick = max if name == "Max" else min
        return iv.mpf([pick(part.a for part in parts), pick(part.b for part in parts)])
    raise ValueError(f"nothing is known of the function {name}")
