"""Costs with symbols, found once and then put to use for everything of the same form."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import attrs
import sympy
from qualtran import Bloq
from qualtran.resource_counting import (
    CostKey,
    GateCounts,
    QECGatesCost,
    QubitCount,
)
from qualtran.symbolics import SymbolicInt

from estimator.costs.depth import AbstractDepth
from estimator.costs.keys import CallCounts, OracleCalls, PeakQubits
from estimator.costs.known import known_cost, remembered
from estimator.costs.simplify import multiplied_out

Values = Mapping[sympy.Symbol, sympy.Expr]

FILLABLE = (AbstractDepth, OracleCalls, PeakQubits, QECGatesCost, QubitCount)
"""Kinds of cost into which `put_in` can put expressions."""


def pattern_cost(pattern: Bloq, cost_key: CostKey[Any]) -> Any:
    """The cost of a bloq in symbols, remembered."""
    return known_cost(pattern, cost_key)


@remembered
def work_qubits(bloq: Bloq) -> tuple[SymbolicInt, ...]:
    """Qubits that a bloq needs besides its registers; with several answers, the most of them."""
    peak = known_cost(bloq, PeakQubits())
    terms = peak.args if isinstance(peak, sympy.Max) else (peak,)
    return tuple(multiplied_out(term - bloq.signature.n_qubits()) for term in terms)


def put_in(cost: Any, values: Values) -> Any:
    """`cost` with expressions in place of symbols, multiplied out if `cost` is.

    Args:
        cost: an expression, a flat `Max` of expressions, or counts.
        values: what to put in for each symbol.
    """
    if isinstance(cost, CallCounts):
        return CallCounts({name: put_in(x, values) for name, x in cost.counts})
    if isinstance(cost, GateCounts):
        fields = attrs.fields(GateCounts)
        return GateCounts(**{f.name: put_in(getattr(cost, f.name), values) for f in fields})
    if isinstance(cost, sympy.Max):
        terms = {put_in(term, values) for term in cost.args}
        if all(isinstance(term, int) for term in terms):
            return max(terms)
        return sympy.Max(*terms, evaluate=False)
    return _put_in(cost, tuple(values.items())) if isinstance(cost, sympy.Basic) else cost


@lru_cache(maxsize=4096)
def _put_in(
    expression: sympy.Expr, values: tuple[tuple[sympy.Symbol, sympy.Expr], ...]
) -> SymbolicInt:
    if all(value.is_Integer for _, value in values):
        found = expression.xreplace(dict(values))
        return int(found) if found.is_Integer else found
    sums = [symbol for symbol, value in values if isinstance(value, sympy.Add)]
    rest, changed = expression.as_independent(*sums, as_Add=True)
    return rest.xreplace(dict(values)) + sympy.expand(changed.xreplace(dict(values)))
