"""What every block-encoding of a convolution shares."""

import abc
import math
from typing import Any, Self

import attrs
import sympy
from attrs import frozen
from qualtran import (
    AddControlledT,
    Bloq,
    BloqBuilder,
    CompositeBloq,
    CtrlSpec,
    DecomposeTypeError,
    QBit,
    Register,
    SoquetT,
)
from qualtran.bloqs.mcmt.specialized_ctrl import get_ctrl_system_1bit_cv_from_bloqs
from qualtran.resource_counting import (
    BloqCountDictT,
    CostKey,
    QubitCount,
    SympySymbolAllocator,
)
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, AbstractLoader, WireNames
from bloqs.convolution.kernel import Kernel
from bloqs.convolution.shift import Shift
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.phase_gradient import (
    gradient_calls,
    gradient_size,
    make_gradient,
    unmake_gradient,
)
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.serial import serial_cost
from bloqs.wires import Wire, Wires
from estimator.costs.depth import AbstractDepth
from estimator.costs.simplify import largest

SMALLEST_ALPHA = 2.0**-511
"""Below this the product of two sums of |K| loses digits. Unit: 1."""


@frozen(cache_hash=True)
class AbstractConvolution(AbstractBlockEncoding):
    r"""A 2-D multi-filter convolution of images $2^m \times 2^m$, stride 1, as a block-encoding.

    $C = \sum K[i,j,k,l]\, |i\rangle\langle j| \otimes Q^{l-o} \otimes Q^{k-o}$ on
    $|channel\rangle_c |column\rangle_m |row\rangle_m$, $Q$ the shift by one pixel.

    Args:
        kernel: the taps; those that shift past the image are dropped before anything is computed.
        m: log2 of the image side. Unit: qubits. At least 1.
        b: bits of the angles that prepare the kernel, at least 4. Unit: qubits.
        loader: the memory that holds the angles.
        rotation: how the bits of an angle turn a qubit.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this encodes the transpose, by the inverse circuit.

    Source: [RHGPR25] Lem. B.17 for the operator.
    """

    kernel: Kernel
    m: SymbolicInt
    b: SymbolicInt
    loader: AbstractLoader
    rotation: Rotation
    is_controlled: bool = False
    is_adjoint: bool = False

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.m) and self.m < 1:
            raise ValueError(f"a convolution needs images of side at least 2, got m={self.m}")
        if not is_symbolic(self.b) and self.b < 4:
            raise ValueError(f"a convolution needs at least b = 4 bits of angle, got b={self.b}")
        if self.tree_size == 0:
            raise ValueError("a 1x1 kernel between single channels is a number, not an operator")
        if not is_symbolic(self.alpha) and not SMALLEST_ALPHA <= self.alpha < math.inf:
            raise ValueError(
                f"alpha of this kernel is {self.alpha:g} in floating point; scale the kernel first"
            )

    @property
    def control_registers(self) -> tuple[Register, ...]:
        return (Register("ctrl", QBit()),) if self.is_controlled else ()

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.kernel.c + 2 * self.m

    @property
    def system_names(self) -> WireNames:
        return self.kernel.pixel_names(self.m)

    @property
    def taps(self) -> Kernel:
        """The kernel without the taps that shift past the image."""
        return self.kernel.within(self.m)

    @property
    def overflows(self) -> int:
        """Overflow bits: none for a periodic image. Unit: qubits."""
        return 0 if self.kernel.wraps else 2

    @property
    def shift(self) -> Shift | None:
        """The shift of one coordinate by one tap index; `None` for a 1 x 1 kernel."""
        d = self.kernel.d
        if not is_symbolic(d) and d == 0:
            return None
        direction, signed = self.kernel.code
        return Shift(self.m, d, self.kernel.wraps, signed, direction)

    @property
    @abc.abstractmethod
    def tree_size(self) -> SymbolicInt:
        """Qubits of the index that the kernel's amplitudes are spread over."""

    @property
    @abc.abstractmethod
    def trees(self) -> tuple[RotationTree, ...]:
        """The state preparations, in the order in which the circuit runs them."""

    @property
    @abc.abstractmethod
    def select(self) -> dict[Bloq, SymbolicInt]:
        """The gates between the preparations."""

    @abc.abstractmethod
    def write(self, wires: Wires, system: list[Wire], ancilla: list[Wire]) -> None:
        """Write the circuit; control in wire ("ctrl", 0), gradient in wires ("gradient", k)."""

    def tree(self, rows: Any, s: SymbolicInt, n: SymbolicInt) -> RotationTree:
        """A tree over this convolution's memory."""
        table = None if rows is None else tuple(tuple(float(x) for x in row) for row in rows)
        return RotationTree(
            table,
            s,
            n,
            self.b,
            self.loader,
            self.rotation,
            self.is_controlled,
            borrows_gradient=True,
        )

    def decompose_bloq(self) -> CompositeBloq:
        if self.is_adjoint:
            return self.adjoint().decompose_bloq().adjoint()
        return super().decompose_bloq()

    def build_composite_bloq(self, bb: BloqBuilder, **soqs: Any) -> dict[str, SoquetT]:
        if is_symbolic(self.kernel.c, self.kernel.d, self.m, self.b):
            raise DecomposeTypeError(f"{self} has a symbolic size, so it has no circuit")
        wires = Wires(bb)
        for name, soq in soqs.items():
            wires.split(name, soq)
        system: list[Wire] = [("system", k) for k in range(self.system_bitsize)]
        gradient = make_gradient(wires, self.rotation, self.b)
        self.write(wires, system, [("ancilla", k) for k in range(self.ancilla_bitsize)])
        unmake_gradient(wires, gradient)
        return wires.registers(self.signature)

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        calls: dict[Bloq, SymbolicInt] = {}
        for tree in self.trees:
            calls[tree] = calls.get(tree, 0) + 1
        if self.shift is not None:
            calls[self.shift] = 2
        calls |= {gate: n for gate, n in self.select.items() if is_symbolic(n) or n}
        if self.is_adjoint:
            calls = {bloq.adjoint(): count for bloq, count in calls.items()}
        return calls | gradient_calls(self.rotation, self.b)

    def adjoint(self) -> Self:
        return attrs.evolve(self, is_adjoint=not self.is_adjoint)

    def get_ctrl_system(self, ctrl_spec: CtrlSpec) -> tuple[Bloq, AddControlledT]:
        return get_ctrl_system_1bit_cv_from_bloqs(
            self,
            ctrl_spec,
            current_ctrl_bit=1 if self.is_controlled else None,
            bloq_with_ctrl=attrs.evolve(self, is_controlled=True),
            ctrl_reg_name="ctrl",
        )

    @property
    def gradient(self) -> list[Wire]:
        """The wires of the phase-gradient state, which all preparations share."""
        return [("gradient", k) for k in range(gradient_size(self.rotation, self.b))]

    @property
    def work(self) -> SymbolicInt:
        """Work qubits of the widest step. Unit: qubits."""
        steps = {tree.work for tree in self.trees}
        steps |= set() if self.shift is None else {self.shift.work}
        return largest(steps) + gradient_size(self.rotation, self.b)

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, QubitCount):
            registers = self.system_bitsize + self.ancilla_bitsize + int(self.is_controlled)
            return registers + self.work
        if isinstance(cost_key, AbstractDepth):
            # Parts one after another, for symbols and for numbers: the two shifts would fit side
            # by side, but not on the work qubits that are counted, which they share.
            return serial_cost(self, cost_key)
        return NotImplemented

    def rounding(self, angles: SymbolicInt) -> SymbolicFloat:
        """Error of two state preparations of so many rounded angles in a row, times alpha."""
        return self.alpha * 2 * angles * sympy.pi / sympy.Integer(2) ** self.b

    def __str__(self) -> str:
        dagger = "†" if self.is_adjoint else ""
        return f"{type(self).__name__}{dagger}(m={self.m})"
