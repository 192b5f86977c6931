"""What the command line asks about singular value transformation."""

import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.diagonal import DiagonalEncoding
from bloqs.qsvt.answers import QSVT, chebyshev_phases
from bloqs.qsvt.transform import SingularValueTransform
from bloqs.simulation.runner import encoded_matrix
from estimator.costs.cost import cost_by_annotation
from estimator.symbols import b, degree, n


@pytest.mark.parametrize("d", [1, 2, 3, 4, 5, 8])
def test_filled_in_phases_are_those_of_the_chebyshev_polynomial(d):
    """The amplitudes (1, 1) / sqrt(2), transformed gate by gate, become cos(d pi / 4)."""
    vector = LoadedVector.of(np.array([1.0, 1.0]), 4, QROMLoader(), Rotation.BITWISE)
    transform = SingularValueTransform(DiagonalEncoding(vector), chebyshev_phases(d), d, error=0)
    expected = np.cos(d * np.pi / 4) * np.eye(2)
    np.testing.assert_allclose(encoded_matrix(transform), expected, atol=1e-12)


@pytest.mark.parametrize("loader", QSVT.loaders)
def test_numbers_equal_symbols_with_numbers_put_in(loader):
    """With and without a circuit, the cost is the same."""
    choices = {"variant": "diagonal", "loader": loader, "rotation": "phase-gradient"}
    block = {"beta": 1} if loader in ("qroam-clean", "select-swap") else {}
    symbolic = cost_by_annotation(QSVT.build(**choices, **block))
    concrete = cost_by_annotation(QSVT.build(**choices, **block, N=16, degree=6, b=5))
    assert symbolic.subs({n: 4, degree: 6, b: 5}) == concrete


def test_a_degree_beyond_drawing_still_has_a_cost():
    """Phases are not filled in, and none are needed for the cost."""
    bloq = QSVT.build(variant="diagonal", loader="qrom", rotation="bitwise", N=4, degree=10**9, b=6)
    assert bloq.phases is None
    assert cost_by_annotation(bloq).qubits > 0


def test_epsilon_is_that_of_the_transform():
    """4 d sqrt(e) is within epsilon, and with one bit less it is not; so in symbols."""
    choices = {"variant": "diagonal", "loader": "qrom", "rotation": "bitwise"}
    given = {"N": 16, "degree": 10, "epsilon": 1e-2}
    bloq = QSVT.build(**choices, **given)
    bits = QSVT.facts(bloq, given)["b"]
    assert float(bloq.epsilon) <= 1e-2
    assert float(QSVT.build(**choices, N=16, degree=10, b=bits - 1).epsilon) > 1e-2
    symbolic = QSVT.facts(QSVT.build(**choices, epsilon=1e-2), {"epsilon": 1e-2})["b"]
    assert symbolic.subs({n: 4, degree: 10}) == bits
