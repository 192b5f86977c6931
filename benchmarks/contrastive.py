"""The engine of contrastive learning beside PennyLane and Cirq, on the published ring.

All are given the same gates, inputs and angles. One step is the value and both gradients of 512
views, exact, or the 41,472 circuits of two terms of the shift rule with 100 shots each. Peers that
run one circuit after another are given a 64th of that step, 8 views, and so are we.
"""

import importlib.util
import math
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any

import numpy as np
from attrs import frozen

from benchmarks.benchmark import Benchmark, Case
from bloqs.contrastive.model.batched_engine import Engine
from bloqs.contrastive.model.gradient_rules import jacobian

WIDTH, LAYERS, VIEWS, FEW, SHOTS = 8, 2, 512, 8, 100
STEP = "value and both gradients of the ring, W = 8, L = 2"
SAMPLED = "step of two terms and 100 shots, the ring, W = 8, L = 2"
JITTED = "default.qubit (JAX, compiled)"
"""A peer that no extra installs; where JAX is not, its row says so."""

HEADLINES = {
    ("default.qubit (broadcast, backprop)", True): "outputs and gradients of 512 views through "
    "a ring of 8 qubits and 2 layers, against PennyLane's `default.qubit`, in one batch, by "
    "backpropagation",
    ("lightning (adjoint)", True): "the same, against its `lightning.qubit`, by the adjoint method",
    ("default.qubit (broadcast)", False): "a step of 41,472 circuits with 100 shots, by shifts of "
    "the angles, against `default.qubit` in batches of 512",
    ("lightning", False): "the same for a 64th of the step, against `lightning.qubit`",
    ("Cirq", False): "the same, against Cirq",
}
"""Rows of the README, by peer and whether outputs are exact."""

NOISE = 6 / math.sqrt(SHOTS)
"""Two means of 100 shots differ by less."""


@frozen(eq=False)
class Views:
    """What all are given: inputs, angles, and the gradient that comes from above."""

    engine: Engine
    inputs: Any
    angles: Any
    weights: Any


def views(number: int, is_single: bool = False) -> Views:
    """Random ones; what is compiled is compiled here, outside the clock."""
    rng = np.random.default_rng(1)
    engine = Engine(kind="ring", width=WIDTH, layers=LAYERS, is_single=is_single)
    angles = rng.normal(0, WIDTH**-0.5, engine.angles)
    inputs = rng.uniform(0, math.pi, (number, WIDTH))
    given = Views(engine, inputs, angles, rng.normal(size=(number, WIDTH)))
    exact_step(given)
    sampled_step(given)
    return given


def exact_step(given: Views) -> Any:
    """Ours: the gradient by the angles."""
    _, _, by_angles = given.engine.with_gradient(given.inputs, given.angles, given.weights)
    return by_angles.sum(axis=0)


def sampled_step(given: Views) -> Any:
    """Ours: outputs and their Jacobian, from shots; the outputs."""
    rng = np.random.default_rng(2)
    found = jacobian(given.engine, given.inputs, given.angles, "two-term", shots=SHOTS, rng=rng)
    assert found.circuits == len(given.inputs) * (1 + 2 * (WIDTH + given.engine.angles))
    return found.outputs


def ring(qml: Any, inputs: Any, angles: Any) -> list[Any]:
    """The gates in PennyLane; inputs of shape (W, samples) are broadcast."""
    for k in range(WIDTH):
        qml.RX(inputs[k], wires=k)
    for layer in range(LAYERS):
        at = 2 * WIDTH * layer
        for k in range(WIDTH):
            qml.RY(angles[at + k], wires=k)
        for k in range(WIDTH):
            qml.CRX(angles[at + WIDTH + k], wires=[k, (k + 1) % WIDTH])
    return [qml.expval(qml.PauliZ(k)) for k in range(WIDTH)]


@cache
def node(device: str, method: str | None, shots: int | None) -> Callable[..., Any]:
    """The circuit on a device of PennyLane."""
    import pennylane as qml

    found = qml.QNode(partial(ring, qml), qml.device(device, wires=WIDTH), diff_method=method)
    return qml.set_shots(found, shots=shots) if shots else found


def broadcast_step(given: Views) -> Any:
    """PennyLane: one batch through default.qubit, gradients by backpropagation."""
    import pennylane as qml

    circuit = node("default.qubit", "backprop", None)

    def loss(inputs: Any, angles: Any) -> Any:
        outputs = qml.math.stack(circuit(inputs, angles))
        return qml.math.sum(outputs * given.weights.T)

    inputs, angles = (
        qml.numpy.array(each, requires_grad=True) for each in (given.inputs.T, given.angles)
    )
    return qml.grad(loss, argnums=[0, 1])(inputs, angles)[1]


@cache
def jitted() -> Callable[..., Any]:
    """The gradient of the same loss, compiled by JAX in double precision."""
    import jax
    import pennylane as qml

    jax.config.update("jax_enable_x64", True)
    circuit = qml.QNode(
        partial(ring, qml), qml.device("default.qubit", wires=WIDTH), interface="jax"
    )

    def loss(inputs: Any, angles: Any, weights: Any) -> Any:
        return qml.math.sum(qml.math.stack(circuit(inputs, angles)) * weights)

    return jax.jit(jax.grad(loss, argnums=(0, 1)))


def jitted_step(given: Views) -> Any:
    """PennyLane: one batch through default.qubit, compiled by JAX."""
    return np.asarray(jitted()(given.inputs.T, given.angles, given.weights.T)[1])


def views_for_jax(number: int, is_single: bool) -> Views:
    """As `views`; the peer is compiled here too, if it is there."""
    given = views(number, is_single)
    if importlib.util.find_spec("jax") is not None:
        jitted_step(given)
    return given


def lightning_step(given: Views) -> Any:
    """PennyLane: one sample after another on lightning, gradients by the adjoint method."""
    import pennylane as qml

    circuit = node("lightning.qubit", "adjoint", None)

    def loss(inputs: Any, angles: Any, weights: Any) -> Any:
        return qml.math.sum(qml.math.stack(circuit(inputs, angles)) * weights)

    slope = qml.grad(loss, argnums=[0, 1])
    total = np.zeros(len(given.angles))
    for row, weights in zip(given.inputs, given.weights, strict=True):
        inputs, angles = (qml.numpy.array(each, requires_grad=True) for each in (row, given.angles))
        total += slope(inputs, angles, weights)[1]
    return total


def shifted(given: Views) -> Iterator[tuple[Any, Any]]:
    """Inputs and angles of every circuit of the step, the unshifted ones first."""
    yield given.inputs, given.angles
    for sign in (1, -1):
        for k in range(WIDTH):
            yield given.inputs + sign * math.pi / 2 * np.eye(WIDTH)[k], given.angles
        for k in range(len(given.angles)):
            yield given.inputs, given.angles + sign * math.pi / 2 * np.eye(len(given.angles))[k]


def broadcast_shots(given: Views) -> Any:
    """PennyLane: 81 batches through default.qubit."""
    circuit = node("default.qubit", None, SHOTS)
    found = [np.array(circuit(inputs.T, angles)).T for inputs, angles in shifted(given)]
    return found[0]


def lightning_shots(given: Views) -> Any:
    """PennyLane: every circuit by itself on lightning."""
    circuit = node("lightning.qubit", None, SHOTS)
    found = [
        np.array([circuit(row, angles) for row in inputs]) for inputs, angles in shifted(given)
    ]
    return found[0]


def cirq_shots(given: Views) -> Any:
    """Cirq: every circuit by itself."""
    import cirq

    simulator, qubits = cirq.Simulator(seed=3), cirq.LineQubit.range(WIDTH)

    def means(row: Any, angles: Any) -> Any:
        gates: list[Any] = [cirq.rx(x)(q) for x, q in zip(row, qubits, strict=True)]
        for layer in range(LAYERS):
            at = 2 * WIDTH * layer
            gates += [cirq.ry(angles[at + k])(q) for k, q in enumerate(qubits)]
            gates += [
                cirq.rx(angles[at + WIDTH + k])(qubits[(k + 1) % WIDTH]).controlled_by(qubits[k])
                for k in range(WIDTH)
            ]
        circuit = cirq.Circuit(gates, cirq.measure(*qubits, key="z"))
        return 1 - 2 * simulator.run(circuit, repetitions=SHOTS).measurements["z"].mean(axis=0)

    found = [np.array([means(row, angles) for row in inputs]) for inputs, angles in shifted(given)]
    return found[0]


def near(tolerance: float) -> Callable[[Any, Any], bool]:
    """Whether two answers are as near as their kind allows."""
    return lambda one, other: bool(np.abs(np.asarray(one) - np.asarray(other)).max() < tolerance)


def case(peer: Callable[[Any], Any], named: str, number: int, is_exact: bool) -> Case:
    """One peer on one kind of step."""
    ours, what = (exact_step, STEP) if is_exact else (sampled_step, SAMPLED)
    circuits = number * (1 + 2 * (WIDTH + 2 * WIDTH * LAYERS))
    return Case(
        what=f"{what}, against {named}",
        size=f"{number} views" if is_exact else f"{circuits:,} circuits",
        ours=ours,
        peer=peer,
        setup=partial(views_for_jax if peer is jitted_step else views, number, not is_exact),
        same=near(1e-8 if is_exact else NOISE),
        note=f"the peer is {named}"
        + (", in double precision like ours" if is_exact else "; each draws shots of its own"),
        needs={"Cirq": "cirq", JITTED: "jax"}.get(named, "pennylane"),
        limit=240,
        headline=HEADLINES.get((named, is_exact), ""),
    )


CONTRASTIVE = Benchmark(
    "contrastive",
    (
        case(broadcast_step, "default.qubit (broadcast, backprop)", VIEWS, True),
        case(jitted_step, JITTED, VIEWS, True),
        case(lightning_step, "lightning (adjoint)", VIEWS, True),
        case(broadcast_shots, "default.qubit (broadcast)", VIEWS, False),
        case(lightning_shots, "lightning", FEW, False),
        case(cirq_shots, "Cirq", FEW, False),
    ),
)
