"""Amplification of singular values one half to one, exactly."""

import sympy
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.bloqs.basic_gates import GlobalPhase, ZGate
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.encodings.deamplified_encoding import DeamplifiedEncoding
from bloqs.encodings.diagonal import diagonal_encoding_symbolic_example
from bloqs.encodings.parts import check_parts
from bloqs.encodings.projector import ProjectorEncoding
from bloqs.encodings.zero_reflection import ZeroReflection
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires


@frozen(cache_hash=True)
class ExactAmplification(AbstractComposite, AbstractBlockEncoding):
    r"""Encodes the same operator with half the alpha, if $A/\alpha$ has singular values 0 and 1/2.

    With the reflection $R = 1 - 2 |0\rangle\langle 0|$ of the ancillas, $U R U^\dagger R U$ encodes
    $T_3(B) = 4 B B^\dagger B - 3 B$ for $B = A/\alpha$, which takes 1/2 to -1. The sign is made
    good by a global phase, on the control if there is one.

    Args:
        encoding: block-encoding of $A$, without control, with at least one ancilla; all singular
            values of $A/\alpha$ are 0 or 1/2.
        is_controlled: whether a control decides between this and the identity. One of the three
            calls needs it; without the reflections the others cancel.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(system_bitsize).
        ancilla: that of `encoding`. Starts in zero; finding zero again flags success.

    Encodes: $A$ with alpha = alpha_A / 2 and, e and alpha those of `encoding`, epsilon =
        2 e + 3 e**2 / alpha + 2 e**3 / alpha**2 (spectral norm): half alpha times the change of
        T_3 under a change of e / alpha at singular values of at most 1/2.

    Cost: three calls of `encoding` or its inverse, 2 (a - 2) AND for a ancillas; controlled,
        2 (a - 1) AND.

    Raises:
        ValueError: if `encoding` has no ancilla, is controlled or errs by a negative number.

    Source: [RHGPR25] Lem. B.4 with the opposite sign and no ancilla more; [GSLW18] Thm. 28.
    """

    encoding: AbstractBlockEncoding

    def __attrs_post_init__(self) -> None:
        check_parts("amplification", self.encoding)
        a = self.encoding.ancilla_bitsize
        if not is_symbolic(a) and a < 1:
            raise ValueError(f"{self.encoding} has no ancilla, so it has no singular value 1/2")

    @property
    def alpha(self) -> SymbolicFloat:
        return self.encoding.alpha / 2

    @property
    def epsilon(self) -> SymbolicFloat:
        e, alpha = sympy.sympify(self.encoding.epsilon), self.encoding.alpha
        return 2 * e + 3 * e**2 / alpha + 2 * e**3 / alpha**2

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
    def sign(self) -> Bloq:
        """Minus one: a Z on the control, or a global phase."""
        return ZGate() if self.is_controlled else GlobalPhase(exponent=1)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: dict[Bloq, SymbolicInt] = {self.reflection: 2, self.sign: 1}
        first = with_control(self.encoding, self.is_controlled)
        for step in (first, self.encoding.adjoint(), self.encoding):
            calls[step] = calls.get(step, 0) + 1
        return calls

    def write(self, wires: Wires) -> None:
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        first = with_control(self.encoding, self.is_controlled)
        for k, step in enumerate((first, self.encoding.adjoint(), self.encoding)):
            if k:
                wires.on(self.reflection, ctrl=self.control, x=ancilla)
            wires.on(step, ctrl=self.control, system=system, ancilla=ancilla)
        wires.gate(self.sign, **dict(zip(["q"], self.control, strict=False)))

    def __str__(self) -> str:
        return f"ExactAmplification{'†' if self.is_adjoint else ''}"


@bloq_example(generalizer=SAME_CALLS)
def _exact_amplification() -> ExactAmplification:
    half = DeamplifiedEncoding(ProjectorEncoding(1, 2, 2, swaps=False), 2)
    return ExactAmplification(half)


@bloq_example(generalizer=SAME_CALLS)
def _exact_amplification_controlled() -> ExactAmplification:
    half = DeamplifiedEncoding(ProjectorEncoding(1, 2, 2, swaps=True), 2)
    return ExactAmplification(half, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def exact_amplification_symbolic_example() -> ExactAmplification:
    return ExactAmplification(diagonal_encoding_symbolic_example.make())
