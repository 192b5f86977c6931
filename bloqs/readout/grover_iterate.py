"""Steps of the rotation between a prepared state and its good part."""

from attrs import evolve, field, frozen
from qualtran import Bloq, QAny, QUInt, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import GlobalPhase, ZGate
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractVectorEncoding, WireNames
from bloqs.composite import with_control
from bloqs.encodings.deamplified_vector import Deamplified
from bloqs.encodings.parts import check_parts
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.encodings.zero_reflection import ZeroReflection
from bloqs.readout.phase_estimation import AbstractIterate
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class GroverIterate(AbstractIterate):
    r"""Applies $Q^k$, $Q = -U (1 - 2|0\rangle\langle 0|) U^\dagger (1 - 2 P)$, P the flags in zero.

    On the plane of $U|0\rangle$ and its part with flags in zero, of length $\sin\theta =
    1/\alpha$, it turns by $2\theta$: its eigenvalues there are $e^{\pm 2 i \theta}$. Under a
    control the calls of U cancel where the reflections are off, so that they need none.

    Args:
        vector: vector-encoding with at least one ancilla, without control.
        times: k, at least 1; a symbol stands for an odd number.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n).
        ancilla: QAny(a).

    Cost: k calls of `vector` and k of its inverse, 2 k reflections about zero.

    Raises:
        ValueError: if `vector` has no ancilla, is controlled or errs by a negative number, or k is
            below 1.

    Source: [BHMT02] Sec. 2.
    """

    vector: AbstractVectorEncoding
    times: SymbolicInt = field(default=1, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_parts("amplitude estimation", self.vector)
        a = self.vector.ancilla_bitsize
        if not is_symbolic(a) and a < 1:
            raise ValueError(f"{self.vector} has no ancilla, so it always succeeds")
        if not is_symbolic(self.times) and self.times < 1:
            raise ValueError(f"an iterate takes at least one step, got {self.times}")

    def power(self, times: SymbolicInt) -> "GroverIterate":
        return evolve(self, times=self.times * times)

    @property
    def signature(self) -> Signature:
        system = Register("system", QUInt(self.vector.system_bitsize))
        ancilla = Register("ancilla", QAny(self.vector.ancilla_bitsize))
        return Signature([*self.control_registers, system, ancilla])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return self.vector.wire_names

    @property
    def reflections(self) -> tuple[Bloq, Bloq]:
        """About zero of the flags, and of all qubits."""
        a, n = self.vector.ancilla_bitsize, self.vector.system_bitsize
        flags, everything = ZeroReflection(a), ZeroReflection(a + n)
        control = self.is_controlled
        return with_control(flags, control), with_control(everything, control)

    @property
    def sign(self) -> Bloq | None:
        """Minus one of an odd number of steps: a Z on the control, or a global phase."""
        if not is_symbolic(self.times) and self.times % 2 == 0:
            return None
        return ZGate() if self.is_controlled else GlobalPhase(exponent=1.0)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: dict[Bloq, SymbolicInt] = dict.fromkeys(self.reflections, self.times)
        for step in (self.vector, self.vector.adjoint()):
            calls[step] = calls.get(step, 0) + self.times
        if self.sign is not None:
            calls[self.sign] = 1
        return calls

    def write(self, wires: Wires) -> None:
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        flags, everything = self.reflections
        for _ in range(int(self.times)):
            wires.on(flags, ctrl=self.control, x=ancilla)
            wires.on(self.vector.adjoint(), system=system, ancilla=ancilla)
            wires.on(everything, ctrl=self.control, x=[*ancilla, *system])
            wires.on(self.vector, system=system, ancilla=ancilla)
        if self.sign is not None:
            wires.gate(self.sign, **dict(zip(["q"], self.control, strict=False)))

    def __str__(self) -> str:
        return f"GroverIterate{'†' if self.is_adjoint else ''}({self.times} steps)"


@bloq_example(generalizer=SAME_CALLS)
def _grover_iterate() -> GroverIterate:
    return GroverIterate(Deamplified(UniformVector(2), 4))


@bloq_example(generalizer=SAME_CALLS)
def _grover_iterate_controlled() -> GroverIterate:
    return GroverIterate(Deamplified(UniformVector(2), 4), times=2, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _grover_iterate_symbolic() -> GroverIterate:
    return GroverIterate(VectorOracle(symbols.n, symbols.a), times=symbols.degree)
