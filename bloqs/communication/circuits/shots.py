"""Many measured runs of a protocol, one after another or side by side, and their result.

There is no example: Qualtran 0.7 can neither check nor export what discards qubits or gives bits
(tests/bloqs/test_upstream.py).
"""

from collections import Counter
from typing import Any

import numpy as np
from attrs import field, frozen
from qualtran import (
    Bloq,
    BloqBuilder,
    CBit,
    DecomposeTypeError,
    QAny,
    QBit,
    Register,
    Side,
    Signature,
    SoquetT,
)
from qualtran.bloqs.basic_gates import CNOT, DiscardQ, MeasureZ
from qualtran.bloqs.bookkeeping import Allocate
from qualtran.resource_counting import BloqCountDictT, CostKey, QubitCount, SympySymbolAllocator
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBloq
from bloqs.messages.tell import Tell
from bloqs.readout.phase_estimation import check_passes
from estimator.costs.depth import AbstractDepth
from estimator.costs.keys import PartyQubits, PeakQubits
from estimator.costs.known import known_cost
from estimator.costs.simplify import largest


@frozen(cache_hash=True)
class Shots(AbstractBloq):
    """Runs a protocol again and again, measures what is read, and tells the result.

    One after another, bits are copied to a qubit that is measured, and the registers are reset and
    used again, so a run waits for the one before; side by side, all are
    held at once and every message of a run travels with those of the others, so the rounds are
    those of one run. What is told is worked out from the bits, and waits for nothing quantum.

    Args:
        run: whose registers pass through and start in zero.
        number: of runs. Unit: shots.
        read: registers of the run whose first qubit is measured, or all qubits of all registers if
            there are none; the rest is given up.
        told: the result, to each party that does not know it.
        is_parallel: whether all run side by side.

    Registers:
        outcomes: the bits that were read, run by run; CBit, of shape (number * bits of a run,).

    Cost: that of the runs and a measurement for each bit. It is measured, so it has no inverse and
        no control.

    Raises:
        ValueError: if there is no run, or a register does not pass through or does not exist.

    Source: [GMSM24], whose losses and gradients are estimated so.
    """

    run: Bloq
    number: SymbolicInt
    read: tuple[str, ...] = ()
    told: tuple[Tell, ...] = ()
    is_parallel: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.number) and self.number < 1:
            raise ValueError(f"Shots needs at least one run, got {self.number}")
        check_passes("a run that is repeated", self.run)
        names = [reg.name for reg in self.run.signature]
        if unknown := sorted({*self.read} - {*names}):
            raise ValueError(f"Shots reads registers {', '.join(names)}, got {unknown[0]}")

    @property
    def bits(self) -> SymbolicInt:
        """Read from each run. Unit: bits."""
        return len(self.read) or self.run.signature.n_qubits()

    @property
    def signature(self) -> Signature:
        size = self.number * self.bits
        if is_symbolic(size):
            return Signature([Register("outcomes", QAny(size), side=Side.RIGHT)])
        return Signature([Register("outcomes", CBit(), shape=(int(size),), side=Side.RIGHT)])

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        calls: Counter[Any] = Counter(self.told)
        bits, held = self.number * self.bits, self.number * self.run.signature.n_qubits()
        found: dict[Bloq, SymbolicInt] = {**calls, self.run: self.number, MeasureZ(): bits}
        if not self.is_parallel:
            return {**found, CNOT(): bits, DiscardQ(): held}
        return {**found, DiscardQ(): held - bits} if held != bits else found

    def build_composite_bloq(self, bb: BloqBuilder, **soqs: SoquetT) -> dict[str, SoquetT]:
        if is_symbolic(self.number, self.bits):
            raise DecomposeTypeError(f"{self} has a symbolic size, so it has no circuit")
        number, outcomes = int(self.number), list[Any]()
        if self.is_parallel:
            fresh = [self._start(bb) for _ in range(number)]
            done = [bb.add_d(self.run, **each) for each in fresh]
            for each in done:
                outcomes += self._end(bb, each)
        else:
            for _ in range(number):
                outcomes += self._end(bb, bb.add_d(self.run, **self._start(bb)))
        for news in self.told:
            bb.add(news)
        return {"outcomes": np.array(outcomes)}

    def _start(self, bb: BloqBuilder) -> dict[str, SoquetT]:
        found: dict[str, SoquetT] = {}
        for reg in self.run.signature:
            bits = [bb.add(Allocate(QBit())) for _ in range(reg.bitsize)]
            one = isinstance(reg.dtype, QBit)
            found[reg.name] = bits[0] if one else bb.join(np.array(bits), dtype=reg.dtype)
        return found

    def _end(self, bb: BloqBuilder, done: dict[str, Any]) -> list[SoquetT]:
        found: list[SoquetT] = []
        used: list[SoquetT] = []  # reset after all copies, which must not take their place
        for reg in self.run.signature:
            one = isinstance(reg.dtype, QBit)
            bits = [done[reg.name]] if one else list(bb.split(done[reg.name]))
            for k, bit in enumerate(bits):
                if self.read and not (k == 0 and reg.name in self.read):
                    used.append(bit)
                elif self.is_parallel:
                    found.append(bb.add(MeasureZ(), q=bit))
                else:
                    again, copy = bb.add(CNOT(), ctrl=bit, target=bb.add(Allocate(QBit())))
                    found.append(bb.add(MeasureZ(), q=copy))
                    used.append(again)
        for bit in used:
            bb.add(DiscardQ(), q=bit)
        return found

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if isinstance(cost_key, AbstractDepth):
            one = known_cost(self.run, cost_key)
            return one if self.is_parallel else self.number * one
        if isinstance(cost_key, PartyQubits) and self.is_parallel:
            return {x: self.number * most for x, most in known_cost(self.run, cost_key).items()}
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            one = known_cost(self.run, PeakQubits())
            if self.is_parallel:
                return self.number * one
            return largest({one, self.run.signature.n_qubits() + 1})
        return NotImplemented

    def __str__(self) -> str:
        return f"Shots({self.number} of {self.run})"[:75]
