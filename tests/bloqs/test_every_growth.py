"""The growth of every question of cost: a leading term or a reason in each line, and verdicts."""

import re
from functools import cache
from itertools import pairwise
from math import log, pi
from pathlib import Path

import pytest
import sympy

import quledger
from bloqs.communication.model.amplitude import repetitions
from estimator.ask.question import COST
from estimator.ask.registry import questions
from estimator.expressions.regime import parse_regime
from estimator.growth.decide import tree_of
from estimator.growth_costs.of_costs import with_definitions
from estimator.report.parts import definitions

EVERY = {each.question.name: each.question for each in questions(COST)}
DECLARED = [name for name, question in EVERY.items() if question.growth is not None]

REFERENCES = (Path(__file__).parents[2] / "REFERENCES.md").read_text()

ABOUT_FILES = {"convolution-at-image", "network", "communication-file", "circuit-file"}
"""Questions that are about a file alone, whose sizes are numbers."""

NO_LEADING_TERM = {
    ("hypergraph", "K_v, all edges at v, Toffoli"),
    ("hypergraph", "matching, bits, at least"),
}
"""Lines that have a reason in its place."""

VERDICTS = {
    "resnet": {
        "Toffoli depth": "HOLDS",
        "qubits": "HOLDS",
        "ancillas": "HOLDS",
        "calls of the input": "HOLDS",
    },
    "convolution": {"Toffoli depth": "HOLDS", "ancillas": "HOLDS"},
    "qsvt-convolution": {"calls of the encoding": "HOLDS"},
    "vector-loading": {"Toffoli depth": "HOLDS"},
    "qsvt": {"calls of the encoding": "HOLDS"},
    "normalise": {"calls of the vector": "FAILS"},
    "qlss": {
        "qsvt-binomial, calls of A": "HOLDS",
        "cks, calls of A": "HOLDS",
        "shortcut, calls of A": "HOLDS",
        "walk-definite, calls of A": "HOLDS",
        "walk-general, calls of A": "HOLDS",
    },
    "transform": {"calls of matrix": "HOLDS"},
    "ntk": {"Toffoli depth": "FAILS"},
    "communication-inference": {
        "sampled, qubits sent": "HOLDS",
        "amplitude-estimated, qubits sent": "HOLDS",
    },
    "communication-gradient": {
        "grouped, qubits sent": "HOLDS",
        "shift, qubits sent": "FAILS",
        "hadamard, qubits sent": "FAILS",
        "tomography, qubits sent": "HOLDS",
    },
    "communication-training": {},
    "communication-protocol": {},
    "graph-network": {},
    "hypergraph": {
        "W(e), Toffoli": "HOLDS",
        "W(e;theta), Toffoli": "HOLDS",
        "MK(v;e), Toffoli": "HOLDS",
        "K_v, all edges at v, Toffoli": "FAILS",
        "quantum, latent state, qubits": "HOLDS",
        "classical, at the cut, at most, bits": "HOLDS",
        "field on qubits, bits, at least": "HOLDS",
    },
    "contrastive": {},
}
"""Whether costs are within what is printed."""

LEADING = {
    ("resnet", "calls of the input"): ("O", "log(sqrt(N)/epsilon)**2*log(1/epsilon)**3"),
    ("resnet", "QRAM cells"): ("~", "N**2"),
    ("resnet", "qubits"): ("~", "Max(3*b, 2*b + (7/4)*N**2)"),
    ("vector-loading", "Toffoli depth"): ("~", "2*N + log2(N)*b"),
    ("convolution", "classical FLOP"): ("~", "2*C**2*D**2*M**2"),
    ("qlss", "cks, calls of A"): ("O", "kappa*log(kappa/epsilon)"),
    ("qlss", "calls of matrix"): ("~", "log(1/epsilon)*kappa"),
    ("ntk", "Toffoli depth"): ("~", "1/log(2)/log(3)*log(n)**2"),
    ("communication-inference", "rotations"): ("~", "N + 2*L*P"),
    ("hypergraph", "field on qubits, bits, at least"): ("Theta", "n**k"),
}
"""Leading terms that are derived by hand."""


@cache
def grown(name):
    return quledger.leading_term(name).plain()


def lines_of(name):
    return {key: x for key, x in grown(name).items() if isinstance(x, dict) and "leading" in x}


def test_every_question_of_cost_says_in_what_regime():
    assert {*EVERY} - {*DECLARED} - {"MODULE:NAME"} == ABOUT_FILES
    assert {*DECLARED} == {*VERDICTS}


@pytest.mark.parametrize("name", DECLARED)
def test_each_line_has_a_leading_term_or_a_reason(name):
    """And a regime that speaks of every symbol, and says what it is within, by a known verdict."""
    lines = lines_of(name)
    assert len(lines) >= 5
    for cost, line in lines.items():
        has_none = (name, cost) in NO_LEADING_TERM
        assert (line["leading"] is None) == has_none, cost
        assert bool(line.get("reason")) == has_none, cost
        assert line["relation"] in ("~", "Theta", "O")
    assert {x: y["within"] for x, y in lines.items() if "within" in y} == VERDICTS[name]


@pytest.mark.parametrize(("name", "cost"), LEADING)
def test_leading_terms_that_are_known(name, cost):
    line = lines_of(name)[cost]
    assert (line["relation"], line["leading"]) == LEADING[name, cost]


@pytest.mark.parametrize("name", DECLARED)
def test_what_is_declared_is_there(name):
    """Costs that are printed are lines, and every formula is in symbols of the regime."""
    growth = EVERY[name].growth
    assert {*growth.published} <= {*lines_of(name)}
    regime = parse_regime(next(iter(lines_of(name).values()))["regime"])
    known = {*regime.growing, *regime.vanishing, *regime.constants, *regime.coupled}
    for each in growth.published.values():
        tree = tree_of(each.formula, regime) if not each.power else None
        assert tree is None or regime.resolve(tree)
        assert each.relation in ("O", "Omega")
        key, place = re.fullmatch(r"\[(\w+)\] (.+)", each.source).groups()
        assert f"[{key}] " in REFERENCES
        assert place
    for stands in growth.stands:
        assert known >= {*stands.names}


ERRORS = (1e-2, 1e-8, 1e-32, 1e-120)

STANDS = [
    ("resnet", "f_1", {"m": (5, 9, 14, 18), "epsilon": ERRORS}),
    ("resnet", "s_1", {"m": (5, 9, 14, 18), "epsilon": ERRORS}),
    ("resnet", "s_3", {"m": (5, 9, 14, 18), "epsilon": ERRORS}),
    ("qlss", "d_binomial", {"kappa": (4, 16, 64, 256), "epsilon": ERRORS}),
    ("normalise", "calls, at most", {"kappa": (4, 16, 64, 256), "delta": ERRORS}),
]
"""Numbers that a bound stands for, and sizes at which they are compared."""

AT_MOST = {
    "f_1": lambda at: sympy.log(4 * 2 ** at["m"] / at["epsilon"]),
    "s_1": lambda at: sympy.log(1 / at["epsilon"]),
    "s_3": lambda at: sympy.log(1 / at["epsilon"]),
    "d_binomial": lambda at: at["kappa"] * sympy.log(at["kappa"] / at["epsilon"]),
    "calls, at most": lambda at: at["kappa"] * sympy.log(at["kappa"] / at["delta"]),
}
"""The bounds, in these sizes: a vector has 16 * 4**m entries."""


@pytest.mark.parametrize(("name", "symbol", "sizes"), STANDS)
def test_what_stands_for_a_number_bounds_it(name, symbol, sizes):
    """The ratio does not grow, and that to the fourth root of the bound does."""
    report = quledger.cost(name, **EVERY[name].growth.parameters)
    known = {key: sympy.sympify(value) for key, value in definitions(report).items()}
    number = with_definitions(known[symbol], known, ())
    ratios, to_roots = [], []
    for place in range(4):
        at = {key: values[place] for key, values in sizes.items()}
        value = number.subs({s: at[s.name] for s in number.free_symbols})
        ratios.append(float(value / AT_MOST[symbol](at)))
        to_roots.append(float(value / AT_MOST[symbol](at) ** 0.25))
    assert all(later <= 1.1 * before for before, later in pairwise(ratios)), ratios
    assert to_roots[-1] > 1.3 * to_roots[0]


@pytest.mark.parametrize("delta", [1e-1, 1e-2, 1e-4, 1e-8])
def test_what_stands_for_runs_of_a_median(delta):
    """By Hoeffding's inequality, where one is good with probability 8/pi**2."""
    margin = 8 / pi**2 - 0.5
    assert repetitions(delta) <= log(1 / delta) / (2 * margin**2) + 2
