"""Width and depth of a bloq that runs its parts one after another and holds no qubits between."""

from typing import Any

import sympy
from qualtran import Bloq
from qualtran.resource_counting import (
    CostKey,
    QubitCount,
)
from qualtran.symbolics import SymbolicInt, is_symbolic

from estimator.costs.depth import AbstractDepth
from estimator.costs.gate_counts import callees_of
from estimator.costs.keys import PeakQubits
from estimator.costs.known import known_cost
from estimator.costs.simplify import largest


def serial_cost(bloq: Bloq, cost_key: CostKey[Any]) -> Any:
    """What `my_static_costs` of such a bloq answers; `NotImplemented` for other keys.

    It saves opening a circuit of a million steps for a width that its call graph tells: the
    signature and the largest number of work qubits of any part. Every part must pass all its
    registers through. Depth is the sum over the parts, an upper bound.
    """
    if isinstance(cost_key, (PeakQubits, QubitCount)):
        return _width(bloq)
    if isinstance(cost_key, AbstractDepth):
        return _depth(bloq, cost_key)
    return NotImplemented


def _width(bloq: Bloq) -> SymbolicInt:
    own = bloq.signature.n_qubits()
    widths = {own}
    for part, _ in callees_of(bloq):
        peak = known_cost(part, PeakQubits())
        beside = own - part.signature.n_qubits()
        if isinstance(peak, sympy.Max):
            widths |= {sympy.expand(term + beside) for term in peak.args}
        else:
            widths.add(sympy.expand(peak + beside) if is_symbolic(peak, beside) else peak + beside)
    return largest(widths)


def _depth(bloq: Bloq, cost_key: AbstractDepth) -> SymbolicInt:
    parts = callees_of(bloq)
    depth = sum((times * known_cost(part, cost_key) for part, times in parts), 0)
    return sympy.expand(depth) if is_symbolic(depth) else depth
