"""Operators that act on every entry alone, as ONNX has them."""

import math
from collections.abc import Callable

import numpy as np
from scipy.special import erf, expit

from estimator.network.linear_functions import Array


def _gelu(x: Array, *, approximate: bytes = b"none") -> Array:
    """x times the normal distribution function of x, or its common approximation."""
    if approximate == b"tanh":
        return x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))) / 2
    return x * (1 + erf(x / math.sqrt(2))) / 2


def _clip(x: Array, least: Array | None = None, most: Array | None = None) -> Array:
    low = -np.inf if least is None else least
    return np.minimum(np.maximum(x, low), np.inf if most is None else most)


def _hard_sigmoid(x: Array, *, alpha: float = 0.2, beta: float = 0.5) -> Array:
    return np.clip(alpha * x + beta, 0, 1)


ENTRYWISE_FUNCTIONS: dict[str, Callable[..., Array]] = {
    "Add": np.add,
    "Sub": np.subtract,
    "Mul": np.multiply,
    "Div": np.divide,
    "Pow": np.power,
    "Neg": np.negative,
    "Abs": np.abs,
    "Sqrt": np.sqrt,
    "Reciprocal": np.reciprocal,
    "Exp": np.exp,
    "Log": np.log,
    "Max": lambda *x: np.maximum.reduce(np.broadcast_arrays(*x)),
    "Min": lambda *x: np.minimum.reduce(np.broadcast_arrays(*x)),
    "Clip": _clip,
    "Erf": erf,
    "Relu": lambda x: np.maximum(x, 0.0),
    "LeakyRelu": lambda x, *, alpha=0.01: np.where(x < 0, alpha * x, x),
    "Elu": lambda x, *, alpha=1.0: np.where(x < 0, alpha * np.expm1(np.minimum(x, 0)), x),
    "HardSigmoid": _hard_sigmoid,
    "HardSwish": lambda x: x * _hard_sigmoid(x, alpha=1 / 6),
    "Sigmoid": expit,
    "Swish": lambda x, *, alpha=1.0: x * expit(alpha * x),
    "Tanh": np.tanh,
    "Softplus": lambda x: np.logaddexp(x, 0.0),
    "Greater": np.greater,
    "GreaterOrEqual": np.greater_equal,
    "Less": np.less,
    "LessOrEqual": np.less_equal,
    "Where": np.where,
    "Softsign": lambda x: x / (1 + np.abs(x)),
    "Gelu": _gelu,
}
"""Operator name -> what it computes from tensors of one shape, or of shapes that broadcast."""
