"""A linear system solved by estimating phases, turning a flag by them, and undoing the estimate."""

from functools import cached_property
from typing import Any

import sympy
from attrs import evolve, field, frozen
from qualtran import Bloq, DecomposeTypeError, bloq_example
from qualtran.bloqs.basic_gates import CNOT, XGate
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, AbstractLoader, AbstractVectorEncoding, WireNames
from bloqs.composite import with_control
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import loaded_vector_example
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.phase_gradient import (
    gradient_calls,
    gradient_size,
    make_gradient,
    unmake_gradient,
)
from bloqs.data_loading.rotation_level import RotationLevel
from bloqs.encodings.diagonal import diagonal_encoding_example
from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.parts import check_error, is_own_inverse
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.linear_systems.circuits.abstract_solver import AbstractSolver
from bloqs.linear_systems.circuits.hermitian_dilation import HermitianDilation
from bloqs.linear_systems.circuits.qubitised_walk import QubitisedWalk
from bloqs.linear_systems.model.hhl import (
    LARGEST_CLOCK,
    TIME,
    Form,
    angle_bits,
    clock_bits,
    evolution_error,
    filter_table,
    shares,
)
from bloqs.qsvt.sequence_outline import SIGN
from bloqs.qsvt.two_part_transform import PARITY
from bloqs.readout.clock import MOST_BITS, ClockWindow
from bloqs.readout.held import peak_width
from bloqs.readout.matrix_evolution import MatrixEvolution
from bloqs.readout.phase_estimation import PhaseEstimation
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wires
from estimator import symbols
from estimator.costs.keys import PeakQubits

LONGEST_LISTED = 10
"""Bits of a clock whose table of angles is part of the call graph; the cost is the same."""


@frozen(cache_hash=True)
class PhaseEstimationSolver(AbstractSolver):
    r"""The algorithm of Harrow, Hassidim and Lloyd, on the walk or evolution of a block-encoding.

    The clock of `PhaseEstimation` holds the eigenvalues, a flag is turned by a table so that its
    zero has amplitude $1/(2\kappa\lambda)$, and the clock is undone. What comes out is an odd
    function of the matrix (`model.hhl`), of the walk a polynomial. Under a control the estimates
    cancel where the flag is not turned, so that they need none.

    Args:
        encoding: block-encoding of $A$, without control, with at least one ancilla. If its circuit
            is its own inverse (`either_way.is_own_inverse`), its eigenvalues are estimated; if not,
            A may be any matrix, and one more qubit and a second call make it Hermitian.
        vector: vector-encoding of b, without control.
        condition: kappa; the singular values of $A/\alpha_A$ lie in $[1/\kappa, 1]$. Unit: 1.
        norm: $\lVert (A/\alpha_A)^{-1} b \rVert$, in $[1, \kappa]$. It is in `alpha` alone.
        m: bits of the clock, at least 1; with a symbol or more than `model.hhl.LARGEST_CLOCK` there
            is no circuit. Unit: qubits.
        error: largest |2 kappa lambda g - 1|; whether proven or measured is for whoever says it.
        b: bits of the filter's angles, at least 4. Unit: qubits.
        window: amplitudes of the clock.
        form: whose phases: of the qubitised walk, or of $e^{i \pi A/2\alpha_A}$ and its powers,
            each a `MatrixEvolution`.
        evolved: of evolutions, the error of each (spectral norm), in (0, 1).
        loader: the memory that holds the angles.
        rotation: how the bits of an angle turn the flag.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(b + a + m + 1), one more if there is a half, two more of evolutions: of the
            vector, of the matrix, sign and parity of evolutions, the half, the clock, the flag.
            Starts in zero; finding zero again flags success.

    Encodes: the normalised solution with alpha = 2 kappa alpha_b / norm and epsilon = error + 2
        kappa (pi / 2**b + e + epsilon_b) / norm (l2 norm), where e is 4 (2**m - 1)
        sqrt(epsilon_A / alpha_A) for the walk and 4 m**2 times the error of the longest evolution.

    Cost: one call of `vector`, 2 (2**m - 1) of `encoding` or those of 2 m evolutions, as many of
        its inverse if there is a half, two windows and Fourier transforms of m bits, one look-up of
        2**m angles.

    Raises:
        ValueError: as `AbstractSolver`, `PhaseEstimation` and `AngleRotation`, or if the error is
            negative.

    Source: [HHL09]; the walk in place of the evolution as in [CKS17] Sec. 4.
    """

    m: SymbolicInt
    error: SymbolicFloat
    b: SymbolicInt
    window: ClockWindow = field(default=ClockWindow.SINE, kw_only=True)
    form: Form = field(default="walk", kw_only=True)
    evolved: SymbolicFloat = field(default=0, kw_only=True)
    loader: AbstractLoader = field(factory=QROMLoader, kw_only=True)
    rotation: Rotation = field(default=Rotation.PHASE_GRADIENT, kw_only=True)

    def __attrs_post_init__(self) -> None:
        self.check_problem()
        check_error("solver", self.error)
        self.estimation, self.sized_level  # noqa: B018  refuse what they refuse

    @classmethod
    def of(
        cls,
        encoding: AbstractBlockEncoding,
        vector: AbstractVectorEncoding,
        condition: float,
        norm: float,
        error: float,
        *,
        window: ClockWindow = ClockWindow.SINE,
        form: Form = "walk",
        is_proven: bool = True,
        rotation: Rotation = Rotation.PHASE_GRADIENT,
    ) -> "PhaseEstimationSolver":
        """The solver with the smallest clock.

        Args:
            encoding: as in the class.
            vector: as in the class.
            condition: as in the class, a number.
            norm: as in the class.
            error: of the normalised solution (l2 norm), in (0, 1).
            window: as in the class.
            form: as in the class.
            is_proven: by the proven bound on the error, or by the measured law.
            rotation: as in the class.

        Raises:
            ValueError: if a number is out of its range, or as the class.
        """
        of_clock, of_angles, of_evolutions = shares(error, form)
        m = clock_bits(float(condition), of_clock, window, form, is_proven)
        bits = angle_bits(float(condition), of_angles)
        parts = encoding, vector, condition, norm, m, of_clock, bits
        evolved = evolution_error(float(condition), m, of_evolutions)
        return cls(*parts, window=window, form=form, evolved=evolved, rotation=rotation)

    @cached_property
    def estimation(self) -> PhaseEstimation:
        """Of the phases of the walk or evolution."""
        unitary: Bloq = QubitisedWalk(self.encoding)
        if self.form == "evolution":
            matrix = HermitianDilation(self.encoding) if self.has_half else self.encoding
            unitary = MatrixEvolution(matrix, TIME, self.evolved)
        return PhaseEstimation(unitary, self.m, self.window)

    @property
    def has_half(self) -> bool:
        """Whether one more qubit makes the matrix Hermitian."""
        return not is_own_inverse(self.encoding)

    @property
    def turning(self) -> SymbolicInt:
        """Ancillas of one evolution beside those of the encoding. Unit: qubits."""
        return 2 if self.form == "evolution" else 0

    @property
    def sized_level(self) -> RotationLevel:
        """The turn of the flag, without its angles."""
        control = self.is_controlled
        return RotationLevel(None, self.m, self.b, self.loader, self.rotation, control)

    @property
    def degree(self) -> SymbolicInt:
        """Calls of the matrix by one estimate: of the walk 2**m - 1, the degree of its polynomial.

        Of evolutions, for a number m.
        """
        if self.form == "walk":
            return 2**self.m - 1
        unitary: Any = self.estimation.unitary
        if self.m > MOST_BITS:
            mean, times = unitary.all_powers(self.m)
            return mean.matrix_calls * times
        return sum(unitary.power(2**k).matrix_calls for k in range(int(self.m)))

    @property
    def alpha(self) -> SymbolicFloat:
        return 2 * self.condition * sympy.sympify(self.vector.alpha) / self.norm

    @property
    def epsilon(self) -> SymbolicFloat:
        inherited = sympy.sympify(self.encoding.epsilon) / self.encoding.alpha
        made = sympy.pi / sympy.Integer(2) ** self.b + self.vector.epsilon
        if self.form == "evolution":
            unitary: Any = self.estimation.unitary
            made += 4 * self.m**2 * unitary.power(2 ** (self.m - 1)).epsilon
        elif inherited != 0:
            made += 4 * self.degree * sympy.sqrt(inherited)
        return self.error + 2 * self.condition * made / self.norm

    @cached_property
    def ancilla_bitsize(self) -> SymbolicInt:
        flags = self.vector.ancilla_bitsize + self.encoding.ancilla_bitsize
        return flags + self.turning + int(self.has_half) + self.m + 1

    @property
    def ancilla_names(self) -> WireNames:
        return (
            ("flags of the vector", self.vector.ancilla_bitsize),
            ("flags of the matrix", self.encoding.ancilla_bitsize),
            *((SIGN, PARITY) if self.turning else ()),
            *((("half", 1),) if self.has_half else ()),
            ("clock", self.m),
            ("flag", 1),
        )

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: dict[Bloq, SymbolicInt] = {
            with_control(self.vector, self.is_controlled): 1,
            self.estimation: 1,
            self.estimation.adjoint(): 1,
            self.listed_level: 1,
            **gradient_calls(self.rotation, self.b),
        }
        if self.has_half:
            calls[CNOT() if self.is_controlled else XGate()] = 1
        return calls

    @property
    def has_table(self) -> bool:
        """Whether the angles are known."""
        numbers = not is_symbolic(self.m, self.b, self.condition)
        return numbers and int(self.m) <= LARGEST_CLOCK

    @property
    def listed_level(self) -> RotationLevel:
        """The turn of the flag in the call graph: a long table has no angles there."""
        is_short = self.has_table and int(self.m) <= LONGEST_LISTED
        return self.level if is_short else self.sized_level

    @property
    def level(self) -> RotationLevel:
        """The turn of the flag."""
        if not self.has_table:
            return self.sized_level
        table = filter_table(float(self.condition), int(self.m), self.form, int(self.b))
        return evolve(self.sized_level, table=table)

    def write(self, wires: Wires) -> None:
        if not self.has_table:
            raise DecomposeTypeError(
                f"{self} has a symbolic size or a clock of more than {LARGEST_CLOCK} bits, so it "
                f"has no circuit"
            )
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        own, flags = self.vector.ancilla_bitsize, self.encoding.ancilla_bitsize + self.turning
        *ancilla, flag = ancilla
        parts, clock = ancilla[: -self.m], ancilla[-self.m :]
        half = parts[own + flags :]
        prepare = with_control(self.vector, self.is_controlled)
        wires.on(prepare, ctrl=self.control, system=system, ancilla=parts[:own])
        there = {"half": half, "system": system, "ancilla": parts[own : own + flags]}
        if self.form == "evolution":
            there = {"system": [*half, *system], "ancilla": parts[own : own + flags]}
        wires.on(self.estimation, clock=clock, **there)
        gradient = make_gradient(wires, self.rotation, self.b)
        turned = {"address": clock, "target": [flag], "gradient": gradient}
        wires.on(self.level, ctrl=self.control, **turned)
        unmake_gradient(wires, gradient)
        wires.on(self.estimation.adjoint(), clock=clock, **there)
        for bit in half:
            if self.is_controlled:
                wires.cnot(("ctrl", 0), bit)
            else:
                wires.x(bit)

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if not isinstance(cost_key, (PeakQubits, QubitCount)):
            return serial_cost(self, cost_key)
        prepare = with_control(self.vector, self.is_controlled)
        gradient = gradient_size(self.rotation, self.b)
        width = peak_width(self, [(prepare, 0), (self.estimation, 0)])
        return sympy.Max(width, self.signature.n_qubits() + gradient + self.sized_level.work)

    def __str__(self) -> str:
        clock = f"clock of {self.m} bits" if not is_symbolic(self.m) else f"clock of {self.m}"
        return f"HHL{'†' if self.is_adjoint else ''}({self.form}, {self.window}, {clock})"


@bloq_example(generalizer=SAME_CALLS)
def _phase_estimation_solver() -> PhaseEstimationSolver:
    diagonal, vector = diagonal_encoding_example.make(), loaded_vector_example.make()
    return PhaseEstimationSolver(diagonal, vector, 2, 1.5, 2, 0.5, 5, rotation=Rotation.BITWISE)


@bloq_example(generalizer=SAME_CALLS)
def _phase_estimation_solver_controlled() -> PhaseEstimationSolver:
    diagonal, vector = diagonal_encoding_example.make(), loaded_vector_example.make()
    parts = diagonal, vector, 2, 1.5, 2, 0.5, 4
    return PhaseEstimationSolver(*parts, window=ClockWindow.UNIFORM, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _phase_estimation_solver_evolution() -> PhaseEstimationSolver:
    diagonal, vector = diagonal_encoding_example.make(), loaded_vector_example.make()
    parts = diagonal, vector, 2, 1.5, 2, 0.5, 4
    return PhaseEstimationSolver(*parts, form="evolution", evolved=0.3)


@bloq_example(generalizer=SAME_CALLS)
def _phase_estimation_solver_evolution_symbolic() -> PhaseEstimationSolver:
    matrix = MatrixOracle(symbols.n, symbols.a, symbols.alpha_0, is_hermitian=True)
    vector = VectorOracle(symbols.n, 0)
    parts = matrix, vector, symbols.kappa, symbols.norm, symbols.m, symbols.epsilon, symbols.b
    return PhaseEstimationSolver(*parts, form="evolution", evolved=symbols.delta)


@bloq_example(generalizer=SAME_CALLS)
def _phase_estimation_solver_symbolic() -> PhaseEstimationSolver:
    matrix = MatrixOracle(symbols.n, symbols.a, symbols.alpha_0, is_hermitian=True)
    vector = VectorOracle(symbols.n, 0)
    return PhaseEstimationSolver(
        matrix, vector, symbols.kappa, symbols.norm, symbols.m, symbols.epsilon, symbols.b
    )
