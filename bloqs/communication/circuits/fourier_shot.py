"""A model whose data are phases: one run, whose loss is a Fourier series of the datum."""

from collections.abc import Sequence
from math import isfinite
from typing import Any

import numpy as np
from attrs import field, frozen
from qualtran import Bloq, DecomposeTypeError, QUInt, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CNOT, GlobalPhase
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import WireNames
from bloqs.communication import symbols
from bloqs.communication.circuits.dense_unitary import DenseUnitary
from bloqs.communication.circuits.multiplexed import Turn, chosen, turn_calls, write_turns
from bloqs.communication.circuits.party_chain import AbstractPartyChain
from bloqs.communication.circuits.pauli_block import PauliBlock
from bloqs.communication.circuits.pauli_rotation import PauliRotation
from bloqs.communication.model.blocks import DenseBlock
from bloqs.composite import AbstractComposite
from bloqs.gates.phase_rotation import PhaseRotation
from bloqs.gates.phase_shift import PhaseShift
from bloqs.messages.party_block import PartyBlock
from bloqs.messages.private import Private
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator.symbols import theta


@frozen(cache_hash=True)
class PhaseLayer(AbstractComposite):
    r"""Applies $\mathrm{diag}(e^{i \lambda_m x})$.

    Level k turns qubit k about Z by an angle for each value of the qubits before it.

    Args:
        n: width of the register. Unit: qubits.
        scales: lambda, N = 2**n numbers; empty if only their number matters.
        datum: x, somebody's own; `None` as before.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n).

    Cost: N - 1 rotations and N - 2 CNOTs; controlled, 2 N - 1 rotations and 3 N - 4 CNOTs.

    Raises:
        ValueError: if there are not N finite numbers, or the datum is no finite number.

    Source: [SSM21], data in phases; [SBM06], multiplexed rotations.
    """

    n: SymbolicInt
    scales: tuple[float, ...] = field(default=())
    datum: Private | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        if self.datum is None:
            return
        if len(self.scales) != 2**self.n or not np.isfinite([*self.scales, self.datum.value]).all():
            raise ValueError(
                f"PhaseLayer on {self.n} qubits needs {2**self.n} finite scales and a finite "
                f"datum, got {len(self.scales)} and {self.datum.value}"
            )
        largest = max(map(abs, self.scales))
        if not isfinite(largest * float(self.datum.value)):
            raise ValueError(
                f"PhaseLayer needs phases that a double holds, got a scale of {largest:g} times "
                f"the datum {self.datum.value:g}"
            )

    @property
    def phases(self) -> Any:
        """Of each basis state; empty if there is no datum. Unit: radians."""
        x = 0.0 if self.datum is None else self.datum.value
        return np.array(self.scales, dtype=float) * x

    @property
    def turns(self) -> list[Turn]:
        """Rotations, the last qubit's first."""
        rest, found = self.phases, list[Turn]()
        for k in reversed(range(int(self.n))):
            found += chosen("Z", rest[1::2] - rest[0::2], k, range(k))
            rest = (rest[0::2] + rest[1::2]) / 2
        return found

    @property
    def phase(self) -> Bloq:
        """The phase of the whole, or of the control's one."""
        angle = 0.0 if self.datum is None else float(np.mean(self.phases))
        return PhaseShift(angle) if self.is_controlled else GlobalPhase(exponent=angle / np.pi)

    @property
    def signature(self) -> Signature:
        return Signature([*self.control_registers, Register("system", QUInt(self.n))])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"system": (("features", self.n),)}

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        if self.datum is not None:
            return {self.phase: 1, **turn_calls(self.turns, self.is_controlled)}
        rotations, halves = 2**self.n - 1, 2 if self.is_controlled else 1
        cnots = 2**self.n - 2 + (2 * rotations if self.is_controlled else 0)
        return {self.phase: 1, PhaseRotation(theta): rotations * halves, CNOT(): cnots}

    def write(self, wires: Wires) -> None:
        if self.datum is None:
            raise DecomposeTypeError(f"{self} has a symbolic size, so it has no circuit")
        write_turns(wires, self.turns, self.wires_of("system"), self.control)
        wires.gate(self.phase, **dict(zip(["q"], self.control, strict=False)))

    def __str__(self) -> str:
        return f"PhaseLayer{'†' if self.is_adjoint else ''}(2**{self.n} phases)"


@frozen(cache_hash=True)
class FourierShot(AbstractPartyChain):
    r"""Blocks $W_0, \ldots, W_L$ with the data in phases between them.

    Args:
        n: width of the register. Unit: qubits.
        blocks: W_0 and one after each layer, a party's each, on a register `system`.
        layers: of data, their owner's each.
        times: how often all but W_0 are run. Unit: times.
        is_controlled: whether a control decides between this and the identity; it is sent along.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero, with the owner of W_0; its qubit 0 is read at the end.

    Cost: that of its parts, and a message of n qubits wherever the owner changes: 2 L if data and
        blocks have two owners.

    Raises:
        ValueError: if there is no layer, not one block more than layers, or a part is on another
            register.

    Source: [SSM21]; [GMSM24], models of several parties.
    """

    n: SymbolicInt
    blocks: tuple[PartyBlock, ...]
    layers: tuple[PartyBlock, ...]
    times: SymbolicInt = field(default=1)

    def __attrs_post_init__(self) -> None:
        if not self.layers or len(self.blocks) != len(self.layers) + 1:
            raise ValueError(
                f"FourierShot has one block more than layers of data, at least one of these, got "
                f"{len(self.blocks)} and {len(self.layers)}"
            )
        wanted = Signature([Register("system", QUInt(self.n))])
        for part in (*self.blocks, *self.layers):
            if part.signature != wanted:
                raise ValueError(f"FourierShot is on {self.n} qubits called system, got {part}")
        if not is_symbolic(self.times) and self.times < 1:
            raise ValueError(f"FourierShot is run at least once, got {self.times}")

    @classmethod
    def of(
        cls, blocks: Sequence[Any], scales: Sequence[Sequence[float]], x: float
    ) -> "FourierShot":
        """Bob's unitaries, and Alice's datum between them.

        Args:
            blocks: L + 1 unitaries of shape (N, N).
            scales: of each layer of data, shape (L, N).
            x: the datum.
        """
        n, datum = (len(blocks[0]) - 1).bit_length(), Private("Alice", float(x))
        layers = [PhaseLayer(n, tuple(map(float, scale)), datum) for scale in scales]
        return cls(
            n,
            tuple(DenseUnitary.of(DenseBlock("Bob", block)) for block in blocks),
            tuple(PartyBlock("Alice", layer) for layer in layers),
        )

    @property
    def width(self) -> SymbolicInt:
        return self.n

    @property
    def opening(self) -> tuple[PartyBlock, ...]:
        return self.blocks[:1]

    @property
    def parts(self) -> tuple[PartyBlock, ...]:
        pairs = zip(self.layers, self.blocks[1:], strict=True)
        return tuple(part for pair in pairs for part in pair)

    @property
    def repeats(self) -> SymbolicInt:
        return self.times

    def __str__(self) -> str:
        number = len(self.layers) * self.times
        return f"FourierShot{'†' if self.is_adjoint else ''}({number} layers of data)"


def _phase_layer_of(x: float) -> PhaseLayer:
    return PhaseLayer(2, (0.0, 1.0, 4.0, 6.0), Private("Alice", x))


def _blocks(number: int) -> tuple[PartyBlock, ...]:
    gates = (PauliRotation("XZ", 0.3), PauliRotation("YX", -1.1))
    return tuple(PartyBlock("Bob", PauliBlock(2, gates[: 1 + k % 2])) for k in range(number))


@bloq_example(generalizer=SAME_CALLS)
def _phase_layer() -> PhaseLayer:
    return _phase_layer_of(0.7)


@bloq_example(generalizer=SAME_CALLS)
def _phase_layer_controlled() -> PhaseLayer:
    return PhaseLayer(1, (0.0, 1.0), Private("Alice", 0.7), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def fourier_shot_example() -> FourierShot:
    layers = tuple(PartyBlock("Alice", _phase_layer_of(0.7)) for _ in range(2))
    return FourierShot(2, _blocks(3), layers)


@bloq_example(generalizer=SAME_CALLS)
def _fourier_shot_controlled() -> FourierShot:
    layers = (PartyBlock("Alice", _phase_layer_of(-0.4)),)
    return FourierShot(2, _blocks(2), layers, is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def fourier_shot_symbolic_example() -> FourierShot:
    block = PartyBlock("Bob", PauliBlock(symbols.n, number=symbols.P))
    layers = (PartyBlock("Alice", PhaseLayer(symbols.n)),)
    return FourierShot(symbols.n, (block, block), layers, symbols.L)
