"""Degrees, lengths and errors of a whole residual network, and how its error is shared out."""

import sympy
from attrs import frozen
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.resnet.model.block_plan import (
    HALF,
    OUTPUT_WEIGHT,
    POOL_GAIN,
    SLOPE,
    WEIGHT_SLACK,
    BlockPlan,
    Output,
    OutputPlan,
    Variant,
    block_plan,
    budget,
    settled,
    shortest,
)
from estimator.polynomials.degrees import SignDegree


@frozen(kw_only=True, cache_hash=True)
class NetworkPlan:
    """The numbers of a whole network.

    Args:
        blocks: the residual blocks, first to last.
        output: the output block, or `None`.
        epsilon: total error, l2 norm of the vector or of the class probabilities.
        blocks_epsilon: part of it that the vector after the last residual block may have.
        vector_epsilon: part of it that the last vector may have, before a pool.
    """

    blocks: tuple[BlockPlan, ...]
    output: OutputPlan | None
    epsilon: SymbolicFloat
    blocks_epsilon: SymbolicFloat
    vector_epsilon: SymbolicFloat

    @property
    def input_calls(self) -> SymbolicInt:
        """Calls of the input's circuit or its inverse."""
        after = sympy.Integer(1) if self.output is None else self.output.calls
        return sympy.prod([block.calls for block in self.blocks]) * after

    def weight_calls(self, layer: int) -> SymbolicInt:
        """Calls of the weights of one block, counted from 1, or their inverse."""
        after = sympy.Integer(1) if self.output is None else self.output.calls
        own, later = self.blocks[layer - 1], self.blocks[layer:]
        return own.sign_degree * own.weight_calls * sympy.prod([b.calls for b in later]) * after


def network_plan(
    variant: Variant,
    k: int,
    entries: SymbolicInt,
    epsilon: SymbolicFloat,
    kappa: SymbolicFloat,
    *,
    length: SymbolicFloat | None = None,
    output: Output = Output.NONE,
    classes: SymbolicInt | None = None,
    output_length: SymbolicFloat | None = None,
    tau: SymbolicFloat = OUTPUT_WEIGHT,
    slope: SymbolicFloat = SLOPE,
    split: float = HALF,
) -> NetworkPlan:
    """The plan of k residual blocks and an output.

    Args:
        variant: the construction.
        k: number of residual blocks, at least 1.
        entries: length of the vector, channels included.
        epsilon: total error, l2 norm; of the class probabilities if there is a pool.
        kappa: alpha of each block-encoding of weights.
        length: smallest length of x + f(W x); what is proved for every network if `None`.
        output: what follows the blocks.
        classes: number of classes, where the published budget needs it.
        output_length: smallest length of tau x + (1 - tau) W |x|^2; 2 tau - 1, which is proved, if
            `None`.
        tau: weight of the skip path of the output block; the published one is 0.51.
        slope: of the activation erf(slope x).
        split: part of the polynomials' error of a block that its normalisation has.

    Raises:
        ValueError: if k is below 1, epsilon not in (0, 1), tau not in (1/2, 1) or not the published
            one where it must be, or a number of classes is missing.
    """
    if k < 1:
        raise ValueError(f"a residual network needs k >= 1 blocks, got {k}")
    if not is_symbolic(epsilon) and not 0 < epsilon < 1:
        raise ValueError(f"epsilon must be between 0 and 1, got {epsilon}")
    length = shortest(slope) if length is None else length
    published = variant is Variant.PUBLISHED
    if published and output is not Output.NONE and classes is None:
        raise ValueError("the published error of a pool depends on the number of classes; give it")
    if output is Output.LINEAR_POOL:
        check_weight(variant, tau)
    length_after = 2 * tau - 1 if output_length is None else output_length
    last, end = _output_plan(published, entries, epsilon, output, classes, length_after, tau)
    blocks = []
    for i in range(1, k + 1):
        share, incoming = budget(variant, i, k, last, length, slope)
        blocks.append(block_plan(variant, kappa, length, entries, share, incoming, slope, split))
    pooled = (
        epsilon if output is Output.NONE else _before_pool(published, entries, epsilon, classes)
    )
    return NetworkPlan(
        blocks=tuple(blocks),
        output=end,
        epsilon=epsilon,
        blocks_epsilon=last,
        vector_epsilon=pooled,
    )


def check_weight(variant: Variant, tau: SymbolicFloat) -> None:
    """Refuse a weight of the skip path that an output block of this variant cannot have.

    Raises:
        ValueError: if there is one.
    """
    if is_symbolic(tau):
        return
    if not 0.5 < tau < 1:
        raise ValueError(f"the skip weight tau must be above 1/2 and below 1, got {float(tau):.6g}")
    if variant is Variant.PUBLISHED and abs(tau - OUTPUT_WEIGHT) > WEIGHT_SLACK:
        raise ValueError(
            f"the published output block has a skip weight of 0.51, got {float(tau):.6g}; choose "
            f"another variant or output"
        )


def _before_pool(
    published: bool, entries: SymbolicInt, epsilon: SymbolicFloat, classes: SymbolicInt | None
) -> SymbolicFloat:
    """Error that a vector may have if its pool is to err by `epsilon`, both l2."""
    return sympy.sqrt(classes) * epsilon / (2 * entries) if published else epsilon / POOL_GAIN


def _output_plan(
    published: bool,
    entries: SymbolicInt,
    epsilon: SymbolicFloat,
    output: Output,
    classes: SymbolicInt | None,
    length: SymbolicFloat,
    tau: SymbolicFloat,
) -> tuple[SymbolicFloat, OutputPlan | None]:
    """Error left to the residual blocks, and the plan of the output block."""
    if output is Output.NONE:
        return epsilon, None
    pooled = _before_pool(published, entries, epsilon, classes)
    if output is Output.POOL:
        return pooled, None
    if published:
        margin = 2 * tau - 1
        last, sign_error, start = pooled * margin / 12, pooled / 4, margin / 4
        length = margin
    else:
        grown = (2 - tau) / length
        last, sign_error = sympy.Rational(7, 10) * pooled / grown, pooled / 4
        start = (1 - pooled) * length
    plan = OutputPlan(
        length=settled(length),
        start=settled(start),
        sign_error=settled(sign_error),
        sign_degree=settled(SignDegree(start, sign_error)),
        tau=tau,
    )
    return last, plan
