"""Class probabilities from shots of a simulated network, and how well the classical ones fit."""

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from bloqs.resnet.model.network import ResidualNetwork
from bloqs.simulation.array_state import State
from estimator.statistics.frequencies import chi_square_p_value

Counts = NDArray[np.int64]


@frozen(kw_only=True)
class ClassSample:
    """Shots of one output state.

    Args:
        counts: shots in each class, shape (classes,).
        failures: shots in which an ancilla was not zero, or the index beyond the network's.
        expected: class probabilities of the classical network, shape (classes,).
    """

    counts: Counts = field(eq=False)
    failures: int
    expected: NDArray[np.float64] = field(eq=False)

    @property
    def shots(self) -> int:
        """Shots that did not fail."""
        return int(self.counts.sum())

    @property
    def frequencies(self) -> NDArray[np.float64]:
        """Fraction of the shots in each class that did not fail, shape (classes,)."""
        return self.counts / max(1, self.shots)

    @property
    def p_value(self) -> float:
        """Probability of a chi-square at least as large, if the classical probabilities held.

        Classes in which few shots are expected count as one.
        """
        return chi_square_p_value(self.counts, self.expected)


def sample_classes(
    network: ResidualNetwork,
    vector: State,
    reference: NDArray[np.float64],
    shots: int,
    rng: np.random.Generator,
) -> ClassSample:
    """Measure all qubits of the state that encodes a vector with alpha = 1, many times.

    Args:
        network: decides the class of every entry.
        vector: amplitudes where all ancillas are zero, shape (2**n,), of length at most one.
        reference: vector of the classical network, same shape.
        shots: at least 1.
        rng: source of the outcomes.

    Raises:
        ValueError: if `shots` is below 1.
    """
    if shots < 1:
        raise ValueError(f"sampling needs at least one shot, got {shots}")
    squares = np.abs(vector) ** 2
    lost = max(0.0, 1.0 - float(squares.sum()))
    outcomes = np.append(squares, lost)
    found = rng.multinomial(shots, outcomes / outcomes.sum())
    bins = np.append(network.bins, np.full(len(vector) - network.N, network.classes))
    counts = np.bincount(bins, weights=found[:-1], minlength=network.classes + 1)
    return ClassSample(
        counts=counts[: network.classes].astype(np.int64),
        failures=int(found[-1] + counts[network.classes]),
        expected=network.pool(reference[: network.N]),
    )
