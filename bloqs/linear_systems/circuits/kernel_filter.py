"""An even polynomial of an operator whose kernel is the solution of a linear system."""

from functools import cached_property, lru_cache

import sympy
from attrs import frozen
from qualtran import Bloq, DecomposeTypeError, bloq_example
from qualtran.bloqs.basic_gates import Hadamard
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.encodings.diagonal import diagonal_encoding_example
from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.parts import check_equal_systems, check_error, check_parts
from bloqs.linear_systems.model.kernel_polynomial import (
    LARGEST_DEGREE,
    Kind,
    kernel_polynomial,
    margin_of,
)
from bloqs.qsvt.complement_phase import ComplementPhase, check_unit
from bloqs.qsvt.projector_phase import ProjectorPhase
from bloqs.qsvt.sequence import (
    Projector,
    Turn,
    check_sequence,
    sequence_calls,
    write_sequence,
)
from bloqs.qsvt.sequence_outline import SIGN, AlternatingSequence
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols
from estimator.drawing.outline import Outline
from estimator.phases.find import phases_of


@frozen(cache_hash=True)
class KernelFilter(AbstractComposite, AbstractBlockEncoding):
    r"""Encodes $P(G)$ for an even polynomial $P$ and $G = (1 - b b^\dagger) A/\alpha$.

    $G$ has the kernel $A^{-1} b$. With $G = \sum_k \sigma_k |w_k\rangle\langle v_k|$ the result is
    $\sum_k P(\sigma_k) |v_k\rangle\langle v_k|$ over a whole basis of $v$: a projection on the
    kernel if P is 1 at 0 and small elsewhere, a reflection about it if P is near -1 elsewhere. No
    encoding of G is made: b is in the left projector of the sequence, at one call of b for one of
    A. Neither A nor its circuit need be Hermitian.

    Args:
        encoding: block-encoding of $A$, without control, with at least one ancilla.
        vector: vector-encoding of b with alpha = 1, without control.
        phases: $\phi_0, ..., \phi_d$ in the convention of `bloqs.qsvt.sequence`, or `None` when
            only the degree matters. Unit: radians.
        degree: d, even, at least 2; a symbol is taken to be even.
        error: sup-norm error of the polynomial on [-1, 1]. Unit: 1.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n).
        ancilla: QAny(a + f + 1): the ancillas of A, those of b, and the sign. Starts in zero;
            finding zero again flags success.

    Encodes: $P(G)$ with alpha = 1 and epsilon = error + 4 d sqrt(epsilon_A / alpha_A + e)
        (spectral norm), where e is epsilon_b, or sqrt(2 epsilon_b) if b has ancillas: the distance
        of the whole state that is prepared from b.

    Cost: d calls of A or its inverse, d of b or its inverse; d/2 + 1 projector phases on a flags
        and d/2 complement phases; no call is controlled.

    Raises:
        ValueError: if the degree is odd, below 2 or not whole, the number of phases is not degree
            + 1, one is not a finite number, the error is negative or NaN, the sizes differ, a part
            is controlled or errs by a negative number or NaN, A has no ancilla, or the alpha of b
            is not 1.

    Source: [Dal24] Sec. 3; [GSLW18] Thm. 17, Lem. 22 and Cor. 18, with a projector about b.
    """

    encoding: AbstractBlockEncoding
    vector: AbstractVectorEncoding
    phases: tuple[float, ...] | None
    degree: SymbolicInt
    error: SymbolicFloat = 0

    def __attrs_post_init__(self) -> None:
        check_parts("kernel filter", self.encoding)
        check_unit("kernel filter", self.vector)
        check_equal_systems("kernel filter", self.encoding, self.vector)
        check_error("kernel filter", self.error)
        check_sequence("kernel filter", self.degree, self.phases)
        if not is_symbolic(self.degree) and (self.degree < 2 or self.degree % 2):
            raise ValueError(f"a kernel filter needs an even degree >= 2, got {self.degree}")
        if self.phases is not None and len(self.phases) != self.degree + 1:
            raise ValueError(
                f"degree {self.degree} needs {self.degree + 1} phases, got {len(self.phases)}"
            )
        if not is_symbolic(self.flags) and self.flags < 1:
            raise ValueError(f"{self.encoding} has no ancilla; a kernel filter needs at least one")

    @classmethod
    def of(
        cls,
        encoding: AbstractBlockEncoding,
        vector: AbstractVectorEncoding,
        condition: float,
        degree: int,
        kind: Kind,
    ) -> "KernelFilter":
        """The reflection or projection of `model.kernel_polynomial`, times 1 less its margin.

        Args:
            encoding: as in the class.
            vector: as in the class.
            condition: kappa = alpha |A^-1|.
            degree: as in the class.
            kind: which polynomial.

        Raises:
            ValueError: as the class and the polynomial, or if the degree is too large for phases.
            estimator.phases.find.PhaseFindingError: if no phases are found.
        """
        return cls(encoding, vector, kernel_phases(condition, degree, kind), degree)

    @cached_property
    def flags(self) -> SymbolicInt:
        """Ancillas of A. Unit: qubits."""
        return self.encoding.ancilla_bitsize

    @property
    def alpha(self) -> SymbolicFloat:
        return 1

    @property
    def epsilon(self) -> SymbolicFloat:
        inherited = sympy.sympify(self.encoding.epsilon) / self.encoding.alpha
        return self.error + 4 * self.degree * sympy.sqrt(inherited + preparation_error(self.vector))

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.encoding.system_bitsize

    @cached_property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.flags + self.vector.ancilla_bitsize + 1

    @property
    def left(self) -> Turn:
        """What writes phases on the left projector, zero flags and a system orthogonal to b."""

        def turn(phi: SymbolicFloat, is_controlled: bool, is_signed: bool) -> Bloq:
            return ComplementPhase(
                self.vector, phi, self.flags, is_signed, is_controlled=is_controlled
            )

        return turn

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        steps = sequence_calls(
            self.degree, self.encoding, self.left, self.flags, self.is_controlled
        )
        return {**steps, Hadamard(): 2}

    @property
    def ancilla_names(self) -> WireNames:
        return (
            ("flags of the matrix", self.flags),
            ("flags of the vector", self.vector.ancilla_bitsize),
            SIGN,
        )

    @property
    def outline(self) -> Outline:
        """The first steps and the last, of any degree, with or without phases."""
        control: WireNames = (("control", 1),) if self.is_controlled else ()
        system, (flags, rest, sign) = self.system_names, self.ancilla_names
        right = ProjectorPhase(symbols.theta, self.flags, self.is_controlled, True)
        left = self.left(symbols.theta, self.is_controlled, True)
        up, on = self.encoding, (*system, flags)
        return AlternatingSequence(
            wires=(*control, *system, flags, rest, sign),
            degree=self.degree,
            phases=(
                (right, (*control, sign, flags)),
                (left, (*control, sign, flags, *system, rest)),
            ),
            last_phase=(right, (*control, sign, flags)),
            calls=((up, on), (up.adjoint(), on)),
            around=((Hadamard(), (sign,)),),
            times=self.calls,
        ).outline(self.is_adjoint)

    def write(self, wires: Wires) -> None:
        if self.phases is None:
            raise DecomposeTypeError(f"{self} has no phases, so it has no circuit")
        *ancilla, sign = self.wires_of("ancilla")
        system = self.wires_of("system")
        flags, rest = ancilla[: self.flags], ancilla[self.flags :]
        left = Projector(self.left, {"flags": flags, "system": system, "ancilla": rest})
        registers = {"system": system, "ancilla": flags}
        wires.gate(Hadamard(), q=sign)
        write_sequence(
            wires, self.phases, self.encoding, registers, left, flags, [sign], self.control
        )
        wires.gate(Hadamard(), q=sign)

    def __str__(self) -> str:
        return f"KernelFilter{'†' if self.is_adjoint else ''}(degree {in_short(self.degree)})"


@lru_cache(maxsize=32)
def kernel_phases(condition: float, degree: int, kind: Kind) -> tuple[float, ...]:
    """Phases of the reflection or projection, times 1 less its margin. Unit: radians.

    Args:
        condition: kappa.
        degree: even, at least 2.
        kind: which.

    Raises:
        ValueError: as the polynomial, or if the degree is too large for phases.
        estimator.phases.find.PhaseFindingError: if no phases are found.
    """
    if degree > LARGEST_DEGREE:
        raise ValueError(
            f"phases of a kernel polynomial are found up to degree {LARGEST_DEGREE}, got {degree}; "
            f"without phases its calls are counted all the same"
        )
    polynomial = kernel_polynomial(condition, degree, kind).scaled(1 - margin_of(degree))
    return tuple(phases_of(polynomial.array).reflection.tolist())


def preparation_error(vector: AbstractVectorEncoding) -> SymbolicFloat:
    """Distance of the whole state that a circuit prepares from its vector behind zero flags.

    If there are flags, a vector that is epsilon too short leaves sqrt(2 epsilon) elsewhere.
    """
    error = sympy.sympify(vector.epsilon)
    if not is_symbolic(vector.ancilla_bitsize) and vector.ancilla_bitsize == 0:
        return error
    return sympy.sqrt(2 * error)


def in_short(size: SymbolicInt) -> str:
    """A number or a symbol as it is; a formula that would fill a line as an ellipsis."""
    text = str(size)
    return text if len(text) <= 16 else "..."


def in_floats(*values: SymbolicFloat) -> tuple[float, ...] | None:
    """All of them as floating-point numbers; None if one is a symbol."""
    given = [sympy.sympify(value) for value in values]
    return tuple(float(x) for x in given) if all(x.is_number for x in given) else None


@bloq_example(generalizer=SAME_CALLS)
def kernel_filter_example() -> KernelFilter:
    return KernelFilter(
        diagonal_encoding_example.make(), loaded_vector_example.make(), (0.1, 0.2, 0.3), 2
    )


@bloq_example(generalizer=SAME_CALLS)
def _kernel_filter_controlled() -> KernelFilter:
    phases = (0.1, 0.2, 0.3, 0.4, 0.5)
    parts = diagonal_encoding_example.make(), loaded_vector_example.make()
    return KernelFilter(*parts, phases, 4, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _kernel_filter_symbolic() -> KernelFilter:
    matrix = MatrixOracle(symbols.n, symbols.a, symbols.alpha_0, symbols.e_0)
    return KernelFilter(matrix, loaded_vector_symbolic_example.make(), None, 2 * symbols.degree)
