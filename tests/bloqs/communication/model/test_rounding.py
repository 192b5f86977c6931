"""Whole numbers, bits and ranges: the same for numbers and for symbols."""

import math

import numpy as np
import pytest
import sympy

from bloqs.communication.model.rounding import (
    bits_for,
    ceiling,
    check_between,
    check_error,
    check_failure,
    floor,
    ln,
    sqrt,
    told_norm,
)

X = sympy.Symbol("x", positive=True)


@pytest.mark.parametrize("values", [*range(1, 40), 2**53 + 1, 2**70, 2**70 + 1])
def test_bits_tell_values_apart(values):
    """As few as do; by counting what so many bits can say."""
    found = bits_for(values)
    assert 2**found >= values
    assert found == 0 or 2 ** (found - 1) < values


@pytest.mark.parametrize("of", [ceiling, floor, ln, sqrt, bits_for], ids=lambda of: of.__name__)
@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 8, 9, 1000])
def test_symbols_are_as_numbers(of, number):
    scale = 1 if of is bits_for else sympy.Rational(3, 4)
    found = of(scale * X).subs(X, number)
    assert float(found) == pytest.approx(of(float(scale * number)), rel=1e-12)


@pytest.mark.parametrize(("number", "below", "above"), [(2, 2, 2), (2.1, 2, 3), (-0.5, -1, 0)])
def test_neighbours(number, below, above):
    assert (floor(number), ceiling(number)) == (below, above)


@pytest.mark.parametrize(
    ("is_open", "allowed", "refused"),
    [(True, [0.01, 0.5, 1.99], [0, 2, -1, 3]), (False, [0.01, 2], [0, 2.01, -1])],
)
def test_ends_of_a_range(is_open, allowed, refused):
    """The lower end is never in it; symbols are not asked."""
    for number in (*allowed, X):
        check_between("it", number, 0, 2, is_open)
    for number in (*refused, math.nan, math.inf):
        end = ")" if is_open else "]"
        with pytest.raises(ValueError) as said:
            check_between("it", number, 0, 2, is_open)
        assert str(said.value) == f"it lies in (0, 2{end}, got {number:g}"


def test_errors_and_failures():
    """An error of 1 is allowed, a failure for certain is not."""
    check_error(1)
    for check in (check_error, check_failure):
        check(1e-9)
        check(X)
        with pytest.raises(ValueError, match="got 0"):
            check(0)
    with pytest.raises(ValueError, match="probability of failure"):
        check_failure(1)
    with pytest.raises(ValueError, match="error allowed"):
        check_error(1.01)


@pytest.mark.parametrize("bits", [12, 13, 20, 40])
def test_a_norm_is_told_as_exactly_as_its_bits_allow(bits, rng):
    """Within a share of 2**-(bits - 11), and of half of that not always."""
    norms = np.exp(rng.uniform(-200, 200, 400))
    off = [abs(told_norm(float(norm), bits) / norm - 1) for norm in norms]
    assert 2.0 ** -(bits - 10) / 2 < max(off) <= 2.0 ** -(bits - 11)
    assert len({told_norm(1 + k / 10_000, bits) for k in range(10_000)}) <= 2 ** (bits - 11) + 1
    for exact in (1.0, 0.5, 2.0**300, 1.5):
        assert told_norm(exact, bits) == exact


@pytest.mark.parametrize(
    ("norm", "bits", "said"),
    [(1.0, 11, "at least 12 bits, got 11"), (0.0, 20, "positive"), (math.inf, 20, "finite"),
     (math.nan, 20, "finite"), (-1.0, 20, "positive")],
)  # fmt: skip
def test_what_is_no_norm_is_refused(norm, bits, said):
    with pytest.raises(ValueError, match=said):
        told_norm(norm, bits)
