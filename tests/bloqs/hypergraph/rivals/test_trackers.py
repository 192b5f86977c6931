"""Automata that are right, judged by the product search."""

import json

import pytest

from bloqs.hypergraph.model.automaton import automaton_from_text
from bloqs.hypergraph.model.product_search import judge_automaton
from bloqs.hypergraph.model.sentence import sentence_from_text
from bloqs.hypergraph.rivals.trackers import cut_latents, cut_machine, zero_tracker

LOCAL = "W(0,1) W(0,2) W(1,2) MX(0) MX(1) MX(2) MZ(0) MZ(1) MZ(2)"


def test_tracking_the_state_is_right():
    """183 of the 216 reachable states, and right on every string."""
    tracker = zero_tracker(sentence_from_text(LOCAL), "any", 1000)
    assert tracker.states == 183
    assert judge_automaton(tracker, 1000).is_right


def test_forgetting_an_edge_is_right_for_writes_before_reads_alone():
    """Four latents at the cut where three edges were written; wrong for any order."""
    machine = cut_machine(sentence_from_text(LOCAL), 0, "write*read*", 4000)
    assert cut_latents(machine) == 4
    assert judge_automaton(machine, 1000).is_right
    plain = {**machine.as_plain(), "language": "any"}
    verdict = judge_automaton(automaton_from_text(json.dumps(plain)), 1000)
    assert not verdict.is_right


def test_an_edge_of_one_mode_cannot_be_forgotten():
    """|+> and Z|+> are orthogonal."""
    with pytest.raises(ValueError, match="orthogonal"):
        cut_machine(sentence_from_text("W(0) MX(0)"), 0, "write*read*", 10)
