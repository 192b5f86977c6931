r"""How much the full matrix of the output block changes what is measured.

$\|W|\psi|^2\| \le \|\psi\|_4^2$, about $\sqrt{3/N}$ for entries like Gaussian numbers: the block
avoids the Frobenius norm of $W$ because the matrix only perturbs the skip path.
"""

import numpy as np
import sympy
from attrs import frozen

from bloqs.resnet.model.network import ResidualNetwork
from estimator.network.layers import Matrix


@frozen
class LinearSignal:
    r"""Sizes at one input; all without unit.

    Args:
        signal: $\|W|\psi|^2\|_2$.
        bound: $\|\psi\|_4^2$, which it cannot exceed.
        frobenius: $\|W\|_F$, the factor that the construction avoids.
        relative: $(1-\tau)\|W|\psi|^2\| / \tau$, the matrix's part against the skip path.
        distance: l2 distance of the output vector from $\psi$.
        class_distance: total variation distance of the class probabilities with and without the
            output block: an error above it hides the matrix.
    """

    signal: float
    bound: float
    frobenius: float
    relative: float
    distance: float
    class_distance: float


def linear_signal(network: ResidualNetwork, psi: Matrix) -> LinearSignal:
    """What the output block's matrix adds for the input `psi`.

    Args:
        network: with an output block.
        psi: its input, shape (N,), l2 norm 1.

    Raises:
        ValueError: if the network has no output block, or psi is no input.
    """
    if network.output is None:
        raise ValueError("this network has no output block, so no matrix adds a signal")
    *_, before, after = network.states(psi)
    tau, matrix = network.output.tau, network.output.matrix
    signal = float(np.linalg.norm(matrix @ before**2))
    return LinearSignal(
        signal=signal,
        bound=float(np.sqrt((before**4).sum())),
        frobenius=float(np.linalg.norm(matrix)),
        relative=(1 - tau) * signal / tau,
        distance=float(np.linalg.norm(after - before)),
        class_distance=float(np.abs(network.pool(after) - network.pool(before)).sum() / 2),
    )


def delocalised_signal(N: int | sympy.Expr) -> sympy.Expr:
    r"""$\sqrt{3/N}$: $\|\psi\|_4^2$ for Gaussian entries, and the signal of an orthogonal W.

    $\sum_j E\psi_j^4 = N \cdot 3/N^2$.

    Args:
        N: length of the vector.
    """
    return sympy.sqrt(3 / sympy.sympify(N))
