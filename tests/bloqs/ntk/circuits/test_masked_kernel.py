"""Masked kernels against their matrices: every kind of mask, every weight, any number of points."""

import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.linear_systems.answers.simulate import BLOCKS
from bloqs.ntk.circuits.masked_kernel import masked_kernel
from bloqs.ntk.model.masks import given_mask, random_mask, xor_mask
from bloqs.ntk.model.system import MaskedSystem
from bloqs.simulation.runner import encoded_matrix
from estimator.costs.cost import cost_by_annotation

KIND = QROMLoader(), Rotation.BITWISE


def gram(seed, n, d=4):
    rows = np.random.default_rng(seed).normal(size=(n, d))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows @ rows.T) ** 3


def masks(seed, labels):
    n = len(labels)
    rng = np.random.default_rng(seed)
    kept = np.triu(rng.random((n, n)) < 0.4, 1)
    found = {
        "random": random_mask(labels, rng),
        "given": given_mask((kept | kept.T | np.eye(n, dtype=bool)).astype(float)),
    }
    if n == 8:
        found["xor"] = xor_mask(8, (0, 1, 3))
    return found


@pytest.mark.parametrize("variant", ["uniform", "weighted", "diagonal"])
@pytest.mark.parametrize(
    ("name", "n", "plus"),
    [("random", 8, 4), ("given", 8, 4), ("xor", 8, 4), ("random", 5, 2), ("given", 5, 2)],
)
def test_is_the_matrix(name, n, plus, variant):
    labels = np.where(np.arange(n) < plus, 1.0, -1.0)
    system = MaskedSystem.of(gram(2, n), labels, masks(1, labels)[name])
    bloq = masked_kernel(system, variant, 10, *KIND)
    assert bloq.is_pattern == (name == "xor")
    assert float(bloq.alpha) == pytest.approx(system.alpha(variant))
    wanted = system.padded if variant != "diagonal" else np.diag(np.diagonal(system.padded))
    found = encoded_matrix(bloq, BLOCKS)
    assert np.linalg.norm(found - wanted, 2) <= float(bloq.epsilon)
    np.testing.assert_allclose(found, found.conj().T, atol=1e-12)


def test_a_pattern_loads_less():
    """Differences of 4 colours in place of 32 rows."""
    labels = np.where(np.arange(8) < 4, 1.0, -1.0)
    matrix = gram(2, 8)
    one = MaskedSystem.of(matrix, labels, xor_mask(8, (0, 1, 3)))
    two = MaskedSystem.of(matrix, labels, given_mask(one.mask.kept))
    pattern, colours = (masked_kernel(each, "weighted", 6, *KIND) for each in (one, two))
    assert cost_by_annotation(pattern).toffoli < cost_by_annotation(colours).toffoli


def test_refuses_a_variant():
    labels = np.where(np.arange(8) < 4, 1.0, -1.0)
    system = MaskedSystem.of(gram(2, 8), labels, xor_mask(8, (0, 1)))
    with pytest.raises(ValueError, match="uniform, weighted or diagonal, got 'plain'"):
        masked_kernel(system, "plain", 6, *KIND)
