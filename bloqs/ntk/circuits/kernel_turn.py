"""A flag turned by the kernel value of a point in a register."""

from typing import Any

import sympy
from attrs import field, frozen
from qualtran import Bloq, DecomposeTypeError, QBit, QUInt, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CNOT, XGate
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import AbstractLoader, WireNames
from bloqs.composite import AbstractComposite
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.phase_gradient import (
    gradient_calls,
    gradient_size,
    make_gradient,
    unmake_gradient,
)
from bloqs.data_loading.rotation_level import RotationLevel
from bloqs.ntk.circuits.inner_product import InnerProduct
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wire, Wires
from estimator import symbols
from estimator.costs.keys import PeakQubits
from estimator.costs.simplify import largest


@frozen(cache_hash=True)
class KernelTurn(AbstractComposite):
    r"""Takes a target from $|0\rangle$ to $\tilde k|0\rangle + \sqrt{1 - \tilde k^2}\,|1\rangle$.

    The inner product of the point u with a known one is added to a sum, whose upper bits choose the
    angle of the clipped kernel there; it turns the target from one towards zero, and the sum is
    taken away again. A row that only fills up has no angle: its target stays one.

    Args:
        reference: the known point (`FixedPoint.reference_of`), or `None` when only the sizes
            matter.
        start: of the sum (`FixedPoint.start`).
        angles: $\arcsin \tilde k$ in each cell (`FixedPoint.angles_of`), or `None` likewise.
        d: entries of a point.
        b: bits of one. Unit: qubits.
        c: bits of one of the known point.
        w: bits of the sum. Unit: qubits.
        r: bits of it that choose the angle. Unit: qubits.
        e: bits of an angle, at least 4. Unit: qubits.
        loader: the memory that holds the angles.
        rotation: how the bits of an angle turn the target.
        is_padded: whether the first qubit of the point says if it is one.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        point: QUInt(d b), one more if `is_padded`.
        target: QBit.

    Cost: an inner product and its inverse, a level of 2**r angles; controlled and padded, 1 AND
        more; with phase-gradient rotations the state that they need, made and unmade.

    Raises:
        ValueError: if r is above w, or as the parts.

    Source: derived.
    """

    reference: tuple[int, ...] | None
    start: int
    angles: tuple[int, ...] | None
    d: SymbolicInt
    b: SymbolicInt
    c: SymbolicInt
    w: SymbolicInt
    r: SymbolicInt
    e: SymbolicInt
    loader: AbstractLoader
    rotation: Rotation
    is_padded: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if sympy.sympify(self.w - self.r).is_negative:
            raise ValueError(f"a sum of {self.w} bits has no {self.r} bits that choose an angle")
        self.product, self.level  # noqa: B018  refuse what they refuse

    @property
    def entry(self) -> SymbolicInt:
        """Width of the point. Unit: qubits."""
        return self.d * self.b + int(self.is_padded)

    @property
    def signature(self) -> Signature:
        own = [Register("point", QUInt(self.entry)), Register("target", QBit())]
        return Signature([*self.control_registers, *own])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        entries = ("entries of a point", self.d * self.b)
        point = (("is a point", 1), entries) if self.is_padded else (entries,)
        return {"point": point, "target": (("flag of the kernel", 1),)}

    @property
    def product(self) -> InnerProduct:
        """The inner product with the known point; undone again, it needs no control."""
        return InnerProduct(self.reference, self.d, self.b, self.c, self.w)

    @property
    def level(self) -> RotationLevel:
        """The turn of the target by the angle of the kernel."""
        kind = self.r, self.e, self.loader, self.rotation
        return RotationLevel(self.angles, *kind, is_controlled=self.is_controlled or self.is_padded)

    @property
    def has_both(self) -> bool:
        """Whether a qubit holds that the control is set and the row is a point."""
        return self.is_controlled and self.is_padded

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: dict[Bloq, SymbolicInt] = {
            self.product: 1,
            self.product.adjoint(): 1,
            self.level: 1,
            **gradient_calls(self.rotation, self.e),
            XGate(): 2 * self.start.bit_count() + int(not self.is_controlled),
        }
        if self.is_controlled:
            calls[CNOT()] = 1
        return calls | {And(): 1, And().adjoint(): 1} if self.has_both else calls

    def write(self, wires: Wires) -> None:
        point, (target,) = self.wires_of("point"), self.wires_of("target")
        total: list[Wire] = [("sum", k) for k in range(int(self.w))]
        is_point, entries = (point[:1], point[1:]) if self.is_padded else ([], point)
        wires.allocate(total)
        self._start(wires, total)
        wires.on(self.product, point=entries, sum=total)
        if self.is_controlled:
            wires.cnot(self.control[0], target)
        else:
            wires.x(target)
        when = is_point or self.control
        if self.has_both:
            wires.compute_and(self.control[0], is_point[0], "both")
            when = ["both"]
        gradient = make_gradient(wires, self.rotation, int(self.e))
        turned = {"address": total[: int(self.r)], "target": [target], "gradient": gradient}
        wires.on(self.level, ctrl=when, **turned)
        unmake_gradient(wires, gradient)
        if self.has_both:
            wires.uncompute_and(self.control[0], is_point[0], "both")
        wires.on(self.product.adjoint(), point=entries, sum=total)
        self._start(wires, total)
        wires.free(total)

    def _start(self, wires: Wires, total: list[Wire]) -> None:
        """Set the sum to its start, or take that away."""
        for k, bit in enumerate(reversed(total)):
            if self.start >> k & 1:
                wires.x(bit)

    def refuse_symbols(self) -> None:
        super().refuse_symbols()
        if self.reference is None or self.angles is None:
            raise DecomposeTypeError(f"{self} has no table of concrete size, so it has no circuit")

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            gradient = gradient_size(self.rotation, self.e)
            turned = gradient + self.level.work + int(self.has_both)
            return self.signature.n_qubits() + self.w + largest({self.w - 1, turned})
        return serial_cost(self, cost_key)

    def __str__(self) -> str:
        return f"KernelTurn{'†' if self.is_adjoint else ''}({self.d} entries of {self.b} bits)"


@bloq_example(generalizer=SAME_CALLS)
def kernel_turn_example() -> KernelTurn:
    kind = QROMLoader(), Rotation.BITWISE
    return KernelTurn((1, -1), 4, (12, 0, 0, 4), 2, 1, 1, 3, 2, 4, *kind)


@bloq_example(generalizer=SAME_CALLS)
def _kernel_turn_controlled() -> KernelTurn:
    kind = QROMLoader(), Rotation.PHASE_GRADIENT
    sizes = 1, 1, 1, 2, 1, 4
    return KernelTurn((1,), 1, (12, 4), *sizes, *kind, is_padded=True, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def kernel_turn_symbolic_example() -> KernelTurn:
    sizes = symbols.N_in, symbols.b, symbols.c, symbols.m, symbols.a, symbols.d
    kind = QROMLoader(), Rotation.PHASE_GRADIENT
    return KernelTurn(None, 0, None, *sizes, *kind, is_padded=True)
