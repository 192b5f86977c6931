"""The checker of growth witnesses: alone it accepts what is true, and nothing that is not."""

import ast
import sys
from fractions import Fraction
from pathlib import Path

import pytest
import sympy
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from estimator.expressions.tree import call, plus, raised, times, whole
from estimator.growth import sides
from estimator.growth.decide import decide
from estimator.growth_checker.answer import check_answer
from estimator.growth_checker.check import check_claim
from estimator.growth_checker.number import WitnessError
from estimator.growth_numbers import sign
from estimator.growth_numbers.number import UndecidedError
from estimator.verdict import Verdict

SEARCH = ("estimator.growth.", "estimator.growth_numbers.")
FOLDER = Path(__file__).parents[3] / "estimator"
SHARED = {
    "estimator.expressions.regime": {"Regime"},  # what was said of every symbol
    "estimator.symbols": {"asked"},  # a symbol of SymPy, by its name
}
"""What the checker takes from elsewhere: how a question is written down, and no more."""

N = ("x", "N")
LOG = call("log", N)
KEY, LOG_KEY = ("v", "N", 0), ("v", "N", 1)
ONE = Fraction(1)


def imported(path):
    """Names that a file imports from our modules, by module."""
    found = {}
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module.startswith("estimator"):
            found.setdefault(node.module, set()).update(alias.name for alias in node.names)
        if isinstance(node, ast.Import):
            assert not any(alias.name.startswith("estimator") for alias in node.names), path
    return found


def test_the_checker_shares_nothing_with_the_search():
    """It imports its own modules, the record of a regime, the symbols' maker, and libraries."""
    files = list((FOLDER / "growth_checker").glob("*.py"))
    own = {f"estimator.growth_checker.{path.stem}" for path in files}
    assert len(own) > 10
    for path in files:
        for module, names in imported(path).items():
            assert module in own or names <= SHARED.get(module, set()), (path.name, module)


def test_the_search_uses_no_rule_of_the_checker():
    """It hands over an answer and hears whether it was refused."""
    taken = {}
    for path in [x for name in ("growth", "growth_numbers") for x in (FOLDER / name).glob("*.py")]:
        for module, names in imported(path).items():
            if module.startswith("estimator.growth_checker"):
                taken.setdefault(module.rpartition(".")[2], set()).update(names)
    assert taken == {
        "answer": {"check_answer"},
        "check": {"check_sign"},
        "condition": {"check_condition"},
        "number": {"WitnessError"},
    }


def by_hand(**changes):
    """A witness, written by hand, of log N <= (2/e) sqrt(N), hence 3 log N <= 2.208 sqrt(N)."""
    f, g = times(whole(3), LOG), raised(N, whole(Fraction(1, 2)))
    half = Fraction(1, 2)
    steps = (
        step(whole(3), "number", (), [((), Fraction(3))]),
        step(N, "symbol", (), [(((KEY, ONE),), ONE)]),
        step(LOG, "log", ("series", ((KEY, ONE),), 0, ()), [(((LOG_KEY, ONE),), ONE)]),
        step(f, "product", (), [(((LOG_KEY, ONE),), Fraction(3))]),
        step(whole(half), "number", (), [((), half)]),
        step(g, "power", ("single",), [(((KEY, half),), ONE)]),
    )
    witness = {
        "relation": "O",
        "f": f,
        "g": g,
        "variables": {"N": (1, ONE)},
        "pinned": (),
        "extra": (),
        "demands": (("N", 1, ONE),),
        "steps": steps,
        "floor": (1, ()),
        "shifts": (),
        "moves": (
            (
                ((LOG_KEY, ONE),),
                ((((KEY, half),), ONE),),
                ((LOG_KEY, ONE, KEY, half, None),),
            ),
        ),
        "fall": (),
        "constant": Fraction(2208, 1000),
    }
    return f, g, {**witness, **changes}


def step(node, rule, data, main, error=()):
    return {"node": node, "rule": rule, "data": data, "main": tuple(main), "error": tuple(error)}


def accepts(f, g, witness, relation="O"):
    try:
        check_claim(f, g, relation, frozenset({"N"}), witness)
    except WitnessError:
        return False
    return True


def test_a_witness_written_by_hand_is_accepted():
    """6/e = 2.2073 <= 2.208."""
    assert accepts(*by_hand())


@pytest.mark.parametrize(
    "changes",
    [
        {"constant": Fraction(2207, 1000)},
        {"constant": Fraction(3)},
        {"variables": {"N": (0, ONE)}, "demands": (("N", 0, ONE),)},
        {"variables": {"N": (1, Fraction(1, 2))}},
        {"demands": ()},
        {"moves": ()},
        {"floor": (-1, ())},
        {"floor": None},
        {"steps": ()},
        {"relation": "o"},
        {"f": LOG},
        {"g": N},
    ],
)
def test_a_changed_witness_is_refused(changes):
    """Smaller or larger C, other thresholds, a missing part, another claim."""
    assert not accepts(*by_hand(**changes))


def test_the_wrong_direction_is_refused():
    """sqrt(N) <= C log N has no witness; turning the bound round does not make one."""
    f, g, witness = by_hand()
    (move,) = witness["moves"]
    (log_power,) = move[2]
    turned = (log_power[2], log_power[3], log_power[0], log_power[1], None)
    back = ((move[1][0][0], ((move[0], ONE),), (turned,)),)
    assert not accepts(g, f, {**witness, "f": g, "g": f, "moves": back})


QUESTIONS = [
    ("N*log(N) + 7*N", "O", "N*log(N)", "N->oo", True),
    ("log(N)**3", "o", "sqrt(N)", "N->oo", True),
    ("N*M", "O", "N**2/log(N) + M**2*log(M)", "N->oo, M->oo", True),
    ("N - log(N)", "Theta", "N", "N->oo", True),
    ("sqrt(N + 1) - sqrt(N)", "Theta", "1/sqrt(N)", "N->oo", True),
    ("2**ceiling(log2(N)/2)", "Theta", "sqrt(N)", "N->oo", True),
    ("log(N/eps)**(2*k)", "O", "(log(N) + log(1/eps))**(2*k)", "N->oo, eps->0, k const", True),
    ("ceiling(N**k)", "Theta", "N**k", "N->oo, k const", True),
    ("N**(2**k)*log(N)", "Omega", "N", "N->oo, k const", True),
    ("N**(2*k - 1)", "O", "N**(k**2)", "N->oo, k const", True),
    ("(k**2 - k + 1)*N", "Theta", "N + 2**k", "N->oo, 1<k<=3", True),
    ("1/(1 - eps) - 1", "O", "eps", "eps->0", True),
    ("N*M", "O", "N + M", "N->oo, M->oo", False),
    ("N**(2**k)", "O", "N", "N->oo, k>1/2", False),
    ("log(1/eps)", "O", "log(N)", "N->oo, eps->0", False),
    ("N", "o", "N", "N->oo", False),
    ("2**ceiling(log2(N)) - N", "o", "N", "N->oo", False),
    ("Mod(N, M)", "O", "M", "N->oo, M->oo", True),
    ("binomial(n, k)", "O", "n**k", "n->oo, k->oo", True),
    ("binomial(n, floor(n/2))", "Theta", "2**n/sqrt(n)", "n->oo", True),
    ("log(1 + N/M)", "O", "log(N)", "N->oo, M->oo", True),
    ("1 - (1 - 1/N)**M", "O", "M/N", "N->oo, M->oo", True),
    ("exp(M/N) - 1", "Omega", "M/N", "N->oo, M->oo", True),
    ("sqrt(N**2 + M**2) - N", "O", "M**2/N", "N->oo, M->oo", True),
    ("log(N + M) - log(N)", "O", "M/N", "N->oo, M->oo", True),
    ("N**4 + M**4 - N**3*M", "Omega", "N**4", "N->oo, M->oo", True),
    ("t + log(1/eps)/log(E + log(1/eps)/t)", "O", "t + log(1/eps)", "t->oo, eps->0", True),
    ("log(N/eps)**(2*k)", "O", "(N/eps)**k", "N->oo, eps->0, k->oo", True),
    ("N*log(N)*log(1/eps)", "~O", "N", "N->oo, eps->0", True),
    ("N*log(N)*log(1/eps)", "~O[N]", "N", "N->oo, eps->0", False),
    ("N + sqrt(N)", "~", "N", "N->oo", True),
    ("N", "omega", "log(N)", "N->oo", True),
    ("ceiling(N/b)*b", "Theta", "N", "N->oo, b->oo, b <= N", True),
    ("K", "O", "N", "N->oo, K->oo, N <= K <= N**2", False),
]
ANSWERS = [decide(*question[:4]) for question in QUESTIONS]


@pytest.mark.parametrize(("question", "answer"), list(zip(QUESTIONS, ANSWERS, strict=True)))
def test_answers_carry_witnesses_that_check(question, answer):
    """The witness proves its verdict, and not the opposite one."""
    assert (answer.verdict is Verdict.HOLDS) == question[4]
    answer.check()
    opposite = "fails" if question[4] else "holds"
    with pytest.raises(WitnessError):
        check_answer(answer.f, answer.relation, answer.g, answer.regime, opposite, answer.witness)


def places(value, path=()):
    """Every number, name and tuple inside plain data, by the path to it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*path, key))
    elif isinstance(value, tuple):
        if value:
            yield path, value
        for place, inner in enumerate(value):
            yield from places(inner, (*path, place))
    elif value is not None and not isinstance(value, bool):
        yield path, value


def changed(value, path, new):
    """A copy with one place replaced."""
    if not path:
        return new
    if isinstance(value, dict):
        return {**value, path[0]: changed(value[path[0]], path[1:], new)}
    return (*value[: path[0]], changed(value[path[0]], path[1:], new), *value[path[0] + 1 :])


def corrupted(draw, old):
    """Something else of the same kind."""
    if isinstance(old, Fraction):
        return draw(st.sampled_from([old * 2, old / 2, -old, old + 1, old - 1, Fraction(0)]))
    if isinstance(old, int):
        return draw(st.sampled_from([old + 1, old - 1, -old - 1]))
    if isinstance(old, str):
        return draw(st.sampled_from(["N", "M", "eps", "o", "O", "v", "e", "+", "*", "log", "exp"]))
    if isinstance(old, tuple):
        return draw(st.sampled_from([old[:-1], old[1:], (*old, old[-1]), old[::-1]]))
    return draw(st.sampled_from([old + 1, old * 2, old / 2]))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_corruption_is_accepted(data):
    """One changed constant, threshold, step, certificate or path, and the checker refuses."""
    answer = data.draw(st.sampled_from(ANSWERS))
    path, old = data.draw(st.sampled_from(list(places(answer.witness))))
    new = corrupted(data.draw, old)
    assume(new != old)
    witness = changed(answer.witness, path, new)
    try:
        check_answer(
            answer.f, answer.relation, answer.g, answer.regime, answer.verdict.value, witness
        )
    except WitnessError:
        return
    assert is_equivalent(answer.witness, path, old, new), (path, old, new)


def is_equivalent(witness, path, old, new):
    """Whether a change says the same or less.

    Another order of the same things, or one of them twice; a longer series of zero; a larger
    threshold; a larger C of an upper bound.
    """
    if isinstance(old, tuple):
        return set(map(repr, old)) == set(map(repr, new))  # a step may be taken twice
    parent = witness
    for key in path[:-1]:
        parent = parent[key]
    if isinstance(old, int):
        return path[-2] == "data" and () in parent
    is_larger = sympy.simplify(new - old).is_nonnegative
    is_bound = path[-1] == "constant" or ("extra" in path and path[-1] == 2)
    return is_bound and is_larger


DEPENDS_ON_K = [
    ("N**k", "O", "N**2"),
    ("(k - 1)*N", "Theta", "N"),
    ("(k - 1)*N + sqrt(N)", "Omega", "N"),
    ("1/((k - 2)*N + 1)", "O", "1/N"),
    ("exp((k - 2)*N)", "O", "1"),
    ("N**(2**k)", "O", "N**(3*k)"),
    ("N**(j - k)", "O", "1"),
    ("log(N)**(k**2 - 3*k + 2)", "o", "log(N)"),
    ("N**(j**2 - 2*j*k + k**2)", "Omega", "log(N)"),
]


@pytest.mark.parametrize("guess", [1, -1])
@pytest.mark.parametrize("question", DEPENDS_ON_K)
def test_a_search_that_guesses_signs_is_not_believed(question, guess, monkeypatch):
    """Whatever the search takes for positive or negative, each of these differs from k to k."""
    honest = sign.sign

    def guessed(value):
        try:
            return honest(value)
        except UndecidedError:
            return guess

    monkeypatch.setattr(sides, "divide_by_order", lambda *seen: None)
    for name, module in list(sys.modules.items()):
        if name.startswith(SEARCH) and getattr(module, "sign", None) is honest:
            monkeypatch.setattr(module, "sign", guessed)
    answer = decide(*question, "N->oo, j const, k const")
    assert answer.verdict is Verdict.UNDECIDED
    assert "not verified" in answer.reason or "no domination" in answer.reason


def test_a_sum_of_parts_is_not_taken_on_trust():
    """An enclosure that a step claims must be the one its parts give."""
    f, g, witness = by_hand()
    bad = list(witness["steps"])
    bad[3] = step(f, "product", (), [(((LOG_KEY, ONE),), Fraction(2))])
    assert not accepts(f, g, {**witness, "steps": tuple(bad)})
    assert plus(whole(0), N) == N
