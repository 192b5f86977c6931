"""The convolution of a residual block as the encoding that the block calls."""

from functools import lru_cache

import sympy
from qualtran.symbolics import SymbolicFloat, is_symbolic

from bloqs.abstract import AbstractBlockEncoding
from bloqs.encodings.amplified import AmplifiedEncoding
from bloqs.resnet.abstract_convolution import AbstractConvolution
from estimator import symbols
from estimator.amplification_polynomial import (
    amplification_degree_bound,
    amplification_sufficient_degree,
)
from estimator.minimax import minimax_amplification_degree
from estimator.residual_plan import LIPSCHITZ, settled

SMALLEST_ERROR = 1e-7
"""Errors below this are beyond the linear programs that find minimax degrees. Unit: 1."""

RESOLVED_ERROR = 1e-10
"""Errors below this are left to the closed-form degree: a series in floating-point numbers takes
long near its rounding errors and fails at them. Unit: 1."""


@lru_cache(maxsize=256)
def _degree(gamma: float, margin: float, error: float) -> int:
    if error < RESOLVED_ERROR:
        return int(amplification_degree_bound(*map(sympy.Float, (gamma, margin, error))))
    if error < SMALLEST_ERROR:
        return amplification_sufficient_degree(gamma, margin, error)
    return minimax_amplification_degree(gamma, margin, error)


def weights_encoding(
    conv: AbstractConvolution, kappa: SymbolicFloat | None, share: SymbolicFloat
) -> AbstractBlockEncoding:
    """The convolution, of norm at most 1, with alpha = kappa.

    Args:
        conv: without control; its own alpha is absorbed by the activation's slope if `kappa` is
            `None` or not below it.
        kappa: the alpha wanted, above 1.
        share: error that the amplification may add to the weights, spectral norm.

    Returns:
        `conv`, or its amplification by alpha / kappa with a minimax polynomial, for errors below
        `SMALLEST_ERROR` with the closed-form one, below `RESOLVED_ERROR` with the closed-form
        bound on its degree; the degree of one with symbols is 2 degree + 1.
        It has no phases: it is costed, not run.

    Raises:
        ValueError: if an amplification leaves no margin, kappa <= 1.
    """
    if kappa is None:
        return conv
    if not is_symbolic(kappa) and not kappa > 1:
        raise ValueError(f"amplified weights need kappa > 1, the bound on their norm, got {kappa}")
    if not is_symbolic(kappa, conv.alpha) and kappa >= conv.alpha:
        return conv
    gamma = conv.alpha / kappa
    error = share / kappa
    if is_symbolic(gamma, error):
        return AmplifiedEncoding(conv, None, 2 * symbols.degree + 1, gamma, 1, error)
    degree = _degree(float(gamma), 1 - 1 / float(kappa), float(error))
    return AmplifiedEncoding(conv, None, degree, gamma, 1, error)


def weights_share(budget: SymbolicFloat, length: SymbolicFloat) -> SymbolicFloat:
    """Error of the weights that adds an eighth of the budget to a sum of at least that length."""
    return settled(budget * length / (8 * LIPSCHITZ))
