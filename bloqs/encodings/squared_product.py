"""A matrix applied to the squared moduli of an encoded vector."""

from collections import Counter

import attrs
import numpy as np
import sympy
from attrs import frozen
from numpy.typing import NDArray
from qualtran import Bloq, bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractLoader, AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.encodings.matrix_vector import matrix_vector_symbolic_example
from bloqs.encodings.nonzero_flag import NonzeroFlag
from bloqs.encodings.parts import ROUNDING, check_norm, check_parts
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols
from estimator.costs.simplify import largest


@frozen(cache_hash=True)
class SquaredProduct(AbstractComposite, AbstractVectorEncoding):
    r"""Encodes $W |\psi|^2$, normalised, for a real matrix with columns $w_j$ of length at most 1.

    With $S: |0\rangle \to \sum_j \psi_j |j\rangle |\bar w_j\rangle / \alpha$ (normalised columns)
    and $V_1: |0\rangle \to \sum_j \lVert w_j\rVert \psi_j |j\rangle / \alpha$ on the index alone,
    $\langle 0| V_1^\dagger S |0\rangle = \sum_j |\psi_j|^2 w_j / \alpha^2$. The vector may be
    complex. The two preparations have ancillas of their own: in one register for both, the
    garbage of the first would count as vector.

    Args:
        vector: vector-encoding $(\alpha, a, e)$ of $\psi$, without control.
        columns: tree with the $2^n$ columns, of length $2^m$, as rows.
        norms: tree with $2^n$ rows of length two, the norm of a column and what is missing to one.
        norm: l2 norm of $W |\psi|^2$, at most 1.
        is_published: whether a flag of its own says that the index was unprepared, before finding
            it in zero says the same.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(m). Starts in zero.
        ancilla: QAny(n + 2 a + 1, one more if `is_published`): the index, the ancillas of the
            preparation and of its inverse, the flag of the norms, that of the projector. Starts in
            zero; finding zero again flags success.

    Encodes: $W |\psi|^2$ / norm with alpha = alpha**2 / norm and epsilon = (2 e + e**2 + the larger
        epsilon of the trees) / norm (l2 norm): a wrong length is radial and grows with the sine of
        the norm's angle, a wrong direction is tangential and grows with its cosine.

    Cost: one call of `vector`, one of its inverse, one of `columns`, one of `norms`; if
        `is_published`, also n + a AND. Controlled, both trees are; the calls of `vector` only if
        a > 0, since otherwise they cancel.

    Raises:
        ValueError: if the trees do not fit the vector or are adjoint or controlled, `vector` is
            controlled or errs by a negative number, or norm is not in (0, 1].

    Source: [RHGPR25] Thm. B.1, without the two qubits of its projector, which the final
        post-selection repeats, and with rotations by looked-up angles that leave no register of
        angles behind; the error printed there is 2 alpha e / norm.
    """

    vector: AbstractVectorEncoding
    columns: RotationTree
    norms: RotationTree
    norm: SymbolicFloat
    is_published: bool = False

    def __attrs_post_init__(self) -> None:
        check_parts("squared product", self.vector)
        n = self.vector.system_bitsize
        for name, tree in (("columns", self.columns), ("norms", self.norms)):
            if tree.is_adjoint or tree.is_controlled or tree.borrows_gradient:
                raise ValueError(
                    f"{name} must be a tree neither adjoint nor controlled nor lent to"
                )
            if sympy.expand(tree.s - n) != 0:
                raise ValueError(f"{name} must have one row for each of 2**{n} entries, not {tree}")
        if self.norms.n != 1:
            raise ValueError(f"norms must have rows of length two, got {self.norms}")
        check_norm("squared product", self.norm, 1)

    @classmethod
    def of(
        cls,
        vector: AbstractVectorEncoding,
        matrix: NDArray[np.float64],
        norm: float,
        b: int,
        loader: AbstractLoader,
        rotation: Rotation,
    ) -> "SquaredProduct":
        """The product with an array of shape (2**m, 2**n), m >= 1, by angles of b bits.

        Raises:
            ValueError: if a column is longer than 1.
        """
        lengths = np.linalg.norm(matrix, axis=0)
        if lengths.max() > 1 + ROUNDING:
            raise ValueError(f"columns must have norm <= 1, got {lengths.max()}; divide the matrix")
        missing = np.sqrt(np.maximum(0.0, 1.0 - lengths**2))
        n, m = (size.bit_length() - 1 for size in matrix.shape[::-1])
        rows = tuple(tuple(float(x) for x in column) for column in matrix.T)
        ends = tuple((float(x), float(y)) for x, y in zip(lengths, missing, strict=True))
        columns = RotationTree(rows, n, m, b, loader, rotation)
        return cls(vector, columns, RotationTree(ends, n, 1, b, loader, rotation), norm)

    @property
    def alpha(self) -> SymbolicFloat:
        return self.vector.alpha**2 / self.norm

    @property
    def epsilon(self) -> SymbolicFloat:
        e = sympy.sympify(self.vector.epsilon)
        rounding = largest({self.columns.epsilon, self.norms.epsilon})
        return (2 * e + e**2 + rounding) / self.norm

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.columns.n

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        own = self.vector.system_bitsize + 2 * self.vector.ancilla_bitsize + 1
        return own + int(self.is_published)

    @property
    def system_names(self) -> WireNames:
        return (("output index", self.system_bitsize),)

    @property
    def ancilla_names(self) -> WireNames:
        return (
            ("input index", self.vector.system_bitsize),
            ("flags of the vector", self.vector.ancilla_bitsize),
            ("flags of its inverse", self.vector.ancilla_bitsize),
            ("flag of the norms", 1),
            ("flag of the projector", int(self.is_published)),
        )

    @property
    def steps(self) -> tuple[Bloq, ...]:
        """Preparation, columns, norms and unpreparation, and the projector if it is a step."""
        control = self.is_controlled
        prepare = with_control(self.vector, control and self.vector.ancilla_bitsize != 0)
        columns = attrs.evolve(self.columns, is_controlled=control)
        norms = attrs.evolve(self.norms, is_controlled=control).adjoint()
        steps = (prepare, columns, norms, prepare.adjoint())
        if not self.is_published:
            return steps
        width = self.vector.system_bitsize + self.vector.ancilla_bitsize + 1
        return (*steps, NonzeroFlag(width, is_controlled=control))

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return dict(Counter(self.steps))

    def write(self, wires: Wires) -> None:
        ancilla, system = self.wires_of("ancilla"), self.wires_of("system")
        n, a = self.vector.system_bitsize, self.vector.ancilla_bitsize
        index, first, second = ancilla[:n], ancilla[n : n + a], ancilla[n + a : n + 2 * a]
        flag, *zero = ancilla[n + 2 * a :]
        prepare, columns, norms, unprepare, *projector = self.steps
        wires.on(prepare, ctrl=self.control, system=index, ancilla=first)
        wires.on(columns, ctrl=self.control, row=index, target=system)
        wires.on(norms, ctrl=self.control, row=index, target=[flag])
        wires.on(unprepare, ctrl=self.control, system=index, ancilla=second)
        for step in projector:
            wires.on(step, ctrl=self.control, x=[*index, *second, flag], flag=zero)

    def __str__(self) -> str:
        return f"SquaredProduct{'†' if self.is_adjoint else ''}(m={self.columns.n})"


def _example() -> SquaredProduct:
    matrix = np.array([[0.5, -0.5, 0.0, 0.1], [0.5, 0.5, 0.0, -0.9]])
    vector = loaded_vector_example.make()
    return SquaredProduct.of(vector, matrix, 0.75, 5, QROMLoader(), Rotation.BITWISE)


@bloq_example(generalizer=SAME_CALLS)
def _squared_product() -> SquaredProduct:
    return _example()


@bloq_example(generalizer=SAME_CALLS)
def _squared_product_published() -> SquaredProduct:
    return attrs.evolve(_example(), is_published=True)


@bloq_example(generalizer=SAME_CALLS)
def _squared_product_controlled() -> SquaredProduct:
    return attrs.evolve(_example(), is_published=True, is_controlled=True)


def _symbolic_trees() -> tuple[RotationTree, RotationTree]:
    def tree(length: SymbolicInt) -> RotationTree:
        loader, rotation = QROMLoader(), Rotation.PHASE_GRADIENT
        return RotationTree(None, symbols.n, length, symbols.b, loader, rotation)

    return tree(symbols.m), tree(1)


@bloq_example(generalizer=SAME_CALLS)
def squared_product_symbolic_example() -> SquaredProduct:
    columns, norms = _symbolic_trees()
    return SquaredProduct(loaded_vector_symbolic_example.make(), columns, norms, symbols.norm)


@bloq_example(generalizer=SAME_CALLS)
def squared_product_published_symbolic_example() -> SquaredProduct:
    columns, norms = _symbolic_trees()
    vector = matrix_vector_symbolic_example.make()
    return SquaredProduct(vector, columns, norms, symbols.norm, is_published=True)
