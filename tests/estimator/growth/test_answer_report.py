"""What `quledger.growth` gives: verdict, witness, formula, audit."""

import json

import pytest
import sympy
from qualtran.symbolics import ceil, log2

import quledger
from estimator.verdict import Verdict

N, k, t = (sympy.Symbol(name, positive=True) for name in ("N", "k", "t"))
eps = sympy.Symbol("eps", positive=True)


def test_a_witness_of_what_holds():
    """N log N <= 46/125 N**2 from e on, as log(N)/N <= 1/e < 0.368."""
    found = quledger.growth("N*log(N)", "O", "N**2", "N->oo")
    assert found.verdict is Verdict.HOLDS
    assert found.witness.constant == sympy.Rational(46, 125)
    assert found.witness.thresholds == {"N": sympy.E}
    assert found.witness.path is None
    (claim,) = found.witness.claims
    assert (claim.left, claim.right, claim.rate) == (N * sympy.log(N), N**2, 1)
    assert claim.steps == tuple(found.witness.steps)
    assert len(claim.steps) == 4


def test_a_witness_of_what_fails():
    """Along N = t, N log N is at most a multiple of t**(-1/2) N**2."""
    found = quledger.growth("N**2", "O", "N*log(N)", "N->oo")
    assert found.verdict is Verdict.FAILS
    assert found.witness.path == {"N": t}
    (claim,) = found.witness.claims
    assert claim.rate == 1 / sympy.sqrt(t)
    assert claim.left == t * sympy.log(t)


def test_what_is_undecided_has_no_witness():
    found = quledger.growth("f(N)", "O", "N", "N->oo")
    assert (found.verdict, found.witness, found.claims) == (Verdict.UNDECIDED, None, ())
    assert "overset{?}" in found.latex()


def test_several_claims_have_the_largest_constant_and_all_thresholds():
    """Both orders of N and 1/eps; of what vanishes the threshold is an upper bound."""
    f, g = "(N+1/eps)*log(N+1/eps)", "N*log(N)+log(1/eps)/eps"
    found = quledger.growth(f, "O", g, "N->oo, eps->0")
    constants = [claim.constant for claim in found.witness.claims]
    assert len(constants) == 2
    assert found.witness.constant == max(constants)
    assert found.witness.thresholds == {"N": sympy.exp(6), "eps": sympy.exp(-6)}


@pytest.mark.parametrize(
    ("asked", "typed"),
    [
        (N**2 + 3 * N, "N**2 + 3*N"),
        (4 * ceil(log2(N)) + N, "4*ceiling(log(N)/log(2)) + N"),
        (sympy.pi * N, "pi*N"),
        (0.5 * N, "N/2"),
        (sympy.Symbol("N") * 2, "2*N"),
        (7, "7"),
        (sympy.Max(N, 3), "Max(N, 3)"),
    ],
)
def test_an_expression_is_asked_as_it_is(asked, typed):
    """Of SymPy, of Qualtran, a number: the witness is that of the text."""
    one, two = (quledger.growth(each, "O", "N**2", "N->oo") for each in (asked, typed))
    assert one.verdict is two.verdict is Verdict.HOLDS
    assert one.witness.claims[0].left == two.witness.claims[0].left


def test_a_symbol_keeps_a_name_that_is_also_a_numbers():
    """E is a constant of the regime, and exp(1) is written another way."""
    found = quledger.growth(sympy.Symbol("E") * N * sympy.E, "O", "E*N", "N->oo, E const")
    assert found.verdict is Verdict.HOLDS
    assert found["f"].count("E") == 1
    assert "exp(1)" in found["f"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"f": None}, "an expression is a text, a number or of SymPy, got None"),
        ({"f": sympy.oo}, "must be a real number everywhere, got oo"),
        ({"f": sympy.I * N}, "must be a real number everywhere"),
        ({"f": [N]}, "an expression is a text, a number or of SymPy"),
        ({"patience": 0}, "patience must be a positive finite number of seconds, such as 3, got 0"),
        ({"patience": -1}, "got -1"),
        ({"patience": float("inf")}, "got inf"),
        ({"patience": float("nan")}, "got nan"),
        ({"patience": "3"}, "got '3'"),
        ({"patience": True}, "got True"),
        ({"patience": 10**400}, "patience must be a positive finite number"),
    ],
)
def test_what_is_no_question_is_refused(given, message):
    asked = {"f": "N", "relation": "O", "g": "N", "regime": "N->oo", **given}
    with pytest.raises(ValueError, match=message):
        quledger.growth(**asked)


def test_counts_are_asked_one_by_one():
    from qualtran.resource_counting import GateCounts

    with pytest.raises(ValueError, match="give one of its counts"):
        quledger.growth(GateCounts(t=3), "O", "N", "N->oo")


def test_patience_is_kept():
    """A thousandth of a second decides nothing that takes several, and 20 seconds do."""
    asked = ("(N+M+K)*log(N+M+K)", "O", "N*log(N)+M*log(M)+K*log(K)", "N->oo, M->oo, K->oo")
    found = quledger.growth(*asked, patience=0.001)
    assert found.verdict is Verdict.UNDECIDED
    assert found["reason"] == "the time allowed was not enough"


@pytest.mark.parametrize(
    ("asked", "parts"),
    [
        (
            ("N*log(N)", "o", "N**2", "N->oo"),
            [r"\in o\left(N^{2}\right)", r"\frac{1}{\sqrt{N}}", r"\text{for } N \ge e"],
        ),
        (
            ("N**2", "O", "N", "N->oo"),
            [r"\notin O", r"\text{along } N = t"],
        ),
        (("1 + eps", "Theta", "1", "eps->0"), [r"\in \Theta", r"eps \le 1"]),
        (
            ("(N+M)*log(N+M)", "O", "N*log(N)+M*log(M)", "N->oo, M->oo"),
            [r"\text{where } M \ge N", r"\text{where } N \ge M"],
        ),
        (("N**(2*k-1)", "O", "N**(k**2)", "N->oo, k const"), [r"\text{where k = 1 + k1"]),
    ],
)
def test_a_formula_for_a_paper(asked, parts):
    """The statement, every bound with its constant and thresholds; braces are closed."""
    found = quledger.growth(*asked)
    for text in (found.latex(), found._repr_latex_()):
        assert all(part in text for part in parts), text
        assert text.count("{") == text.count("}")
        assert text.count(r"\left") == text.count(r"\right")


def test_the_report_audits_itself():
    found = quledger.growth("N*log(N)", "O", "N**2", "N->oo").audit(points=20)
    assert found.passed
    assert found["audit"]["claims"] == 1
    assert found["audit"]["points"] >= 20


def test_json_has_the_sides_apart():
    """And what goes to zero beside the constant, where something does."""
    found = json.loads(json.dumps(quledger.growth("N", "o", "N**2", "N->oo").plain()))
    (row,) = found["witness"]
    assert (row["left"], row["right"], row["rate"]) == ("N", "N**2", "N**(-1)")
    assert row["claim"] == "|N| <= C*N**(-1)*|N**2|"


def test_it_prints_as_the_command_does():
    assert str(quledger.growth("N", "O", "N**2", "N->oo")).startswith("HOLDS  N = O(N**2)")
