r"""How far the classical sampler's law can be from the exact one, given what it measured.

The sampler knows the norm of every block's vector up to a factor, so its vector after block $i$
is $c_i u_i$ with a unit vector $u_i$ at distance $d_i$ from the exact $\psi_i$. A common factor
would not matter to a linear network; here it enters through the curvature of erf alone.
"""

import math
from collections.abc import Sequence

import numpy as np
from attrs import frozen

from bloqs.resnet.rivals.sampler_block import lipschitz_constant
from estimator.network.layers import Matrix


@frozen
class Interval:
    """Where a mean lies, with the stated probability."""

    low: float
    high: float

    def scaled(self, factor: float) -> "Interval":
        """Both ends times `factor`, which is not negative."""
        return Interval(self.low * factor, self.high * factor)


@frozen
class MeasuredBlock:
    """What was learnt about one residual block.

    Args:
        norm_squared: of u + erf(slope W c u) / c, for the unit vector u and the factor c of the
            block below.
        row_sum: s_r of the convolution.
    """

    norm_squared: Interval
    row_sum: float

    @property
    def estimate(self) -> float:
        """Of the norm: the geometric mean of the bounds."""
        return (self.norm_squared.low * self.norm_squared.high) ** 0.25

    @property
    def log_error(self) -> float:
        """Largest |log(norm / estimate)|."""
        return math.log(self.norm_squared.high / self.norm_squared.low) / 4


@frozen
class StateError:
    """The last residual block's vector c u against the exact psi.

    Args:
        distance: bound on the l2 norm of u - psi.
        log_factor: bound on |log c|.
        largest_entry: bound on the absolute entries of u.
    """

    distance: float
    log_factor: float
    largest_entry: float


def mean_interval(values: Matrix, largest: float, failure: float) -> Interval:
    """Where the mean of independent values from 0 to `largest` lies, except with `failure`.

    The empirical Bernstein bound, once for each side.

    Raises:
        ValueError: if there are fewer than two values or `failure` is not between 0 and 1.

    Source: [MP09] Thm. 4
    """
    count = len(values)
    if count < 2 or not 0 < failure < 1:
        raise ValueError(
            f"needs at least 2 values and 0 < failure < 1, got {count} and {failure:.6g}"
        )
    log = math.log(4 / failure)
    mean, variance = float(np.mean(values)), float(np.var(values, ddof=1))
    width = math.sqrt(2 * variance * log / count) + 7 * largest * log / (3 * (count - 1))
    return Interval(max(0.0, mean - width), min(largest, mean + width))


def state_error(blocks: Sequence[MeasuredBlock], slope: float, largest_entry: float) -> StateError:
    """Bounds on the last block's vector, from exact input.

    Args:
        blocks: measured, in the order of evaluation.
        slope: of erf.
        largest_entry: of the input, absolute.
    """
    state = StateError(0.0, 0.0, largest_entry)
    for block in blocks:
        state = next_state(state, block, slope)
    return state


def next_state(below: StateError, block: MeasuredBlock, slope: float) -> StateError:
    r"""Bounds on a block's vector, from those on the vector below.

    With $L = 2\nu/\sqrt\pi$ and $a = u + \mathrm{erf}(\nu W c u)/c$, the difference to
    $\psi + \mathrm{erf}(\nu W \psi)$ is at most $x = (1+L) d + \Lambda$, where $\Lambda$ bounds
    the effect of $c$: the derivative of $\mathrm{erf}(c\nu y)/c$ by $\log c$ is at most
    $\min(L|y|, 4 \nu^3 c^2 |y|^3/(3\sqrt\pi))$. Then $d \le 2x/(2\|a\| - x)$.

    Args:
        below: bounds on the vector the block is applied to.
        block: measured.
        slope: of erf.
    """
    L = lipschitz_constant(slope)
    convolved = min(1.0, block.row_sum * below.largest_entry)
    factor = math.exp(below.log_factor)
    curvature = 4 * slope**3 / (3 * math.sqrt(math.pi)) * (factor * convolved) ** 2
    x = (1 + L) * below.distance + below.log_factor * min(L, curvature)
    norm = math.sqrt(block.norm_squared.low)
    entry = (below.largest_entry + L * convolved) / norm if norm > 0 else 1.0
    return StateError(
        normalised_distance(x, norm), below.log_factor + block.log_error, min(1.0, entry)
    )


def normalised_distance(x: float, norm: float) -> float:
    """Bound on the distance of a/|a| and b/|b| for |a - b| <= x and |a| >= norm.

    In an inner product space it is at most 2 |a - b| / (|a| + |b|).
    """
    return 2.0 if x >= norm else min(2.0, 2 * x / (2 * norm - x))


def output_norm_bound(state: StateError, tau: float, fourth_norm: float) -> float:
    r"""Lower bound on $\|\tau u + (1-\tau) W|u|^2 / c\|$, at least 0.

    Args:
        state: of the last residual block.
        tau: weight of the skip path.
        fourth_norm: bound on the l2 norm of $|u|^2$, hence of $W|u|^2$.
    """
    return max(0.0, tau - (1 - tau) * math.exp(state.log_factor) * min(1.0, fourth_norm))


def column_error(
    state: StateError, tau: float, fourth_norm: float, largest_norm: float, s: int
) -> float:
    """Bound on the total variation distance that s column samples cause.

    Args:
        state: of the last residual block.
        tau: weight of the skip path.
        fourth_norm: as in `output_norm_bound`.
        largest_norm: of a column of the output matrix.
        s: column samples.
    """
    signal = (math.exp(-state.log_factor) * output_norm_bound(state, tau, fourth_norm)) ** 2
    variance = ((1 - tau) * largest_norm) ** 2 / s
    return 1.0 if signal == 0 else variance / (signal + variance)


def output_error(state: StateError, tau: float, fourth_norm: float) -> float:
    """Bound on the l2 distance of the output vectors, before column samples replace the product.

    Also bounds the total variation distance of their squares, in any grouping.
    """
    d = state.distance
    squares = min(2.0, 2 * state.largest_entry + d) * d
    factor = math.expm1(state.log_factor) * min(1.0, fourth_norm)
    x = tau * d + (1 - tau) * (squares + factor)
    return normalised_distance(x, output_norm_bound(state, tau, fourth_norm))
