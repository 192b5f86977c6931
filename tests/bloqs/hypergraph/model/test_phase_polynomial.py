"""Exponential sums, derivatives and substitutions against all points."""

import numpy as np
import pytest

from bloqs.hypergraph.model.phase_polynomial import PhasePolynomial, product_of

POINTS = 64


def values(polynomial):
    return [sum(x & mask == mask for mask in polynomial) % 2 for x in range(POINTS)]


@pytest.mark.parametrize("seed", range(12))
def test_it_is_the_function_of_its_points(seed):
    """Random polynomials of degree up to 4 in six variables."""
    random = np.random.default_rng(seed)
    masks = [int(x) for x in random.integers(POINTS, size=14) if int(x).bit_count() <= 4]
    f = PhasePolynomial(masks)
    table = values(masks)
    assert values(f) == table
    assert f.exponential_sum(POINTS - 1, 1000) == sum((-1) ** x for x in table)
    direction = int(random.integers(1, POINTS))
    moved = [table[x] ^ table[x ^ direction] for x in range(POINTS)]
    assert values(f.derivative(direction)) == moved
    form, constant = int(random.integers(POINTS)) & ~4, int(random.integers(2))
    f.substitute(2, form, constant)
    put = [table[x & ~4 | (((x & form).bit_count() + constant) % 2) << 2] for x in range(POINTS)]
    assert values(f) == put
    forms = [(int(random.integers(POINTS)), int(random.integers(2))) for _ in range(3)]
    product = [
        all(((x & mask).bit_count() + one) % 2 for mask, one in forms) for x in range(POINTS)
    ]
    assert values(product_of(forms)) == product


def test_a_sum_with_too_many_cases_is_refused():
    """A cubic form that splits."""
    f = PhasePolynomial([0b111, 0b111000, 0b001011, 0b110100])
    with pytest.raises(ValueError, match="more than 1 cases"):
        f.exponential_sum(63, 1)
