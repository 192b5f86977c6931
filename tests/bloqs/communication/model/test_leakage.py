"""What copies tell: the dimension of their symmetric subspace, and no more."""

import itertools
import math

import numpy as np
import pytest
import sympy

from bloqs.communication.model.leakage import guess_probability, interactive_bits, leaked_bits
from bloqs.communication.symbols import N, k


@pytest.mark.parametrize(("entries", "copies"), [(2, 1), (2, 3), (3, 2), (4, 3)])
def test_dimension(entries, copies):
    """Rank of many random products of copies."""
    rng = np.random.default_rng(0)
    products = []
    for _ in range(80):
        state = rng.normal(size=entries)
        product = np.ones(1)
        for _ in itertools.repeat(None, copies):
            product = np.kron(product, state)
        products.append(product / np.linalg.norm(product))
    rank = np.linalg.matrix_rank(np.array(products), tol=1e-9)
    assert leaked_bits(entries, copies) == pytest.approx(math.log2(rank))


def test_numbers():
    """1,722 bits of 738 copies of 1,024 entries, where 7,380 is the crude bound."""
    assert leaked_bits(1024, 738) == pytest.approx(1721.88, abs=0.01)
    assert leaked_bits(10**9, 0) == 0
    assert float(leaked_bits(N, k).subs({N: 8, k: 3})) == pytest.approx(leaked_bits(8, 3))
    with pytest.raises(ValueError, match="N=0 and k=1"):
        leaked_bits(0, 1)


def test_messages():
    assert interactive_bits(10, 3) == 13
    assert interactive_bits(3, 10) == 6
    assert interactive_bits(10, 3, is_entangled=True) == 20
    assert interactive_bits(N, k) == sympy.Min(2 * N, N + k)
    assert guess_probability(8, 3) == 2**-5
    assert guess_probability(8, 3, is_entangled=True) == 2**-2
    assert guess_probability(8, 9) == 1
