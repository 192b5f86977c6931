"""Pooling squares: how far apart the distributions of two states can be."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.resnet.model.network import ResidualNetwork, consecutive_bins
from estimator.network.convolution_layer import Convolution
from estimator.symbols import e_0
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim
from proofs.perturbed import unit_vector


def derive() -> sympy.Expr:
    """x^2 - y^2 = (x - y)(x + y), Cauchy and Schwarz, and the parallelogram of two unit vectors.

    For lengths p and q of two vectors with inner product c, |c| <= p q: the square of the length
    of p-hat less q-hat is not negative.
    """
    x, y = sympy.symbols("x y", real=True)
    step("one entry", x**2 - y**2, (x - y) * (x + y))
    c, spare = sympy.symbols("c spare", nonnegative=True)  # c: how much 1 exceeds the overlap
    apart, together = 2 - 2 * (1 - c), 2 + 2 * (1 - c)
    step("parallelogram", apart + together, 4)
    step("the difference is e_0 long", apart.subs(c, e_0**2 / 2), e_0**2)
    sum_squared = together.subs(c, e_0**2 / 2)
    bound("so that the sum is at most 2 long", sum_squared, 4)
    bound("Cauchy and Schwarz", (e_0**2 * 4 - spare), (2 * e_0) ** 2)
    return 2 * e_0


ENTRIES = 8


def _point(phi: Any, psi: Any, classes: int) -> Draw:
    """How far apart the class probabilities are that a network reads off two vectors."""
    kernel = np.eye(2)[:, :, None, None]
    layer = Convolution(
        name="layer", inputs=("image",), output="image", kernel=kernel, pad_begin=0, side=2
    )
    bins = consecutive_bins(ENTRIES, classes)
    network = ResidualNetwork((layer,), slope=0.8, output=None, bins=bins)
    apart = float(np.abs(network.pool(phi) - network.pool(psi)).sum())
    return Draw(at={e_0: float(np.linalg.norm(phi - psi))}, value=apart)


def draw(rng: Generator) -> Draw:
    """Two states of eight entries, near or far, pooled to two, four or eight classes."""
    phi = unit_vector(rng, ENTRIES).real
    psi = phi + rng.normal(size=ENTRIES) * 10 ** rng.uniform(-4, 0)
    classes = int(rng.choice([2, 4, 8]))
    return _point(phi / np.linalg.norm(phi), psi / np.linalg.norm(psi), classes)


def worst() -> Draw:
    """Two classes near equal shares, where the distribution moves fastest."""
    angles = np.pi / 4 + np.array([0.01, -0.01])
    first, last = np.eye(ENTRIES)[0], np.eye(ENTRIES)[-1]
    phi, psi = (np.cos(t) * first + np.sin(t) * last for t in angles)
    return _point(phi, psi, 2)


THEOREM = InequalityClaim(
    says="The pooled squares of two unit vectors at l2 distance e are at most 2 e apart in the l1 "
    "norm, however many entries and classes.",
    bound=2 * e_0,
    derive=derive,
    draw=draw,
    draws=300,
    worst=worst,
    false_twin=e_0,
    twin_says="Pooling is non-expansive.",
    source="[RHGPR25] Lem. B.20, whose bound grows with the number of entries",
)
