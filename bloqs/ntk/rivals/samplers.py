r"""Signs of predictions from samples of single points, with the memory that a circuit has.

**f_D**: a point i at random, $\tilde k_i y_i$; its mean is $a = o_D \sqrt{P/n}$ and its mean square
$P/n$: after $2 \ln(1/\delta_f)(1/o^2)$ samples or so the sign is known, without the n/P attempts of
a post-selected circuit.

**f_S**: a point i at random, $\tilde k_i x_i$ with $x = K_S^{-1} y$ by T steps of
$x \leftarrow y - (K_S - 1) x$ from zero, worked out for the entry alone: over its neighbours, and
theirs. What is left out of x is at most $r_S^T/(1 - r_S)$ an entry.

Source: derived
"""

from math import ceil, log

import numpy as np
from numpy.random import Generator

from bloqs.linear_systems.model.condition import check_error
from bloqs.ntk.model.activation import Reals
from bloqs.ntk.model.readout import clip
from bloqs.ntk.model.shots import check_failure
from bloqs.ntk.rivals.memory import PointMemory
from bloqs.ntk.rivals.solvers import Answer

MOST_NODES = 2**24
"""Neighbours of neighbours that are visited at most for one sample."""


def samples_needed(mean: float, square: float, failure: float, largest: float = 1.0) -> int:
    """Samples after which a mean has the right sign, by Bernstein's inequality.

    Args:
        mean: of a sample, not zero.
        square: mean square of a sample.
        failure: probability of a wrong sign.
        largest: modulus of a sample at most.

    Raises:
        ValueError: if the mean is zero or the failure no probability.
    """
    check_failure(failure)
    if mean == 0:
        raise ValueError("a mean of zero has no sign; this point has no class")
    a = abs(mean)
    spread = max(0.0, square - a**2)
    return ceil(2 * log(1 / failure) * (spread + (largest + a) * a / 3) / a**2)


def sample_diagonal(
    memory: PointMemory, point: Reals, ceiling: float, samples: int, rng: Generator
) -> Answer:
    """Mean of k_i y_i over points at random, k clipped and over its ceiling.

    Args:
        memory: the data.
        point: unit test point, shape (d,).
        ceiling: where k_* is cut off.
        samples: how many, at least 1.
        rng: draws the points.
    """
    i = _points(memory, samples, rng)
    k = np.clip(memory.with_point(i, point) / ceiling, -1, 1)
    values = k * memory.labels(i)
    memory.work.flop += 3 * samples + 1  # quotient, product, sum; the mean
    return Answer(value=float(values.mean()), work=memory.work, steps=samples)


def neumann_steps(masked_row_sum: float, error: float) -> int:
    """T: steps that leave at most `error` out of every entry of x.

    Raises:
        ValueError: if r_S is not below one, or the error not in (0, 1).
    """
    check_error(error)
    if not 0 <= masked_row_sum < 1:
        raise ValueError(
            f"the series converges for a row sum below 1, got {masked_row_sum:g}; go deeper"
        )
    if masked_row_sum == 0:
        return 1
    return max(1, ceil(log(error * (1 - masked_row_sum)) / log(masked_row_sum)))


def sample_masked(
    memory: PointMemory, point: Reals, ceiling: float, samples: int, steps: int, rng: Generator
) -> Answer:
    """Mean of k_i x_i over points at random, x by so many steps of the series.

    Args:
        memory: the data and the mask.
        point: unit test point, shape (d,).
        ceiling: where k_* is cut off.
        samples: how many, at least 1.
        steps: T, at least 1.
        rng: draws the points.

    Raises:
        ValueError: if a sample would visit more than `MOST_NODES` neighbours.
    """
    check_size(memory.mask.sparsity, steps)
    i = _points(memory, samples, rng)
    k = np.clip(memory.with_point(i, point) / ceiling, -1, 1)
    x = np.array([entry(memory, int(row), steps) for row in i])
    memory.work.flop += 3 * samples + 1
    return Answer(value=float((k * x).mean()), work=memory.work, steps=samples)


def check_size(sparsity: int, steps: int) -> None:
    """Refuse a series whose neighbourhoods are too large.

    Raises:
        ValueError: if they are.
    """
    if steps > 1 and (sparsity - 1) ** (steps - 1) > MOST_NODES:
        raise ValueError(
            f"{steps} steps over {sparsity} entries a row visit more than {MOST_NODES} neighbours "
            "for one sample; go deeper, or solve for all entries at once"
        )


def entry(memory: PointMemory, row: int, steps: int) -> float:
    """Entry of x after so many steps: y_i minus the kernels with neighbours times their entries."""
    label = float(memory.labels(np.array([row]))[0])
    if steps == 1:
        return label
    beside = memory.columns(row)
    if not len(beside):
        return label
    kernels = memory.kernels(np.full(len(beside), row), beside)
    values = np.array([entry(memory, int(j), steps - 1) for j in beside])
    memory.work.flop += 2 * len(beside)
    return label - float(kernels @ values)


def _points(memory: PointMemory, samples: int, rng: Generator) -> np.ndarray:
    if samples < 1:
        raise ValueError(f"a mean needs at least one sample, got {samples}")
    return rng.integers(0, memory.n, size=samples)


def clipped_moments(k: Reals, x: Reals, ceiling: float) -> tuple[float, float, float]:
    """Mean, mean square and largest modulus of a sample k_i x_i, k clipped and over its ceiling."""
    values = clip(k, ceiling) * x
    return float(values.mean()), float((values**2).mean()), float(np.abs(values).max())
