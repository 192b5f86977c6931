"""Microsoft's first estimator, told of machines in numbers, against what it has by name."""

import pytest
from attrs import evolve

from estimator.ask.hardware_presets import PRESETS
from estimator.machines.logical_counts import LogicalCounts, Machine
from estimator.machines.qdk_estimator import qdk_estimate

FACTORING = LogicalCounts(
    qubits=12_581, t=12, rotations=12, toffoli=3_731_607_428, measurements=1_078_154_040
)


@pytest.mark.parametrize(
    ("name", "distance", "qubits", "hours"),
    [
        ("gate_ns_e3", 27, 37_651_098, 36.8),
        ("gate_ns_e4", 13, 8_716_258, 17.7),
        ("maj_ns_e6", 9, 4_153_402, 61.4),
    ],
)
def test_factoring_as_it_is_published(name, distance, qubits, hours):
    """RSA-2048 by the logical counts of [BMST22], a third allowed to fail."""
    found = qdk_estimate(FACTORING, Machine(hardware=PRESETS[name], failure_budget=1 / 3))
    assert (found.distance, found.qubits) == (distance, qubits)
    assert found.seconds / 3600 == pytest.approx(hours, abs=0.05)
    assert found.failure <= 1 / 3


def test_a_floquet_code_is_smaller_and_faster():
    """3 d measurements a step in place of 20 d. [BMST22]."""
    surface, floquet = (
        qdk_estimate(FACTORING, Machine(hardware=PRESETS[name], failure_budget=1 / 3))
        for name in ("maj_ns_e6", "maj_ns_e6_floquet")
    )
    steps = surface.seconds / (20 * surface.distance)
    assert floquet.seconds / (3 * floquet.distance) == pytest.approx(steps, rel=1e-9)


def test_the_cycle_is_that_of_the_machine():
    """Ten times as long a cycle takes ten times as long and the same code."""
    machine = Machine(hardware=PRESETS["gate_ns_e4"])
    slow = Machine(hardware=evolve(PRESETS["gate_ns_e4"], cycle_seconds=4e-6))
    one, other = qdk_estimate(FACTORING, machine), qdk_estimate(FACTORING, slow)
    assert other.distance == one.distance
    assert other.seconds == pytest.approx(10 * one.seconds, rel=1e-9)


@pytest.mark.parametrize(
    ("counts", "error", "sentence"),
    [
        (LogicalCounts(t=10**18, qubits=10**3), 1e-3, "up to 292 years"),
        (LogicalCounts(t=10**14, qubits=10**9), 1e-3, "qubits times steps in 64 bits"),
        (LogicalCounts(t=5, qubits=10**10), 1e-3, "up to 1,000,000,000 logical qubits"),
        (LogicalCounts(t=10**9, qubits=10**3), 0.00999, "finds nothing"),
    ],
)
def test_what_it_cannot_say_is_refused(counts, error, sentence):
    """Numbers that would overflow in it, and codes that it has not."""
    hardware = evolve(PRESETS["gate_ns_e3"], physical_error=error, t_error=error)
    with pytest.raises(ValueError, match=sentence) as caught:
        qdk_estimate(counts, Machine(hardware=hardware))
    assert "\n" not in str(caught.value)


def test_durations_below_a_nanosecond_are_refused():
    hardware = evolve(PRESETS["gate_ns_e3"], gate_seconds=1e-10)
    with pytest.raises(ValueError, match=r"durations from 1 ns on, and one is 1\.0e-10"):
        qdk_estimate(LogicalCounts(t=5), Machine(hardware=hardware))
