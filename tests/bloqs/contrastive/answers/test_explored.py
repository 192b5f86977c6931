"""Columns that move say at numbers what the comparison says there."""

import pytest
import sympy

from bloqs.contrastive import symbols as own
from bloqs.contrastive.answers import explored
from bloqs.contrastive.answers.compare_ways import Step, classical_ways, quantum_way
from estimator.ask.question import COST, asked_of
from estimator.ask.registry import candidates


@pytest.mark.parametrize("ansatz", ["ring", "14", "all-to-all", "line"])
@pytest.mark.parametrize(("width", "layers"), [(5, 1), (8, 2), (41, 3)])
def test_a_step_is_that_of_the_comparison(ansatz, width, layers):
    """T gates by every rule, and the chain of tensors."""
    (found,) = [x for x in candidates(COST, "contrastive") if x.question.name == "contrastive"]
    given = {"ansatz": ansatz, "B": 16, "S": 30, "images": 100}
    asked = asked_of(found.question, given, None, found.system.home)
    at = {own.W: width, own.L: layers}
    columns = {x.key: sympy.sympify(x.value).subs(at) for x in explored.training(asked)}
    step = Step(batch=16, shots=30, layers=layers, circuit_error=0.01, speed=1e9)
    for rule in ("two-term", "four-term", "light-cone", "spsa"):
        way = quantum_way(ansatz, rule, "", "", step).at(width)
        assert columns[f"rival.{rule}.t"] == way["operations"]
        assert columns[f"rival.{rule}.circuits"] == way["circuits"]
    _, chain = classical_ways(ansatz, "", step)
    assert columns["rival.chain"] == chain.at(width)["operations"]
