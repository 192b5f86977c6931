"""A matrix that is constant along shifts of an index or of a grid, without a table of entries."""

import math
from functools import cached_property

from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractBlockEncoding, AbstractLoader, WireNames
from bloqs.composite import AbstractComposite
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.linear_systems.circuits.shift_step import ShiftStep
from bloqs.linear_systems.model.structure import Shifts, laplacian
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class ToeplitzEncoding(AbstractComposite, AbstractBlockEncoding):
    r"""Encodes $A = \sum_l w_l S_l$ for shifts $S_l$ of a grid.

    A Toeplitz matrix is a sum of shifts of one axis, a Laplacian with Dirichlet's boundary one of
    single steps along one to three. The shift is chosen by $\sum_l \sqrt{|w_l|/\alpha}\,
    |l\rangle$; a `ShiftStep` makes it, with the sign of $w_l$. What would wrap around raises an
    overflow bit, which is an ancilla: it is left out exactly. On a cyclic grid it stays.

    Args:
        shifts: of the $2^c$ terms one for each axis, or `None` when only the sizes matter.
        weights: $w_l$, zero for terms that only fill up, or `None` likewise.
        alpha: $\sum_l |w_l|$. Unit: that of the entries.
        c: log2 of the number of terms, at least 1. Unit: qubits.
        m: log2 of the points a side, at least 1. Unit: qubits.
        axes: of the grid.
        is_cyclic: whether it closes on itself.
        b: bits of an angle, at least 4. Unit: qubits.
        loader: the memory that holds angles and shifts.
        rotation: how the bits of an angle turn a qubit.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(axes m), the first coordinate in the most significant bits.
        ancilla: QAny(c + axes): which term, then the overflow bits, absent if cyclic. Starts in
            zero; finding zero again flags success.

    Encodes: A with the given alpha and epsilon = 2 alpha c pi / 2**b (spectral norm), that of the
        two preparations.

    Cost: two trees over c qubits and a `ShiftStep`; the size of the matrix enters by the adders
        alone.

    Raises:
        ValueError: if there are not 2**c terms, or as the parts.

    Source: [GSLW18] Lem. 52 for the combination; the shifts are ours.
    """

    shifts: tuple[tuple[int, ...], ...] | None
    weights: tuple[float, ...] | None
    alpha: SymbolicFloat
    c: SymbolicInt
    m: SymbolicInt
    axes: int
    is_cyclic: bool
    b: SymbolicInt
    loader: AbstractLoader
    rotation: Rotation

    def __attrs_post_init__(self) -> None:
        self.prepare, self.step  # noqa: B018  refuse what the parts refuse

    @classmethod
    def of(
        cls, shifts: Shifts, b: int, loader: AbstractLoader, rotation: Rotation
    ) -> "ToeplitzEncoding":
        """The encoding of a sum of shifts.

        Raises:
            ValueError: as the class.
        """
        axes, terms = len(shifts.shifts[0]), len(shifts.shifts)
        c = max(1, (terms - 1).bit_length())
        more = 2**c - terms
        return cls(
            (*shifts.shifts, *((0,) * axes for _ in range(more))),
            (*shifts.weights, *(0.0 for _ in range(more))),
            shifts.alpha,
            c,
            shifts.m,
            axes,
            shifts.is_cyclic,
            b,
            loader,
            rotation,
        )

    @cached_property
    def prepare(self) -> RotationTree:
        """The preparation of the term."""
        rows = None
        if self.weights is not None:
            rows = (tuple(math.sqrt(abs(w)) for w in self.weights),)
        return RotationTree(rows, 0, self.c, self.b, self.loader, self.rotation)

    @cached_property
    def step(self) -> ShiftStep:
        """The shift of the term, with its sign."""
        signs = None if self.weights is None else tuple(w < 0 for w in self.weights)
        kind = self.c, self.m, self.axes, self.is_cyclic, self.loader
        return ShiftStep(self.shifts, signs, *kind, self.is_controlled)

    @property
    def epsilon(self) -> SymbolicFloat:
        return 2 * self.alpha * self.prepare.epsilon

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.axes * self.m

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.c + (0 if self.is_cyclic else self.axes)

    @property
    def ancilla_names(self) -> WireNames:
        return (("term", self.c), ("overflow", 0 if self.is_cyclic else self.axes))

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return {self.prepare: 1, self.step: 1, self.prepare.adjoint(): 1}

    def write(self, wires: Wires) -> None:
        ancilla, c = self.wires_of("ancilla"), int(self.c)
        term, overflow = ancilla[:c], ancilla[c:]
        wires.on(self.prepare, target=term)
        moved = {"overflow": overflow, "index": self.wires_of("system")}
        wires.on(self.step, ctrl=self.control, colour=term, **moved)
        wires.on(self.prepare.adjoint(), target=term)

    def __str__(self) -> str:
        terms = f"2**{self.c}" if self.weights is None else sum(map(bool, self.weights))
        return f"Toeplitz{'†' if self.is_adjoint else ''}({terms} shifts, m={self.m})"


@bloq_example(generalizer=SAME_CALLS)
def toeplitz_example() -> ToeplitzEncoding:
    return ToeplitzEncoding.of(laplacian(2, 1), 5, QROMLoader(), Rotation.BITWISE)


@bloq_example(generalizer=SAME_CALLS)
def _toeplitz_on_a_grid() -> ToeplitzEncoding:
    return ToeplitzEncoding.of(laplacian(1, 2), 4, QROMLoader(), Rotation.BITWISE)


@bloq_example(generalizer=SAME_CALLS)
def _toeplitz_controlled() -> ToeplitzEncoding:
    shifts = ((0,), (1,), (3,), (0,))
    kind = QROMLoader(), Rotation.PHASE_GRADIENT
    weights = (2.0, -1.0, 0.5, 0.0)
    return ToeplitzEncoding(shifts, weights, 3.5, 2, 2, 1, True, 4, *kind, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def toeplitz_symbolic_example() -> ToeplitzEncoding:
    kind = symbols.b, QROMLoader(), Rotation.PHASE_GRADIENT
    return ToeplitzEncoding(None, None, symbols.alpha_0, symbols.c, symbols.m, 3, False, *kind)
