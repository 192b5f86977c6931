"""Amplify an encoded vector of unknown length to length one."""

import sympy
from attrs import frozen
from qualtran import bloq_example
from qualtran.symbolics import SymbolicFloat

from bloqs.abstract import AbstractVectorEncoding
from bloqs.qsvt.abstract_length import AbstractLengthTransform
from bloqs.qsvt.nonlinear_amplitudes import (
    nonlinear_amplitudes_example,
    nonlinear_amplitudes_symbolic_example,
)
from bloqs.same_calls import SAME_CALLS
from estimator import symbols
from estimator.phases.find import phases_of
from estimator.polynomials.polynomial import Polynomial


@frozen(cache_hash=True)
class NormalisedVector(AbstractLengthTransform):
    r"""Applies an odd polynomial to the length $1/\alpha$ of an encoded vector.

    The circuit $U$ of a vector-encoding is a projected unitary encoding: between the projector on
    zero of all its qubits and the projector on zero of its ancillas alone it is
    $|\psi\rangle\langle 0| / \alpha$, with the single singular value $1/\alpha$. An odd polynomial
    close to one from there on makes it $|\psi\rangle\langle 0|$, whatever $\alpha$ is.

    With a sign qubit the polynomial is real and the vector keeps its phase. Without it, as in
    fixed-point amplification, the phases need not be symmetric in the real part: the sequence is
    shorter and the vector acquires a phase that depends on $\alpha$.

    Args:
        vector: the vector-encoding, without control, with at least one ancilla.
        phases: of the odd polynomial, in the convention of `bloqs.qsvt.sequence`, or `None` when
            only the degree matters. Unit: radians.
        degree: d, odd, at least 1.
        error: largest distance of the polynomial's modulus from 1 on the lengths that can occur,
            [(1 - epsilon_psi) / alpha, 1]. Unit: 1.
        keeps_phase: whether there is a sign qubit.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(ancillas of `vector`, one more if `keeps_phase`). Starts in zero; finding
            zero flags success, which fails with probability at most 2 error.

    Encodes: $\psi$ with alpha = 1 and epsilon = 2 epsilon_psi + error (l2 norm); without a sign
        qubit, up to a phase factor of modulus one.

    Cost: d calls of `vector` or its inverse; d + 1 projector phases, on a + n flags and on a flags
        in turn.

    Raises:
        ValueError: if the degree is even, below 1 or not whole, the number of phases is not degree
            + 1, one is not a finite number, the error is negative or NaN, or `vector` is
            controlled, has no ancilla, or errs by a negative number or NaN.

    Source: [RHGPR25] Lem. B.8, with a projected unitary encoding in place of their projector;
        [GSLW18] Thm. 27.
    """

    keeps_phase: bool = True

    @property
    def purpose(self) -> str:
        return "normalisation"

    @property
    def has_sign(self) -> bool:
        return self.keeps_phase

    @classmethod
    def of(
        cls, vector: AbstractVectorEncoding, polynomial: Polynomial, error: float
    ) -> "NormalisedVector":
        """Normalisation by a real odd polynomial, with a sign qubit.

        Args:
            vector: as in the class.
            polynomial: odd, at most one on [-1, 1].
            error: as in the class.

        Raises:
            ValueError: if the polynomial is not odd, exceeds one somewhere, or as the class.
            estimator.phases.find.PhaseFindingError: if no phases are found.
        """
        if polynomial.parity != "odd":
            kind = polynomial.parity or "mixed"
            raise ValueError(f"normalisation needs an odd polynomial, got one of {kind} parity")
        phases = tuple(phases_of(polynomial.array).reflection.tolist())
        return cls(vector, phases, polynomial.degree, error)

    @property
    def alpha(self) -> SymbolicFloat:
        return 1

    @property
    def epsilon(self) -> SymbolicFloat:
        return 2 * sympy.sympify(self.vector.epsilon) + self.error

    def __str__(self) -> str:
        return f"Normalised{'†' if self.is_adjoint else ''}(degree {self.degree})"


@bloq_example(generalizer=SAME_CALLS)
def _normalised_vector() -> NormalisedVector:
    return NormalisedVector(nonlinear_amplitudes_example.make(), (0.1, 0.2, 0.3, 0.4), 3, error=0.5)


@bloq_example(generalizer=SAME_CALLS)
def _normalised_vector_up_to_phase() -> NormalisedVector:
    amplitudes = nonlinear_amplitudes_example.make()
    return NormalisedVector(amplitudes, (0.1, 0.2), 1, error=0.5, keeps_phase=False)


@bloq_example(generalizer=SAME_CALLS)
def _normalised_vector_symbolic() -> NormalisedVector:
    amplitudes = nonlinear_amplitudes_symbolic_example.make()
    return NormalisedVector(amplitudes, None, symbols.degree, symbols.delta)
