"""The sum of a kernel's entries against the spectral norm of its convolution."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.convolution.kernel import Kernel
from bloqs.convolution.published_claims import PublishedClaims
from estimator.symbols import C_in, D
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim
from proofs.resnet.kernels import operator


def derive() -> sympy.Expr:
    """Cauchy and Schwarz over all entries, and one column of the operator that holds many.

    With C input and output channels: of the C parts of the sum of squares, one for each input
    channel, the largest is at least the mean; it is the squared length of the image of one pixel
    of that channel, so at most the squared spectral norm.
    """
    size = C_in**2 * D**2
    total, spread, above = sympy.symbols("total spread above", nonnegative=True)
    x, mean = sympy.symbols("x mean", real=True)
    step("spread about the mean, entry by entry", (x - mean) ** 2, x**2 - 2 * mean * x + mean**2)
    squares = spread + total**2 / size  # sum of squares = spread about the mean + size mean**2
    centred = squares - 2 * (total / size) * total + size * (total / size) ** 2
    step("summed over all entries", centred, spread)
    bound("Cauchy and Schwarz: total**2 <= size * squares", total**2, size * squares)
    longest = squares / C_in + above  # squared length of the longest column
    bound("the largest of C parts is at least their mean", squares / C_in, longest)
    bound("total**2 <= size * C * longest", total**2, size * C_in * longest)
    return sympy.sqrt(size * C_in)


def _point(K: Any, m: int) -> Draw:
    """The ratio, and the bound as the library states it for padded channels."""
    C, norm = K.shape[1], float(np.linalg.norm(operator(K, m), 2))
    kernel = Kernel.of(K)
    stated = float(PublishedClaims(kernel).norm_ratio) if C & (C - 1) == 0 else None
    return Draw(at={C_in: C, D: K.shape[2]}, value=float(kernel.norm_1) / norm, stated=stated)


def draw(rng: Generator) -> Draw:
    """Normal, uniform or sign kernels of one to four channels and side one to three."""
    C, D = int(rng.choice([1, 2, 3, 4])), int(rng.integers(1, 4))
    shape = (C, C, D, D)
    kinds = [rng.normal(size=shape), rng.uniform(size=shape), rng.choice([-1.0, 1.0], size=shape)]
    return _point(kinds[rng.integers(3)], 1 if D == 1 else 2)


def worst() -> Draw:
    """A Hadamard matrix between four channels: the bound is attained."""
    H = np.array([[1.0, 1.0], [1.0, -1.0]])
    return _point(np.kron(H, H)[:, :, None, None], 1)


THEOREM = InequalityClaim(
    says="The sum of all |K| is at most D C**(3/2) times the spectral norm of the convolution "
    "between C and C channels with a D x D kernel.",
    assumptions=("Some pixel of the image meets all taps of the kernel.",),
    bound=D * C_in ** sympy.Rational(3, 2),
    derive=derive,
    draw=draw,
    draws=150,
    worst=worst,
    false_twin=D * C_in,
    twin_says="Input channels cannot all share in one column, so a factor sqrt(C) is too much.",
    source="[RHGPR25] Lem. 5",
)
