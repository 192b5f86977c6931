"""Fields by their axioms, traces and products."""

from itertools import product

import pytest

from bloqs.hypergraph.model.field import (
    field_bits,
    least_field,
    multiply,
    product_monomials,
    trace,
)


@pytest.mark.parametrize("m", [1, 2, 3, 4])
def test_it_is_a_field(m):
    """Products associate and distribute, and every element but 0 has an inverse."""
    q = range(2**m)
    for a, b, c in product(q, repeat=3):
        assert multiply(a, b ^ c, m) == multiply(a, b, m) ^ multiply(a, c, m)
        assert multiply(multiply(a, b, m), c, m) == multiply(a, multiply(b, c, m), m)
    assert all(any(multiply(a, b, m) == 1 for b in q) for a in q if a)
    assert sum(trace(a, m) for a in q) == 2 ** (m - 1)  # linear, and not zero


@pytest.mark.parametrize(("m", "order"), [(2, 3), (3, 2)])
def test_a_trace_is_the_sum_of_its_products(m, order):
    """At every point, for every weight."""
    for weight in range(2**m):
        terms = product_monomials(weight, order, m)
        for point in product(range(2**m), repeat=order):
            value = weight
            for x in point:
                value = multiply(value, x, m)
            total = sum(
                all(x >> bit & 1 for x, bit in zip(point, bits, strict=True)) for bits in terms
            )
            assert total % 2 == trace(value, m)


def test_the_least_field():
    """Powers of two from 2, 4, 5, 7, 8, 10, 11, 13, 14, 15, 17 on."""
    assert [least_field(k) for k in range(2, 13)] == [2, 4, 8, 8, 8, 16, 16, 16, 16, 16, 32]
    assert [field_bits(q) for q in (2, 4, 8, 16)] == [1, 2, 3, 4]
    for q in (1, 3, 6, 32, True):
        with pytest.raises(ValueError, match="size of a field"):
            field_bits(q)
