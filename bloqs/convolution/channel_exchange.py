"""Turn one channel into another: |i><j| on the channel register, with Cliffords only."""

from typing import Any

import attrs
from attrs import frozen
from qualtran import (
    Bloq,
    BloqBuilder,
    DecomposeTypeError,
    QBit,
    QUInt,
    Register,
    Signature,
    SoquetT,
    bloq_example,
)
from qualtran.bloqs.basic_gates import CNOT, TwoBitCSwap, TwoBitSwap
from qualtran.resource_counting import BloqCountDictT, CostKey, QubitCount, SympySymbolAllocator
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBloq, WireNames
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class ChannelExchange(AbstractBloq):
    r"""Encodes $|i\rangle\langle j|$ on the channel, for indices $i$ and $j$ in registers.

    XOR of $j$ onto the channel leaves zero exactly for channel $j$; exchange with `fresh`, which
    starts in zero, moves that difference out; XOR of $i$ writes the new channel. `fresh` found in
    zero flags success.

    Args:
        c: width of a channel index, at least 1. Unit: qubits.
        is_controlled: whether a control decides between this and the identity; then i and j must
            be zero where the control is.
        is_adjoint: whether this is the inverse, which encodes $|j\rangle\langle i|$.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        i: QUInt(c). New channel.
        j: QUInt(c). Old channel.
        channel: QUInt(c).
        fresh: QUInt(c).

    Encodes: $|i\rangle\langle j|$ with alpha = 1, epsilon = 0 (spectral norm).

    Cost: Cliffords only; controlled, c CSWAP.

    Raises:
        ValueError: if c is below 1.

    Source: [RHGPR25] Lem. B.6 encodes the same operator with O(c) Toffoli; the circuit is ours.
    """

    c: SymbolicInt
    is_controlled: bool = False
    is_adjoint: bool = False

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.c) and self.c < 1:
            raise ValueError(f"ChannelExchange needs c >= 1, got c={self.c}")

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        words = {"i": "new channel", "j": "old channel", "fresh": "exchanged channel"}
        return {register: ((word, self.c),) for register, word in words.items()}

    @property
    def signature(self) -> Signature:
        control = [Register("ctrl", QBit())] if self.is_controlled else []
        index = QUInt(self.c)
        return Signature(
            [*control, *(Register(name, index) for name in ("i", "j", "channel", "fresh"))]
        )

    def build_composite_bloq(self, bb: BloqBuilder, **soqs: Any) -> dict[str, SoquetT]:
        if is_symbolic(self.c):
            raise DecomposeTypeError(f"{self} has a symbolic size, so it has no circuit")
        wires = Wires(bb)
        for name, soq in soqs.items():
            wires.split(name, soq)
        before, after = ("i", "j") if self.is_adjoint else ("j", "i")
        for k in range(self.c):
            wires.cnot((before, k), ("channel", k))
            if self.is_controlled:
                wires.cswap(("ctrl", 0), ("channel", k), ("fresh", k))
            else:
                wires.swap(("channel", k), ("fresh", k))
            wires.cnot((after, k), ("channel", k))
        return wires.registers(self.signature)

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        swap = TwoBitCSwap() if self.is_controlled else TwoBitSwap()
        return {CNOT(): 2 * self.c, swap: self.c}

    def adjoint(self) -> Bloq:
        return attrs.evolve(self, is_adjoint=not self.is_adjoint)

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, QubitCount):
            return 4 * self.c + int(self.is_controlled)
        return NotImplemented

    def __str__(self) -> str:
        return f"ChannelExchange(c={self.c})"


@bloq_example(generalizer=SAME_CALLS)
def _channel_exchange() -> ChannelExchange:
    return ChannelExchange(c=2)


@bloq_example(generalizer=SAME_CALLS)
def _channel_exchange_controlled() -> ChannelExchange:
    return ChannelExchange(c=1, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _channel_exchange_symbolic() -> ChannelExchange:
    return ChannelExchange(c=symbols.c)
