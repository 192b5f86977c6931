"""A symmetric sparse matrix as a sum of weighted matchings, exactly Hermitian."""

from functools import cached_property

import numpy as np
import sympy
from attrs import frozen
from numpy.typing import NDArray
from qualtran import Bloq, bloq_example
from qualtran.bloqs.basic_gates import CZ, ZGate
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractBlockEncoding, AbstractLoader, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_level import RotationLevel
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.data_loading.rounded_angles import rounded_angles
from bloqs.linear_systems.circuits.neighbour_step import NeighbourStep
from bloqs.linear_systems.model.colouring import matchings_of, patterns_of
from bloqs.linear_systems.model.matrix import SYMMETRY
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class MatchingEncoding(AbstractComposite, AbstractBlockEncoding):
    r"""Encodes $A = \sum_l w_l C_l$ where $C_l$ has entries $A_{i, \pi_l(i)}/w_l$ at $\pi_l$.

    The colours l of an edge colouring are involutions $\pi_l$; the first is the identity and holds
    the diagonal. An index in $\sum_l \sqrt{w_l/\alpha}\, |l\rangle$ chooses the colour; a flag is
    turned by $e^{i \phi Y} Z$ with $\cos \phi = A_{i, \pi_l(i)}/w_l$, a reflection, and the index
    moves to $\pi_l(i)$, where $\phi$ is the same. So the circuit is its own inverse, and what it
    encodes is Hermitian, however the angles were rounded.

    Args:
        angles: $\phi$ in units of $2 \pi / 2^b$ of colour l and index i at place $2^n l + i$, or
            `None` when only the sizes matter.
        differences: $i \oplus \pi_l(i)$ at the same places, at l alone if `is_pattern`, or `None`
            likewise.
        weights: $w_l$ for the $2^c$ colours, zero for those that only fill up, or `None`.
        alpha: $\sum_l w_l$. Unit: that of the entries.
        c: log2 of the number of colours, at least 1. Unit: qubits.
        n: log2 of the size, at least 1. Unit: qubits.
        b: bits of an angle, at least 4. Unit: qubits.
        loader: the memory that holds the tables.
        rotation: how the bits of an angle turn a qubit.
        is_pattern: whether each involution is an XOR with one number, of which there is a short
            table.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: never: the circuit is its own inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n).
        ancilla: QAny(c + 1): the colour, then the flag. Starts in zero; finding zero again flags
            success.

    Encodes: A with the given alpha and epsilon = alpha (pi / 2**b + 2 c pi / 2**b) (spectral norm):
        an angle is rounded by pi / 2**b at most, and either preparation of the colour errs by
        c pi / 2**b.

    Cost: two trees over c qubits, a level of 2**(c + n) angles whose bits turn the flag one by one,
        a `NeighbourStep`, of 2**c differences alone if they are a pattern.

    Raises:
        ValueError: if the matrix is not symmetric, not finite or zero, or as the parts.

    Source: derived; [GSLW18] Lem. 48 for sparse access by an oracle.
    """

    angles: tuple[int, ...] | None
    differences: tuple[int, ...] | None
    weights: tuple[float, ...] | None
    alpha: SymbolicFloat
    c: SymbolicInt
    n: SymbolicInt
    b: SymbolicInt
    loader: AbstractLoader
    rotation: Rotation
    is_pattern: bool = False

    def __attrs_post_init__(self) -> None:
        self.prepare, self.turn, self.move  # noqa: B018  refuse what the parts refuse

    @classmethod
    def of(
        cls,
        matrix: NDArray[np.float64],
        b: int,
        loader: AbstractLoader,
        rotation: Rotation,
        is_uniform: bool = False,
        is_pattern: bool = False,
    ) -> "MatchingEncoding":
        """The encoding of a symmetric array of shape (2**n, 2**n).

        Args:
            matrix: the array.
            b: as in the class.
            loader: as in the class.
            rotation: as in the class.
            is_uniform: whether all colours get the weight of the largest entry, instead of that
                of their own.
            is_pattern: whether the colours are the values of i XOR j, instead of as few as an edge
                colouring finds.

        Raises:
            ValueError: as the class.
        """
        most = check_symmetric(matrix)
        size = len(matrix)
        involutions = patterns_of(matrix) if is_pattern else matchings_of(matrix)
        places = np.arange(size)
        entries = np.array([matrix[places, list(pi)] for pi in involutions])
        unmatched = np.array([[pi[i] == i for i in range(size)] for pi in involutions])
        entries[1:][unmatched[1:]] = 0
        own = np.abs(entries).max(axis=1)
        used = np.flatnonzero(own)
        entries, own = entries[used], own[used]
        weights = np.full(len(used), most) if is_uniform else own
        c = max(1, (len(used) - 1).bit_length())
        angles = np.zeros((2**c, size))
        ratio = np.clip(entries / weights[:, None], -1, 1)
        angles[: len(used)] = np.arccos(ratio)
        differences = np.zeros((2**c, size), dtype=int)
        differences[: len(used)] = [places ^ np.array(involutions[k]) for k in used]
        if is_pattern:
            differences = differences[:, :1]
        return cls(
            rounded_angles(angles, b),
            tuple(int(x) for x in differences.reshape(-1)),
            tuple(float(x) for x in np.pad(weights, (0, 2**c - len(weights)))),
            float(weights.sum()),
            c,
            max(1, (size - 1).bit_length()),
            b,
            loader,
            rotation,
            is_pattern,
        )

    @cached_property
    def prepare(self) -> RotationTree:
        """The preparation of the colour."""
        rows = None
        if self.weights is not None:
            rows = (tuple(float(x) for x in np.sqrt(self.weights)),)
        return RotationTree(rows, 0, self.c, self.b, self.loader, self.rotation)

    @cached_property
    def turn(self) -> RotationLevel:
        """The turn of the flag by the angle of the entry."""
        return RotationLevel(
            self.angles,
            self.c + self.n,
            self.b,
            self.loader,
            Rotation.BITWISE,
            is_controlled=self.is_controlled,
        )

    @cached_property
    def move(self) -> NeighbourStep:
        """The step to the index that this one is matched with."""
        kind = self.c, self.n, self.loader, self.is_controlled, self.is_pattern
        return NeighbourStep(self.differences, *kind)

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
        return (("colour", self.c), ("flag of the entry", 1))

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return {
            self.prepare: 1,
            CZ() if self.is_controlled else ZGate(): 1,
            self.turn: 1,
            self.move: 1,
            self.prepare.adjoint(): 1,
        }

    def write(self, wires: Wires) -> None:
        system = self.wires_of("system")
        *colour, flag = self.wires_of("ancilla")
        wires.on(self.prepare, target=colour)
        if self.is_controlled:
            wires.cz(self.control[0], flag)
        else:
            wires.gate(ZGate(), q=flag)
        wires.on(self.turn, ctrl=self.control, address=[*colour, *system], target=[flag])
        wires.on(self.move, ctrl=self.control, colour=colour, index=system)
        wires.on(self.prepare.adjoint(), target=colour)

    def adjoint(self) -> "MatchingEncoding":
        return self

    def __str__(self) -> str:
        colours = f"2**{self.c}" if self.weights is None else sum(map(bool, self.weights))
        return f"Matchings({colours} colours, n={self.n})"


def check_symmetric(matrix: NDArray[np.float64]) -> float:
    """The largest modulus of an entry of a symmetric matrix.

    Raises:
        ValueError: if the matrix is not square, of no power of two rows, not finite, not symmetric
            or zero.
    """
    most = check_square(matrix)
    off = float(np.abs(matrix - matrix.T).max())
    if off > SYMMETRY * most:
        raise ValueError(
            f"matchings need a symmetric matrix, got entries that differ by {off:g}; encode its "
            "Hermitian dilation"
        )
    return most


def check_square(matrix: NDArray[np.float64]) -> float:
    """The largest modulus of an entry of a square matrix.

    Raises:
        ValueError: if the matrix is not square, of no power of two rows, not finite or zero.
    """
    size = len(matrix)
    if matrix.shape != (size, size) or size < 2 or size & (size - 1):
        raise ValueError(
            f"an encoding needs a square matrix of a power of two >= 2 rows, got {matrix.shape}"
        )
    if not np.all(np.isfinite(matrix)):
        raise ValueError("an encoding needs finite entries")
    most = float(np.abs(matrix).max())
    if most == 0:
        raise ValueError("an encoding needs a matrix that is not zero")
    return most


@bloq_example(generalizer=SAME_CALLS)
def matching_example() -> MatchingEncoding:
    matrix = np.array([[2.0, -1.0], [-1.0, 2.0]])
    return MatchingEncoding.of(matrix, 5, QROMLoader(), Rotation.BITWISE)


@bloq_example(generalizer=SAME_CALLS)
def _matching_controlled() -> MatchingEncoding:
    above = np.diag([1.0, 0.5, 1.0], 1)
    path = np.diag([0.0, 1.0, 0.0, -1.0]) + above + above.T
    found = MatchingEncoding.of(path, 4, QROMLoader(), Rotation.BITWISE)
    controlled = with_control(found, True)
    assert isinstance(controlled, MatchingEncoding)
    return controlled


@bloq_example(generalizer=SAME_CALLS)
def _matching_by_pattern() -> MatchingEncoding:
    matrix = np.diag([1.0, 2.0, 1.0, 0.0]) + np.fliplr(np.diag([1.0, -1.0, -1.0, 1.0]))
    return MatchingEncoding.of(matrix, 4, QROMLoader(), Rotation.BITWISE, is_pattern=True)


@bloq_example(generalizer=SAME_CALLS)
def matching_symbolic_example() -> MatchingEncoding:
    return MatchingEncoding(
        None,
        None,
        None,
        symbols.alpha_0,
        symbols.c,
        symbols.n,
        symbols.b,
        QROMLoader(),
        Rotation.PHASE_GRADIENT,
    )
