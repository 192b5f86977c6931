"""Qubits that go from one party to another."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, Never

import attrs
import cirq
import numpy as np
from attrs import field, frozen
from qualtran import (
    AddControlledT,
    Bloq,
    BloqBuilder,
    ConnectionT,
    CtrlSpec,
    DecomposeTypeError,
    QAny,
    QBit,
    Register,
    Signature,
    SoquetT,
    bloq_example,
)
from qualtran.bloqs.basic_gates import Identity
from qualtran.drawing import Text, TextBox, WireSymbol
from qualtran.resource_counting import CostKey, GateCounts, QECGatesCost
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBloq
from bloqs.same_calls import SAME_CALLS
from estimator import symbols
from estimator.costs.messages import Sent


@frozen(cache_hash=True)
class Send(AbstractBloq):
    """Moves a register from one party to another; to the state it is the identity.

    Args:
        source: who holds the qubits before, and sends them.
        destination: who holds them afterwards.
        width: size of the register. Unit: qubits.
        riders: qubits that travel along, such as the control of the protocol it is part of.
            Unit: qubits.
        is_teleported: whether the qubits go by teleportation, so that a classical channel and
            entangled pairs from before take the place of a quantum channel.

    Registers:
        riders: QBit, shape (riders,); absent if there are none.
        message: QAny(width).

    Cost: no gates; one message of width + riders qubits. Teleported, one pair and two bits for
        each of them, and no qubit: the gates of teleportation are not counted.

    Raises:
        ValueError: if a party has no name, both are the same, or a number of qubits is negative or
            the width is zero.

    Source: [GMSM24], whose messages it is; teleportation [BBCJPW93].
    """

    source: str
    destination: str
    width: SymbolicInt
    riders: SymbolicInt = 0
    is_teleported: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_parties("Send", self.source, self.destination)
        if not is_symbolic(self.width) and self.width < 1:
            raise ValueError(f"Send needs a width of at least 1 qubit, got {self.width}")
        if not is_symbolic(self.riders) and self.riders < 0:
            raise ValueError(f"Send needs at least 0 riders, got {self.riders}")

    @cached_property
    def signature(self) -> Signature:
        riders = [Register("riders", QBit(), shape=(self.riders,))] if self.riders != 0 else []
        return Signature([*riders, Register("message", QAny(self.width))])

    @property
    def qubits(self) -> SymbolicInt:
        """What goes through a quantum channel. Unit: qubits."""
        return 0 if self.is_teleported else self.width + self.riders

    @property
    def ebits(self) -> SymbolicInt:
        """Entangled pairs that it uses up. Unit: pairs."""
        return self.width + self.riders if self.is_teleported else 0

    @property
    def bits(self) -> SymbolicInt:
        """What goes through a classical channel. Unit: bits."""
        return 2 * self.ebits

    def adjoint(self) -> "Send":
        return attrs.evolve(self, source=self.destination, destination=self.source)

    def get_ctrl_system(self, ctrl_spec: CtrlSpec) -> tuple[Bloq, AddControlledT]:
        """Whatever the controls are compared with, they travel along.

        Raises:
            ValueError: if a control is a classical bit.
        """
        if ctrl_spec.num_cbits:
            raise ValueError(f"{self} takes qubits along, and a control of it is a classical bit")
        more = ctrl_spec.num_qubits
        together = attrs.evolve(self, riders=self.riders + more)

        def add(
            bb: BloqBuilder, ctrl_soqs: Sequence[SoquetT], in_soqs: dict[str, SoquetT]
        ) -> tuple[Iterable[SoquetT], Iterable[SoquetT]]:
            bits = [_split(bb, each) for given in ctrl_soqs for each in np.asarray(given).flat]
            own = list(np.asarray(in_soqs["riders"]).flat) if self.riders else []
            riders = np.array([*(x for part in bits for x in part), *own])
            riders, message = bb.add(together, riders=riders, message=in_soqs["message"])
            back, start = [], 0
            for given, dtype in zip(ctrl_soqs, ctrl_spec.qdtypes, strict=True):
                shape = np.asarray(given).shape
                found = np.empty(shape, dtype=object)
                for place in np.ndindex(shape):
                    part = riders[start : start + dtype.num_qubits]
                    found[place] = part[0] if isinstance(dtype, QBit) else bb.join(part, dtype)
                    start += dtype.num_qubits
                back.append(found if shape else found.item())
            return back, ([riders[start:], message] if self.riders else [message])

        return together, add

    def decompose_bloq(self) -> Never:
        raise DecomposeTypeError(f"{self} is one gate, the identity")

    def as_cirq_op(
        self, qubit_manager: cirq.QubitManager, **quregs: Any
    ) -> tuple[cirq.Operation, dict[str, Any]]:
        """An identity whose tag is the message."""
        tag = Sent(self.source, self.destination, self.qubits, self.bits, self.ebits)
        qubits = [qubit for reg in self.signature for qubit in quregs[reg.name].flat]
        return cirq.IdentityGate(len(qubits)).on(*qubits).with_tags(tag), quregs

    def my_tensors(
        self, incoming: dict[str, ConnectionT], outgoing: dict[str, ConnectionT]
    ) -> list[Any]:
        whole = [{"q": side["message"]} for side in (incoming, outgoing)]
        tensors = Identity(self.width).my_tensors(*whole)
        for k in range(int(self.riders)):
            one = [{"q": side["riders"][k]} for side in (incoming, outgoing)]
            tensors += Identity(1).my_tensors(*one)
        return tensors

    def on_classical_vals(self, **vals: Any) -> dict[str, Any]:
        return vals

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if isinstance(cost_key, QECGatesCost):
            return GateCounts()
        return NotImplemented

    def wire_symbol(self, reg: Register | None, idx: tuple[int, ...] = ()) -> WireSymbol:
        if reg is None:
            return Text("")
        return TextBox(f"{self.source}→{self.destination}")

    def __str__(self) -> str:
        how = ", teleported" if self.is_teleported else ""
        return f"Send({self.source} to {self.destination}{how})"


def check_parties(who: str, source: str, destination: str) -> None:
    """Refuse names of parties that are none.

    Raises:
        ValueError: if one is no text or empty, or they are the same.
    """
    for name in (source, destination):
        check_name(who, name)
    if source == destination:
        raise ValueError(f"{who} needs two parties, got {source} at both ends")


def check_name(who: str, name: object) -> None:
    """Refuse a name of a party that is none.

    Raises:
        ValueError: if it is no text or empty.
    """
    if not isinstance(name, str) or not name.strip():
        raise ValueError(f"{who} needs the name of a party, got {name!r}")


def _split(bb: BloqBuilder, soquet: Any) -> list[Any]:
    return [soquet] if isinstance(soquet.reg.dtype, QBit) else list(bb.split(soquet))


@bloq_example(generalizer=SAME_CALLS)
def _send() -> Send:
    return Send("Alice", "Bob", 3)


@bloq_example(generalizer=SAME_CALLS)
def _send_with_rider() -> Send:
    return Send("Bob", "Alice", 2, 1)


@bloq_example(generalizer=SAME_CALLS)
def _send_teleported() -> Send:
    return Send("Alice", "Bob", 2, is_teleported=True)


@bloq_example(generalizer=SAME_CALLS)
def _send_symbolic() -> Send:
    return Send("Alice", "Bob", symbols.n)
