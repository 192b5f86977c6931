"""What is printed about the published convolution, beside what its own proof gives."""

import sympy
from attrs import frozen
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.convolution.kernel import Kernel


@frozen
class PublishedClaims:
    r"""Ancillas, and a bound on a norm.

    Logarithms are rounded up to whole qubits, and C is the padded number of channels.

    Args:
        kernel: C channels in and out, D taps a side.

    Source: [RHGPR25] Lem. 5, its proof, and Thm. 2.
    """

    kernel: Kernel

    @property
    def C(self) -> SymbolicInt:  # noqa: N802  the published letter
        """Channels, padded to a power of two."""
        return 2**self.kernel.c

    @property
    def logs(self) -> SymbolicInt:
        """log2(C D), rounded up in each factor. Unit: qubits."""
        return self.kernel.c + self.kernel.d

    @property
    def ancillas(self) -> SymbolicInt:
        """2 + 8 D + 2 log2(C D), of the linear combination. Unit: qubits."""
        return 2 + 8 * self.kernel.D + 2 * self.logs

    @property
    def amplified_ancillas(self) -> SymbolicInt:
        """3 + 8 D + 2 log2(C D), after amplification; 39 for C = 16, D = 3. Unit: qubits."""
        return self.ancillas + 1

    @property
    def norm_ratio(self) -> SymbolicFloat:
        """D C**(3/2), a bound on sum |K| over the spectral norm of C. Unit: 1.

        Where some pixel of the image meets all taps, as for D <= 2**m; a larger kernel can exceed
        it.
        """
        return self.kernel.D * sympy.sqrt(self.C) ** 3


def amplification_factor(norm_1: SymbolicFloat, norm: SymbolicFloat) -> SymbolicFloat:
    """sum |K| / (2 ||C||), which takes C / sum |K| to C / (2 ||C||).

    For a layer of norm at most one, `norm` = 1 encodes C / 2 itself, which a residual block needs.

    Args:
        norm_1: sum |K|.
        norm: spectral norm of C, or an upper bound on it.
    """
    return norm_1 / (2 * norm)
