"""Quantum variants and classical protocols as ways of one task, at any size."""

from collections.abc import Callable, Mapping
from typing import Any

from attrs import evolve, frozen

from bloqs.communication.model.counts import amplitude_estimated
from bloqs.communication.model.leakage import interactive_bits, leaked_bits
from bloqs.communication.model.outline import alternating
from bloqs.communication.rivals.window import (
    CONVENTIONS,
    Convention,
    classical_bits,
    last_block_bits,
    last_block_qubits,
    sampled_qubits,
)
from estimator.compare.crossover import Size
from estimator.compare.sweep import Cost, Measure, Way
from estimator.report.parts import Kind

MEASURES = (
    Measure(
        key="sent",
        label="sent",
        unit="qubits, or bits if classical",
        kind=Kind.UPPER_BOUND,
        is_compared=True,
        axis="qubits sent, or bits",
    ),
    Measure(key="rounds", unit="messages in a row"),
    Measure(key="gates", label="local gates", unit="gates, data encoded anew in every shot"),
    Measure(key="leaks", label="Bob learns", unit="bits, at most", kind=Kind.UPPER_BOUND),
)
"""What ways are compared by: qubits against bits."""

GRADIENT = "gradient of the last block, one layer, guaranteed"
"""The task whose classical rivals serve all parameters by one message."""

GROUPS = (*(f"loss, {each}" for each in CONVENTIONS), GRADIENT)


@frozen(kw_only=True)
class Sizes:
    """One place of a sweep.

    Args:
        n: qubits.
        layers: L.
        parameters: P.
        groups: g.
        epsilon: error.
        delta: probability that it is exceeded.
    """

    n: int
    layers: int
    parameters: int
    groups: int
    epsilon: float
    delta: float

    def moved(self, **changes: Any) -> "Sizes":
        """The same but for one size."""
        return evolve(self, **changes)


At = Callable[[Size], Sizes]
"""From what is swept to all sizes."""


def ways_of(swept: str, at: At) -> list[Way]:
    """Every way of every task that the swept size matters to."""
    ways: list[Way] = []
    for convention in CONVENTIONS if swept != "P" else ():
        ways += _loss_ways(convention, at)
    return ways + (_gradient_ways(at) if swept != "L" else [])


def sampled_costs(sizes: Sizes, convention: Convention) -> Mapping[str, Cost]:
    """Sampling; more shots of the one convention than of the other."""
    sent = sampled_qubits(sizes.n, sizes.layers, sizes.epsilon, sizes.delta, convention)
    messages = 2 * sizes.layers - 1
    shots = sent // (messages * sizes.n)
    rotations = 2 * sizes.layers * sizes.parameters
    return {
        "sent": sent,
        "rounds": messages,
        "gates": shots * (2 * 2**sizes.n - 3 + rotations),
        "leaks": leakage(sizes, shots),
    }


def leakage(sizes: Sizes, shots: int) -> float:
    """What Bob learns of Alice's data at most: of copies, or by messages both ways."""
    there = shots * sizes.layers * sizes.n
    back = shots * (sizes.layers - 1) * sizes.n
    both = float(interactive_bits(there, back))
    return both if sizes.layers > 1 else min(both, float(leaked_bits(2**sizes.n, shots)))


def estimated_costs(sizes: Sizes) -> Mapping[str, Cost]:
    """Amplitude estimation, whose iterates cannot run beside each other."""
    outline = alternating(sizes.n, sizes.layers, sizes.parameters, sizes.groups)
    found = amplitude_estimated(outline, sizes.epsilon, sizes.delta)
    rotations = 2 * sizes.layers * sizes.parameters
    half = found.qubits // 2
    return {
        "sent": found.qubits,
        "rounds": found.rounds,
        "gates": found.encodings * (2 * 2**sizes.n - 3 + rotations),
        "leaks": float(interactive_bits(half, half)),
    }


def _loss_ways(convention: Convention, at: At) -> list[Way]:
    group = f"loss, {convention}"

    def bits(name: str) -> Callable[[Size], Mapping[str, Cost]]:
        def costs(size: Size) -> Mapping[str, Cost]:
            x = at(size)
            found = classical_bits(x.n, x.layers, x.epsilon, x.delta, convention)
            sent = found.get("sketch", found.get("chain")) if name == "sketch" else found[name]
            raw = 64 * 2**x.n
            rounds = 2 * x.layers - 1
            return {"sent": sent, "rounds": rounds, "leaks": min(sent or raw, raw)}

        return costs

    ways = [
        Way(name="sampled", group=group, kind=Kind.UPPER_BOUND,
            assumption="shots travel together",
            at=lambda size: sampled_costs(at(size), convention)),
    ]  # fmt: skip
    if convention == "guaranteed":
        ways.append(
            Way(name="amplitude-estimated", group=group, kind=Kind.UPPER_BOUND,
                assumption="the median of estimates side by side, iterates of each in a row",
                at=lambda size: estimated_costs(at(size)))
        )  # fmt: skip
    says = {
        "shipping": "every number of the state, rounded so that the loss is guaranteed",
        "sketch": "one-bit sketches with public coins, sketched anew at every message",
    }
    return ways + [
        Way(name=name, group=group, is_classical=True, kind=Kind.UPPER_BOUND, assumption=said,
            compared={"sent": f"less than {name}"}, at=bits(name))
        for name, said in says.items()
    ]  # fmt: skip


def _gradient_ways(at: At) -> list[Way]:
    def quantum(name: str) -> Callable[[Size], Mapping[str, Cost]]:
        def costs(size: Size) -> Mapping[str, Cost]:
            x = at(size)
            sent = int(last_block_qubits(x.n, x.parameters, x.epsilon, x.delta, name))
            sent *= x.groups if name == "grouped" else 1
            shots = sent // x.n
            gates = shots * (2 * 2**x.n - 3 + 2 * x.parameters)
            leaks = min(2.0 * sent, float(leaked_bits(2**x.n, shots)))
            return {"sent": sent, "rounds": 1, "gates": gates, "leaks": leaks}

        return costs

    def cheaper(size: Size) -> Mapping[str, Cost]:
        x = at(size)
        sent = last_block_bits(x.n, x.parameters, x.epsilon, x.delta)
        return {"sent": sent, "rounds": 1, "leaks": min(sent, 64 * 2**x.n)}

    ways = [
        Way(name=name, group=GRADIENT, kind=Kind.UPPER_BOUND, at=quantum(name),
            assumption="one message a copy, nothing returns")
        for name in ("grouped", "shift", "hadamard")
    ]  # fmt: skip
    rival = Way(name="shipping or sketch", group=GRADIENT, is_classical=True,
                kind=Kind.UPPER_BOUND, at=cheaper,
                compared={"sent": "less than the cheaper"},
                assumption="the cheaper; one sketch serves every parameter")  # fmt: skip
    return [*ways, rival]
