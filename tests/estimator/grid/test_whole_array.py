"""Whole numbers in machine arrays against Python's own."""

import random

import numpy as np
import pytest

from estimator.grid.big_array import BigArray
from estimator.grid.whole_array import TooLargeError, WholeArray

OPERATIONS = {
    "sum": (lambda a, b: a + b, lambda a, b: a + b),
    "product": (lambda a, b: a * b, lambda a, b: a * b),
    "larger": (lambda a, b: a.larger(b), max),
    "smaller": (lambda a, b: a.smaller(b), min),
}


def drawn(rng, bits, near=None):
    if near is not None:
        return [each + rng.randrange(-2, 3) for each in near]
    return [rng.randrange(-(2**bits), 2**bits) for _ in range(16)]


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("kind", [WholeArray, BigArray])
def test_operations(kind, name):
    """Exact at every size, or refused as too large; refusals only beyond 2**100."""
    rng = random.Random(name)
    ours, theirs = OPERATIONS[name]
    for bits in (3, 20, 53, 54, 62, 63, 64, 70, 90, 113) * 8:
        one = drawn(rng, bits)
        for two in (drawn(rng, rng.choice([1, bits])), drawn(rng, 0, one)):
            expected = [theirs(a, b) for a, b in zip(one, two, strict=True)]
            arrays = [np.array(each, dtype=object) for each in (one, two)]
            try:
                found = ours(*map(kind.of, arrays)).exact().tolist()
            except TooLargeError:
                assert kind is WholeArray
                assert max(map(abs, (*expected, *one, *two))) >= 2**100
            else:
                assert found == expected


@pytest.mark.parametrize("kind", [WholeArray, BigArray])
def test_powers_of_two(kind):
    """Through 2**64 and on."""
    sizes = np.arange(0, 110)
    assert kind.power_of_two(sizes).exact().tolist() == [2**i for i in range(110)]


def test_halves():
    """Division by a power of two, where it leaves whole numbers."""
    values = np.array([-(2**100) + 8, 24, 2**64, -(2**64) - 16], dtype=object)
    assert WholeArray.of(values).halved(3).exact().tolist() == [x // 8 for x in values]
    with pytest.raises(TooLargeError):
        WholeArray.of(values + 4).halved(3)


def test_sums_that_cancel():
    """A small difference of large numbers is exact, or refused: never rounded."""
    large = np.array([2**90 + 12345, 2**61 + 1], dtype=object)
    found = WholeArray.of(large) - WholeArray.of(large - 7)
    assert found.exact().tolist() == [7, 7]


@pytest.mark.parametrize("value", [2**63, 2**63 - 1, -(2**63), -(2**63) - 1, 2**64 + 5, -5])
def test_edges_of_machine_words(value):
    """What fits in 64 bits is handed out as such."""
    found = WholeArray.of(np.array([value], dtype=object)).exact()
    assert found.tolist() == [value]
    assert (found.dtype == np.int64) == (-(2**63) <= value < 2**63)


def test_numbers_beyond_all_bits():
    """Refused, so that Python's own numbers take over."""
    with pytest.raises(TooLargeError):
        WholeArray.of(np.array([2**116], dtype=object))
    with pytest.raises(TooLargeError):
        WholeArray.power_of_two(np.array([116]))
    with pytest.raises(OverflowError, match="bits"):
        BigArray.power_of_two(np.array([10**9]))
