"""What a witness prints can be evaluated as it is printed, and is true where it is said to be."""

import json
import random
import re
from pathlib import Path

import mpmath
import pytest

from estimator.expressions.parse import parse_expression
from estimator.expressions.regime import parse_regime
from estimator.expressions.tree import names_in
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

NAMED = [
    ("C*N*log(N)**e", "O", "E*N**2", "N->oo, C const, e const, E const"),
    ("pi*C1*log(N)**2", "o", "N**C", "N->oo, C>1, C1 const, pi const"),
    ("t*N**2 + n*N", "O", "N*log(N)**t", "N->oo, t const, n const"),
    ("N*M", "O", "E*N**2/C + exp(2)*M**2", "N->oo, M->oo, C const, E const"),
    ("N*M**2", "O", "t*N + t1*M", "N->oo, M->oo, t const, t1 const"),
    ("exp(1)*N**E*log(N)", "O", "pi*N**(E + 1)", "N->oo, 1<E<2"),
    ("(e + 1)*N**(2*e)*exp(-N)", "o", "E/N", "N->oo, 0<e<=3"),
    ("log(log(N)**e + Y0*N)**2", "O", "E*N**(1/2)", "N->oo, e const, Y0 const"),
    ("C*sqrt(N*Y3 + 1)", "Theta", "sqrt(N)*E", "N->oo, C const, Y3 const, E>1/2"),
]
"""Questions whose symbols have names that are also given to other things."""

SKIPPED = ("binomial", "sin", "cos", "factorial", "gamma(", "exp(exp", "**2**", "**N**", "exp(2**")
TALL = re.compile(r"exp|\*\*\(?[^()]*[A-Z]")
"""An exponential, of which only moderate values can be computed."""
NUMBER = re.compile(r"(?<![\w.])\d+(\.\d+)?")
KNOWN = {name: getattr(mpmath, name) for name in ("log", "exp", "sqrt", "floor", "pi")}
KNOWN |= {
    "gamma": mpmath.gamma,
    "ceiling": mpmath.ceil,
    "Max": max,
    "max": max,
    "Min": min,
    "Abs": abs,
    "Mod": mpmath.fmod,
    "E": mpmath.e,
}


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
        claim = re.fullmatch(r"\|(.*)\| <= \w+\*(?:(.*)\*)?\|(.*)\|", part["claim"])
        news = re.findall(r"(\w+) > 0", part.get("case", ""))
        meant = [each.split(" = ") for each in re.split(r"[;,] ", part.get("case", ""))]
        for at in points(known, rng, 2 if TALL.search(f + g) else 12):
            at |= {name: mpmath.mpf(rng.uniform(0.05, 3)) for name in news}
            for name, of in (each for each in reversed(meant) if len(each) == 2):
                at[name] = value(of, at)
            conditions = [*part["thresholds"], *([part["where"]] if "where" in part else [])]
            if not all(value(each, at) for each in conditions):
                continue
            rate = value(claim[2], at) if claim[2] else 1
            left, right = abs(value(claim[1], at)), abs(value(claim[3], at))
            most = value(part["C"], at) * rate * right
            assert left <= most + (most + 1) * mpmath.mpf(10) ** -30, part
            one, two = (g, f) if part["side"] in ("Omega", "omega") else (f, g)
            one = f"{f} - ({g})" if part["side"] == "~" else one
            if part["side"].startswith("~O") or "polylog" in g:
                one, two = f, part["claim"].rpartition("*|")[2].strip("|")
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


def formulas(step):
    """The formulas of a printed step, and pairs of which the first is at most the second."""
    body, _, rule = step.partition("  [")
    if rule != "domination]":
        node, _, right = body.partition(" = ")
        main, _, blur = right.partition(" up to ")
        return [node, main, blur or "0"], [(f"Abs({node} - ({main}))", blur or "0")]
    claim, _, why = body.partition("  because ")
    pairs = [pair.split(" <= ") for pair in why.split("; ") if pair]
    return [*claim.split(" against "), *(x for pair in pairs for x in pair)], pairs


@pytest.mark.parametrize(("f", "relation", "g", "regime"), NAMED)
def test_no_name_means_two_things(f, relation, g, regime):
    """Claims and steps read back, and are true, with every symbol under its own name alone."""
    known, rng, tried = parse_regime(regime), random.Random(1), 0
    found = answer_as_json(decide(f, relation, g, regime))
    for part in found.get("witness") or found["path"]:
        news = re.findall(r"(\w+) > 0", part.get("case", ""))
        names = {*known.growing, *known.constants, *news}
        shapes = [parse_expression(x, frozenset(names)) for x in part.get("path", {}).values()]
        parameters = set().union(*map(names_in, shapes)) - names
        taken = frozenset(names | parameters)
        pairs = pairs_of(part, taken)
        for at in points(known, rng, 3):
            at |= {name: mpmath.mpf(rng.uniform(0.05, 3)) for name in news}
            for name, of in re.findall(r"(\w+) = ([^;,]+)", part.get("case", "")):
                at[name] = value(of, at)
            at |= {name: mpmath.mpf(10) ** rng.uniform(1, 4) for name in parameters}
            conditions = [*part["thresholds"], *([part["where"]] if "where" in part else [])]
            if all(value(each, at) for each in conditions):
                tried += 1
                with mpmath.workdps(60):
                    for small, large in pairs:
                        one, two = value(small, at), value(large, at)
                        room = (abs(two) + 1) * mpmath.mpf(10) ** -12
                        assert one <= two + room, (small, large, at)
    assert tried >= 5


def pairs_of(part, taken):
    """What a claim and its steps say, as pairs of which the first is at most the second.

    Formulas with atoms are left out; all others are read as if typed in.
    """
    left, right = re.sub(r"\|([^|]*)\|", r"Abs(\1)", part["claim"]).split(" <= ")
    bound, _, rest = right.partition("*")
    assert bound not in taken
    pairs = [(left, f"({part['C']})*{rest}")]
    for step in part["steps"]:
        if not re.search(r"\bY_*\d+ ?[:<]", step):
            inside, more = formulas(step)
            for formula in inside:
                assert names_in(parse_expression(formula, taken)) <= taken
            pairs += more
    return pairs


@pytest.mark.parametrize("every", [12, pytest.param(1, marks=pytest.mark.slow)])
def test_claims_are_true_as_printed(every):
    """Both sides are those of the question, and one is at most C times the other."""
    tried = 0
    with mpmath.workdps(150):
        for each in QUESTIONS[::every]:
            tried += audited(each["f"], each["relation"], each["g"], each["regime"])
    assert tried > 200
