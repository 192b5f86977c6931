"""Amplification by parts: within its error, below one, of a degree in proportion to its factor."""

from collections.abc import Mapping, Sequence
from math import asin, ceil, cos, log, pi
from typing import Any

import numpy as np

from estimator.polynomials.composed_amplification import composed_amplification
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement

PER_FACTOR = 0.35
"""Largest degree divided by gamma (2 + ln(1/epsilon) / delta)."""

WITHIN, BELOW, SMALL = "within its error", "below one", "of a degree that small"
HALF = "of half of it"

POINTS = 40
"""Of a grid, for each degree."""


def instances() -> Sequence[Mapping[str, Any]]:
    """Over three orders of magnitude."""
    return [
        {"factor": factor, "margin": margin, "error": error}
        for factor, margins in ((1.2, (0.4,)), (5.0, (0.2, 0.4)), (1000.0, (0.2, 0.4)))
        for margin in margins
        for error in (1e-2, 1e-3)
    ]


def stated(factor: float, **asked: Any) -> Mapping[str, int]:
    """All of it; the smallest factor takes more than half of that degree."""
    return {WITHIN: 1, BELOW: 1, SMALL: 1, HALF: int(factor > 2)}


def found(factor: float, margin: float, error: float) -> tuple[Any, Measurement]:
    """On grids in the arcsine of x, between which a polynomial's slope is at most its degree."""
    made = composed_amplification(factor, margin, error)
    degree = made.degree
    most = PER_FACTOR * factor * (2 + log(1 / error) / margin)
    end, slope = asin((1 - margin) / factor), degree + factor
    count = ceil(end * slope / (error / 100))
    angles = np.linspace(0.0, end, count)
    gaps = np.abs(made.evaluate(np.sin(angles)) - factor * np.sin(angles))
    largest = float(gaps.max()) + slope * end / (count - 1) / 2
    every = np.linspace(-pi / 2, pi / 2, POINTS * degree + 1)
    highest = float(np.abs(made.evaluate(np.sin(every))).max()) / cos(pi / (2 * POINTS))
    numbers = {
        WITHIN: int(largest <= 1.01 * made.error + error / 100 and made.error <= error),
        BELOW: int(highest <= 1.001),
        SMALL: int(degree <= most),
        HALF: int(degree <= most / 2),
    }
    return numbers, Measurement(value=largest)


THEOREM = AgreementClaim(
    says="An odd polynomial made of a small one and a Chebyshev polynomial is at most one on "
    "[-1, 1], within its error of gamma x up to (1 - delta) / gamma, and of a degree of at most "
    "0.35 gamma (2 + ln(1/epsilon) / delta); of half of it for large gamma.",
    stated=stated,
    found=found,
    instances=instances,
    false_twin=lambda **asked: {WITHIN: 1, BELOW: 1, SMALL: 1, HALF: 1},
    twin_says="Half of that degree is always enough.",
    source="ours; [GSLW18] Thm. 30 for the task",
)
