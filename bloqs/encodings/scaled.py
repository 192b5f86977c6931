"""A block-encoded operator times a number."""

import cmath
import math

from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.bloqs.basic_gates import GlobalPhase
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.encodings.diagonal import diagonal_encoding_example, diagonal_encoding_symbolic_example
from bloqs.encodings.parts import check_parts
from bloqs.gates.phase_shift import gates_of_phase, phase_of
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class ScaledEncoding(AbstractComposite, AbstractBlockEncoding):
    r"""Encodes $z A$: the circuit of $A$, its alpha times $|z|$, and the phase of $z$.

    Args:
        encoding: block-encoding of $A$, without control.
        factor: z, real or complex, not zero; a symbol must be known to be real to cost no rotation
            under control.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(system_bitsize).
        ancilla: that of `encoding`. Starts in zero; finding zero again flags success.

    Encodes: $z A$ with alpha = |z| alpha_A and epsilon = |z| epsilon_A (spectral norm).

    Cost: one call of `encoding`. A phase is free, and matters, as a global one; on a control it
        is a Z for negative z and one rotation for z that is not real.

    Raises:
        ValueError: if z is zero or not finite, or `encoding` is controlled or errs by a negative
            number.

    Source: elementary; the phase of a controlled form is [GSLW18] Lem. 52 with one term.
    """

    encoding: AbstractBlockEncoding
    factor: complex | SymbolicFloat

    def __attrs_post_init__(self) -> None:
        check_parts("scaled encoding", self.encoding)
        if is_symbolic(self.factor):
            return
        if self.factor == 0 or not cmath.isfinite(complex(self.factor)):
            raise ValueError(
                f"a scaled encoding needs a finite factor that is not zero, got {self.factor}"
            )

    @property
    def alpha(self) -> SymbolicFloat:
        return abs(self.factor) * self.encoding.alpha

    @property
    def epsilon(self) -> SymbolicFloat:
        return abs(self.factor) * self.encoding.epsilon

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
    def turns(self) -> list[Bloq]:
        """The phase: on the control, or on everything."""
        phase = phase_of(self.factor)
        if self.is_controlled:
            return gates_of_phase(phase)
        return [GlobalPhase(exponent=phase / math.pi)] if phase != 0 else []

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        return dict.fromkeys([with_control(self.encoding, self.is_controlled), *self.turns], 1)

    def write(self, wires: Wires) -> None:
        step = with_control(self.encoding, self.is_controlled)
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        wires.on(step, ctrl=self.control, system=system, ancilla=ancilla)
        for turn in self.turns:
            wires.gate(turn, **dict(zip(["q"], self.control, strict=False)))

    def __str__(self) -> str:
        return f"Scaled{'†' if self.is_adjoint else ''}[{type(self.encoding).__name__}]"


@bloq_example(generalizer=SAME_CALLS)
def _scaled_encoding() -> ScaledEncoding:
    return ScaledEncoding(diagonal_encoding_example.make(), -2.5)


@bloq_example(generalizer=SAME_CALLS)
def _scaled_encoding_complex() -> ScaledEncoding:
    return ScaledEncoding(diagonal_encoding_example.make(), 1.0 - 2.0j, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def scaled_encoding_symbolic_example() -> ScaledEncoding:
    return ScaledEncoding(diagonal_encoding_symbolic_example.make(), -symbols.gamma)
