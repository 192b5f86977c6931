"""A dense matrix from a table of its entries: one tree for its rows, one for their norms."""

import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from qualtran import Bloq, bloq_example
from qualtran.bloqs.basic_gates import TwoBitCSwap, TwoBitSwap
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractBlockEncoding, AbstractLoader, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.linear_systems.model.matrix import length_of
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class RowTreeEncoding(AbstractComposite, AbstractBlockEncoding):
    r"""Encodes any real matrix with the Frobenius norm as alpha.

    A register in zero becomes $\sum_i \lVert A_i \rVert |i\rangle / \lVert A \rVert_F$ for the
    rows $A_i$, changes places with the system, and row i is unprepared from it:
    $\langle i| \langle 0| \cdots |j\rangle |0\rangle = \frac{\lVert A_i \rVert}{\lVert A \rVert_F}
    \frac{A_{ij}}{\lVert A_i \rVert}$.

    Args:
        rows: of A, $2^n$ of $2^n$ real numbers, or `None` when only the size matters.
        n: log2 of the size, at least 1. Unit: qubits.
        frobenius: alpha, the Frobenius norm. Unit: that of the entries.
        b: bits of an angle, at least 4. Unit: qubits.
        loader: the memory that holds the angles.
        rotation: how the bits of an angle turn a qubit.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n).
        ancilla: QAny(n). Starts in zero; finding zero again flags success.

    Encodes: A with alpha = frobenius and epsilon = 2 alpha n pi / 2**b (spectral norm): either
        tree is an isometry that errs by n pi / 2**b.

    Cost: a tree over n qubits, one of rows over n qubits, n swaps, controlled under control.

    Raises:
        ValueError: if the rows have the wrong shape, are all zero, or an entry is not finite.

    Source: [GSLW18] Lem. 50, with trees as circuits.
    """

    rows: tuple[tuple[float, ...], ...] | None
    n: SymbolicInt
    frobenius: SymbolicFloat
    b: SymbolicInt
    loader: AbstractLoader
    rotation: Rotation

    def __attrs_post_init__(self) -> None:
        if self.rows is not None and not np.any(self.rows):
            raise ValueError("an encoding needs a matrix that is not zero")
        self.trees  # noqa: B018  refuse what they refuse

    @classmethod
    def of(
        cls, matrix: NDArray[np.float64], b: int, loader: AbstractLoader, rotation: Rotation
    ) -> "RowTreeEncoding":
        """The encoding of an array of shape (2**n, 2**n).

        Raises:
            ValueError: as the class.
        """
        rows = tuple(tuple(float(x) for x in row) for row in matrix)
        n = max(1, (len(rows) - 1).bit_length())
        return cls(rows, n, length_of(matrix), b, loader, rotation)

    @property
    def trees(self) -> tuple[RotationTree, RotationTree]:
        """The norms of the rows, and the rows."""
        norms = None
        if self.rows is not None:
            norms = (tuple(float(x) for x in np.hypot.reduce(self.rows, axis=1)),)
        kind = self.n, self.b, self.loader, self.rotation
        return RotationTree(norms, 0, *kind), RotationTree(self.rows, self.n, *kind)

    @property
    def alpha(self) -> SymbolicFloat:
        return self.frobenius

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.alpha * sum(tree.epsilon for tree in self.trees)

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.n

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.n

    @property
    def ancilla_names(self) -> WireNames:
        return (("row", self.n),)

    @property
    def steps(self) -> tuple[Bloq, Bloq]:
        """What prepares the norms and what unprepares a row, controlled if this is."""
        norms, rows = self.trees
        control = self.is_controlled
        return with_control(norms, control), with_control(rows.adjoint(), control)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        prepare, unprepare = self.steps
        swaps: dict[Bloq, SymbolicInt] = {self.exchange: self.n}
        return {prepare: 1, **swaps, unprepare: 1}

    @property
    def exchange(self) -> Bloq:
        """What changes the places of two qubits."""
        return TwoBitCSwap() if self.is_controlled else TwoBitSwap()

    def write(self, wires: Wires) -> None:
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        prepare, unprepare = self.steps
        wires.on(prepare, ctrl=self.control, target=ancilla)
        for x, y in zip(system, ancilla, strict=True):
            if self.is_controlled:
                wires.cswap(self.control[0], x, y)
            else:
                wires.swap(x, y)
        wires.on(unprepare, ctrl=self.control, row=system, target=ancilla)

    def __str__(self) -> str:
        return f"RowTree{'†' if self.is_adjoint else ''}(n={self.n})"


@bloq_example(generalizer=SAME_CALLS)
def row_tree_example() -> RowTreeEncoding:
    matrix = np.array([[2.0, -1.0], [-1.0, 2.0]])
    return RowTreeEncoding.of(matrix, 5, QROMLoader(), Rotation.BITWISE)


@bloq_example(generalizer=SAME_CALLS)
def _row_tree_controlled() -> RowTreeEncoding:
    rows = ((1.0, 0.5), (0.0, -2.0))
    kind = QROMLoader(), Rotation.PHASE_GRADIENT
    return RowTreeEncoding(rows, 1, 5.25**0.5, 4, *kind, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _row_tree_symbolic() -> RowTreeEncoding:
    kind = QROMLoader(), Rotation.PHASE_GRADIENT
    return RowTreeEncoding(None, symbols.n, symbols.norm, symbols.b, *kind)
