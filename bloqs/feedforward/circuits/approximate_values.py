"""What a network computes with polynomials in the place of its activations, in NumPy."""

from collections.abc import Sequence

import numpy as np

from bloqs.feedforward.circuits.build import Built, LayerFacts
from bloqs.feedforward.model.recognition import Feedforward
from bloqs.feedforward.model.register import Values
from estimator.polynomials.activation import activation_polynomial

MOST_WORK = 4 * 10**8
"""Additions up to which errors are measured: entries times degrees, over all activations."""


def work_of(network: Feedforward, built: Built) -> int:
    """Additions that the polynomials take, about."""
    sizes = {step.output: 2**step.after.n for step in network.steps}
    return sum(
        sizes[name] * facts.curve.degree
        for name, facts in built.curves.items()
        if facts.curve is not None
    )


def approximate_values(network: Feedforward, built: Built, tensor: Values) -> Values:
    """What the register holds at the end.

    Args:
        network: the steps.
        built: its circuit; angles are taken to be exact.
        tensor: the input, batch axis included.
    """
    values: dict[str, Values] = {network.source: network.first.put(tensor)}
    for step in network.steps:
        inputs = [values[name] for name in step.inputs]
        facts = built.curves.get(step.output)
        if facts is None or facts.curve is None:
            values[step.output] = step.apply(*inputs)
            continue
        x, plan = _lengthened(inputs[0], facts), facts.curve
        polynomial = activation_polynomial(plan.kind, plan.reach, plan.span, plan.error, plan.scale)
        values[step.output] = polynomial.evaluate(np.clip(x, -plan.reach, plan.reach))
    return _lengthened(values[network.result], built.layers[-1])


def _lengthened(x: Values, facts: LayerFacts) -> Values:
    """What a vector becomes whose length a polynomial enlarges by not quite the factor."""
    if facts.lengthening is None:
        return x
    length = float(np.linalg.norm(x)) / facts.reach
    reached = float(facts.lengthening.evaluate(np.array([length]))[0])
    return x * reached / (length * facts.lengthening.factor)


def measured_error(network: Feedforward, built: Built, images: Sequence[Values]) -> float | None:
    """The largest l2 error of the output, relative to its length; `None` if that takes too long."""
    if work_of(network, built) * len(images) > MOST_WORK:
        return None
    found = [approximate_values(network, built, image) for image in images]
    return max(
        float(np.linalg.norm(made - exact) / np.linalg.norm(exact))
        for made, exact in zip(found, built.values, strict=True)
    )
