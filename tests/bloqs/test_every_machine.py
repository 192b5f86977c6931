"""Every cost that can be put on a machine is, where it is numbers; else it says why not."""

import shlex

import pytest
from command import answer, refusal

from estimator.ask.question import COST
from estimator.ask.registry import questions

ASKED = [
    found.question.name
    for found in questions(COST)
    if "physical" in found.question.spellings and not found.question.target
]
SMALL = {
    "vector-loading": "--N 16 --b 6",
    "qsvt": "--N 16 --b 6 --degree 4",
    "hypergraph": "--n 200 --k 3 --variant field",
    "communication-gradient": "--n 10 --L 2 --P 1000 --g 1 --epsilon 0.1 --delta 0.05",
    "communication-training": "--n 10 --L 2 --P 50 --g 1 --kappa 0.1 --delta 0.05 --R 1",
    "communication-protocol": "--n 10 --L 2 --alpha 0.25 --delta 0.05",
    "contrastive": "--W 8 --L 2",
    "ntk": "--data digits:8v9 --n 256",
}
QUICK = ("vector-loading", "communication-protocol")


@pytest.mark.parametrize(
    "name", [pytest.param(x, marks=[] if x in QUICK else pytest.mark.slow) for x in SMALL]
)
def test_a_run_of_numbers_is_put_on_a_machine(name):
    """By every model, each within what may fail, whatever the cost is of."""
    assert name in ASKED
    report = answer("cost", name, *shlex.split(SMALL[name]), "--physical", "gate_ns_e4")
    assert len(report["physical_models"]) == 4
    for row in report["physical_models"]:
        assert row["qubits"] > report["qubits"]
        assert 0 < row["failure"] <= report["machine"]["failure_budget"]


@pytest.mark.parametrize(
    "name", [pytest.param(x, marks=[] if x in QUICK else pytest.mark.slow) for x in ASKED]
)
def test_letters_are_refused(name):
    """So are files that are not there and oracles without gates, in one line of one sentence."""
    assert "no circuit to put" not in refusal("cost", name, "--physical")
