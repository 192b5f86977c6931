"""What one call of a bloq costs, and a weight to rank it by."""

import math
import re
from collections.abc import Iterable, Mapping

import sympy
from attrs import field, frozen
from qualtran import Bloq
from qualtran.bloqs.basic_gates import (
    Discard,
    GlobalPhase,
    Identity,
    MeasureX,
    MeasureZ,
    Toffoli,
    TwoBitCSwap,
)
from qualtran.bloqs.bookkeeping import Allocate, Cast, Free, Join, Partition, Split
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import (
    QECGatesCost,
    get_bloq_callee_counts,
)
from qualtran.resource_counting.classify_bloqs import (
    bloq_is_clifford,
    bloq_is_rotation,
    bloq_is_state_or_effect,
    bloq_is_t_like,
)
from qualtran.symbolics import SymbolicInt
from sympy.core.function import AppliedUndef

from estimator.costs.known import known_cost
from estimator.report.formula import expression_text

TRIAL_VALUE = 32
"""Value put for a free symbol, only to compare shares. Errors get `TRIAL_ERROR`."""

TRIAL_WIDTHS = {
    **{"a": 12, "b": 16, "beta": 3, "c": 4, "d": 2, "m": 5, "n": 12, "s": 4},
    **{"i": 1, "k": 2},
}
"""Values put for logarithms and widths, where `TRIAL_VALUE` would be out of range, and for layers:
of two the first, which runs most often."""

MOST_TERMS = 64
"""Most terms of a sum or a product over an index that are put in."""

TRIAL_ERROR = sympy.Rational(1, 1024)
"""Value put for a symbol named eps, epsilon or delta, only to compare shares."""

_ERROR_NAME = re.compile(r"\\?((var)?eps(ilon)?|delta|[εϵδ])(_.*)?$")

BOOKKEEPING = (Split, Join, Partition, Cast)
"""Bloqs that only rename bits, in order: first bit in, first bit out."""

_GATES = (And, Toffoli, TwoBitCSwap, MeasureX, MeasureZ, GlobalPhase, Identity, Discard)


def trial_values(expressions: Iterable[SymbolicInt]) -> dict[sympy.Symbol, sympy.Expr]:
    """The value each free symbol takes when shares are compared."""
    free = {symbol for value in expressions for symbol in sympy.sympify(value).free_symbols}
    return {symbol: _trial_value(symbol) for symbol in sorted(free, key=str)}


def _trial_value(unknown: sympy.Expr) -> sympy.Expr:
    """What is put for a symbol, or for a function of an index that nothing defines."""
    is_function = isinstance(unknown, AppliedUndef)
    name = unknown.func.__name__ if is_function else unknown.name
    if _ERROR_NAME.match(name):
        return TRIAL_ERROR
    return sympy.Integer(TRIAL_VALUE if is_function else TRIAL_WIDTHS.get(name, TRIAL_VALUE))


@frozen
class Comparison:
    """Numbers for expressions, only to compare them, with every symbol at its trial value.

    Args:
        definitions: what some symbols, and functions of an index such as f(i), stand for. Sums and
            products, also those over an index, are put in, so that runs of different layers
            differ; what is worked out by another function, such as a degree, is not.
    """

    definitions: Mapping[sympy.Expr, SymbolicInt] = field(factory=dict)
    _at: dict[sympy.Expr, float] = field(factory=dict)

    def number(self, value: SymbolicInt) -> float:
        """`value` with every symbol at its trial value; nan where that gives no number."""
        try:
            found = self._value(sympy.sympify(value))
        except RecursionError:
            raise
        except Exception:  # undecidable, unevaluated or too large: all mean "cannot be compared"
            return math.nan
        return found if math.isfinite(found) else math.nan

    def _value(self, expression: sympy.Expr) -> float:
        """Without SymPy where possible: a network's cost has thousands of terms."""
        if isinstance(expression, (sympy.Symbol, sympy.Indexed, AppliedUndef)):
            if expression not in self._at:
                self._at[expression] = self._trial(expression)
            return self._at[expression]
        if isinstance(expression, sympy.Add):
            return math.fsum(map(self._value, expression.args))
        if isinstance(expression, sympy.Mul):
            return math.prod(map(self._value, expression.args))
        if isinstance(expression, sympy.Pow) and expression.base.is_positive:
            return self._value(expression.base) ** self._value(expression.exp)
        if isinstance(expression, (sympy.Sum, sympy.Product)):
            return self._over_index(expression)
        return float(expression.evalf(subs={x: self._value(x) for x in expression.free_symbols}))

    def _over_index(self, expression: sympy.Expr) -> float:
        """A sum or a product over one index, term by term."""
        ((index, first, last),) = expression.limits
        low, high = (round(self._value(sympy.sympify(x))) for x in (first, last))
        if high - low >= MOST_TERMS:
            return math.nan
        terms = [self._value(expression.function.xreplace({index: sympy.Integer(at)}))
                 for at in range(low, high + 1)]  # fmt: skip
        return math.fsum(terms) if isinstance(expression, sympy.Sum) else math.prod(terms)

    def trial_values(self, expressions: Iterable[SymbolicInt]) -> dict[sympy.Expr, sympy.Expr]:
        """The trial values on which numbers for the expressions rest."""
        waiting = [sympy.sympify(x) for x in expressions]
        seen: set[sympy.Expr] = set()
        found: set[sympy.Expr] = set()
        while waiting:
            expression = waiting.pop()
            for unknown in expression.free_symbols | expression.atoms(AppliedUndef):
                if unknown in seen:
                    continue
                seen.add(unknown)
                stands_for = self._stands_for(unknown)
                if stands_for is None:
                    found.add(self._key(unknown) or unknown)
                else:
                    waiting.append(stands_for)
        return {each: _trial_value(each) for each in sorted(found, key=str)}

    def _trial(self, unknown: sympy.Expr) -> float:
        stands_for = self._stands_for(unknown)
        return float(_trial_value(unknown)) if stands_for is None else self._value(stands_for)

    def _stands_for(self, unknown: sympy.Expr) -> sympy.Expr | None:
        """What is put in for a symbol or a function of an index, if something is."""
        key = self._key(unknown)
        if key is None:
            return None
        found = sympy.sympify(self.definitions[key])
        if key != unknown:
            found = found.xreplace(dict(zip(key.args, unknown.args, strict=True)))
        known = all(isinstance(x, AppliedUndef) for x in found.atoms(sympy.Function))
        return found if known else None

    def _key(self, unknown: sympy.Expr) -> sympy.Expr | None:
        """What defines it: itself, or the same function of an index that is a symbol."""
        if unknown in self.definitions:
            return unknown
        if not isinstance(unknown, AppliedUndef):
            return None
        for key in self.definitions:
            if key.func == unknown.func and all(arg.is_Symbol for arg in key.args):
                return key
        return None


@frozen(kw_only=True)
class Price:
    """Cost of one call of a bloq.

    Args:
        t: T gates, 4 per And, Toffoli and TwoBitCSwap. Unit: gates.
        rotations: arbitrary-angle rotations, not yet synthesised. Unit: gates.
        lower_bound: True if some bloq inside has no known cost and was counted as 0.
        unknown: True if nothing at all is known.
    """

    t: SymbolicInt = 0
    rotations: SymbolicInt = 0
    lower_bound: bool = False
    unknown: bool = False

    @property
    def is_free(self) -> bool:
        """Whether the bloq is known to need neither T gates nor rotations."""
        return not (self.unknown or self.lower_bound) and self.t == 0 and self.rotations == 0

    def lines(self) -> list[str]:
        """The price in words: T gates, then rotations if there are any."""
        if self.unknown:
            return ["cost unknown"]
        parts = [("at least " if self.lower_bound else "") + f"{expression_text(self.t)} T"]
        if self.rotations != 0:
            noun = "rotation" if self.rotations == 1 else "rotations"
            parts.append(f"+ {expression_text(self.rotations)} {noun}")
        return parts

    def __str__(self) -> str:
        return " ".join(self.lines())


def is_gate(bloq: Bloq) -> bool:
    """Whether a drawing counts this bloq in its caller instead of opening it."""
    return (
        isinstance(bloq, (*_GATES, *BOOKKEEPING, Allocate, Free))
        or bloq_is_t_like(bloq)
        or bloq_is_rotation(bloq)
        or bloq_is_clifford(bloq)
        or bloq_is_state_or_effect(bloq)
    )


def callees(bloq: Bloq) -> dict[Bloq, SymbolicInt] | None:
    """Callee -> number of calls, or None if the bloq does not say what it is made of."""
    found: dict[Bloq, SymbolicInt] = {}
    try:
        for callee, calls in get_bloq_callee_counts(bloq, ignore_decomp_failure=False):
            found[callee] = found.get(callee, 0) + calls
    except RecursionError:
        raise
    except Exception:  # besides Qualtran's own errors, symbolic sizes break bloqs in many ways
        return None
    return found


def has_loop(bloq: Bloq) -> bool:
    """Whether a bloq, or a part of it, contains itself, so that no recursion over it ends."""
    done: set[Bloq] = set()
    path = {bloq: iter(callees(bloq) or ())}
    while path:
        last, parts = next(reversed(path.items()))
        part = next((each for each in parts if each not in done), None)
        if part is None:
            done.add(last)
            del path[last]
        elif part in path:
            return True
        else:
            path[part] = iter(callees(part) or ())
    return False


@frozen
class PriceList:
    """Prices of bloqs, each computed once.

    Args:
        comparison: of the numbers to rank by.
        per_rotation: T gates that a rotation weighs; 1 is its least price.
    """

    comparison: Comparison = field(factory=Comparison)
    per_rotation: float = 1
    _prices: dict[Bloq, Price] = field(factory=dict)

    @classmethod
    def of(cls, bloq: Bloq, per_rotation: float = 1) -> "PriceList":
        """An empty list for the parts of a bloq, with its `definitions` if it has any."""
        return cls(Comparison(getattr(bloq, "definitions", {})), per_rotation)

    def number(self, value: SymbolicInt) -> float:
        """See `Comparison.number`."""
        return self.comparison.number(value)

    def weight(self, price: Price) -> float:
        """T gates plus rotations, a number to rank by."""
        if price.unknown:
            return math.nan
        turned = self.per_rotation * self.number(price.rotations)
        return max(self.number(price.t) + turned, 0.0)

    def __getitem__(self, bloq: Bloq) -> Price:
        """Price of one call; an unknown part counts as 0 and makes the rest a lower bound."""
        if bloq not in self._prices:
            self._prices[bloq] = Price(unknown=True)  # stands while a bloq that calls itself asks
            self._prices[bloq] = self._price(bloq)
        return self._prices[bloq]

    def _price(self, bloq: Bloq) -> Price:
        try:
            counts = known_cost(bloq, QECGatesCost())
            return Price(t=counts.total_t_count(ts_per_rotation=0), rotations=counts.rotation)
        except RecursionError:
            if not has_loop(bloq):
                raise
            return Price(unknown=True)
        except Exception:  # for the same reasons as in `callees`
            known = [(self[callee], calls) for callee, calls in (callees(bloq) or {}).items()]
        return Price(
            t=sum((part.t * calls for part, calls in known), 0),
            rotations=sum((part.rotations * calls for part, calls in known), 0),
            lower_bound=True,
            unknown=all(part.unknown for part, _ in known),
        )
