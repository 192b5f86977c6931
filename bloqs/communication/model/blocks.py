"""A model as a list of blocks, each held by a party."""

import math
from collections.abc import Iterable
from typing import Any, ClassVar, Literal

import numpy as np
from attrs import field, frozen

from bloqs.communication.model.groups import group_sizes
from bloqs.communication.model.outline import Outline
from bloqs.communication.model.pauli import State, apply_pauli, apply_rotation, check_letters
from bloqs.communication.model.rounding import as_tuple

Readout = Literal["Z", "projector"]
"""How qubit 0 is read: as Z, values 1 and -1, or as the projector on 0, values 1 and 0."""

UNITARY = 1e-9
"""How far U^+ U of a dense block may be from the identity, entry by entry."""


def _finite(angle: object) -> float:
    if isinstance(angle, bool) or not isinstance(angle, (int, float)) or not math.isfinite(angle):
        raise ValueError(f"an angle is a finite number of radians, got {angle!r}")
    return float(angle)


@frozen
class Gate:
    """One rotation exp(-i angle/2 P), with a control if it has one.

    Args:
        letters: the Pauli string P.
        angle: its angle. Unit: radians.
        is_trainable: whether the angle is a parameter.
        parameter: name of the parameter, where several gates share one; empty otherwise.
        control: qubit that must be 1 for the gate to act, outside the support of P.
    """

    letters: str
    angle: float = field(converter=_finite)
    is_trainable: bool = True
    parameter: str = ""
    control: int | None = None

    def __attrs_post_init__(self) -> None:
        check_letters(self.letters, len(self.letters))
        if self.control is not None and (
            not 0 <= self.control < len(self.letters) or self.letters[self.control] != "I"
        ):
            raise ValueError(
                f"a control is a qubit on which the string has an I, got {self.control} for "
                f"{self.letters}"
            )

    def apply(self, state: State) -> State:
        """The gate on a state of shape (2**n,)."""
        turned = apply_rotation(self.letters, self.angle, state)
        return turned if self.control is None else np.where(self.control_is_on(), turned, state)

    def undo(self, state: State) -> State:
        """Its inverse on a state of shape (2**n,)."""
        turned = apply_rotation(self.letters, -self.angle, state)
        return turned if self.control is None else np.where(self.control_is_on(), turned, state)

    def generate(self, state: State) -> State:
        """P on a state, nothing where the control is off: the generator of the gate."""
        moved = apply_pauli(self.letters, state)
        return moved if self.control is None else np.where(self.control_is_on(), moved, 0)

    def control_is_on(self) -> Any:
        """Whether each basis state has the control at 1; shape (2**n,)."""
        n = len(self.letters)
        assert self.control is not None
        return (np.arange(2**n) >> (n - 1 - self.control)) & 1 == 1


def _owner(name: object) -> str:
    if not isinstance(name, str) or not name.strip():
        raise ValueError(f"the owner of a block is a name, got {name!r}")
    return name


@frozen
class Block:
    """Gates of one party, in the order in which they act.

    Args:
        owner: who holds it.
        gates: all on the same number of qubits.
    """

    owner: str = field(converter=_owner)
    gates: tuple[Gate, ...] = field(converter=as_tuple)

    def apply(self, state: State) -> State:
        """The block on a state of shape (2**n,)."""
        for gate in self.gates:
            state = gate.apply(state)
        return state

    def undo(self, state: State) -> State:
        """Its inverse on a state of shape (2**n,)."""
        for gate in reversed(self.gates):
            state = gate.undo(state)
        return state

    @property
    def trainable(self) -> tuple[Gate, ...]:
        """Gates whose angle is a parameter, in order."""
        return tuple(gate for gate in self.gates if gate.is_trainable)

    def fits(self, qubits: int) -> bool:
        """Whether every gate is on so many qubits."""
        return all(len(gate.letters) == qubits for gate in self.gates)


def _complex(given: Any) -> State:
    return np.array(given, dtype=complex)


@frozen(eq=False)
class DenseBlock:
    """Any unitary of one party, without parameters.

    Args:
        owner: who holds it.
        matrix: array of shape (2**n, 2**n); column x is U|x>.
    """

    owner: str = field(converter=_owner)
    matrix: State = field(converter=_complex)
    gates: ClassVar[tuple[Gate, ...]] = ()

    def __attrs_post_init__(self) -> None:
        rows, columns = self.matrix.shape if self.matrix.ndim == 2 else (0, 1)
        if rows != columns or rows & (rows - 1):
            raise ValueError(
                f"a dense block is a square matrix of side 2**n, got shape {self.matrix.shape}"
            )
        gap = float(np.max(np.abs(self.matrix.conj().T @ self.matrix - np.eye(rows))))
        if not gap <= UNITARY:
            raise ValueError(f"a dense block is unitary within {UNITARY:g}, got a gap of {gap:.3g}")

    def apply(self, state: State) -> State:
        """The block on a state of shape (2**n,)."""
        return self.matrix @ state

    def undo(self, state: State) -> State:
        """Its inverse on a state of shape (2**n,)."""
        return self.matrix.conj().T @ state

    @property
    def trainable(self) -> tuple[Gate, ...]:
        """It has no parameters."""
        return ()

    def fits(self, qubits: int) -> bool:
        """Whether the matrix is on so many qubits."""
        return len(self.matrix) == 2**qubits


def _data(values: Iterable[float]) -> Any:
    return np.array([*values])


@frozen(eq=False)
class PartyModel:
    """Data and blocks, each block held by a party; the data are with the owner of the first.

    Args:
        qubits: n, of the register that the parties exchange.
        data: what is encoded in amplitudes, up to its norm; shape (2**n,), real or complex.
        blocks: in the order in which they act. At least one.
    """

    qubits: int
    data: Any = field(converter=_data)
    blocks: tuple[Block | DenseBlock, ...] = field(converter=as_tuple)

    def __attrs_post_init__(self) -> None:
        n = self.qubits
        if isinstance(n, bool) or not isinstance(n, int) or n < 1:
            raise ValueError(f"a model has a whole number of qubits from 1, got {n!r}")
        check_data(self.data, n)
        if not self.blocks:
            raise ValueError("a model has at least one block, got none")
        for number, block in enumerate(self.blocks, 1):
            if not block.fits(n):
                raise ValueError(f"block {number} is not on the {n} qubits of the model")

    @property
    def owners(self) -> tuple[str, ...]:
        """Who holds each block."""
        return tuple(block.owner for block in self.blocks)

    @property
    def parameters(self) -> int:
        """Trainable gates of all blocks."""
        return sum(len(block.trainable) for block in self.blocks)

    @property
    def outline(self) -> Outline:
        """What the numbers of messages depend on."""
        return Outline(
            owners=self.owners,
            qubits=self.qubits,
            parameters=tuple(len(block.trainable) for block in self.blocks),
            groups=tuple(len(group_sizes(block.gates)) for block in self.blocks),
        )

    def check_shift(self) -> None:
        """Refuse generators for which two shifted runs do not give the gradient.

        Raises:
            ValueError: if a trainable gate is an identity, shared or controlled.
        """
        self._check_generators("shift rule", is_identity_allowed=False)

    def check_test(self) -> None:
        """Refuse generators whose gradient is not read from one value of 1 or -1 a copy.

        Raises:
            ValueError: if a trainable gate is shared or controlled.
        """
        self._check_generators("gradient test", is_identity_allowed=True)

    def _check_generators(self, rule: str, is_identity_allowed: bool) -> None:
        for number, block in enumerate(self.blocks, 1):
            for gate in block.trainable:
                why = ""
                if gate.control is not None:
                    why = "is controlled"
                elif gate.parameter:
                    why = f"shares the parameter {gate.parameter!r}"
                elif set(gate.letters) == {"I"} and not is_identity_allowed:
                    why = "is the identity"
                if why:
                    raise ValueError(
                        f"the {rule} is for one Pauli rotation a parameter, and {gate.letters} of "
                        f"block {number} {why}; give it a Pauli and an angle of its own, or make "
                        "it not trainable"
                    )


def check_data(data: Any, qubits: int) -> None:
    """Refuse what cannot be the amplitudes of so many qubits, up to their norm.

    Raises:
        ValueError: if the length is wrong, a number is not finite, or all are zero.
    """
    if data.ndim != 1 or len(data) != 2**qubits:
        length = len(data) if data.ndim == 1 else data.shape
        raise ValueError(
            f"data on {qubits} qubits are 2**{qubits} = {2**qubits} numbers, got {length}"
        )
    if data.dtype.kind not in "iufc":
        raise ValueError(f"data are numbers, got {data.dtype}")
    if not np.isfinite(data).all():
        raise ValueError(f"data are finite, got {data[~np.isfinite(data)][0]}")
    if not np.any(data):
        raise ValueError("data are not all zero, got zeros, which no state encodes")


def scaled(data: Any) -> Any:
    """Numbers over the power of two that takes the largest to [1/2, 1), exactly.

    Squares of huge numbers would be infinite, those of tiny ones vanish.

    Args:
        data: real or complex, finite and not all zero; shape (N,).
    """
    real, imag = np.real(data).astype(float), np.imag(data).astype(float)
    _, exponent = np.frexp(max(np.max(np.abs(real)), np.max(np.abs(imag))))
    real = np.ldexp(real, -exponent)
    return real + 1j * np.ldexp(imag, -exponent) if np.iscomplexobj(data) else real
