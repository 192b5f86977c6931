"""Physical cost against the published spreadsheet, and one sentence for what has none."""

import math

import pytest

from estimator.costs.cost import Cost
from estimator.costs.physical import physical_cost
from estimator.symbols import n

SPREADSHEET = Cost(t=10**8, toffoli=10**8, qubits=100)
SETTING = {
    "t_per_rotation": 0,
    "physical_error": 1e-3,
    "cycle_seconds": 1e-6,
    "failure_budget": 0.01,
    "routing_overhead": 0.5,
}


def test_the_published_spreadsheet_comes_out():
    """1e8 T and 1e8 Toffoli on 100 qubits: 4.00e5 qubits, 7.53 hours, failure .0084. [GF19]"""
    found = physical_cost(SPREADSHEET, **SETTING)
    assert found.qubits == pytest.approx(4.00e5, rel=1e-3)
    assert found.seconds / 3600 == pytest.approx(7.53, rel=1e-3)
    assert found.failure == pytest.approx(0.0084, rel=1e-3)


def test_every_column_is_paid_for():
    """A CSWAP costs a Toffoli, a rotation its T gates; measurements and Cliffords nothing."""
    other = Cost(
        t=4 * 10**7,
        rotations=10**7,
        toffoli=6 * 10**7,
        cswap=4 * 10**7,
        measurements=10**9,
        qubits=100,
        cliffords=10**9,
    )
    found = physical_cost(other, **(SETTING | {"t_per_rotation": 6}))
    assert found == physical_cost(SPREADSHEET, **SETTING)


def test_time_follows_the_cycle():
    """Ten times slower cycles take ten times as long and change nothing else."""
    fast = physical_cost(SPREADSHEET, **SETTING)
    slow = physical_cost(SPREADSHEET, **(SETTING | {"cycle_seconds": 1e-5}))
    assert slow.seconds == pytest.approx(10 * fast.seconds, rel=1e-12)
    assert (slow.qubits, slow.failure) == (fast.qubits, fast.failure)


def test_a_run_stays_within_its_budget():
    """Whatever the budget, the failure probability found is below it; tighter needs no fewer."""
    found = [
        physical_cost(SPREADSHEET, **(SETTING | {"failure_budget": allowed}))
        for allowed in (0.5, 0.1, 0.03, 0.009)
    ]
    assert all(x.failure <= y for x, y in zip(found, (0.5, 0.1, 0.03, 0.009), strict=True))
    assert [x.qubits for x in found] == sorted(x.qubits for x in found)


@pytest.mark.parametrize(
    ("cost", "sentence"),
    [
        (Cost(t=1, qubits=1, queries={"QRAM": 2}), "queries to QRAM have no physical cost"),
        (Cost(t=n, qubits=1), "needs numbers for every symbol"),
        (Cost(t=1, qubits=n), "needs numbers for every symbol"),
        (Cost(t=1, rotations=n, qubits=1), "needs numbers for every symbol"),
        (Cost(qubits=5), "needs a qubit and a T gate or Toffoli"),
        (Cost(t=5), "needs a qubit and a T gate or Toffoli"),
        (Cost(t=10**40, qubits=5), "failure_budget 0.01 cannot be met at physical_error 0.001"),
        (Cost(t=10**400, qubits=5), "failure_budget 0.01 cannot be met at physical_error 0.001"),
        (Cost(t=1, qubits=10**400), "failure_budget 0.01 cannot be met at physical_error 0.001"),
    ],
)
def test_a_cost_without_a_price_is_refused(cost, sentence):
    """Oracles, symbols, an empty circuit and one that is far too large have no physical cost."""
    with pytest.raises(ValueError, match=sentence) as caught:
        physical_cost(cost, **(SETTING | {"t_per_rotation": 1}))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("physical_error", [0, -1e-3, 0.01, 0.5, math.nan, math.inf]),
        ("failure_budget", [0, 1, -1, math.nan, math.inf]),
        ("cycle_seconds", [0, -1, math.nan, math.inf]),
        ("routing_overhead", [-1, math.nan, math.inf]),
        ("t_per_rotation", [-1, math.nan, math.inf]),
    ],
)
def test_a_number_out_of_range_is_refused_by_name(name, values):
    """The refusal names the number, its range and what was given."""
    for value in values:
        with pytest.raises(ValueError, match=f"{name} must be .*, got {value}"):
            physical_cost(SPREADSHEET, **(SETTING | {name: value}))


@pytest.mark.parametrize("change", [{"failure_budget": 1e-9}, {"physical_error": 0.009}])
def test_a_budget_that_the_factory_alone_exceeds_is_refused(change):
    """Where distillation already fails too often no code distance helps, and that is said."""
    with pytest.raises(ValueError, match="cannot be met at physical_error"):
        physical_cost(SPREADSHEET, **(SETTING | change))
