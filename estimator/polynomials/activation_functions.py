"""Activations of neural networks: values, slopes, and how large they are off the real axis.

Each is $f(y) = f(0) + y\\,(c + q(y))$ with a constant c and, but for "relu6", an even or odd q.
"""

from collections.abc import Callable
from math import cos, e, pi, sqrt, tan
from typing import Literal

import numpy as np
from attrs import frozen
from scipy.special import erf, expit

from estimator.polynomials.series import Reals

Function = Callable[[Reals], Reals]

CUBIC = 0.044715
"""Coefficient in "gelu-tanh": y (1 + tanh(sqrt(2/pi) (y + CUBIC y^3))) / 2. Unit: 1."""

_SLOPE = sqrt(2 / pi)


def _log_cosh(w: Reals) -> Reals:
    small = np.log1p(2 * np.sinh(np.minimum(np.abs(w), 1.0) / 2) ** 2)
    large = np.abs(w) + np.log1p(np.exp(-2 * np.abs(w))) - np.log(2)
    return np.where(np.abs(w) < 1, small, large)


def _over(values: Function, limit: float) -> Function:
    """values(y) / y, with its limit at zero."""

    def ratio(y: Reals) -> Reals:
        safe = np.where(y == 0, 1.0, y)
        return np.where(y == 0, limit, values(safe) / safe)

    return ratio


def _inner(y: Reals) -> Reals:
    return _SLOPE * (y + CUBIC * y**3)


@frozen
class Strip:
    """|Im y| <= `width`, where q is analytic and at most `modulus`. Unit of a width: that of y."""

    width: float
    modulus: float


def _tanh_cubic_strip(width: float) -> Strip:
    r"""Of tanh(g)/2 with g the cubic of "gelu-tanh".

    Where |Re g| >= 1, |tanh g| <= coth 1. With b the width and a = CUBIC,
    $|\mathrm{Re}\,g| \ge \sqrt{2/\pi}\,|x|(1 - 3ab^2 + ax^2)$, so that |Re g| < 1 only for |x| up
    to the x_1 where this is one, and there
    $|\mathrm{Im}\,g| \le \sqrt{2/\pi}\,(b + 3ax_1^2b - ab^3) = \beta$ and |tanh g| is at most
    $\max(1, \tan\beta)$.
    """
    least = 1 - 3 * CUBIC * width**2
    roots = np.roots([CUBIC, 0.0, least, -1 / _SLOPE])
    root = float(roots[np.abs(roots.imag) < 1e-12].real.max()) * (1 + 1e-9)
    beta = _SLOPE * (width + 3 * CUBIC * root**2 * width - CUBIC * width**3)
    coth = (e**2 + 1) / (e**2 - 1)
    return Strip(width, max(coth, tan(beta)) / 2)


@frozen(kw_only=True)
class Activation:
    """One kind of activation.

    Args:
        value: f.
        lipschitz: the largest |f'|, rounded up in the seventh digit if it is irrational.
        constant: c.
        ratio: q(y), accurate to a few roundings, also at zero.
        parity: of q.
        strip: where q is analytic, for smooth kinds.
    """

    value: Function
    lipschitz: float
    constant: float
    ratio: Function
    parity: Literal["even", "odd"]
    strip: Strip | None = None

    @property
    def at_zero(self) -> float:
        """f(0)."""
        return float(self.value(np.zeros(1))[0])


# In the strip |Im w| <= b < pi/2, |tanh w| <= max(1, tan b); ln cosh(w) / w is a mean of tanh and
# tanh(w) / w one of 1/cosh^2 <= 1/cos(b)^2, on the segment from 0 to w.
_B = 0.45 * pi
_HALF_TANH = Strip(2 * _B, tan(_B) / 2)

# erf(w) / w is a mean of 2/sqrt(pi) exp(-w^2); erf(a + ib) is at most 1 + 2/sqrt(pi) b exp(b^2).
_ERF = 5.0
_ERF_SIZE = 2 / sqrt(pi) * e ** (_ERF**2)

ACTIVATIONS = {
    "relu": Activation(
        value=lambda y: np.maximum(y, 0.0),
        lipschitz=1.0,
        constant=0.5,
        ratio=lambda y: np.sign(y) / 2,
        parity="odd",
    ),
    "relu6": Activation(
        value=lambda y: np.clip(y, 0.0, 6.0),
        lipschitz=1.0,
        constant=0.5,
        ratio=lambda y: np.sign(y) / 2,
        parity="odd",
    ),
    "hard-swish": Activation(
        value=lambda y: y * np.clip(y / 6 + 0.5, 0.0, 1.0),
        lipschitz=1.5,
        constant=0.5,
        ratio=lambda y: np.clip(y / 6, -0.5, 0.5),
        parity="odd",
    ),
    "gelu": Activation(
        value=lambda y: y * (1 + erf(y / sqrt(2))) / 2,
        lipschitz=1.128905,
        constant=0.5,
        ratio=lambda y: erf(y / sqrt(2)) / 2,
        parity="odd",
        strip=Strip(sqrt(2) * _ERF, (1 + _ERF * _ERF_SIZE) / 2),
    ),
    "gelu-tanh": Activation(
        value=lambda y: y * (1 + np.tanh(_inner(y))) / 2,
        lipschitz=1.129,
        constant=0.5,
        ratio=lambda y: np.tanh(_inner(y)) / 2,
        parity="odd",
        strip=_tanh_cubic_strip(1.4),
    ),
    "silu": Activation(
        value=lambda y: y * expit(y),
        lipschitz=1.09984,
        constant=0.5,
        ratio=lambda y: np.tanh(y / 2) / 2,
        parity="odd",
        strip=_HALF_TANH,
    ),
    "softplus": Activation(
        value=lambda y: np.logaddexp(y, 0.0),
        lipschitz=1.0,
        constant=0.5,
        ratio=_over(lambda y: _log_cosh(y / 2), 0.0),
        parity="odd",
        strip=_HALF_TANH,
    ),
    "sigmoid": Activation(
        value=expit,
        lipschitz=0.25,
        constant=0.0,
        ratio=_over(lambda y: np.tanh(y / 2) / 2, 0.25),
        parity="even",
        strip=Strip(2 * _B, 1 / (4 * cos(_B) ** 2)),
    ),
    "tanh": Activation(
        value=np.tanh,
        lipschitz=1.0,
        constant=0.0,
        ratio=_over(np.tanh, 1.0),
        parity="even",
        strip=Strip(_B, 1 / cos(_B) ** 2),
    ),
    "erf": Activation(
        value=erf,
        lipschitz=2 / sqrt(pi),
        constant=0.0,
        ratio=_over(erf, 2 / sqrt(pi)),
        parity="even",
        strip=Strip(_ERF, _ERF_SIZE),
    ),
}
"""Kind -> what is known of it."""

KINDS = tuple(ACTIVATIONS)


def require_activation(kind: str, reach: float, span: float, error: float, scale: float) -> None:
    """Accepts what an activation is asked for.

    Raises:
        ValueError: if the kind is unknown, a number is not positive and finite, or the span
            exceeds the reach.
    """
    if kind not in ACTIVATIONS:
        raise ValueError(f"an activation is one of {', '.join(KINDS)}, got {kind!r}")
    for name, value in {"reach": reach, "span": span, "error": error, "scale": scale}.items():
        if not 0 < value < np.inf:
            raise ValueError(f"an activation needs a finite {name} > 0, got {name}={value}")
    if span > reach:
        raise ValueError(f"an activation needs span <= reach = {reach}, got span={span}")
