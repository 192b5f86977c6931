"""Formulas over arrays against SymPy, point by point."""

import itertools

import numpy as np
import pytest
import sympy

from estimator.grid.array_formula import Evaluator, NoArrayError
from estimator.polynomials.degrees import SignDegree

n, b, e = sympy.symbols("n b e", positive=True)
N = sympy.Symbol("N", integer=True, positive=True)
R = sympy.Symbol("R")
VALUES = {
    "n": np.array([1, 2, 7, 60, 64]).reshape(5, 1, 1),
    "b": np.array([4, 11, 50]).reshape(1, 3, 1),
    "e": np.array([0.1, 0.003]).reshape(1, 1, 2),
    "N": np.array([2**40, 2**52 + 1, 2**90, 1, 3], dtype=object).reshape(5, 1, 1),
}
DEFINED = {"R": 3 * n + b}

WHOLE = {
    "sums of products": 4 * 2 ** (2 * n) * b + 16 * 2**n - 3 * b**2 + 7,
    "halves that cancel": n * (n + 1) / 2 + 7 * b * (b - 1) / 2,
    "thirds that cancel": n * (n + 1) * (n + 2) / 3,
    "negative powers": 2 ** (n - 3) * 8 + 2 ** (-n) * 2 ** (n + 1),
    "maxima": sympy.Max(2**n - b, 7 * n / 2 + n / 2, 100) + sympy.Min(n, b),
    "definitions": R**3 * 2**n - R,
    "ceilings": sympy.ceiling(sympy.log(N * b, 2)) + sympy.floor(sympy.log(N, 2)),
    "degrees": SignDegree(0.01, e) * 2 ** (2 * n) + SignDegree(0.02, e),
    "beyond all words": 2 ** (4 * n) * b**9 * N**3,
    "powers of another base": 3**n + 10 ** (2 * n),
    "binomials": sympy.binomial(n + b, 3),
    "constants": sympy.Integer(10**40),
}
BROKEN = {
    "roots and logarithms": sympy.sqrt(n) * sympy.log(1 / e) / b + sympy.exp(-n * e),
    "floats among them": 2.5 * n + b / sympy.Integer(3),
    "halves that stay": n / 2 + b,
    "maxima of floats": sympy.Max(e, 1 / b) * sympy.asinh(n),
}


def at_points(formula):
    """Values by SymPy, in the order of a block."""
    for i, j, k in itertools.product(range(5), range(3), range(2)):
        put = {"n": VALUES["n"][i, 0, 0], "b": VALUES["b"][0, j, 0], "e": VALUES["e"][0, 0, k],
               "N": VALUES["N"][i, 0, 0]}  # fmt: skip
        value = formula.subs({R: DEFINED["R"]})
        yield value.subs({x: sympy.sympify(put[x.name]) for x in value.free_symbols})


def evaluated(formula):
    evaluator = Evaluator(DEFINED, {})
    evaluator.start(VALUES)
    return np.broadcast_to(evaluator.column(formula), (5, 3, 2)).ravel().tolist()


@pytest.mark.parametrize("name", WHOLE)
def test_whole_numbers(name):
    """Exact, at every point, however large."""
    assert evaluated(WHOLE[name]) == [int(x) for x in at_points(WHOLE[name])]


@pytest.mark.parametrize("name", BROKEN)
def test_other_numbers(name):
    """As floating-point numbers."""
    expected = [float(x) for x in at_points(BROKEN[name])]
    assert evaluated(BROKEN[name]) == pytest.approx(expected, rel=1e-12)


def test_a_degree_is_found_once():
    """For each value that goes in, however many points there are."""
    known = {}
    evaluator = Evaluator({}, known)
    evaluator.start(VALUES)
    evaluator.column(SignDegree(0.01, e) * n * b)
    assert len(known) == 2
    kept = dict(known)
    evaluator.start({**VALUES, "n": VALUES["n"][:1]})
    evaluator.column(SignDegree(0.01, e) * n)
    assert known == kept


def test_symbols_without_a_value():
    """No array: a single answer must be asked."""
    evaluator = Evaluator({}, {})
    evaluator.start(VALUES)
    with pytest.raises(NoArrayError, match="z"):
        evaluator.column(sympy.Symbol("z") + n)
