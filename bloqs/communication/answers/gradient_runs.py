"""Gradients as each protocol reads them: what its runs give on average, and samples of its shots.

Every run is a circuit, gate by gate, as long as that is quick; otherwise its outcomes are worked
out in NumPy. Shots are drawn from the exact distribution of the outcomes.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from attrs import frozen

from bloqs.communication.answers.gradient_shots import grouped_gradients
from bloqs.communication.circuits.estimates import gradients_by_shift, gradients_by_states
from bloqs.communication.circuits.gradient_shot import GradientShot
from bloqs.communication.circuits.shots import Shots
from bloqs.communication.model import evaluate
from bloqs.communication.model.blocks import PartyModel, Readout
from bloqs.communication.model.counts import Counts, Variant, gradient
from bloqs.communication.model.shots import gradient_copies, shift_shots
from bloqs.simulation.runner import Runner

QUBITS_RUN = 10
"""Register of the largest circuits that are run. Unit: qubits."""

ROTATIONS_RUN = 2 * 10**4
"""Rotations of all circuits of one protocol together that are run: seconds."""

BY_CIRCUITS = "circuits"
BY_NUMPY = "NumPy"


@frozen(eq=False)
class Outcomes:
    """What is measured at the end of one circuit, and what it says of some derivatives.

    Args:
        likely: probability of each outcome; shape (outcomes,).
        values: of each derivative at each outcome; shape (derivatives, outcomes).
        number: how often the circuit is run. Unit: shots.
    """

    likely: Any
    values: Any
    number: int

    @property
    def means(self) -> Any:
        """Of each derivative; shape (derivatives,)."""
        return self.values @ self.likely

    def sampled(self, rng: np.random.Generator) -> Any:
        """The same from shots."""
        return self.values @ rng.multinomial(self.number, self.likely) / self.number


@frozen(eq=False)
class GradientRuns:
    """One protocol on one model.

    Args:
        variant: its name.
        means: every derivative, as its runs give them on average; shape (parameters,).
        sample: the same from shots, of the generator that is given.
        sent: what all of it takes.
        how: the means were found.
    """

    variant: Variant
    means: Any
    sample: Callable[[np.random.Generator], Any]
    sent: Counts
    how: str


def gradient_runs(
    model: PartyModel, variant: Variant, epsilon: float, delta: float, readout: Readout = "Z"
) -> GradientRuns:
    """A protocol by which every derivative of a model is read.

    Args:
        model: with at least one parameter and real data.
        variant: "grouped", "hadamard" or "shift".
        epsilon: error of each derivative.
        delta: probability that any error is exceeded.
        readout: what the loss is.

    Raises:
        ValueError: if a trainable gate does not suit the protocol, or epsilon or delta is out of
            range.
    """
    model.check_shift() if variant == "shift" else model.check_test()
    sent = gradient(model.outline, epsilon, delta, variant, readout=readout)
    if not is_run(model, variant):
        drawn = _sampler_in_numpy(model, variant, epsilon, delta, readout)
        return GradientRuns(variant, _means(model, variant, readout), drawn, sent, BY_NUMPY)
    found = _outcomes(model, variant, epsilon, delta, readout)

    def sample(rng: np.random.Generator) -> Any:
        return np.concatenate([sum(each.sampled(rng) for each in group) for group in found])

    means = np.concatenate([sum(each.means for each in group) for group in found])
    return GradientRuns(variant, means, sample, sent, BY_CIRCUITS)


def is_run(model: PartyModel, variant: Variant) -> bool:
    """Whether the circuits of a protocol are small enough and few enough to be run."""
    if model.qubits > QUBITS_RUN:
        return False
    once = 2**model.qubits + sum(len(block.gates) for block in model.blocks)
    runs = {"grouped": model.outline.group_total, "hadamard": model.parameters}
    return once * runs.get(variant, 2 * model.parameters) <= ROTATIONS_RUN


def _outcomes(
    model: PartyModel, variant: Variant, epsilon: float, delta: float, readout: Readout
) -> list[tuple[Outcomes, ...]]:
    """In the order of the parameters; the outcomes in one tuple are added up."""
    scale = 1.0 if readout == "Z" else 0.5
    if variant == "shift":
        shots = gradients_by_shift(model, epsilon, delta, readout)
        signs = (scale / 2, -scale / 2)
        return [
            tuple(_of_shot(run, sign) for run, sign in zip(pair, signs, strict=True))
            for pair in zip(shots[::2], shots[1::2], strict=True)
        ]
    shots = gradients_by_states(model, epsilon, delta, variant == "grouped", readout=readout)
    return [(_of_state(each, scale),) for each in shots]


def _of_shot(shots: Shots, weight: float) -> Outcomes:
    """Qubit 0 of the register is read."""
    likely = _likely(shots)
    zero = float(likely[: len(likely) // 2].sum())
    return Outcomes(np.array([zero, 1 - zero]), weight * np.array([[1.0, -1.0]]), shots.number)


def _of_state(shots: Shots, weight: float) -> Outcomes:
    """All qubits are read, or the branch alone."""
    run, likely = shots.run, _likely(shots)
    assert isinstance(run, GradientShot)
    values = run.reading.values(np.arange(len(likely)))
    return Outcomes(likely, weight * values, shots.number)


def _likely(shots: Shots) -> Any:
    likely = np.abs(Runner.of(shots.run).run(0).astype(np.complex128)) ** 2
    return likely / likely.sum()


def _means(model: PartyModel, variant: Variant, readout: Readout) -> Any:
    if variant == "shift":
        return evaluate.flattened(evaluate.gradients_by_shift(model, readout))
    scale = 1.0 if readout == "Z" else 0.5
    return scale * evaluate.flattened(evaluate.gradients_by_overlap(model))


def _sampler_in_numpy(
    model: PartyModel, variant: Variant, epsilon: float, delta: float, readout: Readout
) -> Callable[[np.random.Generator], Any]:
    if variant == "grouped":
        return lambda rng: grouped_gradients(model, epsilon, delta, rng, readout)
    scale = 1.0 if readout == "Z" else 0.5
    if variant == "hadamard":
        copies = int(gradient_copies(model.parameters, epsilon, delta, readout))
        means = evaluate.flattened(evaluate.gradients_by_overlap(model))
        return lambda rng: scale * _mean_of_signs(means, copies, rng)
    shots = int(shift_shots(model.parameters, epsilon, delta, readout))
    losses = evaluate.shifted_losses(model)
    return lambda rng: scale / 2 * (_mean_of_signs(losses, shots, rng) @ np.array([1, -1]))


def _mean_of_signs(means: Any, number: int, rng: np.random.Generator) -> Any:
    """Of so many values of 1 or -1, with these means; of any shape."""
    chance = np.clip((1 + means) / 2, 0, 1)
    return 2 * rng.binomial(number, chance) / number - 1
