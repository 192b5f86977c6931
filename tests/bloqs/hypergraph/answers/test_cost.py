"""Costs and bounds are those worked out by hand, for numbers and letters alike."""

from math import comb

import pytest
import sympy

import quledger
from bloqs.hypergraph.model.bounds import upper_bits_at_cut
from bloqs.hypergraph.symbols import GLOSSARY

NAMES = {symbol.name: symbol for symbol in GLOSSARY}


def cost(**given):
    return quledger.cost("hypergraph", **given).plain()


def rows(report, key, name):
    return {row[name]: row for row in report[key]}


def test_plain_qubits_at_order_two():
    """Theorem B is proved, exact up to one bit of the tracker of stabilizer states."""
    found = cost(n=64, k=2)
    bounds = rows(found, "bounds", "bound")
    assert (bounds["pauli"]["bits"], bounds["pauli"]["proved"]) == (2015, "yes")
    assumed = rows(found, "bound_assumptions", "bound")["pauli"]
    assert assumed["reads"] == "Pauli strings on at most 4 modes"
    assert "zero error" in assumed["assumptions"]
    assert "causal" in assumed["assumptions"]
    assert bounds["matching"]["bits"] == 2017
    memory = rows(found, "memory", "what")
    assert memory["classical, at the cut, at most"]["bits"] == 2015
    assert memory["classical, at all times, at most"]["bits"] == pytest.approx(2145, abs=0.5)
    assert memory["quantum, latent state"]["qubits"] == 64
    assert memory["quantum, with work qubits"]["qubits"] == 65
    tokens = rows(found, "tokens", "token")
    assert [tokens[x]["toffoli"] for x in ("W(e)", "MK(v;e)", "MP, 4 letters")] == [0, 0, 0]


def test_plain_qubits_from_order_three():
    """C(n,k) - 1 fails at the cut; Theorem C in groups of two qubits holds."""
    found = cost(n=200, k=3)
    bounds = rows(found, "bounds", "bound")
    assert bounds["paper"]["proved"] == "no: fails at the cut"
    assert bounds["paper"]["bits"] == comb(200, 3) - 1
    assert bounds["pauli"]["bits"] is bounds["field"]["bits"] is None
    assert bounds["field on qubits"]["bits"] == comb(100, 3) - 1
    assert bounds["matching"]["bits"] == 199 + comb(199, 2) + comb(199, 3) + 1
    assert bounds["uniform"]["constant_cell"] == bounds["matching"]["constant_cell"] == "no"
    memory = rows(found, "memory", "what")
    assert memory["classical, at the cut, at most"]["bits"] == comb(200, 3) - 2
    assert memory["classical control that names an edge"]["bits"] == 21
    assert memory["quantum, with work qubits"]["qubits"] == found["qubits"] == 202
    assert found["gates"]["toffoli"] == comb(200, 3) + 200
    tokens = rows(found, "tokens", "token")
    assert tokens["K_v, all edges at v"]["toffoli"] == 2 * comb(199, 2)
    assert tokens["K_v, all edges at v"]["constant"] == "no"
    assert tokens["exclusion on all modes"]["constant"] == "no"


@pytest.mark.parametrize(
    ("k", "m", "first", "first_weights", "toffoli"),
    [(2, 1, 4, 4, 0), (3, 2, 6, 5, 3), (4, 3, 7, 6, 12), (5, 3, 8, 7, 18), (6, 3, 8, 8, 24),
     (7, 4, 10, 9, 45), (8, 4, 10, 10, 54)],
)  # fmt: skip
def test_fields(k, m, first, first_weights, toffoli):
    """From which number of modes on bits exceed qubits, and what a write takes."""
    found = cost(n=2 * k, k=k, variant="field")
    bounds = rows(found, "bounds", "bound")
    assert found["settings"]["q"] == 2**m
    assert (bounds["field"]["first"], bounds["field-weights"]["first"]) == (first, first_weights)
    assert bounds["field-weights"]["bits"] == m * comb(2 * k, k) - 1
    token = rows(found, "tokens", "token")["W(e:c)"]
    assert token["toffoli"] == toffoli
    assert token["qubits"] == 2 * k * m + (k - 2) * m


@pytest.mark.parametrize(("k", "first"), [(2, 24), (3, 32), (4, 56), (5, 90), (6, 132)])
def test_theorem_e(k, first):
    assert rows(cost(n=200, k=k), "bounds", "bound")["uniform"]["first"] == first


def test_the_exclusion_of_twelve_qubits():
    """26 ladders of 11 ANDs, 52 writes of 20 edges of order three, 3 Toffolis each."""
    found = cost(n=20, k=3, variant="field")
    token = rows(found, "tokens", "token")["exclusion on 6 modes"]
    assert token["toffoli"] == 26 * 11 + 52 * 20 * 3
    assert token["rotations"] == 24
    notes = " ".join(found["model_notes"])
    assert "are 246 bits of classical control" in notes
    assert "3 Toffoli; by expansion into edges on qubits it takes 5 to 6" in notes


def test_an_exclusion_has_no_more_modes_than_there_are():
    """Five modes of two qubits: 26 ladders of 9 ANDs on them, and writes of ten edges."""
    found = cost(n=5, k=3, variant="field")
    token = rows(found, "tokens", "token")["exclusion on 5 modes"]
    assert token["toffoli"] == 26 * 9 + 52 * comb(5, 3) * 3
    assert "1 to 3 of 5 modes, are 150 bits" in " ".join(found["model_notes"])


def test_no_bound_of_no_bits_fails():
    """With one edge C(n,k) - 1 is 0, which no machine is below."""
    found = cost(n=4, k=4)
    paper = rows(found, "bounds", "bound")["paper"]
    assert (paper["bits"], paper["proved"]) == (0, "yes: one edge, 0 bits")
    assert "fail" not in " ".join(found["model_notes"])


@pytest.mark.parametrize(
    ("variant", "at"),
    [
        ("qubit", {"n": 12, "k": 3, "m": 2}),
        ("field", {"n": 9, "k": 4, "m": 3}),
        ("qumode", {"n": 7, "k": 3}),
    ],
)
def test_letters_give_the_numbers(variant, at):
    """Every formula of the tables, read back, at numbers."""
    sizes = {"l_w": 5, "l_r": 4, "L": 2, "d": 8, "b": 16, "w": 6, "g": 3}
    named = {"writes": 5, "reads": 4, "layers": 2, "width": 8, "precision": 16, "window": 6}
    letters = cost(variant=variant)
    numbers = cost(variant=variant, **{k: x for k, x in at.items() if k != "m"}, **named)
    known = {NAMES[name]: x for name, x in (sizes | at).items()}
    compared = 0
    for key, name in (("tokens", "token"), ("memory", "what"), ("bounds", "bound")):
        wanted = rows(numbers, key, name)
        for formulas in letters[key]:
            for column, formula in formulas.items():
                other = wanted[formulas[name]].get(column)
                if column in ("modes", "qubits", "bits", "toffoli", "measurements", "gates"):
                    is_cut = "at most" in formulas[name]  # a machine for numbers alone
                    if formula is None or other is None or is_cut or isinstance(other, str):
                        continue
                    value = sympy.sympify(formula, locals={**NAMES, "FieldProducts": lambda m: 6})
                    assert value.subs(known).doit() == other, (formulas[name], column)
                    compared += 1
    assert compared > 12


def test_squeezing():
    """Decibels for weights that differ by 1; a wider spacing needs less."""
    found = {row["k"]: row for row in cost(variant="qumode")["squeezing"]}
    assert [round(found[k]["decibels"], 1) for k in (2, 3, 4)] == [5.4, 6.3, 6.8]
    assert found[2]["constant"] == pytest.approx(3**0.5)
    (wide,) = cost(variant="qumode", k=2, delta=2)["squeezing"]
    assert wide["decibels"] == pytest.approx(found[2]["decibels"] - 3.01, abs=0.01)
    assert cost(variant="qumode", n=9, k=5)["squeezing"] == []


def test_caches_have_no_default():
    """Without a precision they are formulas in it."""
    unset = rows(cost(n=10, k=2), "memory", "what")
    assert unset["key-value cache"]["bits"] == "110*L*b*d"
    found = cost(n=10, k=2, layers=2, width=4, precision=8, window=5)
    memory = rows(found, "memory", "what")
    assert memory["key-value cache"]["bits"] == 2 * 2 * 4 * 8 * 55
    assert memory["cache of a window"]["bits"] == 2 * 2 * 4 * 8 * 5
    assert memory["one vector between encoder and decoder"]["bits"] == 32


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"n": 2, "k": 5}, "k is from 2 to n = 2, got 5"),
        ({"k": 1}, "k must be a whole number >= 2"),
        ({"q": 4}, "q belongs to --variant field, got q = 4 with qubit"),
        ({"variant": "field", "k": 4, "q": 4}, "at least q = 8 elements at k = 4, got 4"),
        ({"variant": "field", "q": 6}, "q must be a power of two"),
        ({"delta": 2}, "delta belongs to --variant qumode, got it with qubit"),
        ({"variant": "qumode", "delta": "nan"}, "delta must be a number > 0"),
        ({"variant": "qumode", "k": 5, "delta": 2}, "for k from 2 to 4, .* got k = 5"),
        (
            {"variant": "qumode", "rotation_error": 1e-6, "synthesis": "ancilla-free"},
            "no T gates and no qubits to price, got --rotation-error",
        ),
    ],
)
def test_refusals(given, problem):
    with pytest.raises(ValueError, match=problem):
        cost(**given)


def test_oscillators_have_nothing_to_draw(tmp_path):
    with pytest.raises(ValueError, match="hypergraph has no circuit here"):
        quledger.draw("hypergraph", tmp_path / "cost.svg", variant="qumode")
    quledger.draw("hypergraph", tmp_path / "cost.txt", kind="circuit", n=20, k=3)
    assert "1,140" in (tmp_path / "cost.txt").read_text()


@pytest.mark.parametrize("k", [2, 3, 4, 5, 12])
def test_what_a_machine_keeps_at_the_cut_in_letters(k):
    """The formula in n is the number, also where there are fewer edges than could be forgotten."""
    row = rows(cost(k=k), "memory", "what")["classical, at the cut, at most"]
    formula = sympy.sympify(row["bits"], {"binomial": sympy.binomial, "Max": sympy.Max, **NAMES})
    for n in (*range(k, 2 * k + 1), 5 * k):
        assert formula.subs(NAMES["n"], n) == upper_bits_at_cut(n, k)
