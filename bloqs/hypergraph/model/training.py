"""How trainable the writes are: dimensions of Lie algebras, variances, squeezing."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import comb, exp, inf, log10, pi, sqrt
from typing import Any, Literal, get_args

import sympy
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.special import k0

Family = Literal["qumode", "edges", "edges up to k", "edges and own X", "edges and shared X"]
"""What is trained: qumode writes with displacements; angles of edges of k modes, or of 1 to k; and
those of k together with an angle of X on every qubit, its own or one for all."""


def lie_dimension(family: Family, n: int, k: int) -> int:
    """Real dimension of the algebra that a family generates, n modes and edges of k.

    Raises:
        ValueError: for another family, k outside 1 to n, or where no formula is known.
    """
    if not 1 <= k <= n:
        raise ValueError(f"k is from 1 to n = {n}, got {k}")
    up_to = sum(comb(n, j) for j in range(1, k + 1))
    match family:
        case "qumode":
            return n + 1 + up_to
        case "edges":
            return comb(n, k)
        case "edges up to k":
            return up_to
        case "edges and own X":
            if k == 1:
                raise ValueError("own X angles fill all of 4**n from k = 2 on, got k = 1")
            return 4**n
        case "edges and shared X":
            if not 2 <= k == n:
                raise ValueError(
                    f"a shared X angle has a formula for k = n >= 2, got n = {n}, k = {k}; "
                    "ask the closure"
                )
            return (n + 1) ** 2 + (n > 2)
    raise ValueError(f"a family is one of {', '.join(get_args(Family))}, got {family!r}")


def single_variance(k: int) -> Fraction:
    """Of the derivative by the only edge's angle, uniform: 2**-(2k + 1), whatever n is.

    Raises:
        ValueError: if an edge has no mode.
    """
    if k < 1:
        raise ValueError(f"an edge has k modes from 1, got {k}")
    return Fraction(1, 2 ** (2 * k + 1))


def star_variance(n: int, k: int) -> Fraction:
    """With all edges of k modes at a mode written: 2**-(n + k + 1).

    Raises:
        ValueError: for k outside 2 to n.
    """
    if not 2 <= k <= n:
        raise ValueError(f"k is from 2 to n = {n}, got {k}")
    return Fraction(1, 2 ** (n + k + 1))


def sunflower_variance(petals: int) -> Fraction:
    """With k = 3 and r edges that share one mode alone: 2**-7 (5/8)**(r - 1).

    Raises:
        ValueError: if there is no edge.
    """
    if petals < 1:
        raise ValueError(f"a sunflower has at least one petal, got {petals}")
    return Fraction(1, 2**7) * Fraction(5, 8) ** (petals - 1)


def enumerated_variance(edges: Sequence[tuple[int, ...]], mode: int) -> Fraction:
    """Of the derivative by the first edge's angle, by its definition, for any edges at a mode.

    The loss is (1 - E_x cos(sum of theta_e x**(e - v)))/2, v the mode; angles are uniform, so the
    variance is Pr_{x,y}[x**(e - v) = 1 and x, y have the same products]/8.

    Raises:
        ValueError: if an edge misses the mode or one comes twice.
    """
    if not edges or any(mode not in edge for edge in edges) or len(set(edges)) < len(edges):
        raise ValueError(f"every edge has mode {mode} and comes once, got {list(edges)}")
    others = sorted({v for edge in edges for v in edge} - {mode})
    counts: dict[tuple[bool, ...], int] = {}
    for bits in product((False, True), repeat=len(others)):
        value = dict(zip(others, bits, strict=True))
        name = tuple(all(value[v] for v in edge if v != mode) for edge in edges)
        counts[name] = counts.get(name, 0) + 1
    same = sum(count**2 for name, count in counts.items() if name[0])
    return Fraction(same, 8 * 4 ** len(others))


def least_squeezing(k: int) -> float:
    """c_k with |E exp(i c z_1...z_k)| = 1/2 over normal z: weights delta apart need delta s**k.

    Raises:
        ValueError: for k other than 2, 3, 4.
    """
    if k not in (2, 3, 4):
        raise ValueError(f"squeezing is worked out for k from 2 to 4, got {k}")
    return float(brentq(lambda c: squeezed_overlap(c, k) - 0.5, 0.1, 20.0))


def squeezed_overlap(c: float, k: int) -> float:
    """E exp(i c z_1...z_k); the last two factors give 1/sqrt(1 + (c y)**2)."""
    if k == 2:
        return float(1 / sqrt(1 + c**2))
    density = (lambda y: sqrt(2 / pi) * exp(-(y**2) / 2)) if k == 3 else (
        lambda y: 2 / pi * k0(y)
    )  # fmt: skip
    inner = quad(lambda y: density(y) / sqrt(1 + (c * y) ** 2), 0, 1, limit=200)[0]
    outer = quad(lambda y: density(y) / sqrt(1 + (c * y) ** 2), 1, 40, limit=200)[0]
    return float(inner + outer)


def squeezing_decibels(k: int, delta: Any) -> Any:
    """10 log10(2 s**2) of the least spread s of q with delta s**k >= c_k. Unit: dB.

    Raises:
        ValueError: for k other than 2, 3, 4, or weights that are not apart.
    """
    if isinstance(delta, sympy.Basic):
        spread = (least_squeezing(k) / delta) ** sympy.Rational(1, k)
        return 10 * sympy.log(2 * spread**2, 10)
    if not 0 < delta < inf:
        raise ValueError(f"weights are a positive finite number apart, got {delta}")
    spread = (least_squeezing(k) / delta) ** (1 / k)
    return 10 * log10(2 * spread**2)
