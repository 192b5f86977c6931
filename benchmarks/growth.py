"""Growth questions with known answers: who solves how many, who is wrong, who never returns."""

import json
from pathlib import Path

from benchmarks.contest import Contest, Contestant, Question
from benchmarks.growth_peers import NO_ANSWER, by_bartiq, by_limit, by_order, by_qualtran
from estimator.expressions.regime import parse_regime
from estimator.growth.decide import decide

FILE = Path(__file__).parents[1] / "tests" / "estimator" / "growth" / "questions.jsonl"
EVERY = 5
"""Every fifth question is asked: the file goes from kind to kind, so all kinds remain."""

RELATIONS = ("O", "o", "Omega", "Theta")
"""Relations that all contestants have."""


def can_be_put(question: Question) -> bool:
    """Whether it can be put to peers: none knows orders of variables, or powers of logarithms."""
    is_ordered = bool(parse_regime(question["regime"]).ordered)
    return question["relation"] in RELATIONS and not is_ordered and "polylog" not in question["g"]


def ours(question: Question) -> str:
    given = (question[key] for key in ("f", "relation", "g", "regime"))
    return decide(*given).verdict.name


GROWTH = Contest(
    name="growth",
    title="Growth, two seconds each",
    questions=[
        question
        for line in FILE.read_text().splitlines()
        if can_be_put(question := json.loads(line))
    ][::EVERY],
    contestants=(
        Contestant("quledger growth", "quledger growth", ours),
        Contestant(
            "SymPy limit of |f/g|, in every order of the variables", "SymPy `limit`", by_limit
        ),
        Contestant("SymPy Order(g).contains(f)", "SymPy `Order`", by_order),
        Contestant(
            "Qualtran big_O(g).contains(f), every symbol to infinity",
            "Qualtran `big_O`",
            by_qualtran,
        ),
        Contestant("bartiq BigO(f + g) == BigO(g)", "bartiq `BigO`", by_bartiq),
    ),
    open_answer=NO_ANSWER,
    limit=2.0,
)
