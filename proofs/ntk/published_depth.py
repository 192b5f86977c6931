"""The published depth is several times what makes the kernel small."""

import sympy
from numpy.random import Generator

from bloqs.ntk.model.activation import Activation
from bloqs.ntk.model.depths import converged_depth, exact_depth
from bloqs.ntk.symbols import delta, mu, n
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim

PUBLISHED = 8 * sympy.log(n / delta) / mu


def derive() -> sympy.Expr:
    """What is proved to be enough, with logarithms of 1 + mu/2 and 1 + mu bounded by chords.

    ln(1 + x) >= x ln 2 for x <= 1 as a logarithm is concave. So L_0 and the layers after it are at
    most (2 ln(1/(2 delta)) + ln(1 + 1/mu) + 2 ln n)/(mu ln 2) + 2. With 1/(2 delta) = 1 + u,
    n = 2 + 2 v and mu = 1/40 + w all three differences grow, and at zero the sum is below.
    """
    x = sympy.Symbol("x", positive=True)
    step("slope of a logarithm falls", sympy.diff(sympy.log(1 + x), x, 2), -1 / (1 + x) ** 2)
    least, log2 = sympy.Rational(1, 40), sympy.log(2)
    of_delta, of_n = 8 - 2 / log2, 8 - 2 / log2
    bound("what grows with 1/delta and with n is below", 0, of_delta)
    at_start = 16 * log2 - (sympy.log(1 + 1 / least) + 2 * log2) / log2 - 2
    bound("and what is left at delta = 1/2, n = 2 and mu = 1/40", 0, at_start)
    step("one rate for both", of_delta, of_n)
    return PUBLISHED


def _point(name: str, size: int, gap: float) -> Draw:
    law = Activation.of(name)
    return Draw(
        at={mu: law.mu, n: size, delta: gap},
        value=exact_depth(size, gap, name),
        stated=converged_depth(size, gap, law.mu),
    )


def draw(rng: Generator) -> Draw:
    """Either activation, gaps over three decades, up to a thousand points."""
    name = ("erf", "relu")[int(rng.integers(2))]
    return _point(name, int(10 ** rng.uniform(0.5, 3)), float(10 ** rng.uniform(-3, -0.4)))


def worst() -> Draw:
    """Few points, two of which are very close."""
    return _point("relu", 2, 1e-10)


THEOREM = InequalityClaim(
    says="At the published depth 8 ln(n/delta)/mu points with 1 - |x . z| >= delta have a kernel "
    "of at most n**-2; twelve times fewer layers are not always enough.",
    assumptions=("delta is at most 1/2, and mu at least 1/40: both activations have more.",),
    bound=PUBLISHED,
    derive=derive,
    draw=draw,
    draws=100,
    worst=worst,
    false_twin=PUBLISHED / 12,
    twin_says="8 is a slip: 2/3 in its place is enough.",
    tightness=0.1,
    source="[ZNL21] its authors' programs",
)
