"""stim behind the engines' interface: dense matrices, our own tableau, speed and refusals."""

import numpy as np
import pytest

from bloqs.hypergraph.model.clifford_engine import CliffordEngine
from bloqs.hypergraph.model.sentence import sentence_from_text
from bloqs.hypergraph.model.vector_engine import VectorEngine
from bloqs.hypergraph.rivals.tableau import TableauEngine


def clifford_text(random, n, length):
    """Signs on one mode and two, angles of pi, CNOT, and strings with Y."""
    parts = []
    for _ in range(length):
        some = [int(v) for v in random.permutation(n)[:4]]
        strings = "*".join(f"{random.choice(list('XYZ'))}{v}" for v in some)
        one, two = some[:2]
        parts.append(
            [f"W({one},{two})", f"W({one};{np.pi!r})", f"CX({one},{two})", f"MK({one};{two})",
             f"MP({strings})", f"M{random.choice(list('XZ'))}({one})"][random.integers(6)]
        )  # fmt: skip
    return " ".join(parts)


def test_records_are_as_likely_as_by_dense_matrices(dense):
    """Records that can be and others."""
    random = np.random.default_rng(4)
    for seed in range(40):
        sentence = sentence_from_text(clifford_text(random, 4, 12), modes=4)
        said = VectorEngine().sample(sentence, seed).record
        other = "".join("." if x == "." else str(random.integers(2)) for x in said)
        for record in (said, other):
            expected, _ = dense(sentence, record)
            found = CliffordEngine().probability(sentence, record)
            assert float(found) == pytest.approx(expected, abs=1e-9)


def test_fields(dense):
    """A weight is up to four products of two bits, and one mode is written alone."""
    random = np.random.default_rng(7)
    for weight in range(4):
        text = f"W(0,1:{weight}) W(1:{weight}) CX(0.1,1.0) MP(X0.0*Y1.1*Z1.0) MX(0.1) MX(1.0)"
        sentence = sentence_from_text(text, q=4)
        for number in random.integers(8, size=4):
            record = "..." + f"{number:03b}"
            expected, _ = dense(sentence, record)
            assert float(CliffordEngine().probability(sentence, record)) == expected


def test_one_seed_has_one_record():
    """A thousand strings on two hundred modes, by stim and by our own tableau."""
    random = np.random.default_rng(6)
    sentence = sentence_from_text(clifford_text(random, 200, 1000), modes=200)
    run = CliffordEngine().sample(sentence, 3)
    ours = TableauEngine().sample(sentence, 3)
    assert (run.record, run.probability) == (ours.record, ours.probability)
    wrong = CliffordEngine().records(sentence_from_text("W(0,1) MP(X0*Z1) MZ(0)"), 2)
    assert wrong == {".00": 0.5, ".01": 0.5}


def test_what_is_no_clifford_sentence_is_refused():
    for text in ("W(0,1,2)", "W(0,1;0.5)", "CCX(0,1,2)", "MK(0;1,2)"):
        sentence = sentence_from_text(f"W(0,1) {text}")
        for engine in (CliffordEngine(), TableauEngine()):
            with pytest.raises(ValueError, match="no angle but pi; got") as refusal:
                engine.check(sentence)
            assert str(refusal.value).endswith(text)
