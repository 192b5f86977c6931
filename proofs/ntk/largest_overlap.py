"""One of four squared overlaps is no smaller than the square of what they add up to."""

from typing import Any

import numpy as np
import sympy
from numpy.random import Generator

from bloqs.ntk.model.readout import from_four, signed_parts
from proofs.derivation import bound, step
from proofs.inequality import Draw, InequalityClaim


def derive() -> sympy.Expr:
    """Lengths of parts are cosine and sine of two angles; two of four overlaps have each sign.

    A positive overlap is at most cos A cos B + sin A sin B times the larger root of the two that
    count as positive, a negative one as much with sine and cosine of B exchanged.
    """
    A, B = sympy.symbols("A B", real=True)
    weights = sympy.cos(A) * sympy.cos(B) + sympy.sin(A) * sympy.sin(B)
    step("weights of the positive ones", weights, sympy.cos(A - B))
    step("of the negative ones", sympy.sin(A) * sympy.cos(B) + sympy.cos(A) * sympy.sin(B),
         sympy.sin(A + B))  # fmt: skip
    t = sympy.Symbol("t", real=True)
    step("a cosine squared", sympy.cos(t) ** 2, 1 - sympy.sin(t) ** 2)
    bound("is at most one", 0, sympy.sin(t) ** 2)
    return sympy.Integer(1)


def _point(k: Any, x: Any) -> Draw:
    squares = {}
    for s, one in zip((1, -1), signed_parts(k), strict=True):
        for t, other in zip((1, -1), signed_parts(x), strict=True):
            lengths = float(np.linalg.norm(one) * np.linalg.norm(other))
            squares[s, t] = (float(one @ other) / lengths) ** 2 if lengths else 0.0
    return Draw(at={}, value=from_four(squares, k, x) ** 2 / max(squares.values()))


def draw(rng: Generator) -> Draw:
    """Any two vectors that have positive and negative entries."""
    n = int(rng.integers(2, 9))
    k, x = rng.normal(size=n), rng.normal(size=n)
    return _point(k + rng.uniform(0, 2) * x, x)


def worst() -> Draw:
    """A vector and itself: both positive ones are one."""
    return _point(np.array([1.0, -1.0]), np.array([1.0, -1.0]))


THEOREM = InequalityClaim(
    says="Of the four squared overlaps between positive and negative parts, the largest is at "
    "least the square of the overlap o that they add up to: not all are small where o is not.",
    bound=sympy.Integer(1),
    derive=derive,
    draw=draw,
    draws=150,
    worst=worst,
    false_twin=sympy.Rational(1, 2),
    twin_says="Two overlaps of one sign add up, so that the larger is at least 2 o**2.",
    source="[ZNL21] Eq. A.38, for overlaps that are not all small; derived",
)
