"""Solve a linear system by a discrete adiabatic walk, and a filter on the kernel it ends near."""

from functools import cached_property

import sympy
from attrs import evolve, field, frozen
from qualtran import Bloq, DecomposeTypeError, bloq_example
from qualtran.bloqs.basic_gates import CNOT, GlobalPhase, XGate, ZGate
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding, WireNames
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
from bloqs.linear_systems.circuits.shortcut_solver import kernel_suppression
from bloqs.linear_systems.circuits.walk_step import WalkStep
from bloqs.linear_systems.model.kernel_polynomial import margin_of
from bloqs.linear_systems.model.walk import (
    HALF,
    PRACTICAL,
    Constant,
    Shape,
    alpha_of,
    angles,
    best_lengths,
    check_steps,
    errors_with,
    failure_of,
    lengths_expression,
)
from bloqs.qsvt.sequence_outline import NOTE
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols
from estimator.drawing.outline import Outline, Step, gap


@frozen(cache_hash=True)
class WalkSolver(AbstractSolver):
    r"""Encodes $x/\lVert x \rVert$ though its length is not known, for Hermitian A above all.

    T steps lead from b to near the solution, a flag is raised if the walk's own are, and the
    projection on the kernel of $(1 - b b^\dagger) A$ takes away what else there is. How near the
    walk ends is a promise, which `model.walk` says how sure it is of.

    Args:
        encoding: as in every solver; of a Hermitian A with positive eigenvalues if `shape` is
            definite. One call a step if its circuit is its own inverse, else two.
        vector: vector-encoding of b with alpha = 1, without control.
        condition: as in every solver.
        norm: as in every solver; the circuit does not use it.
        phases: of the projection of `model.kernel_polynomial` times one less its margin, or `None`
            when only the lengths matter. Unit: radians.
        degree: d of the filter, even, at least 2; a symbol is taken to be even.
        steps: T, even, at least 2; a symbol is taken to be even.
        distance: Delta, l2 distance of the whole state after the walk from the solution with all
            flags in zero, below sqrt(2). Unit: 1. A promise.
        shape: whether A is definite.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(a + f + 3), one more if not definite: the ancillas of A, those of b, the coin
            (sign of the filter), the side, the half if there is one, and the flag of a failed
            walk. Starts in zero; finding zero again flags success.

    Encodes: $x/\lVert x \rVert$ with alpha = 1 / (1 - Delta**2/4), over 1 less the margin of the
        filter's phases if its degree is a number, and epsilon = alpha - 1 + alpha r
        sqrt(delta) (l2 norm) for exact parts, delta = Delta**2 - Delta**4/4, r the suppression of
        the filter. Most of that is length: the direction errs by `state_error` = r sqrt(delta) /
        (1 - Delta**2/2). For parts that err, in numbers: `model.walk.errors_with`.

    Cost: T + d calls of A or its inverse (2 T + d if its circuit is not its own inverse), 2 T + d +
        1 of b or its inverse.

    Raises:
        ValueError: as `KernelFilter`, or if T is odd or below 2, or Delta outside (0, sqrt(2)).

    Source: [CASSBB22] Sec. IV for the walk; [Dal24] Alg. 3 for the filter.
    """

    phases: tuple[float, ...] | None
    degree: SymbolicInt
    steps: SymbolicInt = field(kw_only=True)
    distance: SymbolicFloat = field(kw_only=True)
    shape: Shape = field(default="definite", kw_only=True)

    def __attrs_post_init__(self) -> None:
        self.check_problem()
        if not is_symbolic(self.steps):
            check_steps(int(self.steps))
        distance = sympy.sympify(self.distance)
        if distance.is_number and not 0 < distance < sympy.sqrt(2):
            raise ValueError(
                f"a walk guarantees a distance in (0, sqrt(2)) from the solution, got "
                f"{self.distance}; take more steps"
            )
        self.filter, self.step  # noqa: B018  refuse what they refuse

    @classmethod
    def of(
        cls,
        encoding: AbstractBlockEncoding,
        vector: AbstractVectorEncoding,
        condition: float,
        norm: SymbolicFloat,
        error: float,
        *,
        shape: Shape = "definite",
        constant: Constant | None = None,
    ) -> "WalkSolver":
        """With the lengths of least expected total, by a constant's law.

        Args:
            encoding: as in the class.
            vector: as in the class.
            condition: as in the class.
            norm: as in the class; a symbol where it is not known.
            error: l2 error of the normalised solution for exact parts, in (0, 1).
            shape: as in the class.
            constant: c; the measured one of that shape if `None`.

        Raises:
            ValueError: as the class, or if the degree is too large for phases.
            estimator.phases.find.PhaseFindingError: if no phases are found.
        """
        sized = cls.sized(encoding, vector, condition, norm, error, shape=shape, constant=constant)
        return evolve(sized, phases=kernel_phases(condition, int(sized.degree), "projection"))

    @classmethod
    def sized(
        cls,
        encoding: AbstractBlockEncoding,
        vector: AbstractVectorEncoding,
        condition: SymbolicFloat,
        norm: SymbolicFloat,
        error: SymbolicFloat,
        *,
        shape: Shape = "definite",
        constant: Constant | None = None,
    ) -> "WalkSolver":
        """The same without phases: for costs. In symbols, for a distance of one half."""
        chosen = PRACTICAL[shape] if constant is None else constant
        parts = encoding, vector, condition, norm, None
        if is_symbolic(condition, error):
            steps, degree = lengths_expression(condition, error, chosen.value)
            return cls(*parts, degree, steps=steps, distance=HALF, shape=shape)
        found = best_lengths(float(condition), float(error), chosen.value)
        return cls(*parts, found.degree, steps=found.steps, distance=found.distance, shape=shape)

    @property
    def step(self) -> WalkStep:
        """One step, with a coin of any angle."""
        return WalkStep(self.encoding, self.vector, symbols.theta, shape=self.shape)

    @property
    def filter(self) -> KernelFilter:
        """The projection after the walk."""
        return KernelFilter(self.encoding, self.vector, self.phases, self.degree)

    @property
    def alpha(self) -> SymbolicFloat:
        alpha = alpha_of(self.distance)
        return alpha if is_symbolic(self.degree) else alpha / (1 - margin_of(int(self.degree)))

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
        state, distance = preparation_error(self.vector), sympy.sympify(self.distance)
        norm = self.norm if state != 0 else 1  # only errors of b are divided by it
        numbers = in_floats(self.degree, self.condition, norm, distance, off, state)
        if numbers is not None:
            degree, condition, *others = numbers
            return errors_with(condition, int(degree), *others)
        alpha = alpha_of(distance)
        added = alpha * self.filter.epsilon
        rest = kernel_suppression(self.condition, self.degree) * sympy.sqrt(failure_of(distance))
        whole = alpha - 1 + alpha * rest + added
        return whole, rest / (1 - distance**2 / 2) + 2 * added

    @cached_property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.step.ancilla_bitsize + 3 + int(self.shape == "general")

    @property
    def flag(self) -> NonzeroFlag:
        """Whether the walk failed, from the ancillas of A, the coin, the side and the half."""
        return NonzeroFlag(self.encoding.ancilla_bitsize + 2 + int(self.shape == "general"))

    @property
    def turns_sign(self) -> bool:
        """Whether the walk ends with the sign turned: two steps turn it."""
        return not is_symbolic(self.steps) and int(self.steps) % 4 == 2

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        control = self.is_controlled
        calls: dict[Bloq, SymbolicInt] = {
            with_control(self.vector, control): 1,
            with_control(self.step, control): self.steps,
            with_control(self.flag, control): 1,
            with_control(self.filter, control): 1,
        }
        if self.shape == "general":
            calls[CNOT() if control else XGate()] = 1
        if self.turns_sign:
            calls[ZGate() if control else GlobalPhase(exponent=1.0)] = 1
        return calls

    @property
    def ancilla_names(self) -> WireNames:
        half: WireNames = (("half", 1),) if self.shape == "general" else ()
        return (
            ("flags of the matrix", self.encoding.ancilla_bitsize),
            ("flags of the vector", self.vector.ancilla_bitsize),
            ("coin", 1),
            ("side", 1),
            *half,
            ("walk failed", 1),
        )

    @property
    def outline(self) -> Outline:
        """The preparation, the first and the last step of the walk, the flag and the filter."""
        control = ("control",) if self.is_controlled else ()
        names = [name for name, _ in self.system_names]
        half = ("half",) if self.shape == "general" else ()
        matrix, vector = "flags of the matrix", "flags of the vector"
        walking = (*names, matrix, vector, "coin", "side", *half)
        times = self.calls

        def step(bloq: Bloq, *on: str) -> Step:
            form = with_control(bloq, self.is_controlled)
            return Step(bloq=form, on=(*control, *on), times=times.pop(form, None))

        steps = [step(self.vector, *names, vector), step(self.step, *walking)]
        if is_symbolic(self.steps) or self.steps > 2:
            steps.append(gap(walking))
        steps.append(step(self.step, *walking))
        if half:
            flip = CNOT() if self.is_controlled else XGate()
            steps.append(Step(bloq=flip, on=(*control, *half), times=times.get(flip)))
        if self.turns_sign and self.is_controlled:
            steps.append(Step(bloq=ZGate(), on=control, times=1))
        steps.append(step(self.flag, matrix, "coin", "side", *half, "walk failed"))
        steps.append(step(self.filter, *names, matrix, vector, "coin"))
        wires = [(name, size) for name, size in (*self.system_names, *self.ancilla_names)
                 if size != 0]  # fmt: skip
        kept = {*control, *(name for name, _ in wires)}
        steps = [evolve(each, on=tuple(name for name in each.on if name in kept)) for each in steps]
        if self.is_adjoint:
            steps = [
                each if each.bloq is None else evolve(each, bloq=each.bloq.adjoint())
                for each in reversed(steps)
            ]
        return Outline(
            wires=tuple([(name, 1) for name in control] + wires), steps=tuple(steps), note=NOTE
        )

    def write(self, wires: Wires) -> None:
        condition = in_floats(self.condition)
        if self.phases is None or condition is None:
            raise DecomposeTypeError(f"{self} has no phases or a symbol, so it has no circuit")
        control, system, a = (
            self.is_controlled,
            self.wires_of("system"),
            self.encoding.ancilla_bitsize,
        )
        *ancilla, failed = self.wires_of("ancilla")
        half = [ancilla.pop()] if self.shape == "general" else []
        *parts, coin, side = ancilla
        b = {"system": system, "ancilla": parts[a:]}
        wires.on(with_control(self.vector, control), ctrl=self.control, **b)
        bits = {"side": [side], "half": half, "coin": [coin]}
        for phi in angles(condition[0], int(self.steps)).tolist():
            step = with_control(evolve(self.step, phi=phi), control)
            wires.on(step, ctrl=self.control, system=system, ancilla=parts, **bits)
        for wire in half:
            if control:
                wires.cnot(("ctrl", 0), wire)
            else:
                wires.x(wire)
        if self.turns_sign:
            turn = ZGate() if control else GlobalPhase(exponent=1.0)
            wires.gate(turn, **dict(zip(["q"], self.control, strict=False)))
        tested = [*parts[:a], coin, side, *half]
        wires.on(with_control(self.flag, control), ctrl=self.control, x=tested, flag=[failed])
        project = with_control(self.filter, control)
        wires.on(project, ctrl=self.control, system=system, ancilla=[*parts, coin])

    def __str__(self) -> str:
        lengths = f"{in_short(self.steps)} steps, degree {in_short(self.degree)}"
        return f"Walk{'†' if self.is_adjoint else ''}({lengths})"


@bloq_example(generalizer=SAME_CALLS)
def walk_solver_example() -> WalkSolver:
    parts = diagonal_encoding_example.make(), loaded_vector_example.make(), 5.0, 2.5
    return WalkSolver(*parts, (0.1, 0.2, 0.3), 2, steps=2, distance=0.5)


@bloq_example(generalizer=SAME_CALLS)
def _walk_solver_general() -> WalkSolver:
    parts = diagonal_encoding_example.make(), UniformVector(2), 5.0, 2.5
    return WalkSolver(*parts, (0.1, 0.2, 0.3), 2, steps=4, distance=0.5, shape="general")


@bloq_example(generalizer=SAME_CALLS)
def _walk_solver_controlled() -> WalkSolver:
    parts = diagonal_encoding_example.make(), UniformVector(2), 5.0, 2.5
    phases = (0.1, 0.2, 0.3)
    bloq = WalkSolver(*parts, phases, 2, steps=2, distance=0.5, shape="general")
    return evolve(bloq, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _walk_solver_symbolic() -> WalkSolver:
    matrix = MatrixOracle(symbols.n, symbols.a, symbols.alpha_0, symbols.e_0, is_hermitian=True)
    vector, norm = loaded_vector_symbolic_example.make(), symbols.norm
    return WalkSolver.sized(matrix, vector, symbols.kappa, norm, symbols.epsilon)
