"""Verdicts about small machines against all strings up to a length, by dense matrices."""

import json
from itertools import product

import numpy as np
import pytest

from bloqs.hypergraph.model.automaton import automaton_from_text
from bloqs.hypergraph.model.product_search import judge_automaton
from bloqs.hypergraph.model.sentence import Sentence, sentence_from_text
from bloqs.hypergraph.rivals.trackers import zero_tracker

WORDS = "W(0,1) MX(0) MP(Z0*Y1) MK(1;0)"


def shortest(machine, dense, longest):
    """The first of the shortest strings on which a machine is wrong, by trying all."""
    tokens = machine.alphabet.tokens
    for length in range(1, longest + 1):
        for string in product(range(len(tokens)), repeat=length):
            if machine.language == "write*read*":
                reads = [tokens[t].is_read for t in string]
                if sorted(reads) != reads:
                    continue
            sentence = Sentence(tuple(tokens[t] for t in string), machine.alphabet.modes)
            if dense(sentence, machine.says(string))[0] < 1e-9:
                return sentence.text
    return None


@pytest.mark.parametrize("language", ["any", "write*read*"])
def test_counterexamples_are_shortest(dense, language):
    """A right machine with one arrow or one answer changed, at random."""
    random = np.random.default_rng(4)
    right = zero_tracker(sentence_from_text(WORDS), language, 500)
    assert judge_automaton(right, 500).is_right
    assert shortest(right, dense, 4) is None
    wrong = 0
    for _ in range(20):
        plain = right.as_plain()
        arrow = plain["table"][random.integers(min(6, right.states))][random.integers(1, 4)]
        if random.integers(2):
            arrow[1] = str(1 - int(arrow[1]))
        else:
            arrow[0] = int(random.integers(right.states))
        machine = automaton_from_text(json.dumps(plain))
        verdict = judge_automaton(machine, 500)
        found = shortest(machine, dense, 4)
        if verdict.is_right or len(verdict.counterexample.split()) > 4:
            assert found is None
        else:
            wrong += 1
            assert verdict.counterexample == found
    assert wrong >= 3


def test_limits_are_named():
    """Angles, and too many states."""
    row = [[0, "."], [0, "0"]]
    plain = {"modes": 2, "tokens": ["W(0,1;0.5)", "MX(0)"], "language": "any", "start": 0}
    with pytest.raises(ValueError, match="exact states know no angles"):
        judge_automaton(automaton_from_text(json.dumps({**plain, "table": [row]})), 10)
    plain["tokens"] = ["W(0,1)", "MX(0)"]
    with pytest.raises(ValueError, match="more than 1 quantum states"):
        judge_automaton(automaton_from_text(json.dumps({**plain, "table": [row]})), 1)
