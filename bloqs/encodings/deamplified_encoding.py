"""A block-encoding of the same operator with a larger alpha."""

import sympy
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.bloqs.basic_gates import CNOT, Hadamard
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBlockEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.encodings.diagonal import DiagonalEncoding
from bloqs.encodings.parts import check_parts
from bloqs.gates.phase_rotation import PhaseRotation
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class DeamplifiedEncoding(AbstractComposite, AbstractBlockEncoding):
    r"""Encodes the same operator with $\tau \alpha$ in place of $\alpha$, as a sum may want it.

    A flag of its own is turned by $e^{-i \phi X}$, $\cos\phi = 1/\tau$, and stays in zero with
    that amplitude, whatever the other ancillas do.

    Args:
        encoding: block-encoding of $A$, without control.
        tau: the factor, at least 1: no rotation of a flag makes an alpha smaller. Unit: 1.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(system_bitsize).
        ancilla: QAny(a + 1): the ancillas of `encoding`, then the flag. Starts in zero; finding
            zero again flags success.

    Encodes: $A$ with alpha = tau alpha_A and epsilon = epsilon_A (spectral norm).

    Cost: one call of `encoding` and one rotation; controlled, two rotations.

    Raises:
        ValueError: if tau is below 1, or `encoding` is controlled or errs by a negative number.

    Source: [RHGPR25] Lem. B.9 with one ancilla less.
    """

    encoding: AbstractBlockEncoding
    tau: SymbolicFloat

    def __attrs_post_init__(self) -> None:
        check_parts("de-amplified encoding", self.encoding)
        if not is_symbolic(self.tau) and not self.tau >= 1:
            raise ValueError(f"a de-amplified encoding needs tau >= 1, got tau={self.tau}")

    @property
    def alpha(self) -> SymbolicFloat:
        return self.tau * self.encoding.alpha

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.encoding.epsilon

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.encoding.system_bitsize

    @property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.encoding.ancilla_bitsize + 1

    @property
    def system_names(self) -> WireNames:
        return self.encoding.system_names

    @property
    def ancilla_names(self) -> WireNames:
        return (("flags of the encoding", self.encoding.ancilla_bitsize), ("shortening flag", 1))

    @property
    def phi(self) -> SymbolicFloat:
        """Angle of the flag. Unit: radians."""
        angle = sympy.acos(1 / sympy.sympify(self.tau))
        return angle if is_symbolic(angle) else float(angle)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls = {with_control(self.encoding, self.is_controlled): 1, Hadamard(): 2}
        if not self.is_controlled:
            return {**calls, PhaseRotation(self.phi): 1}
        half = PhaseRotation(self.phi / 2)
        calls[CNOT()] = 2
        for turn in (half, half.adjoint()):
            calls[turn] = calls.get(turn, 0) + 1
        return calls

    def write(self, wires: Wires) -> None:
        system, ancilla = self.wires_of("system"), self.wires_of("ancilla")
        flag = ancilla.pop()
        step = with_control(self.encoding, self.is_controlled)
        wires.on(step, ctrl=self.control, system=system, ancilla=ancilla)
        wires.gate(Hadamard(), q=flag)
        if self.is_controlled:
            half = PhaseRotation(self.phi / 2)
            wires.gate(half, q=flag)
            wires.cnot(("ctrl", 0), flag)
            wires.gate(half.adjoint(), q=flag)
            wires.cnot(("ctrl", 0), flag)
        else:
            wires.gate(PhaseRotation(self.phi), q=flag)
        wires.gate(Hadamard(), q=flag)

    def __str__(self) -> str:
        return f"Deamplified{'†' if self.is_adjoint else ''}[{type(self.encoding).__name__}]"


@bloq_example(generalizer=SAME_CALLS)
def _deamplified_encoding() -> DeamplifiedEncoding:
    return DeamplifiedEncoding(DiagonalEncoding(loaded_vector_example.make()), 2.5)


@bloq_example(generalizer=SAME_CALLS)
def _deamplified_encoding_controlled() -> DeamplifiedEncoding:
    return DeamplifiedEncoding(
        DiagonalEncoding(loaded_vector_example.make()), 1, is_controlled=True
    )


@bloq_example(generalizer=SAME_CALLS)
def deamplified_encoding_symbolic_example() -> DeamplifiedEncoding:
    return DeamplifiedEncoding(
        DiagonalEncoding(loaded_vector_symbolic_example.make()), symbols.gamma
    )
