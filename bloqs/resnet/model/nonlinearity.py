r"""How nonlinear a residual block is at the amplitudes a quantum state has.

Entries of a unit vector of length $N$ are about $1/\sqrt N$, where erf is nearly a straight line.
All numbers are relative and without unit.
"""

import math

import numpy as np
from scipy.special import erf

from bloqs.resnet.model.network import ResidualNetwork
from estimator.network.layers import Matrix

SERIES_BELOW = 0.1
"""|x| below which the difference of erf(x) and its tangent comes from the series, not from a
subtraction that would lose its digits."""


def curvature(x: Matrix) -> Matrix:
    r"""$\mathrm{erf}(x) - 2x/\sqrt\pi$, with all its digits also where erf is nearly straight."""
    x = np.asarray(x, dtype=np.float64)
    series = x**3 * (-1 / 3 + x**2 * (1 / 10 + x**2 * (-1 / 42 + x**2 / 216)))
    subtraction = erf(x) - 2 / math.sqrt(math.pi) * x
    return np.where(np.abs(x) < SERIES_BELOW, 2 / math.sqrt(math.pi) * series, subtraction)


def vector_nonlinearity(y: Matrix, slope: float) -> float:
    r"""$\|f(y) - f'(0) y\| / \|f(y)\|$ for $f(y) = \mathrm{erf}(\nu y)$ entry by entry.

    Args:
        y: the vector the activation is applied to.
        slope: $\nu$.

    Raises:
        ValueError: if y is zero, where the ratio has no value.
    """
    size = np.linalg.norm(erf(slope * y))
    if size == 0:
        raise ValueError("the relative nonlinearity has no value at the zero vector")
    return float(np.linalg.norm(curvature(slope * y)) / size)


def block_nonlinearities(network: ResidualNetwork, psi: Matrix) -> tuple[float, ...]:
    """`vector_nonlinearity` of each residual block on the way of the input `psi`.

    Args:
        network: the network.
        psi: its input, shape (N,), l2 norm 1.

    Raises:
        ValueError: if psi is no input, or a convolution maps its vector to zero.
    """
    states = network.states(psi)
    return tuple(
        vector_nonlinearity(network.convolve(number, states[number]), network.slope)
        for number in range(network.k)
    )


def linearised_distance(network: ResidualNetwork, psi: Matrix) -> float:
    r"""Total variation distance of the class probabilities if erf were its tangent throughout.

    Args:
        network: the network.
        psi: its input, shape (N,), l2 norm 1.
    """
    exact = network.probabilities(psi)
    for number in range(network.k):
        slope = 2 * network.slope / math.sqrt(math.pi)
        psi = psi + slope * network.convolve(number, psi)
        psi = psi / np.linalg.norm(psi)
    if network.output is not None:
        psi = network.output.unnormalised(psi)
        psi = psi / np.linalg.norm(psi)
    return float(np.abs(network.pool(psi) - exact).sum() / 2)
