"""A trained circuit as a sum over few of its inputs: what each degree weighs and is worth.

The outputs are a sum over words of I, Y and Z, exact, without a quantum computer; a word of degree
d looks at d inputs. Where low degrees carry the accuracy the circuit is little more than sines and
cosines of single inputs.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bloqs.contrastive.model.batched_engine import Engine
from bloqs.contrastive.model.classical_surrogate import Surrogate, surrogate_of
from bloqs.contrastive.training.image_data import Images
from bloqs.contrastive.training.linear_probe import fitted_probe, score
from bloqs.contrastive.training.run_outcome import TENTHS
from estimator.report.parts import Column, Table

Floats = NDArray[Any]

WIDEST = 9
"""Qubits up to which all 3**W words are looked at."""

AT_ONCE = 128
"""Images whose words are held at a time."""


def degree_table(
    engine: Engine, angles: Floats, images: Images, train: Floats, test: Floats
) -> Table:
    """Share of the squared coefficients by degree, and accuracy with words up to it.

    Args:
        engine: of the circuit, of `WIDEST` qubits at most.
        angles: shape (P,). Unit: radians.
        images: for their labels.
        train: inputs of the training images, from which a probe is fitted at each degree; shape
            (images, W). Unit: radians.
        test: of the test images.
    """
    whole = surrogate_of(engine, angles)
    rows = [
        {"degree": degree, "weight": 100 * share, "accuracy": accuracy}
        for degree, (share, accuracy) in enumerate(
            zip(whole.weight_by_degree(), _accuracies(whole, images, train, test), strict=True)
        )
    ]
    columns = [
        Column(key="degree", label="inputs a word looks at"),
        Column(key="weight", label="of the weight", unit="%", style=TENTHS, align="right"),
        Column(key="accuracy", label="words up to it alone", unit="%", style=TENTHS, align="right"),
    ]
    return Table(key="by_degree", columns=columns, rows=rows)


def _accuracies(
    whole: Surrogate, images: Images, train: Floats, test: Floats
) -> Iterator[float | None]:
    """At each degree; words of degree 0 tell no images apart."""
    yield None
    for degree in range(1, whole.width + 1):
        part = whole.up_to(degree)
        probe = fitted_probe(_outputs(part, train), images.train_labels)
        yield 100 * score(probe, _outputs(part, test), images.test_labels)


def _outputs(part: Surrogate, inputs: Sequence[Any] | Floats) -> Floats:
    rows = np.asarray(inputs)
    starts = range(0, len(rows), AT_ONCE)
    return np.concatenate([part.outputs(rows[start : start + AT_ONCE]) for start in starts])
