"""A banded matrix as a sum of cyclic shifts, each after a diagonal of its own."""

from functools import cached_property

import numpy as np
import sympy
from attrs import frozen
from numpy.typing import NDArray
from qualtran import Bloq, bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractBlockEncoding, AbstractLoader, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_level import RotationLevel
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.data_loading.rounded_angles import rounded_angles
from bloqs.linear_systems.circuits.matching import check_square
from bloqs.linear_systems.circuits.shift_step import ShiftStep
from bloqs.linear_systems.model.structure import bands_of
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class BandedEncoding(AbstractComposite, AbstractBlockEncoding):
    r"""Encodes $A = \sum_l w_l S_l C_l$, $C_l$ diagonal with entries $A_{j + s_l, j}/w_l$.

    The diagonal is chosen by $\sum_l \sqrt{w_l/\alpha}\, |l\rangle$; a flag is turned by
    $e^{i \phi Y}$ with $\cos \phi = A_{j + s_l, j}/w_l$, and the index moves by $s_l$ round the
    range. An entry that would wrap around and is not in the matrix has $\phi = \pi/2$, a quarter
    of the turn of $b$ bits: it is left out exactly.

    Args:
        angles: $\phi$ in units of $2 \pi / 2^b$ of diagonal l and column j at place $2^n l + j$,
            or `None` when only the sizes matter.
        shifts: $s_l$ in $0..2^n - 1$ of the $2^c$ diagonals, or `None` likewise.
        weights: $w_l$, zero for those that only fill up, or `None` likewise.
        alpha: $\sum_l w_l$. Unit: that of the entries.
        c: log2 of the number of diagonals, at least 1. Unit: qubits.
        n: log2 of the size, at least 1. Unit: qubits.
        b: bits of an angle, at least 4. Unit: qubits.
        loader: the memory that holds the tables.
        rotation: how the bits of an angle turn a qubit in the preparation; the flag is turned bit
            by bit.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n).
        ancilla: QAny(c + 1): the diagonal, then the flag. Starts in zero; finding zero again flags
            success.

    Encodes: A with the given alpha and epsilon = alpha (pi / 2**b + 2 c pi / 2**b) (spectral norm):
        an angle is rounded by pi / 2**b at most, and either preparation errs by c pi / 2**b.

    Cost: two trees over c qubits, a level of 2**(c + n) angles, a `ShiftStep` of 2**c shifts.

    Raises:
        ValueError: if the matrix is zero, not finite or of no power of two rows, or as the parts.

    Source: [GSLW18] Lem. 48 for sparse access by an oracle; the shifts are ours.
    """

    angles: tuple[int, ...] | None
    shifts: tuple[int, ...] | None
    weights: tuple[float, ...] | None
    alpha: SymbolicFloat
    c: SymbolicInt
    n: SymbolicInt
    b: SymbolicInt
    loader: AbstractLoader
    rotation: Rotation

    def __attrs_post_init__(self) -> None:
        self.prepare, self.turn, self.step  # noqa: B018  refuse what the parts refuse

    @classmethod
    def of(
        cls, matrix: NDArray[np.float64], b: int, loader: AbstractLoader, rotation: Rotation
    ) -> "BandedEncoding":
        """The encoding of a real array of shape (2**n, 2**n).

        Raises:
            ValueError: as the class.
        """
        check_square(matrix)
        bands = bands_of(matrix)
        size, c = len(matrix), max(1, (len(bands) - 1).bit_length())
        weights = np.array([np.abs(entries).max() for entries in bands.values()])
        ratio = np.clip(np.array(list(bands.values())) / weights[:, None], -1, 1)
        angles = np.zeros((2**c, size))
        angles[: len(bands)] = np.arccos(ratio)
        return cls(
            rounded_angles(angles, b),
            (*bands, *(0 for _ in range(2**c - len(bands)))),
            tuple(float(x) for x in np.pad(weights, (0, 2**c - len(bands)))),
            float(weights.sum()),
            c,
            max(1, (size - 1).bit_length()),
            b,
            loader,
            rotation,
        )

    @cached_property
    def prepare(self) -> RotationTree:
        """The preparation of the diagonal."""
        rows = None
        if self.weights is not None:
            rows = (tuple(float(x) for x in np.sqrt(self.weights)),)
        return RotationTree(rows, 0, self.c, self.b, self.loader, self.rotation)

    @cached_property
    def turn(self) -> RotationLevel:
        """The turn of the flag by the angle of the entry."""
        kind = self.b, self.loader, Rotation.BITWISE
        return RotationLevel(self.angles, self.c + self.n, *kind, is_controlled=self.is_controlled)

    @cached_property
    def step(self) -> ShiftStep:
        """The shift to the row of the entry."""
        shifts, signs = None, None
        if self.shifts is not None:
            shifts, signs = tuple((s,) for s in self.shifts), (False,) * len(self.shifts)
        kind = self.c, self.n, 1, True, self.loader
        return ShiftStep(shifts, signs, *kind, self.is_controlled)

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.alpha * (sympy.pi / sympy.Integer(2) ** self.b + 2 * self.prepare.epsilon)

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.n

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.c + 1

    @property
    def ancilla_names(self) -> WireNames:
        return (("diagonal", self.c), ("flag of the entry", 1))

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return {self.prepare: 1, self.turn: 1, self.step: 1, self.prepare.adjoint(): 1}

    def write(self, wires: Wires) -> None:
        system = self.wires_of("system")
        *band, flag = self.wires_of("ancilla")
        wires.on(self.prepare, target=band)
        wires.on(self.turn, ctrl=self.control, address=[*band, *system], target=[flag])
        wires.on(self.step, ctrl=self.control, colour=band, index=system)
        wires.on(self.prepare.adjoint(), target=band)

    def __str__(self) -> str:
        bands = f"2**{self.c}" if self.weights is None else sum(map(bool, self.weights))
        return f"Banded{'†' if self.is_adjoint else ''}({bands} diagonals, n={self.n})"


@bloq_example(generalizer=SAME_CALLS)
def banded_example() -> BandedEncoding:
    matrix = np.array([[2.0, -1.0], [0.5, 1.0]])
    return BandedEncoding.of(matrix, 5, QROMLoader(), Rotation.BITWISE)


@bloq_example(generalizer=SAME_CALLS)
def _banded_controlled() -> BandedEncoding:
    matrix = np.diag([2.0, 1.0, 0.0, -1.0]) + np.diag([1.0, 0.5, 1.0], 1)
    found = BandedEncoding.of(matrix, 4, QROMLoader(), Rotation.PHASE_GRADIENT)
    controlled = with_control(found, True)
    assert isinstance(controlled, BandedEncoding)
    return controlled


@bloq_example(generalizer=SAME_CALLS)
def banded_symbolic_example() -> BandedEncoding:
    sizes = symbols.alpha_0, symbols.c, symbols.n, symbols.b
    return BandedEncoding(None, None, None, *sizes, QROMLoader(), Rotation.PHASE_GRADIENT)
