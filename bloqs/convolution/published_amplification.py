"""The published convolution with its alpha amplified down to twice a bound on its norm."""

import math

from qualtran.symbolics import SymbolicFloat, is_symbolic

from bloqs.convolution.published import PublishedConvolution
from bloqs.convolution.published_claims import amplification_factor
from bloqs.qsvt.amplified import AmplifiedEncoding
from estimator import symbols
from estimator.phases.find import phases_of
from estimator.polynomials.amplification import (
    amplification_error,
    amplification_minimal_degree,
    amplification_polynomial,
)
from estimator.polynomials.polynomial import BOUND_SLACK

MARGIN = 0.5
"""delta: amplified singular values stay below 1 - delta. Unit: 1. [RHGPR25] Lem. 5."""


def amplified_convolution(
    conv: PublishedConvolution, norm: SymbolicFloat, error: SymbolicFloat
) -> AmplifiedEncoding:
    r"""Encodes $C$ with alpha = 2 norm, that is, its circuit holds $C / (2\,norm)$.

    The published factor $\gamma$ is misprinted; see `published_claims`. Norm 1, for a layer of norm
    at most one, gives $C / 2$.

    Args:
        conv: the convolution, neither controlled nor adjoint.
        norm: upper bound on the spectral norm of C, below sum |K| / 2. Unit: 1.
        error: largest distance of the polynomial from gamma x, in the sup norm. Unit: 1.

    Returns:
        An encoding that calls `conv` as often as the degree of the polynomial; a symbolic degree
        is 2 degree + 1. Without kernel entries it has no phases, so no circuit.

    Raises:
        ValueError: if the norm is not positive, sum |K| is not above 2 norm, or the error is not
            between 0 and 1.

    Source: [RHGPR25] Lem. 5 and B.3; polynomial of [GSLW18] Thm. 30.
    """
    if not is_symbolic(error) and not 0 < error < 1:
        raise ValueError(f"amplification needs 0 < error < 1, got error={error}")
    if not is_symbolic(norm) and not 0 < norm < math.inf:
        raise ValueError(f"amplification of a convolution needs a norm > 0, got norm={norm}")
    if not is_symbolic(conv.alpha, norm) and not norm < conv.alpha / 2:
        raise ValueError(
            f"amplification of a convolution needs norm < sum |K| / 2 = {conv.alpha / 2:g}, "
            f"got norm={norm}"
        )
    gamma = amplification_factor(conv.alpha, norm)
    if is_symbolic(gamma, error):
        degree = 2 * symbols.degree + 1
        return AmplifiedEncoding(conv, None, degree, gamma=gamma, norm=norm, error=error)
    degree = amplification_minimal_degree(gamma, MARGIN, error)
    polynomial = amplification_polynomial(gamma, MARGIN, error, degree).scaled(1 - BOUND_SLACK)
    phases = None
    if conv.kernel.entries is not None:
        phases = tuple(float(phi) for phi in phases_of(polynomial.coefficients).reflection)
    reached = amplification_error(polynomial, gamma, MARGIN)
    return AmplifiedEncoding(conv, phases, degree, gamma=gamma, norm=norm, error=reached)
