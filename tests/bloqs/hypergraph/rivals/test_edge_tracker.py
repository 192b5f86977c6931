"""A machine that keeps some edges: right with all of them, as the zero tracker; wrong with less."""

from itertools import combinations

import numpy as np

from bloqs.hypergraph.model.judge import judge_record
from bloqs.hypergraph.model.translation_task import TranslationTask
from bloqs.hypergraph.rivals.edge_tracker import EdgeTracker

TASK = TranslationTask(4, 2, 8)
EDGES = list(combinations(range(4), 2))
DRAWN = TASK.draw(np.random.default_rng(7), 150, "zero")


def records(kept):
    return [EdgeTracker(frozenset(kept)).record(TASK.sentence(row)) for row in DRAWN.tokens]


def test_with_all_edges_it_says_zero_wherever_it_can():
    assert records(EDGES) == [TASK.record(said) for said in DRAWN.answers]


def test_errors_grow_as_edges_are_lost():
    shares = []
    for kept in range(len(EDGES) + 1):
        wrong = [
            not judge_record(TASK.sentence(row), said).is_allowed
            for row, said in zip(DRAWN.tokens, records(EDGES[:kept]), strict=True)
        ]
        shares.append(np.mean(wrong))
    assert EdgeTracker(frozenset(EDGES[:2])).bits == 2
    assert shares[-1] == 0
    assert shares[-2] > 0.05
    assert shares[0] > shares[3] > shares[-2]
