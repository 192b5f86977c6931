r"""One-bit sketches of Alice's data: signs of random projections that both parties know.

Alice sends $b_i = \mathrm{sign}(s_i \cdot x)$; Bob forms
$\frac{\pi/2}{k(k-1)} \sum_{i \ne j} b_i b_j s_i^T Q s_j$, whose mean is $x^T Q x$ for unit x, for
as many observables Q, of norm up to 1, as he likes. Complex data are 2N reals.
"""

from typing import Any

import numpy as np
from attrs import field, frozen

from bloqs.communication.model.rounding import (
    ceiling,
    check_error,
    check_failure,
    is_symbolic,
    largest,
    ln,
    pi_for,
    smallest,
    sqrt,
)


def variance_bound(reals: Any, length: Any) -> Any:
    r"""$2\pi/k + \pi^2 N/(2k(k-1))$, of the estimate from k bits.

    Args:
        reals: N.
        length: k, at least 2.
    """
    pi = pi_for(reals, length)
    return 2 * pi / length + pi**2 * reals / (2 * length * (length - 1))


def sketch_length(reals: Any, variance: Any) -> Any:
    r"""Least k from 2 with `variance_bound` at most v. Unit: bits.

    The larger root of $v k^2 - (v + 2\pi) k + 2\pi - \pi^2 N/2$, rounded up.
    """
    if not is_symbolic(variance) and not variance > 0:
        raise ValueError(f"a variance is positive, got {variance}")
    pi = pi_for(reals, variance)
    root = sqrt((2 * pi - variance) ** 2 + 2 * pi**2 * reals * variance)
    return largest(2, ceiling((2 * pi + variance + root) / (2 * variance)))


def groups_for(delta: Any, observables: Any = 1) -> Any:
    r"""$\lceil 8 \ln(P/\delta) \rceil$ sketches whose median fails nowhere, except with delta.

    Each is off by more than twice its standard deviation with probability at most a quarter.
    """
    check_failure(delta)
    return ceiling(8 * ln(observables / delta))


def sketch_bits(reals: Any, epsilon: Any, delta: Any, observables: Any = 1) -> Any:
    """Bits that guarantee epsilon for all observables at once, except with delta.

    The less of one sketch with variance epsilon**2 delta/P, by Chebyshev's inequality, and the
    median of `groups_for` sketches with variance epsilon**2/4.
    """
    check_error(epsilon)
    check_failure(delta)
    one = sketch_length(reals, epsilon**2 * delta / observables)
    return smallest(one, groups_for(delta, observables) * sketch_length(reals, epsilon**2 / 4))


def equal_confidence_bits(reals: Any, epsilon: Any) -> Any:
    """Bits with which two standard deviations are at most epsilon."""
    check_error(epsilon)
    return sketch_length(reals, epsilon**2 / 4)


@frozen(eq=False)
class Sketch:
    """Random projections that both parties know.

    Args:
        reals: N.
        length: k bits, at least 2.
        seed: of the projections.
    """

    reals: int
    length: int
    seed: int
    _projections: Any = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.length < 2:
            raise ValueError(f"a sketch has at least 2 bits, got {self.length}")
        rng = np.random.default_rng(self.seed)
        object.__setattr__(self, "_projections", rng.normal(size=(self.length, self.reals)))

    def sent(self, vector: Any) -> Any:
        """Alice's bits, shape (k,), whether each projection is above 0."""
        return self._projections @ vector > 0

    def estimate(self, sent: Any, observable: Any) -> float:
        """Bob's estimate of x Q x for a unit x.

        Args:
            sent: what came from Alice.
            observable: Q, symmetric, shape (N, N).
        """
        signed = np.where(sent, 1.0, -1.0) @ self._projections
        alone = np.einsum("ki,ij,kj->", self._projections, observable, self._projections)
        k = self.length
        return float(np.pi / 2 * (signed @ observable @ signed - alone) / (k * (k - 1)))


def median_estimate(
    vector: Any, observables: Any, epsilon: float, delta: float, seed: int
) -> tuple[Any, int]:
    """The protocol of medians run: estimates of every observable, and the bits sent.

    Args:
        vector: of Alice, unit, shape (N,).
        observables: of Bob, each of shape (N, N).
        epsilon: error of all estimates.
        delta: probability that any is exceeded.
        seed: of the public coins.
    """
    groups, reals = groups_for(delta, len(observables)), len(vector)
    length = equal_confidence_bits(reals, epsilon)
    found = []
    for group in range(groups):
        sketch = Sketch(reals, length, seed * groups + group)
        sent = sketch.sent(vector)
        found.append([sketch.estimate(sent, each) for each in observables])
    return np.median(found, axis=0), groups * length
