"""The forgetful machine is never wrong, with fewer bits than C(n,k) - 1 where k is 3 or more."""

from itertools import combinations
from math import comb

import numpy as np
import pytest

from bloqs.hypergraph.model.bounds import upper_bits_at_cut
from bloqs.hypergraph.model.judge import judge_record
from bloqs.hypergraph.model.sentence import sentence_from_text
from bloqs.hypergraph.model.vector_engine import VectorEngine
from bloqs.hypergraph.rivals.forgetful import (
    ForgetfulMachine,
    all_edges,
    best_family,
    shared_star,
)


def read_part(random_text, random, n, k):
    parts = random_text(random, n, k, 14).split()
    return [part for part in parts if not part.startswith(("W", "I"))]


@pytest.mark.parametrize(
    ("n", "k", "family", "bits", "count"),
    [
        (4, 2, shared_star(4, 2), 5, 40), (4, 3, shared_star(4, 3), 2, 60),
        (6, 5, all_edges(6, 5), 0, 20), (6, 4, shared_star(6, 4), 12, 10),
        (5, 4, best_family(5, 4), 1, 20), (6, 4, best_family(6, 4), 11, 10),
        (7, 5, best_family(7, 5), 15, 5),
        pytest.param(4, 3, shared_star(4, 3), 2, 2000, marks=pytest.mark.slow),
        pytest.param(6, 5, all_edges(6, 5), 0, 1000, marks=pytest.mark.slow),
    ],
)  # fmt: skip
def test_every_answer_is_allowed(random_text, n, k, family, bits, count):
    """Random writes, then random reads and flips of all kinds."""
    machine = ForgetfulMachine(n, k, family)
    assert machine.bits == bits
    random = np.random.default_rng(n + k)
    edges = list(combinations(range(n), k))
    for _ in range(count):
        written = [f"W({','.join(map(str, e))})" for e in edges if random.integers(2)]
        parts = [*written, *read_part(random_text, random, n, k)] or ["MX(0)"]
        sentence = sentence_from_text(" ".join(parts), modes=n)
        verdict = judge_record(sentence, machine.record(sentence), (VectorEngine(),))
        assert verdict.is_allowed, sentence.text


def test_the_witness_is_below_all_states():
    """Of the star at n = 4, k = 3: a multiple of each of the four states less it is positive."""
    witness = ForgetfulMachine(4, 3, shared_star(4, 3)).witness
    assert np.trace(witness) == pytest.approx(1)
    edge, other = (np.array([x & mask == mask for x in range(16)]) for mask in (0b0111, 0b1011))
    for a, b in ((0, 0), (0, 1), (1, 0), (1, 1)):
        state = (-1.0) ** (a * edge + b * other) / 4
        assert np.linalg.eigvalsh(100 * np.outer(state, state) - witness)[0] > -1e-9


def test_what_can_be_excluded_is_not_forgotten():
    """Two edges of a path with k = 2; two more dimensions than the theorem has with k = 3."""
    with pytest.raises(ValueError, match="forget fewer"):
        ForgetfulMachine(4, 2, (((0, 1),), ((0, 2),)))
    with pytest.raises(ValueError, match="forget fewer"):
        ForgetfulMachine(4, 3, all_edges(4, 3))
    assert len(best_family(7, 4)) == comb(7, 4) - upper_bits_at_cut(7, 4) == 4
    with pytest.raises(ValueError, match="n >= 2k - 2"):
        shared_star(5, 4)


def test_a_write_after_a_read_is_refused():
    """The machine has no state for it."""
    machine = ForgetfulMachine(4, 3, shared_star(4, 3))
    with pytest.raises(ValueError, match="write before"):
        machine.record(sentence_from_text("W(0,1,2) MX(0) W(0,1,3)"))


@pytest.mark.parametrize(("n", "k"), [(n, k) for n in range(3, 9) for k in range(2, n + 1)])
def test_the_family_has_edges_of_one_size(n, k):
    """Each form of k modes, all below n."""
    for form in best_family(n, k):
        assert form
        assert all(len({*edge}) == k and max(edge) < n for edge in form)
