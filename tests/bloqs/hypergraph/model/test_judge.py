"""Records on two hundred modes, and engines that refuse."""

from itertools import combinations

import numpy as np
import pytest

from bloqs.hypergraph.model.judge import first_that_can, judge_record
from bloqs.hypergraph.model.phase_engine import PhaseEngine
from bloqs.hypergraph.model.queries import shift_answer, shift_query, stabilizer_query
from bloqs.hypergraph.model.sentence import Sentence, sentence_from_text
from bloqs.hypergraph.model.tokens import WriteToken
from bloqs.hypergraph.model.vector_engine import VectorEngine


def parity(edges, point):
    return sum(all(point >> v & 1 for v in edge) for edge in edges) % 2


def test_a_long_record_is_judged_in_seconds():
    """13,600 writes of three modes and a shift query: right at a point, wrong with its last bit."""
    n, random = 200, np.random.default_rng(2)
    edges = [tuple(map(int, random.choice(n, 3, replace=False))) for _ in range(13600)]
    shift = sum(1 << int(v) for v in random.choice(n, 100, replace=False))
    pivot = shift & -shift
    point = int.from_bytes(random.bytes(25), "little") & ~pivot
    said = shift_answer(n, shift, point, parity(edges, point) ^ parity(edges, point ^ shift))
    record = "." * len(edges) + said
    sentence = Sentence((*map(WriteToken, edges), *shift_query(n, shift)), n)
    verdict = judge_record(sentence, record)
    assert verdict.is_allowed
    assert verdict.log2_probability == 1 - n
    wrong = judge_record(sentence, record[:-1] + str(1 - int(record[-1])))
    assert not wrong.is_allowed
    assert (wrong.stopped, wrong.log2_probability) == (len(record) - 1, -np.inf)


def test_full_stabilizers_are_certain():
    """Of random hypergraphs on forty modes, k = 3 and 4: always 0, never 1."""
    for k in (3, 4):
        random = np.random.default_rng(k)
        edges = [tuple(map(int, random.choice(40, k, replace=False))) for _ in range(60)]
        query = stabilizer_query(edges[0][0], edges)
        sentence = Sentence((*map(WriteToken, edges), *query), 40)
        for said in "01":
            record = "".join(said if token.is_read else "." for token in sentence.tokens)
            verdict = judge_record(sentence, record)
            assert (verdict.is_allowed, verdict.probability) == (said == "0", said == "0")


def test_no_engine_is_wide_enough():
    """Both limits are named."""
    edges = list(combinations(range(21), 4))
    random = np.random.default_rng(3)
    text = " ".join(
        f"W({','.join(map(str, edges[i]))}) MX({edges[i][0]})"
        for i in random.integers(len(edges), size=60)
    )
    sentence = sentence_from_text(text, modes=21)
    with pytest.raises(ValueError, match=r"phase polynomial: .*at most 2 .*state vector: .*20"):
        judge_record(sentence, ".0" * 60, (PhaseEngine(2), VectorEngine()))
    with pytest.raises(ValueError, match="at least one branch"):
        PhaseEngine(0)


def test_what_leaves_every_engine_is_refused_soon():
    """Writes of three modes and reads of X and Z, by turns, on two hundred modes."""
    random = np.random.default_rng(1)
    text = " ".join(
        f"W({','.join(map(str, random.choice(200, 3, False)))}) "
        f"M{random.choice(list('XZ'))}({random.integers(200)})"
        for _ in range(2000)
    )
    sentence = sentence_from_text(text, modes=200)
    with pytest.raises(ValueError, match=r"at most 16 signs on affine sets; state vector"):
        first_that_can((PhaseEngine(16), VectorEngine()), lambda x: x.sample(sentence, 1), sentence)


def test_many_branches_of_dense_writes():
    """Three reads of X after 13,600 writes of three modes: each doubles the sum."""
    random = np.random.default_rng(1)
    texts = [f"W({','.join(map(str, random.choice(200, 3, False)))})" for _ in range(13_600)]
    sentence = sentence_from_text(" ".join(texts + [f"MX({v})" for v in range(3)]), modes=200)
    run = PhaseEngine(16).sample(sentence, 1)
    assert len(run.state) == 8
    assert PhaseEngine(16).probability(sentence, run.record) == run.probability
