"""An audit accepts answers as they are, and finds what is made wrong in them."""

import json
import random
import re
from pathlib import Path

import pytest

from estimator.growth.decide import decide
from estimator.growth.report import answer_as_json, answer_lines
from estimator.growth_audit.answer_file import answer_of
from estimator.growth_audit.examine import examine
from estimator.growth_audit.tally import Tally

QUESTIONS = (Path(__file__).parents[1] / "growth" / "questions.jsonl").read_text().splitlines()


def plain(f, relation, g, regime):
    found = answer_as_json(decide(f, relation, g, regime, patience=20))
    return {"regime": regime, **json.loads(json.dumps(found))}


def audited(answer, points=40):
    tally = Tally()
    examine(answer_of("it", answer), points, 0, tally)
    return tally


def rows(answer):
    return answer.get("witness") or answer.get("path") or answer["cases"]


TIGHT = ("3*N**2 + 5*N", "O", "N**2", "N->oo")
SERIES = ("log(N + 1)", "O", "log(N)", "N->oo")
TWO = ("N*M + log(N)", "O", "N*M", "N->oo, M->oo")
PATH = ("N**2", "O", "M**3", "N->oo, M->oo")
LITTLE = ("N*log(N)", "o", "N**2", "N->oo")
CASES = ("N**(2*k-1)", "O", "N**(k**2)", "N->oo, k const")
ORDERS = ("(N+M)*log(N+M)", "O", "N*log(N) + M*log(M)", "N->oo, M->oo")
BOTH = ("N + log(N)", "Theta", "2*N", "N->oo")
ATOMS = ("log(N + M + K)", "O", "log(N) + log(M) + log(K)", "N->oo, M->oo, K->oo")
LARGER = ("N*M", "omega", "N + M", "N->oo, M->oo")
ALIKE = ("N + log(N)", "~", "N", "N->oo")
SOFT = ("N*log(N)**2*log(1/eps)", "~O", "N", "N->oo, eps->0")
NAMED = ("N*log(N)", "O", "N*polylog(N)", "N->oo, M->oo")
NOT_SOFT = ("N*log(M)", "~O[N]", "N", "N->oo, M->oo")
WHOLE = ("exp(ceiling(N)**2)", "O", "exp(N**2)", "N->oo")
REST = ("N", "O", "Mod(N, 3) + log(N)", "N->oo")
WITHIN = ("log(1/eps)", "O", "t", "t->oo, eps->0, t >= log(1/eps)")
BELOW = ("N**2", "O", "N*b", "N->oo, b->oo, b <= N")
IFF = ("N**k", "O", "N", "N->oo, k const")
SMALL = ("exp(1/N) - 1", "Theta", "1/N", "N->oo")
FLOOR = ("N**2 + M**2", "O", "N**2 + M**2 - N*M", "N->oo, M->oo")


def swap(answer, field, old, new):
    """Another text in one place of a claim."""
    for row in rows(answer):
        for key in [field] if isinstance(row[field], str) else range(len(row[field])):
            home = row if isinstance(row[field], str) else row[field]
            if old in home[key]:
                home[key] = home[key].replace(old, new, 1)
                return
    raise AssertionError(f"{old} is not in {rows(answer)}")


def constant(answer, share):
    for row in rows(answer):
        row["C"] = f"({row['C']})*{share}"


PLANTED = {
    "a constant 1 % too small": (TIGHT, lambda x: constant(x, 0.99), "left side is larger"),
    "half a constant": (CASES, lambda x: constant(x, 0.5), "left side is larger"),
    "a threshold too low": (
        ("N + 100", "O", "N - 50", "N->oo"),
        lambda x: rows(x)[0].update(thresholds=["N >= 50"]),
        "left side is larger",
    ),
    "an error term dropped": (
        ("ceiling(N)", "O", "N", "N->oo"),
        lambda x: swap(x, "steps", " up to 1/2", ""),
        "step is false",
    ),
    "a coefficient changed": (
        TIGHT,
        lambda x: swap(x, "steps", "= 3*N**2 + 5*N ", "= 3*N**2 + 6*N "),
        "step is false",
    ),
    "a bound of an atom": (
        ATOMS,
        lambda x: swap(x, "steps", "<= N + M + K ", "<= N + M "),
        "step is false",
    ),
    "a floor too high": (
        FLOOR,
        lambda x: swap(x, "steps", ">= 1/2*N**2", ">= 2/3*N**2"),
        "step is false",
    ),
    "a reason that is false": (
        LITTLE,
        lambda x: swap(x, "steps", "<= ((1)/", "<= ((9/10)/"),
        "step is false",
    ),
    "a variable forgotten": (
        TWO,
        lambda x: swap(x, "claim", "*|N*M|", "*|N|"),
        "left side is larger|not what was asked",
    ),
    "a threshold forgotten": (
        TWO,
        lambda x: rows(x)[0]["thresholds"].pop(),
        "no threshold of N",
    ),
    "a path that stays": (
        PATH,
        lambda x: rows(x)[0]["path"].update(M="2 - 1/t"),
        "not what was asked|does not go to infinity",
    ),
    "a path without a variable": (
        PATH,
        lambda x: rows(x)[0]["path"].pop("M"),
        "path says nothing of M",
    ),
    "a path that is another": (
        PATH,
        lambda x: rows(x)[0]["path"].update(M="t**2"),
        "not what was asked",
    ),
    "a rate that grows": (
        LITTLE,
        lambda x: swap(x, "claim", "N**(-1/2)", "N**(1/2)"),
        "does not go to zero",
    ),
    "a rate left out": (
        LITTLE,
        lambda x: swap(x, "claim", "N**(-1/2)*", ""),
        "nothing beside C goes to zero",
    ),
    "a case left out": (CASES, lambda x: rows(x).pop(0), "no claim is about O for k"),
    "an order left out": (ORDERS, lambda x: rows(x).pop(), "no claim is about O for coordinates"),
    "a side left out": (BOTH, lambda x: rows(x).pop(), "no claim is about Omega"),
    "a case with another constant": (
        CASES,
        lambda x: swap(x, "case", "k = 1 + k1", "k = 2 + k1"),
        "not what was asked|no claim",
    ),
    "another question": (TIGHT, lambda x: x.update(f="4*N**2 + 5*N"), "not what was asked"),
    "another verdict": (
        TIGHT,
        lambda x: x.update(verdict="FAILS", path=x.pop("witness")),
        "path says nothing",
    ),
    "no claims": (TIGHT, lambda x: rows(x).clear(), "no claim is about O"),
    "a larger one half": (LARGER, lambda x: constant(x, 0.5), "left side is larger"),
    "a difference left out": (
        ALIKE,
        lambda x: swap(x, "claim", " - N|", "|"),
        "left side is larger",
    ),
    "another power of one logarithm": (
        SOFT,
        lambda x: swap(x, "claim", "log(1/eps)|", "log(1/eps)**4|"),
        "left side is larger",
    ),
    "a power of a variable as one of logarithms": (
        NAMED,
        lambda x: swap(x, "claim", "*|N*", "*|N**2*"),
        "not what was asked",
    ),
    "one power instead of every one": (
        NOT_SOFT,
        lambda x: rows(x)[0].update(case="p > 0"),
        "no power of logarithms",
    ),
    "points that are others": (
        WHOLE,
        lambda x: rows(x)[0].update(at="points where t is whole"),
        "not what was asked",
    ),
    "points left out": (WHOLE, lambda x: rows(x)[0].pop("at"), "not what was asked"),
    "an order that is stronger": (
        WITHIN,
        lambda x: rows(x)[0].update(where="t >= 1/eps"),
        "no claim is about O for coordinates",
    ),
    "a path that leaves the order": (
        BELOW,
        lambda x: x.update(regime="N->oo, b->oo, N <= b"),
        "leaves the order",
    ),
    "a condition that says more": (
        IFF,
        lambda x: x.update(condition="HOLDS iff k <= 2"),
        "condition is not what the cases say",
    ),
    "a condition without its end": (
        IFF,
        lambda x: x.update(condition="HOLDS iff k < 1"),
        "condition is not what the cases say",
    ),
    "a case of another verdict": (
        IFF,
        lambda x: rows(x)[0].update(verdict="FAILS"),
        "path says nothing",
    ),
    "what is between": (
        SMALL,
        lambda x: swap(x, "steps", " + 2*N**(-2)  [atom", " + 1/9*N**(-2)  [atom"),
        "step is false",
    ),
    "an unknown symbol": (TIGHT, lambda x: constant(x, "L"), "nothing is said of L"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_made_wrong_is_found(name):
    """The answer is true as it is, and what is wrong with the other is said."""
    question, spoil, why = PLANTED[name]
    answer = plain(*question)
    clean = audited(answer)
    assert clean.failures == []
    assert clean.evaluated == clean.claims > 0
    spoil(answer)
    (failure,) = audited(answer).failures
    assert re.search(why, failure.why), failure


def test_the_failure_has_a_point_and_both_sides():
    """At the threshold, where log(N)/N is largest: 1 > 0.99."""
    answer = plain("N*log(N)", "O", "N**2", "N->oo")
    assert rows(answer)[0]["C"] == "46/125"
    constant(answer, "0.99")
    (failure,) = audited(answer).failures
    assert failure.point["N"].startswith("2.71828")
    assert float(failure.left) > float(failure.right)


def number_changed(answer, chance):
    """A factor more in a formula of a claim, and one where that may be zero: another claim."""
    row = chance.choice(rows(answer))
    key = chance.choice([key for key in ("left", "steps", "path") if row.get(key)])
    if key == "left":
        _, left, rest = row["claim"].split("|", 2)
        row["claim"] = f"|2*({left}) + 1|{rest}"
    elif key == "steps":
        exact = [
            k
            for k, x in enumerate(row["steps"])
            if " = " in x and " up to " not in x and "[atom:" not in x
        ]
        if not exact:
            return False
        place = chance.choice(exact)
        head, _, rest = row["steps"][place].partition(" = ")
        body, _, rule = rest.rpartition("  [")
        if body in ("0", "Y0"):
            return False
        row["steps"][place] = f"{head} = 101/100*({body})  [{rule}"
    else:
        name = chance.choice(list(row["path"]))
        row["path"][name] = f"2*({row['path'][name]})"
    return True


@pytest.mark.parametrize("every", [15, pytest.param(1, marks=pytest.mark.slow)])
def test_the_share_of_random_corruptions_that_is_found(every):
    """At least nine of ten; the others double a path's variable that counts on no side."""
    chance, found, tried = random.Random(2), 0, 0
    for answer in answer_lines(QUESTIONS[::every]):
        if answer.get("verdict") not in ("HOLDS", "FAILS"):
            continue
        spoilt = json.loads(json.dumps(answer))
        if number_changed(spoilt, chance):
            tried += 1
            found += bool(audited(spoilt, 24).failures)
    assert tried >= 20
    assert found >= 0.9 * tried, (found, tried)
