"""Theorem C on qumodes: how much squeezing it takes."""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bloqs.hypergraph.model.training import squeezing_decibels
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement

HUNDREDTHS = 100
"""Decibels are compared to a hundredth."""


def stated(k: int, delta: float) -> dict[str, Any]:
    """As the library works them out."""
    return {"squeezing": round(HUNDREDTHS * squeezing_decibels(k, delta))}


STEP = 0.02
"""Of the logarithm of |z|; sums over it converge faster than any power of the step."""


@cache
def logarithms(number: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Of a product of normal z: values, and how likely they are."""
    u = np.arange(-25, 3, STEP)
    one = STEP * np.sqrt(2 / np.pi) * np.exp(u - np.exp(2 * u) / 2)
    mass = one
    for _ in range(number - 1):
        mass = np.convolve(mass, one)
    return number * u[0] + STEP * np.arange(len(mass)), mass


def overlap(c: float, k: int) -> float:
    """|E exp(i c z_1 ... z_k)|, the mean over the last z being exact."""
    values, mass = logarithms(k - 1)
    return float(mass @ np.exp(-((c * np.exp(values)) ** 2) / 2))


def found(k: int, delta: float) -> tuple[dict[str, Any], Measurement]:
    """By halving: the least spread of q whose two states overlap by at most a half."""
    low, high = 0.1, 20.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (low, middle) if overlap(delta * middle**k, k) <= 0.5 else (middle, high)
    decibels = 20 * np.log10(np.sqrt(2) * high)
    return {"squeezing": round(HUNDREDTHS * decibels)}, Measurement(value=float(decibels))


def of_a_vacuum(k: int, delta: float) -> dict[str, Any]:
    """A spread of 1 counts as none, though that of the vacuum is 1/sqrt(2)."""
    return {"squeezing": round(HUNDREDTHS * (squeezing_decibels(k, delta) - 10 * np.log10(2)))}


THEOREM = AgreementClaim(
    says="Qumode states whose weights differ by 1 overlap by at most a half, so that no three of "
    "them share a latent, from 5.40 dB of squeezing on at k = 2, 6.26 dB at k = 3, 6.77 dB at "
    "k = 4; with a larger difference from less.",
    stated=stated,
    found=found,
    instances=lambda: [
        {"k": 2, "delta": 1.0},
        {"k": 3, "delta": 1.0},
        {"k": 4, "delta": 1.0},
        {"k": 3, "delta": 2.0},
    ],
    false_twin=of_a_vacuum,
    twin_says="The vacuum has a spread of 1.",
    source="ours; derived",
    assumptions=(
        "q is normal with equal spread in every mode; the bare product overlaps most.",
        "Below the threshold nothing is shown: the exclusion of three states may still apply.",
    ),
)
