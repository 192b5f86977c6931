"""The cost keys Qualtran lacks or answers slowly, for `get_cost_value(bloq, key)`."""

from estimator.costs.depth import QueryDepth, TDepth, ToffoliDepth
from estimator.costs.oracle_calls import CallCounts, Oracle, OracleCalls
from estimator.costs.peak_qubits import PeakQubits

__all__ = [
    "CallCounts",
    "Oracle",
    "OracleCalls",
    "PeakQubits",
    "QueryDepth",
    "TDepth",
    "ToffoliDepth",
]
