"""A linear system solved by a linear combination of Chebyshev polynomials of its matrix."""

from functools import cached_property
from typing import Any

import numpy as np
import sympy
from attrs import frozen
from qualtran import Bloq, DecomposeTypeError, bloq_example
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractBlockEncoding, AbstractLoader, AbstractVectorEncoding
from bloqs.composite import with_control
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import loaded_vector_example
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.encodings.diagonal import diagonal_encoding_example
from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.parts import check_error
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.linear_systems.circuits.abstract_solver import AbstractSolver
from bloqs.linear_systems.circuits.chebyshev_steps import ChebyshevSteps
from bloqs.linear_systems.model.condition import sine_of
from bloqs.linear_systems.model.inverse import chebyshev_weights
from bloqs.qsvt.sequence_outline import NOTE
from bloqs.readout.held import peak_width
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wire, Wires
from estimator import symbols
from estimator.costs.keys import PeakQubits
from estimator.drawing.outline import Outline, in_row


@frozen(cache_hash=True)
class ChebyshevSolver(AbstractSolver):
    r"""Applies $\sum_j c_j T_{2j+1}$ to the singular values of $A^\dagger$, $c_j (-1)^j \ge 0$.

    An index holds $\sqrt{|c_j|}$. After one call of the inverse circuit, step j turns $T_{2j-1}$
    into $T_{2j+1}$, and all terms share the steps of the last one: `ChebyshevSteps`.

    Args:
        encoding: block-encoding of $A$, without control, with at least one ancilla.
        vector: vector-encoding of b, without control.
        condition: kappa; the singular values of $A/\alpha_A$ lie in $[1/\kappa, 1]$. Unit: 1.
        norm: $\lVert (A/\alpha_A)^{-1} b \rVert$, in $[1, \kappa]$. It is in `alpha` alone.
        weights: $|c_j|$, or `None` when only their number matters. Unit: 1.
        terms: their number, at least 2.
        total: $\sum_j |c_j|$. Unit: 1.
        error: largest |x P(x) - 1| on [1/kappa, 1]. Unit: 1.
        b: bits of the angles that prepare the index, at least 4. Unit: qubits.
        loader: the memory that holds the angles.
        rotation: how the bits of an angle turn a qubit.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(b + a + ceil(log2(terms))): of the vector, of the matrix, the index. Starts
            in zero; finding zero again flags success.

    Encodes: the normalised solution with alpha = total alpha_b / norm and epsilon = error +
        total (2 epsilon_PREP + 4 d sqrt(epsilon_A / alpha_A) + epsilon_b) / norm (l2 norm), d = 2
        terms - 1, or in numbers what `model.inexact.inverse_error` says for the last two, if that
        is less.

    Cost: one call of `vector`, d calls of `encoding` or its inverse, 2 (terms - 1) controlled
        reflections of a flags, terms - 2 AND (terms - 1 if controlled), two trees.

    Raises:
        ValueError: as `AbstractSolver`; if there are less than two terms or not as many weights,
            total is not positive or b too small.

    Source: [CKS17] Sec. 4; the shared calls as in [BGBWMPFN18] Sec. III.A for accumulated controls.
    """

    weights: tuple[float, ...] | None
    terms: SymbolicInt
    total: SymbolicFloat
    error: SymbolicFloat
    b: SymbolicInt
    loader: AbstractLoader
    rotation: Rotation

    def __attrs_post_init__(self) -> None:
        self.check_problem()
        check_error("solver", self.error)
        if self.weights is not None and len(self.weights) != self.terms:
            raise ValueError(f"{self.terms} terms need as many weights, got {len(self.weights)}")
        if sympy.sympify(self.total).is_positive is False:
            raise ValueError(f"a linear combination needs a total weight > 0, got {self.total}")
        self.steps, self.prepare  # noqa: B018  refuse what they refuse

    @classmethod
    def of(
        cls,
        encoding: AbstractBlockEncoding,
        vector: AbstractVectorEncoding,
        condition: float,
        norm: float,
        error: float,
        b: int,
        loader: AbstractLoader,
        rotation: Rotation,
    ) -> "ChebyshevSolver":
        """The solver with the published weights.

        Args:
            encoding: as in the class.
            vector: as in the class.
            condition: as in the class, a number.
            norm: as in the class.
            error: of the normalised solution (l2 norm), in (0, 1), but for what b adds.
            b: as in the class.
            loader: as in the class.
            rotation: as in the class.

        Raises:
            ValueError: if a number is out of its range, or as the class.
        """
        relative = sine_of(error)
        weights = tuple(float(w) for w in np.abs(chebyshev_weights(float(condition), relative)))
        return cls(
            encoding,
            vector,
            condition,
            norm,
            weights,
            len(weights),
            sum(weights),
            relative,
            b,
            loader,
            rotation,
        )

    @property
    def degree(self) -> SymbolicInt:
        """d, the calls of the matrix."""
        return 2 * self.terms - 1

    @property
    def index_bitsize(self) -> SymbolicInt:
        """Width of the index. Unit: qubits."""
        return self.steps.index_bitsize

    @cached_property
    def prepare(self) -> RotationTree:
        """The preparation of the index."""
        rows = None
        if self.weights is not None:
            roots = np.sqrt(self.weights)
            rows = (tuple(np.pad(roots, (0, 2**self.index_bitsize - len(roots))).tolist()),)
        return RotationTree(rows, 0, self.index_bitsize, self.b, self.loader, self.rotation)

    @property
    def steps(self) -> ChebyshevSteps:
        """After the first call, as many as the index says."""
        return ChebyshevSteps(self.encoding, self.terms)

    @property
    def alpha(self) -> SymbolicFloat:
        return self.total * sympy.sympify(self.vector.alpha) / self.norm

    @property
    def epsilon(self) -> SymbolicFloat:
        inherited = sympy.sympify(self.encoding.epsilon) / self.encoding.alpha
        index = 2 * self.total * self.prepare.epsilon / self.norm
        made = 4 * self.degree * sympy.sqrt(inherited) + self.vector.epsilon
        robust = self.error + index + self.total * made / self.norm
        solved = self.solved_error(self.error, self.degree, 1)
        return sympy.Min(robust, solved + index * (1 + self.vector.epsilon))

    @cached_property
    def ancilla_bitsize(self) -> SymbolicInt:
        flags = self.vector.ancilla_bitsize + self.encoding.ancilla_bitsize
        return flags + self.index_bitsize

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        control = self.is_controlled
        return {
            self.prepare: 1,
            self.prepare.adjoint(): 1,
            with_control(self.vector, control): 1,
            with_control(self.encoding.adjoint(), control): 1,
            with_control(self.steps, control): 1,
        }

    @property
    def outline(self) -> Outline:
        """The preparations, the first call and the steps after it, at any size."""
        names = tuple(name for name, _ in self.system_names)
        flags = "flags of the matrix"
        wires = (
            *(("control", 1),) * int(self.is_controlled),
            *self.system_names,
            ("flags of the vector", self.vector.ancilla_bitsize),
            (flags, self.encoding.ancilla_bitsize),
            ("term", self.index_bitsize),
        )
        vector = with_control(self.vector, self.is_controlled)
        first = with_control(self.encoding.adjoint(), self.is_controlled)
        on = (*names, flags)
        shared = with_control(self.steps, self.is_controlled)
        steps = (
            (vector, ("control", *names, "flags of the vector")),
            (self.prepare, ("term",)),
            (first, ("control", *on)),
            (shared, ("control", "term", *on)),
            (self.prepare.adjoint(), ("term",)),
        )
        return in_row(wires, steps, self.calls, NOTE, self.is_adjoint)

    def write(self, wires: Wires) -> None:
        if self.weights is None:
            raise DecomposeTypeError(f"{self} has no weights, so it has no circuit")
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        own, flags, index = self._split(ancilla)
        there: dict[str, Any] = {"system": system, "ancilla": flags}
        vector = with_control(self.vector, self.is_controlled)
        first = with_control(self.encoding.adjoint(), self.is_controlled)
        wires.on(vector, ctrl=self.control, system=system, ancilla=own)
        wires.on(self.prepare, target=index)
        wires.on(first, ctrl=self.control, **there)
        shared = with_control(self.steps, self.is_controlled)
        wires.on(shared, ctrl=self.control, index=index, **there)
        wires.on(self.prepare.adjoint(), target=index)

    def _split(self, ancilla: list[Wire]) -> tuple[list[Wire], list[Wire], list[Wire]]:
        b, a = self.vector.ancilla_bitsize, self.encoding.ancilla_bitsize
        return ancilla[:b], ancilla[b : b + a], ancilla[b + a :]

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if not isinstance(cost_key, (PeakQubits, QubitCount)):
            return serial_cost(self, cost_key)
        first = with_control(self.encoding.adjoint(), self.is_controlled)
        vector = with_control(self.vector, self.is_controlled)
        shared = with_control(self.steps, self.is_controlled)
        return peak_width(self, [(part, 0) for part in (self.prepare, first, vector, shared)])

    def __str__(self) -> str:
        return f"ChebyshevSolver{'†' if self.is_adjoint else ''}(degree {self.degree})"


@bloq_example(generalizer=SAME_CALLS)
def _chebyshev_solver() -> ChebyshevSolver:
    diagonal, vector = diagonal_encoding_example.make(), loaded_vector_example.make()
    weights = (2.0, 1.0, 0.5)
    return ChebyshevSolver(
        diagonal, vector, 4, 2, weights, 3, 3.5, 0.25, 6, QROMLoader(), Rotation.BITWISE
    )


@bloq_example(generalizer=SAME_CALLS)
def _chebyshev_solver_controlled() -> ChebyshevSolver:
    diagonal, vector = diagonal_encoding_example.make(), loaded_vector_example.make()
    return ChebyshevSolver(
        diagonal,
        vector,
        4,
        2,
        (2.0, 1.0),
        2,
        3.0,
        0.25,
        6,
        QROMLoader(),
        Rotation.PHASE_GRADIENT,
        is_controlled=True,
    )


@bloq_example(generalizer=SAME_CALLS)
def _chebyshev_solver_symbolic() -> ChebyshevSolver:
    return ChebyshevSolver(
        MatrixOracle(symbols.n, symbols.a, symbols.alpha_0),
        VectorOracle(symbols.n, 0),
        symbols.kappa,
        symbols.norm,
        None,
        2**symbols.m,
        symbols.gamma,
        symbols.epsilon,
        symbols.b,
        QROMLoader(),
        Rotation.PHASE_GRADIENT,
    )
