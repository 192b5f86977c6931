"""Conditional answers: the checker accepts every part that is shown, and nothing planted."""

from fractions import Fraction

import pytest

from estimator.growth.decide import decide
from estimator.growth_checker.answer import check_answer
from estimator.growth_checker.condition import check_condition
from estimator.growth_checker.number import WitnessError

K, AB = "N->oo, k const", "N->oo, a const, b const"
ONE = decide("N**k", "O", "N", K)
TWO = decide("N**a", "O", "N**b", AB)
THETA = decide("N**sqrt(a*b)", "Theta", "N**((a + b)/2)", AB)
ENDS = decide("N**k", "o", "N**3", "N->oo, k<=3")
MEANS = decide("N**(2*a*b/(a + b))", "O", "N**((a + b)/2)", AB)

a, b, n = ("x", "a"), ("x", "b"), ("x", "N")


def number(value):
    return ("q", Fraction(value))


def verify(answer, parts):
    check_condition(answer.f, answer.relation, answer.g, answer.regime, parts)


def accepts(answer, parts):
    try:
        verify(answer, parts)
    except WitnessError:
        return False
    return True


@pytest.mark.parametrize("answer", [ONE, TWO, THETA, ENDS])
def test_conditions_are_accepted(answer):
    verify(answer, answer.condition.parts)


def divided(answer, value=None, name=None, parts=None):
    """The first part, divided elsewhere or with other parts."""
    (part,) = answer.condition.parts
    old_name, old_value = part["divided"]
    where = (name or old_name, value or old_value)
    return ({"divided": where, "parts": part["parts"] if parts is None else parts},)


def parts_of(answer):
    return answer.condition.parts[0]["parts"]


def said(part, verdict):
    return {**part, "verdict": verdict}


below, at, above = parts_of(ONE)
low, same, high = parts_of(TWO)
PLANTED = {
    "below is said to fail": (ONE, divided(ONE, parts=(said(below, "fails"), at, above))),
    "above is said to hold": (ONE, divided(ONE, parts=(below, at, said(above, "holds")))),
    "the value is said to fail": (ONE, divided(ONE, parts=(below, said(at, "fails"), above))),
    "all is said to hold": (ONE, divided(ONE, parts=(below, at, said(above, "holds")))),
    "the cases are turned round": (ONE, divided(ONE, parts=(above, at, below))),
    "above is left out": (ONE, divided(ONE, parts=(below, at))),
    "the value is left out": (ONE, divided(ONE, parts=(below, above))),
    "above is below again": (ONE, divided(ONE, parts=(below, at, below))),
    "divided further on": (ONE, divided(ONE, value=number(2))),
    "divided at zero": (ONE, divided(ONE, value=number(0))),
    "divided below zero": (ONE, divided(ONE, value=number(-1))),
    "divided at a variable": (ONE, divided(ONE, value=n)),
    "a variable is divided": (ONE, divided(ONE, name="N")),
    "divided at itself": (TWO, divided(TWO, value=a)),
    "divided at a multiple": (TWO, divided(TWO, value=("*", number(2), b))),
    "divided at an unknown constant": (TWO, divided(TWO, value=("x", "z"))),
    "divided at what may be negative": (TWO, divided(TWO, value=("+", b, number(-1)))),
    "the other constant is divided": (TWO, divided(TWO, name="b", value=a)),
    "below from another answer": (TWO, divided(TWO, parts=(below, same, high))),
    "below and above change places": (TWO, divided(TWO, parts=(high, same, low))),
    "equal is said to fail": (TWO, divided(TWO, parts=(low, said(same, "fails"), high))),
    "one part alone": (TWO, (low,)),
    "no part": (TWO, ()),
    "a part twice": (TWO, (*TWO.condition.parts, *TWO.condition.parts)),
    "a further key": (TWO, ({**TWO.condition.parts[0], "verdict": "holds"},)),
    "equal means are said to differ": (
        THETA,
        divided(THETA, parts=(parts_of(THETA)[0], parts_of(THETA)[0], parts_of(THETA)[2])),
    ),
    "another verdict": (TWO, divided(TWO, parts=(said(low, "undecided"), same, high))),
    "the end is left out": (ENDS, ENDS.condition.parts[:1]),
    "the end is said to hold": (
        ENDS,
        (ENDS.condition.parts[0], said(ENDS.condition.parts[1], "holds")),
    ),
    "the end comes first": (ENDS, ENDS.condition.parts[::-1]),
}


@pytest.mark.parametrize("what", PLANTED)
def test_what_is_planted_is_refused(what):
    """One place changed, and the whole answer is refused."""
    answer, parts = PLANTED[what]
    assert not accepts(answer, parts)


@pytest.mark.parametrize("verdict", ["holds", "fails"])
@pytest.mark.parametrize("answer", [ONE, TWO, THETA, ENDS])
def test_a_condition_is_no_answer_for_all_constants(answer, verdict):
    """Neither as it is nor with the witnesses alone."""

    def plain(part):
        if "divided" not in part:
            return part["witness"]
        return {**part, "parts": tuple(map(plain, part["parts"]))}

    for witness in (answer.condition.parts, tuple(map(plain, answer.condition.parts))):
        with pytest.raises(WitnessError):
            check_answer(answer.f, answer.relation, answer.g, answer.regime, verdict, witness)


def test_an_answer_for_all_constants_is_no_condition():
    """It has one verdict."""
    (part,) = MEANS.witness
    inner = tuple({"verdict": "holds", "witness": each} for each in part["parts"])
    with pytest.raises(WitnessError, match="does not depend"):
        verify(MEANS, ({"divided": part["divided"], "parts": inner},))


@pytest.mark.parametrize(
    "value", [("*", number(2), b), ("+", a, b), ("^", b, number(2)), number(1), ("x", "z"), n, a]
)
def test_means_divided_elsewhere_are_refused(value):
    """The inequality of two means is shown where one number is below, at and above the other."""
    (part,) = MEANS.witness
    check_answer(MEANS.f, "O", MEANS.g, MEANS.regime, "holds", MEANS.witness)
    with pytest.raises(WitnessError):
        check_answer(
            MEANS.f, "O", MEANS.g, MEANS.regime, "holds", ({**part, "divided": ("a", value)},)
        )
