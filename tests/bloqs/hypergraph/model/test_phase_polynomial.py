"""Exponential sums, derivatives and substitutions against all points."""

import numpy as np
import pytest

from bloqs.hypergraph.model.phase_polynomial import (
    PhasePolynomial,
    TooManyCasesError,
    product_of,
)

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


@pytest.mark.parametrize("degree", [1, 2, 3])
def test_sums(degree):
    """Of random polynomials, sparse and dense, over all or some of eight variables."""
    random = np.random.default_rng(degree)
    for count in range(40):
        masks = [x for x in random.integers(256, size=count).tolist() if x.bit_count() <= degree]
        f = PhasePolynomial(masks)
        expected = sum((-1) ** sum(x & mask == mask for mask in masks) for x in range(256))
        assert f.exponential_sum(255, 64) == expected
        assert sorted(f) == sorted(PhasePolynomial(masks))
        other = PhasePolynomial(random.integers(256, size=4).tolist())
        total = f.copy()
        total.add(list(other))
        assert sorted(f.plus(other)) == sorted(total)
        assert f.affine_difference(other) == total.affine()
        assert f.slope(3) == f.derivative(8).affine()
        f.add(other)
        assert sorted(f) == sorted(total)


def test_parts_that_share_no_variable_are_summed_apart():
    """Sixty products of three bits, each 6, and one on which cases are told apart twice."""
    f = PhasePolynomial(0b111 << 3 * j for j in range(60))
    assert f.exponential_sum(2**180 - 1, 256) == 6**60
    f.add(list(PhasePolynomial([0b1111 << 200, 1 << 203, 0])))
    assert f.exponential_sum(2**180 - 1 | 0b1111 << 200, 256) == -2 * 6**60


def test_what_is_hopeless_is_refused_soon():
    """A dense cubic form in sixty variables, which would take seconds to its last case."""
    random = np.random.default_rng(1)
    f = PhasePolynomial(
        sum(1 << int(v) for v in random.choice(60, 3, replace=False)) for _ in range(600)
    )
    with pytest.raises(TooManyCasesError, match="more than 1048576 cases"):
        f.exponential_sum(2**60 - 1, 2**20)


def test_what_is_deep_is_not_hopeless():
    """f_j = x_j (a_j b_j + f_(j+1)): one path is deep, all others end soon."""
    depth, expected, rest, f, reached = 20, 1, 0, [], 0
    for j in range(depth):
        reached |= 1 << j
        f.append(reached | 0b11 << depth + 2 * j)
    for _ in range(depth):  # from within: x_j times a b + what is further in
        expected, rest = 2 ** (rest + 2) + 2 * expected, rest + 3
    assert PhasePolynomial(f).exponential_sum(2 ** (3 * depth) - 1, 64) == expected
