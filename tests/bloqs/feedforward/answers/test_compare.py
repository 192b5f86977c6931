"""A circuit beside the exact evaluation: both sides, and the class."""

from pathlib import Path

import numpy as np
import pytest

import quledger
from bloqs.feedforward.answers.compare import class_facts

DIGITS = Path(__file__).parents[4] / "examples" / "digits_cnn.onnx"


@pytest.fixture(scope="module")
def answer():
    (found,) = quledger.compare(DIGITS, digit=0, epsilon=0.1)
    return found


def test_circuits_are_those_of_cost(answer):
    cost = quledger.cost(DIGITS, digit=0, epsilon=0.1)
    row = next(each for each in answer["ways"] if each["way"] == "circuit, qrom")
    assert row["operations"] == cost["gates"]["toffoli"] + cost["gates"]["cswap"]
    assert row["memory"] == cost["qubits"]
    assert row["depth"] == cost["toffoli_depth"]
    exact = answer["ways"][-1]
    assert exact["operations"] == cost["facts"]["classical FLOP"] == 43674
    assert sum(layer["flops"] for layer in answer["layers"]) == exact["operations"]


def test_the_digit_is_told(answer):
    facts = (
        {fact["key"]: fact["value"] for fact in answer["class"]}
        if isinstance(answer["class"], list)
        else answer["class"]
    )
    assert facts["network"] == facts["shots"] == 2
    assert facts["runs"] >= facts["needed"] > 1


def test_a_negative_score_may_take_most_shots():
    """Shots see squares: the class of the largest score is said beside."""
    facts = {
        fact.key: fact.value for fact in class_facts(np.array([1.0, -3.0, 0.5]), 2.0, 0.0, 0.9)
    }
    assert facts["network"] == 0
    assert facts["shots"] == 1
    assert facts["runs"] == 4 * facts["needed"]


def test_a_lost_margin_has_no_number_of_shots():
    facts = [fact.key for fact in class_facts(np.array([1.0, 1.01]), 1.0, 0.1, 0.9)]
    assert facts == ["network", "shots"]
