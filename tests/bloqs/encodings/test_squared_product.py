"""Matrix times squared moduli: vector, projector, separate flags, error, control, cost, limits."""

import attrs
import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.encodings.diagonal import DiagonalEncoding
from bloqs.encodings.matrix_vector import MatrixVector
from bloqs.encodings.squared_product import (
    SquaredProduct,
    squared_product_published_symbolic_example,
    squared_product_symbolic_example,
)
from bloqs.simulation.runner import Runner, encoded_vector
from estimator import symbols

BLOCKS = {RotationLevel: as_one_gate}
DRAWS = 400
EIGHTH = np.pi / 8
EXACT = np.array(
    [
        [np.cos(EIGHTH) * np.cos(3 * EIGHTH), np.cos(2 * EIGHTH) * np.cos(EIGHTH)],
        [-np.cos(EIGHTH) * np.sin(3 * EIGHTH), np.cos(2 * EIGHTH) * np.sin(EIGHTH)],
    ]
)
"""Lengths and directions of the columns are exact in angles of four bits."""


def product_of(vector, matrix, b, rotation=Rotation.BITWISE):
    image = matrix @ np.abs(vector.block * vector.alpha) ** 2
    norm = float(np.linalg.norm(image))
    return SquaredProduct.of(vector, matrix, norm, b, QROMLoader(), rotation)


@pytest.mark.parametrize("is_published", [False, True])
@pytest.mark.parametrize("a", [0, 1, 2])
def test_encodes_the_image_of_the_squares(vector_leaf, a, is_published):
    """Gate by gate, complex, with garbage in the ancillas, angles exact in b = 4 bits."""
    vector = vector_leaf(1, a)
    bloq = attrs.evolve(product_of(vector, EXACT, 4), is_published=is_published)
    wanted = EXACT @ np.abs(vector.block) ** 2
    flags = 2**bloq.ancilla_bitsize
    np.testing.assert_allclose(Runner.of(bloq).run()[::flags], wanted, atol=1e-7)
    np.testing.assert_allclose(encoded_vector(bloq), wanted / np.linalg.norm(wanted), atol=1e-6)
    assert bloq.ancilla_bitsize == 2 * a + 1 + 1 + is_published
    if not is_published:  # what is not asked for is ours
        assert bloq == SquaredProduct(bloq.vector, bloq.columns, bloq.norms, bloq.norm)


@pytest.mark.parametrize(("n", "m", "a"), [(1, 1, 1), (2, 2, 1), (3, 2, 2), (2, 3, 0)])
def test_block_is_exact(vector_leaf, rng, n, m, a):
    """Block by block with angles of 40 bits: the block is W |psi|^2 / alpha^2 to 1e-9."""
    vector = vector_leaf(n, a)
    matrix = rng.normal(size=(2**m, 2**n))
    matrix[:, 0] = 0
    matrix /= np.linalg.norm(matrix, 2)
    bloq = product_of(vector, matrix, 40)
    left = Runner.of(bloq, blocks=BLOCKS).run()[:: 2**bloq.ancilla_bitsize]
    np.testing.assert_allclose(left, matrix @ np.abs(vector.block) ** 2, atol=1e-9)


def test_one_register_for_both_preparations_is_wrong(vector_leaf):
    """Then the squares of the garbage count too: the index and its ancilla become one index."""
    vector = vector_leaf(1, 1)
    shared = attrs.evolve(vector, system_bitsize=2, ancilla_bitsize=0)
    bloq = SquaredProduct.of(
        shared, EXACT.repeat(2, axis=1), 1.0, 4, QROMLoader(), Rotation.BITWISE
    )
    left = Runner.of(bloq).run()[:: 2**bloq.ancilla_bitsize]
    wanted = EXACT @ np.abs(vector.block) ** 2
    assert np.linalg.norm(left - wanted) > 0.1


@pytest.mark.parametrize("is_published", [False, True])
@pytest.mark.parametrize("a", [0, 1])
def test_control_decides(vector_leaf, switches, a, is_published):
    """Without ancillas of the vector its two calls cancel, so that the trees alone are switched."""
    bloq = attrs.evolve(product_of(vector_leaf(1, a), EXACT, 4), is_published=is_published)
    switches(bloq)


@pytest.mark.parametrize("is_published", [False, True])
@pytest.mark.parametrize("rotation", Rotation)
@pytest.mark.parametrize("a", [0, 1])
def test_claimed_cost_is_counted(vector_leaf, costs_agree, a, rotation, is_published):
    bloq = product_of(vector_leaf(1, a), EXACT, 4, rotation)
    costs_agree(attrs.evolve(bloq, is_published=is_published))


def test_symbols_stand_for_numbers(substitutes, rng):
    """Both symbolic examples, one of them with ancillas in the vector."""
    loaded = LoadedVector.of(np.arange(1.0, 9.0), 4, QROMLoader(), Rotation.PHASE_GRADIENT)
    matrix = rng.normal(size=(4, 8)) / 9
    values = {symbols.n: 3, symbols.m: 2, symbols.b: 4, symbols.norm: 0.5}
    concrete = SquaredProduct.of(loaded, matrix, 0.5, 4, QROMLoader(), Rotation.PHASE_GRADIENT)
    symbolic = squared_product_symbolic_example.make()
    substitutes(symbolic, values, concrete)
    assert float(symbolic.epsilon.subs(values)) == pytest.approx(float(concrete.epsilon))
    product = MatrixVector(DiagonalEncoding(loaded), loaded, 0.5)
    concrete = attrs.evolve(concrete, vector=product, is_published=True)
    substitutes(squared_product_published_symbolic_example.make(), values, concrete)


def test_error_is_a_bound(rng, perturbed, numbers):
    """For vectors within e of psi and angles of either tree off by up to half a step."""
    largest = {"vector": 0.0, "columns": 0.0, "norms": 0.0, "all": 0.0, "published": 0.0}
    for kind in list(largest)[:4] * (DRAWS // 4):
        e, alpha = float(rng.uniform(0, 0.3)), float(rng.uniform(1, 4))
        e = e if kind in ("vector", "all") else 0.0
        psi = rng.normal(size=4) + 1j * rng.normal(size=4)
        psi /= np.linalg.norm(psi)
        near = perturbed(psi, e)
        near *= min(1.0, alpha / np.linalg.norm(near))
        matrix = rng.normal(size=(2, 4)) if rng.integers(2) else np.ones((2, 4)) / 2
        matrix /= np.linalg.norm(matrix, axis=0).max() * (1e3 if kind == "norms" else 1)
        exact = matrix @ np.abs(psi) ** 2
        norm = float(np.linalg.norm(exact))
        bits = {"vector": (40, 40), "columns": (5, 40), "norms": (40, 5), "all": (5, 5)}[kind]
        bloq = SquaredProduct.of(numbers(alpha, e), matrix, norm, 4, QROMLoader(), Rotation.BITWISE)
        trees = (
            attrs.evolve(tree, b=b)
            for tree, b in zip((bloq.columns, bloq.norms), bits, strict=True)
        )
        columns, norms = trees
        bloq = attrs.evolve(bloq, columns=columns, norms=norms)
        found = rounded(columns, rng) * rounded(norms, rng)[0]
        error = np.linalg.norm(found @ np.abs(near) ** 2 - exact) / norm
        largest[kind] = max(largest[kind], error / float(bloq.epsilon))
        if e:
            error = np.linalg.norm(matrix @ np.abs(near) ** 2 - exact) / norm
            largest["published"] = max(largest["published"], error / (2 * alpha * e / norm))
    assert max(largest.values()) <= 1 + 1e-9
    assert min(largest.values()) > 0.8


def rounded(tree, rng):
    """Columns the tree prepares if every angle is off by up to half a step."""
    rows = np.ones((2**tree.s, 1))
    for l, angles in enumerate(tree.angles()):
        off = rng.uniform(-1, 1, len(angles)) if rng.integers(3) else rng.choice([-1, 1])
        off = off * np.pi / 2**tree.b
        turned = (angles + off).reshape(2**tree.s, 2**l)
        pairs = np.stack([np.cos(turned), -np.sin(turned)], axis=-1)
        rows = (rows[..., None] * pairs).reshape(2**tree.s, -1)
    return rows.T


def test_refuses(vector_leaf):
    vector = vector_leaf(1, 0)
    bloq = product_of(vector, EXACT, 4)
    with pytest.raises(ValueError, match=r"columns must have norm <= 1, got 1\.8"):
        product_of(vector, 2 * EXACT, 4)
    with pytest.raises(ValueError, match=r"squared product has a norm of at most 1\.0, got 1\.5"):
        attrs.evolve(bloq, norm=1.5)
    wide = RotationTree(((1.0,) * 4,) * 2, 1, 2, 4, QROMLoader(), Rotation.BITWISE)
    with pytest.raises(ValueError, match="norms must have rows of length two"):
        attrs.evolve(bloq, norms=wide)
    with pytest.raises(ValueError, match=r"columns must have one row for each of 2\*\*2 entries"):
        attrs.evolve(bloq, vector=vector_leaf(2, 0))
    with pytest.raises(ValueError, match="columns must be a tree neither adjoint nor controlled"):
        attrs.evolve(bloq, columns=bloq.columns.adjoint())
    with pytest.raises(ValueError, match="control the squared product instead"):
        attrs.evolve(bloq, vector=attrs.evolve(vector, is_controlled=True))
