"""An exact state preparation without work qubits, small enough to be simulated."""

import math

import numpy as np
from attrs import field, frozen
from qualtran import Bloq, DecomposeTypeError, QUInt, Register, Signature, bloq_example
from qualtran.bloqs.basic_gates import CNOT
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import WireNames
from bloqs.communication import symbols
from bloqs.communication.circuits.multiplexed import Turn, chosen, turn_calls, write_turns
from bloqs.communication.model.blocks import check_data, scaled
from bloqs.composite import AbstractComposite
from bloqs.gates.turn_about_y import TurnAboutY
from bloqs.messages.private import Private
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator.symbols import theta


@frozen(cache_hash=True)
class VectorTree(AbstractComposite):
    r"""Prepares $\sum_x d_x |x\rangle / \lVert d \rVert$ from zero, for real data d.

    Level k turns qubit k by an angle for each value of the qubits before it; signs are in the last
    level. The angles of a level are taken apart by a Gray code, a rotation and a CNOT for each.

    Args:
        n: width of the register. Unit: qubits.
        data: 2**n real numbers, not all zero, somebody's own or everybody's; `None` if only their
            number matters.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        system: QUInt(n). Starts in zero.

    Cost: N - 1 rotations and N - 2 CNOTs, N = 2**n; controlled, 2 (N - 1) rotations and
        3 N - 4 CNOTs.

    Raises:
        ValueError: if the data are of another length, not finite, all zero or complex.

    Source: [SBM06], multiplexed rotations, for real amplitudes.
    """

    n: SymbolicInt
    data: tuple[float, ...] | Private | None = field(default=None)

    def __attrs_post_init__(self) -> None:
        if self.data is not None:
            found = np.array(self.values)
            check_data(found, self.n)
            if found.dtype.kind == "c":
                raise ValueError("VectorTree loads real data, got complex numbers")

    @property
    def values(self) -> tuple[float, ...]:
        """The data themselves."""
        given = self.data.value if isinstance(self.data, Private) else self.data
        return tuple(given or ())

    @property
    def signature(self) -> Signature:
        return Signature([*self.control_registers, Register("system", QUInt(self.n))])

    @property
    def wire_names(self) -> dict[str, WireNames]:
        """What its registers hold; see `estimator.drawing.wire_names`."""
        return {"system": (("features", self.n),)}

    @property
    def angles(self) -> list[list[float]]:
        """Of each level, one for each value of the qubits before. Unit: radians."""
        levels, rest = [], scaled(np.array(self.values, dtype=float))
        while len(rest) > 1:
            zero, one = rest[0::2], rest[1::2]
            levels.append([2 * math.atan2(y, x) for x, y in zip(zero, one, strict=True)])
            rest = np.hypot(zero, one)
        return levels[::-1]

    @property
    def calls(self) -> dict[Bloq, SymbolicInt]:
        if self.data is not None:
            return turn_calls(self._turns, self.is_controlled)
        size, halves = 2**self.n, 2 if self.is_controlled else 1
        cnots = size - 2 + (2 * (size - 1) if self.is_controlled else 0)
        return {TurnAboutY(theta): (size - 1) * halves, CNOT(): cnots}

    @property
    def _turns(self) -> list[Turn]:
        return [x for k, level in enumerate(self.angles) for x in chosen("Y", level, k, range(k))]

    def write(self, wires: Wires) -> None:
        if self.data is None:
            raise DecomposeTypeError(f"{self} has a symbolic size, so it has no circuit")
        write_turns(wires, self._turns, self.wires_of("system"), self.control)

    def __str__(self) -> str:
        return f"VectorTree{'†' if self.is_adjoint else ''}(2**{self.n} entries)"


@bloq_example(generalizer=SAME_CALLS)
def _vector_tree() -> VectorTree:
    return VectorTree(3, (0.5, -1.0, 0.0, 2.0, 0.0, 0.0, -0.3, 1.0))


@bloq_example(generalizer=SAME_CALLS)
def _vector_tree_controlled() -> VectorTree:
    return VectorTree(2, Private("Alice", (0.5, -1.0, 0.0, 2.0)), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _vector_tree_symbolic() -> VectorTree:
    return VectorTree(symbols.n)
