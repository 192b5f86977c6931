"""Solve a linear system by one reflection about a kernel, where its solution has a known length."""

from functools import cached_property

import sympy
from attrs import evolve, field, frozen
from qualtran import Bloq, bloq_example
from qualtran.bloqs.basic_gates import CNOT, XGate
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding
from bloqs.composite import with_control
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.encodings.diagonal import diagonal_encoding_example
from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.linear_systems.circuits.abstract_solver import AbstractSolver
from bloqs.linear_systems.circuits.augmented_system import AugmentedMatrix, AugmentedVector
from bloqs.linear_systems.circuits.kernel_filter import (
    KernelFilter,
    in_floats,
    in_short,
    kernel_phases,
    preparation_error,
)
from bloqs.linear_systems.model.condition import ROUNDING, check_solution_norm
from bloqs.linear_systems.model.kernel_polynomial import margin_of, suppression
from bloqs.linear_systems.model.shortcut import (
    error_with,
    shortcut_degree,
    shortcut_degree_expression,
)
from bloqs.qsvt.sequence_outline import NOTE
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols
from estimator.drawing.outline import Outline, in_row


@frozen(cache_hash=True)
class ShortcutSolver(AbstractSolver):
    r"""Encodes $x/\lVert x \rVert$ with one call of b for each call of A, and no amplification.

    The system gets one more unknown with the value t. A reflection about the kernel of
    $(1 - b' b'^\dagger) A'$ takes that unknown alone to the solution, all of it if t is its
    length. A need not be Hermitian.

    Args:
        encoding: as in every solver.
        vector: vector-encoding of b with alpha = 1, without control.
        condition: as in every solver.
        norm: as in every solver; the circuit uses it unless `guess` is given.
        phases: of the reflection of `model.kernel_polynomial` times one less its margin, in the
            convention of `bloqs.qsvt.sequence`, or `None` when only the degree matters. Unit:
            radians.
        degree: d, even, at least 2; a symbol is taken to be even.
        guess: t, in [1, kappa], where the norm is not known; `None` for the norm. Unit: 1.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(a + f + 2): the ancillas of A, those of b, the sign of the sequence and the
            branch. Starts in zero; finding zero again flags success.

    Encodes: $x/\lVert x \rVert$ with alpha = (1 + s) / sin(2 theta), tan(theta) = t / norm, and
        epsilon = s / sin(theta) (l2 norm) for exact parts, s = sech(d/2 ln((kappa + 1)/(kappa -
        1))); success is as likely as 1 / alpha**2 up to 2 s. For parts that err, in numbers:
        `model.shortcut.error_with`; in symbols alpha 4 d sqrt(e_A / alpha_A + e_b) more.

    Cost: d controlled calls of A or its inverse and d controlled calls of b or its inverse; d + 1
        projector phases.

    Raises:
        ValueError: as every solver and `KernelFilter`, or if t is outside [1, kappa].

    Source: [Dal24] Eqs. 51 and 62, with one call of b instead of two.
    """

    phases: tuple[float, ...] | None
    degree: SymbolicInt
    guess: SymbolicFloat | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        self.check_problem()
        if not is_symbolic(self.length, self.condition):
            check_solution_norm(float(self.length), float(self.condition))
        self.reflection  # noqa: B018  refuse what it refuses

    @classmethod
    def of(
        cls,
        encoding: AbstractBlockEncoding,
        vector: AbstractVectorEncoding,
        condition: float,
        norm: float,
        error: float,
    ) -> "ShortcutSolver":
        """With the smallest degree that is proved to reach an error, and its phases.

        Args:
            encoding: as in the class.
            vector: as in the class.
            condition: as in the class.
            norm: as in the class; it must be known.
            error: l2 error of the normalised solution for exact parts, in (0, 1).

        Raises:
            ValueError: as the class, or if the degree is too large for phases.
            estimator.phases.find.PhaseFindingError: if no phases are found.
        """
        sized = cls.sized(encoding, vector, condition, norm, error)
        return evolve(sized, phases=kernel_phases(condition, int(sized.degree), "reflection"))

    @classmethod
    def sized(
        cls,
        encoding: AbstractBlockEncoding,
        vector: AbstractVectorEncoding,
        condition: SymbolicFloat,
        norm: SymbolicFloat,
        error: SymbolicFloat,
    ) -> "ShortcutSolver":
        """The same without phases, in numbers or symbols: for costs."""
        if is_symbolic(condition, error):
            degree = shortcut_degree_expression(condition, error)
        else:
            degree = shortcut_degree(float(condition), float(error))
        return cls(encoding, vector, condition, norm, None, degree)

    @property
    def length(self) -> SymbolicFloat:
        """t, the length that the circuit is made for. Unit: 1."""
        return self.norm if self.guess is None else self.guess

    @property
    def reflection(self) -> KernelFilter:
        """The reflection about the kernel of the augmented system."""
        norm = self.length
        if not is_symbolic(norm) and 1 - ROUNDING <= norm < 1:  # rounded past it
            norm = 1.0
        matrix = AugmentedMatrix(self.encoding, norm)
        return KernelFilter(matrix, AugmentedVector(self.vector), self.phases, self.degree)

    @property
    def suppression(self) -> SymbolicFloat:
        """s, largest modulus of the projection that the polynomial is made of. Unit: 1."""
        return kernel_suppression(self.condition, self.degree)

    @property
    def alpha(self) -> SymbolicFloat:
        norm, guess = sympy.sympify(self.norm), sympy.sympify(self.length)
        alpha = (1 + self.suppression) * (norm**2 + guess**2) / (2 * norm * guess)
        if is_symbolic(self.degree):
            return alpha
        return alpha / (1 - margin_of(int(self.degree)))

    @property
    def epsilon(self) -> SymbolicFloat:
        norm, guess = sympy.sympify(self.norm), sympy.sympify(self.length)
        off = sympy.sympify(self.encoding.epsilon) / self.encoding.alpha
        state = preparation_error(self.vector)
        numbers = in_floats(self.degree, self.condition, norm, guess, off, state)
        if numbers is not None:
            degree, condition, *others = numbers
            return error_with(condition, int(degree), *others)
        own = self.suppression * sympy.sqrt(norm**2 + guess**2) / guess
        return own + self.alpha * self.reflection.epsilon

    @property
    def state_error(self) -> SymbolicFloat:
        """Bound on the l2 error of the normalised output: epsilon itself, where it is proved so."""
        is_exact = self.encoding.epsilon == 0 and self.vector.epsilon == 0
        return self.epsilon if is_exact and self.guess is None else super().state_error

    @cached_property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.reflection.ancilla_bitsize + 1

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        flip = CNOT() if self.is_controlled else XGate()
        return {with_control(self.reflection, self.is_controlled): 1, flip: 1}

    @property
    def outline(self) -> Outline:
        """The reflection and the flip of the branch, at any size."""
        names = tuple(name for name, _ in self.system_names)
        reflect, flip = self.calls
        wires = (
            *(("control", 1),) * int(self.is_controlled),
            *self.system_names,
            ("flags of the reflection", self.reflection.ancilla_bitsize),
            ("branch", 1),
        )
        on = ("control", *names, "flags of the reflection", "branch")
        steps = ((reflect, on), (flip, ("control", "branch")))
        return in_row(wires, steps, self.calls, NOTE, self.is_adjoint)

    def write(self, wires: Wires) -> None:
        *ancilla, branch = self.wires_of("ancilla")
        step = with_control(self.reflection, self.is_controlled)
        system = [branch, *self.wires_of("system")]
        wires.on(step, ctrl=self.control, system=system, ancilla=ancilla)
        if self.is_controlled:
            wires.cnot(("ctrl", 0), branch)
        else:
            wires.x(branch)

    def __str__(self) -> str:
        return f"Shortcut{'†' if self.is_adjoint else ''}(degree {in_short(self.degree)})"


def kernel_suppression(condition: SymbolicFloat, degree: SymbolicInt) -> SymbolicFloat:
    """`model.kernel_polynomial.suppression`, in numbers or symbols."""
    if not is_symbolic(condition, degree):
        return suppression(float(condition), int(degree))
    if condition == 1:
        return 0
    rate = sympy.log((condition + 1) / (sympy.sympify(condition) - 1))
    return sympy.sech(degree * rate / 2)


@bloq_example(generalizer=SAME_CALLS)
def shortcut_solver_example() -> ShortcutSolver:
    parts = diagonal_encoding_example.make(), loaded_vector_example.make()
    return ShortcutSolver(*parts, 5.0, 2.5, (0.1, 0.2, 0.3), 2)


@bloq_example(generalizer=SAME_CALLS)
def _shortcut_solver_controlled() -> ShortcutSolver:
    parts = diagonal_encoding_example.make(), UniformVector(2)
    return ShortcutSolver(*parts, 5.0, 2.5, (0.1, 0.2, 0.3), 2, guess=3.0, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _shortcut_solver_symbolic() -> ShortcutSolver:
    matrix = MatrixOracle(symbols.n, symbols.a, symbols.alpha_0, symbols.e_0)
    vector, norm = loaded_vector_symbolic_example.make(), symbols.norm
    return ShortcutSolver.sized(matrix, vector, symbols.kappa, norm, symbols.epsilon)
