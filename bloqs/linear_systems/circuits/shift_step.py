"""A point of a grid moves by one of several shifts, with a sign."""

from typing import Any

import attrs
from attrs import frozen
from qualtran import Bloq, QAny, QUInt, Register, bloq_example
from qualtran.bloqs.arithmetic import Add
from qualtran.bloqs.basic_gates import CNOT, ZGate
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractLoader
from bloqs.data_loading.loaders import QROMLoader
from bloqs.linear_systems.circuits.word_step import AbstractWordStep
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wire, Wires
from estimator import symbols


@frozen(cache_hash=True)
class ShiftStep(AbstractWordStep):
    r"""Applies $|l\rangle|o, x\rangle \to \sigma_l |l\rangle|(o, x) + s_l\rangle$ on a grid.

    Every coordinate has an overflow bit above it and is added to modulo $2^{m+1}$, for shifts from
    $1 - 2^m$ to $2^m - 1$. Started and found in $o = 0$ a coordinate stayed inside: a sum below
    zero and one of $2^m$ or more both set the bit. So entries that would wrap around are left out
    exactly. On a cyclic grid there are no such bits.

    Args:
        shifts: of each of the $2^c$ colours one shift for each axis, or `None` when only the sizes
            matter.
        signs: whether $\sigma_l = -1$, for each colour, or `None` likewise.
        c: log2 of the number of colours, at least 1. Unit: qubits.
        m: log2 of the points a side, at least 1. Unit: qubits.
        axes: of the grid.
        is_cyclic: whether it closes on itself.
        loader: the memory that holds the shifts.
        is_controlled: whether a control decides between this and the identity.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        colour: QUInt(c).
        overflow: QAny(axes), absent if cyclic.
        index: QUInt(axes m), the first coordinate in the most significant bits.

    Cost: one lookup of 2**c words and its unload, a Z, and for each axis an adder of m AND (m - 1
        if cyclic).

    Raises:
        ValueError: if a shift is out of range, or as the lookup.

    Source: adder of [Gid18] Fig. 1; the overflow bit is ours.
    """

    shifts: tuple[tuple[int, ...], ...] | None
    signs: tuple[bool, ...] | None
    c: SymbolicInt
    m: SymbolicInt
    axes: int
    is_cyclic: bool
    loader: AbstractLoader
    is_controlled: bool = False

    def __attrs_post_init__(self) -> None:
        if self.shifts is not None:
            most = 2 ** int(self.m) - 1
            for shift in self.shifts:
                if len(shift) != self.axes or max(map(abs, shift)) > most:
                    raise ValueError(
                        f"a shift needs {self.axes} numbers from {-most} to {most}, got {shift}"
                    )
        self.lookup  # noqa: B018  refuse what it refuses

    @property
    def width(self) -> SymbolicInt:
        """Bits of an adder. Unit: qubits."""
        return self.m if self.is_cyclic else self.m + 1

    @property
    def word_bitsize(self) -> SymbolicInt:
        return 1 + self.axes * self.width

    @property
    def words(self) -> tuple[int, ...] | None:
        if self.shifts is None or self.signs is None:
            return None
        width, words = int(self.width), []
        for shift, sign in zip(self.shifts, self.signs, strict=True):
            word = int(sign)
            for part in shift:
                word = word * 2**width + part % 2**width
            words.append(word)
        return tuple(words)

    @property
    def targets(self) -> list[Register]:
        overflow = [] if self.is_cyclic else [Register("overflow", QAny(self.axes))]
        return [*overflow, Register("index", QUInt(self.axes * self.m))]

    @property
    def wire_names(self) -> dict[str, Any]:
        """What the registers hold; see `estimator.drawing.wire_names`."""
        return {
            "colour": (("colour", self.c),),
            "overflow": (("overflow", self.axes),),
            "index": (("index", self.axes * self.m),),
        }

    @property
    def adder(self) -> Bloq:
        """What adds to one coordinate."""
        if not is_symbolic(self.width) and self.width == 1:
            return CNOT()
        return Add(QUInt(self.width), QUInt(self.width))

    @property
    def gates(self) -> dict[Bloq, SymbolicInt]:
        return {ZGate(): 1, self.adder: self.axes}

    @property
    def work(self) -> SymbolicInt:
        return self.width - 1

    def act(self, wires: Wires, word: list[Wire], targets: dict[str, list[Wire]]) -> None:
        width, m = int(self.width), int(self.m)
        wires.gate(ZGate(), q=word[0])
        for axis in range(self.axes):
            addend = word[1 + axis * width : 1 + (axis + 1) * width]
            total = targets["index"][axis * m : (axis + 1) * m]
            if not self.is_cyclic:
                total = [targets["overflow"][axis], *total]
            if width == 1:
                wires.cnot(addend[0], total[0])
            else:
                wires.on(self.adder, a=addend, b=total)

    def adjoint(self) -> "ShiftStep":
        back = self.shifts and tuple(tuple(-part for part in shift) for shift in self.shifts)
        return attrs.evolve(self, shifts=back)

    def __str__(self) -> str:
        return f"ShiftStep(2**{self.c} shifts, m={self.m}, {self.axes} axes)"


@bloq_example(generalizer=SAME_CALLS)
def _shift_step() -> ShiftStep:
    signs = (False, True, True, False)
    return ShiftStep(((0,), (1,), (-1,), (0,)), signs, 2, 2, 1, False, QROMLoader())


@bloq_example(generalizer=SAME_CALLS)
def _shift_step_on_a_grid() -> ShiftStep:
    return ShiftStep(((1, 0), (0, -1)), (True, False), 1, 1, 2, False, QROMLoader())


@bloq_example(generalizer=SAME_CALLS)
def _shift_step_controlled() -> ShiftStep:
    kind = 1, 2, 1, True, QROMLoader()
    return ShiftStep(((3,), (1,)), (True, False), *kind, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _shift_step_symbolic() -> ShiftStep:
    return ShiftStep(None, None, symbols.c, symbols.m, 2, False, QROMLoader())
