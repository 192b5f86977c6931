"""Half of a shift that loses the last pixel, as a sum of two known operators."""

import math

from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.bloqs.basic_gates import Hadamard
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.convolution.cyclic_shift import CyclicShift
from bloqs.encodings.projector import ProjectorEncoding
from bloqs.encodings.select_encodings import SelectEncodings
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class HalfShift(AbstractComposite, AbstractBlockEncoding):
    r"""Encodes $Q = P - |0\rangle\langle N - 1|$, $N = 2^m$, with alpha = 2.

    $P$ shifts a coordinate round the image; what came round is taken off again. A qubit in plus
    chooses between $P$ and minus the projector. All singular values of $Q / 2$ are 0 or 1/2.

    Args:
        m: width of the coordinate, at least 1; a symbol stands for at least 3. Unit: qubits.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse, which encodes the shift back, $Q^\dagger$.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(m).
        ancilla: QAny(2): which of the two, then the flag of the projector. Starts in zero; finding
            zero again flags success.

    Encodes: $Q$ with alpha = 2 and epsilon = 0 (spectral norm).

    Cost: a controlled `CyclicShift` by one and a controlled projector of m - 1 AND and a Toffoli;
        controlled, one AND more.

    Raises:
        ValueError: if m is below 1.

    Source: [RHGPR25] Lem. B.15, whose projector has one ancilla more.
    """

    m: SymbolicInt

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.m) and self.m < 1:
            raise ValueError(f"HalfShift needs a coordinate of m >= 1 qubits, got m={self.m}")

    @property
    def select(self) -> SelectEncodings:
        """P where the ancilla is zero, minus the projector where it is one."""
        first, last = (None, None) if is_symbolic(self.m) else (0, 2**self.m - 1)
        projector = ProjectorEncoding(first, last, self.m, swaps=False)
        return SelectEncodings((CyclicShift(self.m, 1), projector), (0.0, math.pi))

    @property
    def alpha(self) -> SymbolicFloat:
        return 2

    @property
    def epsilon(self) -> SymbolicFloat:
        return 0

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.m

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return 2

    @property
    def system_names(self) -> WireNames:
        return (("coordinate", self.m),)

    @property
    def ancilla_names(self) -> WireNames:
        return (("selection", 1), ("flag of the projector", 1))

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return {Hadamard(): 2, with_control(self.select, self.is_controlled): 1}

    def write(self, wires: Wires) -> None:
        index, flag = self.wires_of("ancilla")
        select = with_control(self.select, self.is_controlled)
        wires.gate(Hadamard(), q=index)
        system = self.wires_of("system")
        wires.on(select, ctrl=self.control, index=[index], system=system, ancilla=[flag])
        wires.gate(Hadamard(), q=index)

    def __str__(self) -> str:
        return f"HalfShift{'†' if self.is_adjoint else ''}(m={self.m})"


@bloq_example(generalizer=SAME_CALLS)
def _half_shift() -> HalfShift:
    return HalfShift(3)


@bloq_example(generalizer=SAME_CALLS)
def _half_shift_controlled() -> HalfShift:
    return HalfShift(2, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _half_shift_of_one_bit() -> HalfShift:
    return HalfShift(1)


@bloq_example(generalizer=SAME_CALLS)
def _half_shift_symbolic() -> HalfShift:
    return HalfShift(symbols.m)
