r"""One of two phases that depend on whether a register is zero."""

from functools import cached_property
from typing import Any

from attrs import evolve, frozen
from qualtran import (
    Bloq,
    DecomposeTypeError,
    QAny,
    QBit,
    Register,
    Signature,
    bloq_example,
)
from qualtran.bloqs.basic_gates import CNOT
from qualtran.resource_counting import BloqCountDictT, CostKey, QubitCount, SympySymbolAllocator
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBloq
from bloqs.gates.phase_rotation import PhaseRotation
from bloqs.qsvt.zero_check import compute_zero, uncompute_zero, zero_test_calls
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import AbstractWritten, Wire, Wires
from estimator import symbols


@frozen(cache_hash=True)
class PhasePair(AbstractWritten, AbstractBloq):
    r"""Applies $e^{\pm i \phi (2 \Pi - 1)}$ with a $\phi$ that a qubit chooses from two.

    $\Pi$ is the projector onto zero of the flags. A multiplexed rotation: what the two phases have
    in common is turned once, what they differ by once more between two CNOTs. The sense is that of
    the `sign` qubit, as in `ProjectorPhase`.

    Args:
        phi: the phase where `parity` is zero. Unit: radians.
        phi_odd: the phase where `parity` is one. Unit: radians.
        w: width of the flags, at least 1. Unit: qubits.
        is_controlled: whether a control decides between this and the identity.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        parity: QBit; zero wherever `ctrl` is zero, so the caller passes the AND of the two.
        sign: QBit; one turns the phase around.
        flags: QAny(w).

    Cost: w - 1 AND and 2 rotations (3 if controlled); w - 1 work qubits.

    Raises:
        ValueError: if w is below 1.

    Source: ours; [GSLW18] Thm. 56 chooses between whole sequences.
    """

    phi: SymbolicFloat
    phi_odd: SymbolicFloat
    w: SymbolicInt
    is_controlled: bool = False

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.w) and self.w < 1:
            raise ValueError(f"PhasePair needs at least one flag, got w={self.w}")

    @cached_property
    def signature(self) -> Signature:
        choices = ["ctrl"] * self.is_controlled + ["parity", "sign"]
        return Signature(
            [*(Register(name, QBit()) for name in choices), Register("flags", QAny(self.w))]
        )

    @property
    def turns(self) -> list[tuple[PhaseRotation, Wire | None]]:
        """The rotations, each with the wire that turns it around."""
        if self.is_controlled:  # they add up to zero, phi and phi_odd where they should
            return [
                (PhaseRotation(self.phi_odd / 2), None),
                (PhaseRotation(-self.phi / 2), ("ctrl", 0)),
                (PhaseRotation((self.phi - self.phi_odd) / 2), ("parity", 0)),
            ]
        return [
            (PhaseRotation((self.phi + self.phi_odd) / 2), None),
            (PhaseRotation((self.phi - self.phi_odd) / 2), ("parity", 0)),
        ]

    def refuse_symbols(self) -> None:
        if is_symbolic(self.w, self.phi, self.phi_odd):
            raise DecomposeTypeError(f"{self} has a symbolic size or phase, so it has no circuit")

    def write(self, wires: Wires) -> None:
        zero, steps = compute_zero(wires, [("flags", k) for k in range(self.w)])
        wires.cnot(("sign", 0), zero)
        for turn, around in self.turns:
            if around is not None:
                wires.cnot(around, zero)
            wires.gate(turn, q=zero)
            if around is not None:
                wires.cnot(around, zero)
        wires.cnot(("sign", 0), zero)
        uncompute_zero(wires, zero, steps)

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        gates: dict[Bloq, SymbolicInt] = {CNOT(): 6 if self.is_controlled else 4}
        for turn, _ in self.turns:
            gates[turn] = gates.get(turn, 0) + 1
        return gates | zero_test_calls(self.w)

    def adjoint(self) -> "PhasePair":
        return evolve(self, phi=-self.phi, phi_odd=-self.phi_odd)

    def my_static_costs(self, cost_key: CostKey[Any]) -> SymbolicInt:
        if isinstance(cost_key, QubitCount):
            return 2 * self.w + 1 + int(self.is_controlled)
        return NotImplemented

    def __str__(self) -> str:
        return f"PhasePair(w={self.w})"


@bloq_example(generalizer=SAME_CALLS)
def _phase_pair() -> PhasePair:
    return PhasePair(0.3, -0.7, w=3)


@bloq_example(generalizer=SAME_CALLS)
def _phase_pair_controlled() -> PhasePair:
    return PhasePair(0.3, -0.7, w=1, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _phase_pair_symbolic() -> PhasePair:
    return PhasePair(symbols.theta, 0.0, w=symbols.a)
