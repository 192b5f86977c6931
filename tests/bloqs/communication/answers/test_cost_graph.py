"""Graph networks by their sizes."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

import quledger
from bloqs.communication.answers import cost_graph
from bloqs.communication.answers.cost_graph import MEDIAN, who_sends_less
from bloqs.communication.model.graph_file import graph_from_file
from bloqs.communication.rivals.sketch import sketch_bits

KARATE = Path(__file__).parents[4] / "examples" / "karate_club.json"


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
    assert said in who_sends_less(rows)


def test_by_sizes():
    """2449029 nodes of 100 features take 28 qubits; M = 2 ln(2/delta)/epsilon**2."""
    report = quledger.cost("graph-network", nodes=2449029, features=100, epsilon=1 / 70, delta=0.05)
    shots = math.ceil(2 * math.log(40) * 4900)
    assert report["sent"]["shots"] == pytest.approx(shots, abs=1)
    assert report["sent"]["qubits"] == report["sent"]["shots"] * 28
    assert report["classical"]["shipping"] > 5e9
    assert report["sent"]["qubits"] < report["classical"]["sketch"]
    assert any("cannot be reproduced without those data" in line for line in report["notes"])


@pytest.mark.parametrize("given", [{"n": 10}, {"N": 1024}, {"nodes": 93, "features": 11}])
def test_sizes_are_one(given):
    """1024 numbers, one of which is the constant: 738 shots of ten qubits and a norm."""
    report = quledger.cost("graph-network", epsilon=0.1, delta=0.05, **given)
    assert report["sent"] == {
        "shots": 738, "qubits": 7380, "messages": 738, "bits": 64, "rounds": 738,
        "encoding_gates": 738 * 2045,
    }  # fmt: skip
    per_number = math.ceil(math.log2(32 / (math.sqrt(1.1) - 1)))
    assert report["classical"]["shipping"] == 1024 * per_number
    assert report["classical"]["sketch"] == sketch_bits(1024, 0.1, 0.05)
    assert [row["variant"] for row in report["variants"]] == ["eigenbasis", "block-encoding"]


@pytest.mark.parametrize("way", ["eigenbasis", "block-encoding"])
def test_one_way_alone(way):
    report = quledger.cost("graph-network", n=5, variant=way, epsilon=0.1)
    assert [row["variant"] for row in report["variants"]] == [way]
    assert (report.bloq.way, report.bloq.n) == (way, 5)
    assert not report["classical"]  # without delta there is no number


def test_a_graph_of_a_file():
    """The median of each number over the nodes; a circuit for one node alone."""
    report = quledger.cost(KARATE, delta=0.05)
    assert report.bloq is None
    for key in ("rho", "shots", "qubits", "shipping", "sketch"):
        found = [row[key] for row in report["nodes"]]
        assert report["median"][key] == pytest.approx(np.median(found)), key
    sizes = {name: report.settings[name] for name in ("nodes", "features", "hops", "n")}
    content = json.loads(KARATE.read_text())
    wide = len(content["features"][0])
    assert sizes == {
        "nodes": 34, "features": wide, "hops": len(content["weights"]) - 1,
        "n": (34 * wide).bit_length(),
    }  # fmt: skip
    one = quledger.cost(KARATE, delta=0.05, node=3)
    assert [row["node"] for row in one["nodes"]] == [3]
    assert one["nodes"][0] == report["nodes"][3]
    assert one.bloq.n == sizes["n"]
    with pytest.raises(ValueError, match="give --delta"):
        quledger.cost(KARATE)


def test_letters_and_refusals():
    assert {"n", "epsilon", "delta"} <= quledger.cost("graph-network").glossary.keys()
    with pytest.raises(ValueError, match="give --nodes and --features"):
        quledger.cost("graph-network", nodes=3)
    with pytest.raises(ValueError, match="leave --N out"):
        quledger.cost("graph-network", nodes=3, features=2, N=8)


@pytest.mark.parametrize(
    ("given", "has_numbers"),
    [
        ({"n": 5, "epsilon": 0.1, "delta": 0.05}, True),
        ({"n": 5, "epsilon": 0.1}, False),
        ({"n": 5, "delta": 0.05}, False),
        ({"epsilon": 0.1, "delta": 0.05}, False),
    ],
)
def test_classical_numbers_need_every_size(given, has_numbers):
    assert bool(quledger.cost("graph-network", **given)["classical"]) is has_numbers


def test_features_need_nodes():
    with pytest.raises(ValueError, match="give --nodes and --features"):
        quledger.cost("graph-network", features=3)


def test_what_was_named_is_said_of_a_file():
    """The sum over all nodes and its circuit; medians are named where there are several nodes."""
    whole = quledger.cost(KARATE, delta=0.05, epsilon=0.2, pooled=True)
    assert whole.settings["pooled"] is True
    assert whole.bloq is not None
    assert (whole.settings["epsilon"], whole.settings["delta"]) == (0.2, 0.05)
    each = quledger.cost(KARATE, delta=0.05, epsilon=0.2)
    assert "pooled" not in each.settings
    heads = [{part.key: part.heading for part in x.parts if part.key == "median"}["median"]
             for x in (whole, each)]  # fmt: skip
    assert heads == ["", MEDIAN]


def test_circuits_of_many_qubits_are_left_out(monkeypatch):
    network = graph_from_file(KARATE)
    monkeypatch.setattr(cost_graph, "MOST_QUBITS", network.qubits)
    assert cost_graph.shot_of(network, [0]).n == network.qubits
    assert cost_graph.shot_of(network, [0, 1]) is None
    monkeypatch.setattr(cost_graph, "MOST_QUBITS", network.qubits - 1)
    assert cost_graph.shot_of(network, [0]) is None
