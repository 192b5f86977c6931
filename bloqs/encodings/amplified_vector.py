"""Amplitude amplification of an encoded vector by a given number of rounds."""

import math

import sympy
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.bloqs.basic_gates import GlobalPhase, ZGate
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractVectorEncoding
from bloqs.composite import AbstractComposite, with_control
from bloqs.encodings.deamplified_vector import Deamplified
from bloqs.encodings.parts import check_parts
from bloqs.encodings.uniform_vector import UniformVector
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.encodings.zero_reflection import ZeroReflection
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols
from estimator.drawing.outline import Outline, in_row


@frozen(cache_hash=True)
class AmplifiedVector(AbstractComposite, AbstractVectorEncoding):
    r"""Encodes the same vector with $1/\sin((2 r + 1)\theta)$ for $\alpha = 1/\sin\theta$.

    With reflections about zero of the flags and about zero of all qubits, $r$ rounds
    $U R_{all} U^\dagger R_{flags}$ after $U$ turn the state by $2 r \theta$ towards the branch
    with flags in zero. The sign $(-1)^r$ that reflections $1 - 2|0\rangle\langle 0|$ leave is made
    good by a global phase, on the control if there is one.

    Args:
        vector: the vector-encoding, without control, with at least one ancilla.
        rounds: r, at least 1, with (2 r + 1) theta below pi; `linear_systems.model.amplification`
            says how many cost least.
        is_controlled: whether a control decides between this and the identity. One of the calls
            and the reflections need it.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: that of `vector`. Starts in zero; finding zero again flags success.

    Encodes: the vector with alpha = 1 / sin((2 r + 1) theta) and, e that of `vector`, epsilon =
        2 e + (4 r + 1) alpha e tan(theta): twice e for the direction, the rest for the length, a
        change of T_d, d = 2 r + 1, by at most (2 d - 1) / cos(theta) times that of its argument,
        e sin(theta), as in `ObliviousAmplification`.

    Cost: 2 r + 1 calls of `vector` or its inverse, r reflections of a and of a + n qubits.

    Raises:
        ValueError: if rounds is below 1, (2 r + 1) theta is not below pi, or `vector` has no
            ancilla, is controlled or errs by a negative number.

    Source: [BHMT02] Thm. 2.
    """

    vector: AbstractVectorEncoding
    rounds: SymbolicInt

    def __attrs_post_init__(self) -> None:
        check_parts("amplification", self.vector)
        if not is_symbolic(self.rounds) and self.rounds < 1:
            raise ValueError(f"amplification needs rounds >= 1, got {self.rounds}")
        a = self.vector.ancilla_bitsize
        if not is_symbolic(a) and a < 1:
            raise ValueError(f"{self.vector} has no ancilla, so it has length one already")
        turned = sympy.sympify(self.turned)
        if turned.is_number and not float(turned) < math.pi:
            raise ValueError(
                f"{self.rounds} rounds turn the state beyond half a turn at alpha="
                f"{float(self.vector.alpha):g}; take fewer"
            )

    @property
    def theta(self) -> SymbolicFloat:
        """Angle of the state before. Unit: radians."""
        return sympy.asin(1 / sympy.sympify(self.vector.alpha))

    @property
    def turned(self) -> SymbolicFloat:
        """Angle of the state after. Unit: radians."""
        return (2 * self.rounds + 1) * self.theta

    @property
    def alpha(self) -> SymbolicFloat:
        return 1 / sympy.sin(self.turned)

    @property
    def epsilon(self) -> SymbolicFloat:
        e = sympy.sympify(self.vector.epsilon)
        return 2 * e + (4 * self.rounds + 1) * self.alpha * e * sympy.tan(self.theta)

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.vector.system_bitsize

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.vector.ancilla_bitsize

    @property
    def reflections(self) -> tuple[ZeroReflection, ZeroReflection]:
        """About zero of the flags, and of all qubits; controlled if there is a control."""
        a, n = self.ancilla_bitsize, self.system_bitsize
        return (
            ZeroReflection(a, is_controlled=self.is_controlled),
            ZeroReflection(a + n, is_controlled=self.is_controlled),
        )

    @property
    def sign(self) -> Bloq | None:
        """Minus one for odd rounds: a Z on the control, or a global phase."""
        if not is_symbolic(self.rounds) and self.rounds % 2 == 0:
            return None
        return ZGate() if self.is_controlled else GlobalPhase(exponent=1)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: dict[Bloq, SymbolicInt] = dict.fromkeys(self.reflections, self.rounds)
        if self.sign is not None:
            calls[self.sign] = 1
        first = with_control(self.vector, self.is_controlled)
        for step, times in (
            (first, 1),
            (self.vector.adjoint(), self.rounds),
            (self.vector, self.rounds),
        ):
            calls[step] = calls.get(step, 0) + times
        return calls

    @property
    def outline(self) -> Outline:
        """The first run and the first round, at any size."""
        names = tuple(name for name, _ in self.system_names)
        wires = (
            *(("control", 1),) * int(self.is_controlled),
            *self.system_names,
            ("flags", self.ancilla_bitsize),
        )
        flags, everything = self.reflections
        first = with_control(self.vector, self.is_controlled)
        on = (*names, "flags")
        more = [] if not is_symbolic(self.rounds) and self.rounds == 1 else [None]
        sign = [(self.sign, ("control",))] if self.sign is not None and self.is_controlled else []
        steps = (
            (first, ("control", *on)),
            (flags, ("control", "flags")),
            (self.vector.adjoint(), on),
            (everything, ("control", *on)),
            (self.vector, on),
            *more,
            *sign,
        )
        note = "first round, \N{MULTIPLICATION SIGN} how often each is taken in all"
        return in_row(wires, steps, self.calls, note, self.is_adjoint)

    def write(self, wires: Wires) -> None:
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        flags, everything = self.reflections
        first = with_control(self.vector, self.is_controlled)
        wires.on(first, ctrl=self.control, system=system, ancilla=ancilla)
        for _ in range(self.rounds):
            wires.on(flags, ctrl=self.control, x=ancilla)
            wires.on(self.vector.adjoint(), system=system, ancilla=ancilla)
            wires.on(everything, ctrl=self.control, x=[*ancilla, *system])
            wires.on(self.vector, system=system, ancilla=ancilla)
        if self.sign is not None:
            wires.gate(self.sign, **dict(zip(["q"], self.control, strict=False)))

    def __str__(self) -> str:
        return f"Amplified{'†' if self.is_adjoint else ''}({self.rounds} rounds)"


@bloq_example(generalizer=SAME_CALLS)
def _amplified_vector() -> AmplifiedVector:
    return AmplifiedVector(Deamplified(UniformVector(2), 4), 1)


@bloq_example(generalizer=SAME_CALLS)
def _amplified_vector_twice_controlled() -> AmplifiedVector:
    return AmplifiedVector(Deamplified(UniformVector(2), 5), 2, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _amplified_vector_symbolic() -> AmplifiedVector:
    vector = Deamplified(VectorOracle(symbols.n, symbols.a), symbols.gamma)
    return AmplifiedVector(vector, symbols.degree)
