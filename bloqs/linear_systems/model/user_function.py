r"""A function that a user types, as a polynomial with a proved error.

The expression is read by `estimator.expressions.parse`, which runs nothing. Complex interval
arithmetic on boxes that cover the ellipse with foci -1, 1 and semi-axes summing to $\rho$ shows
that every logarithm, root and quotient in it is analytic there, and bounds its modulus by M. Then
the Chebyshev coefficients obey $|c_k| \le 2 M \rho^{-k}$, and what a truncated series leaves out is
bounded by `estimator.polynomials.truncation`.

Source: [Tre13] Thms. 8.1, 8.2.
"""

from collections.abc import Callable
from fractions import Fraction
from math import inf, log
from pathlib import Path
from typing import Any

import numpy as np
from attrs import field, frozen
from mpmath import iv
from numpy.polynomial import chebyshev

from estimator.expressions.parse import parse_expression
from estimator.expressions.tree import Tree, functions_in, names_in
from estimator.network.array_file import UNREADABLE
from estimator.polynomials.polynomial import Polynomial
from estimator.polynomials.series import Reals, coefficients_of
from estimator.polynomials.sup_norm import sup_norm
from estimator.polynomials.truncation import AnalyticFunction

VARIABLE = "x"
FUNCTIONS = ("exp", "log", "sin", "cos")
"""What an expression may call, beside sqrt, log2 and log10, which are made of them."""

ELLIPSES = (8.0, 3.0, 1.7, 1.3, 1.15, 1.07, 1.03, 1.01)
"""Sums of semi-axes that are tried."""

COLUMNS, ROWS = 64, 6
"""Boxes that cover the upper half of an ellipse."""

NEGLIGIBLE = 1e-14
"""Coefficients, over the largest one, that are rounding; what they add up to is in the error."""

MOST_COEFFICIENTS = 10_001
"""In a file."""

SUFFIXES = (".npy", ".txt")
"""Of files with Chebyshev coefficients."""


PRECISIONS = (100, 400, 1600)
"""Bits in which values are worked out, one after another until they are narrow. Unit: bits."""

NARROW = 4e-16
"""Relative width of a value that is known to rounding."""

ROUNDED = 2e-15
"""Times the largest value, and times 3 + log(terms): what rounded values and sums of a series may
make of it; the factor is above the norm of an interpolation and its truncation."""


LARGEST_ARGUMENT = 1e12
"""Modulus from which on no function is enclosed: intervals of its values take for ever."""


class NotAnalyticError(ValueError):
    """Somewhere in a box the function cannot be shown to be analytic."""


@frozen(eq=False)
class UserFunction:
    """A real function of x, and how it was given.

    Args:
        text: as it is printed.
        values: takes and returns arrays of real numbers.
        on: gives it on [-scale, scale] as a function on [-1, 1], with its ellipse if it is no
            polynomial.
    """

    text: str
    values: Callable[[Reals], Reals]
    on: Callable[[float], "AnalyticFunction | Polynomial"]

    @classmethod
    def of(cls, given: str) -> "UserFunction":
        """The function of an expression in x, or of a file of Chebyshev coefficients.

        Raises:
            ValueError: if it is neither.
        """
        if Path(given).suffix.lower() in SUFFIXES:
            return cls._of_file(Path(given))
        tree = parse_expression(given)
        if names_in(tree) - {VARIABLE}:
            unknown = ", ".join(sorted(names_in(tree) - {VARIABLE}))
            raise ValueError(f"a polynomial is an expression in x alone, got {unknown}")
        if functions_in(tree) - set(FUNCTIONS):
            unknown = ", ".join(sorted(functions_in(tree) - set(FUNCTIONS)))
            raise ValueError(
                f"{unknown} cannot be approximated with a proved error; use {', '.join(FUNCTIONS)}"
                ", sqrt, powers and + - * /"
            )
        return cls(given, lambda x: _values(tree, x), lambda scale: _analytic(tree, scale, given))

    @classmethod
    def _of_file(cls, path: Path) -> "UserFunction":
        series = _coefficients(path)

        def values(x: Reals) -> Reals:
            return np.asarray(chebyshev.chebval(x, series))

        def on(scale: float) -> Polynomial:
            if scale == 1:
                return Polynomial(series)
            return Polynomial(coefficients_of(lambda y: values(scale * y), len(series) - 1))

        return cls(path.name, values, on)


def _coefficients(path: Path) -> Reals:
    """Chebyshev coefficients c_0, c_1, ... of a file; its size is looked at before it is read.

    Raises:
        ValueError: if it is missing, too large, or holds something else.
    """
    if not path.is_file():
        raise ValueError(f"the polynomial: there is no file {str(path)[:80]!r}; give one, or a "
                         "formula in x")  # fmt: skip
    most = 32 * MOST_COEFFICIENTS
    if path.stat().st_size > most:
        raise ValueError(f"a file of coefficients has at most {most} bytes, got "
                         f"{path.stat().st_size}; give a shorter one")  # fmt: skip
    try:
        if path.suffix.lower() == ".npy":
            found = np.load(path, allow_pickle=False)
        else:
            found = np.loadtxt(path, ndmin=1)
    except UNREADABLE as problem:
        raise ValueError(f"{path.name} has no Chebyshev coefficients that can be read "
                         f"({str(problem)[:80]}); give c_0, c_1, ...") from None  # fmt: skip
    if not isinstance(found, np.ndarray):
        raise ValueError(f"{path.name} holds several arrays; give one as numpy.save writes it")
    if found.ndim != 1 or not 0 < found.size <= MOST_COEFFICIENTS or found.dtype.kind not in "iuf":
        raise ValueError(
            f"{path.name} must hold between 1 and {MOST_COEFFICIENTS} real Chebyshev coefficients "
            f"in a row, got {found.dtype} of shape {found.shape}"
        )
    if not np.isfinite(found).all():
        raise ValueError(f"{path.name} must hold finite coefficients, got NaN or infinity")
    return np.asarray(found, dtype=float)


@frozen(eq=False)
class Approximation:
    """A polynomial near a function on [-1, 1].

    Args:
        polynomial: of degree at most the one asked for; its negligible parts are zero.
        error: bound on the difference from the function (sup norm).
        proof: why, in a few words.
    """

    polynomial: Polynomial
    error: float
    proof: str = field(repr=False)


def _is_zero(function: UserFunction, scale: float) -> bool:
    try:
        return not function.values(np.linspace(-scale, scale, 9)).any()
    except ValueError:  # it has no value somewhere
        return False


def approximation(function: UserFunction, scale: float, degree: int) -> Approximation:
    """The truncated Chebyshev series of a function on [-scale, scale].

    Args:
        function: what the user gave.
        scale: positive.
        degree: at most this one.

    Raises:
        ValueError: if the function is not analytic around the interval, as far as can be shown, or
            a constant, or zero.
    """
    constant = (
        f"{function.text} is a constant to degree {degree}, which needs no circuit; give a "
        "function that is none, or a larger --degree"
    )
    if _is_zero(function, scale):
        raise ValueError(constant)
    found = function.on(scale)
    if isinstance(found, Polynomial):
        kept = Polynomial(found.array[: degree + 1])
        left = found.array.copy()
        left[: degree + 1] = 0
        error = sup_norm(left).bound if left.any() else 0.0
        proof = "Chebyshev coefficients left out, their largest value bounded"
    else:
        kept, error = found.truncation(degree), found.truncation_error(degree)
        proof = f"|f| <= {found.modulus:.3g} on the ellipse of semi-axes adding up to {found.rho:g}"
    series = kept.array
    small = np.abs(series) <= NEGLIGIBLE * np.abs(series).max()
    error += float(np.abs(series[small]).sum())
    error += ROUNDED * (3 + log(len(series))) * max(1e-300, float(np.abs(series).sum()))
    series[small] = 0
    polynomial = Polynomial(series)
    if polynomial.degree < 1:
        raise ValueError(constant)
    return Approximation(polynomial, error, proof)


def _analytic(tree: Tree, scale: float, text: str) -> AnalyticFunction:
    """The function on [-scale, scale], with the ellipse that resolves it by the fewest terms."""
    best: tuple[float, float, float] | None = None
    for rho in ELLIPSES:
        try:
            modulus = modulus_bound(tree, scale, rho)
        except NotAnalyticError:
            continue
        terms = log(4 * max(1.0, modulus) * 1e17 / (rho - 1)) / log(rho) if modulus < inf else inf
        if best is not None and terms >= best[0]:
            break
        if terms < inf:
            best = terms, rho, modulus
    if best is None:
        raise ValueError(
            f"{text[:60]} is not seen to be analytic around [-{scale:.4g}, {scale:.4g}], where A "
            "has its eigenvalues and a circuit needs a polynomial; give a function without poles, "
            "roots or logarithms of 0 there, or --argument encoded to have x in [-1, 1]"
        )
    _, rho, modulus = best
    return AnalyticFunction(
        function=lambda y: _values(tree, scale * np.asarray(y)),
        rho=rho,
        modulus=modulus,
        parity=None,
    )


def modulus_bound(tree: Tree, scale: float, rho: float) -> float:
    """Bound on |f(scale z)| for z in the ellipse; its complex conjugates are bounded with it.

    Raises:
        NotAnalyticError: if f cannot be shown to be analytic there.
    """
    wide, high = (rho + 1 / rho) / 2, (rho - 1 / rho) / 2
    factor, most = iv.mpf(scale), 0.0
    columns = np.linspace(-wide, wide, COLUMNS + 1)
    rows = np.linspace(0, high, ROWS + 1)
    columns[[0, -1]] *= 1 + 1e-12
    rows[-1] *= 1 + 1e-12
    for column in range(COLUMNS):
        near = 0.0 if columns[column] < 0 < columns[column + 1] else min(
            abs(columns[column]), abs(columns[column + 1]))  # fmt: skip
        for row in range(ROWS):
            if (near / wide) ** 2 + (rows[row] / high) ** 2 > 1 + 1e-9:
                break
            box = iv.mpc(
                iv.mpf([columns[column], columns[column + 1]]), iv.mpf([rows[row], rows[row + 1]])
            )
            largest = float(abs(enclosure(tree, factor * box)).b)
            if np.isnan(largest):
                raise NotAnalyticError
            most = max(most, largest)
    return most * (1 + 1e-12)


def enclosure(tree: Tree, z: Any) -> Any:
    """Complex intervals that contain the values of an expression where x lies in a box.

    Raises:
        NotAnalyticError: if the expression may not be analytic somewhere in it.
    """
    kind = tree[0]
    if kind == "q":
        return iv.mpc(_ratio(tree[1]), 0)
    if kind == "c":
        return iv.mpc(+iv.pi if tree[1] == "pi" else iv.exp(1), 0)
    if kind == "x":
        return z
    if kind == "+":
        total = enclosure(tree[1], z)
        for part in tree[2:]:
            total = total + enclosure(part, z)
        return total
    if kind == "*":
        total = enclosure(tree[1], z)
        for part in tree[2:]:
            total = total * enclosure(part, z)
        return total
    if kind == "^":
        return _enclosed_power(enclosure(tree[1], z), tree[2], z)
    inner = enclosure(tree[2], z)
    if tree[1] == "log":
        return _enclosed_log(inner)
    return getattr(iv, tree[1])(_limited(inner))


def _ratio(value: Fraction) -> Any:
    return iv.mpf(value.numerator) / iv.mpf(value.denominator)


def _enclosed_power(base: Any, exponent: Tree, z: Any) -> Any:
    if exponent[0] == "q" and exponent[1].denominator == 1:
        result = iv.mpc(1, 0)
        for bit in bin(abs(exponent[1].numerator))[2:]:
            result = result * result
            if bit == "1":
                result = result * base
        return _enclosed_inverse(result) if exponent[1] < 0 else result
    return iv.exp(_limited(enclosure(exponent, z) * _enclosed_log(base)))


def _limited(argument: Any) -> Any:
    """The argument of a function, unless its values are out of reach of any circuit."""
    if not abs(argument).b < LARGEST_ARGUMENT:
        raise NotAnalyticError
    return argument


def _enclosed_inverse(value: Any) -> Any:
    if not abs(value).a > 0:
        raise NotAnalyticError
    return 1 / value


def _enclosed_log(value: Any) -> Any:
    """The principal branch, away from its cut."""
    if not (value.real.a > 0 or value.imag.a > 0 or value.imag.b < 0):
        raise NotAnalyticError
    return iv.log(value)


def _values(tree: Tree, x: Reals) -> Reals:
    """Values of an expression at real points, correct to rounding.

    Raises:
        ValueError: if there is none at a point.
    """
    return np.array([_at(tree, float(point)) for point in np.ravel(x)]).reshape(np.shape(x))


def _at(tree: Tree, x: float) -> float:
    """The middle of an enclosure that is narrower than a rounding, or than nothing is known of."""
    before = iv.prec
    try:
        for iv.prec in PRECISIONS:
            found = enclosure(tree, iv.mpc(x, 0)).real
            low, high = float(found.a), float(found.b)
            if high - low <= NARROW * max(abs(low), abs(high)) or high - low <= 1e-300:
                return (low + high) / 2
    except NotAnalyticError:
        pass
    finally:
        iv.prec = before
    raise ValueError(f"the function has no value that can be told at x = {x:g}; give another")
