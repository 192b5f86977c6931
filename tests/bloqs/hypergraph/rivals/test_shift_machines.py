"""Shift queries answered with half the memory, and from right to left, judged."""

from itertools import combinations

import numpy as np
import pytest

from bloqs.hypergraph.model.judge import judge_record
from bloqs.hypergraph.model.queries import shift_query
from bloqs.hypergraph.model.sentence import Sentence
from bloqs.hypergraph.model.tokens import WriteToken
from bloqs.hypergraph.rivals.shift_machines import HalfMemoryMachine, OfflineMachine


@pytest.mark.parametrize(("n", "k", "bits"), [(6, 3, 2), (7, 3, 5), (6, 2, 6)])
def test_all_shift_queries_are_answered(n, k, bits):
    """Right on every query of random hypergraphs; one that answers the other way is wrong."""
    random = np.random.default_rng(n)
    for _ in range(8):
        edges = [e for e in combinations(range(n), k) if random.integers(2)]
        shift = int(random.integers(1, 2**n))
        half = HalfMemoryMachine(n, k)
        for edge in edges:
            half.write(edge)
        offline = OfflineMachine(n, shift)
        assert (half.bits, offline.bits) == (bits, n + 1)
        sentence = Sentence((*map(WriteToken, edges), *shift_query(n, shift)), n)
        for said in (half.query(shift), offline.read_back(reversed(edges))):
            record = "." * len(edges) + said
            assert judge_record(sentence, record).is_allowed
            wrong = record[:-1] + str(1 - int(record[-1]))
            assert judge_record(sentence, wrong).stopped == len(record) - 1
