r"""What the classical sampler costs in expectation, in closed form.

Unit: FLOP, as in `bloqs.resnet.rivals.flops`; random numbers and look-ups are not among them. No
neuron is remembered from one candidate to the next, and images are larger than the receptive
field: with memory, or near the border, it is less. None of the numbers depends on the image side.
"""

from collections.abc import Sequence
from typing import TypeAlias

import sympy

from bloqs.resnet.rivals.sampler_block import EXTRA_FLOPS, TEST_FLOPS
from bloqs.resnet.rivals.sampler_output import CANDIDATE_FLOPS, ENTRY_FLOPS
from estimator import symbols

Number: TypeAlias = int | float | sympy.Expr


def receptive_field(C: Number, D: Number, depth: Number) -> Number:
    """Entries on which one entry depends, `depth` >= 1 blocks below it, at most.

    Args:
        C: channels.
        D: kernel side, odd kernels centred or not; the skip path is one of the taps.
        depth: number of convolutions between.
    """
    return C * (depth * (D - 1) + 1) ** 2


def neurons(C: Number, D: Number, number: Number) -> Number:
    """Neurons evaluated for one entry of block `number`, counted from 1: itself and those below.

    The sum of `receptive_field` over depths 1 to number - 1, and one.
    """
    n, q = number - 1, D - 1
    squares = q**2 * n * (n + 1) * (2 * n + 1) / sympy.Integer(6) + q * n * (n + 1) + n
    return 1 + C * squares


def step_flops(C: Number, D: Number, number: Number) -> Number:
    """One candidate of block `number`, counted from 1."""
    return neurons(C, D, number) * (4 * C * D**2 + EXTRA_FLOPS) + TEST_FLOPS


def sample_flops(C: Number, D: Number, acceptances: Sequence[Number]) -> Number:
    r"""One sample of the last block's vector, $\sum_i \prod_{j \ge i} p_j^{-1} \cdot$ step i.

    Args:
        C: channels.
        D: kernel side.
        acceptances: p_1 .. p_k, of each block's candidates.
    """
    total: Number = sympy.Integer(0)
    for number, p in enumerate(acceptances, start=1):
        total = (total + step_flops(C, D, number)) / p
    return total


def input_samples(acceptances: Sequence[Number]) -> Number:
    """Samples of the input for one sample of the last block's vector: the product of 1/p_i."""
    return 1 / sympy.prod(acceptances)


def uniform_sample_flops(C: Number, D: Number, k: Number, p: Number) -> sympy.Expr:
    """`sample_flops` with k equal acceptances p below 1, where k may be a symbol."""
    i = symbols.block
    w = symbols.acceptance
    steps = sympy.Poly(step_flops(C, D, i), i)
    total = sympy.Integer(0)
    for (power,), coefficient in steps.terms():
        part = sympy.summation(i**power * w**i, (i, 1, symbols.blocks))
        total += coefficient * part.replace(sympy.Piecewise, lambda *branches: branches[-1][0])
    return (total / w ** (symbols.blocks + 1)).subs({symbols.blocks: k, w: p}, simultaneous=True)


def column_samples(epsilon: Number, tau: Number, norm: Number) -> Number:
    """s, before rounding up, that keeps the effect of sampling columns at most epsilon.

    Args:
        epsilon: total variation distance.
        tau: weight of the skip path.
        norm: lower bound on the l2 norm before the last normalisation.
    """
    return (1 - tau) ** 2 * (1 - epsilon) / (epsilon * norm**2)


def output_sample_flops(sample: Number, entry: Number, s: Number, p_out: Number) -> Number:
    """One sample of the output block's vector, at most.

    A candidate takes at most s + 1 samples of the vector below, one entry of it, and s entries of
    the matrix.

    Args:
        sample: FLOP of one sample of the last residual block's vector.
        entry: FLOP of one entry of it, `step_flops` of the last block.
        s: column samples.
        p_out: acceptance: the squared norm before the last normalisation, plus the variance
            (1-tau)**2 / s at most, over the envelope's mass.
    """
    return ((s + 1) * sample + entry + ENTRY_FLOPS * s + CANDIDATE_FLOPS) / p_out


def estimate_flops(C: Number, D: Number, acceptances: Sequence[Number], trials: Number) -> Number:
    """Estimating every block's norm once, from `trials` candidates each."""
    total: Number = sympy.Integer(0)
    for number in range(len(acceptances)):
        below = sample_flops(C, D, acceptances[:number])
        total += trials * (below + step_flops(C, D, number + 1))
    return total
