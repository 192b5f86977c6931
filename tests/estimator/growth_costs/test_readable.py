"""Leading terms as a reader wants them."""

import pytest
import sympy

from estimator.expressions.parse import parse_expression
from estimator.expressions.regime import parse_regime
from estimator.expressions.text import text_of
from estimator.growth_costs import readable
from estimator.growth_costs.readable import found_leading, with_binary_logarithms, without_factors
from estimator.growth_numbers.number import UndecidedError
from estimator.symbols import asked

NAMES = frozenset("abcdkmnN")


@pytest.mark.parametrize(
    ("cost", "regime", "leading"),
    [
        ("Max(Max(n + 3, 2*m + 1), m + 5)", "n->oo, m->oo", "Max(n, 2*m)"),
        ("Max(8*log(N), 7*N/4 + 2*b, 3*b + log(N))", "N->oo, b->oo", "Max((7/4)*N + 2*b, 3*b)"),
        ("Max(a + 2, a + b - 7, b)", "a->oo, b->oo", "a + b"),
        ("N*Max(a + 1, b + 1)", "N->oo, a->oo, b->oo", "Max(a, b)*N"),
        ("Max(n, 5)", "n->oo", "n"),
        ("3*n**2 - n", "n->oo", "3*n**2"),
    ],
)
def test_a_largest_value_of_what_matters(cost, regime, leading):
    """Nested ones are one, constants and terms that another argument outgrows are left out."""
    found = found_leading(cost, parse_regime(regime))
    assert found.tree is not None
    assert (text_of(found.tree), found.is_exact) == (leading, True)


def test_no_exact_term_where_an_argument_has_none():
    """What is rounded is between multiples."""
    found = found_leading("Max(2**ceiling(log(n)/log(2)), m)", parse_regime("n->oo, m->oo"))
    assert not found.is_exact


@pytest.mark.parametrize(
    ("cost", "reason"),
    [
        (sympy.Sum(asked("j"), (asked("j"), 0, asked("n"))), "there is no rule for Sum"),
        (sympy.Function("f")(asked("n")) + 1, "there is no rule for f"),
    ],
)
def test_why_there_is_none(cost, reason):
    found = found_leading(cost, parse_regime("n->oo"))
    assert (found.tree, found.reason) == (None, reason)


def test_why_a_search_ends_is_a_reason(monkeypatch):
    """Such as the time."""

    def searching(cost, regime):
        raise UndecidedError("the time allowed was not enough")

    monkeypatch.setattr(readable, "leading_term", searching)
    found = found_leading("n", parse_regime("n->oo"))
    assert (found.tree, found.reason) == (None, "the time allowed was not enough")


@pytest.mark.parametrize(
    ("sum_", "kept"),
    [
        ("3*k*N**2 + 2*N", "N**2 + N"),
        ("2*N + 5*N", "N"),
        ("7*N", "N"),
    ],
)
def test_factors_that_stay(sum_, kept):
    tree = parse_expression(sum_, NAMES)
    assert text_of(without_factors(tree, parse_regime("N->oo, k const"))) == kept


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("7/log(2)*log(N)", "7*log2(N)"),
        ("1/log(2)*log(N)", "log2(N)"),
        ("3*b*log(2)**(-2)*log(N)**2 + N", "3*b*log2(N)**2 + N"),
        ("Max(log(N)/log(2), b)", "Max(log2(N), b)"),
        ("1/log(2)*log(N)**2", "1/log(2)*log(N)**2"),
        ("N/log(2)", "N/log(2)"),
    ],
)
def test_logarithms_to_base_2(formula, shown):
    """Only of the same power."""
    tree = parse_expression(formula, NAMES)
    assert text_of(with_binary_logarithms(tree)) == shown
