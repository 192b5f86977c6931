"""Steps say what formulas say: read back as SymPy expressions, in code of their own, they agree."""

import functools
import operator

import pytest
import sympy

from estimator.explorer.script_formula import NoScriptError, Steps
from estimator.symbols import bare

n, m, x = map(bare, ("n", "m", "x"))

READ = {
    "whole": lambda digits: sympy.Integer(digits),
    "ratio": lambda above, below: sympy.Rational(int(above), int(below)),
    "real": sympy.Float,
    "name": bare,
    "sum": lambda *all_of: functools.reduce(operator.add, all_of),
    "product": lambda *all_of: functools.reduce(operator.mul, all_of),
    "power": operator.pow,
    "largest": sympy.Max,
    "smallest": sympy.Min,
    "ceiling": sympy.ceiling,
    "floor": sympy.floor,
    "log": sympy.log,
    "exp": sympy.exp,
    "abs": sympy.Abs,
    "acosh": sympy.acosh,
    "sin": sympy.sin,
    "binomial": sympy.binomial,
    "log_to_base": sympy.log,
}
NAMES = {"whole", "ratio", "real", "name"}


def read(steps, place):
    kind, *arguments = steps.steps[place]
    inside = arguments if kind in NAMES else [read(steps, each) for each in arguments]
    return READ[kind](*inside)


FORMULAS = (
    2 ** (n + 2 * m) - 1,
    sympy.Rational(7, 4) * n**2 - 3 * n / m + sympy.Rational(1, 3),
    sympy.Max(3 * n, 2**m, n + m) - sympy.Min(n, 7),
    sympy.ceiling(2 * sympy.log(2 / x) / x**2),
    sympy.ceiling(sympy.log(n * m, 2)),
    5 * sympy.log(n + 1) / sympy.log(2) + sympy.sqrt(n) / sympy.pi,
    sympy.binomial(n, 3) * sympy.exp(-x),
    sympy.acosh(1 + n) + abs(sympy.sin(1) - n),
    sympy.floor(n / 2) * sympy.E**m + sympy.Float("0.1"),
)
POINTS = ({n: 8, m: 3, x: sympy.Float("0.1")}, {n: 13, m: 5, x: sympy.Float("0.03")})


@pytest.mark.parametrize("formula", FORMULAS, ids=str)
def test_steps_read_back_as_the_formula(formula):
    steps = Steps()
    again = read(steps, steps.of(formula, {}))
    for point in POINTS:
        one, two = (sympy.N(each.subs(point), 20) for each in (formula, again))
        assert abs(one - two) <= 1e-12 * abs(one)


def test_definitions_are_put_in_to_the_last():
    steps = Steps()
    place = steps.of(n + m, {"m": 3 * x, "x": sympy.Integer(5)})
    assert read(steps, place) == n + 15


def test_each_step_stands_in_the_list_once():
    steps = Steps()
    places = [steps.of(each, {}) for each in (n * m + 1, n * m + 2, n * m + 1)]
    assert places[0] == places[2] != places[1]
    assert len(set(steps.steps)) == len(steps.steps)


def test_logarithms_of_exact_numbers_are_divided_at_once():
    steps = Steps()
    steps.of(sympy.log(n) / sympy.log(2), {})
    assert [step[0] for step in steps.steps].count("log_to_base") == 1
    assert "log" not in [step[0] for step in steps.steps]


def test_what_the_script_does_not_know_is_named():
    with pytest.raises(NoScriptError, match="gamma"):
        Steps().of(sympy.gamma(n), {})
