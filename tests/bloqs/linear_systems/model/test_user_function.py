"""What a user types: understood or refused, and near its polynomial as is proved."""

import cmath

import numpy as np
import pytest
from mpmath import iv

from bloqs.linear_systems.model.user_function import (
    UserFunction,
    approximation,
    enclosure,
    modulus_bound,
)
from estimator.expressions.parse import parse_expression

KNOWN = {
    "exp(-4*(1-x))": lambda x: np.exp(-4 * (1 - x)),
    "x**3 - x/3": lambda x: x**3 - x / 3,
    "cos(9*x)": lambda x: np.cos(9 * x),
    "sqrt(x + 2)*sin(3*x)": lambda x: np.sqrt(x + 2) * np.sin(3 * x),
    "1/(1 + 9*x**2)": lambda x: 1 / (1 + 9 * x**2),
    "log(x + 1.5) + 2**x": lambda x: np.log(x + 1.5) + 2**x,
    "(x + 2)**(-3)*pi": lambda x: np.pi / (x + 2) ** 3,
}


@pytest.mark.parametrize("text", KNOWN)
@pytest.mark.parametrize(("degree", "scale"), [(3, 1.0), (40, 0.6)])
def test_the_error_is_proved_and_no_larger_than_needed(text, degree, scale):
    """NumPy's values at points that no one has looked at."""
    y = np.random.default_rng(degree).uniform(-1, 1, 4000)
    found = approximation(UserFunction.of(text), scale, degree)
    missed = np.abs(KNOWN[text](scale * y) - found.polynomial.evaluate(y)).max()
    assert found.polynomial.degree <= degree
    assert missed <= found.error <= max(1.05 * missed, 1e-12)


@pytest.mark.parametrize("text", KNOWN)
def test_values_are_those_of_numpy(text):
    x = np.linspace(-1, 1, 21)
    np.testing.assert_allclose(UserFunction.of(text).values(x), KNOWN[text](x), rtol=1e-13)


def test_values_where_most_digits_cancel():
    """What doubles lose is seen with more bits."""
    found = UserFunction.of("exp(x/10**12) - 1").values(np.array([1.0]))
    assert found[0] == pytest.approx(1e-12 + 5e-25, rel=1e-15)


@pytest.mark.parametrize("text", ["exp(-4*(1-x))", "cos(9*x)", "(x + 2)**(-3)*pi", "log(x+2)*x"])
def test_boxes_hold_their_values(text, rng):
    """Complex values of points in a box, and of the ellipse, by Python's own functions."""
    python = {"exp": cmath.exp, "cos": cmath.cos, "log": cmath.log, "pi": cmath.pi}
    code = compile(text, "typed in this test", "eval")
    tree = parse_expression(text)
    for _ in range(20):
        low, high = np.sort(rng.uniform(-1, 1, 2)), np.sort(rng.uniform(0, 1, 2))
        box = enclosure(tree, iv.mpc(iv.mpf(list(low)), iv.mpf(list(high))))
        z = complex(rng.uniform(*low), rng.uniform(*high))
        value = eval(code, python, {"x": z})
        assert box.real.a <= value.real <= box.real.b
        assert box.imag.a <= value.imag <= box.imag.b
    rim = [cmath.cosh(cmath.log(1.7) + 1j * t) for t in np.linspace(0, 2 * np.pi, 200)]
    largest = max(abs(eval(code, python, {"x": z})) for z in rim)
    assert largest <= modulus_bound(tree, 1.0, 1.7) <= 3 * largest


def test_files_of_coefficients(tmp_path):
    """Chebyshev coefficients, of which a lower degree leaves some out; another scale moves all."""
    series = np.array([0.5, 0.25, 0.0, -0.125])
    np.save(tmp_path / "p.npy", series)
    np.savetxt(tmp_path / "p.txt", series)
    x = np.linspace(-1, 1, 101)
    wanted = np.polynomial.chebyshev.chebval(x, series)
    for name in ("p.npy", "p.txt"):
        function = UserFunction.of(str(tmp_path / name))
        exact = approximation(function, 1.0, 9)
        assert exact.polynomial.coefficients == tuple(series)
        assert exact.error < 1e-13
        assert approximation(function, 1.0, 2).error == pytest.approx(0.125)
        wide = approximation(function, 1.5, 3).polynomial
        np.testing.assert_allclose(wide.evaluate(x / 1.5), wanted, atol=1e-13)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1/x", "not seen to be analytic"),
        ("log(x)", "not seen to be analytic"),
        ("sqrt(1 + x)", "not seen to be analytic"),
        ("exp(exp(exp(exp(4 + x))))", "not seen to be analytic"),
        ("1/(x**2 - 0.25)", "not seen to be analytic"),
        ("Abs(x)", "Abs cannot be approximated with a proved error"),
        ("y + x", "an expression in x alone, got y"),
        ("3", "is a constant to degree 5"),
        ("x - x", "is a constant to degree 5"),
        ("__import__('os').system('true')", "a name and arguments in parentheses"),
        ("x; x", "invalid syntax"),
        ("(lambda: 1)()", "a name and arguments in parentheses"),
        ("x.real", "Attribute is not allowed"),
        ("none.npy", "there is no file"),
    ],
)
def test_refusals(text, message):
    with pytest.raises(ValueError, match=message):
        approximation(UserFunction.of(text), 1.0, 5)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (np.array([1.0, np.nan]), "finite coefficients"),
        (np.ones((2, 2)), "real Chebyshev coefficients in a row"),
        (np.array([1j, 2.0]), "real Chebyshev coefficients in a row"),
        (np.array([]), "between 1 and 10001"),
        (np.zeros(60_000), "bytes, got"),
        (b"no numbers", "no Chebyshev coefficients that can be read"),
    ],
)
def test_files_that_are_none(content, message, tmp_path):
    path = tmp_path / "p.npy"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        np.save(path, content)
    with pytest.raises(ValueError, match=message):
        UserFunction.of(str(path))
