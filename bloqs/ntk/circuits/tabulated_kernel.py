"""The kernel values of one new point, read from a table, as a vector."""

import numpy as np
import sympy
from attrs import frozen
from numpy.typing import NDArray
from qualtran import Bloq, bloq_example
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractLoader, AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.phase_gradient import (
    gradient_calls,
    gradient_size,
    make_gradient,
    unmake_gradient,
)
from bloqs.data_loading.rotation_level import RotationLevel
from bloqs.data_loading.rounded_angles import rounded_angles
from bloqs.encodings.parts import check_norm
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wires
from estimator import symbols
from estimator.costs.keys import PeakQubits


@frozen(cache_hash=True)
class TabulatedKernel(AbstractComposite, AbstractVectorEncoding):
    r"""Prepares $\sum_i \tilde k_i |i\rangle / \lVert\tilde k\rVert$ from the angles of $\tilde k$.

    Over the uniform vector a flag is turned so that its zero has the amplitude $\tilde k_i$. The
    angles belong to one new point: every prediction takes classical work of $\Theta(2^n)$ to work
    them out, which no count of gates holds. `ComputedKernel` has no such work.

    Args:
        angles: $\arccos \tilde k_i$ in units of $2 \pi / 2^b$, or `None` when only the sizes
            matter.
        norm: l2 norm of $\tilde k$, whose entries are within [-1, 1]. Unit: 1.
        n: log2 of the number of rows, at least 1. Unit: qubits.
        b: bits of an angle, at least 4. Unit: qubits.
        loader: the memory that holds the angles.
        rotation: how the bits of an angle turn the flag.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(1). Starts in zero; finding zero again flags success.

    Encodes: the vector with alpha = sqrt(2**n) / norm and epsilon = alpha pi / 2**b (l2 norm).

    Cost: a level of 2**n angles; with phase-gradient rotations the state that they need, made and
        unmade.

    Raises:
        ValueError: if norm is not in (0, sqrt(2**n)], or as the parts.

    Source: derived; the post-selection is that of [ZNL21].
    """

    angles: tuple[int, ...] | None
    norm: SymbolicFloat
    n: SymbolicInt
    b: SymbolicInt
    loader: AbstractLoader
    rotation: Rotation

    def __attrs_post_init__(self) -> None:
        check_norm("a kernel vector", self.norm, sympy.sqrt(sympy.Integer(2) ** self.n))
        self.uniform, self.level  # noqa: B018  refuse what they refuse

    @classmethod
    def of(
        cls, values: NDArray[np.float64], b: int, loader: AbstractLoader, rotation: Rotation
    ) -> "TabulatedKernel":
        """The preparation of an array of shape (2**n,), n >= 1, of clipped kernel values.

        Raises:
            ValueError: if the values are no such array, not within [-1, 1], or all zero.
        """
        size = len(values)
        if np.ndim(values) != 1 or size < 2 or size & (size - 1):
            raise ValueError(
                f"kernel values fill a power of two >= 2 of rows, got {np.shape(values)}; fill up "
                "with zeros"
            )
        most = float(np.max(np.abs(values)))
        if not most <= 1:
            raise ValueError(
                f"kernel values are at most 1 after clipping, got {most:g}; divide by the value at "
                "1 - eps' and clip"
            )
        if most == 0:
            raise ValueError("a new point with kernel values that are all zero has no prediction")
        n = size.bit_length() - 1
        norm = float(np.linalg.norm(values))
        return cls(rounded_angles(np.arccos(values), b), norm, n, b, loader, rotation)

    @property
    def alpha(self) -> SymbolicFloat:
        return sympy.sqrt(sympy.Integer(2) ** self.n) / self.norm

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.alpha * sympy.pi / sympy.Integer(2) ** self.b

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.n

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return 1

    @property
    def system_names(self) -> WireNames:
        return (("point", self.n),)

    @property
    def ancilla_names(self) -> WireNames:
        return (("flag of the kernel", 1),)

    @property
    def uniform(self) -> Bloq:
        """The preparation of the index."""
        return with_control(UniformVector(self.n), self.is_controlled)

    @property
    def level(self) -> RotationLevel:
        """The turn of the flag by the angle of the point."""
        kind = self.n, self.b, self.loader, self.rotation
        return RotationLevel(self.angles, *kind, is_controlled=self.is_controlled)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return {self.uniform: 1, self.level: 1, **gradient_calls(self.rotation, self.b)}

    def write(self, wires: Wires) -> None:
        system, flag = self.wires_of("system"), self.wires_of("ancilla")
        wires.on(self.uniform, ctrl=self.control, system=system)
        gradient = make_gradient(wires, self.rotation, self.b)
        turned = {"address": system, "target": flag, "gradient": gradient}
        wires.on(self.level, ctrl=self.control, **turned)
        unmake_gradient(wires, gradient)

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            gradient = gradient_size(self.rotation, self.b)
            return self.signature.n_qubits() + gradient + self.level.work
        return serial_cost(self, cost_key)

    def __str__(self) -> str:
        return f"TabulatedKernel{'†' if self.is_adjoint else ''}(n={self.n})"


@bloq_example(generalizer=SAME_CALLS)
def tabulated_kernel_example() -> TabulatedKernel:
    values = np.array([0.25, 1.0, 0.5, -0.125])
    return TabulatedKernel.of(values, 5, QROMLoader(), Rotation.BITWISE)


@bloq_example(generalizer=SAME_CALLS)
def _tabulated_kernel_by_gradient() -> TabulatedKernel:
    kind = QROMLoader(), Rotation.PHASE_GRADIENT
    return TabulatedKernel.of(np.array([1.0, -0.5]), 4, *kind)


@bloq_example(generalizer=SAME_CALLS)
def _tabulated_kernel_controlled() -> TabulatedKernel:
    kind = QROMLoader(), Rotation.BITWISE
    kernel = TabulatedKernel.of(np.array([1.0, -0.5]), 4, *kind)
    controlled = with_control(kernel, True)
    assert isinstance(controlled, TabulatedKernel)
    return controlled


@bloq_example(generalizer=SAME_CALLS)
def tabulated_kernel_symbolic_example() -> TabulatedKernel:
    kind = QROMLoader(), Rotation.PHASE_GRADIENT
    return TabulatedKernel(None, symbols.norm, symbols.n, symbols.b, *kind)
