"""What every encoding made of other encodings shares: control, inverse, cost."""

import abc
from typing import Any, Self

import attrs
from attrs import field, frozen
from qualtran import (
    AddControlledT,
    Bloq,
    CtrlSpec,
    QBit,
    Register,
)
from qualtran.bloqs.mcmt.specialized_ctrl import get_ctrl_system_1bit_cv_from_bloqs
from qualtran.resource_counting import BloqCountDictT, CostKey, SympySymbolAllocator
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBloq
from bloqs.serial import serial_cost
from bloqs.wires import AbstractWritten, Wire
from estimator.costs.gate_counts import cnots_listed
from estimator.costs.keys import CnotCount
from estimator.costs.known import remembered


@frozen(cache_hash=True)
class AbstractComposite(AbstractWritten, AbstractBloq):
    """A bloq written as steps on its own registers, which can be controlled and inverted.

    Subclasses are final and are encodings too. They define `calls`, the steps by number, and
    `write`, the steps in order; both for the form that is not inverted. `is_symbolic` says whether
    there is no circuit.

    Args:
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.
    """

    is_controlled: bool = field(default=False, kw_only=True)
    is_adjoint: bool = field(default=False, kw_only=True)

    @property
    @abc.abstractmethod
    def calls(self) -> dict[Bloq, SymbolicInt]:
        """Steps of the circuit that is not inverted, and how often each is taken."""

    @property
    def control_registers(self) -> tuple[Register, ...]:
        return (Register("ctrl", QBit()),) if self.is_controlled else ()

    @property
    def control(self) -> list[Wire]:
        """The control's wire, or none."""
        return [("ctrl", 0)] if self.is_controlled else []

    def wires_of(self, register: str) -> list[Wire]:
        """The wires of a register of this bloq; none if it has no such register."""
        sizes = {reg.name: reg.bitsize for reg in self.signature}
        return [(register, k) for k in range(sizes.get(register, 0))]

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        calls: dict[Bloq, SymbolicInt] = {}
        for step, times in self.calls.items():
            if is_symbolic(times) or times:
                step = step.adjoint() if self.is_adjoint else step
                calls[step] = calls.get(step, 0) + times
        return calls

    def adjoint(self) -> Self:
        return _inverse(self)

    def get_ctrl_system(self, ctrl_spec: CtrlSpec) -> tuple[Bloq, AddControlledT]:
        return get_ctrl_system_1bit_cv_from_bloqs(
            self,
            ctrl_spec,
            current_ctrl_bit=1 if self.is_controlled else None,
            bloq_with_ctrl=attrs.evolve(self, is_controlled=True),
            ctrl_reg_name="ctrl",
        )

    def my_static_costs(self, cost_key: CostKey) -> Any:
        return serial_cost(self, cost_key)


@frozen(cache_hash=True)
class AbstractListed(AbstractComposite):
    """One whose call graph lists every gate, Clifford gates too, so that it states its CNOTs."""

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if isinstance(cost_key, CnotCount):
            return cnots_listed(self)
        return super().my_static_costs(cost_key)


@remembered
def _inverse(bloq: Any) -> Any:
    return attrs.evolve(bloq, is_adjoint=not bloq.is_adjoint)


@remembered
def controlled_form(bloq: Bloq) -> Bloq:
    """The form of an encoding with one control, whose register is called `ctrl`."""
    controlled, _ = bloq.get_ctrl_system(CtrlSpec())
    return controlled


def with_control(bloq: Bloq, is_controlled: bool) -> Bloq:
    """`bloq`, or its controlled form."""
    return controlled_form(bloq) if is_controlled else bloq
