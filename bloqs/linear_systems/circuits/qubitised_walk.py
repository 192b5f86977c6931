"""Powers of the walk whose phases are the eigenvalues of a block-encoded matrix."""

from attrs import evolve, field, frozen
from qualtran import Bloq, QAny, QBit, QUInt, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CNOT, GlobalPhase, XGate, ZGate
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, WireNames
from bloqs.composite import controlled_form, with_control
from bloqs.encodings.diagonal import diagonal_encoding_example
from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.parts import check_parts, is_own_inverse
from bloqs.encodings.zero_reflection import ZeroReflection
from bloqs.linear_systems.circuits.either_way import EitherWay
from bloqs.readout.phase_estimation import AbstractIterate
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wire, Wires
from estimator import symbols


@frozen(cache_hash=True)
class QubitisedWalk(AbstractIterate):
    r"""Applies $W^k$, $W = (2 |0\rangle\langle 0| - 1) V$, for a V that is its own inverse.

    On an eigenvector of the encoded Hermitian matrix with eigenvalue $\alpha\cos\theta$ and flags
    in zero, W has the eigenvalues $e^{\pm i\theta}$, half of each. If the circuit U is its own
    inverse, V is U. If not, A need not be Hermitian: V is $|0\rangle\langle 1| \otimes U +
    |1\rangle\langle 0| \otimes U^\dagger$ on one more qubit, the half, whose eigenvalues are plus
    and minus the singular values.

    Two V cancel where the reflections are off, so that a control needs the reflections, and one V
    where k is odd.

    Args:
        encoding: U, a block-encoding with at least one ancilla, without control.
        times: k, at least 1; a symbol stands for an odd number.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        half: QBit, only if U is not its own inverse.
        system: QUInt(n).
        ancilla: QAny(a).

    Cost: k calls of U, or k controlled calls of it and k of its inverse; k reflections about zero.

    Raises:
        ValueError: if U is controlled, errs by a negative number or has no ancilla, or k is below
            1.

    Source: [LC19] Sec. 4; the saved controls as in [BGBWMPFN18] Sec. II.
    """

    encoding: AbstractBlockEncoding
    times: SymbolicInt = field(default=1, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_parts("walk", self.encoding)
        a = self.encoding.ancilla_bitsize
        if not is_symbolic(a) and a < 1:
            raise ValueError(f"{self.encoding} has no ancilla; a walk needs at least one")
        if not is_symbolic(self.times) and self.times < 1:
            raise ValueError(f"a walk takes at least one step, got {self.times}")

    def power(self, times: SymbolicInt) -> "QubitisedWalk":
        return evolve(self, times=self.times * times)

    @property
    def has_half(self) -> bool:
        """Whether there is one more qubit, for a circuit that is not its own inverse."""
        return not is_own_inverse(self.encoding)

    @property
    def signature(self) -> Signature:
        half = [Register("half", QBit())] if self.has_half else []
        system = Register("system", QUInt(self.encoding.system_bitsize))
        ancilla = Register("ancilla", QAny(self.encoding.ancilla_bitsize))
        return Signature([*self.control_registers, *half, system, ancilla])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        half = {"half": (("half", 1),)} if self.has_half else {}
        return {
            **half,
            "system": self.encoding.system_names,
            "ancilla": self.encoding.ancilla_names,
        }

    @property
    def is_odd(self) -> bool:
        """Whether the number of steps is; symbols are taken to be."""
        return is_symbolic(self.times) or int(self.times) % 2 == 1

    @property
    def reflection(self) -> Bloq:
        """About zero of the flags."""
        return with_control(ZeroReflection(self.encoding.ancilla_bitsize), self.is_controlled)

    @property
    def sign(self) -> Bloq:
        """Minus one, of an odd number of reflections that turn the sign of zero."""
        return ZGate() if self.is_controlled else GlobalPhase(exponent=1.0)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: dict[Bloq, SymbolicInt] = {self.reflection: self.times}
        under = 1 if self.is_controlled and self.is_odd else 0
        plain = self.times - under
        if self.is_odd:
            calls[self.sign] = 1
        if not self.has_half:
            calls[self.encoding] = plain
            if under:
                call = controlled_form(self.encoding)
                calls[call] = calls.get(call, 0) + 1
            return calls
        for each in (self.encoding, self.encoding.adjoint()):
            call = controlled_form(each)
            calls[call] = calls.get(call, 0) + plain
        calls[XGate()] = plain
        if under:
            calls |= {EitherWay(self.encoding): 1, CNOT(): 1}
        return {bloq: times for bloq, times in calls.items() if is_symbolic(times) or times}

    def write(self, wires: Wires) -> None:
        ancilla = self.wires_of("ancilla")
        rest: dict[str, list[Wire]] = {"system": self.wires_of("system"), "ancilla": ancilla}
        for k in range(int(self.times)):
            self._call(wires, self.is_controlled and self.is_odd and k == 0, rest)
            wires.on(self.reflection, ctrl=self.control, x=ancilla)
        if self.is_odd:
            wires.gate(self.sign, **dict(zip(["q"], self.control, strict=False)))

    def _call(self, wires: Wires, under_control: bool, rest: dict[str, list[Wire]]) -> None:
        half: Wire = ("half", 0)
        if not self.has_half:
            wires.on(with_control(self.encoding, under_control), ctrl=self.control, **rest)
        elif under_control:
            wires.on(EitherWay(self.encoding), coin=self.control, way=[half], **rest)
            wires.cnot(("ctrl", 0), half)
        else:
            wires.on(controlled_form(self.encoding), ctrl=[half], **rest)
            wires.x(half)
            wires.on(controlled_form(self.encoding.adjoint()), ctrl=[half], **rest)

    def __str__(self) -> str:
        return f"QubitisedWalk{'†' if self.is_adjoint else ''}({self.times} steps)"


@bloq_example(generalizer=SAME_CALLS)
def _qubitised_walk() -> QubitisedWalk:
    return QubitisedWalk(diagonal_encoding_example.make(), times=3)


@bloq_example(generalizer=SAME_CALLS)
def _qubitised_walk_controlled() -> QubitisedWalk:
    return QubitisedWalk(diagonal_encoding_example.make(), times=1, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _qubitised_walk_symbolic() -> QubitisedWalk:
    matrix = MatrixOracle(symbols.n, symbols.a, is_hermitian=True)
    return QubitisedWalk(matrix, times=symbols.degree)
