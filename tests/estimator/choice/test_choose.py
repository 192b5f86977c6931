"""Choices against a loop over single answers: the best, the front, what binds, what is nearest."""

from itertools import product

import pytest

import quledger
from estimator.grid.columns import cells

LOADERS = {"loader": ["qrom", "select-swap", "ideal"], "b": [6, 7, 9]}
BUDGETS = {"variant": ["tight", "fixed_point"], "epsilon_split": [0.2, 0.5, 0.8]}
BLOCK = {"k": 1, "alpha": 2, "length": 1.2, "epsilon": 0.1, "b": 12, "N": 64, "C": 4, "D": 2}
CASES = {
    "a bound that does not bind": ("vector-loading", LOADERS, {"N": 64}, "t", ("qubits", 60)),
    "a bound on T that binds": (
        "vector-loading", {"loader": ["qrom", "select-swap"], "b": [6, 8]}, {"N": 64}, "qubits",
        ("t_count", None),
    ),
    "shares of an error": ("resnet", BUDGETS, BLOCK, "depth", ("qubits", None)),
}  # fmt: skip
COLUMNS = {"t": "t_count", "depth": "toffoli_depth"}


@pytest.mark.parametrize("name", CASES)
def test_choices_are_those_of_a_loop(name):
    """The bound is halfway between the best's and the least that any choice reaches, if unset."""
    target, over, fixed, goal, (bounded, limit) = CASES[name]
    cost = COLUMNS.get(goal, goal)
    rows = []
    for point in product(*over.values()):
        chosen = dict(zip(over, point, strict=True))
        rows.append((chosen, cells(quledger.cost(target, **chosen, **fixed))))
    free = min(rows, key=lambda row: row[1][cost])[1]
    if limit is None:
        limit = (free[bounded] + min(row[bounded] for _, row in rows)) // 2
    allowed = [row for row in rows if row[1][bounded] <= limit]
    best = min(row[cost] for _, row in allowed)
    report = quledger.choose(
        target, over, minimise=goal, subject_to=f"{bounded} <= {limit}", **fixed
    )
    parts = {part.key: part for part in report.parts}
    assert report["costs"][cost] == best
    assert {name: report["chosen"][name] for name in over} in [
        chosen for chosen, row in allowed if row[cost] == best
    ]
    (bound,) = parts["bounds"].rows
    assert (bound["binds"], bound["without"]) == ("yes" if free[cost] < best else "no", free[cost])
    other = "qubits" if cost != "qubits" else "t_count"
    points = {(row[other], row[cost]) for _, row in allowed}
    front = [
        one for one in sorted(points)
        if not any(two != one and two[0] <= one[0] and two[1] <= one[1] for two in points)
    ]  # fmt: skip
    assert [(row[other], row[cost]) for row in parts["front"].rows] == front


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"subject_to": "qubits <= 1"}, r"none of \d+ choices meets qubits <= 1; the nearest is"),
        ({"subject_to": "qubits"}, "takes bounds such as"),
        ({"subject_to": "qubits <= x"}, "must be a finite number"),
        ({"subject_to": "gubits <= 5"}, "there is nothing called 'gubits' to choose by"),
        ({"minimise": "tt"}, "there is nothing called 'tt' to choose by"),
        ({"over": "loader=nothing"}, "loader must be one of"),
        ({"over": "colour"}, "has no parameter 'colour'"),
        ({"N": None}, "t is no number here"),
    ],
)
def test_refusals(given, said):
    """One sentence."""
    asked = {"over": "loader=qrom,ideal", "N": 16, "b": 6, "minimise": "t", **given}
    asked = {name: value for name, value in asked.items() if value is not None}
    with pytest.raises(ValueError, match=said) as problem:
        quledger.choose("vector-loading", **asked)
    assert "\n" not in str(problem.value)
