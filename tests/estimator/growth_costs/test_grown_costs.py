"""Costs in the regime of a paper, beside what it prints."""

import pytest
import sympy

from estimator.ask.grown import Growth, Published, StandsFor
from estimator.growth_costs.grown_costs import GrownCosts, from_above
from estimator.symbols import asked
from estimator.verdict import Verdict

N, b, d, e, m = map(asked, ("N", "b", "d", "epsilon", "m"))


def published(formula, **more):
    return Published(formula=formula, source="[AG26] Sec. 1", **more)


def line_of(cost, growth, named=None, definitions=None):
    costs = {"cost": sympy.sympify(cost)}
    return GrownCosts.of(costs, definitions or {}, growth, named).line("cost")


@pytest.mark.parametrize(
    ("formula", "within"),
    [("N", "HOLDS"), ("N*log(N)", "HOLDS"), ("sqrt(N)", "FAILS")],
)
def test_whether_a_cost_is_within_what_is_printed(formula, within):
    """A symbol is a coupling of the regime."""
    growth = Growth(regime="N->oo, m=log(N)/log(2)", published={"cost": published(formula)})
    found = line_of(3 * 2**m + m, growth)
    assert (found.leading, found.relation, found.within.name) == ("3*N", "~", within)


def test_definitions_are_put_in_unless_the_regime_speaks_of_them():
    growth = Growth(regime="N->oo, d->oo")
    assert line_of(m * d, growth, None, {"m": N**2, "d": N}).leading == "N**2*d"


def test_nothing_is_put_in_where_nothing_is_declared():
    found = GrownCosts.of({"cost": m * N}, {"m": N}, None, "N->oo, m->oo")
    assert found.line("cost").leading in ("m*N", "N*m")


@pytest.mark.parametrize(
    ("named", "leading"),
    [(None, "N*b"), ("b const", "(2 + 2*b)*N"), ("N const", "2*N*b"), ("b=log(N)", "2*N*log(N)")],
)
def test_a_regime_that_is_named_comes_first(named, leading):
    """What it leaves out is as declared; what is printed is about the paper's regime alone."""
    growth = Growth(regime="N->oo, b->oo", published={"cost": published("N")})
    found = line_of(2 * N * (b + 1), growth, named)
    assert sorted(found.leading) == sorted(leading if named else "2*N*b")
    assert (found.published is None) == (named is not None)


def test_what_a_paper_does_not_count_is_fixed_where_costs_are_compared():
    growth = Growth(regime="N->oo, b->oo", fixed="b const", published={"cost": published("N")})
    found = line_of(N * b, growth)
    assert (sorted(found.leading), found.within) == (sorted("N*b"), Verdict.HOLDS)
    strict = Growth(regime="N->oo, b->oo", published={"cost": published("N")})
    assert line_of(N * b, strict).within is Verdict.FAILS


STANDS = StandsFor(names=("d", "m"), at_most="log(1/epsilon)", says="degrees", least=3)


@pytest.mark.parametrize(
    ("cost", "formula", "leading", "within"),
    [
        (2 * N * d - 5 * d, "N*log(1/epsilon)", "N*log(1/epsilon)", "HOLDS"),
        (N * d * m - m, "N*log(1/epsilon)**2", "N*log(1/epsilon)**2", "HOLDS"),
        (N * d, "sqrt(N)*log(1/epsilon)", "N*log(1/epsilon)", "FAILS"),
        (N * d, "N", "N*log(1/epsilon)", "UNDECIDED"),
    ],
)
def test_a_bound_stands_for_what_a_search_finds(cost, formula, leading, within):
    """It fails only if it does with the least degrees too: a bound alone shows no failure."""
    growth = Growth(
        regime="N->oo, epsilon->0", stands=(STANDS,), published={"cost": published(formula)}
    )
    found = line_of(cost, growth)
    assert (found.leading, found.relation, found.within.name) == (leading, "O", within)


def test_a_bound_stands_for_a_function():
    growth = Growth(
        regime="N->oo, epsilon->0",
        stands=(StandsFor(names=("Runs",), at_most="log(1/epsilon)", says="runs"),),
    )
    assert line_of(N * sympy.Function("Runs")(e), growth).leading == "N*log(1/epsilon)"


@pytest.mark.parametrize(
    ("cost", "within"),
    [(sympy.log(N) ** 3, "HOLDS"), (sympy.sqrt(N), "FAILS"), (sympy.log(N) ** 50, "UNDECIDED")],
)
def test_a_power_that_is_not_printed(cost, within):
    """It holds for one that is large enough, and fails for none at all."""
    growth = Growth(regime="N->oo", published={"cost": published("log(N)**p", power="p")})
    assert line_of(cost, growth).within.name == within


@pytest.mark.parametrize(("cost", "within"), [(N**2, "HOLDS"), (sympy.sqrt(N), "FAILS")])
def test_a_lower_bound(cost, within):
    growth = Growth(regime="N->oo", published={"cost": published("N", relation="Omega")})
    assert line_of(cost, growth).within.name == within


@pytest.mark.parametrize(
    ("cost", "above"),
    [
        (3 * N - 2 * m, 3 * N),
        (N * (m - 1), N * m),
        (2**m * N - 2**m, 2**m * N),
        (sympy.Max(N - 1, m - 2), sympy.Max(N, m)),
        (N - sympy.log(e), N - sympy.log(e)),
    ],
)
def test_from_above(cost, above):
    """What may be of either sign stays."""
    assert sympy.expand(from_above(cost) - above) == 0


def test_numbers_and_what_grows():
    found = GrownCosts.of({"one": sympy.Integer(7), "two": N}, {})
    assert (list(found.plain), list(found.growing)) == (["one"], ["two"])


def test_a_regime_that_is_not_understood():
    with pytest.raises(ValueError, match="a regime is made of"):
        GrownCosts.of({"cost": N}, {}, None, "N up")
