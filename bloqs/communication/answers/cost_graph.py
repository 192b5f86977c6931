"""What one output of a graph network takes, by its sizes or of a file."""

import statistics
from collections.abc import Sequence
from typing import Any

from bloqs.communication.answers.graph_output import hardest, nodes_of, sent
from bloqs.communication.answers.letters import as_value, letters_of
from bloqs.communication.answers.protocols import Protocol, protocol_parts, symbols_in
from bloqs.communication.circuits.dense_unitary import MOST_QUBITS
from bloqs.communication.circuits.form_shot import WAYS, FormShot
from bloqs.communication.model.counts import Counts
from bloqs.communication.model.graph import GraphNetwork
from bloqs.communication.model.rounding import is_symbolic
from bloqs.communication.model.shots import loss_shots
from bloqs.communication.parameters import GRAPH_VARIANTS
from bloqs.communication.rivals.chain import NORM_BITS
from bloqs.communication.rivals.shipping import shipped_bits
from bloqs.communication.rivals.sketch import sketch_bits
from bloqs.communication.symbols import GLOSSARY
from estimator.ask.question import Asked
from estimator.report.model import Report
from estimator.report.parts import Column, Fact, Facts, Notes, Row, Table
from estimator.report.text import COUNT, EXACT, SHORT, Style

NO_DATA = (
    "accuracies on Reddit, Cora and OGBN cannot be reproduced without those data: a graph is read "
    "from a file"
)
SCALE = (
    "epsilon is the error over half the spread of the form times |x|^2; telling the sign of an "
    "output takes epsilon = 1/rho"
)
SPREAD = (
    "the eigenbasis has values over the spread of the form, a block-encoding over twice its norm: "
    "there epsilon is over the norm, and one qubit more is held, not sent"
)


MEDIAN = "the median node"

NODE = Style("node", str)
"""Its number, or "all"."""


def graph_cost(asked: Asked) -> Report:
    """Messages by sizes alone.

    Raises:
        ValueError: if sizes do not go together.
    """
    values = dict(asked.values)
    nodes, features = values.get("nodes"), values.get("features")
    if (nodes is None) != (features is None):
        raise ValueError("a graph has nodes and features of each: give --nodes and --features")
    if nodes is not None and features is not None:
        if values.get("N") is not None:
            raise ValueError("N is 1 + nodes times features: leave --N out")
        values["N"] = 1 + nodes * features
    letters = letters_of(values)
    shots = loss_shots(letters.epsilon, letters.delta)
    found = [
        Protocol(name=name, counts=_counts(shots, letters.n), n=letters.n)
        for name in GRAPH_VARIANTS
        if asked.get("variant") in (None, name)
    ]
    epsilon, delta, entries = values.get("epsilon"), values.get("delta"), values.get("N")
    if entries is None and values.get("n") is not None:
        entries = 2 ** int(values["n"])
    rows: list[Fact] = []
    if epsilon is not None and delta is not None and entries is not None:
        rows = classical_facts(entries, epsilon, delta)
    return Report(
        title="graph-network",
        settings={name: x for name, x in asked.values.items() if x is not None},
        units={name: asked.units.get(name, "") for name in asked.values},
        parts=[
            *protocol_parts(found),
            Facts(key="classical", rows=rows),
            Notes(key="notes", lines=[SCALE, SPREAD, NO_DATA], is_section=True),
        ],
        glossary=dict(sorted((s.name, GLOSSARY[s]) for s in symbols_in(found) if s in GLOSSARY)),
        bloq=FormShot(letters.n, way=next(way for way in WAYS if way == found[0].name)),
    )


def classical_facts(entries: Any, epsilon: Any, delta: Any) -> list[Fact]:
    """What classical protocols send of so many numbers."""
    style = EXACT if is_symbolic(entries, epsilon, delta) else COUNT
    return [
        Fact(key="shipping", label="shipping the data", unit="bits", style=style,
             value=shipped_bits(entries, 1, epsilon)),
        Fact(key="sketch", label="one-bit sketch", unit="bits", style=style,
             value=sketch_bits(entries, epsilon, delta)),
    ]  # fmt: skip


def _counts(shots: Any, n: Any) -> Counts:
    """One message a shot, and a norm."""
    return Counts(messages=shots, qubits=shots * n, bits=NORM_BITS, rounds=shots, shots=shots,
                  encodings=shots)  # fmt: skip


def network_cost(asked: Asked, network: GraphNetwork, name: str) -> Report:
    """What every node of a file takes, or one.

    Raises:
        ValueError: if delta is not named, or an output has no sign.
    """
    delta = asked.get("delta")
    if delta is None:
        raise ValueError("shots need a probability of failure: give --delta")
    rows: list[Row] = []
    for node in asked.track(chosen_nodes(asked, network), "nodes"):
        numbers = sent(network, node, asked.get("epsilon"), delta)
        rows.append(
            {"node": "all" if node is None else node, "class": network.predicted(node), **numbers}
        )
    return Report(
        title=name,
        settings=sizes_of(network) | settings_of(asked),
        parts=[
            Facts(key="median", rows=median_facts(rows), heading=MEDIAN if len(rows) > 1 else ""),
            nodes_table(rows),
            Notes(key="notes", lines=[who_sends_less(rows), SCALE, NO_DATA], is_section=True),
        ],
        bloq=shot_of(network, chosen_nodes(asked, network)),
    )


def chosen_nodes(asked: Asked, network: GraphNetwork) -> list[int | None]:
    """Whose output is read: that of a node, of each, or `None` for their sum."""
    return nodes_of(network, asked.get("node"), bool(asked.get("pooled")))


def shot_of(network: GraphNetwork, nodes: Sequence[int | None]) -> FormShot | None:
    """The circuit of the hardest output at one node, or summed, if it is not too large."""
    if len(nodes) > 1 or network.qubits > MOST_QUBITS:
        return None
    return FormShot.of(hardest(network, nodes[0]).form, network.extended)


def median_facts(rows: Sequence[Row]) -> list[Fact]:
    """Medians over the nodes of what is sent."""
    labels = {
        "rho": ("rho", "1"),
        "shots": ("shots", "shots"),
        "qubits": ("qubits sent", "qubits"),
        "shipping": ("shipping the data", "bits"),
        "sketch": ("one-bit sketch", "bits"),
    }
    return [
        Fact(key=key, label=label, unit=unit, style=SHORT,
             value=as_value(statistics.median(row[key] for row in rows)))
        for key, (label, unit) in labels.items()
    ]  # fmt: skip


def nodes_table(rows: Sequence[Row]) -> Table:
    """A row for each node."""
    labels = {
        "node": "node",
        "class": "class",
        "rho": "rho",
        "shots": "shots",
        "qubits": "qubits sent",
        "shipping": "shipping, bits",
        "sketch": "sketch, bits",
    }
    columns = [
        Column(key=key, label=label, align="right", style=NODE if key == "node" else SHORT)
        for key, label in labels.items()
    ]
    return Table(key="nodes", columns=columns, rows=rows, heading="node by node")


def who_sends_less(rows: Sequence[Row]) -> str:
    """Who sends less, in one sentence."""
    less = sum(row["qubits"] < min(row["shipping"], row["sketch"]) for row in rows)
    if [row["node"] for row in rows] == ["all"]:
        whom = "both classical protocols" if less else "the cheaper classical protocol"
        return f"quantum sends {'less' if less else 'more'} than {whom} for the sum over all nodes"
    if less == 0:
        return "quantum sends more than the cheaper classical protocol at every node: no advantage"
    return f"quantum sends less than both classical protocols at {less} of {len(rows)} nodes"


def sizes_of(network: GraphNetwork) -> dict[str, Any]:
    """Of a graph."""
    return {
        "nodes": network.nodes,
        "features": network.features.shape[1],
        "hops": len(network.weights) - 1,
        "n": network.qubits,
    }


def settings_of(asked: Asked) -> dict[str, Any]:
    """What was named of errors and seeds."""
    names = ("epsilon", "delta", "node", "seed")
    found = {name: asked.values[name] for name in names if asked.get(name) is not None}
    return found | ({"pooled": True} if asked.get("pooled") else {})
