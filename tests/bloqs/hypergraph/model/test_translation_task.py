"""Sentences that are learned, and their records, against the judge."""

import numpy as np
import pytest

from bloqs.hypergraph.model.automaton import ends_writing
from bloqs.hypergraph.model.bounds import check_pauli_sentence
from bloqs.hypergraph.model.judge import judge_record
from bloqs.hypergraph.model.translation_task import TranslationTask

SIZES = [(2, 2), (3, 2), (4, 2), (5, 2), (3, 3), (4, 3), (5, 3)]


@pytest.mark.parametrize("choice", ["drawn", "zero"])
@pytest.mark.parametrize(("n", "k"), SIZES)
def test_records_can_be_said_and_are_as_likely_as_the_judge_says(n, k, choice):
    task = TranslationTask(n, k, 2 * n)
    drawn = task.draw(np.random.default_rng(3), 40, choice)
    for row, said, chances in zip(drawn.tokens, drawn.answers, drawn.chances, strict=True):
        sentence, record = task.sentence(row), task.record(said)
        verdict = judge_record(sentence, record)
        assert verdict.is_allowed
        assert float(verdict.probability) == pytest.approx(chances.prod(), rel=1e-9)
        assert not any(ends_writing(token) for token in sentence.tokens[: task.writes])
        assert all(token.is_read for token in sentence.tokens[task.writes :])
        if k == 2:
            check_pauli_sentence(sentence)


@pytest.mark.parametrize(("n", "k"), SIZES)
def test_zero_is_said_wherever_it_can_be(n, k):
    """One bit turned from 1 to 0 cannot be said, given what was said before."""
    task = TranslationTask(n, k, 2 * n)
    drawn = task.draw(np.random.default_rng(4), 30, "zero")
    for row, said in zip(drawn.tokens, drawn.answers, strict=True):
        for place in np.flatnonzero(said):
            end = task.writes + place + 1
            other = task.record(np.append(said[:place], 0))
            assert not judge_record(task.sentence(row[:end]), other).is_allowed


def test_every_edge_is_written_or_not_by_a_fair_coin_and_at_most_once():
    task = TranslationTask(4, 2, 8)
    tokens = task.draw(np.random.default_rng(5), 4000).tokens[:, : task.writes]
    times = (tokens[:, :, None] == np.arange(1, 7)).sum(axis=1)
    assert times.max() == 1
    assert abs(times.mean(axis=0) - 0.5).max() < 0.05
    first = (tokens[:, 0, None] == np.arange(7)).mean(axis=0)
    assert abs(first[1:] - 1 / 12).max() < 0.03


@pytest.mark.parametrize(("n", "k"), [(4, 2), (5, 3)])
def test_a_shift_query_is_answered_by_the_edges(n, k):
    """f(x) + f(x + A), with x named by the answers before, for each A."""
    task = TranslationTask(n, k, n)
    random = np.random.default_rng(6)
    query = task.shift_queries(random, 200)
    shifts = set()
    for row in query:
        edges = [e for e in range(1, 1 + task.writes) if random.random() < 0.5]
        tokens = np.array([*edges, *row])
        sentence = task.sentence(tokens)
        shift = [v for (v, _), _ in sentence.tokens[-1].letters]
        assert {letter for _, letter in sentence.tokens[-1].letters} == {"X"}
        shifts.add(tuple(shift))
        x = np.zeros(n, dtype=int)
        x[random.permutation(n)[: n // 2]] = 1
        parities = [sum(x[v] for (v, _), _ in t.letters) % 2 for t in sentence.tokens[-n:-1]]
        written = [task.alphabet[e].edge for e in edges]
        moved = x.copy()
        moved[shift] ^= 1
        value = sum(int(y[list(e)].all()) for e in written for y in (x, moved)) % 2
        record = "." * len(edges) + "".join(map(str, [*parities, value]))
        assert judge_record(sentence, record).is_allowed
        assert not judge_record(sentence, record[:-1] + str(1 - value)).is_allowed
    assert len(shifts) == sum(1 for a in range(1, 2**n) if a.bit_count() <= 4)


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        ((1, 2, 4), "a task has 2 to 5 modes, got n = 1"),
        ((6, 2, 12), "a task has 2 to 5 modes, got n = 6"),
        ((3, 4, 6), "k is from 2 to n = 3, got 4"),
        ((3, 2, 2), "reads at least n = 3 times, a shift query, got 2"),
    ],
)
def test_tasks_that_there_are_not(sizes, words):
    with pytest.raises(ValueError, match=words):
        TranslationTask(*sizes)
