"""How many rows of a random mask are long."""

from math import floor, log

import sympy
from numpy.random import Generator
from scipy.stats import binom

from bloqs.ntk.model.bounds import mean_rows_above
from bloqs.ntk.symbols import factor, n
from proofs.derivation import step
from proofs.inequality import Draw, InequalityClaim

BOUND = n ** (factor - factor * sympy.log(factor))


def derive() -> sympy.Expr:
    """Chernoff: exp(m (x - 1)) / x**(c m) bounds the tail beyond c m of mean m; least at x = c."""
    m, x = sympy.symbols("m x", positive=True)
    exponent = m * (x - 1) - factor * m * sympy.log(x)
    step("least where", sympy.diff(exponent, x).subs(x, factor))
    best = exponent.subs(x, factor).subs(m, sympy.log(n))
    rows = sympy.log(n) + best
    step("times n rows", rows, sympy.log(n) * (factor - factor * sympy.log(factor)))
    return n ** sympy.expand(rows / sympy.log(n))


def _point(size: int, times: float) -> Draw:
    """n rows of n/2 entries each of which is there with probability 2 ln n/n."""
    longer = binom.sf(floor(times * log(size) - 1e-12), size // 2, 2 * log(size) / size)
    return Draw(
        at={n: size, factor: times},
        value=float(size * longer),
        stated=mean_rows_above(size, times),
    )


def draw(rng: Generator) -> Draw:
    """Up to a billion rows."""
    return _point(2 * int(10 ** rng.uniform(1, 8.7)), float(rng.uniform(1.05, 5)))


def worst() -> Draw:
    """Where c ln n is just below a whole number."""
    return _point(4096, 21.99 / log(4096))


THEOREM = InequalityClaim(
    says="Of n rows of a random mask, with ln n entries on average, at most "
    "n**(1 - (c ln c - c + 1)) have more than c ln n in the mean: that is 1 at c = e, and 1/n at "
    "c = 3.592.",
    bound=BOUND,
    derive=derive,
    draw=draw,
    draws=150,
    worst=worst,
    false_twin=BOUND / (factor * sympy.log(n)),
    twin_says="A tail is as much less as it is far out.",
    source="[BLM13] Sec. 2.2; [ZNL21] its authors' programs, for the mask",
)
