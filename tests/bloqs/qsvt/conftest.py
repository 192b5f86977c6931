"""Block-encodings to transform, and a specification that knows no circuit."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from attrs import evolve, frozen
from numpy.typing import NDArray
from qualtran import AddControlledT, Bloq, CtrlSpec, QBit, Register
from qualtran.bloqs.mcmt.specialized_ctrl import get_ctrl_system_1bit_cv_from_bloqs
from qualtran.resource_counting import BloqCountDictT, SympySymbolAllocator

from bloqs.abstract import AbstractBlockEncoding
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.diagonal import DiagonalEncoding
from bloqs.encodings.linear_combination import LinearCombination
from bloqs.encodings.projector import ProjectorEncoding

Matrix = NDArray[np.complex128]


@frozen
class BlackBox(AbstractBlockEncoding):
    """An encoding without gates, whose calls are counted as `U` and `controlled U`."""

    ancilla_bitsize: object
    is_controlled: bool = False
    epsilon: float = 0.5
    alpha = 2
    system_bitsize = 3

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
def black_box() -> Callable[[object], AbstractBlockEncoding]:
    """`black_box(ancilla_bitsize, epsilon=0.5)`, alpha two."""
    return BlackBox


@pytest.fixture
def hermitian() -> AbstractBlockEncoding:
    """diag(1, -2) / sqrt(5), one ancilla."""
    vector = np.array([1.0, -2.0])
    return DiagonalEncoding(LoadedVector.of(vector, 5, QROMLoader(), Rotation.BITWISE))


@pytest.fixture
def not_hermitian(hermitian) -> AbstractBlockEncoding:
    """A complex matrix of two different singular values, two ancillas, alpha = 3."""
    flip = ProjectorEncoding(0, 1, 1, swaps=False)
    terms = (hermitian, flip)
    return LinearCombination(terms, (1.0, 2.0j), 5, QROMLoader(), Rotation.BITWISE)


@pytest.fixture
def transformed() -> Callable[[Matrix, Sequence[float]], Matrix]:
    """`transformed(B, phases)`: the real polynomial of the singular values of B, |B| <= 1.

    For one singular value x the circuit is a product of 2 x 2 matrices: exp(i phi Z) and the
    reflection [[x, s], [s, -x]], s = sqrt(1 - x^2); the polynomial is the real part of the corner.
    """

    def corner(x: float, phases: Sequence[float]) -> float:
        s = np.sqrt(max(0.0, 1 - x * x))
        product = np.eye(2, dtype=complex)
        for k, phi in enumerate(phases):
            product = product @ np.diag(np.exp([1j * phi, -1j * phi]))
            if k < len(phases) - 1:
                product = product @ np.array([[x, s], [s, -x]])
        return float(product[0, 0].real)

    def specification(B: Matrix, phases: Sequence[float]) -> Matrix:
        left, values, right = np.linalg.svd(B)
        outputs = np.diag([corner(x, phases) for x in values])
        return (left if len(phases) % 2 == 0 else right.conj().T) @ outputs @ right

    return specification
