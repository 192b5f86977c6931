"""Quantum singular value transformation of a block-encoding by a real polynomial."""

from functools import cached_property

import sympy
from attrs import frozen
from qualtran import Bloq, DecomposeTypeError, bloq_example
from qualtran.bloqs.basic_gates import Hadamard
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, WireNames
from bloqs.composite import AbstractComposite
from bloqs.encodings.diagonal import diagonal_encoding_example, diagonal_encoding_symbolic_example
from bloqs.encodings.parts import check_error, check_parts, worked_out
from bloqs.qsvt.sequence import check_sequence, sequence_calls, write_sequence
from bloqs.qsvt.sequence_outline import SIGN, sequence_outline
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols
from estimator.drawing.outline import Outline
from estimator.phases.find import phases_of
from estimator.polynomials.polynomial import Polynomial


@frozen(cache_hash=True)
class SingularValueTransform(AbstractComposite, AbstractBlockEncoding):
    r"""Encodes $P(A/\alpha)$ for a real polynomial $P$ of definite parity.

    With $A/\alpha = \sum_k \sigma_k |w_k\rangle\langle v_k|$, the result is $\sum_k P(\sigma_k)
    |w_k\rangle\langle v_k|$ for odd $P$ and $\sum_k P(\sigma_k) |v_k\rangle\langle v_k|$ for even
    $P$ (over a whole basis of $v$). The phases implement a complex polynomial whose real part is
    $P$; a sign qubit, in plus at start and end, averages it with its conjugate.

    Args:
        encoding: block-encoding of $A$.
        phases: $\phi_0, ..., \phi_d$ in the convention of `bloqs.qsvt.sequence`, or `None` when
            only the degree matters. Unit: radians.
        degree: d, at least 1; a symbolic degree is taken to be even, unless SymPy knows that it
            is odd, where it matters, which is for the control alone.
        error: sup-norm error of the polynomial on [-1, 1]. Unit: 1.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(system_bitsize).
        ancilla: QAny(ancillas of `encoding` + 1): those, then the sign. Starts in zero; finding
            zero again flags success.

    Encodes: $P(A/\alpha)$ with alpha = 1, epsilon = error + 4 d sqrt(epsilon_A / alpha_A)
        (spectral norm).

    Cost: d calls of `encoding` or its inverse, d + 1 projector phases of a - 1 AND and one rotation
        each (two if controlled, and one call is controlled if d is odd), for a ancillas.

    Raises:
        ValueError: if the number of phases is not degree + 1, one is not a finite number, the
            degree is below 1 or not whole, the error is negative or NaN, or `encoding` is
            controlled, has no ancilla, or errs by a negative number or NaN.

    Source: [GSLW18] Thm. 17 and Cor. 18; the error is Lem. 22.
    """

    encoding: AbstractBlockEncoding
    phases: tuple[float, ...] | None
    degree: SymbolicInt
    error: SymbolicFloat

    def __attrs_post_init__(self) -> None:
        check_sequence("a transform", self.degree, self.phases)
        if not is_symbolic(self.degree) and self.degree < 1:
            raise ValueError(f"a transform needs degree >= 1, got {self.degree}")
        if self.phases is not None and len(self.phases) != self.degree + 1:
            raise ValueError(
                f"degree {self.degree} needs {self.degree + 1} phases, got {len(self.phases)}"
            )
        check_parts("transform", self.encoding)
        check_error("transform", self.error)
        if not is_symbolic(self.flags) and self.flags < 1:
            raise ValueError(f"{self.encoding} has no ancilla; a transform needs at least one")

    @classmethod
    def of(
        cls, encoding: AbstractBlockEncoding, polynomial: Polynomial, error: float
    ) -> "SingularValueTransform":
        """The transform by a polynomial of definite parity.

        Args:
            encoding: as in the class.
            polynomial: even or odd, of degree 1 at least, at most one on [-1, 1].
            error: as in the class.

        Raises:
            ValueError: if the polynomial has no parity, exceeds one somewhere, or as the class.
            estimator.phases.find.PhaseFindingError: if no phases are found.
        """
        if polynomial.parity is None:
            raise ValueError(
                "a SingularValueTransform needs an even or an odd polynomial, got one with both "
                "parts; GeneralTransform takes it"
            )
        phases = tuple(phases_of(polynomial.array).reflection.tolist())
        return cls(encoding, phases, polynomial.degree, error)

    @cached_property
    def flags(self) -> SymbolicInt:
        """Ancillas of the encoding. Unit: qubits."""
        return self.encoding.ancilla_bitsize

    @property
    def alpha(self) -> SymbolicFloat:
        return 1

    @cached_property
    def epsilon(self) -> SymbolicFloat:
        inherited = sympy.sympify(self.encoding.epsilon) / self.encoding.alpha
        return worked_out(self.error + 4 * self.degree * sympy.sqrt(inherited))

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.encoding.system_bitsize

    @cached_property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.flags + 1

    @property
    def system_names(self) -> WireNames:
        return self.encoding.system_names

    @property
    def ancilla_names(self) -> WireNames:
        return (("flags of the encoding", self.flags), SIGN)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        flags, control = self.flags, self.is_controlled
        return {**sequence_calls(self.degree, self.encoding, flags, flags, control), Hadamard(): 2}

    @property
    def outline(self) -> Outline:
        """The first steps and the last, of any degree, with or without phases."""
        is_odd = bool(self.degree.is_odd if is_symbolic(self.degree) else self.degree % 2)
        return sequence_outline(
            self.degree,
            self.encoding,
            self.system_names,
            self.ancilla_names,
            ends_differ=False,
            is_controlled=self.is_controlled,
            is_odd=is_odd,
            is_adjoint=self.is_adjoint,
        )

    def write(self, wires: Wires) -> None:
        if self.phases is None:
            raise DecomposeTypeError(f"{self} has no phases, so it has no circuit")
        *flags, sign = self.wires_of("ancilla")
        registers = {"system": self.wires_of("system"), "ancilla": flags}
        wires.gate(Hadamard(), q=sign)
        write_sequence(
            wires, self.phases, self.encoding, registers, flags, flags, [sign], self.control
        )
        wires.gate(Hadamard(), q=sign)

    def __str__(self) -> str:
        return f"QSVT{'†' if self.is_adjoint else ''}(degree {self.degree})"


@bloq_example(generalizer=SAME_CALLS)
def _singular_value_transform() -> SingularValueTransform:
    return SingularValueTransform(
        diagonal_encoding_example.make(), (0.1, 0.2, 0.3, 0.4), 3, error=0.0
    )


@bloq_example(generalizer=SAME_CALLS)
def _singular_value_transform_even() -> SingularValueTransform:
    return SingularValueTransform(diagonal_encoding_example.make(), (0.1, 0.2, 0.3), 2, error=0.0)


@bloq_example(generalizer=SAME_CALLS)
def _singular_value_transform_controlled() -> SingularValueTransform:
    diagonal = diagonal_encoding_example.make()
    return SingularValueTransform(diagonal, (0.1, 0.2), 1, error=0.0, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def singular_value_transform_symbolic_example() -> SingularValueTransform:
    diagonal = diagonal_encoding_symbolic_example.make()
    return SingularValueTransform(diagonal, None, symbols.degree, symbols.epsilon)
