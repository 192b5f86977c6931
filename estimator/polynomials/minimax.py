r"""The best odd polynomial for a target on an interval, among those bounded by 1 on [-1, 1].

A linear program over the Chebyshev coefficients minimises the largest error on finitely many
points, with |P| <= 1 on as many; points where the solution is worst are added until nothing
changes. Fewer points can only make the optimum smaller, so it bounds from below what any
polynomial of that degree reaches. From above it is bounded by the solution itself, divided by its
maximum on [-1, 1] if that exceeds 1, with its error bounded as in `sup_norm`. The two meet up to
a few times the solver's tolerance, so errors down to 1e-7 can be asked for.
"""

from collections.abc import Iterator

import numpy as np
from attrs import frozen
from numpy.polynomial.chebyshev import chebvander
from scipy.optimize import linprog

from estimator.polynomials.amplification import require_amplification
from estimator.polynomials.degree_search import require_epsilon, smallest_degree
from estimator.polynomials.polynomial import Polynomial
from estimator.polynomials.series import Reals
from estimator.polynomials.sign import require_start
from estimator.polynomials.sup_norm import sup_norm

_SOLVER = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
_METHODS = ("highs", "highs-ipm")
_NUMERICAL = 4
"""What `linprog` answers where numbers were too close."""
_ITERATIONS = 8
"""Steps of the solver for each unknown: more are taken only by programs without a clear optimum."""
_MOST_PROGRAM = 300
"""Largest degree that is looked at: larger programs take many seconds. Unit: 1."""
_SMALLEST_EPSILON = 1e-7
_ROUNDS = 12


@frozen
class Minimax:
    """An odd polynomial bounded by 1 on [-1, 1], and how good it is.

    Args:
        polynomial: at most 1 in absolute value, up to rounding.
        error: upper bound on its sup-norm distance to the target on the interval.
        lower_bound: no odd polynomial of that degree and bounded by 1 comes closer.
    """

    polynomial: Polynomial
    error: float
    lower_bound: float


def minimax_polynomial(target: Polynomial, lower: float, upper: float, degree: int) -> Minimax:
    """The best odd polynomial of a degree for a target on [lower, upper].

    Args:
        target: at most 1 in absolute value on the interval.
        lower: left end, at least 0.
        upper: right end, at most 1.
        degree: odd.

    Raises:
        ValueError: if the interval is empty or not in [0, 1], or `degree` not odd and positive.
        ArithmeticError: if the linear program fails.
    """
    candidates = _improvements(target, lower, upper, degree)
    best = next(candidates)
    for candidate in candidates:
        closest = min(best, candidate, key=lambda found: found.error)
        lowest = max(best.lower_bound, candidate.lower_bound)
        best = Minimax(closest.polynomial, closest.error, lowest)
        if best.error - best.lower_bound <= 1e-4 * best.error + 1e-8:
            break
    return best


def _improvements(target: Polynomial, lower: float, upper: float, degree: int) -> Iterator[Minimax]:
    if not 0 <= lower < upper <= 1:
        raise ValueError(f"minimax needs 0 <= lower < upper <= 1, got [{lower}, {upper}]")
    if degree < 1 or degree % 2 == 0:
        raise ValueError(f"minimax needs an odd degree >= 1, got {degree}")
    centre, radius = (lower + upper) / 2, (upper - lower) / 2
    angles = np.linspace(0, np.pi, 16 * degree + 1)
    on_target = centre + radius * np.cos(angles[::12])
    bounded = np.cos(angles[: 8 * degree + 1 : 4])
    for _ in range(_ROUNDS):
        series, optimum = _solved(target, on_target, bounded, degree)
        solution = Polynomial(series)
        candidate = solution.scaled(1 / max(1.0, solution.maximum().value))
        error = sup_norm((candidate - target).array, lower, upper, tolerance=1e-6).bound
        yield Minimax(candidate, error, max(0.0, optimum - 1e-9))
        worst = _peaks(solution - target, angles, centre, radius)
        highest = _peaks(solution, angles, 0.0, 1.0)
        on_target = np.concatenate([on_target, worst])
        bounded = np.concatenate([bounded, highest[highest >= 0]])


def _peaks(polynomial: Polynomial, angles: Reals, centre: float, radius: float) -> Reals:
    """Where the absolute value is locally largest among centre + radius * cos(angle).

    Each place is refined by a parabola through three points, twice.
    """
    ends = centre - radius, centre + radius

    def sizes(at: Reals) -> Reals:
        return np.abs(polynomial.evaluate(np.clip(centre + radius * np.cos(at), *ends)))

    values = sizes(angles)
    padded = np.concatenate([values[1:2], values, values[-2:-1]])  # even about both ends
    found = angles[(values >= padded[:-2]) & (values >= padded[2:])]
    for step in (angles[1], angles[1] / 32):
        before, here, after = sizes(found - step), sizes(found), sizes(found + step)
        bend = 2 * here - before - after
        shift = (after - before) / np.where(bend > 0, 2 * bend, np.inf)
        found = found + step * np.clip(shift, -1, 1)
    return np.clip(centre + radius * np.cos(found), *ends)


def _solved(
    target: Polynomial, on_target: Reals, bounded: Reals, degree: int
) -> tuple[Reals, float]:
    """Coefficients, and the optimum of the linear program on those points."""
    near = chebvander(on_target, degree)[:, 1::2]
    wide = chebvander(bounded, degree)[:, 1::2]
    wanted = target.evaluate(on_target)
    ones, zeros = np.ones((len(near), 1)), np.zeros((len(wide), 1))
    rows = np.block([[near, -ones], [-near, -ones], [wide, zeros], [-wide, zeros]])
    limits = np.concatenate([wanted, -wanted, np.ones(2 * len(wide))])
    weights = np.zeros(rows.shape[1])
    weights[-1] = 1
    options = {**_SOLVER, "maxiter": _ITERATIONS * rows.shape[1] + 400}
    for method in _METHODS:  # one gives up on programs that another solves
        found = linprog(weights, rows, limits, bounds=(None, None), method=method, options=options)
        if found.status != _NUMERICAL:
            break
    if found.status != 0:
        raise ArithmeticError(f"the linear program of degree {degree} failed: {found.message}")
    series = np.zeros(degree + 1)
    series[1::2] = found.x[:-1]
    return series, float(found.fun)


def _accepts(target: Polynomial, lower: float, upper: float, error: float, degree: int) -> bool:
    """Whether a polynomial of that degree was found, or shown not to exist.

    Raises:
        ArithmeticError: if neither was.
    """
    if degree > _MOST_PROGRAM:
        raise ArithmeticError(f"a linear program for degree {degree} is too large")
    for candidate in _improvements(target, lower, upper, degree):
        if candidate.error <= error:
            return True
        if candidate.lower_bound > error:
            return False
    raise ArithmeticError(f"degree {degree} misses {error} by less than the solver resolves")


def _minimal_degree(
    target: Polynomial, lower: float, upper: float, error: float, likely: int
) -> int:
    require_epsilon(error)
    if error < _SMALLEST_EPSILON:
        raise ValueError(f"minimax needs epsilon >= {_SMALLEST_EPSILON}, got {error}")

    return smallest_degree(lambda degree: _accepts(target, lower, upper, error, degree), 1, likely)


def minimax_sign(start: float, degree: int) -> Minimax:
    """For 1 on [start, 1]: odd, so close to the sign function.

    Raises:
        ValueError: if `start` is not between 0 and 1, or `degree` not odd and positive.
    """
    require_start(start)
    return minimax_polynomial(Polynomial([1.0]), start, 1.0, degree)


def minimax_amplification(factor: float, margin: float, degree: int) -> Minimax:
    """For factor * x on [0, (1 - margin) / factor].

    Raises:
        ValueError: if `factor` is not above 1, `margin` not between 0 and 1, or `degree` not odd
            and positive.
    """
    require_amplification(factor, margin)
    line = Polynomial.chebyshev(1).scaled(factor)
    return minimax_polynomial(line, 0.0, (1 - margin) / factor, degree)


def minimax_amplification_degree(factor: float, margin: float, error: float) -> int:
    """Smallest degree of an odd polynomial bounded by 1 and within `error` of factor * x there.

    Raises:
        ValueError: if an argument is out of range, or `error` below 1e-7.
    """
    require_amplification(factor, margin)
    line = Polynomial.chebyshev(1).scaled(factor)
    return _minimal_degree(line, 0.0, (1 - margin) / factor, error, int(factor))


def minimax_amplification_sufficient_degree(
    factor: float, margin: float, error: float
) -> int | None:
    """A degree at which a polynomial as good as that was found, though a smaller one may exist.

    Degrees grow by a tenth; where a linear program cannot be solved the next one may.

    Returns:
        The degree, or `None` if none was found.

    Raises:
        ValueError: if an argument is out of range.
    """
    require_amplification(factor, margin)
    require_epsilon(error)
    line = Polynomial.chebyshev(1).scaled(factor)
    degree = 2 * int(factor / 2) + 1
    while degree <= _MOST_PROGRAM:
        try:
            if _accepts(line, 0.0, (1 - margin) / factor, error, degree):
                return degree
        except ArithmeticError:
            pass
        degree += max(2, 2 * round(degree / 20))
    return None
