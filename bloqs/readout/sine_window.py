"""The amplitudes of a clock that make large errors of an estimated phase rare."""

from math import pi

from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.bloqs.basic_gates import CNOT, Hadamard, SGate
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractVectorEncoding
from bloqs.composite import AbstractComposite, with_control
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.gates.phase_rotation import PhaseRotation
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class SineWindow(AbstractComposite, AbstractVectorEncoding):
    r"""Prepares $\sqrt{2/T} \sum_t \sin(\pi (t + 1/2)/T)\, |t\rangle$, $T = 2^m$, exactly.

    A sine is a difference of two exponentials, each of which is a product of qubits, and here they
    are orthogonal: the first qubit says which, the others turn one way or the other about Z by
    half as much each time, and a Hadamard on the first brings both together. The amplitudes are
    real and positive, and no qubit is needed beside.

    Args:
        m: log2 of the length, at least 1. Unit: qubits.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(m). Starts in zero.

    Encodes: the vector with alpha = 1 and epsilon = 0, without ancillas.

    Cost: m - 1 rotations; controlled, 2 (m - 1) rotations and 2 m T.

    Raises:
        ValueError: if m is below 1.

    Source: [HHL09], its first step, for the amplitudes; the circuit is derived.
    """

    m: SymbolicInt

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.m) and self.m < 1:
            raise ValueError(f"a window needs at least one qubit, got m={self.m}")

    @property
    def alpha(self) -> SymbolicFloat:
        return 1

    @property
    def epsilon(self) -> SymbolicFloat:
        return 0

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.m

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return 0

    @property
    def start(self) -> Bloq:
        """All amplitudes equal."""
        return with_control(UniformVector(self.m), self.is_controlled)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        others, control = self.m - 1, self.is_controlled
        calls: dict[Bloq, SymbolicInt] = {
            self.start: 1,
            Hadamard(): 2,
            SGate(): 1,
            SGate().adjoint(): 1,
            CNOT(): others * (4 if control else 2),
        }
        if is_symbolic(self.m):
            return {**calls, PhaseRotation(symbols.theta): others * (2 if control else 1)}
        for k in range(1, self.m):
            calls |= dict.fromkeys(self._turns(k), 1)
        return calls

    def _turns(self, k: int) -> list[Bloq]:
        """Of qubit k, about Z; the second one, if there is a control, between two CNOT."""
        half = -pi / 2 ** (k + 2)
        if self.is_controlled:
            return [PhaseRotation(half / 2), PhaseRotation(-half / 2)]
        return [PhaseRotation(half)]

    def write(self, wires: Wires) -> None:
        first, *others = self.wires_of("system")
        wires.on(self.start, ctrl=self.control, system=[first, *others])
        wires.gate(SGate(), q=first)
        wires.h(first)
        for k, q in enumerate(others, 1):
            wires.cnot(first, q)
            turn, *back = self._turns(k)
            wires.gate(turn, q=q)
            for gate in back:
                wires.cnot(("ctrl", 0), q)
                wires.gate(gate, q=q)
                wires.cnot(("ctrl", 0), q)
            wires.cnot(first, q)
        wires.h(first)
        wires.gate(SGate().adjoint(), q=first)

    def __str__(self) -> str:
        return f"SineWindow{'†' if self.is_adjoint else ''}(m={self.m})"


@bloq_example(generalizer=SAME_CALLS)
def _sine_window() -> SineWindow:
    return SineWindow(4)


@bloq_example(generalizer=SAME_CALLS)
def _sine_window_controlled() -> SineWindow:
    return SineWindow(3, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _sine_window_symbolic() -> SineWindow:
    return SineWindow(symbols.m)
