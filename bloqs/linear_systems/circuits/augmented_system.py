"""A linear system with one more unknown, whose value is a guess of the length of the solution."""

import math
from collections import Counter
from functools import cached_property

import sympy
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.bloqs.basic_gates import CNOT, Hadamard
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding
from bloqs.composite import AbstractComposite, controlled_form, with_control
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.encodings.diagonal import diagonal_encoding_example
from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.parts import check_parts
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.gates.phase_rotation import PhaseRotation
from bloqs.qsvt.complement_phase import check_unit
from bloqs.same_calls import SAME_CALLS
from bloqs.serial import serial_cost
from bloqs.wires import Wire, Wires
from estimator import symbols
from estimator.costs.keys import PeakQubits


@frozen(cache_hash=True)
class AugmentedMatrix(AbstractComposite, AbstractBlockEncoding):
    r"""Encodes $|1\rangle\langle 1| \otimes A + |0\rangle\langle 0| \otimes \alpha/t$.

    The branch is the most significant bit of the system. On branch zero one of the ancillas of A
    is turned, and stays in zero with amplitude 1/t; no ancilla is added.

    Args:
        encoding: block-encoding of $A$, without control, with at least one ancilla.
        guess: t, at least 1. Unit: 1.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n + 1): the branch, then the system of A.
        ancilla: that of A. Starts in zero; finding zero again flags success.

    Encodes: the sum with alpha and epsilon of A (spectral norm).

    Cost: one controlled call of A, 2 rotations and 2 CNOT; controlled, one AND more.

    Raises:
        ValueError: if t is below 1, or `encoding` is controlled, errs by a negative number or has
            no ancilla.

    Source: [Dal24] Eq. 51, where t is the length of the solution.
    """

    encoding: AbstractBlockEncoding
    guess: SymbolicFloat

    def __attrs_post_init__(self) -> None:
        check_parts("augmented system", self.encoding)
        guess, ancillas = sympy.sympify(self.guess), sympy.sympify(self.ancilla_bitsize)
        if guess.is_number and not guess >= 1:
            raise ValueError(f"an augmented system needs a guess >= 1, got {self.guess}")
        if ancillas.is_number and ancillas < 1:
            raise ValueError(
                f"{self.encoding} has no ancilla; an augmented system needs at least one"
            )

    @property
    def alpha(self) -> SymbolicFloat:
        return self.encoding.alpha

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.encoding.epsilon

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.encoding.system_bitsize + 1

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.encoding.ancilla_bitsize

    @property
    def turn(self) -> PhaseRotation:
        """Half of the flag's rotation between its Hadamard gates."""
        guess = sympy.sympify(self.guess)
        angle = math.acos(1 / guess) if guess.is_number else sympy.acos(1 / guess)
        return PhaseRotation(angle / 2)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        flips = 4 if self.is_controlled else 2
        calls = {controlled_form(self.encoding): 1, CNOT(): flips, Hadamard(): 2}
        calls |= Counter([self.turn, self.turn.adjoint() if self.is_controlled else self.turn])
        return calls | ({And(1, 0): 1, And(1, 0).adjoint(): 1} if self.is_controlled else {})

    def write(self, wires: Wires) -> None:
        branch, *system = self.wires_of("system")
        ancilla, idle = self.wires_of("ancilla"), branch
        turns: tuple[PhaseRotation, PhaseRotation] = (self.turn, self.turn)
        if self.is_controlled:  # one where the control is and the branch is not
            idle = "idle"
            wires.compute_and(("ctrl", 0), branch, idle, cv2=0)
            turns = (self.turn, self.turn.adjoint())
        wires.h(ancilla[0])
        for gate in turns:
            wires.gate(gate, q=ancilla[0])
            wires.cnot(idle, ancilla[0])
        wires.h(ancilla[0])
        self._call(wires, branch, idle, system, ancilla)

    def _call(
        self, wires: Wires, branch: Wire, idle: Wire, system: list[Wire], ancilla: list[Wire]
    ) -> None:
        """A, where the branch is one; the wire `idle`, if it is another, says where it is not."""
        call = controlled_form(self.encoding)
        if idle is branch:
            wires.on(call, ctrl=[branch], system=system, ancilla=ancilla)
            return
        wires.cnot(("ctrl", 0), idle)
        wires.on(call, ctrl=[idle], system=system, ancilla=ancilla)
        wires.cnot(("ctrl", 0), idle)
        wires.uncompute_and(("ctrl", 0), branch, idle, cv2=0)

    def my_static_costs(self, cost_key: CostKey) -> SymbolicInt:
        cost = serial_cost(self, cost_key)
        if isinstance(cost_key, (PeakQubits, QubitCount)) and self.is_controlled:
            return cost + 1
        return cost

    def __str__(self) -> str:
        return f"Augmented{'†' if self.is_adjoint else ''}[{type(self.encoding).__name__}]"


@frozen(cache_hash=True)
class AugmentedVector(AbstractComposite, AbstractVectorEncoding):
    r"""Encodes $(|0\rangle |0\rangle + |1\rangle b)/\sqrt{2}$.

    Args:
        vector: vector-encoding of b with alpha = 1, without control.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n + 1): the branch, then the system of b. Starts in zero.
        ancilla: that of b. Starts in zero; finding zero again flags success.

    Encodes: the vector with alpha = 1 and epsilon = epsilon_b / sqrt(2) (l2 norm).

    Cost: one controlled call of b and a Hadamard, controlled if this is.

    Raises:
        ValueError: if b is controlled, errs by a negative number or has an alpha other than 1.

    Source: [Dal24] Eq. 51.
    """

    vector: AbstractVectorEncoding

    def __attrs_post_init__(self) -> None:
        check_unit("augmented system", self.vector)

    @property
    def alpha(self) -> SymbolicFloat:
        return 1

    @property
    def epsilon(self) -> SymbolicFloat:
        return sympy.sympify(self.vector.epsilon) / sympy.sqrt(2)

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.vector.system_bitsize + 1

    @cached_property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.vector.ancilla_bitsize

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return {with_control(UniformVector(1), self.is_controlled): 1, self.call: 1}

    @property
    def call(self) -> Bloq:
        """b, where the branch is one."""
        return controlled_form(self.vector)

    def write(self, wires: Wires) -> None:
        branch, *system = self.wires_of("system")
        half = with_control(UniformVector(1), self.is_controlled)
        wires.on(half, ctrl=self.control, system=[branch])
        wires.on(self.call, ctrl=[branch], system=system, ancilla=self.wires_of("ancilla"))

    def __str__(self) -> str:
        return f"Augmented{'†' if self.is_adjoint else ''}[{type(self.vector).__name__}]"


@bloq_example(generalizer=SAME_CALLS)
def _augmented_matrix() -> AugmentedMatrix:
    return AugmentedMatrix(diagonal_encoding_example.make(), 2.5)


@bloq_example(generalizer=SAME_CALLS)
def _augmented_matrix_controlled() -> AugmentedMatrix:
    return AugmentedMatrix(diagonal_encoding_example.make(), 1.0, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _augmented_matrix_symbolic() -> AugmentedMatrix:
    matrix = MatrixOracle(symbols.n, symbols.a, symbols.alpha_0, symbols.e_0)
    return AugmentedMatrix(matrix, symbols.norm)


@bloq_example(generalizer=SAME_CALLS)
def _augmented_vector() -> AugmentedVector:
    return AugmentedVector(loaded_vector_example.make())


@bloq_example(generalizer=SAME_CALLS)
def _augmented_vector_controlled() -> AugmentedVector:
    return AugmentedVector(loaded_vector_example.make(), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _augmented_vector_symbolic() -> AugmentedVector:
    return AugmentedVector(loaded_vector_symbolic_example.make())
