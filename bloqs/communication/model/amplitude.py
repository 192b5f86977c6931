r"""Amplitude estimation of a loss: length of its clock, repetitions, and where it pays.

The iterate $(2|\psi\rangle\langle\psi| - 1)(1 - 2 U^\dagger P_0 U)$ starts at $|\psi\rangle$ and
walks through all blocks and back; its two reflections are controlled, the blocks are not, and the
control travels.
"""

from itertools import count
from math import comb, log2, pi
from typing import Any

import sympy

from bloqs.communication.model.rounding import (
    ceiling,
    check_error,
    check_failure,
    is_symbolic,
    sqrt,
)
from bloqs.communication.model.shots import loss_shots, on_z_scale

SUCCESS = 8 / pi**2
"""Least probability that one estimate is within its bound. Source: [BHMT02] Thm. 12."""


def clock_length(epsilon: Any, readout: str = "Z") -> Any:
    r"""T, the next power of two of $\pi(1 + \sqrt{1 + 2\epsilon})/\epsilon$, on the scale of Z.

    $2(\pi/T + \pi^2/T^2)$ is then at most the error.

    Source: [BHMT02] Thm. 12.
    """
    check_error(epsilon)
    wide = on_z_scale(epsilon, readout)
    least = (sympy.pi if is_symbolic(wide) else pi) * (1 + sqrt(1 + 2 * wide)) / wide
    exponent = ceiling(sympy.log(least, 2) if is_symbolic(least) else log2(least))
    return 2**exponent


def repetitions(delta: Any) -> Any:
    """Least odd number of estimates whose median is good except with probability delta.

    Raises:
        ValueError: if delta is out of range.
    """
    check_failure(delta)
    if is_symbolic(delta):
        return MedianRuns(delta)
    return next(runs for runs in count(1, 2) if majority_failure(runs) <= delta)


class MedianRuns(sympy.Function):
    """`repetitions` of a delta that is a letter."""

    nargs = 1
    is_integer = True
    is_positive = True
    is_odd = True
    unit = "estimates"
    meaning = (
        "MedianRuns(delta): least odd number of estimates of which most are good except with "
        "probability delta, if one is good with probability 8/pi**2"
    )

    @classmethod
    def eval(cls, delta: Any) -> sympy.Integer | None:
        return sympy.Integer(repetitions(float(delta))) if delta.is_number else None

    @property
    def cases(self) -> sympy.Piecewise:
        """Each number with the least delta that it is enough for, down to `LEAST_FAILURE`."""
        (delta,) = self.args
        found: list[tuple[int, Any]] = []
        for runs in count(1, 2):
            failure = majority_failure(runs)
            found.append((runs, delta >= failure))
            if failure <= LEAST_FAILURE:
                return sympy.Piecewise(*found)
        raise AssertionError("unreachable")


LEAST_FAILURE = 1e-12
"""Smallest probability that is written out as a case."""


def majority_failure(runs: int, success: float = SUCCESS) -> float:
    """Probability that at most half of an odd number of runs succeed."""
    fail = 1 - success
    return sum(comb(runs, k) * success**k * fail ** (runs - k) for k in range(runs // 2 + 1))


def value_bits(length: Any) -> Any:
    r"""$\log_2 T$ bits for the outcome y or T - y, which stand for the same loss."""
    return sympy.log(length, 2) if is_symbolic(length) else (int(length) // 2).bit_length()


def break_even(delta: float, qubits: int, readout: str = "Z") -> float:
    """Largest error of a grid below which amplitude estimation always sends fewer qubits.

    The number of layers cancels. The grid has 100 errors a decade, from 1e-6 to 1.

    Returns:
        The last error, going up, at which it sends fewer qubits than sampling and up to which it
        does so at every point; 0.0 if it does not at the first.
    """
    best = 0.0
    for step in range(-600, 1):
        epsilon = 10 ** (step / 100)
        estimated = 2 * (clock_length(epsilon, readout) - 1) * repetitions(delta) * (qubits + 1)
        if estimated >= loss_shots(epsilon, delta, readout) * qubits:
            return best
        best = epsilon
    return best
