"""Width of a circuit that holds work qubits while some of its parts run."""

from collections.abc import Iterable

from qualtran import Bloq
from qualtran.symbolics import SymbolicInt

from estimator.costs.keys import PeakQubits
from estimator.costs.known import known_cost
from estimator.costs.simplify import largest


def peak_width(bloq: Bloq, parts: Iterable[tuple[Bloq, int]]) -> SymbolicInt:
    """Qubits of the registers, and the most that are in use beside them. Unit: qubits.

    Args:
        bloq: with registers that pass through.
        parts: each with the qubits that are held while it runs.
    """
    own = bloq.signature.n_qubits()
    return largest({own, *(own + held + work(part) for part, held in parts)})


def work(part: Bloq) -> SymbolicInt:
    """Qubits that a part needs beside its registers. Unit: qubits."""
    return known_cost(part, PeakQubits()) - part.signature.n_qubits()
