"""A dense layer's matrix from a table of its entries: one tree for its columns, one for norms."""

import math

import attrs
import numpy as np
import sympy
from attrs import frozen
from numpy.typing import NDArray
from qualtran import Bloq, DecomposeTypeError, bloq_example
from qualtran.bloqs.basic_gates import TwoBitCSwap, TwoBitSwap
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, AbstractLoader, WireNames
from bloqs.composite import AbstractComposite
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROAMLoader, QROMLoader
from bloqs.data_loading.phase_gradient import (
    gradient_calls,
    gradient_size,
    make_gradient,
    unmake_gradient,
)
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wires
from estimator import symbols
from estimator.costs.keys import PeakQubits
from estimator.costs.simplify import largest


@frozen(cache_hash=True)
class DenseEncoding(AbstractComposite, AbstractBlockEncoding):
    r"""Encodes any real matrix $W$ with its Frobenius norm as alpha.

    Beside the system in $|j\rangle$, column $j$ is prepared in as many fresh qubits, the two change
    places, and the norms of the columns are unprepared: $\langle i| \langle 0| \cdots |j\rangle
    |0\rangle = \frac{W_{ij}}{\lVert W_j \rVert} \frac{\lVert W_j \rVert}{\lVert W \rVert_F}$. Both
    trees use one phase-gradient state.

    Args:
        columns: tree with the $2^n$ columns of W, with their signs, as rows of length $2^n$.
        norms: tree of one row, the l2 norms of the columns.
        norm: Frobenius norm of W. Unit: that of the entries.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse, which encodes the transpose.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n).
        ancilla: QAny(n). Starts in zero; finding zero again flags success.

    Encodes: W with alpha = norm and epsilon = alpha 2 n pi / 2**b (spectral norm): either tree is
        an isometry that errs by n pi / 2**b.

    Cost: a tree of 2**n rows and one of one row, over n qubits each, controlled under control, with
        one phase-gradient state for both, and n swaps; controlled, n CSWAP.

    Raises:
        ValueError: if the trees do not fit each other, one is adjoint, controlled or lent to, or
            norm is not a positive number.

    Source: [GSLW18] Lem. 50, with trees as circuits that share a phase gradient.
    """

    columns: RotationTree
    norms: RotationTree
    norm: SymbolicFloat

    def __attrs_post_init__(self) -> None:
        for name, tree in (("columns", self.columns), ("norms", self.norms)):
            if tree.is_adjoint or tree.is_controlled or tree.borrows_gradient:
                raise ValueError(
                    f"{name} must be a tree neither adjoint nor controlled nor lent to"
                )
        n = self.columns.n
        if sympy.expand(self.columns.s - n) != 0:
            raise ValueError(f"columns must be a square table, got {self.columns}; pad with zeros")
        if self.norms.s != 0 or sympy.expand(self.norms.n - n) != 0:
            raise ValueError(
                f"norms must be one row with an entry for each of 2**{n} columns, got {self.norms}"
            )
        if (self.columns.b, self.columns.rotation) != (self.norms.b, self.norms.rotation):
            raise ValueError(
                f"both trees must turn alike by angles of as many bits, got b={self.columns.b} and "
                f"b={self.norms.b}"
            )
        if not is_symbolic(self.norm) and not 0 < self.norm < math.inf:
            raise ValueError(f"a dense matrix needs a finite Frobenius norm > 0, got {self.norm}")

    @classmethod
    def of(
        cls, matrix: NDArray[np.float64], b: int, loader: AbstractLoader, rotation: Rotation
    ) -> "DenseEncoding":
        """The encoding of an array of shape (rows, columns), filled up with zeros to 2**n x 2**n.

        Args:
            matrix: real; n is log2 of its larger side rounded up, at least 1.
            b: bits of an angle, at least 4. Unit: qubits.
            loader: the memory that holds the angles.
            rotation: how the bits of an angle turn a qubit.

        Raises:
            ValueError: if the array has no two sides, is all zero, or an entry is not finite.
        """
        if np.ndim(matrix) != 2 or 0 in np.shape(matrix):
            raise ValueError(f"a dense matrix has rows and columns, got shape {np.shape(matrix)}")
        if not np.all(np.isfinite(matrix)):
            raise ValueError("a dense matrix must be finite, got NaN or infinity")
        if not np.any(matrix):
            raise ValueError("a dense matrix that is all zero has no encoding")
        n = max(1, (max(matrix.shape) - 1).bit_length())
        W = np.zeros((2**n, 2**n))
        W[: matrix.shape[0], : matrix.shape[1]] = matrix
        _, exponent = np.frexp(np.abs(W).max())
        scaled = np.ldexp(W, -exponent)  # no square overflows
        lengths = np.linalg.norm(scaled, axis=0)
        with np.errstate(over="ignore"):  # refused by the class
            norm = float(np.ldexp(np.linalg.norm(scaled), exponent))
        rows = tuple(tuple(float(x) for x in column) for column in W.T)
        columns = RotationTree(rows, n, n, b, loader, rotation)
        norms = RotationTree((tuple(float(x) for x in lengths),), 0, n, b, loader, rotation)
        return cls(columns, norms, norm)

    @property
    def alpha(self) -> SymbolicFloat:
        return self.norm

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.alpha * (self.columns.epsilon + self.norms.epsilon)

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.columns.n

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.columns.n

    @property
    def ancilla_names(self) -> WireNames:
        return (("other index", self.columns.n),)

    @property
    def b(self) -> SymbolicInt:
        """Bits of an angle. Unit: qubits."""
        return self.columns.b

    @property
    def steps(self) -> tuple[RotationTree, RotationTree]:
        """What prepares a column and what unprepares the norms, controlled if this is."""
        columns, norms = (
            attrs.evolve(tree, is_controlled=self.is_controlled, borrows_gradient=True)
            for tree in (self.columns, self.norms)
        )
        return columns, norms.adjoint()

    @property
    def exchange(self) -> Bloq:
        """What changes the places of two qubits."""
        return TwoBitCSwap() if self.is_controlled else TwoBitSwap()

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        prepare, unprepare = self.steps
        trees: dict[Bloq, SymbolicInt] = {prepare: 1, self.exchange: self.columns.n, unprepare: 1}
        return trees | gradient_calls(self.columns.rotation, self.b)

    def write(self, wires: Wires) -> None:
        if is_symbolic(self.b):
            raise DecomposeTypeError(f"{self} has a symbolic size, so it has no circuit")
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        prepare, unprepare = self.steps
        gradient = make_gradient(wires, self.columns.rotation, self.b)
        wires.on(prepare, ctrl=self.control, row=system, target=ancilla, gradient=gradient)
        for x, y in zip(system, ancilla, strict=True):
            if self.is_controlled:
                wires.cswap(self.control[0], x, y)
            else:
                wires.swap(x, y)
        wires.on(unprepare, ctrl=self.control, target=ancilla, gradient=gradient)
        unmake_gradient(wires, gradient)

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        if isinstance(cost_key, (PeakQubits, QubitCount)):
            gradient = gradient_size(self.columns.rotation, self.b)
            work = largest({tree.work for tree in self.steps})
            return self.signature.n_qubits() + gradient + work
        return serial_cost(self, cost_key)

    def __str__(self) -> str:
        return f"DenseEncoding{'†' if self.is_adjoint else ''}(n={self.columns.n})"


@bloq_example(generalizer=SAME_CALLS)
def dense_encoding_example() -> DenseEncoding:
    matrix = np.array([[2.0, -1.0, 0.5], [-1.0, 0.25, 0.0]])
    return DenseEncoding.of(matrix, 4, QROMLoader(), Rotation.BITWISE)


@bloq_example(generalizer=SAME_CALLS)
def _dense_encoding_by_gradient() -> DenseEncoding:
    matrix = np.array([[1.0, 0.0], [-2.0, 0.0], [0.5, 0.0]])
    return DenseEncoding.of(matrix, 4, QROAMLoader(1), Rotation.PHASE_GRADIENT)


@bloq_example(generalizer=SAME_CALLS)
def _dense_encoding_controlled() -> DenseEncoding:
    matrix = np.array([[1.0, 0.5], [0.0, -2.0]])
    kind = QROMLoader(), Rotation.PHASE_GRADIENT
    return attrs.evolve(DenseEncoding.of(matrix, 4, *kind), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def dense_encoding_symbolic_example() -> DenseEncoding:
    kind = symbols.n, symbols.b, QROMLoader(), Rotation.PHASE_GRADIENT
    columns, norms = RotationTree(None, symbols.n, *kind), RotationTree(None, 0, *kind)
    return DenseEncoding(columns, norms, symbols.norm)
