"""What is refused of parts, and the error of products."""

import math

import pytest
import sympy

from bloqs.encodings.parts import check_equal_systems, check_parts, product_error
from estimator import symbols


def test_refuses_too_few(stated):
    with pytest.raises(ValueError, match=r"sum needs at least 2 encoding\(s\), got 1"):
        check_parts("sum", stated(1, 0), least=2)


def test_refuses_a_controlled_part(diagonal):
    with pytest.raises(ValueError, match="has a control; control the sum instead"):
        check_parts("sum", diagonal(1.0, 2.0).controlled())


def test_refuses_a_negative_error(stated):
    for error in (-0.1, math.nan, sympy.nan):
        with pytest.raises(ValueError, match=rf"sum needs errors >= 0, got epsilon={error} of"):
            check_parts("sum", stated(1, error))


@pytest.mark.parametrize("sizes", [(1, 2), (symbols.n, symbols.m), (symbols.n, 2)])
def test_refuses_unequal_systems(stated, sizes):
    with pytest.raises(ValueError, match="sum needs parts of equal size, got"):
        check_equal_systems("sum", *(stated(1, 0, size) for size in sizes))


def test_small_errors_survive_large_alphas(stated):
    """A difference of products would be zero in floating point."""
    assert float(product_error([stated(1e9, 0), stated(1.0, 1e-12)])) == pytest.approx(1e-3)


def test_error_is_the_difference_of_products(stated):
    """The closed form, expanded, for three parts with symbols for all."""
    letters = sympy.symbols("x y z u v w", positive=True)
    alphas, errors = letters[:3], letters[3:]
    parts = [stated(x, e) for x, e in zip(alphas, errors, strict=True)]
    shifted = sympy.prod([x + e for x, e in zip(alphas, errors, strict=True)])
    assert sympy.expand(product_error(parts) - shifted + sympy.prod(alphas)) == 0
