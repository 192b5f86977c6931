r"""Odd polynomials close to $\gamma x$, made of one of small degree and a Chebyshev polynomial.

With $x = \sin\theta$ and odd $k$, $\pm T_k(x) = \sin k\theta$ is amplitude amplification; it is no
multiple of x. An odd polynomial $P_0$, bounded by 1, that is close to $\gamma \sin(\arcsin(y)/k)$
makes one of it: $P_0(\pm T_k(x))$ is odd, bounded by 1, within the same error of $\gamma x$, and of
degree $k \deg P_0$. The best $P_0$ comes from a linear program, which is small however large the
factor is.

Source: ours; [GSLW18] Thm. 30 for the task.
"""

from functools import lru_cache

import numpy as np
import scipy
from attrs import frozen

from estimator.polynomials.amplification import require_amplification
from estimator.polynomials.degree_search import require_epsilon
from estimator.polynomials.minimax import minimax_polynomial
from estimator.polynomials.polynomial import Polynomial

INNER_FACTOR = 3.5
"""Factor that is about left to the small polynomial: fewer leave steps of its degree that are
coarse, more make larger linear programs. Unit: 1."""

MOST_TERMS = 200
"""Terms of the target's power series, at most."""

MOST_DEGREE = 300
"""Largest degree of the small polynomial: larger programs take seconds each. Unit: 1."""

CLOSEST = 1e-7
"""Smallest error that linear programs resolve. Unit: 1."""

ROOM = 1e-9
"""How far the largest value stays below one, so that rounding in a series of many terms does not
lift it above. Unit: 1."""


@frozen
class ComposedAmplification:
    """An odd polynomial, bounded by 1 on [-1, 1].

    Args:
        steps: k, odd.
        outer: P_0, odd and bounded by 1.
        factor: gamma.
        margin: delta; the polynomial is close to gamma x up to (1 - delta) / gamma.
        error: upper bound on the distance there. Unit: 1.
    """

    steps: int
    outer: Polynomial
    factor: float
    margin: float
    error: float

    @property
    def degree(self) -> int:
        """Of the whole polynomial."""
        return self.steps * self.outer.degree

    def evaluate(self, x: np.ndarray) -> np.ndarray:
        """Values at points of [-1, 1]."""
        return self.outer.evaluate(np.sin(self.steps * np.arcsin(np.clip(x, -1, 1))))

    @property
    def polynomial(self) -> Polynomial:
        """The whole polynomial, as a Chebyshev series."""
        count = self.degree + 1
        nodes = np.cos(np.pi * (np.arange(count) + 0.5) / count)
        series = scipy.fft.dct(self.evaluate(nodes), type=2) / count
        series[0] /= 2
        series[::2] = 0
        return Polynomial(series)


@lru_cache(maxsize=512)
def composed_amplification(factor: float, margin: float, error: float) -> ComposedAmplification:
    """One whose small polynomial has a degree of which the one below does not do.

    Args:
        factor: gamma, above 1.
        margin: delta, between 0 and 1.
        error: largest distance from gamma x on [0, (1 - delta) / gamma], at least `CLOSEST`.

    Raises:
        ValueError: if an argument is out of range.
        ArithmeticError: if a linear program fails, or would be too large.
    """
    require_amplification(factor, margin)
    require_epsilon(error)
    if error < CLOSEST:
        raise ValueError(f"amplification by parts needs epsilon >= {CLOSEST}, got {error}")
    steps = max(1, 2 * round((factor / INNER_FACTOR - 1) / 2) + 1)
    end = np.sin(steps * np.arcsin((1 - margin) / factor))
    target, rest = _target(factor, steps, float(end))
    found: dict[int, tuple[Polynomial, float]] = {}

    def accepts(degree: int) -> bool:
        if degree not in found:
            try:
                best = minimax_polynomial(target, 0.0, float(end), degree)
            except ArithmeticError:  # of two degrees side by side one may be hard to solve
                found[degree] = target, np.inf
            else:
                lower = Polynomial((1 - ROOM) * best.polynomial.array)
                found[degree] = lower, best.error + rest + ROOM
        return found[degree][1] <= error

    degree = 2 * int(0.1 * factor / steps / margin * np.log(1 / error)) + 1
    while degree > MOST_DEGREE or not accepts(degree):
        degree += 2
        if degree > MOST_DEGREE:
            raise ArithmeticError(
                f"no polynomial of degree {MOST_DEGREE} or less is that close to {factor:g} x with "
                f"a margin of {margin:g}; take a larger one, or a larger error"
            )
    while degree > 1 and accepts(degree - 2):
        degree -= 2
    outer, reached = found[degree]
    return ComposedAmplification(steps, outer, factor, margin, reached)


def _target(factor: float, steps: int, end: float) -> tuple[Polynomial, float]:
    """gamma sin(arcsin(y) / k) as a power series, and what is missing up to `end`.

    The series of sin(a arcsin y) has the terms a y, then each (n^2 - a^2) y^2 / ((n + 1)(n + 2))
    times the one before of order n; for a <= 1 none is negative, and each is less than y^2 times
    the one before.
    """
    a = 1 / steps
    powers = [0.0, factor * a]
    size = factor * a * end
    while size > 1e-17 * factor and len(powers) < MOST_TERMS:
        n = len(powers) - 1
        ratio = (n * n - a * a) / ((n + 1) * (n + 2))
        powers += [0.0, powers[-1] * ratio]
        size *= ratio * end**2
    rest = size * end**2 / (1 - end**2) if steps > 1 else 0.0
    return Polynomial.from_powers(powers), rest
