"""Any unitary of a few qubits, down to elementary gates."""

from typing import Any

import numpy as np
from attrs import frozen
from qualtran import Bloq, DecomposeTypeError, QUInt, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CNOT, GlobalPhase
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import WireNames
from bloqs.communication import symbols
from bloqs.communication.circuits.multiplexed import Turn, turn_calls, write_turns
from bloqs.communication.circuits.shannon import taken_apart
from bloqs.communication.model.blocks import DenseBlock
from bloqs.composite import AbstractComposite
from bloqs.gates.phase_rotation import PhaseRotation
from bloqs.gates.phase_shift import PhaseShift
from bloqs.messages.party_block import PartyBlock
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator.costs.known import remembered
from estimator.symbols import theta

MOST_QUBITS = 8
"""Of a matrix that is taken apart: about a hundred thousand rotations."""


@frozen(cache_hash=True)
class DenseUnitary(AbstractComposite):
    """Applies a unitary matrix, its phase included.

    Args:
        n: width of the register. Unit: qubits.
        matrix: the rows of U, 2**n of 2**n numbers; `None` if only its size matters.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n).

    Cost: (3/2) (4**n - 2**n) rotations and (3/4) 4**n - (3/2) 2**n CNOTs. Controlled, 2 rotations
        and 2 CNOTs for each rotation, and 1 rotation for the phase.

    Raises:
        ValueError: if the matrix is not unitary, has another shape or too many qubits.

    Source: [SBM06], quantum Shannon decomposition, without its last optimisations.
    """

    n: SymbolicInt
    matrix: tuple[tuple[complex, ...], ...] | None = None

    def __attrs_post_init__(self) -> None:
        if self.matrix is None:
            return
        if self.n > MOST_QUBITS:
            raise ValueError(f"DenseUnitary takes at most {MOST_QUBITS} qubits, got {self.n}")
        if not DenseBlock("anyone", self.matrix).fits(self.n):
            raise ValueError(
                f"DenseUnitary on {self.n} qubits needs a matrix of side {2**self.n}, got "
                f"{len(self.matrix)}"
            )

    @classmethod
    def of(cls, block: DenseBlock) -> PartyBlock:
        """The block of a model as its owner runs it."""
        rows = tuple(tuple(map(complex, row)) for row in block.matrix)
        return PartyBlock(block.owner, cls(len(rows).bit_length() - 1, rows))

    @property
    def signature(self) -> Signature:
        return Signature([*self.control_registers, Register("system", QUInt(self.n))])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"system": (("features", self.n),)}

    @property
    def phase(self) -> Bloq:
        """The phase of the whole, or of the control's one."""
        angle = 0.0 if self.matrix is None else _parts(self)[1]
        return PhaseShift(angle) if self.is_controlled else GlobalPhase(exponent=angle / np.pi)

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        if self.matrix is not None:
            return {self.phase: 1, **turn_calls(_parts(self)[0], self.is_controlled)}
        half = 2 ** (self.n - 1)
        rotations, cnots = 3 * half * (2 * half - 1), 3 * half * (half - 1)
        return {
            self.phase: 1,
            PhaseRotation(theta): rotations * (2 if self.is_controlled else 1),
            CNOT(): cnots + (2 * rotations if self.is_controlled else 0),
        }

    def write(self, wires: Wires) -> None:
        if self.matrix is None:
            raise DecomposeTypeError(f"{self} has a symbolic size, so it has no circuit")
        write_turns(wires, _parts(self)[0], self.wires_of("system"), self.control)
        wires.gate(self.phase, **dict(zip(["q"], self.control, strict=False)))

    def __str__(self) -> str:
        return f"DenseUnitary{'†' if self.is_adjoint else ''}({self.n} qubits)"


@remembered
def _parts(bloq: Any) -> tuple[list[Turn], float]:
    return taken_apart(bloq.matrix)


SHEAR = ((0.6, 0.0, 0.8j, 0.0), (0.0, 1.0, 0.0, 0.0), (0.8j, 0.0, 0.6, 0.0), (0.0, 0.0, 0.0, -1.0))
"""Mixes two of four basis states and gives another a sign."""


@bloq_example(generalizer=SAME_CALLS)
def _dense_unitary() -> DenseUnitary:
    return DenseUnitary(2, SHEAR)


@bloq_example(generalizer=SAME_CALLS)
def _dense_unitary_controlled() -> DenseUnitary:
    return DenseUnitary(1, ((0.6j, 0.8), (0.8j, -0.6)), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _dense_unitary_symbolic() -> DenseUnitary:
    return DenseUnitary(symbols.n)
