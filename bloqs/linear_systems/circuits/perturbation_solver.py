"""A linear system whose matrix is the identity and a small Hermitian part."""

from collections import Counter
from functools import cached_property

import sympy
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.loaded_vector import loaded_vector_example
from bloqs.encodings.diagonal import diagonal_encoding_example
from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.parts import check_equal_systems, check_error, check_norm, check_parts
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.linear_systems.model.condition import sine_of
from bloqs.linear_systems.model.perturbation import check_perturbed_norm, perturbed_inverse
from bloqs.qsvt.general_transform import GeneralTransform
from bloqs.qsvt.sequence_outline import NOTE
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols
from estimator.drawing.outline import Outline, in_row


@frozen(cache_hash=True)
class PerturbationSolver(AbstractComposite, AbstractVectorEncoding):
    r"""Encodes the normalised solution of $(1 + \beta B/\alpha_B)\, x = b$, B Hermitian.

    A truncated Chebyshev series of $1/(1 + \beta x)$ transforms the encoding of B alone, which no
    part of the identity weakens. A series of one term is a number: then b is the solution.

    Args:
        transform: of B, by the series; `None` for a series of one term.
        vector: vector-encoding of b, without control.
        strength: beta, in (0, 1), with B/alpha_B of norm at most 1. Unit: 1.
        norm: $\lVert (1 + \beta B/\alpha_B)^{-1} b \rVert$ for the unit vector b. Unit: 1.
        error: largest |p(x) (1 + beta x) - 1| on [-1, 1]. Unit: 1.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(ancillas of the vector, then of the transform). Starts in zero; finding zero
            again flags success.

    Encodes: the solution with alpha = alpha_T alpha_b / norm and epsilon = error + (epsilon_T -
        error_T + alpha_T epsilon_b) / norm (l2 norm), where what the transform inherits from B is
        epsilon_T - error_T; without a transform alpha_T = 1.

    Cost: one call of each part.

    Raises:
        ValueError: if a part is controlled or errs by a negative number, the sizes differ, or the
            norm is not positive.

    Source: derived; the transform is [GSLW18] Thm. 56.
    """

    transform: GeneralTransform | None
    vector: AbstractVectorEncoding
    strength: SymbolicFloat
    norm: SymbolicFloat
    error: SymbolicFloat

    def __attrs_post_init__(self) -> None:
        parts = (self.vector,) if self.transform is None else (self.vector, self.transform)
        check_parts("solver", *parts)
        check_equal_systems("solver", *parts)
        check_error("solver", self.error)
        check_norm("solver", self.norm, 1 / (1 - sympy.sympify(self.strength)))

    @classmethod
    def of(
        cls,
        perturbation: AbstractBlockEncoding,
        vector: AbstractVectorEncoding,
        strength: float,
        norm: float,
        error: float,
    ) -> "PerturbationSolver":
        """The solver with the shortest series.

        Args:
            perturbation: block-encoding of the Hermitian B, without control.
            vector: as in the class.
            strength: beta: the matrix is 1 + beta B / alpha_B.
            norm: as in the class.
            error: of the normalised solution (l2 norm), in (0, 1).

        Raises:
            ValueError: if a number is out of its range, or as the class.
            estimator.phases.find.PhaseFindingError: if no phases are found.
        """
        check_perturbed_norm(norm, strength)
        found = perturbed_inverse(strength, sine_of(error))
        transform = None
        if found.degree:
            transform = GeneralTransform.of(perturbation, found.polynomial, 0.0)
        return cls(transform, vector, strength, norm, found.error)

    @property
    def alpha(self) -> SymbolicFloat:
        weight = 1 if self.transform is None else self.transform.alpha
        return sympy.sympify(weight) * self.vector.alpha / self.norm

    @property
    def epsilon(self) -> SymbolicFloat:
        weight, inherited = sympy.Integer(1), sympy.Integer(0)
        if self.transform is not None:
            weight = self.transform.alpha
            inherited = sympy.sympify(self.transform.epsilon) - self.transform.error
        return self.error + (inherited + weight * self.vector.epsilon) / self.norm

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.vector.system_bitsize

    @cached_property
    def ancilla_bitsize(self) -> SymbolicInt:
        own = 0 if self.transform is None else self.transform.ancilla_bitsize
        return self.vector.ancilla_bitsize + own

    @property
    def steps(self) -> tuple[Bloq, ...]:
        """Preparation and transform, controlled if this is."""
        parts = (self.vector,) if self.transform is None else (self.vector, self.transform)
        return tuple(with_control(part, self.is_controlled) for part in parts)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return dict(Counter(self.steps))

    @property
    def outline(self) -> Outline:
        """The preparation and the transform, at any size."""
        names = tuple(name for name, _ in self.system_names)
        own = 0 if self.transform is None else self.transform.ancilla_bitsize
        flags = ("flags of the vector", "flags of the transform")
        wires = (
            *(("control", 1),) * int(self.is_controlled),
            *self.system_names,
            (flags[0], self.vector.ancilla_bitsize),
            (flags[1], own),
        )
        steps = [
            (step, ("control", *names, flag)) for step, flag in zip(self.steps, flags, strict=False)
        ]
        return in_row(wires, steps, self.calls, NOTE, self.is_adjoint)

    def write(self, wires: Wires) -> None:
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        b = self.vector.ancilla_bitsize
        flags = (ancilla[:b], ancilla[b:])
        for step, own in zip(self.steps, flags, strict=False):
            wires.on(step, ctrl=self.control, system=system, ancilla=own)

    def __str__(self) -> str:
        degree = 0 if self.transform is None else self.transform.degree
        return f"PerturbationSolver{'†' if self.is_adjoint else ''}(degree {degree})"


@bloq_example(generalizer=SAME_CALLS)
def _perturbation_solver() -> PerturbationSolver:
    diagonal = diagonal_encoding_example.make()
    transform = GeneralTransform(diagonal, (0.1, 0.2, 0.3), (0.4, 0.5), 2, 1.1, 0.3, 0.0)
    return PerturbationSolver(transform, loaded_vector_example.make(), 0.3, 1, 0.02)


@bloq_example(generalizer=SAME_CALLS)
def _perturbation_solver_controlled() -> PerturbationSolver:
    transform = GeneralTransform(
        diagonal_encoding_example.make(), (0.1,), (0.4, 0.5), 1, 1.0, 0.1, 0.0
    )
    vector = loaded_vector_example.make()
    return PerturbationSolver(transform, vector, 0.1, 1, 0.02, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _perturbation_solver_of_one_term() -> PerturbationSolver:
    return PerturbationSolver(None, loaded_vector_example.make(), 0.001, 1, 0.01)


@bloq_example(generalizer=SAME_CALLS)
def _perturbation_solver_symbolic() -> PerturbationSolver:
    matrix = MatrixOracle(symbols.n, symbols.a, symbols.alpha_0)
    transform = GeneralTransform(
        matrix, None, None, 2 * symbols.degree, symbols.w_0, symbols.w_1, 0
    )
    vector = VectorOracle(symbols.n, 0)
    return PerturbationSolver(transform, vector, symbols.gamma, symbols.norm, symbols.epsilon)
