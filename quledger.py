"""Resource ledger and theorem checker for quantum machine learning.

    import quledger

    cost = quledger.cost("vector-loading", N=1024, b=12, loader="ideal")
    cost["queries"]

The names are those of `estimator.api`.
"""

from estimator.api import (
    Question,
    System,
    Verb,
    ask,
    check,
    choose,
    compare,
    cost,
    draw,
    explain,
    explore,
    growth,
    leading_term,
    questions,
    report,
    simulate,
    sweep,
    systems,
    train,
    verbs,
    write,
)

__all__ = [
    "Question",
    "System",
    "Verb",
    "ask",
    "check",
    "choose",
    "compare",
    "cost",
    "draw",
    "explain",
    "explore",
    "growth",
    "leading_term",
    "questions",
    "report",
    "simulate",
    "sweep",
    "systems",
    "train",
    "verbs",
    "write",
]
