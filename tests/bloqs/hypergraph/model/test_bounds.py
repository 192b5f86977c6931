"""Bounds at numbers that were worked out elsewhere, and where they do not hold."""

from itertools import combinations

import pytest
import sympy

from bloqs.hypergraph.model.bounds import (
    bound,
    cache_bits,
    check_pauli_sentence,
    derivatives_needed,
    shared_block,
    upper_bits_always,
    upper_bits_at_cut,
    window_bits,
)
from bloqs.hypergraph.model.exclusion import classes, polygon_excludable
from bloqs.hypergraph.model.sentence import sentence_from_text
from bloqs.hypergraph.symbols import k, n


def test_values():
    """C(n,k) - 1 and sums of C(n-1, j), n = 4 to 64; where each first exceeds the qubits."""
    assert [bound("pauli").value(x, 2) for x in (4, 8, 16, 64)] == [5, 27, 119, 2015]
    assert [bound("matching").value(x, 3) for x in (4, 8, 16, 64)] == [8, 64, 576, 41728]
    assert [bound("matching").value(x, 4) for x in (8, 16, 64)] == [99, 1941, 637393]
    assert [derivatives_needed(x) for x in range(2, 9)] == [5, 9, 13, 17, 21, 25, 29]
    assert [bound("uniform").first_advantage(x) for x in range(2, 7)] == [24, 32, 56, 90, 132]
    bits = {2: 1, 3: 2, 4: 3, 5: 3, 6: 3, 7: 4, 8: 4}
    found = [bound("field").first_advantage(x, m) for x, m in bits.items()]
    assert found == [4, 6, 7, 8, 8, 10, 10]
    found = [bound("field-weights").first_advantage(x, m) for x, m in bits.items()]
    assert found == [4, *range(5, 11)]
    assert bound("paper").value(n, k) == sympy.binomial(n, k) - 1


def test_bounds_meet():
    """At the cut, lower and upper are equal for k = 2; below the claim for plain k >= 3."""
    assert all(bound("pauli").value(x, 2) == upper_bits_at_cut(x, 2) for x in range(2, 30))
    plain = {(3, 3): 0, (4, 3): 2, (5, 4): 1, (6, 4): 11, (6, 5): 0, (7, 5): 15, (14, 12): 0}
    assert {at: upper_bits_at_cut(*at) for at in plain} == plain
    assert 2015 < upper_bits_always(64) < 2015 + 2 * 64 + 3
    assert cache_bits(2, 8, 16, 100) == 51200
    assert window_bits(2, 8, 16, 100, 10) == 5120


@pytest.mark.parametrize("n", range(2, 8))
def test_a_block_shares_one_latent(n):
    """By the classes of all points, counted; from k = n - 1 >= 5 on there is nothing to keep."""
    for order in range(2, n + 1):
        edges = [sum(1 << v for v in edge) for edge in combinations(range(n), order)]
        sizes = classes([(edge,) for edge in edges], n).values()
        assert (shared_block(n, order) == n) == (not polygon_excludable(sizes)), order
        assert (shared_block(n, order) == n) == (order == n or order == n - 1 >= 5)


@pytest.mark.parametrize(
    ("name", "at", "says"),
    [
        ("pauli", (5, 3), "k = 2 alone, got 3"), ("field", (5, 3, 1), "at least q = 4"),
        ("matching", (5, 6), "k is from 2 to n = 5"), ("uniform", (n, k), "give k as a number"),
        ("pauli", (5, 2, 2), "plain qubits"),
    ],
)  # fmt: skip
def test_a_bound_is_refused_outside_its_theorem(name, at, says):
    """Naming the value."""
    with pytest.raises(ValueError, match=says):
        bound(name).value(*at)


def test_sentences_of_theorem_b():
    """Reads of at most four modes."""
    check_pauli_sentence(sentence_from_text("W(0,1) MP(X0*X1*Y2*Z3) I"))
    for text in ("MP(X0*X1*X2*X3*X4)", "W(0,1,2)", "MK(0;1)"):
        with pytest.raises(ValueError, match="Theorem B"):
            check_pauli_sentence(sentence_from_text(text))
    with pytest.raises(ValueError, match="a bound is one of paper"):
        bound("none")
