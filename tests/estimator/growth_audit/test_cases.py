"""Cases that leave a constant out are noticed."""

from random import Random

import pytest

from estimator.expressions.regime import parse_regime
from estimator.growth_audit.cases import gap_in, matches
from estimator.growth_audit.claims import claim_of
from estimator.growth_audit.orders import NUMBERS


def claims(*cases):
    row = {"side": "O", "claim": "|N| <= C*|N|", "C": "1"}
    return [claim_of({**row, "case": case}, frozenset({"N", "k", "j"})) for case in cases]


BELOW, AT, ABOVE = "k = k1/(1 + k1), k1 > 0", "k = 1", "k = 1 + k1, k1 > 0"
INSIDE = "k = 1 + 2*k1/(1 + k1), k1 > 0"


@pytest.mark.parametrize(
    ("regime", "cases", "missing"),
    [
        ("k const", [BELOW, AT, ABOVE], False),
        ("k const", [BELOW, ABOVE], True),
        ("k const", [BELOW, AT], True),
        ("k const", [AT, ABOVE], True),
        ("0<k<=1", [BELOW, AT], False),
        ("0<k<=1", [BELOW], True),
        ("1<k<3", [INSIDE], False),
        ("1<k<4", [INSIDE], True),
        ("1<k<3", ["k = 1 + k2, k2 > 0; k2 = 2*k1/(1 + k1), k1 > 0"], False),
        ("k const, j const", ["k = j*k1/(1 + k1), k1 > 0", "k = j", "k = j + k1, k1 > 0"], False),
        ("k const, j const", ["k = j*k1/(1 + k1), k1 > 0", "k = j"], True),
        ("k const", [""], False),
    ],
)
def test_what_cases_leave_out(regime, cases, missing):
    """Also the single value 1 above an end, which is always tried."""
    known = parse_regime(f"N->oo, {regime}")
    found = gap_in(claims(*cases), ("O",), False, known, Random(0), 40)
    assert bool(found) is missing


@pytest.mark.parametrize(
    ("case", "value", "fits"), [(BELOW, 0.5, True), (BELOW, 1.5, False), (AT, 1, True)]
)
def test_a_constant_is_in_a_case(case, value, fits):
    (claim,) = claims(case)
    assert matches(claim, {"k": NUMBERS.mpf(value)}) is fits
