"""A linear system solved by a linear combination of Chebyshev polynomials of its matrix."""

from functools import cached_property
from typing import Any

import numpy as np
import sympy
from attrs import frozen
from qualtran import Bloq, DecomposeTypeError, bloq_example
from qualtran.bloqs.basic_gates import CNOT, CZ, XGate, ZGate
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicFloat, SymbolicInt, bit_length, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, AbstractLoader, AbstractVectorEncoding
from bloqs.composite import with_control
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import loaded_vector_example
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.data_loading.unary_iteration import walk
from bloqs.encodings.diagonal import diagonal_encoding_example
from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.parts import check_error
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.encodings.zero_reflection import ZeroReflection
from bloqs.linear_systems.circuits.abstract_solver import AbstractSolver
from bloqs.linear_systems.model.condition import sine_of
from bloqs.linear_systems.model.inverse import chebyshev_weights
from bloqs.qsvt.sequence_outline import NOTE
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wire, Wires
from estimator import symbols
from estimator.costs.keys import PeakQubits
from estimator.costs.known import known_cost
from estimator.costs.simplify import largest
from estimator.drawing.outline import Outline, in_row


@frozen(cache_hash=True)
class ChebyshevSolver(AbstractSolver):
    r"""Applies $\sum_j c_j T_{2j+1}$ to the singular values of $A^\dagger$, $c_j (-1)^j \ge 0$.

    An index holds $\sqrt{|c_j|}$. After one call of the inverse circuit, step j, two reflections
    about zero of the flags with a call of the circuit and of its inverse between them, turns
    $T_{2j-1}$ into $T_{2j+1}$; without the reflections the calls cancel. A walk over the index
    keeps a wire that says whether the index is at least j, and that wire controls the reflections
    alone. So all terms share the calls of the last one.

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
        if not is_symbolic(self.terms) and self.terms < 2:
            raise ValueError(f"a linear combination needs at least two terms, got {self.terms}")
        if self.weights is not None and len(self.weights) != self.terms:
            raise ValueError(f"{self.terms} terms need as many weights, got {len(self.weights)}")
        if sympy.sympify(self.total).is_positive is False:
            raise ValueError(f"a linear combination needs a total weight > 0, got {self.total}")
        a = self.encoding.ancilla_bitsize
        if not is_symbolic(a) and a < 1:
            raise ValueError(f"{self.encoding} has no ancilla; a solver needs at least one")
        self.prepare  # noqa: B018  refuse what it refuses

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
        if is_symbolic(self.terms):
            return sympy.ceiling(sympy.expand_log(sympy.log(self.terms)) / sympy.log(2))
        return bit_length(self.terms - 1)

    @cached_property
    def prepare(self) -> RotationTree:
        """The preparation of the index."""
        rows = None
        if self.weights is not None:
            roots = np.sqrt(self.weights)
            rows = (tuple(np.pad(roots, (0, 2**self.index_bitsize - len(roots))).tolist()),)
        return RotationTree(rows, 0, self.index_bitsize, self.b, self.loader, self.rotation)

    @property
    def reflection(self) -> ZeroReflection:
        """About zero of the flags, where the index is far enough."""
        return ZeroReflection(self.encoding.ancilla_bitsize, is_controlled=True)

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
        control, steps = self.is_controlled, self.terms - 1
        ands = steps if control else steps - 1
        calls: dict[Bloq, SymbolicInt] = {
            self.prepare: 1,
            self.prepare.adjoint(): 1,
            self.reflection: 2 * steps,
            And(1, 0): ands,
            And().adjoint(): ands,
            CNOT(): ands + self.terms + int(control),
            CZ() if control else ZGate(): 1,
        }
        if not control:
            calls[XGate()] = 3
        first = with_control(self.encoding.adjoint(), control)
        for step, times in (
            (with_control(self.vector, control), 1),
            (first, 1),
            (self.encoding, steps),
            (self.encoding.adjoint(), steps),
        ):
            calls[step] = calls.get(step, 0) + times
        return calls

    @property
    def outline(self) -> Outline:
        """The preparations, the first call and the first term after it, at any size."""
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
        reflect, on = (self.reflection, ("term", flags)), (*names, flags)
        steps = (
            (vector, ("control", *names, "flags of the vector")),
            (self.prepare, ("term",)),
            (first, ("control", *on)),
            reflect,
            (self.encoding, on),
            reflect,
            (self.encoding.adjoint(), on),
            None,
            (self.prepare.adjoint(), ("term",)),
        )
        return in_row(wires, steps, self.calls, NOTE, self.is_adjoint)

    def write(self, wires: Wires) -> None:
        if self.weights is None:
            raise DecomposeTypeError(f"{self} has no weights, so it has no circuit")
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        own, flags, index = self._split(ancilla)
        control = self.control[0] if self.is_controlled else None
        there: dict[str, Any] = {"system": system, "ancilla": flags}
        vector = with_control(self.vector, self.is_controlled)
        first = with_control(self.encoding.adjoint(), self.is_controlled)
        wires.on(vector, ctrl=self.control, system=system, ancilla=own)
        wires.on(self.prepare, target=index)
        wires.on(first, ctrl=self.control, **there)
        wires.allocate(["reached"])
        if control is None:
            wires.x("reached")
            wires.gate(ZGate(), q=index[-1])
        else:
            wires.cnot(control, "reached")
            wires.cz(control, index[-1])

        def step(wire: Wire | None, j: int) -> None:
            wires.cnot(wire, "reached")
            if j == self.terms - 1:
                return
            wires.on(self.reflection, ctrl=["reached"], x=flags)
            wires.on(self.encoding, **there)
            wires.on(self.reflection, ctrl=["reached"], x=flags)
            wires.on(self.encoding.adjoint(), **there)

        walk(wires, index, control, int(self.terms), step)
        wires.free(["reached"])
        wires.on(self.prepare.adjoint(), target=index)

    def _split(self, ancilla: list[Wire]) -> tuple[list[Wire], list[Wire], list[Wire]]:
        b, a = self.vector.ancilla_bitsize, self.encoding.ancilla_bitsize
        return ancilla[:b], ancilla[b : b + a], ancilla[b + a :]

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if not isinstance(cost_key, (PeakQubits, QubitCount)):
            return serial_cost(self, cost_key)
        own, control = self.signature.n_qubits(), int(self.is_controlled)
        held = self.index_bitsize - 1 + control + 1
        first = with_control(self.encoding.adjoint(), self.is_controlled)
        vector = with_control(self.vector, self.is_controlled)
        moments = {own + _work(part) for part in (self.prepare, first, vector)}
        moments |= {own + held + _work(part) for part in (self.reflection, self.encoding)}
        return largest(moments)

    def __str__(self) -> str:
        return f"ChebyshevSolver{'†' if self.is_adjoint else ''}(degree {self.degree})"


def _work(part: Bloq) -> SymbolicInt:
    return known_cost(part, PeakQubits()) - part.signature.n_qubits()


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
