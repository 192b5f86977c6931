"""The cost keys Qualtran lacks or answers slowly, for `get_cost_value(bloq, key)`."""

from estimator.depth import QueryDepth, TDepth, ToffoliDepth
from estimator.oracle_calls import CallCounts, Oracle, OracleCalls
from estimator.peak_qubits import PeakQubits

__all__ = [
    "CallCounts",
    "Oracle",
    "OracleCalls",
    "PeakQubits",
    "QueryDepth",
    "TDepth",
    "ToffoliDepth",
]
