"""Costs by formula against the networks that are built for a size."""

import pytest
from qualtran.resource_counting import get_cost_value

from bloqs.resnet.answers.cost import request_of
from bloqs.resnet.answers.cost_facts import memory_facts
from bloqs.resnet.answers.cost_formula import NetworkKind, SizeFormula
from bloqs.resnet.circuits.build import build_network
from estimator.costs.cost import cost_by_annotation
from estimator.costs.keys import ToffoliDepth

VALUES = {
    "k": 2, "C": 4, "D": 3, "epsilon": 0.02, "alpha": 2.7, "length": 1.1, "output_length": 0.5,
    "classes": 4,
}  # fmt: skip
KINDS = [
    ("1", "tight", "bucket-brigade", "linear-pool"),
    ("1", "tight", "ideal", "linear-pool"),
    ("1", "tight", "qroam-clean", "linear-pool"),
    ("1", "tight", "qrom", "pool"),
    ("2", "tight", "select-swap", "linear-pool"),
    ("1", "published", "ideal", "linear-pool"),
    ("3", "published", "ideal", "pool"),
    ("1", "fixed_point", "qroam-clean", "pool"),
    ("3", "fixed_point", "ideal", "pool"),
]


def kind(regime, variant, memory, output):
    return NetworkKind(regime=regime, variant=variant, memory=memory, output=output)


def built(asked, n, **changed):
    """The network of that size, its cost, and its depth, without the formula."""
    choices = {
        "variant": asked.variant, "loader": asked.memory, "rotation": "phase-gradient",
        "regime": asked.regime, "output": asked.output,
    }  # fmt: skip
    found = build_network(request_of({**VALUES, **changed, "N": 2**n, **choices}))
    return found, cost_by_annotation(found.network)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(each, marks=pytest.mark.slow if each == KINDS[6] else [], id="-".join(each))
        for each in KINDS
    ],
)
def test_formula_and_network_agree(words):
    """Gates, qubits, queries, cells, calls and bits exactly, at two sizes."""
    asked = kind(*words)
    cases = [({}, 6), ({}, 10)]
    if asked.regime != "1":
        cases = [({"order": 2}, 6), ({"order": 2}, 10), ({"order": 16}, 16)]
    for order, n in cases:
        formula = SizeFormula(asked, {**VALUES, **order})
        network, cost = built(asked, n, **order)
        point = formula.at(n)
        assert point.gates == cost.toffolis
        assert point.qubits == cost.qubits
        assert point.queries == sum(cost.queries.values())
        assert point.calls == network.network.layer_calls[0].total
        assert point.bits == network.b
        assert point.cells == memory_facts(network.network)["QRAM cells"]
        assert isinstance(point.gates, int)


@pytest.mark.parametrize("words", [KINDS[0], KINDS[2], KINDS[7]], ids="-".join)
def test_depth_is_that_of_the_network(words):
    """One definition for a formula in the size and for the network that is built."""
    asked = kind(*words)
    formula = SizeFormula(asked, VALUES)
    depth = get_cost_value(built(asked, 8)[0].network, ToffoliDepth())
    assert formula.at(8).depth == depth


def test_reading_an_active_memory_is_shallow():
    """All routers of a level work at once: gates grow as N**2, depth does not."""
    formula = SizeFormula(kind(*KINDS[0]), VALUES)
    small, large = formula.at(10), formula.at(20)
    assert large.gates > 1000 * small.gates
    assert large.depth < 10 * small.depth


def test_halves_of_odd_numbers_are_exact():
    """An odd number of runs, halved in the formula, has more digits than a float: to the layer."""
    asked = kind("1", "published", "ideal", "linear-pool")
    depth = get_cost_value(built(asked, 10)[0].network, ToffoliDepth())
    assert SizeFormula(asked, VALUES).at(10).depth == depth > 2**60


def test_numbers_are_exact_far_beyond_floats():
    """Doubling the side of the largest vectors adds what the tree's closed form says, to a gate."""
    ideal, active = (
        SizeFormula(kind("1", "fixed_point", memory, "pool"), VALUES)
        for memory in ("ideal", "bucket-brigade")
    )
    n = 60
    one, other = ideal.at(n), active.at(n)
    swaps = sum(2 * (2 * (2**a - 1 - a) + 2 * one.bits * (2**a - 1)) for a in range(1, n))
    assert other.gates - one.gates == one.calls * swaps
    assert other.gates > 2**53


@pytest.mark.parametrize("n", [30, 40])
def test_published_networks_have_a_cost_at_any_size(n):
    point = SizeFormula(kind("1", "published", "ideal", "linear-pool"), VALUES).at(n)
    assert point.gates > 10**20


def test_kinds_know_whether_anything_is_in_memory():
    assert [kind(*words).has_memory for words in KINDS] == [True] * 6 + [False, True, False]
    assert not kind("2", "tight", "ideal", "pool").has_memory
