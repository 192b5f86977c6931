"""Circuits of random sentences do what other engines say, and mistakes in them are seen."""

import attrs
import numpy as np
import pytest

from bloqs.hypergraph.circuits.gate_engine import GateEngine, bloq_of
from bloqs.hypergraph.circuits.recorded_run import RecordedRun
from bloqs.hypergraph.model.clifford_engine import CliffordEngine
from bloqs.hypergraph.model.phase_engine import PhaseEngine
from bloqs.hypergraph.model.phase_polynomial import TooManyCasesError
from bloqs.hypergraph.model.sentence import sentence_from_text
from bloqs.hypergraph.model.vector_engine import VectorEngine
from bloqs.hypergraph.rivals.tableau import TableauEngine

ENGINES = (CliffordEngine(), TableauEngine(), PhaseEngine(64), VectorEngine(), GateEngine())


def agree(text, modes, q, seed):
    """How many engines ran a sentence; they have one record, one probability, one state."""
    sentence = sentence_from_text(text, modes=modes, q=q)
    record, odds, states = None, [], []
    for engine in ENGINES:
        try:
            engine.check(sentence)
            run = engine.replay(sentence, record) if record else engine.sample(sentence, seed)
        except TooManyCasesError:
            continue
        record = run.record
        odds.append(float(run.probability))
        if isinstance(run.state, np.ndarray):
            states.append(run.state)
    assert max(odds) == pytest.approx(min(odds), abs=1e-9), text
    assert abs(np.vdot(*states)) == pytest.approx(1, abs=1e-9), text
    return len(odds)


@pytest.mark.parametrize("number", [40, pytest.param(10_000, marks=pytest.mark.slow)])
def test_engines_agree(number, random_text):
    random = np.random.default_rng(8)
    ran = []
    for seed in range(number):
        q = 2 if seed % 4 else 4
        n = int(random.integers(3, 9 if q == 2 else 6))
        k = int(random.integers(2, min(n, 4) + 1))
        text = random_text(random, n, k, 8, q, angles=q == 2 and seed % 3 == 0)
        ran.append(agree(text, n, q, seed))
    assert {3, 5} <= set(ran)


SENTENCE = "W(0,1,2) W(1,2,3) CX(0,3) MK(1;0,2) MX(3) W(0,2) MP(X0*Z1)"
WRONG = {
    "a dropped edge": (0, {"kind": "I", "places": (), "k": 0}),
    "a wrong edge": (1, {"places": (0, 2, 3)}),
    "a wrong control": (2, {"places": (1, 3)}),
    "a wrong sign": (5, {"theta": 0.5, "is_trainable": True}),
}
"""By what is wrong: number of the cell, and what it is made."""


def odds_of(bloq, sentence):
    start = np.full(2**sentence.qubits, 2 ** (-sentence.qubits / 2))
    run, found = RecordedRun(bloq), {}
    for said in VectorEngine().records(sentence, 64):
        left = iter(said.replace(".", ""))
        found[said] = run.run(start, lambda _, left=left: int(next(left))).probability
    return found


def test_one_circuit_of_a_sentence():
    sentence = sentence_from_text(SENTENCE)
    assert odds_of(bloq_of(sentence), sentence) == pytest.approx(
        VectorEngine().records(sentence, 64)
    )


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_mistakes_change_probabilities(wrong):
    sentence = sentence_from_text(SENTENCE)
    bloq = bloq_of(sentence)
    place, changes = wrong
    cells = [*bloq.cells]
    cells[place] = attrs.evolve(cells[place], **changes)
    broken = attrs.evolve(bloq, cells=tuple(cells))
    right = VectorEngine().records(sentence, 64)
    assert odds_of(broken, sentence) != pytest.approx(right)


def test_too_wide():
    with pytest.raises(TooManyCasesError, match="at most 14 qubits, got 15"):
        GateEngine().check(sentence_from_text("I", modes=15))
