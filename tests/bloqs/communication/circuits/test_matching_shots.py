"""Edges are read without error, and equal strings are told from orthogonal ones."""

import numpy as np
import pytest
from qualtran.bloqs.basic_gates import CNOT

from bloqs.communication.circuits.matching_shots import (
    EqualOrOrthogonalShot,
    HiddenMatchingShot,
    MatchingBasis,
    edge_law,
)
from bloqs.communication.model.matching_problem import EqualOrOrthogonal, HiddenMatching, Matching
from bloqs.messages.private import Private
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_annotation, cost_by_counting

SIZES = [2, 4, 8, 16, 32, 64]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("share", [0.25, 0.5])
def test_hidden_matching(size, share):
    """Every edge with probability 2/N and its parity for certain: 2 alpha in all."""
    rng, share = np.random.default_rng(size), share if size > 2 else 0.5
    problem = HiddenMatching(rng.integers(0, 2, size), Matching.of_share(size, share, rng))
    shot = HiddenMatchingShot.of(problem)
    law = edge_law(shot, Runner.of(shot).run(0))
    places = np.arange(len(law)), np.array(problem.parities)
    np.testing.assert_allclose(law[places], 2 / size, atol=1e-9)
    assert law.sum() == pytest.approx(2 * share, abs=1e-9)


@pytest.mark.parametrize("shift", [1, 4, 11])
def test_a_shift_takes_cnots_alone(shift, rng):
    """Weight of the shift less 1, whichever qubit tells the ends apart."""
    edges = [(x, x ^ shift) for x in range(16) if x < x ^ shift][1:]
    problem = HiddenMatching(rng.integers(0, 2, 16), Matching(16, edges))
    shot = HiddenMatchingShot.of(problem)
    law = edge_law(shot, Runner.of(shot).run(0))
    places = np.arange(len(law)), np.array(problem.parities)
    np.testing.assert_allclose(law[places], 1 / 8, atol=1e-9)
    cost = cost_by_counting(MatchingBasis(4, Private("Bob", tuple(edges))))
    assert (cost.rotations, cost.cliffords) == (0, shift.bit_count())


def test_any_matching_takes_n_minus_1_times_n_rotations():
    """A fifth of a dense block at 64 places."""
    matching = Matching.of_share(64, 0.5, np.random.default_rng(1))
    found = cost_by_annotation(MatchingBasis(6, Private("Bob", matching.edges)))
    assert found.rotations == 5 * 64 < (3 * (4**6 - 2**6) // 2) / 18


@pytest.mark.parametrize("size", SIZES)
def test_equal_or_orthogonal(size):
    """All qubits are 0 if equal, and never if they differ in half of the places."""
    rng = np.random.default_rng(size)
    one = rng.integers(0, 2, size)
    two = one.copy()
    two[rng.permutation(size)[: size // 2]] ^= 1
    for other, chance in ((one, 1.0), (two, 0.0)):
        shot = EqualOrOrthogonalShot.of(EqualOrOrthogonal(one, other))
        assert abs(abs(Runner.of(shot).run(0)[0]) ** 2 - chance) < 1e-9


HERS = Private("Alice", (0, 1, 1, 0))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: HiddenMatchingShot(2, HERS, Private("Bob", ((0, 1), (1, 2)))), "1 has two"),
        (lambda: HiddenMatchingShot(2, HERS, Private("Bob", ((0, 4),))), "of 0 to 3"),
        (lambda: HiddenMatchingShot(3, HERS, Private("Bob", ((0, 1),))), "has 8 bits on 3"),
        (lambda: EqualOrOrthogonalShot(2, HERS, Private("Bob", (0, 1))), "has 4 bits on 2"),
        (lambda: EqualOrOrthogonalShot(1, Private("Alice", (0, 2))), "bits 0 and 1"),
        (lambda: MatchingBasis(2).edges, "has no edges"),
    ],
)
def test_refusals(make, said):
    with pytest.raises(ValueError, match=said):
        make()


@pytest.mark.parametrize(("is_controlled", "cnots"), [(False, 16), (True, 49)])
def test_without_a_matching_as_many_cnots_are_stated(is_controlled, cnots):
    """(n - 1) N for the turns; under a control three times as many, and one for the sums."""
    edges = Private("Bob", ((0, 6), (1, 3), (7, 2)))
    found = cost_by_counting(MatchingBasis(3, edges, is_controlled=is_controlled)).cnots
    assert MatchingBasis(3, is_controlled=is_controlled).calls[CNOT()] == found == cnots
