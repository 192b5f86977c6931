"""Forms of data, graph networks and gadgets are read by circuits, in both ways."""

import networkx as nx
import numpy as np
import pytest
import sympy
from qualtran.bloqs.basic_gates import CNOT

from bloqs.communication.circuits.form_shot import WAYS, FormReading, FormShot
from bloqs.communication.model.graph import GraphNetwork
from bloqs.communication.model.matching_problem import HiddenMatching, Matching
from bloqs.gates.turn_about_y import TurnAboutY
from bloqs.messages.private import Private
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_annotation
from estimator.symbols import n


def network(rng):
    """Eight nodes, one of them isolated, three features, two hops."""
    graph = nx.gnp_random_graph(7, 0.5, seed=3)
    graph.add_node(7)
    w, b, v = rng.normal(size=(3, 3, 4)), rng.normal(size=(3, 4)), rng.normal(size=12)
    adjacency, features = nx.to_numpy_array(graph), rng.normal(size=(8, 3))
    return GraphNetwork(adjacency, features, [*w], [*b], v, (0.017, 0.5, 0.308))


def mean_of(shot):
    values, likely = shot.law(Runner.of(shot).run(0))
    return float(values @ likely)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("node", [None, 2, 7])
def test_networks(way, node, rng):
    """The mean of what is read, times |x|^2, is the network's value, at every kind of node."""
    whole = network(rng)
    shot = FormShot.of_network(whole, 0, node, way)
    value = mean_of(shot) * float(np.sum(whole.extended**2))
    assert value == pytest.approx(whole.values(node)[0], abs=1e-9)
    assert shot.n == whole.qubits == 5
    sent = cost_by_annotation(shot)
    assert sent.messages.qubits == 5
    assert sent.parties == {"Alice": 5, "Bob": 5 + (way == "block-encoding")}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("is_signed", [True, False])
@pytest.mark.parametrize("bit", [0, 1])
@pytest.mark.parametrize(("size", "share"), [(4, 0.25), (8, 0.5), (16, 0.25)])
def test_gadgets(way, is_signed, bit, size, share):
    """2 alpha or 0; in the eigenbasis the bit 1 never gives the largest value: one-sided."""
    rng = np.random.default_rng(size)
    matching, x = Matching.of_share(size, share, rng), rng.integers(0, 2, size)
    w = [int(x[i] ^ x[j]) ^ bit for i, j in matching.edges]
    shot = FormShot.of_gadget(HiddenMatching(x, matching, w), is_signed, way)
    norm = shot.reading.norm
    assert mean_of(shot) / norm == pytest.approx(0 if bit else 2 * share, abs=1e-9)
    assert shot.n == size.bit_length() - 1 + (not is_signed)
    if way == "eigenbasis":
        values, likely = shot.law(Runner.of(shot).run(0))
        assert values[-1] == pytest.approx(norm)
        assert likely[-1] == pytest.approx(0 if bit else 2 * share, abs=1e-9)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("entries", "qubits"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (8, 3), (9, 4)]
)
def test_any_number_of_data(entries, qubits, way, rng):
    """Filled up with zeros to as many as qubits hold, in the form too."""
    q, x = rng.normal(size=(entries, entries)), rng.normal(size=entries)
    shot = FormShot.of(q + q.T, x, way)
    assert shot.n == qubits
    assert mean_of(shot) * (x @ x) == pytest.approx(x @ (q + q.T) @ x, abs=1e-9)


def test_a_flag_reads_a_block_encoding(rng):
    """Z of the flag, taken back through the reading, has Q/|Q| as its block and squares to 1."""
    q = rng.normal(size=(4, 4))
    q = q + q.T
    reading = FormReading(2, Private("B", tuple(map(tuple, q.tolist()))), "block-encoding")
    whole = Runner.of(reading).columns(range(8))
    encoded = whole.conj().T @ np.diag(np.repeat([1.0, -1.0], 4)) @ whole
    np.testing.assert_allclose(encoded[:4, :4], q / np.linalg.norm(q, 2), atol=1e-9)
    np.testing.assert_allclose(encoded @ encoded, np.eye(8), atol=1e-9)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (((1.0, 2.0), (0.0, 1.0)), "symmetric"),
        (((1.0, float("nan")), (0.0, 1.0)), "finite"),
        (((0.0, 0.0), (0.0, 0.0)), "not zero"),
        (((1.0,),), "has 2 rows"),
    ],
)
def test_refusals(form, said):
    with pytest.raises(ValueError, match=said):
        FormShot(1, Private("Alice", (1.0, 2.0)), Private("Bob", form))
    with pytest.raises(ValueError, match="eigenbasis or block-encoding, got 'swap'"):
        FormReading(1, way="swap")


@pytest.mark.parametrize("is_controlled", [False, True])
@pytest.mark.parametrize("qubits", [1, 2, 3])
def test_gates_in_letters_are_those_of_a_form(is_controlled, qubits, rng):
    """A block-encoding's turns and CNOTs by number, of a form of which only the size is known."""
    half = rng.normal(size=(2**qubits, 2**qubits))
    form = Private("Bob", tuple(map(tuple, (half + half.T).tolist())))
    known = FormReading(qubits, form, "block-encoding", is_controlled=is_controlled)
    unknown = FormReading(n, None, "block-encoding", is_controlled=is_controlled)
    stated, counted = (
        {kind: sum(times for bloq, times in each.calls.items() if isinstance(bloq, kind))
         for kind in (CNOT, TurnAboutY)}
        for each in (unknown, known)
    )  # fmt: skip
    for kind, times in counted.items():
        assert sympy.sympify(stated[kind]).subs({n: qubits}) == times > 0
