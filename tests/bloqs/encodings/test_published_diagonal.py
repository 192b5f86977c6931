"""The six-call diagonal: operator, control, cost beside that of one call, error, limits."""

import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.diagonal import DiagonalEncoding
from bloqs.encodings.published_diagonal import (
    PublishedDiagonalEncoding,
    published_diagonal_encoding_symbolic_example,
)
from bloqs.simulation.runner import encoded_matrix, encoded_vector
from estimator import symbols
from estimator.costs.cost import cost_by_annotation, cost_by_counting

SIZES = pytest.mark.parametrize(("n", "a"), [(1, 0), (1, 1), (2, 0), (2, 1)])


@SIZES
def test_encodes_the_real_parts(n, a, vector_leaf):
    """Gate by gate, for complex vectors with garbage behind their flags; the inverse likewise."""
    vector = vector_leaf(n, a)
    psi = vector.block * vector.alpha
    assert np.abs(psi.imag).max() > 0.1
    bloq = PublishedDiagonalEncoding(vector)
    assert bloq.ancilla_bitsize == n + a + 2
    for form in (bloq, bloq.adjoint()):
        np.testing.assert_allclose(encoded_matrix(form), np.diag(psi.real), atol=1e-12)


def test_negative_amplitudes_of_a_loaded_vector():
    """The sign is plus for plus, not up to a sign."""
    vector = LoadedVector.of(np.array([1.0, -2.0]), 6, QROMLoader(), Rotation.BITWISE)
    found = encoded_matrix(PublishedDiagonalEncoding(vector))
    np.testing.assert_allclose(found, np.diag(encoded_vector(vector)), atol=1e-12)
    assert found[0, 0].real > 0.4 > -0.8 > found[1, 1].real


@SIZES
def test_control(n, a, vector_leaf, switches):
    bloq = PublishedDiagonalEncoding(vector_leaf(n, a))
    switches(bloq)
    switches(bloq.adjoint())


@pytest.mark.parametrize("size", [2, 4, 8])
def test_cost_beside_one_call(size, rng):
    """Six calls for one, each controlled, 6 n Toffoli for n CNOT, two ancillas and reflections."""
    vector = LoadedVector.of(rng.normal(size=size), 5, QROMLoader(), Rotation.BITWISE)
    n = size.bit_length() - 1
    ours, published = DiagonalEncoding(vector), PublishedDiagonalEncoding(vector)
    call = cost_by_annotation(vector.controlled()).toffoli
    cost = cost_by_annotation(published)
    assert cost == cost_by_counting(published)
    assert cost.toffoli == 6 * call + 6 * n + 2 * n
    assert cost_by_annotation(ours).toffoli == cost_by_annotation(vector).toffoli
    assert published.ancilla_bitsize == ours.ancilla_bitsize + 2
    assert cost_by_annotation(published.controlled()).toffoli == cost.toffoli + 2


def test_calls(black_box_vector):
    """Three and three, all under one control, also where the whole is controlled."""
    vector = black_box_vector()
    bloq = PublishedDiagonalEncoding(vector)
    for form in (bloq, bloq.adjoint(), bloq.controlled()):
        assert cost_by_annotation(form).queries == {"controlled U": 6}
    assert cost_by_annotation(DiagonalEncoding(vector)).queries == {"U": 1}


def test_symbolic_cost_equals_numbers():
    bloq = published_diagonal_encoding_symbolic_example.make()
    tree = bloq.vector.tree
    assert {tree.n, tree.b} == {symbols.n, symbols.b}
    vector = LoadedVector.of(np.arange(1.0, 17.0), 6, tree.loader, tree.rotation)
    concrete = cost_by_annotation(PublishedDiagonalEncoding(vector))
    claimed = cost_by_annotation(bloq).subs({symbols.n: 4, symbols.b: 6})
    assert claimed == concrete


def test_alpha_and_error_are_those_of_the_vector(vector_leaf):
    vector = vector_leaf(2, 1, epsilon=0.125)
    bloq = PublishedDiagonalEncoding(vector)
    assert (bloq.alpha, bloq.epsilon) == (vector.alpha, 0.125)


def test_error_is_never_exceeded(rng, perturbed):
    """An entry's real part errs by less than the vector does: 200 draws, complex, of length 1."""
    ratios = []
    for _ in range(200):
        psi = rng.normal(size=4) + 1j * rng.normal(size=4)
        psi /= np.linalg.norm(psi)
        error = 10 ** rng.uniform(-3, 0)
        gap = perturbed(psi, error, along=np.eye(4)[rng.integers(4)]) - psi
        ratios.append(np.linalg.norm(np.diag(gap.real), 2) / error)
    assert 0.99 < max(ratios) <= 1 + 1e-12


def test_refuses_an_error_below_zero(vector_leaf):
    for error in (-1, np.nan):
        for make in (PublishedDiagonalEncoding, DiagonalEncoding):
            with pytest.raises(ValueError, match=f"diagonal needs errors >= 0, got .*={error}"):
                make(vector_leaf(1, 0, epsilon=error))


def test_refuses_a_controlled_vector(vector_leaf):
    with pytest.raises(ValueError, match="has a control; control the diagonal instead"):
        PublishedDiagonalEncoding(vector_leaf(1, 0).controlled())
