"""The quantum Fourier transform, its output in reverse order of bits."""

from math import pi
from typing import Any

from attrs import frozen
from qualtran import Bloq, QUInt, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CNOT, Hadamard, SGate, TGate
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import WireNames
from bloqs.composite import AbstractComposite
from bloqs.gates.phase_shift import PhaseShift
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wire, Wires
from estimator import symbols
from estimator.costs.keys import PeakQubits


@frozen(cache_hash=True)
class FourierTransform(AbstractComposite):
    r"""Applies $|y\rangle \to \sum_t e^{2 \pi i y t / 2^m} |t\rangle / \sqrt{2^m}$.

    The bits of t come least significant first, so that no qubits are exchanged; whoever uses it
    reads them so. A phase of two bits is one of their AND.

    Args:
        m: bits, at least 1; a symbol stands for at least 3. Unit: qubits.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        x: QUInt(m).

    Cost: m (m - 1) / 2 AND, as many phases: m - 1 S, m - 2 T, the rest rotations; controlled, m - 1
        AND and 2 m T more.

    Raises:
        ValueError: if m is below 1.

    Source: [NC10] Sec. 5.1.
    """

    m: SymbolicInt

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.m) and self.m < 1:
            raise ValueError(f"a Fourier transform needs at least one bit, got m={self.m}")

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"x": (("number", self.m),)}

    @property
    def signature(self) -> Signature:
        return Signature([*self.control_registers, Register("x", QUInt(self.m))])

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        m = self.m
        pairs = m * (m - 1) // 2 if not is_symbolic(m) else m * (m - 1) / 2
        ands = pairs + (m - 1 if self.is_controlled else 0)
        calls: dict[Bloq, SymbolicInt] = {And(): ands, And().adjoint(): ands, SGate(): m - 1}
        if is_symbolic(m):
            calls |= {TGate(): m - 2, PhaseShift(symbols.theta): (m - 2) * (m - 3) / 2}
        else:
            for k in range(3, m + 1):
                calls[_phase(k)] = m - k + 1
        if not self.is_controlled:
            return {**calls, Hadamard(): m}
        more: dict[Bloq, SymbolicInt] = {
            SGate(): m,
            SGate().adjoint(): m,
            Hadamard(): 2 * m,
            TGate(): m,
            TGate().adjoint(): m,
            CNOT(): m,
        }
        for gate, times in more.items():
            calls[gate] = calls.get(gate, 0) + times
        return calls

    def write(self, wires: Wires) -> None:
        bits = self.wires_of("x")
        for i, bit in enumerate(bits):
            if self.is_controlled:
                controlled_hadamard(wires, ("ctrl", 0), bit)
            else:
                wires.h(bit)
            others = bits[i + 1 :]
            held: Wire = bit
            if self.is_controlled and others:
                held = "both"
                wires.compute_and(("ctrl", 0), bit, held)
            for k, other in enumerate(others, 2):
                wires.compute_and(held, other, "all")
                wires.gate(_phase(k), q="all")
                wires.uncompute_and(held, other, "all")
            if self.is_controlled and others:
                wires.uncompute_and(("ctrl", 0), bit, held)

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            several = is_symbolic(self.m) or self.m > 1
            return self.signature.n_qubits() + (1 + int(self.is_controlled) if several else 0)
        return serial_cost(self, cost_key)

    def __str__(self) -> str:
        return f"Fourier{'†' if self.is_adjoint else ''}(m={self.m})"


def _phase(k: int) -> Bloq:
    r"""$e^{2 \pi i / 2^k}$ on one."""
    return {2: SGate(), 3: TGate()}.get(k) or PhaseShift(2 * pi / 2**k)


def controlled_hadamard(wires: Wires, control: Wire, q: Wire) -> None:
    """A CNOT between gates that turn X into the axis of a Hadamard; two T."""
    before: tuple[Bloq, ...] = (SGate(), Hadamard(), TGate())
    for gate in before:
        wires.gate(gate, q=q)
    wires.cnot(control, q)
    for gate in reversed(before):
        wires.gate(gate.adjoint(), q=q)


@bloq_example(generalizer=SAME_CALLS)
def _fourier_transform() -> FourierTransform:
    return FourierTransform(4)


@bloq_example(generalizer=SAME_CALLS)
def _fourier_transform_controlled() -> FourierTransform:
    return FourierTransform(3, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _fourier_transform_symbolic() -> FourierTransform:
    return FourierTransform(symbols.m)
