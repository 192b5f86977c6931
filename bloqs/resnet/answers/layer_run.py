"""What came out when one layer of a residual network was simulated."""

from enum import StrEnum
from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from bloqs.simulation.fidelity import Fidelity
from bloqs.simulation.product_state import State


class Coherent(StrEnum):
    """How much of a network is one circuit, before its result is replaced by a stand-in."""

    SUM = "sum"
    """The sum of skip path and activation; normalisation acts on a stand-in of it."""
    BLOCK = "block"
    """A whole block; the next one acts on a stand-in of it."""
    NETWORK = "network"
    """All blocks, each inside the next."""


@frozen(kw_only=True)
class LayerRun:
    """One layer, simulated.

    Args:
        layer: which one.
        vector: what it encodes, Array of shape (2**n,), alpha included.
        reference: the vector of the classical network after it, same shape.
        claimed: epsilon of the bloq, l2 norm: it covers the errors of all layers before it.
        is_up_to_phase: whether the bloq claims its vector up to a phase factor only.
        fidelity: how much of the circuit was run.
        coherent: how much of the network was one circuit.
        qubits: of the largest run.
        operations: of the runs, a part left whole counting as one.
        calls: of the layer before, or its inverse, as found in the circuits that were run.
        planned: the same by the plan.
        input_calls: of the network's input, all layers up to this one being one circuit.
    """

    layer: str
    vector: State = field(eq=False, repr=False)
    reference: NDArray[np.float64] = field(eq=False, repr=False)
    claimed: float
    is_up_to_phase: bool
    fidelity: Fidelity
    coherent: Coherent
    qubits: int
    operations: int
    calls: int
    planned: int
    input_calls: int

    @property
    def error(self) -> float:
        """Distance of the vector from the reference, l2 norm; least over phases if up to one."""
        turn = 1.0 + 0.0j
        if self.is_up_to_phase:
            overlap = complex(np.vdot(self.reference, self.vector))
            turn = overlap / abs(overlap) if overlap else turn
        return float(np.linalg.norm(self.vector - turn * self.reference))

    @property
    def holds(self) -> bool:
        """Whether the error is within the claimed one."""
        return self.error <= self.claimed

    @property
    def success(self) -> float:
        """Probability of finding all ancillas in zero, for a vector with alpha = 1."""
        return float(np.vdot(self.vector, self.vector).real)

    def as_json(self) -> dict[str, Any]:
        """All but the vectors."""
        return {
            "layer": self.layer,
            "coherent": str(self.coherent),
            "fidelity": str(self.fidelity),
            "qubits": self.qubits,
            "operations": self.operations,
            "calls": self.calls,
            "input_calls": self.input_calls,
            "error": self.error,
            "claimed_error": self.claimed,
            "up_to_phase": self.is_up_to_phase,
            "success": self.success,
            "holds": self.holds,
        }
