"""Conditions: what they say is so at every number that is put for the constants."""

import json
import re
from fractions import Fraction
from itertools import product

import pytest
import sympy
from typer.testing import CliRunner

from estimator import cli
from estimator.expressions.regime import parse_regime
from estimator.growth.condition import Condition, conditional_lines
from estimator.growth.decide import decide
from estimator.verdict import Verdict

K, AB = "N->oo, k const", "N->oo, a const, b const"
ABC = "N->oo, a const, b const, c const"
POINTS = tuple(map(Fraction, ("1/4", "1/2", "1", "3/2", "2", "5/2", "3", "6")))
QUESTIONS = [
    ("N**k", "O", "N", K),
    ("N**(k**2)", "O", "N**(3*k - 2)", K),
    ("N**(k**2)", "Omega", "N**(3*k - 2)", K),
    ("1/((k - 2)*N + 1)", "O", "1/N", K),
    ("N**((k - 1)*(k - 2)*(k - 3))", "O", "1", K),
    ("N**a", "o", "N**b", AB),
    ("N**a", "O", "N**(b + 1)", AB),
    ("N**(a**2 + 2*b**2)", "O", "N**(3*a*b)", AB),
    ("N**abs(a - b)", "O", "N**b", AB),
    ("N**sqrt(a*b)", "Theta", "N**((a + b)/2)", AB),
    ("N**a*log(N)", "O", "N**b", AB),
    ("N**(a*b)", "O", "N**(a + b)", AB),
    ("N**a", "O", "N**Max(b, c)", ABC),
    ("N**c", "O", "N**(a + b)", ABC),
]


def agrees(text, values):
    """Whether a condition is met by numbers."""
    assert text.startswith("HOLDS iff ")
    said = text.removeprefix("HOLDS iff ").replace(" = ", " == ")
    names = {name: sympy.Rational(str(value)) for name, value in values.items()}
    return bool(eval(said, {"__builtins__": {}}, {**names, "sqrt": sympy.sqrt}))


def with_numbers(text, values):
    """A formula with numbers for constants."""
    return re.sub(r"\b[abck]\b", lambda found: f"({values[found[0]]})", text)


@pytest.mark.parametrize(("f", "relation", "g", "regime"), QUESTIONS)
def test_a_condition_is_met_where_the_claim_holds(f, relation, g, regime):
    """Numbers in the place of the constants: the claim then holds, or fails, as was said."""
    answer = decide(f, relation, g, regime)
    assert answer.verdict is Verdict.UNDECIDED
    answer.check()
    names = re.findall(r"(\w) const", regime)
    few = POINTS if len(names) < 3 else POINTS[1::2]
    for point in list(product(few, repeat=len(names)))[:: 3 if len(names) > 1 else 1]:
        values = dict(zip(names, point, strict=True))
        one, two = (with_numbers(side, values) for side in (f, g))
        found = decide(one, relation, two, "N->oo").verdict
        assert found is (
            Verdict.HOLDS if agrees(answer.condition.text, values) else Verdict.FAILS
        ), values


@pytest.mark.parametrize(
    ("f", "relation", "g", "regime", "text"),
    [
        ("N**k", "o", "N**3", "N->oo, k<=3", "HOLDS iff k < 3"),
        ("N**k", "O", "N**(3/2)", "N->oo, 1<k<=2", "HOLDS iff k <= 3/2"),
        ("N**k", "O", "1", "N->oo, -1<=k<=1", "HOLDS iff k <= 0"),
        ("N**k", "O", "N", "N->oo, 1<=k<=2", "HOLDS iff k = 1"),
        ("N**k", "Omega", "N", "N->oo, 0<=k<=1", "HOLDS iff k = 1"),
        ("N**a", "O", "N**b", "N->oo, a>1, b>2", "HOLDS iff a <= b"),
    ],
)
def test_intervals_of_constants(f, relation, g, regime, text):
    """End points that belong to an interval, and others."""
    assert decide(f, relation, g, regime).condition.text == text


def test_many_cases_are_listed():
    """Where one line would not do: holds from 1 to 2, 3 to 4, 5 to 6, and so on."""
    part = {"verdict": "fails", "witness": None}
    for place in range(8):
        inner = {"verdict": ("holds", "fails")[place % 2], "witness": None}
        at = {"verdict": "holds", "witness": None}
        part = {"divided": ("k", ("q", Fraction(1))), "parts": (inner, at, part)}
    lines = Condition(parse_regime(K), (part,)).lines()
    assert lines[0] == "HOLDS if 1 <= k <= 2"
    assert "FAILS if k < 1" in lines
    head, *rest = conditional_lines(Condition(parse_regime(K), (part,)), "f = O(g)")
    assert head == "HOLDS for some constants, FAILS for others   f = O(g)"
    assert rest == [f"  {line}" for line in lines]


def test_answers_for_all_constants_have_no_condition():
    """HOLDS and FAILS are for all constants."""
    for g in ("N**(k + 1)", "N**(k/2)"):
        answer = decide("N**k", "O", g, K)
        assert answer.condition is None
        assert answer.verdict is not Verdict.UNDECIDED


def test_the_command_says_the_condition_first():
    """Then both directions' witnesses; exit status 1, with JSON as well."""
    words = ["growth", "N**a", "N**b", "--regime", AB]
    found = CliRunner().invoke(cli.app, words)
    lines = found.stdout.splitlines()
    assert found.exit_code == 1
    assert lines[0] == "HOLDS iff a <= b   N**a = O(N**b)   [N->oo, a const, b const]"
    assert lines[1:3] == ["  HOLDS:", "  case b = a + b1, b1 > 0:"]
    assert "  |N**a| <= 1 * |N**(a + b1)|" in lines
    assert lines.index("  FAILS:") < lines.index("  case a = b + a1, a1 > 0:")
    printed = CliRunner().invoke(cli.app, [*words, "--json"])
    plain = json.loads(printed.stdout)
    assert printed.exit_code == 1
    assert (plain["condition"], plain["verdict"]) == ("HOLDS iff a <= b", "UNDECIDED")
    assert [each["verdict"] for each in plain["cases"]] == ["HOLDS", "HOLDS", "FAILS"]
