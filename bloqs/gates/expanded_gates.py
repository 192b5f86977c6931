"""Gate counts of bloqs inside bloqs inside bloqs, multiplied out at every level."""

from typing import Any

from qualtran import Bloq
from qualtran.resource_counting import CostKey, GateCounts, QECGatesCost

from estimator.costs.gate_counts import GATES
from estimator.costs.known import known_cost


def expanded_gates(bloq: Bloq, cost_key: CostKey[Any]) -> Any:
    """What `my_static_costs` of such a bloq answers for gate counts; `NotImplemented` for others.

    A nested sequence calls a circuit and its inverse, both with the same cost in the end; left
    nested, the two expressions are two, and a network of k layers has 4**k. Multiplied out, they
    meet and their number stays that of the products of calls.
    """
    return _gates(bloq) if isinstance(cost_key, QECGatesCost) else NotImplemented


def _gates(bloq: Bloq) -> GateCounts:
    return GATES.compute(bloq, lambda part: known_cost(part, GATES))
