"""Variance of a derivative, from the gates of a sentence with angles."""

from fractions import Fraction

from bloqs.hypergraph.model.sentence_loss import Angles, TrainedSentence, grid_variance
from proofs.claim import Measurement
from proofs.hypergraph.gate_run import gate_probability


def gate_variance(trained: TrainedSentence, n: int, stated: Fraction) -> Measurement:
    """Of the derivative by the first angle, all uniform; every loss is that of a circuit."""
    runs: list[Measurement] = []

    def loss(angles: Angles) -> float:
        runs.append(gate_probability(trained.sentence(n, angles), "1"))
        return runs[-1].value

    return Measurement(
        value=grid_variance(loss, len(trained.edges)),
        stated=float(stated),
        qubits=runs[0].qubits,
        gates=runs[0].gates,
        fidelity="gate by gate",
    )
