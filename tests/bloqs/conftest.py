"""Encodings to combine, small and generic ones, and what holds for every encoding."""

from collections.abc import Callable, Mapping

import numpy as np
import pytest
from attrs import evolve, frozen
from numpy.typing import NDArray
from qualtran import AddControlledT, Bloq, CtrlSpec, QBit, Register
from qualtran.bloqs.mcmt.specialized_ctrl import get_ctrl_system_1bit_cv_from_bloqs
from qualtran.resource_counting import BloqCountDictT, SympySymbolAllocator

from bloqs.abstract import AbstractBlockEncoding, AbstractVectorEncoding
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.diagonal import DiagonalEncoding
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from proofs.leaves import MatrixLeaf, VectorLeaf

Matrix = NDArray[np.complex128]


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


@frozen
class StatedEncoding(AbstractBlockEncoding):
    """Numbers of an encoding, without a circuit."""

    alpha: object
    epsilon: object
    system_bitsize: object = 1
    ancilla_bitsize: object = 1


@pytest.fixture
def stated() -> type[AbstractBlockEncoding]:
    """`stated(alpha, epsilon, system_bitsize=1, ancilla_bitsize=1)`."""
    return StatedEncoding


@pytest.fixture
def diagonal() -> Callable[..., DiagonalEncoding]:
    """`diagonal(x, y, ..., b=5)`: the normalised vector, by bitwise rotations."""

    def make(*vector: float, b: int = 5, rotation: Rotation = Rotation.BITWISE) -> DiagonalEncoding:
        return DiagonalEncoding(LoadedVector.of(np.array(vector), b, QROMLoader(), rotation))

    return make


@pytest.fixture
def random_matrix(rng) -> Callable[[int, float], Matrix]:
    """`random_matrix(size, norm)`: a complex matrix of that spectral norm; often a multiple of a
    unitary or of rank one, where bounds are attained.
    """

    def draw(size: int, norm: float) -> Matrix:
        matrix = rng.normal(size=(size, size)) + 1j * rng.normal(size=(size, size))
        kind = rng.integers(3)
        if kind == 0:
            matrix = np.linalg.qr(matrix)[0]
        if kind == 1:
            matrix = np.outer(matrix[0], matrix[1])
        return norm * matrix / np.linalg.norm(matrix, 2)

    return draw


@pytest.fixture
def switches(random_state) -> Callable[..., None]:
    """`switches(bloq, any_ancilla=True)`: its control is a control, in superposition.

    Off, it is the identity, on every state or on those with ancillas in zero; on, it is `bloq`
    with the phase `bloq` has; its inverse undoes both.
    """

    def check(bloq: AbstractBlockEncoding, any_ancilla: bool = True) -> None:
        controlled = bloq.controlled()
        systems, flags = 2**bloq.system_bitsize, 2**bloq.ancilla_bitsize
        off, on = random_state(systems * flags), random_state(systems * flags)
        if not any_ancilla:
            off = np.kron(random_state(systems), np.eye(flags)[0])
        start = np.concatenate([0.6 * off, 0.8 * on])
        wanted = np.concatenate([0.6 * off, 0.8 * Runner.of(bloq).run(on)])
        found = Runner.of(controlled).run(start)
        np.testing.assert_allclose(found, wanted, atol=1e-6)
        back = Runner.of(controlled.adjoint()).run(wanted)
        np.testing.assert_allclose(back, start, atol=1e-6)

    return check


@pytest.fixture
def costs_agree() -> Callable[[Bloq], None]:
    """`costs_agree(bloq)`: claimed is counted, also inverted and controlled."""

    def check(bloq: Bloq) -> None:
        once = bloq.controlled()
        forms = (bloq, bloq.adjoint(), once, once.adjoint(), bloq.adjoint().controlled())
        for form in dict.fromkeys(forms):  # two of them are equal where the order does not matter
            assert cost_by_annotation(form) == cost_by_counting(form)

    return check


@pytest.fixture
def substitutes() -> Callable[[Bloq, Mapping, Bloq], None]:
    """`substitutes(symbolic, values, concrete)`: numbers for symbols give the counted cost."""

    def check(symbolic: Bloq, values: Mapping, concrete: Bloq) -> None:
        pairs = [(symbolic, concrete), (symbolic.controlled(), concrete.controlled())]
        for claimed, counted in pairs:
            assert cost_by_annotation(claimed).subs(values) == cost_by_counting(counted)

    return check
