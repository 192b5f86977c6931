"""One step of a walk whose kernel is the solution of a linear system in between."""

from collections import Counter
from functools import cached_property
from math import pi

from attrs import field, frozen
from qualtran import Bloq, QAny, QBit, QUInt, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CNOT, CZ, XGate, ZGate
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, controlled_form, with_control
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.encodings.diagonal import diagonal_encoding_example
from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.parts import check_equal_systems, check_parts, is_own_inverse
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.gates.turn_about_y import TurnAboutY
from bloqs.linear_systems.circuits.either_way import EitherWay
from bloqs.linear_systems.model.walk import Shape
from bloqs.qsvt.complement_phase import check_unit
from bloqs.qsvt.nonzero_reflection import NonzeroReflection
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wire, Wires
from estimator import symbols


@frozen(cache_hash=True)
class WalkStep(AbstractComposite):
    r"""One step of the walk of $H = |0\rangle\langle 1| \otimes A(f) Q + h.c.$, $Q = 1 - b
    b^\dagger$.

    $A(f) = (1 - f) + f A/\alpha$ for definite A. For any other one, $A(f) = (1 - f) Z + f
    (|0\rangle\langle 1| \otimes A/\alpha + h.c.)$ on one more qubit, the half, on whose zero b is.
    The coin is turned by $R_f$, $R_f|0\rangle \propto (1 - f)|0\rangle + f|1\rangle$, on one side
    and by a quarter turn on the other; it chooses between 1 (or Z) and A; it is turned back the
    other way, so that both sides share the call. The sign is turned where coin and ancillas are
    zero, but not where side, half and what is left of b are zero too; the side is flipped.

    The projection Q is in that reflection. Written as an encoding of its own it has a flag and two
    reflections about b on each side of the call: between steps they meet, commute with the flip
    and merge, and the flag is not needed.

    Args:
        encoding: block-encoding of $A$, without control, with at least one ancilla. If its circuit
            is its own inverse (`either_way.is_own_inverse`), one call serves both sides.
        vector: vector-encoding of b with alpha = 1, without control.
        phi: $\arctan(f/(1 - f))$. Unit: radians.
        shape: whether A is definite.
        is_controlled: whether a control decides between this and the identity, on states whose
            coin is zero where the control is.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        side: QBit.
        half: QBit, only if not definite.
        coin: QBit.
        system: QUInt(n).
        ancilla: QAny(a + f): the ancillas of A, then those of b.

    Cost: one controlled call of A (one of its inverse more if that is another circuit), one of b
        and one of its inverse; 4 rotations (8 if controlled); n + a + f AND (one more if the half
        is there, if controlled, or if the inverse is another circuit).

    Raises:
        ValueError: if the sizes differ, a part is controlled or errs by a negative number, A has no
            ancilla, or the alpha of b is not 1.

    Source: [CASSBB22] Sec. IV, with one reflection about b in place of four and a flag less.
    """

    encoding: AbstractBlockEncoding
    vector: AbstractVectorEncoding
    phi: SymbolicFloat
    shape: Shape = field(default="definite", kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_parts("walk", self.encoding)
        check_unit("walk", self.vector)
        check_equal_systems("walk", self.encoding, self.vector)
        a = self.encoding.ancilla_bitsize
        if not is_symbolic(a) and a < 1:
            raise ValueError(f"{self.encoding} has no ancilla; a walk needs at least one")

    @property
    def is_general(self) -> bool:
        """Whether there is a half."""
        return self.shape == "general"

    @property
    def signature(self) -> Signature:
        names = ["side", "half", "coin"] if self.is_general else ["side", "coin"]
        system = Register("system", QUInt(self.vector.system_bitsize))
        ancilla = Register("ancilla", QAny(self.ancilla_bitsize))
        bits = [Register(name, QBit()) for name in names]
        return Signature([*self.control_registers, *bits, system, ancilla])

    @cached_property
    def ancilla_bitsize(self) -> SymbolicInt:
        """Ancillas of A and of b. Unit: qubits."""
        return self.encoding.ancilla_bitsize + self.vector.ancilla_bitsize

    @property
    def reflection(self) -> Bloq:
        """About zero coin and ancillas, but for side, half and b."""
        rest = self.vector.system_bitsize + self.vector.ancilla_bitsize + 1 + int(self.is_general)
        reflection = NonzeroReflection(self.encoding.ancilla_bitsize + 1, rest)
        return with_control(reflection, self.is_controlled)

    @property
    def call(self) -> Bloq:
        """A where the coin is one; its inverse on one side or half, if that is another circuit."""
        if is_own_inverse(self.encoding):
            return controlled_form(self.encoding)
        return EitherWay(self.encoding)

    @property
    def angles(self) -> tuple[SymbolicFloat, SymbolicFloat, SymbolicFloat]:
        """Turns of the coin: before, after, and with the sign that the side says."""
        mean = self.phi + pi / 4
        return mean, -mean, pi / 4 - self.phi

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {
            "system": self.encoding.system_names,
            "ancilla": (
                ("flags of the matrix", self.encoding.ancilla_bitsize),
                ("flags of the vector", self.vector.ancilla_bitsize),
            ),
        }

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        before, after, between = self.angles
        turns: Counter[Bloq] = Counter()
        for angle in (before, after, between, between):
            if self.is_controlled:
                turns.update([TurnAboutY(angle / 2), TurnAboutY(-angle / 2)])
                turns[CZ()] += 2
            else:
                turns[TurnAboutY(angle)] += 1
        turns[CZ()] += 4
        if self.is_general:
            turns.update([CZ(), CNOT(), CZ() if self.is_controlled else ZGate()])
        turns[CNOT() if self.is_controlled else XGate()] += 1
        turns.update([self.call, self.vector.adjoint(), self.reflection, self.vector])
        return dict(turns)

    def write(self, wires: Wires) -> None:
        side, half, coin = ("side", 0), ("half", 0), ("coin", 0)
        a, ancilla = self.encoding.ancilla_bitsize, self.wires_of("ancilla")
        system, flags, rest = self.wires_of("system"), ancilla[:a], ancilla[a:]
        before, after, between = self.angles
        self._toss(wires, before, between)
        if self.is_general:
            if self.is_controlled:
                wires.cz(("ctrl", 0), half)
            else:
                wires.gate(ZGate(), q=half)
            wires.cz(coin, half)
        way = half if self.is_general else side
        names = {"ctrl": [coin], "coin": [coin], "way": [way]}
        taken = {reg.name for reg in self.call.signature}
        chosen = {name: bits for name, bits in names.items() if name in taken}
        wires.on(self.call, **chosen, system=system, ancilla=flags)
        if self.is_general:
            wires.cnot(coin, half)
        self._toss(wires, after, between)
        wires.on(self.vector.adjoint(), system=system, ancilla=rest)
        halves: list[Wire] = [half] if self.is_general else []
        about = {"flags": [coin, *flags], "rest": [side, *halves, *system, *rest]}
        wires.on(self.reflection, ctrl=self.control, **about)
        wires.on(self.vector, system=system, ancilla=rest)
        if self.is_controlled:
            wires.cnot(("ctrl", 0), side)
        else:
            wires.x(side)

    def _toss(self, wires: Wires, always: SymbolicFloat, signed: SymbolicFloat) -> None:
        """Turn the coin by one angle, and by another whose sign is turned where the side is one."""
        self._turn(wires, always)
        wires.cz(("side", 0), ("coin", 0))
        self._turn(wires, signed)
        wires.cz(("side", 0), ("coin", 0))

    def _turn(self, wires: Wires, angle: SymbolicFloat) -> None:
        if not self.is_controlled:
            wires.gate(TurnAboutY(angle), q=("coin", 0))
            return
        for half in (angle / 2, -angle / 2):
            wires.gate(TurnAboutY(half), q=("coin", 0))
            wires.cz(("ctrl", 0), ("coin", 0))

    def __str__(self) -> str:
        return f"WalkStep{'†' if self.is_adjoint else ''}({self.shape})"


@bloq_example(generalizer=SAME_CALLS)
def _walk_step() -> WalkStep:
    return WalkStep(diagonal_encoding_example.make(), loaded_vector_example.make(), 0.3)


@bloq_example(generalizer=SAME_CALLS)
def _walk_step_general() -> WalkStep:
    parts = diagonal_encoding_example.make(), loaded_vector_example.make()
    return WalkStep(*parts, 0.3, shape="general")


@bloq_example(generalizer=SAME_CALLS)
def _walk_step_controlled() -> WalkStep:
    parts = diagonal_encoding_example.make(), UniformVector(2)
    return WalkStep(*parts, 0.3, shape="general", is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _walk_step_symbolic() -> WalkStep:
    matrix = MatrixOracle(symbols.n, symbols.a, is_hermitian=True)
    return WalkStep(matrix, loaded_vector_symbolic_example.make(), symbols.theta)
