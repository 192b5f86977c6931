"""Sizes at which circuits have other forms than formulas say, in the middle of a grid."""

import csv

import pytest

import quledger
from estimator.grid.columns import cells
from estimator.report.plain import plain_value

FIXED = {"k": 1, "alpha": 2.0, "length": 1.2, "epsilon": 0.1, "b": 9}
GRIDS = {
    "one channel": ({"N": "16,64,1024", "C": "4,1,16"}, {"D": 3}, 8),
    "a kernel of one pixel": ({"D": "3,1,5", "N": "256"}, {"C": 4}, 3),
    "blocks for which small vectors have too few rows": (
        {"N": "64,256,1024,4096", "D": "3,4"}, {"C": 4, "loader": "qroam-clean", "beta": 4}, 4,
    ),
    "an image of one pixel": ({"N": "64,4,16", "C": "4,1"}, {"D": 2}, 5),
    "a number with one channel": ({"C": "4,1,16", "D": "2,1,4"}, {"N": 256, "regime": 2}, 8),
    "a published kernel": (
        {"N": "4096,64", "D": "4,3,8,1"}, {"C": 4, "variant": "published", "kappa": 2}, 8,
    ),
    "inputs that are no products": (
        {"order": "1,3", "N": "256,64,1024"}, {"C": 4, "D": 2, "regime": 3, "copies": 2}, 4,
    ),
    "a published kernel and bits that are worked out": (
        {"N": "4096,1024", "D": "2,5", "epsilon": "0.1,0.5", "variant": "published,tight"},
        {"C": 4, "kappa": 2, "b": None}, 16,
    ),
    "choices that do not go together": (
        {"variant": "tight,fixed_point", "N": "64,128,256", "output": "linear-pool"},
        {"C": 4, "D": 2}, 2,
    ),
    "the first points have no answer": (
        {"C": "4", "N": "8,2**5,128,512,2048,16,2**13,2**15", "D": "3,2"}, {}, 2,
    ),
}  # fmt: skip
"""What varies, what is fixed besides, and rows that have an answer."""


@pytest.mark.parametrize("name", GRIDS)
def test_every_row_is_a_single_answer(name, tmp_path):
    """Formulas where they hold, other formulas where they do not; sentences where none does."""
    over, more, answered = GRIDS[name]
    fixed = {k: x for k, x in {**FIXED, **more}.items() if x is not None and k not in over}
    report = quledger.sweep("resnet", over, tmp_path / "a.csv", **fixed)
    assert "evaluated over" in report["sweep"]["how"]
    with (tmp_path / "a.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(not row.get("error") for row in rows) == answered
    for row in rows:
        try:
            found = cells(quledger.cost("resnet", **{name: row[name] for name in over}, **fixed))
        except ValueError as problem:
            found = {"error": " ".join(str(problem).split())}
        for column, value in found.items():
            value = plain_value(value)
            if isinstance(value, float):
                assert float(row[column]) == pytest.approx(value, rel=1e-9), column
            else:
                assert row[column] == str(value), column


def test_a_solver_that_this_case_does_not_have(tmp_path):
    """The sentence of a single answer."""
    fixed = {"kappa": 10, "solver": "qsvt-binomial", "alpha": 1.5, "epsilon": 1e-4, "beta": 0.5}
    said = []
    for ask in (
        lambda: quledger.cost("qlss", N=4, **fixed),
        lambda: quledger.sweep("qlss", {"N": "4,5"}, tmp_path / "a.csv", **fixed),
    ):
        with pytest.raises(ValueError, match="does not solve this") as problem:
            ask()
        said.append(str(problem.value))
    assert said[0] in said[1]
