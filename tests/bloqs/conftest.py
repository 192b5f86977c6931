"""Encodings of generic complex vectors and operators, with garbage behind their flags."""

from collections.abc import Callable

import numpy as np
import pytest
from attrs import evolve, frozen
from numpy.typing import NDArray
from qualtran import AddControlledT, Bloq, CtrlSpec, QBit, Register
from qualtran.bloqs.mcmt.specialized_ctrl import get_ctrl_system_1bit_cv_from_bloqs
from qualtran.resource_counting import BloqCountDictT, SympySymbolAllocator

from bloqs.abstract import AbstractVectorEncoding
from proofs.leaves import MatrixLeaf, VectorLeaf


@pytest.fixture
def random_state(rng) -> Callable[[int], NDArray[np.complex128]]:
    """`random_state(size)`: unit vector, complex, no entry zero."""

    def draw(size: int) -> NDArray[np.complex128]:
        state = rng.normal(size=size) + 1j * rng.normal(size=size)
        return state / np.linalg.norm(state)

    return draw


@pytest.fixture
def vector_leaf(rng) -> Callable[..., VectorLeaf]:
    """`vector_leaf(n, a, epsilon=0.0)`: a complex vector; the circuit leaves garbage in a flags."""

    def make(n: int, a: int, epsilon: float = 0.0) -> VectorLeaf:
        return VectorLeaf(int(rng.integers(2**32)), n, a, epsilon)

    return make


@pytest.fixture
def matrix_leaf(rng) -> Callable[..., MatrixLeaf]:
    """`matrix_leaf(n, a, alpha, epsilon=0.0)`: a complex operator behind a flags."""

    def make(n: int, a: int, alpha: float, epsilon: float = 0.0) -> MatrixLeaf:
        return MatrixLeaf(int(rng.integers(2**32)), alpha, n, a, epsilon)

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
