r"""Degrees, lengths and errors of a quantum residual network, before any circuit.

A block takes $\psi$ to $\psi + \mathrm{erf}(\frac45 W\psi)$ and divides by its length. Three ways
of doing so differ in constants only: the published one, ours, and ours with the closed-form
fixed-point sequence, which leaves a phase that the next block does not see.
"""

from enum import StrEnum
from functools import cached_property, lru_cache

import sympy
from attrs import frozen
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from estimator.polynomials.degrees import ErfDegree, FixedPointDegree, SignDegree

SLOPE = sympy.Rational(4, 5)
"""Slope of the activation erf(4x/5). [RHGPR25] Lem. 6. Unit: 1."""

SLOPE_SLACK = 1e-6
"""Relative distance from the published slope that counts as rounding of a stored one. Unit: 1."""


@lru_cache(maxsize=64, typed=True)
def lipschitz(slope: SymbolicFloat) -> SymbolicFloat:
    """Largest derivative of the activation erf(slope x); 0.9027 for the published one. Unit: 1."""
    return 2 * slope / sympy.sqrt(sympy.pi)


def shortest(slope: SymbolicFloat) -> SymbolicFloat:
    """Smallest length of x + erf(slope W x) for unit x and W of norm at most 1. Unit: 1."""
    return 1 - lipschitz(slope)


def slope_of(stored: float) -> SymbolicFloat:
    """The slope of an activation, the published one where a stored number is a rounding of it.

    Raises:
        ValueError: if no length of x + erf(slope W x) is proved, slope >= sqrt(pi) / 2.
    """
    if not 0 < stored < float(sympy.sqrt(sympy.pi)) / 2:
        raise ValueError(
            f"the slope of erf must be above 0 and below sqrt(pi)/2, got {float(stored):.6g}"
        )
    return SLOPE if abs(stored / float(SLOPE) - 1) <= SLOPE_SLACK else stored


SHORTEST = shortest(SLOPE)
"""Smallest length of x + f(W x) with the published activation, about 0.0973. Unit: 1."""

OUTPUT_WEIGHT = sympy.Rational(51, 100)
"""Published weight tau of the skip path in the output block. [RHGPR25] Lem. C.1. Unit: 1."""

WEIGHT_SLACK = 1e-6
"""Distance from the published weight that counts as rounding of a stored one. Unit: 1."""

PUBLISHED_ALPHA = 400
"""Upper bound on alpha of the published sum of skip and activation. [RHGPR25] Lem. 6. Unit: 1."""

PUBLISHED_GAIN = 712
"""Factor by which the published bound on the error grows in a block. [RHGPR25] Lem. 6. Unit: 1."""

PUBLISHED_KAPPA = 2
"""alpha of the weights' encoding in the published network. [RHGPR25] Lem. 7. Unit: 1."""


HALF = 0.5
"""Part of the polynomials' error that the normalisation has unless something else is asked."""

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
        length: smallest length of x + f(W x), a promise about the data or `shortest`.
        start: smallest length that the normalisation must lift to one.
        erf_error: sup-norm error of the activation's polynomial on [-1, 1].
        erf_degree: its degree, odd.
        sign_error: error of the normalisation.
        sign_degree: calls of the sum in the normalisation, odd.
        budget: error that this block may add, l2 norm.
        slope: of the activation erf(slope x).
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
    slope: SymbolicFloat = SLOPE

    @property
    def nu(self) -> SymbolicFloat:
        """Slope of the error function of the encoded amplitudes. Unit: 1."""
        return self.slope * self.kappa

    @cached_property
    def scale(self) -> SymbolicFloat:
        """What P(x)/x is divided by before the transform. Unit: 1."""
        bound = lipschitz(self.nu)
        return settled(8 * bound if self.variant is Variant.PUBLISHED else bound)

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
        tau: weight of the skip path.
        vector_calls: calls of the vector in one sum.
    """

    length: SymbolicFloat
    start: SymbolicFloat
    sign_error: SymbolicFloat
    sign_degree: SymbolicInt
    tau: SymbolicFloat = OUTPUT_WEIGHT
    vector_calls: int = 3

    @property
    def calls(self) -> SymbolicInt:
        """Calls of the last residual block in the output block."""
        return self.sign_degree * self.vector_calls


def settled(value: SymbolicFloat) -> SymbolicFloat:
    """A number as an int or a float, whatever SymPy wrote it as; an expression unchanged."""
    expression = sympy.sympify(value)
    if not expression.is_number:
        return expression
    return int(expression) if expression.is_Integer else float(expression)


def block_plan(
    variant: Variant,
    kappa: SymbolicFloat,
    length: SymbolicFloat,
    entries: SymbolicInt,
    budget: SymbolicFloat,
    incoming: SymbolicFloat,
    slope: SymbolicFloat = SLOPE,
    split: float = HALF,
) -> BlockPlan:
    """The plan of one block.

    Args:
        variant: the construction.
        kappa: alpha of the weights' block-encoding, positive.
        length: smallest length of x + f(W x).
        entries: length of the vector.
        budget: error that the block may add; published, e_i of Lem. 7.
        incoming: largest error of the sum of skip and activation.
        slope: of the activation erf(slope x).
        split: part of what both polynomials may err by that the normalisation has; the activation
            has the rest.

    Raises:
        ValueError: if kappa or `length` is not positive, or, for the published block, the slope is
            above 4/5, kappa above 2 for weights of slope 4/5, or `split` is given.
    """
    kappa, length = settled(kappa), settled(length)
    if not is_symbolic(kappa) and not kappa > 0:
        raise ValueError(f"kappa, the alpha of the weights, must be positive, got {kappa}")
    if not is_symbolic(length) and not length > 0:
        raise ValueError(f"the length of x + f(W x) must be positive, got {length}")
    nu, root = slope * kappa, sympy.sqrt(entries)
    if variant is Variant.PUBLISHED:
        if split != HALF:
            raise ValueError(
                "the published block divides its error as printed; leave epsilon_split out or "
                "choose another variant"
            )
        if not is_symbolic(slope) and slope > SLOPE:
            raise ValueError(
                f"the published block is stated for erf(4 x / 5), got a slope of "
                f"{float(slope):.6g}; choose another variant"
            )
        most = float(SLOPE * PUBLISHED_KAPPA) * (1 + SLOPE_SLACK)
        if not is_symbolic(steep := settled(nu)) and steep > most:
            raise ValueError(
                f"the published block is stated for kappa <= {PUBLISHED_KAPPA}, got {kappa}; "
                f"amplify the weights or choose another variant"
            )
        start = sympy.Rational(1, 4 * PUBLISHED_ALPHA)
        sign_error = budget
        erf_error = nu / sympy.sqrt(sympy.pi) * budget / root
    else:
        alpha = (1 + lipschitz(nu)) / length
        start = (1 - incoming) / alpha
        sign_error = budget / 4 if split == HALF else budget / 2 * split
        erf_error = (budget / 4 if split == HALF else budget / 2 * (1 - split)) * length / root
    degree = FixedPointDegree if variant is Variant.FIXED_POINT else SignDegree
    erf_degree = settled(ErfDegree(nu, erf_error))
    if not is_symbolic(erf_degree):
        erf_degree = max(erf_degree, 3)  # a block transforms by P(x) / x, of degree 2 at least
    return BlockPlan(
        variant=variant,
        kappa=kappa,
        length=length,
        start=settled(start),
        erf_error=settled(erf_error),
        erf_degree=erf_degree,
        sign_error=settled(sign_error),
        sign_degree=settled(degree(start, sign_error)),
        budget=settled(budget),
        slope=slope,
    )


def gain(length: SymbolicFloat, slope: SymbolicFloat = SLOPE) -> SymbolicFloat:
    """Factor by which a small error grows in a block whose sum is at least so long. Unit: 1."""
    return (1 + lipschitz(slope)) / length


def budget(
    variant: Variant,
    i: SymbolicInt,
    k: SymbolicInt,
    epsilon: SymbolicFloat,
    length: SymbolicFloat,
    slope: SymbolicFloat = SLOPE,
) -> tuple[SymbolicFloat, SymbolicFloat]:
    r"""Error that block i of k may add, and the error of its sum, if the last vector has `epsilon`.

    Ours: $t_i = \epsilon / (k\,G^{k-i})$ and $i\,t_i$. Published: $e_i = \epsilon/1424^{k-i+1}$,
    twice that for i = 1, where no error comes in.
    """
    if variant is Variant.PUBLISHED:
        factor = sympy.Integer(2) if i == 1 else sympy.Integer(1)
        share = factor * epsilon / (2 * sympy.Integer(PUBLISHED_GAIN)) ** (k - i + 1)
        return share, share
    share = epsilon / (k * gain(length, slope) ** (k - i))
    return share, i * share
