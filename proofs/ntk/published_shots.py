"""Shots after which a sign is read off at one standard deviation."""

from itertools import count

import numpy as np
import sympy
from scipy.stats import binom

from bloqs.ntk.model.readout import Overlap
from bloqs.ntk.symbols import overlap, shots
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """The variance of an outcome over the shots is the square of its mean."""
    up = (1 + overlap) / 2
    mean, square = up - (1 - up), up + (1 - up)
    step("mean of an outcome", mean, overlap)
    return sympy.solve(sympy.Eq((square - mean**2) / shots, mean**2), shots)[0]


def _spread(size: int, mean: float) -> float:
    """Standard deviation of a mean of outcomes +1 and -1, from the law of all sums."""
    ups = np.arange(size + 1)
    weights, means = binom.pmf(ups, size, (1 + mean) / 2), 2 * ups / size - 1
    return float(np.sqrt(weights @ means**2 - (weights @ means) ** 2))


def measure(o: float) -> Measurement:
    """The fewest shots whose mean spreads by no more than o, in signs of as many rows as needed."""
    rows = round(1 / o) ** 2
    signs = np.ones(rows)
    signs[: (rows - round(1 / o)) // 2] = -1
    found = next(size for size in count(1) if _spread(size, o) <= o * (1 + 1e-9))
    return Measurement(value=float(found), stated=Overlap.of(np.ones(rows), signs).shots)


THEOREM = Theorem(
    says="The mean of 1/o**2 - 1 outcomes +1 and -1, whose mean is o, spreads by |o|: a sign is "
    "then read off at one standard deviation.",
    relation="==",
    value=1 / overlap**2 - 1,
    derive=derive,
    measure=measure,
    instances=tuple({overlap: 2.0**-j} for j in (1, 2, 3)),
    false_twin=1 / overlap**2,
    twin_says="An outcome varies by its mean square, one.",
    source="[ZNL21] its authors' programs",
)
