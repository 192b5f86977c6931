"""Classical bits of a result that go from one party to another.

There is no example: Qualtran 0.7 cannot draw what has no registers (tests/bloqs/test_upstream.py).
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, Never

import attrs
import cirq
from attrs import frozen
from qualtran import (
    AddControlledT,
    Bloq,
    BloqBuilder,
    ConnectionT,
    CtrlSpec,
    DecomposeTypeError,
    Register,
    Signature,
    SoquetT,
)
from qualtran.drawing import Text, WireSymbol
from qualtran.resource_counting import CostKey, GateCounts, QECGatesCost
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBloq
from bloqs.messages.send import check_parties
from estimator.costs.messages import Sent


@frozen(cache_hash=True)
class Tell(AbstractBloq):
    """Tells another party a number that was worked out from measured bits.

    Args:
        source: who knows it.
        destination: who hears it.
        bits: of the number. Unit: bits.

    Registers: none; nothing quantum waits for it.

    Cost: no gates; one message of so many classical bits.

    Raises:
        ValueError: if a party has no name, both are the same, or there is not at least one bit.

    Source: [GMSM24], whose results these are.
    """

    source: str
    destination: str
    bits: SymbolicInt

    def __attrs_post_init__(self) -> None:
        check_parties("Tell", self.source, self.destination)
        if not is_symbolic(self.bits) and self.bits < 1:
            raise ValueError(f"Tell needs at least 1 bit, got {self.bits}")

    @cached_property
    def signature(self) -> Signature:
        return Signature([])

    @property
    def qubits(self) -> int:
        """Nothing goes through a quantum channel."""
        return 0

    def adjoint(self) -> "Tell":
        return attrs.evolve(self, source=self.destination, destination=self.source)

    def get_ctrl_system(self, ctrl_spec: CtrlSpec) -> tuple[Bloq, AddControlledT]:
        """It has no qubits, so a control does nothing and stays where it is."""

        def add(
            bb: BloqBuilder, ctrl_soqs: Sequence[SoquetT], in_soqs: dict[str, SoquetT]
        ) -> tuple[Iterable[SoquetT], Iterable[SoquetT]]:
            bb.add(self)
            return ctrl_soqs, []

        return self, add

    def decompose_bloq(self) -> Never:
        raise DecomposeTypeError(f"{self} is news of a number, and no circuit")

    def as_cirq_op(
        self, qubit_manager: cirq.QubitManager, **quregs: Any
    ) -> tuple[cirq.Operation, dict[str, Any]]:
        """A phase of one whose tag is the message."""
        tag = Sent(self.source, self.destination, 0, self.bits)
        return cirq.GlobalPhaseGate(1).on().with_tags(tag), quregs

    def my_tensors(
        self, incoming: dict[str, ConnectionT], outgoing: dict[str, ConnectionT]
    ) -> list[Any]:
        return []

    def on_classical_vals(self, **vals: Any) -> dict[str, Any]:
        return vals

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if isinstance(cost_key, QECGatesCost):
            return GateCounts()
        return NotImplemented

    def wire_symbol(self, reg: Register | None, idx: tuple[int, ...] = ()) -> WireSymbol:
        return Text(f"{self.source}→{self.destination}: {self.bits} bits" if reg is None else "")

    def __str__(self) -> str:
        return f"Tell({self.source} to {self.destination})"
