"""Residual networks with random weights, for sizes nobody has trained."""

import numpy as np
import scipy
from attrs import evolve

from bloqs.resnet.model.network import LinearOutput, ResidualNetwork, consecutive_bins
from estimator.network.convolution_layer import Convolution
from estimator.network.layers import Matrix

PUBLISHED_SLOPE = 0.8
"""nu of the published activation erf(4 x / 5)."""

PUBLISHED_TAU = 0.51
"""Weight of the skip path of the published output block."""


def random_network(
    C: int, D: int, M: int, k: int, classes: int, has_matrix: bool, rng: np.random.Generator
) -> ResidualNetwork:
    """Gaussian kernels of spectral norm about 1, and an orthogonal output matrix.

    Published slope, skip weight and centred padding; classes are runs of equal length.

    Args:
        C: channels.
        D: kernel side. Unit: pixels.
        M: image side. Unit: pixels.
        k: residual blocks.
        classes: of the output; must divide C M**2.
        has_matrix: whether there is an output block.
        rng: source of the weights.
    """
    N = C * M**2
    blocks = []
    for number in range(k):
        layer = Convolution(
            name=f"block{number + 1}",
            inputs=(f"state{number}",),
            output=f"state{number + 1}",
            kernel=rng.normal(size=(C, C, D, D)),
            pad_begin=(D - 1) // 2,
            side=M,
        )
        blocks.append(evolve(layer, kernel=layer.kernel / layer.spectral_norm_bound(M)))
    output = LinearOutput(_orthogonal(N, rng), PUBLISHED_TAU) if has_matrix else None
    return ResidualNetwork(tuple(blocks), PUBLISHED_SLOPE, output, consecutive_bins(N, classes))


def random_input(N: int, rng: np.random.Generator) -> Matrix:
    """A unit vector of N Gaussian entries, normalised."""
    psi = rng.normal(size=N)
    return psi / np.linalg.norm(psi)


def _orthogonal(N: int, rng: np.random.Generator) -> Matrix:
    """Uniformly distributed; the case N = 1 is a sign."""
    if N == 1:
        return rng.choice([-1.0, 1.0], size=(1, 1))
    return np.asarray(scipy.stats.ortho_group.rvs(N, random_state=rng))
