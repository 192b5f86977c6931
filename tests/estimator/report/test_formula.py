"""Formulas as text."""

import pytest
import sympy

from bloqs.resnet import symbols as own
from estimator.report.formula import exact_text, formula_text
from estimator.report.plain import plain_value
from estimator.report.text import COUNT, EXACT
from estimator.symbols import b, c, m

R, total = own.calls_of(1), own.sum_over_layers("fs")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234567, "1,234,567"),
        (sympy.Rational(1, 3), "0.333333"),
        (sympy.pi, "3.14159"),
        (2**m * c, "2**m*c"),
        (b + c, "b + c"),
        (R * b + R * c + 2 * b, "R_1*(b + c) + 2*b"),
        (R * b - R * c - 2 * b, "R_1*(b - c) - 2*b"),
        (R * b + 2 * c, "R_1*b + 2*c"),  # nothing to put together
        (R * total * b + total * c - total, "sum_Rfs*(c - 1) + R_1*b*sum_Rfs"),
        ((R + 1) * (b + c) + (R + 1) * m, "(R_1 + 1)*(b + c + m)"),
        (sympy.Float(2) * sympy.pi * c, "6.28319*c"),
        (2 * sympy.pi * c, "2*pi*c"),  # exact stays exact
        (sympy.Float("0.5") * 2 ** (-c) * 2 ** (c + m), "0.5*2**m"),
    ],
)
def test_text(value, text):
    assert formula_text(value) == text


def test_text_means_the_formula():
    """Read back, a grouped formula is the same."""
    formula = sympy.expand((R * (b + 3 * c) + total * (2**m - 7)) * (1 + b) + c)
    names = {symbol.name: symbol for symbol in formula.free_symbols}
    read = sympy.sympify(formula_text(formula), locals=names)
    assert sympy.expand(read - formula) == 0


def test_long_whole_numbers_are_shown_with_a_power_of_ten():
    """From 10**15 on, in formulas too; below every digit is there, and in full."""
    assert formula_text(10**15 - 1) == "999,999,999,999,999"
    assert formula_text(10**15) == "1.00e15"
    assert formula_text(sympy.Integer(12345) * 10**41) == "1.23e45"
    assert formula_text(-(10**20)) == "-1.00e20"
    formula = 10**20 * c**2 + (10**15 - 1) * b + m / sympy.Integer(10) ** 16
    assert formula_text(formula) == "999999999999999*b + 1.00e20*c**2 + m/1.00e16"
    assert exact_text(formula) == str(formula) == EXACT.full(formula)
    assert COUNT.text(10**15) == "1.00e15"
    assert COUNT.text(10**15 - 1) == "999,999,999,999,999"


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        (r"\epsilon", "epsilon"),
        (r"\epsilon_{PE}", "epsilon_PE"),
        (r"\epsilon^{-1}", "epsilon_1"),
        (r"b_\text{grad}", "b_grad"),
        ("lambda", "lambda_"),
        ("2nd", "symbol_2nd"),
        ("n_1", "n_1"),
    ],
)
def test_names_can_be_pasted(name, plain):
    """What Python cannot read has another name, the same in tables and in JSON, and its own."""
    formula = 2 * sympy.Symbol(name, positive=True) + b  # in the order of the alphabet
    assert formula_text(formula) == exact_text(formula) == plain_value(formula) == f"b + 2*{plain}"
    both = sympy.Symbol(name) * sympy.Symbol("lambda_")
    assert len(sympy.sympify(formula_text(both)).free_symbols) == 2


@pytest.mark.parametrize("style", [exact_text, formula_text, EXACT.text, EXACT.full])
@pytest.mark.parametrize(
    "text", ["pauli-sum", "matchings-uniform", "2*x + x", "c.npy", "(", "open('read.txt', 'w')"]
)
def test_a_text_is_no_formula(style, text, tmp_path, monkeypatch):
    """What a user names is shown as it is; no part of it is worked out."""
    monkeypatch.chdir(tmp_path)
    assert style(text) == text
    assert not list(tmp_path.iterdir())
