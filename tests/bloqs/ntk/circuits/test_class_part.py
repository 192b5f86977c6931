"""Halves of vectors against NumPy."""

import numpy as np
import pytest

from bloqs.encodings.uniform_vector import UniformVector
from bloqs.ntk.circuits.class_part import ClassPart
from bloqs.simulation.runner import encoded_vector
from proofs.leaves import VectorLeaf


@pytest.mark.parametrize("is_upper", [False, True])
def test_is_the_half(is_upper, costs_agree, switches):
    leaf = VectorLeaf(3, 2, 1)
    half = leaf.vector.copy()
    half[slice(0, 2) if is_upper else slice(2, 4)] = 0
    norm = float(np.linalg.norm(half))
    bloq = ClassPart(leaf, is_upper, norm)
    np.testing.assert_allclose(encoded_vector(bloq), half / norm, atol=1e-9)
    costs_agree(bloq)
    switches(bloq)


@pytest.mark.parametrize("norm", [0.0, 1.5])
def test_refusals(norm):
    with pytest.raises(ValueError, match="norm"):
        ClassPart(UniformVector(2), False, norm)
