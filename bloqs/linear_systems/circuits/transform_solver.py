"""A linear system solved by one odd polynomial of its matrix."""

from collections import Counter
from functools import cached_property

import sympy
from attrs import field, frozen
from qualtran import Bloq, bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding
from bloqs.composite import with_control
from bloqs.data_loading.loaded_vector import loaded_vector_example
from bloqs.encodings.diagonal import diagonal_encoding_example
from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.parts import check_error
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.linear_systems.circuits.abstract_solver import AbstractSolver
from bloqs.linear_systems.model.condition import sine_of
from bloqs.linear_systems.model.inverse import HEADROOM, inverse_of
from bloqs.linear_systems.model.window import Window, best_window_inverse
from bloqs.qsvt.sequence_outline import NOTE
from bloqs.qsvt.transform import SingularValueTransform
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols
from estimator.drawing.outline import Outline, in_row
from estimator.phases.find import phases_of


@frozen(cache_hash=True)
class TransformSolver(AbstractSolver):
    r"""Applies an odd polynomial $P/M$ close to $1/(M x)$ to the singular values of $A^\dagger$.

    With $A/\alpha = \sum_k \sigma_k |w_k\rangle\langle v_k|$ the transform of the inverse circuit
    is $\sum_k P(\sigma_k)/M\, |v_k\rangle\langle w_k|$, close to $(A/\alpha)^{-1}/M$ whatever $A$
    is. The polynomials are those of `bloqs.linear_systems.model.inverse`, and any other that is
    proportional to 1/x on the singular values there are.

    Args:
        encoding: block-encoding of $A$, without control, with at least one ancilla.
        vector: vector-encoding of b, without control.
        condition: kappa; the singular values of $A/\alpha_A$ lie in $[1/\kappa, 1]$. Unit: 1.
        norm: $\lVert (A/\alpha_A)^{-1} b \rVert$, in $[1, \kappa]$. It is in `alpha` alone.
        phases: of P/M, in the convention of `bloqs.qsvt.sequence`, or `None` when only the degree
            matters. Unit: radians.
        degree: odd; a symbol must be known to be odd where it matters, which is for the control.
        maximum: M, which the polynomial was divided by. Unit: 1.
        error: largest |x P(x) - 1| on [1/kappa, largest]. Unit: 1.
        largest: what no singular value of $A/\alpha_A$ is above, at most 1. Unit: 1.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(b + a + 1): of the vector, of the matrix, the transform's sign. Starts in
            zero; finding zero again flags success.

    Encodes: the normalised solution with alpha = M alpha_b / norm and epsilon = error +
        M (4 d sqrt(epsilon_A / alpha_A) + epsilon_b) / norm (l2 norm), or in numbers what
        `model.inexact.inverse_error` says, if that is less.

    Cost: one call of `vector`, d calls of `encoding` or its inverse, d + 1 projector phases.

    Raises:
        ValueError: as `AbstractSolver` and `SingularValueTransform`; if M is not positive.

    Source: [GSLW18] Thm. 41 for the construction; the degrees are those of the polynomial.
    """

    phases: tuple[float, ...] | None
    degree: SymbolicInt
    maximum: SymbolicFloat
    error: SymbolicFloat
    largest: SymbolicFloat = field(default=1, kw_only=True)

    def __attrs_post_init__(self) -> None:
        self.check_problem()
        check_error("solver", self.error)
        if sympy.sympify(self.maximum).is_positive is False:
            raise ValueError(f"a solver needs a polynomial with a maximum > 0, got {self.maximum}")
        self.transform  # noqa: B018  refuse what it refuses

    @classmethod
    def of(
        cls,
        encoding: AbstractBlockEncoding,
        vector: AbstractVectorEncoding,
        condition: float,
        norm: float,
        error: float,
        kind: str = "relative",
        with_phases: bool = True,
    ) -> "TransformSolver":
        """The solver with the shortest polynomial of a kind.

        Args:
            encoding: as in the class.
            vector: as in the class.
            condition: as in the class, a number.
            norm: as in the class.
            error: of the normalised solution (l2 norm), in (0, 1).
            kind: "relative", "absolute" or "binomial".
            with_phases: whether phases are found, so that there is a circuit.

        Raises:
            ValueError: if a number is out of its range, or as the class.
            estimator.phases.find.PhaseFindingError: if no phases are found.
        """
        found = inverse_of(kind, float(condition), sine_of(error))
        phases = None
        if with_phases:
            phases = tuple(phases_of(found.bounded().array).reflection.tolist())
        return cls(
            encoding, vector, condition, norm, phases, found.degree, found.maximum, found.relative
        )

    @classmethod
    def in_window(
        cls,
        encoding: AbstractBlockEncoding,
        vector: AbstractVectorEncoding,
        window: Window,
        norm: float,
        error: float,
    ) -> "TransformSolver":
        """The solver with a polynomial that inverts in a window of singular values alone.

        Args:
            encoding: as in the class.
            vector: as in the class.
            window: the promise that A/alpha_A keeps.
            norm: as in the class, a number.
            error: of the normalised solution (l2 norm), in (0, 1).

        Raises:
            ValueError: if a number is out of its range, no polynomial is found, or as the class.
            estimator.phases.find.PhaseFindingError: if no phases are found.
        """
        found = best_window_inverse(window, float(norm), sine_of(error))
        shrunk = 1 - HEADROOM
        phases = tuple(phases_of(found.polynomial.array * shrunk).reflection.tolist())
        degree, maximum = found.polynomial.degree, 1 / (found.scale * shrunk)
        return cls(
            encoding,
            vector,
            1 / window.lower,
            norm,
            phases,
            degree,
            maximum,
            found.error,
            largest=window.upper,
        )

    @cached_property
    def transform(self) -> SingularValueTransform:
        """Of the inverse circuit, by P/M."""
        scaled = sympy.sympify(self.error) / self.maximum
        return SingularValueTransform(self.encoding.adjoint(), self.phases, self.degree, scaled)

    @property
    def alpha(self) -> SymbolicFloat:
        return self.maximum * sympy.sympify(self.vector.alpha) / self.norm

    @property
    def epsilon(self) -> SymbolicFloat:
        inherited = sympy.sympify(self.encoding.epsilon) / self.encoding.alpha
        made = 4 * self.degree * sympy.sqrt(inherited) + self.vector.epsilon
        robust = self.error + self.maximum * made / self.norm
        return sympy.Min(robust, self.solved_error(self.error, self.degree, self.largest))

    @cached_property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.vector.ancilla_bitsize + self.transform.ancilla_bitsize

    @property
    def steps(self) -> tuple[Bloq, Bloq]:
        """Preparation and transform, controlled if this is."""
        control = self.is_controlled
        return with_control(self.vector, control), with_control(self.transform, control)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return dict(Counter(self.steps))

    @property
    def outline(self) -> Outline:
        """The preparation and the transform, at any size."""
        prepare, operate = self.steps
        names = tuple(name for name, _ in self.system_names)
        wires = (
            *(("control", 1),) * int(self.is_controlled),
            *self.system_names,
            ("flags of the vector", self.vector.ancilla_bitsize),
            ("flags of the transform", self.transform.ancilla_bitsize),
        )
        steps = (
            (prepare, ("control", *names, "flags of the vector")),
            (operate, ("control", *names, "flags of the transform")),
        )
        return in_row(wires, steps, self.calls, NOTE, self.is_adjoint)

    def write(self, wires: Wires) -> None:
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        b = self.vector.ancilla_bitsize
        prepare, operate = self.steps
        wires.on(prepare, ctrl=self.control, system=system, ancilla=ancilla[:b])
        wires.on(operate, ctrl=self.control, system=system, ancilla=ancilla[b:])

    def __str__(self) -> str:
        return f"TransformSolver{'†' if self.is_adjoint else ''}(degree {self.degree})"


@bloq_example(generalizer=SAME_CALLS)
def _transform_solver() -> TransformSolver:
    diagonal, vector = diagonal_encoding_example.make(), loaded_vector_example.make()
    return TransformSolver(diagonal, vector, 4, 2, (0.1, 0.2, 0.3, 0.4), 3, 5.0, 0.25)


@bloq_example(generalizer=SAME_CALLS)
def _transform_solver_controlled() -> TransformSolver:
    diagonal, vector = diagonal_encoding_example.make(), loaded_vector_example.make()
    return TransformSolver(diagonal, vector, 4, 2, (0.1, 0.2), 1, 5.0, 0.25, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _transform_solver_symbolic() -> TransformSolver:
    matrix = MatrixOracle(symbols.n, symbols.a, symbols.alpha_0)
    return TransformSolver(
        matrix,
        VectorOracle(symbols.n, 0),
        symbols.kappa,
        symbols.norm,
        None,
        2 * symbols.degree + 1,
        symbols.gamma,
        symbols.epsilon,
    )
