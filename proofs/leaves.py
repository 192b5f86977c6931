"""Encodings of generic complex vectors and operators, with garbage behind their flags.

What combinations are measured on: nothing is special about them that could hide an error, and
what they encode is known from a product of small matrices.
"""

from collections import Counter
from collections.abc import Iterator

import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from qualtran import Bloq
from qualtran.bloqs.basic_gates import CNOT, CZ, Hadamard, ZGate

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding
from bloqs.composite import AbstractComposite
from bloqs.gates.phase_rotation import PhaseRotation
from bloqs.wires import Wire, Wires

Matrix = NDArray[np.complex128]
Step = tuple[Bloq, tuple[int, ...]]

ROUNDS = 3
CONTROL = -1
"""Number that stands for the control's wire."""

PAULI = {"X": np.array([[0.0, 1.0], [1.0, 0.0]]), "Z": np.diag([1.0, -1.0])}


def _terms(
    qubits: int, seed: int, scale: float = 1.0
) -> Iterator[tuple[str, tuple[int, ...], float]]:
    """Rotations about X and Z of every qubit and ZZ of neighbours, in order of execution."""
    places: list[tuple[str, tuple[int, ...]]] = [("X", (q,)) for q in range(qubits)]
    places += [("Z", (q,)) for q in range(qubits)]
    places += [("Z", (q, q + 1)) for q in range(qubits - 1)]
    angles = scale * np.random.default_rng(seed).uniform(0.3, 1.3, ROUNDS * len(places))
    for (pauli, where), angle in zip(places * ROUNDS, angles, strict=True):
        yield pauli, where, float(angle)


def unitary(qubits: int, seed: int, scale: float = 1.0) -> Matrix:
    """The product of all exp(-i angle P); Array of shape (2**qubits, 2**qubits)."""
    total = np.eye(2**qubits, dtype=complex)
    for pauli, where, angle in _terms(qubits, seed, scale):
        operator = np.eye(1)
        for q in range(qubits):
            operator = np.kron(operator, PAULI[pauli] if q in where else np.eye(2))
        total = (np.cos(angle) * np.eye(2**qubits) - 1j * np.sin(angle) * operator) @ total
    return total


def _steps(qubits: int, seed: int, is_controlled: bool, scale: float = 1.0) -> list[Step]:
    """The gates of the circuit with the numbers of their qubits."""
    gates: list[Step] = []
    for pauli, where, angle in _terms(qubits, seed, scale):
        last = where[-1:]
        around: list[Step] = [(Hadamard(), last)] if pauli == "X" else []
        around += [(CNOT(), where)] if len(where) == 2 else []
        turn: list[Step] = [(PhaseRotation(angle), last)]
        if is_controlled:
            flip: Step = (CNOT(), (CONTROL, *last))
            turn = [(PhaseRotation(angle / 2), last), flip]
            turn += [(PhaseRotation(-angle / 2), last), flip]
        gates += [*around, *turn, *reversed(around)]
    return gates


def _write(wires: Wires, gates: list[Step], qubits: list[Wire]) -> None:
    for gate, where in gates:
        at = [("ctrl", 0) if q == CONTROL else qubits[q] for q in where]
        names = ("ctrl", "target") if len(at) == 2 else ("q",)
        wires.gate(gate, **dict(zip(names, at, strict=True)))


@frozen(cache_hash=True)
class VectorLeaf(AbstractComposite, AbstractVectorEncoding):
    """Encodes a complex unit vector behind flags that hold garbage.

    Args:
        seed: decides the vector.
        system_bitsize: width of its index. Unit: qubits.
        ancilla_bitsize: number of flags. Unit: qubits.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.
    """

    seed: int
    system_bitsize: int = 1
    ancilla_bitsize: int = 0
    epsilon: float = 0.0

    @property
    def block(self) -> Matrix:
        """What the circuit leaves where the flags are zero: the vector divided by alpha."""
        qubits = self.system_bitsize + self.ancilla_bitsize
        return unitary(qubits, self.seed)[:: 2**self.ancilla_bitsize, 0]

    @property
    def vector(self) -> Matrix:
        """The encoded vector."""
        return self.block * self.alpha

    @property
    def alpha(self) -> float:
        return float(1 / np.linalg.norm(self.block)) if self.ancilla_bitsize else 1.0

    @property
    def gates(self) -> list[Step]:
        """All gates, in order."""
        return _steps(self.system_bitsize + self.ancilla_bitsize, self.seed, self.is_controlled)

    @property
    def calls(self) -> dict[Bloq, int]:
        return dict(Counter(gate for gate, _ in self.gates))

    def write(self, wires: Wires) -> None:
        _write(wires, self.gates, self.wires_of("system") + self.wires_of("ancilla"))


@frozen(cache_hash=True)
class MatrixLeaf(AbstractComposite, AbstractBlockEncoding):
    """Encodes a complex operator behind flags that hold garbage.

    Args:
        seed: decides the operator.
        alpha: its subnormalisation.
        system_bitsize: width of the system. Unit: qubits.
        ancilla_bitsize: number of flags. Unit: qubits.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse.
    """

    seed: int
    alpha: float = 1.0
    system_bitsize: int = 1
    ancilla_bitsize: int = 1
    epsilon: float = 0.0

    @property
    def matrix(self) -> Matrix:
        """The encoded operator."""
        flags = 2**self.ancilla_bitsize
        qubits = self.system_bitsize + self.ancilla_bitsize
        return self.alpha * unitary(qubits, self.seed)[::flags, ::flags]

    @property
    def gates(self) -> list[Step]:
        """All gates, in order."""
        return _steps(self.system_bitsize + self.ancilla_bitsize, self.seed, self.is_controlled)

    @property
    def calls(self) -> dict[Bloq, int]:
        return dict(Counter(gate for gate, _ in self.gates))

    def write(self, wires: Wires) -> None:
        _write(wires, self.gates, self.wires_of("system") + self.wires_of("ancilla"))


@frozen(cache_hash=True)
class HermitianLeaf(AbstractComposite, AbstractBlockEncoding):
    r"""Encodes a Hermitian operator by a circuit that is its own inverse.

    $V^\dagger Z V$, Z on the last flag: near the identity, and so positive definite, where V
    hardly moves that flag.

    Args:
        seed: decides V.
        scale: of the angles in V; small for a definite operator. Unit: 1.
        system_bitsize: width of the system. Unit: qubits.
        ancilla_bitsize: number of flags. Unit: qubits.
        is_controlled: whether a control decides between this and the identity.
        is_adjoint: whether this is the inverse, which it never is but by name.
    """

    seed: int
    scale: float = 1.0
    system_bitsize: int = 1
    ancilla_bitsize: int = 1
    epsilon: float = 0.0
    alpha = 1.0
    is_hermitian = True

    @property
    def qubits(self) -> int:
        """All of them."""
        return self.system_bitsize + self.ancilla_bitsize

    @property
    def matrix(self) -> Matrix:
        """The encoded operator."""
        moved, signs = unitary(self.qubits, self.seed, self.scale), np.ones(2**self.qubits)
        signs[1::2] = -1
        flags = 2**self.ancilla_bitsize
        return (moved.conj().T @ (signs[:, None] * moved))[::flags, ::flags]

    @property
    def gates(self) -> list[Step]:
        """V, in order."""
        return _steps(self.qubits, self.seed, False, self.scale)

    @property
    def calls(self) -> dict[Bloq, int]:
        there = Counter(gate for gate, _ in self.gates)
        back = Counter(gate.adjoint() for gate, _ in self.gates)
        return {**(there + back), CZ() if self.is_controlled else ZGate(): 1}

    def write(self, wires: Wires) -> None:
        places = self.wires_of("system") + self.wires_of("ancilla")
        _write(wires, self.gates, places)
        if self.is_controlled:
            wires.cz(("ctrl", 0), places[-1])
        else:
            wires.gate(ZGate(), q=places[-1])
        _write(wires, [(gate.adjoint(), where) for gate, where in reversed(self.gates)], places)

    def adjoint(self) -> "HermitianLeaf":
        return self
