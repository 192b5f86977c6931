"""The cost keys Qualtran lacks or answers slowly, for `get_cost_value(bloq, key)`."""

from estimator.costs.depth import (
    CnotDepth,
    QueryDepth,
    Rounds,
    TDepth,
    ToffoliDepth,
    TwoQubitDepth,
)
from estimator.costs.gate_counts import CnotCount
from estimator.costs.holders import PartyQubits
from estimator.costs.messages import Message, MessageCounts, Messages, Owners
from estimator.costs.oracle_calls import CallCounts, Oracle, OracleCalls
from estimator.costs.peak_qubits import PeakQubits

__all__ = [
    "CallCounts",
    "CnotCount",
    "CnotDepth",
    "Message",
    "MessageCounts",
    "Messages",
    "Oracle",
    "OracleCalls",
    "Owners",
    "PartyQubits",
    "PeakQubits",
    "QueryDepth",
    "Rounds",
    "TDepth",
    "ToffoliDepth",
    "TwoQubitDepth",
]
