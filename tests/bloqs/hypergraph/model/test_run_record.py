"""Engines agree with each other and with products of dense matrices."""

from fractions import Fraction

import numpy as np
import pytest

from bloqs.hypergraph.model.phase_engine import PhaseEngine
from bloqs.hypergraph.model.run_record import is_possible
from bloqs.hypergraph.model.sentence import sentence_from_text
from bloqs.hypergraph.model.vector_engine import VectorEngine

ENGINES = (PhaseEngine(4096), VectorEngine())


def random_records(sentence, random, count):
    """Records of fair coins, and one that the model says."""
    said = [ENGINES[1].sample(sentence, int(random.integers(2**31))).record]
    for _ in range(count):
        said.append("".join(str(random.integers(2)) if t.is_read else "." for t in sentence.tokens))
    return said


def check(random_text, dense, random, n, k, q, angles):
    text = random_text(random, n, k, int(random.integers(1, 14)), q, angles)
    sentence = sentence_from_text(text, modes=n, q=q)
    for record in random_records(sentence, random, 1):
        expected, _ = dense(sentence, record)
        for engine in ENGINES:
            found = engine.probability(sentence, record)
            assert found == pytest.approx(expected, abs=1e-9), (engine.name, text, record)
            assert is_possible(found) == (expected > 1e-9), (engine.name, text, record)
            if not angles and engine is ENGINES[0]:
                assert isinstance(found, Fraction)


@pytest.mark.parametrize(
    ("n", "k", "q", "angles", "count"),
    [
        (3, 2, 2, False, 40), (4, 3, 2, False, 20), (5, 4, 2, False, 6), (3, 3, 2, True, 20),
        (2, 2, 4, False, 20), (3, 2, 4, False, 6), (2, 2, 8, False, 6),
        pytest.param(4, 4, 2, False, 3000, marks=pytest.mark.slow),
        pytest.param(5, 3, 2, False, 2000, marks=pytest.mark.slow),
        pytest.param(4, 3, 2, True, 500, marks=pytest.mark.slow),
    ],
)  # fmt: skip
def test_engines_agree_with_dense_matrices(random_text, dense, n, k, q, angles, count):
    """Probabilities of random records, allowed or not, by two engines and by matrices."""
    random = np.random.default_rng(n + 10 * k + 100 * q)
    for _ in range(count):
        check(random_text, dense, random, n, k, q, angles)


def test_all_records(random_text, dense):
    """The allowed records are those of positive probability, and these sum to 1."""
    sentence = sentence_from_text("W(0,1,2) MX(0) W(1,2) MK(1;0,2) MP(Y1*Z2) MX(0)", modes=3)
    expected = {}
    for number in range(2**4):
        a, b, c, d = (str(number >> i & 1) for i in range(4))
        record = f".{a}.{b}{c}{d}"
        chance, _ = dense(sentence, record)
        if chance > 1e-9:
            expected[record] = chance
    for engine in ENGINES:
        found = engine.records(sentence, 100)
        assert found.keys() == expected.keys()
        assert {key: float(x) for key, x in found.items()} == pytest.approx(expected)
        assert sum(found.values()) == pytest.approx(1)
        with pytest.raises(ValueError, match="more than 3 allowed records"):
            engine.records(sentence, 3)


def test_samples_have_their_probabilities():
    """MX of a mode with one cubic edge says 0 with probability 3/4, as bias gives."""
    sentence = sentence_from_text("W(0,1,2) MX(0)")
    for engine in ENGINES:
        zeros = sum(engine.sample(sentence, seed).record == ".0" for seed in range(400))
        assert engine.probability(sentence, ".0") == pytest.approx(0.75)
        assert abs(zeros - 300) < 45  # five standard deviations
