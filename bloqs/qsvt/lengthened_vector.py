"""Make an encoded vector longer by a known factor, whatever its length is."""

import sympy
from attrs import frozen
from qualtran import bloq_example
from qualtran.symbolics import SymbolicFloat, is_symbolic

from bloqs.abstract import AbstractVectorEncoding
from bloqs.encodings.deamplified_vector import deamplified_example, deamplified_symbolic_example
from bloqs.qsvt.abstract_length import AbstractLengthTransform
from bloqs.same_calls import SAME_CALLS
from estimator import symbols
from estimator.phases.find import phases_of
from estimator.polynomials.polynomial import Polynomial


@frozen(cache_hash=True)
class LengthenedVector(AbstractLengthTransform):
    r"""Encodes the same vector with $\alpha / \gamma$ in place of $\alpha$.

    An odd polynomial that is close to $\gamma x$ on the lengths that can occur, and at most one on
    [-1, 1], makes the length $1/\alpha$ into $\gamma/\alpha$. A normalisation forgets the length;
    this keeps it, so that what an amplitude stands for stays known.

    Args:
        vector: the vector-encoding, without control, with at least one ancilla.
        phases: of the odd polynomial, in the convention of `bloqs.qsvt.sequence`, or `None` when
            only the degree matters. Unit: radians.
        degree: d, odd, at least 1.
        error: largest distance of the polynomial from $\gamma x$ on the lengths that can occur,
            [0, (1 + epsilon_psi) / alpha]. Unit: 1.
        gamma: the factor, at least 1 and at most alpha. Unit: 1.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(ancillas of `vector` + 1). Starts in zero; finding zero flags success.

    Encodes: $\psi$ with alpha = alpha_psi / gamma and epsilon = epsilon_psi + alpha error (l2
        norm): the direction stays, and a length off by e comes out off by gamma e + error.

    Cost: d calls of `vector` or its inverse; d + 1 projector phases, on a + n flags and on a flags
        in turn.

    Raises:
        ValueError: if the degree is even or below 1, the number of phases is not degree + 1, the
            error is negative, gamma is below 1 or above alpha, or `vector` is controlled, has no
            ancilla, or errs by a negative number.

    Source: [GSLW18] Thm. 30 for the polynomial; for a vector ours.
    """

    gamma: SymbolicFloat

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        alpha = sympy.sympify(self.vector.alpha)
        if is_symbolic(self.gamma):
            return
        if not self.gamma >= 1:
            raise ValueError(f"lengthening needs gamma >= 1, got gamma={self.gamma}")
        if alpha.is_number and self.gamma > float(alpha) * (1 + 1e-9):
            raise ValueError(
                f"lengthening needs gamma <= alpha = {float(alpha):g}, got gamma={self.gamma:g}"
            )

    @classmethod
    def of(
        cls, vector: AbstractVectorEncoding, polynomial: Polynomial, error: float, gamma: float
    ) -> "LengthenedVector":
        """Lengthening by a real odd polynomial.

        Args:
            vector: as in the class.
            polynomial: odd, at most one on [-1, 1].
            error: as in the class.
            gamma: as in the class.

        Raises:
            ValueError: if the polynomial is not odd, exceeds one somewhere, or as the class.
            estimator.phases.find.PhaseFindingError: if no phases are found.
        """
        if polynomial.parity != "odd":
            kind = polynomial.parity or "mixed"
            raise ValueError(f"lengthening needs an odd polynomial, got one of {kind} parity")
        phases = tuple(phases_of(polynomial.array).reflection.tolist())
        return cls(vector, phases, polynomial.degree, error, gamma)

    @property
    def purpose(self) -> str:
        return "lengthening"

    @property
    def alpha(self) -> SymbolicFloat:
        return self.vector.alpha / self.gamma

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.vector.epsilon + self.alpha * sympy.sympify(self.error)

    def __str__(self) -> str:
        return f"Lengthened{'†' if self.is_adjoint else ''}(degree {self.degree})"


@bloq_example(generalizer=SAME_CALLS)
def _lengthened_vector() -> LengthenedVector:
    return LengthenedVector(deamplified_example.make(), (0.1, 0.2, 0.3, 0.4), 3, 0.5, 1.25)


@bloq_example(generalizer=SAME_CALLS)
def _lengthened_vector_controlled() -> LengthenedVector:
    return LengthenedVector(deamplified_example.make(), (0.1, 0.2), 1, 0.5, 1.0, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _lengthened_vector_symbolic() -> LengthenedVector:
    return LengthenedVector(
        deamplified_symbolic_example.make(), None, symbols.degree, symbols.epsilon, symbols.gamma
    )
