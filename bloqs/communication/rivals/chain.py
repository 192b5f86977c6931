r"""Sketches for any number of messages: two chains, each sketched anew by every sender.

A receiver takes $\sqrt{\pi/2}\,|y| \frac1k \sum_i b_i s_i$ for the vector y that was sketched. The
two chains are independent, and the last party forms $y^T Q y'$. Norms go as numbers of 64 bits,
from the second message on.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import frozen

from bloqs.communication.model.rounding import (
    ceiling,
    check_error,
    check_failure,
    exp_less_one,
    is_symbolic,
    largest,
    ln_of_one_more,
    pi_for,
    smallest,
)
from bloqs.communication.rivals.sketch import groups_for

NORM_BITS = 64
"""Of a norm, in double precision. Unit: bits."""

Maps = Sequence[Any]
"""Orthogonal matrices of the parties between messages, each of shape (N, N)."""


def next_noise(noise: Any, reals: Any, length: Any) -> Any:
    r"""$s + \frac{\pi}{2} (1 + N s)/k$: variance of every coordinate after one message more."""
    pi = pi_for(noise, reals, length)
    return noise + pi / 2 * (1 + reals * noise) / length


def chain_noise(reals: Any, length: Any, messages: int) -> Any:
    """Variance of every coordinate after so many messages of k bits, from none."""
    noise: Any = 0
    for _ in range(messages):
        noise = next_noise(noise, reals, length)
    return noise


def chain_variance(reals: Any, length: Any, messages: int) -> Any:
    r"""$N s^2 + 2 s$: bound on the variance of the estimate of an observable of norm up to 1."""
    noise = chain_noise(reals, length, messages)
    return reals * noise * noise + 2 * noise  # a square raises where a product is infinite


def chain_length(reals: Any, messages: Any, variance: Any) -> Any:
    r"""Least k from 2 with `chain_variance` at most v. Unit: bits of a message of one chain.

    A message multiplies $1 + N s$ by $1 + \pi N/2k$, and $(1 + N s)^2$ is to be at most
    $1 + N v$ after the last of r.
    """
    if not is_symbolic(variance) and not variance > 0:
        raise ValueError(f"a variance is positive, got {variance}")
    pi = pi_for(reals, messages, variance)
    step = exp_less_one(ln_of_one_more(reals * variance) / (2 * messages))
    return largest(2, ceiling(pi * reals / (2 * step)))


def bits_of(length: Any, messages: Any) -> Any:
    """Bits of both chains, with norms from the second message on."""
    return 2 * (messages * length + largest(0, messages - 1) * NORM_BITS)


def chain_bits(reals: Any, messages: Any, epsilon: Any, delta: Any) -> Any:
    """Bits that guarantee epsilon, except with delta: one pair of chains, or a median of pairs."""
    check_error(epsilon)
    check_failure(delta)
    if messages == 0:
        return 0
    one = bits_of(chain_length(reals, messages, epsilon**2 * delta), messages)
    each = bits_of(chain_length(reals, messages, epsilon**2 / 4), messages)
    return smallest(one, groups_for(delta) * each)


def chain_equal_confidence_bits(reals: Any, messages: Any, epsilon: Any) -> Any:
    """Bits with which two standard deviations are at most epsilon."""
    check_error(epsilon)
    if messages == 0:
        return 0
    return bits_of(chain_length(reals, messages, epsilon**2 / 4), messages)


@frozen
class ChainRun:
    """One run of both chains.

    Args:
        value: the estimate.
        bits: sent.
    """

    value: float
    bits: int


def run_chain(vector: Any, maps: Maps, observable: Any, length: int, seed: int) -> ChainRun:
    """The protocol: x through the maps, a message before each but the first, and one at the end.

    Args:
        vector: of the first party, unit, shape (N,).
        maps: what is done before each message, in order.
        observable: Q of the last party, shape (N, N).
        length: k bits of a message of one chain.
        seed: of the public coins.
    """
    rng, ends, bits = np.random.default_rng(seed), [], 0
    for _ in range(2):
        y = np.asarray(vector, dtype=float)
        for number, turn in enumerate(maps):
            y = np.asarray(turn) @ y
            projections = rng.normal(size=(length, len(y)))
            signs = np.where(projections @ y > 0, 1.0, -1.0)
            norm = 1.0 if number == 0 else float(np.linalg.norm(y))
            y = np.sqrt(np.pi / 2) * norm / length * (signs @ projections)
            bits += length + (NORM_BITS if number else 0)
        ends.append(y)
    return ChainRun(float(ends[0] @ observable @ ends[1]), bits)
