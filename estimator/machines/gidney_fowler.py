"""Catalysed CCZ-to-2T factories beside a simple data block, of the least spacetime volume."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence

from qualtran.resource_counting import GateCounts
from qualtran.surface_code import (
    AlgorithmSummary,
    CCZ2TFactory,
    MagicStateFactory,
    MultiFactory,
    PhysicalCostModel,
    PhysicalParameters,
    QECScheme,
    SimpleDataBlock,
    iter_ccz2t_factories,
)

from estimator.machines.logical_counts import Estimate, LogicalCounts, Machine, refuse_majorana

MOST_FACTORIES = 16
"""Factories side by side that are tried."""

MOST_DISTANCE = 101
"""Distance of the data that is tried."""


class PacedDataBlock(SimpleDataBlock):
    """A simple data block that takes in one magic state at a time, each in `data_d` cycles."""

    @property
    def n_steps_to_consume_a_magic_state(self) -> int:
        return 1


def spacetime(estimate: Estimate) -> float:
    """Qubits times seconds."""
    return estimate.qubits * estimate.seconds


def gidney_fowler(
    counts: LogicalCounts,
    machine: Machine,
    numbers: Iterable[int] = range(1, MOST_FACTORIES + 1),
    least: Callable[[Estimate], float] = spacetime,
) -> Estimate:
    """Physical cost by Qualtran's surface-code model with the factories of [GF19].

    Every pair of distances of the two levels of distillation is tried with every number of
    factories and the smallest distance of the data that meets the failure budget.

    Args:
        counts: of one run.
        machine: on which.
        numbers: of factories side by side that are tried.
        least: what is to be small.

    Raises:
        ValueError: if nothing meets the failure budget.

    Source: [GF19]; search as in [LBGHMWB21] Sec. IV.C.
    """
    refuse_majorana(machine)
    hardware = machine.hardware
    t = counts.t + machine.t_per_rotation * counts.rotations
    algorithm = AlgorithmSummary(
        n_algo_qubits=counts.qubits, n_logical_gates=GateCounts(t=t, toffoli=counts.toffoli)
    )
    found = [
        estimate
        for factory, number in _factories(algorithm, machine, tuple(numbers))
        if (estimate := _smallest(factory, number, algorithm, machine)) is not None
    ]
    if not found:
        raise ValueError(
            f"no two levels of distillation meet failure_budget {machine.failure_budget:g} at "
            f"physical_error {hardware.physical_error:g}"
        )
    return min(found, key=least)


def _factories(
    algorithm: AlgorithmSummary, machine: Machine, numbers: Sequence[int]
) -> Iterator[tuple[CCZ2TFactory, int]]:
    """Designs whose own failures leave something of the budget, with their numbers."""
    model = _model(CCZ2TFactory(), 3, machine).logical_error_model
    for factory in iter_ccz2t_factories():
        failure = factory.factory_error(algorithm.n_logical_gates, model)
        if failure < machine.failure_budget:
            yield from ((factory, number) for number in numbers)


def _smallest(
    factory: CCZ2TFactory, number: int, algorithm: AlgorithmSummary, machine: Machine
) -> Estimate | None:
    """The cost at the smallest distance of the data that meets the budget, if one does."""
    several: MagicStateFactory = factory if number == 1 else MultiFactory(factory, number)
    scheme = QECScheme.make_gidney_fowler()
    error_model = _model(several, 3, machine).logical_error_model
    gates = algorithm.n_logical_gates
    cycles = several.n_cycles(gates, error_model)
    left = machine.failure_budget - several.factory_error(gates, error_model)
    tiles = math.ceil((1 + machine.routing_overhead) * algorithm.n_algo_qubits)
    first = scheme.code_distance_from_budget(
        machine.hardware.physical_error, left / (tiles * cycles)
    )
    for distance in range(first, MOST_DISTANCE + 1, 2):
        model = _model(several, distance, machine)
        failure = model.error(algorithm)
        if failure > machine.failure_budget:
            continue
        paced = model.data_block.n_cycles(gates, error_model)
        return Estimate(
            qubits=math.ceil(model.n_phys_qubits(algorithm)),
            seconds=model.duration_hr(algorithm) * 3600,
            distance=distance,
            factories=number,
            factory=f"CCZ2T {factory.distillation_l1_d}/{factory.distillation_l2_d}",
            failure=failure,
            bound="factories" if cycles >= paced else "T one by one",
        )
    return None


def _model(factory: MagicStateFactory, distance: int, machine: Machine) -> PhysicalCostModel:
    seconds = machine.hardware.cycle_seconds
    assert seconds is not None
    return PhysicalCostModel(
        physical_params=PhysicalParameters(machine.hardware.physical_error, seconds * 1e6),
        data_block=PacedDataBlock(distance, machine.routing_overhead),
        factory=factory,
        qec_scheme=QECScheme.make_gidney_fowler(),
    )
