"""Graph networks by their sizes."""

import math

import pytest

import quledger
from bloqs.communication.answers.cost_graph import verdict_of


def row(node, qubits):
    return {"node": node, "qubits": qubits, "shipping": 10, "sketch": 20}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([row("all", 10)], "quantum sends more than the cheaper classical protocol for the sum"),
        ([row("all", 9)], "quantum sends less than both classical protocols for the sum"),
        ([row(0, 15), row(1, 10)], "more than the cheaper classical protocol at every node"),
        ([row(0, 15), row(1, 9)], "less than both classical protocols at 1 of 2 nodes"),
    ],
)
def test_who_sends_less(rows, said):
    assert said in verdict_of(rows)


def test_by_sizes():
    """2449029 nodes of 100 features take 28 qubits; M = 2 ln(2/delta)/epsilon**2."""
    report = quledger.cost("graph-network", nodes=2449029, features=100, epsilon=1 / 70, delta=0.05)
    shots = math.ceil(2 * math.log(40) * 4900)
    assert report["sent"]["shots"] == pytest.approx(shots, abs=1)
    assert report["sent"]["qubits"] == report["sent"]["shots"] * 28
    assert report["classical"]["shipping"] > 5e9
    assert report["sent"]["qubits"] < report["classical"]["sketch"]
    assert any("cannot be reproduced without those data" in line for line in report["notes"])


def test_letters_and_refusals():
    assert {"n", "epsilon", "delta"} <= quledger.cost("graph-network").glossary.keys()
    with pytest.raises(ValueError, match="give --nodes and --features"):
        quledger.cost("graph-network", nodes=3)
    with pytest.raises(ValueError, match="leave --N out"):
        quledger.cost("graph-network", nodes=3, features=2, N=8)
