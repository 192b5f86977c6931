"""Polynomials for activations stay within the error that the library claims for them."""

from collections.abc import Callable, Mapping, Sequence
from math import pi, sqrt
from typing import Any

import numpy as np
from scipy.special import ndtr

from estimator.polynomials.activation import activation_polynomial
from estimator.polynomials.activation_check import certified_error
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement

Array = Any

WITHIN, HALF = "within its error", "within half of it"


def logistic(y: Array) -> Array:
    """1 / (1 + exp(-y))."""
    return np.exp(-np.logaddexp(0, -y))


def cubic_gelu(y: Array) -> Array:
    """The common approximation of y ndtr(y)."""
    return y * logistic(2 * sqrt(2 / pi) * (y + 0.044715 * y**3))


def hard_swish(y: Array) -> Array:
    """y (y + 3) / 6 between -3 and 3."""
    return np.where(y > 3, y, np.where(y < -3, 0.0, y * (y + 3) / 6))


FUNCTIONS: Mapping[str, tuple[Callable[[Array], Array], float, float, tuple[float, ...]]] = {
    "relu": (lambda y: (y + np.abs(y)) / 2, 1.0, 0.0, (0.0,)),
    "relu6": (lambda y: np.clip(y, 0, 6), 1.0, 0.0, (0.0, 6.0)),
    "hard-swish": (hard_swish, 1.5, 1 / 3, (-3.0, 3.0)),
    "gelu": (lambda y: y * ndtr(y), 1.13, 0.8, ()),
    "gelu-tanh": (cubic_gelu, 1.13, 0.82, ()),
    "silu": (lambda y: y * logistic(y), 1.1, 0.5, ()),
    "softplus": (lambda y: np.logaddexp(y, 0), 1.0, 0.25, ()),
    "sigmoid": (logistic, 0.25, 0.1, ()),
    "tanh": (lambda y: 2 * logistic(2 * y) - 1, 1.0, 0.77, ()),
    "erf": (lambda y: 2 * ndtr(sqrt(2) * y) - 1, 1.13, 0.97, ()),
}
"""Kind -> the function, bounds on its first two derivatives, and its corners."""


def instances() -> Sequence[Mapping[str, Any]]:
    """Every kind, accurate everywhere and on a part."""
    return [
        {"kind": kind, "reach": reach, "span": span, "error": error}
        for kind, (*_, corners) in FUNCTIONS.items()
        for reach, span, error in ((8.0, 8.0, 0.05 if corners else 1e-3), (20.0, 7.0, 0.1))
    ]


def stated(**asked: Any) -> Mapping[str, int]:
    """The claimed error is one, and not twice too large."""
    return {WITHIN: 1, HALF: 0}


def found(kind: str, reach: float, span: float, error: float) -> tuple[Any, Measurement]:
    """By a grid and second derivatives, of functions that are written here."""
    made = activation_polynomial(kind, reach, span, error)
    checked = certified_error(made, *FUNCTIONS[kind])
    within = checked <= 1.03 * made.error and made.error <= error
    numbers = {WITHIN: int(within), HALF: int(checked <= made.error / 2)}
    return numbers, Measurement(value=checked, stated=made.error)


THEOREM = AgreementClaim(
    says="A polynomial for an activation, of each of ten kinds, is within the error that the "
    "library claims, by a certificate that shares no formula with its construction, and not "
    "within half of it.",
    stated=stated,
    found=found,
    instances=instances,
    false_twin=lambda **asked: {WITHIN: 1, HALF: 1},
    twin_says="The claimed error is twice too large, so that smaller degrees would do.",
    source="ours",
)
