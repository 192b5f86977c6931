"""One gate on a list of pairs: a ring, a ladder, all pairs."""

from collections import Counter
from typing import Any

from attrs import field, frozen
from qualtran import Bloq, QAny, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CNOT, Toffoli
from qualtran.resource_counting import CostKey
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import WireNames
from bloqs.composite import AbstractListed, with_control
from bloqs.contrastive import symbols as own
from bloqs.contrastive.circuits.turned_pair import TurnedPair
from bloqs.contrastive.model.angle_list import Angles, as_angles, check_angles, in_pieces
from bloqs.contrastive.model.ansatz_parts import (
    ANGLES,
    PATTERNS,
    Pair,
    check_width,
    number_of_pairs,
)
from bloqs.gates.controlled_turn import ControlledTurnAboutX, ControlledTurnAboutZ
from bloqs.gates.pair_turn import RXX, RZX
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols
from estimator.costs.keys import CnotDepth, TwoQubitDepth

TURNS: dict[str, tuple[Any, tuple[str, str]]] = {
    "CRX": (ControlledTurnAboutX, ("when", "q")),
    "CRZ": (ControlledTurnAboutZ, ("when", "q")),
    "RXX": (RXX, ("x", "y")),
    "RZX": (RZX, ("x", "y")),
}
"""Gates with one angle: class, and registers of the first and second qubit of a pair."""

CNOTS_EACH = {"CX": 1, "TDC": 1, **dict.fromkeys(TURNS, 2)}
"""CNOTs of each gate, in a row."""


@frozen(cache_hash=True)
class Entangler(AbstractListed):
    r"""Applies a gate to pairs of qubits, one pair after another.

    Args:
        pattern: of the pairs, one of `model.ansatz_parts.PATTERNS`: ring, falling-ring, skip-ring,
            all-to-all, reverse-ladder, star or bricks.
        gate: CX, CRX, CRZ, RXX, RZX or TDC, as in `model.ansatz_parts.Pairs`.
        width: W, at least 2. Unit: qubits.
        angles: pair by pair; empty for a circuit that is only counted. Unit: radians.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        q: QAny(width), qubit 0 most significant.

    Cost: 2 rotations and 2 CNOTs for each CRX and CRZ, 1 rotation and 2 CNOTs for each RXX and
        RZX; a ring has W pairs, all-to-all W (W - 1)/2, a ladder and a star W - 1, bricks
        2 floor(W/2).

    Raises:
        ValueError: if pattern or gate is unknown, W is below 2, the skip-ring is of width 3, where
            a qubit would control itself, or the angles are not as many finite numbers as needed.

    Source: [JAXAKJ22], its code; [SJA19] Fig. 2 for circuits 13 to 15 and 19, whose second rings
        are others from width 5 on.
    """

    pattern: str
    gate: str
    width: SymbolicInt
    angles: Angles = field(default=(), converter=as_angles)

    def __attrs_post_init__(self) -> None:
        if self.pattern not in PATTERNS:
            raise ValueError(f"a pattern is one of {', '.join(PATTERNS)}, got {self.pattern!r}")
        if self.gate not in ANGLES:
            raise ValueError(f"a gate on pairs is one of {', '.join(ANGLES)}, got {self.gate!r}")
        check_width("Entangler", self.width)
        if self.pattern == "skip-ring" and self.width == 3:
            raise ValueError("a skip-ring does not exist at W=3, where a qubit controls itself")
        check_angles("Entangler", self.angles, ANGLES[self.gate] * self.pairs)

    @property
    def pairs(self) -> SymbolicInt:
        """Number of gates."""
        return number_of_pairs(self.pattern, self.width)

    @property
    def signature(self) -> Signature:
        return Signature([*self.control_registers, Register("q", QAny(self.width))])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"q": (("features", self.width),)}

    def bloq(self, angles: Angles) -> Bloq:
        """The gate with its angles, under the control if there is one."""
        if self.gate == "CX":
            return Toffoli() if self.is_controlled else CNOT()
        if self.gate == "TDC":
            return with_control(TurnedPair(angles), self.is_controlled)
        (angle,) = angles or (symbols.theta,)
        kind, _ = TURNS[self.gate]
        turn: Bloq = kind(angle, is_controlled=self.is_controlled)
        return turn

    @property
    def placed(self) -> list[tuple[Bloq, Pair]]:
        """The gates in order and their pairs, for a width that is a number."""
        pairs = PATTERNS[self.pattern](int(self.width))
        pieces = in_pieces(self.angles, [ANGLES[self.gate]] * len(pairs))
        return [(self.bloq(angles), pair) for angles, pair in zip(pieces, pairs, strict=True)]

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        if not self.angles:
            return {self.bloq(()): self.pairs}
        return dict(Counter(bloq for bloq, _ in self.placed))

    def write(self, wires: Wires) -> None:
        q = self.wires_of("q")
        first, second = TURNS[self.gate][1] if self.gate in TURNS else ("x", "y")
        for bloq, (one, two) in self.placed:
            if self.gate == "CX" and self.is_controlled:
                wires.toffoli(("ctrl", 0), q[one], q[two])
            elif self.gate == "CX":
                wires.cnot(q[one], q[two])
            else:
                control = {"ctrl": ("ctrl", 0)} if self.is_controlled else {}
                wires.gate(bloq, **control, **{first: q[one], second: q[two]})

    def my_static_costs(self, cost_key: CostKey) -> Any:
        is_known = not self.is_controlled and not is_symbolic(self.width)
        if is_known and isinstance(cost_key, (CnotDepth, TwoQubitDepth)):
            each = CNOTS_EACH[self.gate] if isinstance(cost_key, CnotDepth) else 1
            return each * longest_chain(PATTERNS[self.pattern](int(self.width)))
        return super().my_static_costs(cost_key)

    def __str__(self) -> str:
        return f"{self.pattern} of {self.gate}{'†' if self.is_adjoint else ''}"


def longest_chain(pairs: list[Pair]) -> int:
    """Layers of gates on pairs, each as soon as its two qubits are free. Unit: layers."""
    ready: dict[int, int] = {}
    for pair in pairs:
        ready.update(dict.fromkeys(pair, 1 + max(ready.get(qubit, 0) for qubit in pair)))
    return max(ready.values(), default=0)


@bloq_example(generalizer=SAME_CALLS)
def _ring_entangler() -> Entangler:
    return Entangler("ring", "CRX", 3, (0.3, -1.2, 2.0))


@bloq_example(generalizer=SAME_CALLS)
def _ring_entangler_controlled() -> Entangler:
    return Entangler("ring", "CRZ", 2, (0.3, -1.2), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _all_to_all_entangler() -> Entangler:
    return Entangler("all-to-all", "CX", 4)


@bloq_example(generalizer=SAME_CALLS)
def _reverse_ladder_controlled() -> Entangler:
    return Entangler("reverse-ladder", "CX", 3, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _brick_entangler() -> Entangler:
    return Entangler("bricks", "TDC", 3, tuple(0.3 * k for k in range(1, 9)))


@bloq_example(generalizer=SAME_CALLS)
def _star_entangler() -> Entangler:
    return Entangler("star", "RZX", 3, (0.3, -1.2))


@bloq_example(generalizer=SAME_CALLS)
def _ring_entangler_symbolic() -> Entangler:
    return Entangler("ring", "CRX", own.W)
