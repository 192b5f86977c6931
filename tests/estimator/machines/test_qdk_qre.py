"""Microsoft's third estimator against its published answer, and what it is not asked."""

import pytest

from estimator.ask.hardware_presets import PRESETS
from estimator.machines.logical_counts import LogicalCounts, Machine
from estimator.machines.qdk_qre import qre_estimate

FACTORING = LogicalCounts(
    qubits=12_581, t=12, rotations=12, toffoli=3_731_607_428, measurements=1_078_154_040
)


def test_factoring_as_it_is_published(capsys):
    """RSA-2048 by the logical counts of [BMST22], gates of 50 ns that fail with 1e-4."""
    machine = Machine(hardware=PRESETS["gate_ns_e4"], failure_budget=1 / 3)
    found = qre_estimate(FACTORING, machine)
    assert (found.qubits, found.distance, found.factories) == (8_771_777, 13, 18)
    assert found.seconds / 3600 == pytest.approx(15.5, abs=0.05)
    assert found.failure == pytest.approx(0.2996, abs=5e-5)
    assert capsys.readouterr().out == ""


def test_a_budget_that_nothing_meets(capsys):
    """Said in one sentence, and nothing is printed by the package itself."""
    machine = Machine(hardware=PRESETS["gate_ns_e4"], failure_budget=1e-30)
    with pytest.raises(ValueError, match="meets failure_budget 1e-30 with no code and factory"):
        qre_estimate(LogicalCounts(t=10**6, qubits=3), machine)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("counts", "name", "sentence"),
    [
        (LogicalCounts(t=5, qubits=10**6), "gate_ns_e4", "up to 100,000 logical ones"),
        (LogicalCounts(t=10**18), "gate_ns_e4", "up to 292 years"),
        (LogicalCounts(t=5), "maj_ns_e6_floquet", "no Floquet code"),
    ],
)
def test_what_it_is_not_asked(counts, name, sentence):
    with pytest.raises(ValueError, match=sentence):
        qre_estimate(counts, Machine(hardware=PRESETS[name]))
