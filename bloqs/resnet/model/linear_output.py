"""The output block of a residual network: one full matrix beside a skip path."""

import numpy as np
from attrs import field, frozen

from estimator.network.layers import Matrix

NORM_SLACK = 1e-6
"""Excess over 1 of a spectral norm that counts as rounding of stored weights. Unit: 1."""


@frozen(eq=False)
class LinearOutput:
    r"""The output block $\psi \mapsto \tau\psi + (1-\tau) W |\psi|^2$, then normalised.

    Args:
        matrix: W, shape (N, N), spectral norm at most 1.
        tau: weight of the skip path, above 1/2, so that it cannot be cancelled, and below 1.

    Raises:
        ValueError: if the matrix is not square or too large in norm, or tau out of range.

    Source: [RHGPR25] Lem. C.1
    """

    matrix: Matrix = field(repr=False)
    tau: float

    def __attrs_post_init__(self) -> None:
        if self.matrix.ndim != 2 or self.matrix.shape[0] != self.matrix.shape[1]:
            raise ValueError(f"the output matrix must be square, got shape {self.matrix.shape}")
        if not 0.5 < self.tau < 1:
            raise ValueError(
                f"the skip weight tau must be above 1/2 and below 1, got {self.tau:.6g}"
            )
        norm = float(np.linalg.norm(self.matrix, ord=2))
        if not norm <= 1 + NORM_SLACK:
            raise ValueError(
                f"the output matrix must have spectral norm at most 1, got {norm:.6g}; divide it"
            )

    def unnormalised(self, psi: Matrix) -> Matrix:
        r"""$\tau\psi + (1-\tau) W |\psi|^2$, shape (N,)."""
        return self.tau * psi + (1 - self.tau) * (self.matrix @ psi**2)
