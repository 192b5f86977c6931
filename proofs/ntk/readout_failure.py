"""How often a mean of flagged outcomes has the wrong sign."""

import numpy as np
import sympy
from numpy.random import Generator
from scipy.stats import binom

from bloqs.ntk.model.shots import failure_bound
from bloqs.ntk.symbols import mean, shots, square
from proofs.derivation import step
from proofs.inequality import Draw, InequalityClaim

BOUND = (1 - square + sympy.sqrt(square**2 - mean**2)) ** shots


def derive() -> sympy.Expr:
    """The mean of exp(-t X), t being where it is least; X is 1, -1 or 0."""
    x = sympy.Symbol("x", positive=True)
    up, down = (square + mean) / 2, (square - mean) / 2
    step("mean", up - down, mean)
    step("mean square", up + down, square)
    moment = up / x + down * x + 1 - square  # x = exp(t)
    step("least where", sympy.diff(moment, x).subs(x, sympy.sqrt(up / down)))
    least = moment.subs(x, sympy.sqrt(up / down))
    root = sympy.sqrt(square**2 - mean**2)
    step("its square", sympy.expand((least - 1 + square) ** 2), square**2 - mean**2)
    return (1 - square + root) ** shots


def _point(a: float, v: float, N: int) -> Draw:
    """Exactly: over the number of outcomes that are not zero."""
    count = np.arange(N + 1)
    share = (v + a) / 2 / v
    wrong = binom.cdf(count // 2, count, share)
    value = float(binom.pmf(count, N, v) @ wrong)
    return Draw(at={mean: a, square: v, shots: N}, value=value, stated=failure_bound(a, v, N))


def draw(rng: Generator) -> Draw:
    """Any outcome and up to 300 of them."""
    v = float(rng.uniform(0.02, 0.99))
    return _point(v * float(rng.uniform(0.01, 0.99)), v, int(rng.integers(1, 300)))


def worst() -> Draw:
    """Outcomes that are hardly ever -1, and seldom zero."""
    return _point(0.949, 0.95, 2)


THEOREM = InequalityClaim(
    says="The mean of N outcomes 1, -1 and 0 with mean a > 0 and mean square v is not above zero "
    "with a probability of at most (1 - v + sqrt(v**2 - a**2))**N.",
    bound=BOUND,
    derive=derive,
    draw=draw,
    draws=150,
    worst=worst,
    false_twin=sympy.exp(-shots * mean**2 / (2 * (square - mean**2))),
    twin_says="As for a normal distribution.",
    source="[BLM13] Sec. 2.2; derived",
)
