"""Gate counts of bloqs inside bloqs inside bloqs, multiplied out at every level."""

from typing import Any

import attrs
import sympy
from qualtran import Bloq
from qualtran.resource_counting import (
    CostKey,
    GateCounts,
    QECGatesCost,
    get_bloq_callee_counts,
)
from qualtran.symbolics import is_symbolic

from estimator.costs.known import known_cost


def expanded_gates(bloq: Bloq, cost_key: CostKey[Any]) -> Any:
    """What `my_static_costs` of such a bloq answers for gate counts; `NotImplemented` for others.

    A nested sequence calls a circuit and its inverse, both with the same cost in the end; left
    nested, the two expressions are two, and a network of k layers has 4**k. Multiplied out, they
    meet and their number stays that of the products of calls.
    """
    return _gates(bloq) if isinstance(cost_key, QECGatesCost) else NotImplemented


def _gates(bloq: Bloq) -> GateCounts:
    total = GateCounts()
    for part, times in get_bloq_callee_counts(bloq):
        total += times * known_cost(part, QECGatesCost())
    fields = {f.name: getattr(total, f.name) for f in attrs.fields(GateCounts)}
    return GateCounts(**{k: sympy.expand(x) if is_symbolic(x) else x for k, x in fields.items()})
