"""The model of [BMST22] against the numbers that are printed there."""

import pytest

from estimator.ask.hardware_presets import PRESETS
from estimator.machines.beverland import beverland, distance_of, logical_plan
from estimator.machines.logical_counts import LogicalCounts, Machine

DYNAMICS = LogicalCounts(qubits=100, rotations=30_100, measurements=1_400_000, rotation_layers=501)
CHEMISTRY = LogicalCounts(
    qubits=1318,
    t=55_300_000,
    rotations=206_000_000,
    toffoli=135_000_000_000,
    measurements=1_370_000_000,
    rotation_layers=205_000_000,
)
FACTORING = LogicalCounts(
    qubits=12_581, t=12, rotations=12, toffoli=3_730_000_000, measurements=1_080_000_000
)


@pytest.mark.parametrize(
    ("counts", "budget", "least", "steps", "distance", "states"),
    [
        (DYNAMICS, 1e-3, 1.5e6, 1.5e5, 9, 602_000),
        (CHEMISTRY, 1e-2, 4.1e11, 4.1e11, 17, 5.44e11),
        (FACTORING, 1 / 3, 1.23e10, 1.23e10, 13, 1.49e10),
    ],
    ids=["dynamics", "chemistry", "factoring"],
)
def test_logical_rows_as_published(counts, budget, least, steps, distance, states):
    """Least steps, the distance at 1e-4 for the steps that are printed, T states. [BMST22]"""
    plan = logical_plan(counts, 1e-4, budget)
    assert plan.steps == pytest.approx(least, rel=0.1)
    assert plan.t_states == pytest.approx(states, rel=0.01)
    assert distance_of(counts.qubits, steps, 1e-4, budget) == distance
    if steps == least:
        assert plan.distance == distance


@pytest.mark.parametrize(
    ("name", "distance", "qubits", "hours"),
    [("gate_ns_e3", 27, 37_651_098, 36.8), ("gate_ns_e4", 13, 8_716_258, 17.7)],
)
def test_factoring_as_the_other_estimator_has_it(name, distance, qubits, hours):
    """The code and the time are those of qdk 1.33; qubits differ by the design of factories."""
    found = beverland(FACTORING, Machine(hardware=PRESETS[name], failure_budget=1 / 3))
    assert found.distance == distance
    assert found.seconds / 3600 == pytest.approx(hours, rel=5e-3)
    assert found.qubits == pytest.approx(qubits, rel=0.01)
    assert found.failure <= 1 / 3


def test_a_small_run_has_one_level_of_distillation():
    """15-to-1 where it is good enough, with as many factories as keep up."""
    found = beverland(LogicalCounts(t=10**6, qubits=20), Machine(hardware=PRESETS["gate_ns_e4"]))
    assert found.factory == "15-to-1 9/3/3"
    assert found.factories > 1
    assert found.seconds == pytest.approx(10**6 * found.distance * 4e-7, rel=1e-12)


@pytest.mark.parametrize(
    ("counts", "name"),
    [(LogicalCounts(t=10**30), "superconducting_e3"), (LogicalCounts(t=5), "maj_ns_e4")],
)
def test_what_no_factory_can_do_is_refused(counts, name):
    """More gates than the factories allow, or qubits that have no gates."""
    with pytest.raises(ValueError, match=r"neither one level of 15-to-1|measurements alone"):
        beverland(counts, Machine(hardware=PRESETS[name]))
