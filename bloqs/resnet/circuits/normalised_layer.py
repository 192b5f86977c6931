"""What the layers of a network that end in a normalisation share."""

import abc
from typing import Any, Self

from attrs import frozen
from qualtran import Bloq
from qualtran.resource_counting import CostKey
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.gates.expanded_gates import expanded_gates
from bloqs.qsvt.normalised_vector import NormalisedVector
from bloqs.resnet.circuits.cost_pattern import FILLABLE, Values, pattern_cost, put_in
from bloqs.serial import serial_cost
from bloqs.wires import Wires
from estimator.costs.known import known_cost
from estimator.costs.messages import HasParties


@frozen(cache_hash=True)
class AbstractNormalisedLayer(AbstractComposite, AbstractVectorEncoding):
    """A layer whose whole circuit is the normalisation of a sum.

    Subclasses are final. They define the fields, `vector` among them, `normalised`, `pattern`,
    `epsilon` and `ancilla_bitsize`.
    """

    vector: AbstractVectorEncoding

    @property
    @abc.abstractmethod
    def normalised(self) -> NormalisedVector:
        """The sum, lifted to length one."""

    @property
    @abc.abstractmethod
    def has_circuit(self) -> bool:
        """Whether the angles of a circuit are known."""

    @property
    @abc.abstractmethod
    def pattern(self) -> tuple[Self, Values]:
        """What layers that cost the same but for degrees and ancillas share, and those of this."""

    @property
    def alpha(self) -> SymbolicFloat:
        return 1

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.vector.system_bitsize

    @property
    def ancilla_names(self) -> WireNames:
        sign = int(self.normalised.keeps_phase)
        return (("flags of the sum", self.ancilla_bitsize - sign), ("sign", sign))

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return {with_control(self.normalised, self.is_controlled): 1}

    def write(self, wires: Wires) -> None:
        step = with_control(self.normalised, self.is_controlled)
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        wires.on(step, ctrl=self.control, system=system, ancilla=ancilla)

    def my_static_costs(self, cost_key: CostKey[Any]) -> Any:
        is_alone = isinstance(self.vector, VectorOracle)
        if is_alone and isinstance(cost_key, HasParties) and (form := self.pattern[0]) != self:
            return known_cost(form, cost_key)
        if is_alone and not self.has_circuit and isinstance(cost_key, FILLABLE):
            pattern, values = self.pattern
            if pattern != self:
                return put_in(pattern_cost(pattern, cost_key), values)
        gates = expanded_gates(self, cost_key)
        return gates if gates is not NotImplemented else serial_cost(self, cost_key)
