"""What turns leave: compiled exclusions are accepted, altered ones are not."""

import json

import numpy as np
import pytest
from attrs import evolve

from bloqs.hypergraph.answers.turns_search import search_turns
from bloqs.hypergraph.rivals.certificate import certificate_from_text
from bloqs.hypergraph.rivals.exclusion_task import forms_from_texts, forms_task
from bloqs.hypergraph.rivals.turns_check import check_turns, residual
from estimator.ask.question import untracked


@pytest.mark.parametrize(
    ("forms", "q"),
    [(("I", "W(0,1)", "W(2,3)"), 2), (("I", "W(0,1,2:1)", "W(0,1,3:2)"), 4),
     (("W(0,1)", "W(0,2)", "W(1,3) W(0,2)"), 2)],
)  # fmt: skip
def test_compiled_exclusions(forms, q):
    """Accepted, with what is left at rounding."""
    certificate = search_turns(forms_task(forms_from_texts(forms, 4, q)))
    certificate = certificate_from_text(certificate.text())
    verdict = check_turns(certificate, untracked)
    assert verdict.is_accepted, verdict.reason


def test_altered_turns_are_rejected():
    """An angle, a target, the basis, the forms."""
    found = search_turns(forms_task(forms_from_texts(("I", "W(0,1)", "W(2,3)"), 4, 2)))
    turns = json.loads(json.dumps(found.evidence["turns"]))
    turns[0]["angles"][2] += 1e-6
    assert "residual" in check_turns(found.altered(turns=turns), untracked).reason
    turns = json.loads(json.dumps(found.evidence["turns"]))
    turns[1]["target"] = 3 - turns[0]["target"] - turns[1]["target"] or 1
    assert not check_turns(found.altered(turns=turns[:1]), untracked).is_accepted
    states = json.loads(json.dumps(found.evidence["states"]))
    states[0][0] = 1e-3
    assert "meets" in check_turns(found.altered(states=states), untracked).reason
    states = json.loads(json.dumps(found.evidence["states"]))
    states[1], states[2] = states[2], states[1]
    assert not check_turns(found.altered(states=states), untracked).is_accepted
    other = forms_task(forms_from_texts(("I", "W(0,1)", "W(0,2)"), 4, 2))
    assert "overlap" in check_turns(evolve(found, task=other), untracked).reason


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("turn", [0, 1])
@pytest.mark.parametrize("angle", [float("nan"), float("inf"), -1e400, None, "1", 10**400])
def test_an_angle_that_is_no_number_is_rejected(turn, angle):
    """In either turn: what is left is not a number then, which is never above the bound."""
    found = search_turns(forms_task(forms_from_texts(("I", "W(0,1)", "W(2,3)"), 4, 2)))
    turns = json.loads(json.dumps(found.evidence["turns"]))
    turns[turn]["angles"][1] = angle
    assert not check_turns(found.altered(turns=turns), untracked).is_accepted


@pytest.mark.filterwarnings("error")
def test_entries_that_overflow_are_rejected():
    """With a reason, and without a warning."""
    found = search_turns(forms_task(forms_from_texts(("I", "W(0,1)", "W(2,3)"), 4, 2)))
    states = json.loads(json.dumps(found.evidence["states"]))
    states[1][0] = 1e300
    assert "above 1" in check_turns(found.altered(states=states), untracked).reason


def test_no_turn_leaves_the_distance():
    """Without turns the distance is what the states say."""
    found = search_turns(forms_task(forms_from_texts(("I", "W(0,1)", "W(2,3)"), 4, 2)))
    states = np.array(found.evidence["states"])
    none = {"vector": 0, "target": 1, "first": 0, "angles": []}
    assert residual(states, none) == pytest.approx((1 - states[0, 1] ** 2) ** 0.5)
