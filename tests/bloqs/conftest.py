"""Encodings of generic complex vectors and operators, with garbage behind their flags."""

from collections import Counter
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from attrs import evolve, frozen
from numpy.typing import NDArray
from qualtran import AddControlledT, Bloq, CtrlSpec, QBit, Register
from qualtran.bloqs.basic_gates import CNOT, Hadamard
from qualtran.bloqs.mcmt.specialized_ctrl import get_ctrl_system_1bit_cv_from_bloqs
from qualtran.resource_counting import BloqCountDictT, SympySymbolAllocator

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding
from bloqs.composite import AbstractComposite
from bloqs.gates.phase_rotation import PhaseRotation
from bloqs.wires import Wire, Wires

PAULI = {"X": np.array([[0, 1], [1, 0]]), "Z": np.diag([1, -1])}


def terms(qubits: int, angles: tuple[float, ...]) -> Iterator[tuple[str, tuple[int, ...], float]]:
    """Rotations about X and Z on single qubits and ZZ on neighbours, in order of execution."""
    places = [("X", (q,)) for q in range(qubits)]
    places += [("Z", (q,)) for q in range(qubits)]
    places += [("Z", (q, q + 1)) for q in range(qubits - 1)]
    for k, angle in enumerate(angles):
        pauli, where = places[k % len(places)]
        yield pauli, where, angle


def angles_needed(qubits: int) -> int:
    """Enough angles for three rounds."""
    return 3 * (3 * qubits - 1)


def unitary(qubits: int, angles: tuple[float, ...]) -> NDArray[np.complex128]:
    """The product of all exp(-i angle P), by Kronecker products. Shape (2**qubits, 2**qubits)."""
    total = np.eye(2**qubits, dtype=complex)
    for pauli, where, angle in terms(qubits, angles):
        operator = np.eye(1)
        for q in range(qubits):
            operator = np.kron(operator, PAULI[pauli] if q in where else np.eye(2))
        turn = np.cos(angle) * np.eye(2**qubits) - 1j * np.sin(angle) * operator
        total = turn @ total
    return total


def steps(qubits: int, angles: tuple[float, ...], is_controlled: bool) -> list[tuple]:
    """Gates with the numbers of their qubits; the control is number -1."""
    gates = []
    for pauli, where, angle in terms(qubits, angles):
        last = where[-1]
        around = [(Hadamard(), last)] if pauli == "X" else []
        around += [(CNOT(), where[0], last)] if len(where) == 2 else []
        turn = [(PhaseRotation(angle), last)]
        if is_controlled:
            half, back = PhaseRotation(angle / 2), PhaseRotation(-angle / 2)
            flip = (CNOT(), -1, last)
            turn = [(half, last), flip, (back, last), flip]
        gates += [*around, *turn, *reversed(around)]
    return gates


def count(gates: list[tuple]) -> dict[Bloq, int]:
    return dict(Counter(gate for gate, *_ in gates))


def write(gates: list[tuple], wires: Wires, qubits: list[Wire]) -> None:
    for gate, *where in gates:
        at = [("ctrl", 0) if q == -1 else qubits[q] for q in where]
        names = ("ctrl", "target") if len(at) == 2 else ("q",)
        wires.gate(gate, **dict(zip(names, at, strict=True)))


@frozen(cache_hash=True)
class VectorLeaf(AbstractComposite, AbstractVectorEncoding):
    angles: tuple[float, ...]
    system_bitsize: int = 1
    ancilla_bitsize: int = 0
    epsilon: float = 0.0

    @property
    def block(self):
        """What the circuit leaves where the ancilla is zero."""
        qubits = self.system_bitsize + self.ancilla_bitsize
        return unitary(qubits, self.angles)[:: 2**self.ancilla_bitsize, 0]

    @property
    def alpha(self):
        return 1 / float(np.linalg.norm(self.block)) if self.ancilla_bitsize else 1

    @property
    def gates(self):
        qubits = self.system_bitsize + self.ancilla_bitsize
        return steps(qubits, self.angles, self.is_controlled)

    @property
    def calls(self):
        return count(self.gates)

    def write(self, wires):
        write(self.gates, wires, self.wires_of("system") + self.wires_of("ancilla"))


@frozen(cache_hash=True)
class MatrixLeaf(AbstractComposite, AbstractBlockEncoding):
    angles: tuple[float, ...]
    alpha: float = 1.0
    system_bitsize: int = 1
    ancilla_bitsize: int = 0
    epsilon: float = 0.0

    @property
    def matrix(self):
        """The encoded operator."""
        flags = 2**self.ancilla_bitsize
        qubits = self.system_bitsize + self.ancilla_bitsize
        return self.alpha * unitary(qubits, self.angles)[::flags, ::flags]

    @property
    def gates(self):
        qubits = self.system_bitsize + self.ancilla_bitsize
        return steps(qubits, self.angles, self.is_controlled)

    @property
    def calls(self):
        return count(self.gates)

    def write(self, wires):
        write(self.gates, wires, self.wires_of("system") + self.wires_of("ancilla"))


@pytest.fixture
def vector_leaf(rng) -> Callable[..., VectorLeaf]:
    """`vector_leaf(n, a, epsilon=0.0)`: a complex vector; the circuit leaves garbage in a flags."""

    def make(n: int, a: int, epsilon: float = 0.0) -> VectorLeaf:
        angles = tuple(float(x) for x in rng.uniform(0.3, 1.3, angles_needed(n + a)))
        return VectorLeaf(angles, n, a, epsilon)

    return make


@pytest.fixture
def matrix_leaf(rng) -> Callable[..., MatrixLeaf]:
    """`matrix_leaf(n, a, alpha, epsilon=0.0)`: a complex operator behind a flags."""

    def make(n: int, a: int, alpha: float, epsilon: float = 0.0) -> MatrixLeaf:
        angles = tuple(float(x) for x in rng.uniform(0.3, 1.3, angles_needed(n + a)))
        return MatrixLeaf(angles, alpha, n, a, epsilon)

    return make


@pytest.fixture
def perturbed(rng) -> Callable[..., NDArray[np.complex128]]:
    """`perturbed(v, error, along=None)`: v plus something of norm `error`, often along itself."""

    def draw(v, error, along=None):
        step = rng.normal(size=v.shape) + 1j * rng.normal(size=v.shape)
        kind = rng.integers(3)
        if kind == 0:
            step = v
        if kind == 1 and along is not None:
            step = along
        size = np.linalg.norm(step, 2)
        return v + error * step / size

    return draw


@frozen
class Numbers:
    """What a combination asks of a part, without a circuit."""

    alpha: float
    epsilon: float
    system_bitsize: int = 2
    ancilla_bitsize: int = 1
    control_registers: tuple = ()


@pytest.fixture
def numbers() -> type[Numbers]:
    """`numbers(alpha, epsilon, system_bitsize=2)`."""
    return Numbers


@frozen
class BlackBoxVector(AbstractVectorEncoding):
    """A vector-encoding without gates, whose calls are counted as `U` and `controlled U`."""

    system_bitsize: object = 2
    ancilla_bitsize: object = 1
    alpha: object = 4
    epsilon: object = 0
    is_controlled: bool = False

    @property
    def oracle(self) -> str:
        return "controlled U" if self.is_controlled else "U"

    @property
    def control_registers(self) -> tuple[Register, ...]:
        return (Register("ctrl", QBit()),) if self.is_controlled else ()

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        return {}

    def adjoint(self) -> Bloq:
        return self

    def get_ctrl_system(self, ctrl_spec: CtrlSpec) -> tuple[Bloq, AddControlledT]:
        return get_ctrl_system_1bit_cv_from_bloqs(
            self,
            ctrl_spec,
            current_ctrl_bit=1 if self.is_controlled else None,
            bloq_with_ctrl=evolve(self, is_controlled=True),
            ctrl_reg_name="ctrl",
        )


@pytest.fixture
def black_box_vector() -> type[BlackBoxVector]:
    """`black_box_vector(system_bitsize=2, ancilla_bitsize=1, alpha=4, epsilon=0)`."""
    return BlackBoxVector
