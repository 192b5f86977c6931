"""How far estimates from shots are off, and how many shots a width and an accuracy need."""

import math
from fractions import Fraction
from typing import Any

import sympy
from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

from bloqs.contrastive.model.batched_engine import check_shots


def hoeffding(shots: SymbolicInt, delta: SymbolicFloat) -> SymbolicFloat:
    r"""Error of one output that is exceeded with probability `delta` at most.

    A shot gives +1 or -1, so $P(|\hat z - z| \ge e) \le 2 \exp(-S e^2 / 2)$. [Hoe63] Theorem 2.

    Raises:
        ValueError: if there are no shots, or delta is not above 0 and below 1.
    """
    return union(shots, delta, 1)


def union(shots: SymbolicInt, delta: SymbolicFloat, width: SymbolicInt) -> SymbolicFloat:
    """The same for the largest error of all W outputs: each gets delta / W."""
    _check(delta, width, shots)
    return _root(2 * _log_over(2 * width, _exact(delta, width, shots)) / shots)


def l2_bound(shots: SymbolicInt, delta: SymbolicFloat, width: SymbolicInt) -> SymbolicFloat:
    r"""Euclidean error of all W outputs that is exceeded with probability `delta` at most.

    The mean is at most $\sqrt{W / S}$, and one shot moves the error by $2 \sqrt{W} / S$ at most:
    bounded differences. It takes shots as joint strings, whose qubits may depend on each other.
    """
    _check(delta, width, shots)
    exact = _exact(delta, width, shots)
    mean = _root(width / shots if not is_symbolic(width, shots) else sympy.sympify(width) / shots)
    return mean + _root(2 * width * _log_over(1, exact) / shots)


def shots_for(epsilon: SymbolicFloat, delta: SymbolicFloat, width: SymbolicInt) -> SymbolicInt:
    """Shots after which all W outputs are within epsilon, except with probability delta.

    Raises:
        ValueError: if epsilon is not above 0, delta not above 0 and below 1, or W below 1.
    """
    _check(delta, width)
    if not is_symbolic(epsilon) and not (math.isfinite(epsilon) and epsilon > 0):
        raise ValueError(f"an accuracy must be above 0, got {epsilon}")
    if is_symbolic(epsilon, delta, width):
        logarithm = _log_over(2 * width, _exact(delta, width, epsilon))
        needed = 2 * logarithm / _exact(epsilon, width, delta) ** 2
        return sympy.Max(1, sympy.ceiling(needed))
    needed = Fraction(2 * _log_over(2 * width, delta)) / Fraction(epsilon) ** 2
    return max(1, math.ceil(needed))  # a float has no room for the square of a small accuracy


def _check(delta: float, width: SymbolicInt, shots: SymbolicInt = 1) -> None:
    if not is_symbolic(shots):
        check_shots(shots)
    if not is_symbolic(delta) and not 0 < delta < 1:
        raise ValueError(f"a chance of failure must be above 0 and below 1, got {delta}")
    if not is_symbolic(width) and width < 1:
        raise ValueError(f"there must be an output, got W={width}")


def _exact(delta: Any, *sizes: SymbolicInt) -> Any:
    """A fraction among letters, so that a formula has no rounded numbers."""
    is_exact = is_symbolic(*sizes) and not is_symbolic(delta)
    return sympy.Rational(str(delta)) if is_exact else delta


def _log_over(above: Any, below: Any) -> Any:
    """The logarithm of a quotient, which may be beyond a float where both are not."""
    if isinstance(above, float | int) and isinstance(below, float | int):
        return math.log(above) - math.log(below)
    return sympy.log(above / below)


def _root(value: Any) -> Any:
    return math.sqrt(value) if isinstance(value, float | int) else sympy.sqrt(value)
