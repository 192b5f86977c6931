r"""A rotation about a string of Pauli matrices, $e^{-i \theta P/2}$."""

import math
from collections import Counter
from itertools import pairwise
from typing import Any

from attrs import field, frozen
from qualtran import Bloq, QUInt, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CNOT, GlobalPhase, Hadamard, SGate
from qualtran.bloqs.mcmt import And
from qualtran.resource_counting import CostKey, QubitCount
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import WireNames
from bloqs.communication.model.blocks import Gate
from bloqs.communication.model.pauli import check_letters
from bloqs.composite import AbstractComposite
from bloqs.gates.phase_rotation import PhaseRotation
from bloqs.gates.phase_shift import PhaseShift
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wire, Wires
from estimator import symbols
from estimator.costs.keys import PeakQubits


@frozen(cache_hash=True)
class PauliRotation(AbstractComposite):
    r"""Applies $e^{-i \theta P/2}$, the first letter of P on qubit 0, which is most significant.

    Args:
        letters: of P, one of I, X, Y, Z for each qubit.
        angle: theta. Unit: radians.
        on: a qubit with the letter I that must be one for it to act; none if empty.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt of as many qubits as there are letters.

    Cost: 1 rotation and 2 (w - 1) CNOTs for w letters other than I; 2 rotations and 2 CNOTs more
        if it is controlled or has a qubit `on`, and 1 AND if it is both.

    Raises:
        ValueError: if a letter is none of the four, there is none, or `on` has another letter.

    Source: [GMSM24], whose trainable gates these are; the circuit is elementary.
    """

    letters: str
    angle: SymbolicFloat
    on: tuple[int, ...] = field(default=(), kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_letters(self.letters, max(1, len(self.letters)))
        if not is_symbolic(self.angle):
            Gate(self.letters, float(self.angle), control=self.on[0] if self.on else None)

    @classmethod
    def of(cls, gate: Gate) -> "PauliRotation":
        """The circuit of a gate of a model."""
        return cls(gate.letters, gate.angle, on=() if gate.control is None else (gate.control,))

    @property
    def signature(self) -> Signature:
        system = Register("system", QUInt(len(self.letters)))
        return Signature([*self.control_registers, system])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"system": (("features", len(self.letters)),)}

    @property
    def support(self) -> list[int]:
        """Qubits on which it acts."""
        return [k for k, letter in enumerate(self.letters) if letter != "I"]

    @property
    def switches(self) -> int:
        """How many qubits decide whether it acts."""
        return int(self.is_controlled) + len(self.on)

    @property
    def turns(self) -> list[Bloq]:
        """The rotations, in order; two of them have a CNOT after each."""
        if not self.support:
            if self.switches:
                return [PhaseShift(-self.angle / 2)]
            return [GlobalPhase(exponent=-self.angle / (2 * math.pi))]
        if self.switches:
            return [PhaseRotation(self.angle / 4), PhaseRotation(-self.angle / 4)]
        return [PhaseRotation(self.angle / 2)]

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        calls: Counter[Any] = Counter(self.turns)
        calls[CNOT()] = 2 * max(len(self.support) - 1, 0)
        if self.switches and self.support:
            calls[CNOT()] += 2
        if self.switches == 2:
            calls.update({And(): 1, And().adjoint(): 1})
        for letter in self.letters:
            calls.update(step for step in (*BASIS[letter], *back(letter)))
        return dict(calls)

    def write(self, wires: Wires) -> None:
        system, support = self.wires_of("system"), self.support
        when: list[Wire] = [*self.control, *(system[each] for each in self.on)]
        if self.switches == 2:
            wires.compute_and(when[0], when[1], ("both", 0))
        switch = [("both", 0)] if self.switches == 2 else when
        for k in support:
            for gate in BASIS[self.letters[k]]:
                wires.gate(gate, q=system[k])
        for k, after in pairwise(support):
            wires.cnot(system[k], system[after])
        for turn in self.turns:
            if not support:
                wires.gate(turn, **dict(zip(["q"], switch, strict=False)))
                continue
            wires.gate(turn, q=system[support[-1]])
            for each in switch:
                wires.cnot(each, system[support[-1]])
        for k, after in reversed([*pairwise(support)]):
            wires.cnot(system[k], system[after])
        for k in support:
            for gate in back(self.letters[k]):
                wires.gate(gate, q=system[k])
        if self.switches == 2:
            wires.uncompute_and(when[0], when[1], ("both", 0))

    def my_static_costs(self, cost_key: CostKey) -> Any:
        if self.switches == 2 and isinstance(cost_key, (PeakQubits, QubitCount)):
            return self.signature.n_qubits() + 1
        return super().my_static_costs(cost_key)

    def __str__(self) -> str:
        mark = "†" if self.is_adjoint else ""
        return f"PauliRotation{mark}({self.letters})"[:75]


BASIS: dict[str, tuple[Bloq, ...]] = {
    "I": (),
    "X": (Hadamard(),),
    "Y": (SGate(is_adjoint=True), Hadamard()),
    "Z": (),
}
"""Gates that turn each letter into Z, in order."""


def back(letter: str) -> tuple[Bloq, ...]:
    """Their inverses, in order."""
    return tuple(gate.adjoint() for gate in reversed(BASIS[letter]))


@bloq_example(generalizer=SAME_CALLS)
def _pauli_rotation() -> PauliRotation:
    return PauliRotation("XIYZ", 0.3)


@bloq_example(generalizer=SAME_CALLS)
def _pauli_rotation_controlled() -> PauliRotation:
    return PauliRotation("YX", 0.3, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _pauli_rotation_on_a_qubit() -> PauliRotation:
    return PauliRotation("XIZ", 0.7, on=(1,))


@bloq_example(generalizer=SAME_CALLS)
def _pauli_rotation_symbolic() -> PauliRotation:
    return PauliRotation("XZ", symbols.theta)
