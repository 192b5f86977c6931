"""What transforms by an even and an odd polynomial in one alternating sequence share."""

from typing import Any

from attrs import frozen
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import AbstractBlockEncoding, WireNames
from bloqs.composite import AbstractComposite
from bloqs.qsvt.sequence_outline import SIGN
from bloqs.serial import serial_cost
from estimator.costs.keys import PeakQubits

PARITY = ("parity", 1)
"""The qubit that chooses between the phases of both parts."""


@frozen(cache_hash=True)
class AbstractTwoPartTransform(AbstractComposite, AbstractBlockEncoding):
    """A transform of an encoding with a sign qubit and a parity qubit after its ancillas.

    Under control one AND, of the control and the parity, is held throughout.

    Args:
        encoding: of what is transformed, without control, with at least one ancilla.
    """

    encoding: AbstractBlockEncoding

    @property
    def flags(self) -> SymbolicInt:
        """Ancillas of the encoding. Unit: qubits."""
        return self.encoding.ancilla_bitsize

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.encoding.system_bitsize

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.flags + 2

    @property
    def system_names(self) -> WireNames:
        return self.encoding.system_names

    @property
    def ancilla_names(self) -> WireNames:
        return (("flags of the encoding", self.flags), SIGN, PARITY)

    def my_static_costs(self, cost_key: CostKey[Any]) -> Any:
        cost = serial_cost(self, cost_key)
        held = isinstance(cost_key, (PeakQubits, QubitCount)) and self.is_controlled
        return cost + 1 if held else cost
