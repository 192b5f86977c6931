"""What takes the place of a tested circuit in the simulation of a larger one."""

import abc
from collections.abc import Iterable
from enum import Enum, StrEnum
from typing import Any, ClassVar, Never, Self

import attrs
import cirq
from attrs import field, frozen
from qualtran import AddControlledT, Bloq, CtrlSpec, DecomposeTypeError, QBit, Register
from qualtran.bloqs.mcmt.specialized_ctrl import get_ctrl_system_1bit_cv_from_bloqs
from qualtran.resource_counting import CostKey, SympySymbolAllocator


class Fidelity(StrEnum):
    """How much of a circuit a run executed, from the whole of it downwards."""

    GATE_BY_GATE = "gate by gate"
    BLOCK_BY_BLOCK = "block by block"
    DILATED = "dilated"
    VECTOR = "vector"


def lowest_fidelity(whole: Iterable[type[Bloq]]) -> Fidelity:
    """Name of a run that left bloqs of these classes whole: that of the worst of them.

    Args:
        whole: classes of the bloqs that were applied as one gate each.
    """
    classes = set(whole)
    replaced = {cls.replaces for cls in classes if issubclass(cls, AbstractStandIn)}
    if Replaces.VECTOR_ENCODING in replaced:
        return Fidelity.VECTOR
    if Replaces.BLOCK_ENCODING in replaced:
        return Fidelity.DILATED
    return Fidelity.BLOCK_BY_BLOCK if classes else Fidelity.GATE_BY_GATE


class Replaces(Enum):
    """The kind of circuit a stand-in takes the place of."""

    BLOCK_ENCODING = "block-encoding"
    VECTOR_ENCODING = "vector-encoding"


@frozen(cache_hash=True)
class AbstractStandIn(Bloq):
    """A unitary given by numbers, which replaces a circuit with a test of its own.

    It serves simulation alone: large compositions fit in memory with one flag in place of many
    ancillas. It has no circuit, and a cost is refused, never zero.

    Subclasses are final and are encodings too. They define `replaces` and `gate`.

    Args:
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.
    """

    replaces: ClassVar[Replaces]
    is_controlled: bool = field(default=False, kw_only=True)
    is_adjoint: bool = field(default=False, kw_only=True)

    @property
    @abc.abstractmethod
    def gate(self) -> cirq.Gate:
        """The unitary that is not inverted or controlled, on the system and then the flag."""

    @property
    def inverse_gate(self) -> cirq.Gate:
        """The inverse of `gate`."""
        return cirq.inverse(self.gate)

    @property
    def control_registers(self) -> tuple[Register, ...]:
        return (Register("ctrl", QBit()),) if self.is_controlled else ()

    def adjoint(self) -> Self:
        return attrs.evolve(self, is_adjoint=not self.is_adjoint)

    def get_ctrl_system(self, ctrl_spec: CtrlSpec) -> tuple[Bloq, AddControlledT]:
        return get_ctrl_system_1bit_cv_from_bloqs(
            self,
            ctrl_spec,
            current_ctrl_bit=1 if self.is_controlled else None,
            bloq_with_ctrl=attrs.evolve(self, is_controlled=True),
            ctrl_reg_name="ctrl",
        )

    def decompose_bloq(self) -> Never:
        raise DecomposeTypeError(f"{self} stands in for a circuit and has none of its own")

    def build_call_graph(self, ssa: SympySymbolAllocator) -> Never:
        self._refuse_cost()

    def my_static_costs(self, cost_key: CostKey[Any]) -> Never:
        self._refuse_cost()

    def _refuse_cost(self) -> Never:
        raise ValueError(
            f"{self} stands in for a circuit in simulation and has no cost; ask the circuit"
        )


def as_one_gate(stand_in: AbstractStandIn) -> cirq.Gate:
    """The stand-in as one Cirq gate on all its registers."""
    gate = stand_in.inverse_gate if stand_in.is_adjoint else stand_in.gate
    return cirq.ControlledGate(gate) if stand_in.is_controlled else gate
