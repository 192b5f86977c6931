"""The number that a clock stands for, and how far it may be off."""

from math import ceil, log2, pi, sqrt
from typing import Any

import numpy as np


def estimated_probability(y: Any, m: int) -> Any:
    r"""$\sin^2(\pi y/2^m)$, the probability that y stands for in amplitude estimation."""
    return np.sin(pi * np.asarray(y) / 2**m) ** 2


def flagged_outcomes(amplitudes: Any) -> dict[int, float]:
    """Probabilities of the outcomes +1, -1 and 0 of a flagged test; 0 is where a flag is raised.

    Args:
        amplitudes: of the state, of shape (2**n, flags, 2): the system, the shared flags, whose
            zero comes first, and the probe.
    """
    unraised = np.asarray(amplitudes)[:, 0]
    plus, minus = (float(np.linalg.norm(unraised[:, probe]) ** 2) for probe in (0, 1))
    return {1: plus, -1: minus, 0: 1 - plus - minus}


def amplitude_error(probability: float, m: int, k: int = 1) -> float:
    r"""$2 \pi k \sqrt{a (1 - a)}/T + k^2 \pi^2/T^2$, which the error of the estimate does not pass.

    It holds for the uniform window, as often as `amplitude_confidence` says.

    Args:
        probability: a, the true one, in [0, 1].
        m: bits of the clock, T = 2**m.
        k: how wide the bound is, at least 1.

    Raises:
        ValueError: if a number is out of its range.

    Source: [BHMT02] Thm. 12.
    """
    if not 0 <= probability <= 1:
        raise ValueError(f"a probability lies in [0, 1], got {probability}")
    if k < 1 or m < 1:
        raise ValueError(f"a bound needs k >= 1 and m >= 1, got k={k} and m={m}")
    step = k * pi / 2**m
    return 2 * step * sqrt(probability * (1 - probability)) + step**2


def amplitude_confidence(k: int = 1) -> float:
    r"""$8/\pi^2$ for k = 1, else $1 - 1/(2 (k - 1))$: least probability of `amplitude_error`.

    Source: [BHMT02] Thm. 12.
    """
    if k < 1:
        raise ValueError(f"a bound needs k >= 1, got {k}")
    return 8 / pi**2 if k == 1 else 1 - 1 / (2 * (k - 1))


def amplitude_bits(probability: float, error: float) -> int:
    """Least m at which `amplitude_error` for k = 1 is no larger than an error. Unit: qubits.

    Args:
        probability: a, the largest one expected if that is below a half.
        error: absolute, positive.

    Raises:
        ValueError: if a number is out of its range.
    """
    if not error > 0:
        raise ValueError(f"the error of an estimate is positive, got {error}")
    amplitude_error(probability, 1)
    spread = sqrt(probability * (1 - probability))
    step = sqrt(spread**2 + error) - spread  # (pi/T)**2 + 2 spread pi/T = error
    m = max(1, ceil(log2(pi / step) - 1e-9))
    return m if amplitude_error(probability, m) <= error else m + 1
