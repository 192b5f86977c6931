"""Parts of Theorem B's search: bases, forms, orbits."""

import numpy as np

from bloqs.hypergraph.rivals.pairs_check import Lists, moved_forms, truth_table
from bloqs.hypergraph.rivals.pairs_search import (
    Bases,
    all_bases,
    bases,
    form_vectors,
    search_pairs,
    strategy,
    substituted,
)


def test_every_basis_is_found_once_by_both_sides():
    """2295 sets of 16 strings that commute, by spans and by symmetric forms on subspaces."""

    def spans(lists):
        found = set()
        for strings in lists:
            span = {0}
            for string in strings:
                span |= {int(string) ^ each for each in span}
            assert len(span) == 16
            found.add(frozenset(span))
        return found

    one, two = spans(bases()), spans(Lists().strings)
    assert len(one) == 2295
    assert one == two


def test_states_of_a_basis_are_orthogonal():
    """In each of some bases: 16 of them, with overlaps that are whole numbers."""
    rows = bases()
    every = Bases(rows[::100])
    for place in range(len(every.strings)):
        vectors = every._vectors[16 * place : 16 * place + 16]
        gram = vectors @ vectors.conj().T
        norms = np.diag(gram).real
        assert np.array_equal(gram, np.diag(norms))
        assert (norms > 0).all()


def test_forms_are_the_same_on_both_sides():
    """Signs of all 1024, and where they go when modes change places or are added."""
    signs = form_vectors()
    for number in range(0, 1024, 7):
        assert np.array_equal(signs[number].real, 1 - 2 * truth_table(number))
    ring, added = moved_forms()
    assert np.array_equal(added, substituted(lambda mode: 1 << mode | (mode == 1)))
    assert np.array_equal(ring, substituted(lambda mode: 1 << (mode - 1) % 4))


def test_a_pair_of_states_cannot_be_excluded():
    """If two of three states are the same and not orthogonal to the third, there is no way."""
    assert strategy(form_vectors()[[0, 0, 1]], all_bases(), 0) is None


def test_a_search_that_is_broken_off_is_incomplete():
    """By hand, after the first orbit."""

    def interrupted(steps, label):
        yield next(iter(steps))
        raise KeyboardInterrupt

    found = search_pairs(interrupted)
    assert not found.is_complete
    assert "incomplete" in found.answer
    assert len(found.evidence["orbits"]) == 1
