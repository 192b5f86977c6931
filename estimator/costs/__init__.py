"""What a bloq costs, stated and counted, in symbols and numbers. Begin with `cost`."""

from estimator.costs.circuit import circuit_of
from estimator.costs.cost import Cost, cost_by_annotation, cost_by_counting

__all__ = [
    "Cost",
    "circuit_of",
    "cost_by_annotation",
    "cost_by_counting",
]
