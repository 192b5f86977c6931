"""The convolution of a residual block as the encoding that the block calls."""

import sympy
from qualtran.symbolics import SymbolicFloat, is_symbolic

from bloqs.abstract import AbstractBlockEncoding
from bloqs.convolution.abstract_convolution import AbstractConvolution
from bloqs.qsvt.amplified import AmplifiedEncoding
from bloqs.resnet.model.block_plan import SLOPE, lipschitz, settled
from estimator import symbols
from estimator.polynomials.degrees import AmplificationDegree, amplification_degree


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
        `conv`, or its amplification by alpha / kappa with the degree of `amplification_degree`;
        with symbols it is 2 degree + 1.
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
    degree = amplification_degree(float(gamma), 1 - 1 / float(kappa), float(error))
    return AmplifiedEncoding(conv, None, degree, gamma, 1, error)


def weights_share(
    budget: SymbolicFloat, length: SymbolicFloat, slope: SymbolicFloat = SLOPE
) -> SymbolicFloat:
    """Error of the weights that adds an eighth of the budget to a sum of at least that length."""
    return settled(budget * length / (8 * lipschitz(slope)))


def open_degree(weights: AbstractBlockEncoding) -> sympy.Expr | None:
    """What `estimator.symbols.degree` stands for in weights that are amplified; else `None`."""
    if not isinstance(weights, AmplifiedEncoding) or not is_symbolic(weights.degree):
        return None
    margin = 1 - 1 / sympy.sympify(weights.alpha)
    return (AmplificationDegree(weights.gamma, margin, weights.error) - 1) / 2
