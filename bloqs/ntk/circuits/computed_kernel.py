"""The kernel values of one new point, worked out from inner products in a register, as a vector."""

from collections.abc import Callable
from functools import cached_property

import numpy as np
import sympy
from attrs import frozen
from numpy.typing import NDArray
from qualtran import Bloq, bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractLoader, AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.parts import check_error, check_norm
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.ntk.circuits.fixed_point import FixedPoint
from bloqs.ntk.circuits.kernel_turn import KernelTurn
from bloqs.ntk.circuits.point_turn import PointTurn, point_turn_symbolic_example
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class ComputedKernel(AbstractComposite, AbstractVectorEncoding):
    r"""Prepares $\sum_i \tilde k_i |i\rangle / \lVert\tilde k\rVert$ from the points themselves.

    Over the uniform vector every point turns the flag by its kernel value (`PointTurn`). The points
    in memory serve every new one; classical work for one prediction is its own d entries and a
    table of the kernel, whose length depends on the error and not on the number of points.

    Args:
        turn: neither controlled nor inverted.
        norm: l2 norm of $\tilde k$, whose entries are within [-1, 1]. Unit: 1.
        deviation: largest error of an entry of $\tilde k$ by bits of points and cells. Unit: 1.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(1). Starts in zero; finding zero again flags success.

    Encodes: the vector with alpha = sqrt(2**n) / norm and epsilon = alpha (deviation + pi / 2**e)
        (l2 norm), e the bits of an angle.

    Cost: that of `turn`; controlled, also 2 n T.

    Raises:
        ValueError: if norm is not in (0, sqrt(2**n)], deviation is negative, or `turn` is
            controlled or inverted.

    Source: derived; the post-selection is that of [ZNL21].
    """

    turn: PointTurn
    norm: SymbolicFloat
    deviation: SymbolicFloat

    def __attrs_post_init__(self) -> None:
        check_norm("a kernel vector", self.norm, sympy.sqrt(sympy.Integer(2) ** self.turn.n))
        check_error("a kernel vector", self.deviation)
        if self.turn.turn.is_controlled or self.turn.turn.is_adjoint:
            raise ValueError(f"{self.turn} must be neither controlled nor inverted")

    @classmethod
    def of(
        cls,
        points: NDArray[np.float64],
        point: NDArray[np.float64],
        kernel: Callable[[NDArray[np.float64]], NDArray[np.float64]],
        slope: float,
        bits: FixedPoint,
        loader: AbstractLoader,
        rotation: Rotation,
    ) -> "ComputedKernel":
        """The preparation of clipped kernel values of unit vectors.

        Args:
            points: Array of shape (2**n, d), n >= 1. Rows of zeros only fill up.
            point: Array of shape (d,).
            kernel: clipped to [-1, 1], of correlations (`fixed_point.clipped`).
            slope: its largest (`fixed_point.kernel_slope`).
            bits: of everything.
            loader: the memory that holds points and angles.
            rotation: how the bits of an angle turn the flag.

        Raises:
            ValueError: if the shape is another, all kernel values are zero, or as the class.
        """
        size = len(points)
        if np.ndim(points) != 2 or size < 2 or size & (size - 1):
            raise ValueError(
                f"points fill a power of two >= 2 of rows, got {np.shape(points)}; fill up with "
                "rows of zeros"
            )
        real = np.any(points != 0, axis=1)
        exact = np.where(real, kernel(np.clip(points @ point, -1, 1)), 0.0)
        norm = float(np.linalg.norm(exact))
        if norm == 0:
            raise ValueError("a new point with kernel values that are all zero has no prediction")
        words, is_padded = bits.words_of(points), not bool(np.all(real))
        if is_padded:
            above = 2 ** (bits.dimension * bits.word)
            words = tuple(
                above + word if is_point else word
                for word, is_point in zip(words, real, strict=True)
            )
        reference = bits.reference_of(point)
        turn = KernelTurn(
            reference,
            bits.start(reference),
            bits.angles_of(reference, kernel),
            bits.dimension,
            bits.word,
            bits.reference,
            bits.width,
            bits.cells,
            bits.angle,
            loader,
            rotation,
            is_padded=is_padded,
        )
        looked_up = PointTurn(words, size.bit_length() - 1, turn, loader)
        return cls(looked_up, norm, slope * bits.correlation_error)

    @property
    def alpha(self) -> SymbolicFloat:
        return sympy.sqrt(sympy.Integer(2) ** self.turn.n) / self.norm

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.alpha * (self.deviation + sympy.pi / sympy.Integer(2) ** self.turn.turn.e)

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.turn.n

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return 1

    @property
    def system_names(self) -> WireNames:
        return (("point", self.turn.n),)

    @property
    def ancilla_names(self) -> WireNames:
        return (("flag of the kernel", 1),)

    @cached_property
    def steps(self) -> tuple[Bloq, Bloq]:
        """Preparation of the index and turn of the flag, controlled if this is."""
        control = self.is_controlled
        return with_control(UniformVector(self.turn.n), control), with_control(self.turn, control)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return dict.fromkeys(self.steps, 1)

    def write(self, wires: Wires) -> None:
        system = self.wires_of("system")
        uniform, turn = self.steps
        wires.on(uniform, ctrl=self.control, system=system)
        wires.on(turn, ctrl=self.control, system=system, target=self.wires_of("ancilla"))

    def __str__(self) -> str:
        return (
            f"ComputedKernel{'†' if self.is_adjoint else ''}(n={self.turn.n}, d={self.turn.turn.d})"
        )


def _cubes(rho: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(rho**3)


@bloq_example(generalizer=SAME_CALLS)
def computed_kernel_example() -> ComputedKernel:
    bits = FixedPoint(word=2, reference=2, cells=2, angle=4, dimension=2)
    points, point = np.array([[0.6, 0.8], [1.0, 0.0]]), np.array([0.0, 1.0])
    kind = QROMLoader(), Rotation.BITWISE
    return ComputedKernel.of(points, point, _cubes, 3.0, bits, *kind)


@bloq_example(generalizer=SAME_CALLS)
def _computed_kernel_controlled() -> ComputedKernel:
    bits = FixedPoint(word=1, reference=1, cells=1, angle=4, dimension=1)
    points, kind = np.array([[1.0], [0.0]]), (QROMLoader(), Rotation.PHASE_GRADIENT)
    padded = ComputedKernel.of(points, np.array([1.0]), _cubes, 3.0, bits, *kind)
    controlled = with_control(padded, True)
    assert isinstance(controlled, ComputedKernel)
    return controlled


@bloq_example(generalizer=SAME_CALLS)
def computed_kernel_symbolic_example() -> ComputedKernel:
    return ComputedKernel(point_turn_symbolic_example.make(), symbols.norm, symbols.delta)
