"""One output of a graph network as an expectation value, and what reading it takes."""

from typing import Any

import numpy as np
from attrs import frozen

from bloqs.communication.model.graph import DENSE, GraphNetwork, weight
from bloqs.communication.model.shots import spread_shots
from bloqs.communication.rivals.shipping import shipped_bits
from bloqs.communication.rivals.sketch import sketch_bits


@frozen(kw_only=True)
class Output:
    """The value x Q x of a read-out row at a node, or summed over all.

    Args:
        network: whose it is.
        row: read-out row, or the difference of two; shape (hidden,).
        node: whose value it is; the sum over all if `None`.
        value: by the network itself.
        spread: largest minus least eigenvalue of Q.
    """

    network: GraphNetwork
    row: Any
    node: int | None
    value: float
    spread: float

    @classmethod
    def of(cls, network: GraphNetwork, row: Any, node: int | None) -> "Output":
        """The output of a row."""
        least, most = network.ends(row, node)
        values = network.node_values_of(row)
        value = float(values.sum() if node is None else values[node])
        return cls(network=network, row=row, node=node, value=value, spread=most - least)

    @property
    def range(self) -> float:
        """Spread times |x|^2, within which every shot lies."""
        return self.spread * float(np.sum(self.network.extended**2))

    @property
    def rho(self) -> float:
        """Half the range over the value: its square is what shots grow with."""
        return weight(self.spread, float(np.linalg.norm(self.network.extended)), self.value)

    def error(self, relative: float | None) -> float:
        """The error allowed: a share of half the range, or where there is none, the value itself.

        Raises:
            ValueError: if there is no share and the value is zero, so that it has no sign, or its
                form is a multiple of 1, whatever the data.
        """
        where = "summed over all nodes" if self.node is None else f"at node {self.node}"
        if not self.range:
            raise ValueError(
                f"the output {where} has no spread, as weights, activation or the difference of "
                "two read-out rows are zero, so there is nothing to measure; change them"
            )
        if relative is not None:
            return relative * self.range / 2
        if self.value == 0:
            raise ValueError(
                f"the output {where} is {self.value:g}, and shots tell no sign of it; give "
                "--epsilon, the error allowed over half the range"
            )
        return abs(self.value)

    def shots(self, relative: float | None, delta: float) -> int:
        """Measurements that tell it within its error, except with delta."""
        return int(spread_shots(self.range, self.error(relative), delta))

    def share(self, relative: float | None) -> float:
        """The error over half the range, at most 1.

        The classical protocols have an observable of norm up to 1 after a shift by a constant.
        """
        return min(1.0, 2 * self.error(relative) / self.range)

    def form_value(self) -> float:
        """x Q x, by the quadratic form."""
        x = self.network.extended
        return float(x @ self.form @ x)

    @property
    def form(self) -> Any:
        """Q.

        Raises:
            ValueError: if it is too large to be written out.
        """
        if (size := 1 + self.network.features.size) > DENSE:
            raise ValueError(
                f"graph networks with up to {DENSE - 1} features in all are simulated, got "
                f"{size - 1}; ask for the cost instead"
            )
        return self.network.quadratic_form(self.row, self.node)

    def sampled(self, shots: int, rng: np.random.Generator) -> float:
        """Mean of so many measurements in the eigenbasis of Q, times |x|^2."""
        x = self.network.extended
        values, vectors = np.linalg.eigh(self.form)
        chances = (vectors.T @ x) ** 2 / (x @ x)
        drawn = rng.multinomial(shots, chances / chances.sum())
        return float(drawn @ values / shots * (x @ x))


def decisions(network: GraphNetwork, node: int | None) -> list[tuple[int, int, Output]]:
    """The class against each other one: pair of classes, and the output whose sign tells them.

    With one row the class is 1 if its output is above 0; the pair is then (1, 0).
    """
    rows = network.readout
    if len(rows) == 1:
        return [(1, 0, Output.of(network, rows[0], node))]
    best = network.predicted(node)
    others = [each for each in range(len(rows)) if each != best]
    return [(best, j, Output.of(network, rows[best] - rows[j], node)) for j in others]


def sent(
    network: GraphNetwork, node: int | None, relative: float | None, delta: float
) -> dict[str, float]:
    """Qubits of the shots of all decisions, and bits of shipping and of a sketch, for one class.

    Every decision has shots of its own, and a share of delta; one message of a classical protocol
    serves them all.
    """
    outputs = [each for *_, each in decisions(network, node)]
    entries, least = 1 + network.features.size, min(each.share(relative) for each in outputs)
    shots = sum(each.shots(relative, delta / len(outputs)) for each in outputs)
    return {
        "rho": max(each.rho for each in outputs),
        "shots": shots,
        "qubits": shots * network.qubits,
        "shipping": shipped_bits(entries, 1, least),
        "sketch": sketch_bits(entries, least, delta, len(outputs)),
    }


def hardest(network: GraphNetwork, node: int | None) -> Output:
    """The output of the decision that takes the most shots."""
    return max((each for *_, each in decisions(network, node)), key=lambda each: each.rho)


def nodes_of(network: GraphNetwork, node: int | None, is_pooled: bool = False) -> list[int | None]:
    """The node that was named, or all one by one; `None` alone for the sum over all.

    Raises:
        ValueError: if there is none of that number, or both a node and the sum are asked for.
    """
    if is_pooled:
        if node is not None:
            raise ValueError(f"the sum over all nodes has no node {node}; leave --node out")
        return [None]
    if node is None:
        return [*range(network.nodes)]
    if node >= network.nodes:
        raise ValueError(f"nodes are numbered from 0 to {network.nodes - 1}, got {node}")
    return [node]
