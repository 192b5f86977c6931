"""Theorem E: a form that is far from balanced is what its derivatives vote for."""

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.hypergraph.model.exclusion import value_at
from bloqs.hypergraph.model.phase_polynomial import PhasePolynomial
from bloqs.hypergraph.symbols import bias
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim


def derive() -> sympy.Expr:
    """f(x + a) is the rarer value with probability (1 - |bias|)/2, whatever x is."""
    rare = sympy.Symbol("rare", nonnegative=True)
    (found,) = sympy.solve(sympy.Eq(bias, (1 - rare) - rare), rare)
    step("bias is the difference of the two", found, (1 - bias) / 2)
    bound("it is at most a half", found, sympy.Rational(1, 2))
    return found


def point(masks: tuple[int, ...], n: int) -> Draw:
    """The largest share of directions a in which D_a f(x) is off f(x) + c, over all x."""
    values = np.array([value_at(masks, x) for x in range(2**n)])
    often = int(values.mean() > 0.5)
    wrong = np.zeros(2**n)
    for a in range(2**n):
        slope = tuple(PhasePolynomial(masks).derivative(a))
        voted = np.array([value_at(slope, x) for x in range(2**n)])
        wrong += voted != values ^ often
    return Draw(at={bias: abs(1 - 2 * values.mean())}, value=float(wrong.max() / 2**n))


def draw(rng: Generator) -> Draw:
    """Some products of up to four bits on four modes."""
    chosen = rng.permutation(np.arange(1, 16))[: 1 + int(rng.integers(4))]
    return point(tuple(int(mask) for mask in chosen), 4)


def worst() -> Draw:
    """Equality holds for every form; this one is far from balanced."""
    return point((0b0111,), 4)


THEOREM = InequalityClaim(
    says="At every point a random derivative D_a f differs from f, or from f + 1 if f is mostly "
    "1, with probability at most (1 - |bias f|)/2: less than 1/4 if |bias f| > 1/2.",
    bound=(1 - bias) / 2,
    derive=derive,
    draw=draw,
    draws=100,
    worst=worst,
    false_twin=(1 - bias) / 4,
    twin_says="Both values of f have to be wrong.",
    source="[KL08] polynomials by their derivatives; derived",
)
