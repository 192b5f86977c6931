"""Every tap of a convolution as a term of its own, chosen by an index."""

from typing import Any

import numpy as np
from attrs import evolve, frozen
from qualtran import Bloq, DecomposeTypeError, QAny, QUInt, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CNOT, XGate, ZGate
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, WireNames
from bloqs.composite import AbstractComposite, controlled_form
from bloqs.convolution.kernel import Kernel
from bloqs.convolution.published_shift import ShiftFamily
from bloqs.data_loading.unary_iteration import walk
from bloqs.encodings.projector import ProjectorEncoding
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wire, Wires
from estimator import symbols
from estimator.costs.keys import PeakQubits
from estimator.costs.known import known_cost
from estimator.costs.simplify import largest


@frozen(cache_hash=True)
class PublishedSelect(AbstractComposite):
    r"""Encodes $sign(K_{ijkl})\, |i\rangle\langle j| \otimes Q^{l-o} \otimes Q^{k-o}$ of each tap.

    Four walks, one inside the other, make a wire that is one where the index is $(i, j, k, l)$. It
    controls the projector on the channel, with $|i\rangle\langle j| = X^i |0\rangle\langle 0|
    X^j$, and the shifts of column and row; it gets a Z where the tap is negative.

    Args:
        kernel: without taps that shift past the image, and not one tap between single channels.
        m: log2 of the image side. Unit: qubits.
        shares_ancillas: see `bloqs.convolution.published_shift.ShiftFamily`.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        index: QUInt(2 c + 2 d): i, j, k, l, each less than C_out, C_in, D, D.
        system: QUInt(c + 2 m): channel, column, row.
        ancilla: QAny of the flag of the projector (none if c = 0) and the ancillas of the farthest
            shift of the column and of the row; absent if none.

    Cost: C_out C_in D**2 - 2 AND (one more if controlled), as many controlled projectors of c - 1
        AND and a Toffoli, and each shift 2 C_out C_in D times.

    Source: [RHGPR25] Lem. B.16, B.17 and B.5; [BGBWMPFN18] Sec. III.A for the walks.
    """

    kernel: Kernel
    m: SymbolicInt
    shares_ancillas: bool

    @property
    def shifts(self) -> ShiftFamily:
        """The shifts of one coordinate."""
        return ShiftFamily(self.kernel, self.m, self.shares_ancillas)

    @property
    def projector(self) -> AbstractBlockEncoding | None:
        """The projector on channel zero; `None` for a single channel."""
        c = self.kernel.c
        if is_symbolic(c):
            return ProjectorEncoding(None, None, c, swaps=False)
        return ProjectorEncoding(0, 0, c, swaps=False) if c else None

    @property
    def flags(self) -> int:
        """Ancillas of the projector. Unit: qubits."""
        return 0 if self.projector is None else 1

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        """Ancillas that all terms share. Unit: qubits."""
        return self.flags + 2 * self.shifts.ancilla_bitsize

    @property
    def index_bitsize(self) -> SymbolicInt:
        """Width of the index. Unit: qubits."""
        return 2 * self.kernel.c + 2 * self.kernel.d

    @property
    def terms(self) -> SymbolicInt:
        """Number of taps, zero or not."""
        return self.kernel.C_out * self.kernel.C_in * self.kernel.D**2

    @property
    def index_names(self) -> WireNames:
        """What the bits of the index hold."""
        c, d = self.kernel.c, self.kernel.d
        return (("output channel", c), ("input channel", c), ("tap row", d), ("tap column", d))

    @property
    def ancilla_names(self) -> WireNames:
        """What the bits of the ancilla hold."""
        own = self.shifts.ancilla_bitsize
        flag = ("channel flag", self.flags)
        return (flag, ("flags of column shifts", own), ("flags of row shifts", own))

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        system = self.kernel.pixel_names(self.m)
        return {"index": self.index_names, "system": system, "ancilla": self.ancilla_names}

    @property
    def signature(self) -> Signature:
        ancilla = self.ancilla_bitsize
        flags = [Register("ancilla", QAny(ancilla))] if is_symbolic(ancilla) or ancilla else []
        index = Register("index", QUInt(self.index_bitsize))
        system = Register("system", QUInt(self.kernel.c + 2 * self.m))
        return Signature([*self.control_registers, index, system, *flags])

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        C_out, C_in, D = self.kernel.C_out, self.kernel.C_in, self.kernel.D
        ands = self.terms - (1 if self.is_controlled else 2)
        flips = D**2 * (C_in * _ones_below(C_out) + C_out * _ones_below(C_in))
        calls: dict[Bloq, SymbolicInt] = {And(1, 0): ands, And().adjoint(): ands}
        calls |= {CNOT(): ands + flips, XGate(): 0 if self.is_controlled else 2}
        if self.kernel.entries is not None:
            calls[ZGate()] = int(np.count_nonzero(self.kernel.array < 0))
        if self.projector is not None:
            calls[controlled_form(self.projector)] = self.terms
        for step, times in self.shifts.controlled_calls().items():
            calls[step] = calls.get(step, 0) + 2 * C_out * C_in * D * times
        return calls

    def write(self, wires: Wires) -> None:
        if self.kernel.entries is None:
            raise DecomposeTypeError(f"{self} has no kernel entries, so it has no circuit")
        c, d, control = self.kernel.c, self.kernel.d, self.control[0] if self.control else None
        index, K = self.wires_of("index"), self.kernel.array
        addresses = (index[:c], index[c : 2 * c], index[2 * c : 2 * c + d], index[2 * c + d :])

        def visit(wire: Wire | None, tap: tuple[int, ...]) -> None:
            if len(tap) == 4:
                self._write_term(wires, wire, tap)
                if K[tap] < 0:
                    wires.gate(ZGate(), q=wire)
                return
            size = K.shape[len(tap)]
            walk(wires, addresses[len(tap)], wire, size, lambda w, x: visit(w, (*tap, x)))

        visit(control, ())

    def _write_term(self, wires: Wires, wire: Wire | None, tap: tuple[int, ...]) -> None:
        """One term under the control of a wire."""
        i, j, k, l = tap
        c, m, system, ancilla = (self.kernel.c, self.m, *map(self.wires_of, ("system", "ancilla")))
        channel, column, row = system[:c], system[c : c + m], system[c + m :]
        flag, own = ancilla[: self.flags], ancilla[self.flags :]
        half = len(own) // 2
        if self.projector is not None:
            _flip(wires, wire, j, channel)
            wires.on(controlled_form(self.projector), ctrl=[wire], system=channel, ancilla=flag)
            _flip(wires, wire, i, channel)
        for tap_index, line, spare in ((l, column, own[:half]), (k, row, own[half:])):
            shift = self.shifts.shift(tap_index - self.kernel.offset)
            if shift is not None:
                used: Any = spare[: shift.ancilla_bitsize]
                wires.on(controlled_form(shift), ctrl=[wire], system=line, ancilla=used)

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if not isinstance(cost_key, (PeakQubits, QubitCount)):
            return serial_cost(self, cost_key)
        kernel = self.kernel
        levels = _levels(kernel.C_out, kernel.c) + _levels(kernel.C_in, kernel.c)
        alive = levels + 2 * _levels(kernel.D, kernel.d) - int(not self.is_controlled)
        parts = [controlled_form(x) for x in (self.projector, self.shifts.step) if x is not None]
        work = [known_cost(x, PeakQubits()) - x.signature.n_qubits() for x in parts]
        return largest(self.signature.n_qubits() + alive + each for each in work)

    def __str__(self) -> str:
        return f"PublishedSelect{'†' if self.is_adjoint else ''}(m={self.m})"


def _flip(wires: Wires, wire: Wire | None, number: int, bits: list[Wire]) -> None:
    """Flip the bits that `number` sets, under the control of a wire."""
    for k, bit in enumerate(bits):
        if number >> (len(bits) - 1 - k) & 1:
            wires.cnot(wire, bit)


def _levels(size: SymbolicInt, width: SymbolicInt) -> SymbolicInt:
    """Levels of a walk through so many addresses; `width` if they are a symbol. Unit: qubits."""
    return width if is_symbolic(size) else (size - 1).bit_length()


def _ones_below(size: SymbolicInt) -> SymbolicInt:
    """Ones in the binary numbers below `size`; a symbolic size is a power of two."""
    if is_symbolic(size):
        return size * symbols.c / 2
    whole = range(size.bit_length())
    return sum((size >> k + 1 << k) + max(0, size % (2 << k) - (1 << k)) for k in whole)


_KERNEL = Kernel.of(np.array([1.0, -2.0, 0.5, 0.25, 0.0, 1.0, 1.0, -3.0]).reshape(2, 1, 2, 2))


@bloq_example(generalizer=SAME_CALLS)
def _published_select() -> PublishedSelect:
    return PublishedSelect(_KERNEL, 2, shares_ancillas=False)


@bloq_example(generalizer=SAME_CALLS)
def _published_select_shared() -> PublishedSelect:
    kernel = Kernel.of(np.arange(-3.0, 6.0).reshape(1, 1, 3, 3))
    return PublishedSelect(evolve(kernel, offset=0), 2, shares_ancillas=True, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _published_select_wrapping() -> PublishedSelect:
    kernel = Kernel.of(np.arange(-5.0, 4.0).reshape(1, 1, 3, 3))
    return PublishedSelect(evolve(kernel, offset=2, wraps=True), 2, shares_ancillas=False)


@bloq_example(generalizer=SAME_CALLS)
def _published_select_symbolic() -> PublishedSelect:
    return PublishedSelect(Kernel.symbolic(), symbols.m, shares_ancillas=True)
