"""A dense matrix by its columns: its block against NumPy, control, cost, refusals."""

from itertools import product

import attrs
import numpy as np
import pytest
from qualtran import DecomposeTypeError

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROAMLoader, QROMLoader
from bloqs.data_loading.phase_gradient import PhaseGradient
from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.feedforward.circuits.dense_encoding import DenseEncoding, dense_encoding_symbolic_example
from bloqs.simulation.runner import encoded_matrix
from estimator import symbols

BLOCKS = {RotationLevel: as_one_gate}
KIND = QROMLoader(), Rotation.BITWISE
BY_GRADIENT = QROMLoader(), Rotation.PHASE_GRADIENT


def padded(matrix):
    size = 2
    while size < max(matrix.shape):
        size *= 2
    filled = np.zeros((size, size))
    filled[: len(matrix), : matrix.shape[1]] = matrix
    return filled


@pytest.mark.parametrize("kind", ["general", "sparse", "huge", "tiny"])
@pytest.mark.parametrize("shape", [(1, 1), (2, 2), (1, 4), (5, 1), (3, 2), (3, 7), (8, 8)])
def test_the_block_is_the_matrix(shape, kind, rng):
    """Within epsilon, and epsilon is small; alpha is the Frobenius norm; the inverse transposes."""
    matrix = rng.normal(size=shape)
    if kind == "sparse":
        matrix[:, shape[1] // 2 :] = 0
        matrix[0, 0] = -3
    unit = {"huge": 2.0**600, "tiny": 2.0**-600}.get(kind, 1.0)
    bloq = DenseEncoding.of(matrix * unit, 12, *KIND)
    wanted = padded(matrix)
    found = encoded_matrix(bloq, BLOCKS) / unit
    error, allowed = np.linalg.norm(found - wanted, 2), float(bloq.epsilon) / unit
    assert error <= allowed + 1e-12
    assert allowed <= 0.02 * np.linalg.norm(matrix)
    assert bloq.alpha / unit == pytest.approx(np.linalg.norm(matrix))
    np.testing.assert_allclose(encoded_matrix(bloq.adjoint(), BLOCKS) / unit, found.T, atol=1e-9)


@pytest.mark.parametrize("rotation", Rotation)
@pytest.mark.parametrize("loader", [QROMLoader(), QROAMLoader(1)])
def test_gate_by_gate(loader, rotation, rng):
    matrix = rng.normal(size=(2, 2))
    bloq = DenseEncoding.of(matrix, 4, loader, rotation)
    assert np.linalg.norm(encoded_matrix(bloq) - matrix, 2) <= float(bloq.epsilon)


def test_gate_by_gate_with_exact_angles():
    """All angles are multiples of pi / 8: nothing is rounded and nothing is left to epsilon."""
    turn = np.pi / 8
    columns = [np.array([np.cos(t), np.sin(t)]) for t in (3 * turn, -turn)]
    matrix = np.stack([np.cos(turn) * columns[0], np.sin(turn) * columns[1]], axis=1)
    bloq = DenseEncoding.of(5 * matrix, 4, *KIND)
    np.testing.assert_allclose(encoded_matrix(bloq), 5 * matrix, atol=1e-9)


def test_error_is_of_both_trees(rng):
    """Coarse angles: the rounding of one tree alone is no bound."""
    share = 0.0
    for _ in range(60):
        matrix = rng.normal(size=(2, 2))
        bloq = DenseEncoding.of(matrix, 4, *KIND)
        error = np.linalg.norm(encoded_matrix(bloq, BLOCKS) - matrix, 2)
        share = max(share, error / float(bloq.epsilon))
    assert 0.5 < share <= 1


@pytest.mark.parametrize("kind", [KIND, BY_GRADIENT])
def test_control_decides(kind, rng, switches):
    """Whatever the ancillas are at the start, also inverted."""
    bloq = DenseEncoding.of(rng.normal(size=(2, 2)), 4, *kind)
    switches(bloq)
    switches(bloq.adjoint())


@pytest.mark.parametrize(
    ("loader", "rotation"), list(product([QROMLoader(), QROAMLoader(1)], Rotation))
)
def test_claimed_cost_is_counted(loader, rotation, rng, costs_agree):
    costs_agree(DenseEncoding.of(rng.normal(size=(3, 4)), 5, loader, rotation))


def test_symbols_stand_for_numbers(rng, substitutes):
    concrete = DenseEncoding.of(rng.normal(size=(7, 5)), 4, *BY_GRADIENT)
    values = {symbols.n: 3, symbols.b: 4, symbols.norm: concrete.norm}
    symbolic = dense_encoding_symbolic_example.make()
    substitutes(symbolic, values, concrete)
    assert float(symbolic.epsilon.subs(values)) == pytest.approx(float(concrete.epsilon))


def test_both_trees_use_one_phase_gradient(rng):
    """Made once and taken apart once."""
    counts = DenseEncoding.of(rng.normal(size=(3, 4)), 5, *BY_GRADIENT).decompose_bloq()
    made = [x.bloq for x in counts.bloq_instances if isinstance(x.bloq, PhaseGradient)]
    assert sorted(x.is_adjoint for x in made) == [False, True]


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        (np.zeros((2, 3)), "all zero has no encoding"),
        (np.array([[1.0, np.nan]]), "must be finite, got NaN or infinity"),
        (np.array([[1.0, -np.inf]]), "must be finite, got NaN or infinity"),
        (np.ones(3), r"has rows and columns, got shape \(3,\)"),
        (np.ones((3, 0)), r"has rows and columns, got shape \(3, 0\)"),
        (np.full((2, 2), 1.5e308), "a finite Frobenius norm > 0, got inf"),
    ],
)
def test_refuses_matrices(matrix, message):
    with pytest.raises(ValueError, match=message):
        DenseEncoding.of(matrix, 5, *KIND)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"norm": 0.0}, "Frobenius norm > 0, got 0"),
        ({"norm": float("nan")}, "Frobenius norm > 0, got nan"),
        ({"columns": {"is_controlled": True}}, "columns must be a tree neither adjoint nor"),
        ({"norms": {"is_adjoint": True}}, "norms must be a tree neither adjoint nor"),
        ({"norms": {"borrows_gradient": True}}, "norms must be a tree neither adjoint nor"),
        ({"columns": {"rows": None, "s": 1}}, r"a square table, got RotationTree\(s=1, n=2\)"),
        ({"norms": {"rows": None, "s": 1}}, r"one row .* 2\*\*2 columns, got RotationTree\(s=1"),
        ({"norms": {"rows": None, "n": 3}}, r"one row .* 2\*\*2 columns, got RotationTree\(s=0"),
        ({"norms": {"b": 6}}, "angles of as many bits, got b=5 and b=6"),
        ({"norms": {"rotation": Rotation.PHASE_GRADIENT}}, "both trees must turn alike"),
    ],
)
def test_refuses_trees_that_do_not_fit(changes, message):
    bloq = DenseEncoding.of(np.eye(4), 5, *KIND)
    changed = {
        name: attrs.evolve(getattr(bloq, name), **value) if isinstance(value, dict) else value
        for name, value in changes.items()
    }
    with pytest.raises(ValueError, match=message):
        attrs.evolve(bloq, **changed)


def test_without_a_number_of_bits_there_is_no_circuit():
    bloq = DenseEncoding.of(np.eye(2), 5, *BY_GRADIENT)
    trees = {name: attrs.evolve(getattr(bloq, name), b=symbols.b) for name in ("columns", "norms")}
    with pytest.raises(DecomposeTypeError, match="has a symbolic size, so it has no circuit"):
        attrs.evolve(bloq, **trees).decompose_bloq()
