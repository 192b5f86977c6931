"""Matchings are read without error; what is no matching or breaks the promise is refused."""

import numpy as np
import pytest

from bloqs.communication.model.evaluate import output_state
from bloqs.communication.model.matching_problem import EqualOrOrthogonal, HiddenMatching, Matching

SIZES = [2, 4, 8, 16, 64]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("share", [0.25, 0.5])
def test_hidden_matching(size, share):
    """Edges with probability 2 alpha, never with the wrong parity; the model has the same law."""
    rng, share = np.random.default_rng(size), share if size > 2 else 0.5
    problem = HiddenMatching(rng.integers(0, 2, size), Matching.of_share(size, share, rng))
    assert problem.answers == pytest.approx(2 * share, abs=1e-12)
    assert problem.wrong == pytest.approx(0, abs=1e-15)
    np.testing.assert_allclose(np.abs(output_state(problem.model)) ** 2, problem.law, atol=1e-12)
    assert sorted(problem.matching.order) == [*range(size)]


@pytest.mark.parametrize("bit", [0, 1])
def test_hidden_bit(bit, rng):
    """That of the weights on every edge; none without weights."""
    string, matching = rng.integers(0, 2, 16), Matching.of_share(16, 0.25, rng)
    weights = [int(string[i]) ^ int(string[j]) ^ bit for i, j in matching.edges]
    assert HiddenMatching(string, matching, weights).hidden == bit
    assert HiddenMatching(string, matching).hidden is None


@pytest.mark.parametrize("size", SIZES)
def test_equal_or_orthogonal(size):
    """All qubits read 0 if equal, and never if orthogonal."""
    rng = np.random.default_rng(size)
    one = rng.integers(0, 2, size)
    two = one.copy()
    two[rng.permutation(size)[: size // 2]] ^= 1
    for other, chance in ((one, 1.0), (two, 0.0)):
        problem = EqualOrOrthogonal(one, other)
        assert abs(output_state(problem.model)[0]) ** 2 == pytest.approx(chance, abs=1e-12)
        assert problem.answer == bool(chance)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Matching(4, [(0, 1), (1, 2)]), "disjoint; 1 has two"),
        (lambda: Matching(4, [(0, 4)]), r"different places of 0 to 3, got \(0, 4\)"),
        (lambda: Matching(4, [(2, 2)]), r"got \(2, 2\)"),
        (lambda: Matching(4, []), "at least one edge"),
        (lambda: Matching(6, [(0, 1)]), r"2\*\*n places"),
        (lambda: Matching.of_share(4, 0.3, None), r"alpha N edges, .* got 0.3 \* 4 = 1.2"),
        (lambda: HiddenMatching([0, 1, 2, 0], Matching(4, [(0, 1)])), "bits 0 and 1"),
        (lambda: HiddenMatching([0, 1], Matching(4, [(0, 1)])), "each of 4 places, got 2"),
        (lambda: HiddenMatching([0, 1], Matching(2, [(0, 1)]), [1, 0]), "1 edges, got 2"),
        (
            lambda: HiddenMatching([0, 1, 0, 0], Matching(4, [(0, 1), (2, 3)]), [0, 0]),
            "one bit for all edges; 1 of 2 have another",
        ),
        (lambda: EqualOrOrthogonal([0, 1, 1, 0], [0, 1, 1, 1]), "differ in 1, off by 1"),
        (lambda: EqualOrOrthogonal([0, 1, 1], [0, 1, 1]), r"2\*\*n bits each"),
    ],
)
def test_refusals(make, message):
    with pytest.raises(ValueError, match=message):
        make()
