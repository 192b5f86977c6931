r"""Polynomials for the activations of neural networks, with a certified sup-norm error.

An entry x is an amplitude u = x/A in [-1, 1]. A polynomial Q on [-1, 1] stands for an activation f
if $f(sx) - f(0)$ is close to $x\,Q(x/A)$ for |x| <= R. On all of [-1, 1] it is close to
$(f(sAu) - f(0)) / (Au)$ and so not much above the Lipschitz constant.

*What is proved, and what rests on rounding.* For "relu", "relu6" and "hard-swish" the error is a
polynomial between two kinks, whose maximum is bounded as in `sup_norm`, with an allowance for
rounding. For smooth kinds it is the bound for a polynomial that resolves f, plus R times the
distance of the two: a theorem on functions analytic in an ellipse, where |f| is bounded by hand
(`activation_functions`), plus `series.ROUNDING` times the largest coefficient for the rounding of
the values of f and of their cosine transform. That library functions are accurate to a few units
in the last place is taken on trust.
"""

from functools import lru_cache
from math import cos, pi

import numpy as np
from attrs import field, frozen
from numpy.typing import ArrayLike
from scipy.fft import dct, next_fast_len

from estimator.polynomials.activation_functions import ACTIVATIONS, require_activation
from estimator.polynomials.activation_series import Target
from estimator.polynomials.series import ROUNDING, Reals, series_values

MOST_REACH = 50_000
"""Largest reach, times the scale, for which coefficients are found. Unit: that of s x."""

_BELOW = 8
"""Degrees of the same parity that must fail below the one that is chosen, up to `_FINE`."""

_FINE = 1000
"""Larger degrees are not moved down one by one. Unit: 1."""

_COARSE = 500
"""A degree whose certificate fails is enlarged by two, and by this part of it. Unit: 1."""

_OVERSAMPLING = 32
"""Points for each degree, for the bounds on the parts."""


def _shown(coefficients: tuple[float, ...]) -> str:
    return f"<{len(coefficients)} Chebyshev coefficients>"


@frozen(kw_only=True)
class ActivationPolynomial:
    """Q with f(s x) - f(0) close to x Q(x / A) for |x| <= R.

    Args:
        kind: of f, as in `network.layers.Activation`.
        reach: A. Unit: that of x.
        span: R. Unit: that of x.
        scale: s.
        even: Chebyshev coefficients of the even part of Q; shape (degree + 1,). Unit: that of f/x.
        odd: of the odd part; empty if there is none.
        even_bound: upper bound on the even part on [-1, 1].
        odd_bound: on the odd part; zero if there is none.
        error: upper bound on |f(s x) - f(0) - x Q(x / A)| over |x| <= R.
        at_zero: f(0).
        lipschitz: of x -> f(s x), rounded up.
    """

    kind: str
    reach: float
    span: float
    scale: float
    even: tuple[float, ...] = field(repr=_shown)
    odd: tuple[float, ...] = field(repr=_shown)
    even_bound: float
    odd_bound: float
    error: float
    at_zero: float
    lipschitz: float

    @property
    def degree(self) -> int:
        """The larger one of the two parts."""
        return max(len(self.even), len(self.odd), 1) - 1

    def evaluate(self, x: ArrayLike) -> Reals:
        """x Q(x / A), for |x| <= A, of any shape.

        Raises:
            ValueError: if a point is NaN or outside.
        """
        points = np.asarray(x, dtype=float)
        if not (np.abs(points) <= self.reach).all():
            raise ValueError(f"the polynomial needs |x| <= {self.reach:g}, got an x outside")
        whole = np.zeros(self.degree + 1)
        whole[: len(self.even)] += self.even
        whole[: len(self.odd)] += self.odd
        return points * series_values(whole, points / self.reach)


@lru_cache(maxsize=64)
def activation_polynomial(
    kind: str, reach: float, span: float, error: float, scale: float = 1.0
) -> ActivationPolynomial:
    """A polynomial whose certified error is at most `error`, of the smallest degree found.

    The degree is bisected. Up to 1,000 none of the eight below it, in steps of two, is good enough;
    a larger one is at most half a percent above the smallest whose sampled error is small enough.

    Args:
        kind: one of `activation_functions.KINDS`.
        reach: A, the largest |x| at which Q has to be bounded. Positive.
        span: R, the largest |x| at which it has to be accurate. Positive, at most the reach.
        error: of f, absolute. Positive.
        scale: s, positive.

    Raises:
        ValueError: if an argument is out of range, or so many coefficients or digits are needed
            that rounding does not allow them.
    """
    require_activation(kind, reach, span, error, scale)
    if scale * reach > MOST_REACH:
        raise ValueError(
            f"coefficients for {kind} need a reach of at most {MOST_REACH}, got scale * reach = "
            f"{scale * reach:g}; `activation_degree` gives the degree alone"
        )
    target = Target(kind, scale * reach, scale * span)
    if not error > target.floor:
        raise ValueError(
            f"a polynomial for {kind} up to {span:g} needs an error above its rounding errors of "
            f"{target.floor:.1g}, got error={error:g}"
        )
    p, bound = _smallest(target, error)
    series = np.zeros(max(1, len(p)))
    series[: len(p)] = p
    series[0] += target.constant
    series *= scale
    parts = series.copy(), series.copy()
    for parity, part in enumerate(parts):
        part[1 - parity :: 2] = 0
    even, odd = (np.trim_zeros(part, "b") for part in parts)
    return ActivationPolynomial(
        kind=kind,
        reach=reach,
        span=span,
        scale=scale,
        even=tuple(even.tolist()),
        odd=tuple(odd.tolist()),
        even_bound=_maximum(even),
        odd_bound=_maximum(odd),
        error=bound,
        at_zero=ACTIVATIONS[kind].at_zero,
        lipschitz=ACTIVATIONS[kind].lipschitz * scale,
    )


def _maximum(part: Reals) -> float:
    """Upper bound on a part: [EZ64] as in `sup_norm`, above the maximum by a relative 1.3e-3."""
    degree = len(part) - 1
    if degree < 1:
        return float(np.abs(part).sum())
    degree = next_fast_len(degree)
    padded = np.zeros(_OVERSAMPLING * degree)
    padded[: len(part)] = part / 2
    padded[0] *= 2
    sampled = float(np.abs(dct(padded, type=3)).max())
    return sampled / cos(pi / (2 * _OVERSAMPLING)) + ROUNDING * float(np.abs(part).sum())


def _smallest(target: Target, error: float) -> tuple[Reals, float]:
    """Bisected by sampled errors, certified, and then moved down while that can be tried."""

    def degree(step: int) -> int:
        return target.first_degree + 2 * step

    good, bad = 0, -1
    while not target.promising(degree(good), error):
        good, bad = 2 * good + 1, good
        if degree(bad) > target.most_degree:
            raise ValueError(_too_much(target, error))
    while good - bad > 1:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if target.promising(degree(middle), error) else (good, middle)
    while (best := target.accepted(degree(good), error)) is None:
        good += 1 + good // _COARSE
        if degree(good) > target.most_degree:
            raise ValueError(_too_much(target, error))
    below = good - 1
    while below >= 0 and good - below <= _BELOW and degree(good) <= _FINE:
        if better := target.accepted(degree(below), error):
            good, best = below, better
        below -= 1
    return best


def _too_much(target: Target, error: float) -> str:
    return (
        f"a polynomial for {target.kind} up to {target.span:g} within error={error:g} needs a "
        f"degree above {target.most_degree}, or more digits than there are; take a larger error or "
        "a smaller reach"
    )
