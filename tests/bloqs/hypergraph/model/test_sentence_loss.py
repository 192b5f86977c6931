"""Losses by formula, by a state vector and by the gates; their derivatives by differences."""

from itertools import combinations

import cirq
import numpy as np
import pytest

from bloqs.hypergraph.circuits.cell import HRNNCell
from bloqs.hypergraph.circuits.sentence import HRNNSentence
from bloqs.hypergraph.model.sentence_loss import (
    TrainedSentence,
    grid_variance,
    qumode_loss,
    star_hessian,
)
from bloqs.hypergraph.model.training import (
    enumerated_variance,
    single_variance,
    star_variance,
    sunflower_variance,
)
from estimator.costs.circuit import circuit_of


def random_case(seed, n=5):
    random = np.random.default_rng(seed)
    edges = [e for k in (1, 2, 3) for e in combinations(range(n), k) if random.integers(3) == 0]
    edges = edges or [(0, 1)]
    wanted = tuple(bool(x) for x in random.integers(2, size=len(edges)))
    sentence = TrainedSentence(tuple(edges), int(random.integers(n)), wanted)
    return sentence, random.uniform(-4, 4, len(edges))


def gate_loss(sentence, n, angles):
    """Chance of 1 at the only read, from all gates before its measurement."""
    cells = [
        HRNNCell(n, "W", edge, theta=float(angle), is_trainable=True)
        for edge, angle in zip(sentence.edges, angles, strict=True)
    ]
    right = [e for e, y in zip(sentence.edges, sentence.wanted, strict=True) if y]
    cells += [HRNNCell(n, "W", e) for e in right if sentence.mode in e]
    cells.append(HRNNCell(n, "MP", (sentence.mode,), "X"))
    circuit = circuit_of(HRNNSentence(n, tuple(cells)))
    gates = []
    for operation in circuit.operations:
        if cirq.measurement_key_names(operation) == {"read 0"}:
            (ancilla,) = operation.qubits
            break
        gates.append(operation)
    order = [*circuit.inputs, *circuit.work]
    state = cirq.Simulator(seed=0, dtype=np.complex128).simulate(
        cirq.Circuit([[cirq.H(q) for q in circuit.inputs], *gates]), qubit_order=order
    ).final_state_vector.reshape((2,) * len(order))  # fmt: skip
    return float((np.abs(np.take(state, 1, order.index(ancilla))) ** 2).sum())


@pytest.mark.parametrize("seed", range(12))
def test_three_routes_to_a_loss(seed):
    """Edges of one to three modes, some of them away from the mode that is asked."""
    sentence, angles = random_case(seed)
    found = sentence.loss(angles)
    assert found == pytest.approx(sentence.circuit_loss(5, angles))
    if seed < 4:
        assert found == pytest.approx(gate_loss(sentence, 5, angles))
    assert sentence.loss(sentence.best) == pytest.approx(0)


@pytest.mark.parametrize("seed", range(6))
def test_derivatives(seed):
    """By central differences of the state vector's loss."""
    sentence, angles = random_case(seed + 50, 4)
    steps = np.eye(len(angles)) * 1e-3

    def loss(at):
        return sentence.circuit_loss(4, at)

    slope = [(loss(angles + s) - loss(angles - s)) / 2e-3 for s in steps]
    assert sentence.gradient(angles) == pytest.approx(np.array(slope), abs=1e-6)
    bent = [
        [
            (loss(angles + s + t) - loss(angles + s - t) - loss(angles - s + t)
             + loss(angles - s - t)) / 4e-6
            for t in steps
        ]
        for s in steps
    ]  # fmt: skip
    assert sentence.hessian(angles) == pytest.approx(np.array(bent), abs=1e-5)


@pytest.mark.parametrize(("n", "k"), [(4, 2), (5, 3), (6, 3)])
def test_hessian_at_the_optimum(n, k):
    """By counting; 2**-k on the diagonal of a star, and its spectrum at n = 6, k = 3."""
    edges = tuple(combinations(range(n), k))
    sentence = TrainedSentence(edges, 1, (True,) * len(edges))
    found = sentence.hessian(sentence.best)
    assert found == pytest.approx(star_hessian(edges, 1))
    diagonal = [found[j, j] for j, edge in enumerate(edges) if 1 in edge]
    assert diagonal == pytest.approx([2.0**-k] * len(diagonal))
    if n == 6:
        values = np.linalg.eigvalsh(found)
        assert (values[values > 1e-12].min(), values.max()) == pytest.approx((0.03, 0.59), abs=5e-3)


@pytest.mark.parametrize(
    ("n", "edges", "formula"),
    [
        (3, [(0, 1)], single_variance(2)), (4, [(0, 1, 2)], single_variance(3)),
        (3, [(0, 1), (0, 2)], star_variance(3, 2)),
        (4, [(0, *e) for e in combinations((1, 2, 3), 2)], star_variance(4, 3)),
        (5, [(0, 1, 2), (0, 3, 4)], sunflower_variance(2)),
    ],
)  # fmt: skip
def test_variance_four_ways(n, edges, formula):
    """By formula, by enumeration, from the state vector and from the gates."""
    sentence = TrainedSentence(tuple(edges), 0, (True,) * len(edges))
    assert enumerated_variance(edges, 0) == formula
    found = grid_variance(lambda at: sentence.circuit_loss(n, at), len(edges))
    assert found == pytest.approx(float(formula))
    if len(edges) < 3:
        by_gates = grid_variance(lambda at: gate_loss(sentence, n, at), len(edges))
        assert by_gates == pytest.approx(float(formula))


@pytest.mark.parametrize(("k", "spread"), [(2, 0.8), (3, 1.3)])
def test_qumode_loss(k, spread):
    """By Gauss-Hermite quadrature, exact for these degrees."""
    edges = [(0, *e) for e in combinations((1, 2, 3), k - 1)]
    random = np.random.default_rng(k)
    differences = random.normal(size=len(edges))
    nodes, weights = np.polynomial.hermite_e.hermegauss(6)
    q = spread * np.array(np.meshgrid(nodes, nodes, nodes)).reshape(3, -1)
    w = np.prod(np.meshgrid(*[weights / weights.sum()] * 3), axis=0).ravel()
    total = sum(
        d * np.prod([q[v - 1] for v in e[1:]], axis=0)
        for d, e in zip(differences, edges, strict=True)
    )
    momentum = 1 / (2 * spread)
    found = qumode_loss(differences, [k] * len(edges), spread, momentum)
    assert found == pytest.approx(momentum**2 + (w * total**2).sum())


def test_refusals():
    with pytest.raises(ValueError, match="come once"):
        TrainedSentence(((0, 1), (0, 1)), 0, (True, True))
    with pytest.raises(ValueError, match="wanted or not, got 1"):
        TrainedSentence(((0, 1), (0, 2)), 0, (True,))
    with pytest.raises(ValueError, match=r"got 3\*\*13"):
        grid_variance(lambda at: 0.0, 13)
    wide = TrainedSentence((tuple(range(30)),), 0, (True,))
    with pytest.raises(ValueError, match="20 other modes, got 29"):
        wide.loss(np.zeros(1))
