"""Costs that growth is asked of, and what their symbols do."""

import pytest
import sympy

from estimator.growth_costs.of_costs import (
    costs_of,
    plainly_named,
    regime_of,
    regime_parts,
    with_definitions,
)
from estimator.report.model import Report
from estimator.report.parts import Column, Fact, Facts, Table
from estimator.symbols import asked, bare

N, m, x = asked("N"), asked("m"), asked("x")

REPORT = Report(
    title="toy",
    settings={},
    parts=[
        Facts(
            key="facts",
            rows=[Fact(key="ancillas", value=m), Fact(key="alpha", value=x)],
        ),
        Facts(
            key="gates",
            rows=[Fact(key="toffoli", value=2 * N), Fact(key="t_count", value=8 * N)],
        ),
        Fact(key="toffoli_depth", value=N),
        Fact(key="qubits", value=m + 1),
        Facts(key="queries", rows=[Fact(key="matrix", value=N)]),
        Facts(key="communication", rows=[Fact(key="rounds", value=3)]),
        Facts(
            key="ways",
            rows=[Fact(key="shots", value=N**2), Fact(key="from", value="a form")],
            grows="sampled, ",
        ),
        Table(
            key="memory",
            columns=[Column(key="what"), Column(key="bits", label="bits, at least")],
            rows=[{"what": "cut", "bits": N**3}, {"what": "none", "bits": None}],
            grows=("what", "bits"),
        ),
        Table(key="other", columns=[Column(key="a")], rows=[{"a": N**4}]),
    ],
)


def test_gates_depth_qubits_queries_messages_and_what_a_system_names():
    """T in all is left out, as are words, other facts and other tables."""
    assert costs_of(REPORT) == {
        "Toffoli and AND": 2 * N,
        "Toffoli depth": N,
        "qubits": m + 1,
        "calls of matrix": N,
        "rounds": 3,
        "sampled, shots": N**2,
        "cut, bits, at least": N**3,
    }


def test_facts_that_are_costs_besides():
    assert costs_of(REPORT, ["ancillas"])["ancillas"] == m
    assert "alpha" not in costs_of(REPORT, ["ancillas"])


def test_names_that_growth_can_read():
    """No two symbols get one name, in costs and definitions alike."""
    one, two = bare("C_{JA}"), bare("C_JA")
    costs, known = plainly_named({"cost": one + two}, {"R": one})
    assert costs["cost"] == bare("C_JA_") + two
    assert known["R"] == bare("C_JA_")


@pytest.mark.parametrize(
    ("kept", "expected"),
    [((), 4 * N**2 + 1), (("m",), m**2 + 1), (("x",), x)],
)
def test_definitions_are_put_in_to_the_last(kept, expected):
    definitions = {"x": m**2 + 1, "m": 2 * N}
    assert sympy.expand(with_definitions(x, definitions, kept) - expected) == 0


def test_an_inverse_cosh_is_a_logarithm():
    found = with_definitions(sympy.acosh(x), {}, ())
    assert float(found.subs(x, 3)) == pytest.approx(1.762747174039086, abs=1e-12)


@pytest.mark.parametrize(
    ("symbol", "does"),
    [
        (sympy.Symbol("n", integer=True, positive=True), "n->oo"),
        (bare("n"), "n->oo"),
        (sympy.Symbol("epsilon", positive=True), "epsilon->0"),
        (sympy.Symbol("kappa", positive=True), "kappa const"),
    ],
)
def test_what_a_symbol_does_where_nothing_is_said(symbol, does):
    assert regime_of([symbol]) == does


@pytest.mark.parametrize(
    ("regime", "parts"),
    [
        ("N->oo, eps->0", {"N": "N->oo", "eps": "eps->0"}),
        ("k>1, k<=2", {"k": "k>1, k<=2"}),
        ("0<k<1", {"k": "0<k<1"}),
        ("d=log(N, 2), N->oo", {"d": "d=log(N, 2)", "N": "N->oo"}),
        ("k const; N->oo", {"k": "k const", "N": "N->oo"}),
    ],
)
def test_a_regime_by_symbol(regime, parts):
    assert regime_parts(regime) == parts
