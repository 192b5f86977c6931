"""An encoded operator applied to an encoded vector."""

from collections import Counter
from functools import cached_property

import sympy
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.encodings.diagonal import diagonal_encoding_example, diagonal_encoding_symbolic_example
from bloqs.encodings.parts import check_equal_systems, check_norm, check_parts
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class MatrixVector(AbstractComposite, AbstractVectorEncoding):
    r"""Encodes $A \psi$, normalised: the vector is prepared, then the operator runs on it.

    Each part has ancillas of its own, since what the first leaves in its ancillas must still be
    there to be rejected at the end. Operator and vector may be complex.

    Args:
        matrix: block-encoding $(\alpha, a, e_0)$ of $A$, without control.
        vector: vector-encoding $(\beta, b, e_1)$ of $\psi$, without control.
        norm: l2 norm of $A \psi$, at most alpha + e_0.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(b + a): the ancillas of the vector, then those of the operator. Starts in
            zero; finding zero again flags success.

    Encodes: $A \psi$ / norm with alpha = alpha beta / norm and epsilon = (e_0 + alpha e_1) / norm
        (l2 norm): the operator that runs has norm at most alpha, the vector that is meant has
        norm one.

    Cost: one call of each part, controlled if this is.

    Raises:
        ValueError: if a part is controlled or errs by a negative number, the sizes differ, or norm
            is not positive or larger than alpha + e_0.

    Source: [RHGPR25] Lem. 2.
    """

    matrix: AbstractBlockEncoding
    vector: AbstractVectorEncoding
    norm: SymbolicFloat

    def __attrs_post_init__(self) -> None:
        check_parts("product", self.matrix, self.vector)
        check_equal_systems("product", self.matrix, self.vector)
        check_norm("product", self.norm, self.matrix.alpha + self.matrix.epsilon)

    @property
    def alpha(self) -> SymbolicFloat:
        return self.matrix.alpha * self.vector.alpha / self.norm

    @property
    def epsilon(self) -> SymbolicFloat:
        inherited = self.matrix.epsilon + sympy.sympify(self.matrix.alpha) * self.vector.epsilon
        return inherited / self.norm

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.vector.system_bitsize

    @cached_property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.vector.ancilla_bitsize + self.matrix.ancilla_bitsize

    @property
    def system_names(self) -> WireNames:
        return self.matrix.system_names

    @property
    def ancilla_names(self) -> WireNames:
        return (
            ("flags of the vector", self.vector.ancilla_bitsize),
            ("flags of the matrix", self.matrix.ancilla_bitsize),
        )

    @property
    def steps(self) -> tuple[Bloq, Bloq]:
        """Preparation and operator, controlled if this is."""
        control = self.is_controlled
        return with_control(self.vector, control), with_control(self.matrix, control)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return dict(Counter(self.steps))

    def write(self, wires: Wires) -> None:
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        b = self.vector.ancilla_bitsize
        prepare, operate = self.steps
        wires.on(prepare, ctrl=self.control, system=system, ancilla=ancilla[:b])
        wires.on(operate, ctrl=self.control, system=system, ancilla=ancilla[b:])

    def __str__(self) -> str:
        return f"MatrixVector{'†' if self.is_adjoint else ''}(n={self.system_bitsize})"


@bloq_example(generalizer=SAME_CALLS)
def _matrix_vector() -> MatrixVector:
    return MatrixVector(diagonal_encoding_example.make(), loaded_vector_example.make(), norm=0.75)


@bloq_example(generalizer=SAME_CALLS)
def _matrix_vector_controlled() -> MatrixVector:
    diagonal = diagonal_encoding_example.make()
    return MatrixVector(diagonal, loaded_vector_example.make(), norm=0.75, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def matrix_vector_symbolic_example() -> MatrixVector:
    diagonal = diagonal_encoding_symbolic_example.make()
    return MatrixVector(diagonal, loaded_vector_symbolic_example.make(), norm=symbols.norm)
