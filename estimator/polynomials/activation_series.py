r"""The Chebyshev series behind polynomials for activations, and their certified errors.

Everything is for scale 1: $y = Tu$ with u in [-1, 1]. What is approximated is the q of
`activation_functions`, by a polynomial $p(u)$, so that the error at y is $|y|\,|q(y) - p(y/T)|$.

*Smooth kinds.* With the series $\sum_k c_k T_k$ of q(Tu), $p_k = c_k + \lambda c_{2(d+1)-k}$ for
k <= d: the coefficients of these series alternate in sign, so that the second term damps the last
ones, which divides the error of the truncated series, $\lambda = 0$, by up to 1.4.

*Kinks.* The series is known exactly: with $\theta = \arccos t$ and k > 1
$$|u - t| = \dots + \frac{2}{\pi}\Big(\frac{\sin (k+1)\theta}{k+1} +
\frac{\sin (k-1)\theta}{k-1} - \frac{2t \sin k\theta}{k}\Big) T_k(u) + \dots$$
For "relu" the terms of sign(u)/2 are damped by $1 - \beta (k/(d+1))^2$; away from zero those of
y q(y) are raised by $1 + \beta (k/(d+2))^2$, the value at zero is subtracted and u divided out.
The best polynomials have errors that are smaller by 1.02 for "relu", up to 1.2 for "relu6" and 1.6
for "hard-swish".
"""

from functools import cached_property

import numpy as np
from attrs import frozen
from numpy.polynomial import chebyshev
from numpy.typing import ArrayLike
from scipy.fft import dct, next_fast_len

from estimator.polynomials.activation_functions import ACTIVATIONS, Activation
from estimator.polynomials.series import ROUNDING, Reals, series_values
from estimator.polynomials.sup_norm import sup_norm
from estimator.polynomials.truncation import AnalyticFunction

MOST_DEGREE = 200_000
"""Largest degree for which coefficients are found. Unit: 1."""

SMOOTH_WEIGHTS = (0.375, 0.0)
"""lambda, the one that is tried first before."""

RELU_WEIGHTS = (0.28, 0.0)
"""beta of "relu"."""

RELU6_WEIGHTS = (0.25, 0.0)
"""beta of the kink at 6; at that at zero it is `_AT_ZERO` times as large."""

SWISH_WEIGHTS = (0.3, 0.0)
"""beta of "hard-swish"."""

_AT_ZERO = 2.4

_TOLERANCE = 1e-3
"""Relative distance of a certified error from the true one. A smaller one splits most cells of
`sup_norm`, since these errors are nearly as large at every extremum. Unit: 1.
"""

_UNRESOLVED = 1e-5
"""Times the largest dropped coefficient: sum of those whose signs are ignored. Unit: 1."""

_NEAR = np.pi / 8 * np.arange(-24, 25)
"""Times 1 / (degree + 1): distances from a kink at which an error is looked at. Unit: 1."""

_INSIDE = np.cos(np.pi / 16 * (np.arange(16) + 0.5))
"""Times the span: where an error is looked at as well, as between points of a small degree there is
room for a whole span. Unit: 1."""


def kink_series(t: float, degree: int) -> Reals:
    """Chebyshev coefficients of |u - t| up to a degree, exact to rounding.

    Args:
        t: in [-1, 1].
        degree: at least 1.
    """
    angle = np.arccos(t)
    k = np.arange(degree + 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        up, down = np.sin((k + 1) * angle) / (k + 1), np.sin((k - 1) * angle) / (k - 1)
        series = 2 / np.pi * (up + down - 2 * t * np.sin(k * angle) / k)
    series[0] = 2 / np.pi * (np.sin(angle) - t * angle) + t
    series[1] = 2 / np.pi * (angle + np.sin(2 * angle) / 2 - 2 * t * np.sin(angle)) - 1
    return series


def sign_series(degree: int) -> Reals:
    """Chebyshev coefficients of sign(u) up to a degree."""
    k = np.arange(degree + 1)
    return np.where(k % 2, 4 / (np.pi * np.maximum(k, 1)) * np.where(k % 4 == 1, 1, -1), 0.0)


def over_x(series: Reals) -> Reals:
    r"""Coefficients of (P(u) - P(0)) / u, by $q_j = 2 p_{j+1} - q_{j+2}$, halved at $j = 0$.

    Args:
        series: of P; shape (degree + 1,), degree at least 1.
    """
    quotient = np.zeros(len(series) - 1)
    for first in (0, 1):
        terms = series[first + 1 :: 2]
        signs = (-1.0) ** np.arange(len(terms))
        quotient[first::2] = 2 * signs * np.cumsum((signs * terms)[::-1])[::-1]
    quotient[0] /= 2
    return quotient


def _bound(series: ArrayLike, lower: float, upper: float) -> float:
    """`sup_norm` at a degree whose cosine transform is fast."""
    values = np.asarray(series, dtype=float)
    padded = np.zeros(next_fast_len(len(values)) + 1)
    padded[: len(values)] = values
    return sup_norm(padded, lower, upper, tolerance=_TOLERANCE).bound


def _damped_sign(degree: int, weight: float) -> Reals:
    return sign_series(degree) / 2 * (1 - weight * (np.arange(degree + 1) / (degree + 1)) ** 2)


@frozen(cache_hash=True)
class Target:
    """q(Tu) of a kind, where it has to be accurate, and its polynomials.

    Args:
        kind: of the activation; on spans up to 6 "relu6" is "relu".
        reach: T.
        span: |y| is at most this where the error counts; at most T.

    Raises:
        ValueError: if a smooth kind needs more coefficients than `AnalyticFunction` resolves.
    """

    kind: str
    reach: float
    span: float

    @property
    def _name(self) -> str:
        return "relu" if self.kind == "relu6" and self.span <= 6 else self.kind

    @property
    def activation(self) -> Activation:
        """What is approximated."""
        return ACTIVATIONS[self._name]

    @property
    def is_smooth(self) -> bool:
        """Whether the series converges geometrically; "hard-swish" is a parabola up to 3."""
        return self.activation.strip is not None or (self._name == "hard-swish" and self.reach <= 3)

    @property
    def constant(self) -> float:
        """c; none is split off "relu6"."""
        return 0.0 if self._name == "relu6" else self.activation.constant

    @property
    def first_degree(self) -> int:
        """Smallest degree of p, of its parity; that of an odd one may be -1: p = 0."""
        return 0 if self.activation.parity == "even" else -1

    @property
    def weights(self) -> tuple[float, ...]:
        """Of the last terms; what `coefficients` takes."""
        if self.is_smooth:
            return SMOOTH_WEIGHTS
        by_name = {"relu": RELU_WEIGHTS, "relu6": RELU6_WEIGHTS, "hard-swish": SWISH_WEIGHTS}
        return by_name[self._name]

    @cached_property
    def _resolved(self) -> tuple[Reals, float]:
        """The series of q(Tu) as far as it is resolved, and a bound on its sup-norm error."""
        strip = self.activation.strip
        if strip is None:
            return np.array([0.0, self.reach / 6]), 0.0
        height = strip.width / self.reach
        function = AnalyticFunction(
            function=lambda u: self.activation.ratio(self.reach * u),
            rho=height + float(np.hypot(1, height)),
            modulus=strip.modulus,
            parity=self.activation.parity,
        )
        whole = function.truncation(10**9)
        return whole.array, function.truncation_error(whole.degree)

    @property
    def floor(self) -> float:
        """Errors below this are not resolved: rounding, and what no coefficient stands for.

        A smooth kind's is the span times the error of the resolved series. For kinks it is rounding
        of the pieces in `certified`, whose size is at most T, or T^2/6 for "hard-swish".
        """
        if self.is_smooth:
            return self.span * (self._resolved[1] + ROUNDING)
        return ROUNDING * self.reach * max(4.0, self.reach if self.kind == "hard-swish" else 0.0)

    @property
    def most_degree(self) -> int:
        """A larger degree gains nothing, or is not looked for."""
        return len(self._resolved[0]) + 1 if self.is_smooth else MOST_DEGREE

    def coefficients(self, degree: int, weight: float) -> Reals:
        """Chebyshev coefficients of p; shape (degree + 1,), or (1,) for degree -1.

        Args:
            degree: of the parity of `first_degree`.
            weight: of the last terms, one of `weights`.
        """
        if degree < 0:
            return np.zeros(1)
        if self.is_smooth:
            padded = np.zeros(2 * degree + 3)
            known = self._resolved[0][: len(padded)]
            padded[: len(known)] = known
            return padded[: degree + 1] + weight * padded[: degree + 1 : -1]
        if self._name == "relu":
            return _damped_sign(degree, weight)
        raised = 1 + weight * (np.arange(degree + 2) / (degree + 2)) ** 2
        if self._name == "relu6":
            upper = over_x(kink_series(6 / self.reach, degree + 1) * raised) / 2
            return _damped_sign(degree, _AT_ZERO * weight) - upper
        clipped = -self.reach / 6 * kink_series(3 / self.reach, degree + 2)
        clipped[::2] = 0
        return over_x(chebyshev.chebmulx(clipped)[: degree + 2] * raised)

    @property
    def _kinks(self) -> tuple[float, ...]:
        """Where the error is largest, in u: kinks, and zero for smooth kinds."""
        if self.is_smooth:
            return (0.0,)
        ends = {"relu": (0.0,), "relu6": (0.0, 6.0)}.get(self._name, (-3.0, 3.0))
        return tuple(end / self.reach for end in ends)

    def sampled(self, p: Reals) -> float:
        """A lower bound on the error, up to rounding: at Chebyshev points, also of the span, and
        close to kinks."""
        points = 4 * next_fast_len(len(p) + 8)
        u = np.cos(np.pi * (np.arange(points) + 0.5) / points)
        padded = np.zeros(points)
        padded[: len(p)] = p / 2
        padded[0] *= 2
        values = dct(padded, type=3)
        near = np.add.outer(self._kinks, _NEAR / len(p)).ravel()
        near = np.append(near[np.abs(near) <= 1], self.span / self.reach * _INSIDE)
        u, values = np.append(u, near), np.append(values, series_values(p, near))
        y = self.reach * u
        wanted = self.activation.value(y) - self.activation.at_zero - self.constant * y
        off = np.abs(wanted - y * values)
        return float(off[np.abs(y) <= self.span].max(initial=0.0))

    def certified(self, p: Reals) -> float:
        """An upper bound on the error, tight to 1e-3 and to `floor`.

        Of the resolved series minus p, times y, for a smooth kind, whose last terms count with
        their absolute values. With kinks the error is a polynomial between two of them. Either is
        bounded as in `sup_norm`.
        """
        made = self.reach * chebyshev.chebmulx(p)
        if self.is_smooth:
            return self._certified_tail(p) + self.floor
        upper = self.span / self.reach
        return max(
            _bound(chebyshev.chebsub(piece, made), lower, min(end, upper))
            for lower, end, piece in self._pieces(-upper)
            if lower < upper
        )

    def _certified_tail(self, p: Reals) -> float:
        tail = self._resolved[0].copy()
        size = max(len(tail), len(p))
        tail = np.pad(tail, (0, size - len(tail))) - np.pad(p, (0, size - len(p)))
        rest = np.cumsum(np.abs(tail[::-1]))[::-1]
        last = max(1, int(np.count_nonzero(rest > _UNRESOLVED * np.abs(tail).max())))
        dropped = float(rest[last]) if last < size else 0.0
        kept = self.reach * chebyshev.chebmulx(tail[:last])
        upper = self.span / self.reach
        return _bound(kept, 0.0, upper) + self.span * dropped

    def _pieces(self, least: float) -> list[tuple[float, float, Reals]]:
        """Ends in u, and Chebyshev coefficients of y q(y) or of relu6(y) between them."""
        line = np.array([0.0, self.reach])
        if self._name == "relu":
            return [(0.0, 1.0, line / 2)]
        if self._name == "relu6":
            kink = 6 / self.reach
            return [
                (least, 0.0, np.zeros(1)),
                (0.0, kink, line),
                (kink, 1.0, np.array([6.0])),
            ]
        kink = 3 / self.reach
        parabola = self.reach**2 / 12 * np.array([1.0, 0.0, 1.0])
        return [(0.0, kink, parabola), (kink, 1.0, line / 2)]

    def promising(self, degree: int, error: float) -> bool:
        """Whether some weight leads to less than `error` at the sampled points."""
        return any(
            self.sampled(self.coefficients(degree, weight)) <= error for weight in self.weights
        )

    def accepted(self, degree: int, error: float) -> tuple[Reals, float] | None:
        """A polynomial of that degree and its certified error, if that is at most `error`."""
        for weight in self.weights:
            p = self.coefficients(degree, weight)
            if self.sampled(p) <= error and (bound := self.certified(p)) <= error:
                return p, bound
        return None
