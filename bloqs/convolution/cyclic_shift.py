"""Shift a pixel coordinate round the image by phases between two Fourier transforms."""

import math
from typing import Any

from attrs import frozen
from qualtran import Bloq, DecomposeTypeError, bloq_example
from qualtran.bloqs.basic_gates import CZ, Hadamard, SGate, TGate, ZGate
from qualtran.bloqs.mcmt import And
from qualtran.bloqs.qft import QFTTextBook
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, WireNames
from bloqs.composite import AbstractComposite
from bloqs.gates.phase_shift import PhaseShift
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wire, Wires
from estimator import symbols
from estimator.costs.keys import PeakQubits


@frozen(cache_hash=True)
class CyclicShift(AbstractComposite, AbstractBlockEncoding):
    r"""Applies $P^s = \sum_x |x + s \bmod 2^m\rangle\langle x| = F^\dagger D F$.

    $F$ is the Fourier transform and $D_{yy} = e^{2 \pi i s y / 2^m}$ one phase for each bit of
    $y$. $F$ leaves the bits in reversed order, which the phases follow, so no swaps are needed. A
    control is needed by the phases alone.

    Args:
        m: width of the coordinate, at least 1; a symbol stands for at least 3. Unit: qubits.
        power: s, not zero, or `None` for any but -1, 0 and 1 when only the size matters. Unit:
            pixels.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(m).

    Encodes: $P^s$ with alpha = 1 and epsilon = 0 (spectral norm); a unitary, without ancillas.

    Cost: m (m - 1) AND, 2 (m - 2) T and (m - 2) (m - 3) rotations for both transforms. The phases:
        for s = 1 or -1, a Z, an S, a T and m - 3 rotations; for other s, m rotations whatever s
        (none if m = 1). Controlled, an AND each; the Z becomes a CZ without AND. One work qubit
        for the ANDs.

    Raises:
        ValueError: if m is below 1 or s is zero.

    Source: [RHGPR25] Lem. B.14, whose one ancilla is not needed.
    """

    m: SymbolicInt
    power: int | None

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.m) and self.m < 1:
            raise ValueError(f"CyclicShift needs a coordinate of m >= 1 qubits, got m={self.m}")
        if self.power == 0:
            raise ValueError("CyclicShift needs a power that is not 0, got 0: leave it out instead")

    @property
    def alpha(self) -> SymbolicFloat:
        return 1

    @property
    def epsilon(self) -> SymbolicFloat:
        return 0

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.m

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return 0

    def on_classical_vals(self, *, system: Any, **ctrl: Any) -> Any:
        if self.power is None:
            return NotImplemented
        step = (-self.power if self.is_adjoint else self.power) if all(ctrl.values()) else 0
        return {**ctrl, "system": (int(system) + step) % 2**self.m}

    @property
    def system_names(self) -> WireNames:
        return (("coordinate", self.m),)

    @property
    def is_step(self) -> bool:
        """Whether the shift is by one pixel, so that its phases are known without a number."""
        return self.power in (1, -1)

    def turn(self, r: int) -> Bloq | None:
        r"""The phase $e^{2 \pi i s / 2^r}$ as a gate, or `None` if it is one."""
        if self.power is None:
            raise DecomposeTypeError(f"{self} has no power, so it has no circuit")
        if self.m == 1:
            return ZGate() if self.power % 2 else None
        known: dict[int, Bloq] = {1: ZGate(), 2: SGate(), 3: TGate()} if self.is_step else {}
        if r in known:
            return known[r] if self.power > 0 else known[r].adjoint()
        return PhaseShift(2 * math.pi * (self.power / 2**r % 1))

    @property
    def transforms(self) -> dict[Bloq, SymbolicInt]:
        """Both Fourier transforms: as circuits, or as what is in them."""
        if not is_symbolic(self.m):
            transform = QFTTextBook(self.m, with_reverse=False)
            return {transform: 1, transform.adjoint(): 1}
        m = self.m
        gates: dict[Bloq, SymbolicInt] = {Hadamard(): 2 * m, SGate(): 2 * (m - 1)}
        gates |= {And(): m * (m - 1), And().adjoint(): m * (m - 1), TGate(): 2 * (m - 2)}
        return {**gates, PhaseShift(symbols.theta): (m - 2) * (m - 3)}

    @property
    def phases(self) -> dict[Bloq, SymbolicInt]:
        """The gates of D."""
        m, gates = self.m, dict[Bloq, SymbolicInt]()
        if is_symbolic(m) or self.power is None:
            if is_symbolic(m) or m > 1:
                gates[PhaseShift(symbols.theta)] = m
            if self.is_step:
                gates = {ZGate(): 1, SGate(): 1, TGate(): 1, PhaseShift(symbols.theta): m - 3}
            turns = sum(gates.values())
        else:
            found = [turn for r in range(1, m + 1) if (turn := self.turn(r)) is not None]
            gates = {turn: found.count(turn) for turn in found}
            turns = len(found)
        if self.is_controlled:
            flips = gates.pop(ZGate(), 0)
            gates |= {CZ(): flips, And(): turns - flips, And().adjoint(): turns - flips}
        return gates

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls = dict(self.transforms)
        for gate, times in self.phases.items():
            calls[gate] = calls.get(gate, 0) + times
        return calls

    def write(self, wires: Wires) -> None:
        system = self.wires_of("system")
        transform = QFTTextBook(self.m, with_reverse=False)
        wires.on(transform, q=system)
        for bit, r in zip(system, range(self.m, 0, -1), strict=True):
            self._write_turn(wires, self.turn(r), bit)
        wires.on(transform.adjoint(), q=system)

    def _write_turn(self, wires: Wires, turn: Bloq | None, bit: Wire) -> None:
        """One phase, under the control if there is one."""
        if turn is None:
            return
        if not self.is_controlled:
            wires.gate(turn, q=bit)
        elif turn == ZGate():
            wires.cz(("ctrl", 0), bit)
        else:
            wires.compute_and(("ctrl", 0), bit, "both")
            wires.gate(turn, q="both")
            wires.uncompute_and(("ctrl", 0), bit, "both")

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            work = 1 if is_symbolic(self.m) or self.m > 1 else 0
            return self.m + work + int(self.is_controlled)
        return serial_cost(self, cost_key)

    def __str__(self) -> str:
        return f"CyclicShift{'†' if self.is_adjoint else ''}(m={self.m}, by {self.power})"


@bloq_example(generalizer=SAME_CALLS)
def _cyclic_shift() -> CyclicShift:
    return CyclicShift(m=4, power=1)


@bloq_example(generalizer=SAME_CALLS)
def _cyclic_shift_far() -> CyclicShift:
    return CyclicShift(m=3, power=-2)


@bloq_example(generalizer=SAME_CALLS)
def _cyclic_shift_controlled() -> CyclicShift:
    return CyclicShift(m=4, power=-1, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _cyclic_shift_of_one_bit() -> CyclicShift:
    return CyclicShift(m=1, power=1)


@bloq_example(generalizer=SAME_CALLS)
def _cyclic_shift_symbolic() -> CyclicShift:
    return CyclicShift(symbols.m, power=1)


@bloq_example(generalizer=SAME_CALLS)
def _cyclic_shift_far_symbolic() -> CyclicShift:
    return CyclicShift(symbols.m, power=None)
