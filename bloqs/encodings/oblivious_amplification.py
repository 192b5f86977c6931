"""Oblivious amplitude amplification: lift one known singular value to one, exactly."""

import math

import sympy
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.bloqs.basic_gates import GlobalPhase, ZGate
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.encodings.deamplified_encoding import DeamplifiedEncoding
from bloqs.encodings.diagonal import diagonal_encoding_symbolic_example
from bloqs.encodings.parts import ROUNDING, check_parts
from bloqs.encodings.projector import ProjectorEncoding
from bloqs.encodings.zero_reflection import ZeroReflection
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class ObliviousAmplification(AbstractComposite, AbstractBlockEncoding):
    r"""Encodes the same operator with $\alpha \sin(\pi/2d)$ in place of $\alpha$, $d = 2r + 1$.

    For a unitary $A$ with $\alpha = 1/\sin(\pi/2d)$ the result has alpha one. In general all
    singular values of $A/\alpha$ must be 0 or $\sin(\pi/2d)$. With the reflection $R = 1 - 2
    |0\rangle\langle 0|$ of the ancillas, $r$ rounds $(U R U^\dagger R)^r U$ encode the Chebyshev
    polynomial $T_d(A/\alpha)$, which takes that value to $(-1)^r$, whatever the input is. The sign
    is made good by a global phase, on the control if there is one. One round is
    `ExactAmplification`, with the same circuit.

    Args:
        encoding: block-encoding of $A$, without control, with at least one ancilla. Where alpha is
            smaller than needed, `DeamplifiedEncoding` makes it larger.
        rounds: r, at least 1.
        is_controlled: whether a control decides between this and the identity. One of the d calls
            needs it; without the reflections the others cancel.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(system_bitsize).
        ancilla: that of `encoding`. Starts in zero; finding zero again flags success.

    Encodes: $A$ with alpha = alpha_A sin(pi / 2d) and, e that of `encoding`, epsilon =
        (2 d - 1) e tan(pi / 2d) (spectral norm), about pi e however many rounds there are: with
        $T_d(x) - T_d(y) = (x - y)(U_{d-1}(y) + 2\sum_{k=1}^{d-1} T_k(x)\, U_{d-1-k}(y))$, of which
        every $|T_k|$ is at most 1, and $|U_k|$ at most $1/\cos(\pi/2d)$ at the singular values.

    Cost: 2 r + 1 calls of `encoding` or its inverse, 2 r (a - 2) AND for a ancillas; controlled,
        2 r (a - 1) AND.

    Raises:
        ValueError: if rounds is below 1, or `encoding` has no ancilla, is controlled or errs by a
            negative number.

    Source: [GSLW18] Thm. 28; [RHGPR25] Lem. B.4 is one round.
    """

    encoding: AbstractBlockEncoding
    rounds: SymbolicInt

    def __attrs_post_init__(self) -> None:
        check_parts("amplification", self.encoding)
        if not is_symbolic(self.rounds) and self.rounds < 1:
            raise ValueError(f"oblivious amplification needs rounds >= 1, got {self.rounds}")
        a = self.encoding.ancilla_bitsize
        if not is_symbolic(a) and a < 1:
            raise ValueError(f"{self.encoding} has no ancilla, so there is nothing to amplify")

    @classmethod
    def of_unitary(cls, encoding: AbstractBlockEncoding) -> "ObliviousAmplification":
        r"""A block-encoded unitary with alpha one, by the fewest rounds.

        Alpha is first made as large as the next $1/\sin(\pi/2d)$, if it is none already.

        Args:
            encoding: of a unitary, with alpha above 1.

        Raises:
            ValueError: if alpha is not above 1 or not a number.
        """
        number = sympy.sympify(encoding.alpha)
        if not number.is_number or not number > 1:
            raise ValueError(
                f"amplification of a unitary needs a number alpha > 1, got {encoding.alpha}"
            )
        alpha = float(number)
        rounds = math.ceil((math.pi / (2 * math.asin(1 / alpha)) - 1) / 2 * (1 - ROUNDING))
        needed = 1 / math.sin(math.pi / (4 * rounds + 2))
        if needed > alpha * (1 + ROUNDING):
            encoding = DeamplifiedEncoding(encoding, needed / alpha)
        return cls(encoding, rounds)

    @property
    def degree(self) -> SymbolicInt:
        """d, the number of calls."""
        return 2 * self.rounds + 1

    @property
    def alpha(self) -> SymbolicFloat:
        return self.encoding.alpha * sympy.sin(sympy.pi / (2 * self.degree))

    @property
    def epsilon(self) -> SymbolicFloat:
        grown = (2 * self.degree - 1) * sympy.tan(sympy.pi / (2 * self.degree))
        return grown * self.encoding.epsilon

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.encoding.system_bitsize

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.encoding.ancilla_bitsize

    @property
    def system_names(self) -> WireNames:
        return self.encoding.system_names

    @property
    def ancilla_names(self) -> WireNames:
        return (("flags of the encoding", self.encoding.ancilla_bitsize),)

    @property
    def reflection(self) -> ZeroReflection:
        """R, controlled if there is a control."""
        return ZeroReflection(self.ancilla_bitsize, is_controlled=self.is_controlled)

    @property
    def sign(self) -> Bloq | None:
        """Minus one for odd rounds: a Z on the control, or a global phase."""
        if not is_symbolic(self.rounds) and self.rounds % 2 == 0:
            return None
        return ZGate() if self.is_controlled else GlobalPhase(exponent=1)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: dict[Bloq, SymbolicInt] = {self.reflection: 2 * self.rounds}
        if self.sign is not None:
            calls[self.sign] = 1
        first = with_control(self.encoding, self.is_controlled)
        back, on = self.encoding.adjoint(), self.encoding
        for step, times in ((first, 1), (back, self.rounds), (on, self.rounds)):
            calls[step] = calls.get(step, 0) + times
        return calls

    def write(self, wires: Wires) -> None:
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        for k in range(self.degree):
            if k:
                wires.on(self.reflection, ctrl=self.control, x=ancilla)
            step = self.encoding.adjoint() if k % 2 else self.encoding
            step = step if k else with_control(step, self.is_controlled)
            wires.on(step, ctrl=self.control, system=system, ancilla=ancilla)
        if self.sign is not None:
            wires.gate(self.sign, **dict(zip(["q"], self.control, strict=False)))

    def __str__(self) -> str:
        return f"ObliviousAmplification{'†' if self.is_adjoint else ''}({self.rounds} rounds)"


@bloq_example(generalizer=SAME_CALLS)
def _oblivious_amplification() -> ObliviousAmplification:
    fifth = DeamplifiedEncoding(ProjectorEncoding(1, 2, 2, swaps=False), 1 + math.sqrt(5))
    return ObliviousAmplification(fifth, 2)


@bloq_example(generalizer=SAME_CALLS)
def _oblivious_amplification_controlled() -> ObliviousAmplification:
    half = DeamplifiedEncoding(ProjectorEncoding(1, 2, 2, swaps=True), 2)
    return ObliviousAmplification(half, 1, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def oblivious_amplification_symbolic_example() -> ObliviousAmplification:
    return ObliviousAmplification(diagonal_encoding_symbolic_example.make(), symbols.degree)
