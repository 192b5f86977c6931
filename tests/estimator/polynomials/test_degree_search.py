from itertools import product

import pytest

from estimator.polynomials.degree_search import (
    first_degree,
    likely_degree,
    require_epsilon,
    smallest_degree,
)


def test_smallest_of_the_parity_is_found():
    for first, threshold, likely in product((0, 1), (0, 1, 2, 3, 17, 100, 101), (0, 5, 60, 1000)):
        found = smallest_degree(threshold.__le__, first, likely)
        assert found == min(d for d in range(first, 200, 2) if d >= threshold), (
            f"{first=}, {threshold=}, {likely=}"
        )


@pytest.mark.parametrize("search", [smallest_degree, likely_degree])
def test_few_degrees_are_tried_from_a_good_start(search):
    """Near the threshold, on either side, none is tried that is far above it."""
    for likely in (9990, 9998, 10_000, 10_002, 10_010):
        tried = []
        assert search(lambda d, seen=tried: seen.append(d) or d >= 10_000, 0, likely) == 10_000
        assert max(tried) <= 10_020
        assert len(tried) <= 24


def test_property_that_is_lost_again_is_noticed():
    with pytest.raises(ArithmeticError, match="degree 7 is accepted but 9 is not"):
        smallest_degree(lambda degree: degree == 7, 1, 7)


def test_acceptance_just_below_the_boundary_is_noticed():
    with pytest.raises(ArithmeticError, match="degree 15 is accepted but 19 is not"):
        smallest_degree(lambda degree: degree >= 21 or degree in (17, 15), 1, 40)


def test_first_degree_takes_the_first_even_if_later_ones_fail():
    assert first_degree(lambda degree: degree == 7 or degree > 20, 1) == 7


@pytest.mark.parametrize("epsilon", [0, -1e-3, 1, 2, float("nan")])
def test_epsilon_must_be_between_0_and_1(epsilon):
    with pytest.raises(ValueError, match="epsilon must be between 0 and 1, got"):
        require_epsilon(epsilon)
