r"""Degrees, lengths and errors of a quantum residual network, before any circuit.

A block takes $\psi$ to $\psi + \mathrm{erf}(\frac45 W\psi)$ and divides by its length. Three ways
of doing so differ in constants only: the published one, ours, and ours with the closed-form
fixed-point sequence, which leaves a phase that the next block does not see.
"""

from enum import StrEnum

import sympy
from attrs import frozen
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from estimator.degree_function import ErfDegree, FixedPointDegree, SignDegree

SLOPE = sympy.Rational(4, 5)
"""Slope of the activation erf(4x/5). [RHGPR25] Lem. 6. Unit: 1."""

LIPSCHITZ = 2 * SLOPE / sympy.sqrt(sympy.pi)
"""Largest derivative of the activation, about 0.9027. Unit: 1."""

SHORTEST = 1 - LIPSCHITZ
"""Smallest length of x + f(W x) for unit x and a W of norm at most 1, about 0.0973. Unit: 1."""

OUTPUT_WEIGHT = sympy.Rational(51, 100)
"""Weight tau of the skip path in the output block. [RHGPR25] Lem. C.1. Unit: 1."""

PUBLISHED_ALPHA = 400
"""Upper bound on alpha of the published sum of skip and activation. [RHGPR25] Lem. 6. Unit: 1."""

PUBLISHED_GAIN = 712
"""Factor by which the published bound on the error grows in a block. [RHGPR25] Lem. 6. Unit: 1."""

PUBLISHED_KAPPA = 2
"""alpha of the weights' encoding in the published network. [RHGPR25] Lem. 7. Unit: 1."""


POOL_GAIN = sympy.sqrt(2)
r"""Largest ratio of the distance of pooled squares to that of unit vectors, both l2. Unit: 1.

The differences of the pools are $\langle u_c, v_c \rangle$ for $u = x - y$ and $v = x + y$; they
add up to zero and their moduli to at most $\lVert u \rVert \lVert v \rVert \le 2 \lVert u
\rVert$, so that positive and negative ones add up to at most $\lVert u \rVert$ each.
"""


class Variant(StrEnum):
    """A way of building the blocks."""

    PUBLISHED = "published"
    """The paper's constants: six calls a diagonal, factor 4, alpha 400, error factor 712."""
    TIGHT = "tight"
    """One call a diagonal, balanced sum, and lengths and errors that are worked out."""
    FIXED_POINT = "fixed_point"
    """As tight, normalised by the closed-form sequence, up to a phase."""


class Output(StrEnum):
    """What follows the last residual block."""

    NONE = "none"
    """Nothing: the encoded vector is the answer."""
    POOL = "pool"
    """Squared moduli are added up in as many bins as there are classes, by measurement."""
    LINEAR_POOL = "linear-pool"
    """tau x + (1 - tau) W |x|^2, normalised, then pooled."""


@frozen(kw_only=True, cache_hash=True)
class BlockPlan:
    """The numbers of one residual block.

    Args:
        variant: the construction.
        kappa: alpha of the weights' block-encoding, positive.
        length: smallest length of x + f(W x), a promise about the data or `SHORTEST`.
        start: smallest length that the normalisation must lift to one.
        erf_error: sup-norm error of the activation's polynomial on [-1, 1].
        erf_degree: its degree, odd.
        sign_error: error of the normalisation.
        sign_degree: calls of the sum in the normalisation, odd.
        budget: error that this block may add, l2 norm.
    """

    variant: Variant
    kappa: SymbolicFloat
    length: SymbolicFloat
    start: SymbolicFloat
    erf_error: SymbolicFloat
    erf_degree: SymbolicInt
    sign_error: SymbolicFloat
    sign_degree: SymbolicInt
    budget: SymbolicFloat

    @property
    def slope(self) -> SymbolicFloat:
        """nu, slope of the error function of the encoded amplitudes. Unit: 1."""
        return SLOPE * self.kappa

    @property
    def scale(self) -> SymbolicFloat:
        """What P(x)/x is divided by before the transform. Unit: 1."""
        bound = 2 * self.slope / sympy.sqrt(sympy.pi)
        return 8 * bound if self.variant is Variant.PUBLISHED else bound

    @property
    def vector_calls(self) -> SymbolicInt:
        """Calls of the previous vector in one sum of skip and activation."""
        if self.variant is Variant.PUBLISHED:
            return 6 * (self.erf_degree - 1) + 2
        return self.erf_degree

    @property
    def weight_calls(self) -> SymbolicInt:
        """Calls of the weights in one sum of skip and activation."""
        if self.variant is Variant.PUBLISHED:
            return 6 * (self.erf_degree - 1) + 1
        return self.erf_degree

    @property
    def calls(self) -> SymbolicInt:
        """Calls of the previous vector in the block."""
        return self.sign_degree * self.vector_calls


@frozen(kw_only=True, cache_hash=True)
class OutputPlan:
    """The numbers of the output block.

    Args:
        length: smallest length of tau x + (1 - tau) W |x|^2.
        start: smallest length that the normalisation must lift to one.
        sign_error: error of the normalisation.
        sign_degree: calls of the sum in the normalisation, odd.
    """

    length: SymbolicFloat
    start: SymbolicFloat
    sign_error: SymbolicFloat
    sign_degree: SymbolicInt
    vector_calls: int = 3

    @property
    def calls(self) -> SymbolicInt:
        """Calls of the last residual block in the output block."""
        return self.sign_degree * self.vector_calls


@frozen(kw_only=True, cache_hash=True)
class NetworkPlan:
    """The numbers of a whole network.

    Args:
        blocks: the residual blocks, first to last.
        output: the output block, or `None`.
        epsilon: total error, l2 norm of the vector or of the class probabilities.
        blocks_epsilon: part of it that the vector after the last residual block may have.
    """

    blocks: tuple[BlockPlan, ...]
    output: OutputPlan | None
    epsilon: SymbolicFloat
    blocks_epsilon: SymbolicFloat

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


def block_plan(
    variant: Variant,
    kappa: SymbolicFloat,
    length: SymbolicFloat,
    entries: SymbolicInt,
    budget: SymbolicFloat,
    incoming: SymbolicFloat,
) -> BlockPlan:
    """The plan of one block.

    Args:
        variant: the construction.
        kappa: alpha of the weights' block-encoding, positive.
        length: smallest length of x + f(W x).
        entries: length of the vector.
        budget: error that the block may add; published, e_i of Lem. 7.
        incoming: largest error of the sum of skip and activation.

    Raises:
        ValueError: if kappa or `length` is not positive, or kappa above 2 for the published block.
    """
    if not is_symbolic(kappa) and not kappa > 0:
        raise ValueError(f"kappa, the alpha of the weights, must be positive, got {kappa}")
    if not is_symbolic(length) and not length > 0:
        raise ValueError(f"the length of x + f(W x) must be positive, got {length}")
    slope, root = SLOPE * kappa, sympy.sqrt(entries)
    if variant is Variant.PUBLISHED:
        if not is_symbolic(kappa) and kappa > PUBLISHED_KAPPA:
            raise ValueError(
                f"the published block is stated for kappa <= {PUBLISHED_KAPPA}, got {kappa}; "
                f"amplify the weights or choose another variant"
            )
        start = sympy.Rational(1, 4 * PUBLISHED_ALPHA)
        sign_error = budget
        erf_error = slope / sympy.sqrt(sympy.pi) * budget / root
    else:
        alpha = (1 + 2 * slope / sympy.sqrt(sympy.pi)) / length
        start = (1 - incoming) / alpha
        sign_error = budget / 4
        erf_error = budget / 4 * length / root
    degree = FixedPointDegree if variant is Variant.FIXED_POINT else SignDegree
    return BlockPlan(
        variant=variant,
        kappa=kappa,
        length=length,
        start=start,
        erf_error=erf_error,
        erf_degree=ErfDegree(slope, erf_error),
        sign_error=sign_error,
        sign_degree=degree(start, sign_error),
        budget=budget,
    )


def gain(length: SymbolicFloat) -> SymbolicFloat:
    """Factor by which a small error grows in a block whose sum is at least so long. Unit: 1."""
    return (1 + LIPSCHITZ) / length


def budget(
    variant: Variant, i: SymbolicInt, k: SymbolicInt, epsilon: SymbolicFloat, length: SymbolicFloat
) -> tuple[SymbolicFloat, SymbolicFloat]:
    r"""Error that block i of k may add, and the error of its sum, if the last vector has `epsilon`.

    Ours: $t_i = \epsilon / (k\,G^{k-i})$ and $i\,t_i$. Published: $e_i = \epsilon/1424^{k-i+1}$,
    twice that for i = 1, where no error comes in.
    """
    if variant is Variant.PUBLISHED:
        factor = sympy.Integer(2) if i == 1 else sympy.Integer(1)
        share = factor * epsilon / (2 * sympy.Integer(PUBLISHED_GAIN)) ** (k - i + 1)
        return share, share
    share = epsilon / (k * gain(length) ** (k - i))
    return share, i * share


def network_plan(
    variant: Variant,
    k: int,
    entries: SymbolicInt,
    epsilon: SymbolicFloat,
    kappa: SymbolicFloat,
    *,
    length: SymbolicFloat = SHORTEST,
    output: Output = Output.NONE,
    classes: SymbolicInt | None = None,
    output_length: SymbolicFloat = 2 * OUTPUT_WEIGHT - 1,
) -> NetworkPlan:
    """The plan of k residual blocks and an output.

    Args:
        variant: the construction.
        k: number of residual blocks, at least 1.
        entries: length of the vector, channels included.
        epsilon: total error, l2 norm; of the class probabilities if there is a pool.
        kappa: alpha of each block-encoding of weights.
        length: smallest length of x + f(W x); the default is proved for every network.
        output: what follows the blocks.
        classes: number of classes, where the published budget needs it.
        output_length: smallest length of tau x + (1 - tau) W |x|^2; the default is proved.

    Raises:
        ValueError: if k is below 1, epsilon not in (0, 1), or a number of classes is missing.
    """
    if k < 1:
        raise ValueError(f"a residual network needs k >= 1 blocks, got {k}")
    if not is_symbolic(epsilon) and not 0 < epsilon < 1:
        raise ValueError(f"epsilon must be between 0 and 1, got {epsilon}")
    published = variant is Variant.PUBLISHED
    if published and output is not Output.NONE and classes is None:
        raise ValueError("the published error of a pool depends on the number of classes; give it")
    last, end = _output_plan(published, entries, epsilon, output, classes, output_length)
    blocks = []
    for i in range(1, k + 1):
        share, incoming = budget(variant, i, k, last, length)
        blocks.append(block_plan(variant, kappa, length, entries, share, incoming))
    return NetworkPlan(blocks=tuple(blocks), output=end, epsilon=epsilon, blocks_epsilon=last)


def _output_plan(
    published: bool,
    entries: SymbolicInt,
    epsilon: SymbolicFloat,
    output: Output,
    classes: SymbolicInt | None,
    length: SymbolicFloat,
) -> tuple[SymbolicFloat, OutputPlan | None]:
    """Error left to the residual blocks, and the plan of the output block."""
    if output is Output.NONE:
        return epsilon, None
    pooled = sympy.sqrt(classes) * epsilon / (2 * entries) if published else epsilon / POOL_GAIN
    if output is Output.POOL:
        return pooled, None
    if published:
        margin = 2 * OUTPUT_WEIGHT - 1
        last, sign_error, start = pooled * margin / 12, pooled / 4, margin / 4
        length = margin
    else:
        grown = (2 - OUTPUT_WEIGHT) / length
        last, sign_error = sympy.Rational(7, 10) * pooled / grown, pooled / 4
        start = (1 - pooled) * length
    plan = OutputPlan(
        length=length,
        start=start,
        sign_error=sign_error,
        sign_degree=SignDegree(start, sign_error),
    )
    return last, plan
