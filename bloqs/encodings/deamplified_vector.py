"""Shorten an encoded vector on purpose."""

import math
from collections import Counter
from functools import cached_property

import sympy
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.bloqs.basic_gates import CNOT, Hadamard
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.abstract import AbstractVectorEncoding, WireNames
from bloqs.composite import AbstractComposite, with_control
from bloqs.data_loading.loaded_vector import loaded_vector_example, loaded_vector_symbolic_example
from bloqs.encodings.parts import check_parts
from bloqs.gates.phase_rotation import PhaseRotation
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols


@frozen(cache_hash=True)
class Deamplified(AbstractComposite, AbstractVectorEncoding):
    r"""Encodes the same vector with alpha larger by a factor $\tau$.

    A flag of its own is turned by $e^{-i \theta X}$, $\cos\theta = 1/\tau$, and stays in zero with
    that amplitude. Nothing has to know whether the other ancillas are zero.

    Args:
        vector: vector-encoding $(\alpha, a, e)$, without control.
        tau: the factor, at least 1. Unit: 1.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.
        ancilla: QAny(a + 1): the ancillas of `vector`, then the flag. Starts in zero; finding zero
            again flags success.

    Encodes: the vector with alpha = tau alpha and epsilon = e (l2 norm): the error shrinks
        together with the vector.

    Cost: one call of `vector` and 1 rotation; controlled, 2 rotations.

    Raises:
        ValueError: if tau is below 1, or `vector` is controlled or errs by a negative number.

    Source: [RHGPR25] Lem. B.9, with a + 1 ancillas in place of a + 2 and no AND of a of them.
    """

    vector: AbstractVectorEncoding
    tau: SymbolicFloat

    def __attrs_post_init__(self) -> None:
        check_parts("de-amplified vector", self.vector)
        tau = sympy.sympify(self.tau)
        if tau.is_number and not tau >= 1:
            raise ValueError(f"a de-amplified vector needs a factor tau >= 1, got tau={self.tau}")

    @property
    def theta(self) -> SymbolicFloat:
        """Angle of the flag's rotation. Unit: radians."""
        tau = sympy.sympify(self.tau)
        return math.acos(1 / tau) if tau.is_number else sympy.acos(1 / tau)

    @property
    def alpha(self) -> SymbolicFloat:
        return self.tau * self.vector.alpha

    @property
    def epsilon(self) -> SymbolicFloat:
        return self.vector.epsilon

    @property
    def system_bitsize(self) -> SymbolicInt:
        return self.vector.system_bitsize

    @cached_property
    def ancilla_bitsize(self) -> SymbolicInt:
        return self.vector.ancilla_bitsize + 1

    @property
    def system_names(self) -> WireNames:
        return self.vector.system_names

    @property
    def ancilla_names(self) -> WireNames:
        return (("flags of the vector", self.vector.ancilla_bitsize), ("shortening flag", 1))

    @property
    def turn(self) -> list[Bloq]:
        """The rotation about Z between the flag's Hadamard gates, controlled if this is."""
        if not self.is_controlled:
            return [PhaseRotation(self.theta)]
        return [PhaseRotation(self.theta / 2), CNOT(), PhaseRotation(-self.theta / 2), CNOT()]

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        prepare = with_control(self.vector, self.is_controlled)
        return dict(Counter([prepare, Hadamard(), *self.turn, Hadamard()]))

    def write(self, wires: Wires) -> None:
        *ancilla, flag = self.wires_of("ancilla")
        prepare = with_control(self.vector, self.is_controlled)
        wires.on(prepare, ctrl=self.control, system=self.wires_of("system"), ancilla=ancilla)
        wires.gate(Hadamard(), q=flag)
        for gate in self.turn:
            if gate == CNOT():
                wires.cnot(("ctrl", 0), flag)
            else:
                wires.gate(gate, q=flag)
        wires.gate(Hadamard(), q=flag)

    def __str__(self) -> str:
        return f"Deamplified{'†' if self.is_adjoint else ''}(n={self.system_bitsize})"


@bloq_example(generalizer=SAME_CALLS)
def deamplified_example() -> Deamplified:
    return Deamplified(loaded_vector_example.make(), tau=1.5)


@bloq_example(generalizer=SAME_CALLS)
def _deamplified_controlled() -> Deamplified:
    return Deamplified(loaded_vector_example.make(), tau=1.0, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def deamplified_symbolic_example() -> Deamplified:
    return Deamplified(loaded_vector_symbolic_example.make(), tau=symbols.kappa)
