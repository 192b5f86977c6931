"""Solve a linear system by a reflection for a guessed length of the solution, and a projection."""

from collections import Counter
from functools import cached_property

import sympy
from attrs import evolve, field, frozen
from qualtran import Bloq, bloq_example
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding
from bloqs.composite import with_control
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.encodings.diagonal import diagonal_encoding_example
from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.nonzero_flag import NonzeroFlag
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.linear_systems.circuits.abstract_solver import AbstractSolver
from bloqs.linear_systems.circuits.kernel_filter import (
    KernelFilter,
    in_floats,
    in_short,
    kernel_phases,
    preparation_error,
)
from bloqs.linear_systems.circuits.shortcut_solver import ShortcutSolver, kernel_suppression
from bloqs.linear_systems.model.guessed import best_stages, errors_with
from bloqs.linear_systems.model.kernel_polynomial import margin_of
from bloqs.qsvt.sequence_outline import NOTE
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols
from estimator.drawing.outline import Outline, in_row

Phases = tuple[float, ...]


@frozen(cache_hash=True)
class GuessedSolver(AbstractSolver):
    r"""Encodes $x/\lVert x \rVert$ though its length is not known: one attempt, for one guess.

    A reflection for the guess takes a part of the start to the solution, and a projection on the
    kernel of $(1 - b b^\dagger) A$ takes away what else it made. Between them a flag is raised if
    the reflection failed, so that both use the same ancillas; measured, it saves the projection.
    Guesses are drawn with `model.guessed.guess_at`; what is proved is proved of their average.

    Args:
        encoding: as in every solver.
        vector: vector-encoding of b with alpha = 1, without control.
        condition: as in every solver.
        norm: as in every solver; the circuit does not use it, alpha and epsilon do.
        phases: of the reflection and of the projection, or `None` when only the degrees matter.
            Unit: radians.
        degree: of the reflection, even, at least 2; a symbol is taken to be even.
        projection_degree: of the projection, likewise.
        guess: t, in [1, kappa]. Unit: 1.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(a + f + 3): the ancillas of A, those of b, the sign of both sequences, the
            branch, and the flag of a failed reflection. Starts in zero; finding zero again flags
            success.

    Encodes: $x/\lVert x \rVert$ with alpha = (1 + s) / sin(2 theta), tan(theta) = t / norm, and
        epsilon = s + s r / sin(theta) (l2 norm) for exact parts, s and r the suppressions
        of reflection and projection. Most of that is length: the direction errs by
        `state_error`. For parts that err, in numbers: `model.guessed.errors_with`; in symbols alpha
        times the epsilons of reflection and projection more.

    Cost: a call of b for each of A, as many as both degrees; a NonzeroFlag of a + 2 qubits.

    Raises:
        ValueError: as `ShortcutSolver` and `KernelFilter`.

    Source: [Dal24] Alg. 3, with one call of b instead of two.
    """

    phases: tuple[Phases, Phases] | None
    degree: SymbolicInt
    projection_degree: SymbolicInt
    guess: SymbolicFloat = field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        self.check_problem()
        self.reflection, self.projection  # noqa: B018  refuse what they refuse

    @classmethod
    def of(
        cls,
        encoding: AbstractBlockEncoding,
        vector: AbstractVectorEncoding,
        condition: float,
        norm: SymbolicFloat,
        error: float,
        *,
        guess: float,
    ) -> "GuessedSolver":
        """With the degrees of least expected total that are proved to reach an error on average.

        Args:
            encoding: as in the class.
            vector: as in the class.
            condition: as in the class.
            norm: as in the class; a symbol where it is not known.
            error: of the state averaged over the guesses, for exact parts, in (0, 1).
            guess: as in the class.

        Raises:
            ValueError: as the class, or if a degree is too large for phases.
            estimator.phases.find.PhaseFindingError: if no phases are found.
        """
        sized = cls.sized(encoding, vector, condition, norm, error, guess=guess)
        one = kernel_phases(condition, int(sized.degree), "reflection")
        two = kernel_phases(condition, int(sized.projection_degree), "projection")
        return evolve(sized, phases=(one, two))

    @classmethod
    def sized(
        cls,
        encoding: AbstractBlockEncoding,
        vector: AbstractVectorEncoding,
        condition: float,
        norm: SymbolicFloat,
        error: float,
        *,
        guess: SymbolicFloat,
    ) -> "GuessedSolver":
        """The same without phases: for costs."""
        stages = best_stages(float(condition), float(error))
        degrees = stages.reflection, stages.projection
        return cls(encoding, vector, condition, norm, None, *degrees, guess=guess)

    @property
    def reflection(self) -> ShortcutSolver:
        """The first stage."""
        phases = None if self.phases is None else self.phases[0]
        parts = self.encoding, self.vector, self.condition, self.norm
        return ShortcutSolver(*parts, phases, self.degree, guess=self.guess)

    @property
    def projection(self) -> KernelFilter:
        """The second stage."""
        phases = None if self.phases is None else self.phases[1]
        return KernelFilter(self.encoding, self.vector, phases, self.projection_degree)

    @property
    def suppressions(self) -> tuple[SymbolicFloat, SymbolicFloat]:
        """s and r."""
        condition = self.condition
        one = kernel_suppression(condition, self.degree)
        return one, kernel_suppression(condition, self.projection_degree)

    @property
    def sines(self) -> tuple[SymbolicFloat, SymbolicFloat]:
        """sin(theta) and sin(2 theta)."""
        norm, guess = sympy.sympify(self.norm), sympy.sympify(self.guess)
        square = norm**2 + guess**2
        return guess / sympy.sqrt(square), 2 * norm * guess / square

    @property
    def alpha(self) -> SymbolicFloat:
        alpha = (1 + self.suppressions[0]) / self.sines[1]
        if is_symbolic(self.degree, self.projection_degree):
            return alpha
        for degree in (self.degree, self.projection_degree):
            alpha /= 1 - margin_of(int(degree))
        return alpha

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.errors[0]

    @property
    def state_error(self) -> SymbolicFloat:
        return self.errors[1]

    @property
    def errors(self) -> tuple[SymbolicFloat, SymbolicFloat]:
        """Bounds on the error of alpha times the output, and of the normalised output."""
        off = sympy.sympify(self.encoding.epsilon) / self.encoding.alpha
        state = preparation_error(self.vector)
        degrees = in_floats(self.degree, self.projection_degree)
        numbers = in_floats(self.condition, self.norm, self.guess, off, state)
        if degrees is not None and numbers is not None:
            condition, *others = numbers
            return errors_with(condition, (int(degrees[0]), int(degrees[1])), *others)
        s, r = self.suppressions
        added = self.alpha * (self.reflection.reflection.epsilon + self.projection.epsilon)
        direction = s * r / self.sines[0]
        return s + direction + added, direction / sympy.sqrt(1 - s**2) + 2 * added

    @cached_property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.reflection.ancilla_bitsize + 1

    @property
    def steps(self) -> tuple[Bloq, Bloq, Bloq]:
        """The reflection, the flag of its failure, the projection; controlled if this is."""
        flag = NonzeroFlag(self.encoding.ancilla_bitsize + 2)
        one, two, three = (
            with_control(step, self.is_controlled)
            for step in (self.reflection, flag, self.projection)
        )
        return one, two, three

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return dict(Counter(self.steps))

    @property
    def outline(self) -> Outline:
        """The reflection, the flag of its failure and the projection, at any size."""
        names = tuple(name for name, _ in self.system_names)
        matrix, sign = "flags of the matrix", "sign"
        rest = self.vector.ancilla_bitsize
        wires = (
            *(("control", 1),) * int(self.is_controlled),
            *self.system_names,
            (matrix, self.encoding.ancilla_bitsize),
            ("flags of the vector", rest),
            (sign, 1),
            ("branch", 1),
            ("reflection failed", 1),
        )
        reflect, mark, project = self.steps
        filtered = ("control", *names, matrix, "flags of the vector", sign)
        steps = (
            (reflect, (*filtered, "branch")),
            (mark, ("control", matrix, sign, "branch", "reflection failed")),
            (project, filtered),
        )
        return in_row(wires, steps, self.calls, NOTE, self.is_adjoint)

    def write(self, wires: Wires) -> None:
        *ancilla, branch, failed = self.wires_of("ancilla")
        system, a = self.wires_of("system"), self.encoding.ancilla_bitsize
        reflect, mark, project = self.steps
        wires.on(reflect, ctrl=self.control, system=system, ancilla=[*ancilla, branch])
        tested = [*ancilla[:a], ancilla[-1], branch]
        wires.on(mark, ctrl=self.control, x=tested, flag=[failed])
        wires.on(project, ctrl=self.control, system=system, ancilla=ancilla)

    def __str__(self) -> str:
        degrees = f"degrees {in_short(self.degree)} and {in_short(self.projection_degree)}"
        return f"Guessed{'†' if self.is_adjoint else ''}({degrees})"


@bloq_example(generalizer=SAME_CALLS)
def _guessed_solver() -> GuessedSolver:
    parts = diagonal_encoding_example.make(), loaded_vector_example.make(), 5.0, 2.5
    return GuessedSolver(*parts, ((0.1, 0.2, 0.3), (0.4, 0.5, 0.6)), 2, 2, guess=3.0)


@bloq_example(generalizer=SAME_CALLS)
def _guessed_solver_controlled() -> GuessedSolver:
    parts = diagonal_encoding_example.make(), UniformVector(2), 5.0, 2.5
    phases = (0.1, 0.2, 0.3), (0.4, 0.5, 0.6)
    return GuessedSolver(*parts, phases, 2, 2, guess=1.0, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _guessed_solver_symbolic() -> GuessedSolver:
    matrix = MatrixOracle(symbols.n, symbols.a, symbols.alpha_0, symbols.e_0)
    vector, degrees = loaded_vector_symbolic_example.make(), (2 * symbols.degree, 4)
    parts = matrix, vector, symbols.kappa, symbols.norm
    return GuessedSolver(*parts, None, *degrees, guess=symbols.gamma)
