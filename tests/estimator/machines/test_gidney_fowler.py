"""The factories of CCZ to 2 T against published estimates and Qualtran's own search."""

import pytest
from qualtran.resource_counting import GateCounts
from qualtran.surface_code import get_ccz2t_costs_from_grid_search, iter_ccz2t_factories

from estimator.ask.hardware_presets import PRESETS
from estimator.machines.gidney_fowler import gidney_fowler, spacetime
from estimator.machines.logical_counts import LogicalCounts, Machine

MACHINE = Machine(hardware=PRESETS["superconducting_e3"])
CHEMISTRY = LogicalCounts(toffoli=6_665_400_000, qubits=696)


def test_chemistry_as_published():
    """FeMoco by tensor hypercontraction, four factories, least time. [LBGHMWB21] Sec. IV.C."""
    found = gidney_fowler(CHEMISTRY, MACHINE, numbers=(4,), least=lambda each: each.seconds)
    assert (found.qubits, found.distance, found.factories) == (2_933_032, 33, 4)
    assert found.seconds == 89.1034375 * 3600
    assert found.failure == 0.007725395132201774
    assert found.factory == "CCZ2T 17/29"
    assert found.bound == "factories"


@pytest.mark.parametrize(
    ("counts", "number"),
    [
        (CHEMISTRY, 1),
        (LogicalCounts(t=10**8, toffoli=10**8, qubits=100), 2),
        (LogicalCounts(t=10**5, qubits=40), 1),
    ],
)
def test_the_search_finds_what_a_grid_finds(counts, number):
    """Qualtran tries every distance of the data; the smallest that will do is as good."""
    ours = gidney_fowler(counts, MACHINE, numbers=(number,))
    best, factory, block = get_ccz2t_costs_from_grid_search(
        n_logical_gates=GateCounts(t=counts.t, toffoli=counts.toffoli),
        n_algo_qubits=counts.qubits,
        factory_iter=tuple(iter_ccz2t_factories(n_factories=number)),
    )
    assert ours.qubits == best.footprint
    assert ours.seconds == pytest.approx(best.duration_hr * 3600, rel=1e-12)
    assert ours.failure == best.failure_prob
    assert ours.distance == block.data_d
    one = factory if number == 1 else factory.base_factory
    assert ours.factory.endswith(f" {one.distillation_l1_d}/{one.distillation_l2_d}")


def test_more_factories_are_no_worse_and_wait_in_the_end():
    """Among more numbers the volume is no larger; where factories outpace the data, it waits."""
    volumes = [spacetime(gidney_fowler(CHEMISTRY, MACHINE, numbers=range(1, n))) for n in (2, 4, 8)]
    assert volumes == sorted(volumes, reverse=True)
    many = gidney_fowler(CHEMISTRY, MACHINE, numbers=(16,))
    assert many.bound == "T one by one"
    assert many.seconds == pytest.approx(CHEMISTRY.toffoli * many.distance * 1e-6, rel=1e-12)


def test_rotations_are_paid_in_t():
    """A rotation is as many T gates as the machine is told."""
    plain = gidney_fowler(LogicalCounts(t=23 * 10**6, qubits=50), MACHINE)
    turned = Machine(hardware=MACHINE.hardware, t_per_rotation=23)
    assert gidney_fowler(LogicalCounts(rotations=10**6, qubits=50), turned) == plain


@pytest.mark.parametrize(
    ("counts", "name"),
    [(LogicalCounts(t=10**30), "superconducting_e3"), (LogicalCounts(t=5), "maj_ns_e4")],
)
def test_what_no_factory_can_do_is_refused(counts, name):
    """More gates than two levels allow, or qubits that have no gates."""
    with pytest.raises(ValueError, match=r"no two levels of distillation|measurements alone"):
        gidney_fowler(counts, Machine(hardware=PRESETS[name]))
