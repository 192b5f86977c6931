"""What a witness prints can be evaluated as it is printed, and is true where it is said to be."""

import json
import random
import re
from pathlib import Path

import mpmath
import pytest

from estimator.expressions.regime import parse_regime
from estimator.growth.decide import decide
from estimator.growth.report import answer_as_json

QUESTIONS = [
    json.loads(line)
    for line in (Path(__file__).parent / "questions.jsonl").read_text().splitlines()
]
SPLIT = [
    ("(N+1/eps)*log(N+1/eps)", "O", "N*log(N)+log(1/eps)/eps", "N->oo, eps->0"),
    ("log(1/eps)/eps", "o", "1/eps**2", "eps->0"),
    ("1/(1-eps) - 1", "O", "eps", "eps->0"),
    ("N**(2*k-1)", "O", "N**(k**2)", "N->oo, k const"),
    ("N**k*log(N)", "O", "N**(k+1)", "N->oo, 1<k<3"),
    ("N*log(N) + M*log(M)", "Theta", "(N + M)*log(N + M)", "N->oo, M->oo"),
]
"""Questions whose cases are split, rewritten, or about a constant in an interval."""

SKIPPED = ("binomial", "sin", "cos", "factorial", "gamma(", "exp(exp", "**2**", "**N**", "exp(2**")
TALL = re.compile(r"exp|\*\*\(?[^()]*[A-Z]")
"""An exponential, of which only moderate values can be computed."""
NUMBER = re.compile(r"(?<![\w.])\d+(\.\d+)?")
KNOWN = {name: getattr(mpmath, name) for name in ("log", "exp", "sqrt", "floor", "pi")}
KNOWN |= {"ceiling": mpmath.ceil, "Max": max, "max": max, "Min": min, "Abs": abs, "E": mpmath.e}


def value(text, at):
    """A printed expression or condition at a point, with exact fractions."""
    exact = NUMBER.sub(lambda found: f"_exact('{found[0]}')", text)
    return eval(exact, {"__builtins__": {}}, {**KNOWN, "_exact": mpmath.mpf, **at})


def points(regime, rng, far):
    """Values of all symbols, up to ten to a power."""
    for _ in range(20):
        at = {x: mpmath.mpf(10) ** rng.uniform(0, far) for x in regime.growing}
        at |= {x: mpmath.mpf(10) ** -rng.uniform(0, far) for x in regime.vanishing}
        for name, (low, high) in regime.constants.items():
            span = 4 if high is None else float(high - low)
            at[name] = mpmath.mpf(float(low)) + span * rng.uniform(0.01, 0.99)
        yield at


def audited(f, relation, g, regime):
    """Points at which a claim of the answer was tried; every one of them holds there."""
    known, rng, tried = parse_regime(regime), random.Random(0), 0
    found = answer_as_json(decide(f, relation, g, regime))
    if known.coupled or any(word in f + g for word in SKIPPED):
        return 0
    for part in found.get("witness", []):
        claim = re.fullmatch(r"\|(.*)\| <= C\*(?:.*\*)?\|(.*)\|", part["claim"])
        falling = part["claim"].split(" <= C*")[1].split("|")[0].rstrip("*")
        news = re.findall(r"(\w+) > 0", part.get("case", ""))
        meant = [each.split(" = ") for each in re.split(r"[;,] ", part.get("case", ""))]
        for at in points(known, rng, 2 if TALL.search(f + g) else 12):
            at |= {name: mpmath.mpf(rng.uniform(0.05, 3)) for name in news}
            for name, of in (each for each in reversed(meant) if len(each) == 2):
                at[name] = value(of, at)
            conditions = [*part["thresholds"], *([part["where"]] if "where" in part else [])]
            if not all(value(each, at) for each in conditions):
                continue
            rate = value(falling, at) if falling else 1
            left, right = abs(value(claim[1], at)), abs(value(claim[2], at))
            most = value(part["C"], at) * rate * right
            assert left <= most + (most + 1) * mpmath.mpf(10) ** -30, part
            one, two = (f, g) if part["side"] != "Omega" else (g, f)
            for said, asked in ((left, one), (right, two)):
                text = re.sub(r"log\(([^(),]+), ?2\)", r"(log(\1)/log(2))", asked)
                if "log2" not in text and ", 2)" not in text:
                    assert mpmath.almosteq(said, abs(value(text, at)), 1e-25), (part, asked)
            tried += 1
    return tried


@pytest.mark.parametrize(("f", "relation", "g", "regime"), SPLIT)
def test_split_and_rewritten_cases_are_true_as_printed(f, relation, g, regime):
    with mpmath.workdps(150):
        assert audited(f, relation, g, regime) >= 5


@pytest.mark.parametrize("every", [12, pytest.param(1, marks=pytest.mark.slow)])
def test_claims_are_true_as_printed(every):
    """Both sides are those of the question, and one is at most C times the other."""
    tried = 0
    with mpmath.workdps(150):
        for each in QUESTIONS[::every]:
            tried += audited(each["f"], each["relation"], each["g"], each["regime"])
    assert tried > 200
