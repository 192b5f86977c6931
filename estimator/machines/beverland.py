"""Sequential Pauli measurements with as many T factories as keep up, by Qualtran's functions."""

import math
from collections.abc import Iterator

from attrs import frozen
from qualtran.resource_counting import GateCounts
from qualtran.surface_code import (
    AlgorithmSummary,
    FastDataBlock,
    FifteenToOne,
    LogicalErrorModel,
    MagicStateFactory,
    QECScheme,
    beverland_et_al_model,
    iter_ccz2t_factories,
)
from qualtran.surface_code.rotation_cost_model import BeverlandEtAlRotationCost

from estimator.machines.logical_counts import Estimate, LogicalCounts, Machine, refuse_majorana

FIFTEEN_TO_ONE = ((7, 3, 3), (9, 3, 3), (11, 5, 5), (17, 7, 7))
"""Sides d_X and d_Z and cycles d_m of the published 15-to-1 factories. [Lit19] Table 1"""


@frozen(kw_only=True)
class LogicalPlan:
    """What an algorithm takes before factories are chosen.

    Args:
        steps: time steps, each of as many cycles as the distance. [BMST22] Eq. D3
        distance: of the code.
        t_states: magic states that are taken in. [BMST22] Eq. D4
        tiles: of the fast data block. [BMST22] App. D
    """

    steps: int
    distance: int
    t_states: int
    tiles: int


def logical_plan(counts: LogicalCounts, physical_error: float, budget: float) -> LogicalPlan:
    """Steps, distance and T states, a third of the budget each for the code, T and rotations.

    Raises:
        ValueError: if no distance is large enough for floating point.
    """
    algorithm = AlgorithmSummary(
        n_algo_qubits=counts.qubits,
        n_logical_gates=GateCounts(
            t=counts.t,
            toffoli=counts.toffoli,
            rotation=counts.rotations,
            measurement=counts.measurements,
        ),
        n_rotation_layers=counts.layers,
    )
    steps = beverland_et_al_model.minimum_time_steps(
        error_budget=budget, alg=algorithm, rotation_model=BeverlandEtAlRotationCost
    )
    states = beverland_et_al_model.t_states(
        error_budget=budget, alg=algorithm, rotation_model=BeverlandEtAlRotationCost
    )
    return LogicalPlan(
        steps=int(steps),
        distance=distance_of(counts.qubits, steps, physical_error, budget),
        t_states=int(states),
        tiles=FastDataBlock.get_n_tiles(counts.qubits),
    )


def distance_of(qubits: int, steps: float, physical_error: float, budget: float) -> int:
    """The smallest distance that keeps data for so many steps within a third of the budget.

    Args:
        qubits: of the algorithm. Unit: logical qubits.
        steps: each of as many cycles as the distance.
        physical_error: probability that a gate fails. Unit: 1.
        budget: of which a third is for the code. Unit: 1.
    """
    found: int = beverland_et_al_model.code_distance(
        error_budget=budget,
        time_steps=steps,
        alg=AlgorithmSummary(n_algo_qubits=qubits, n_logical_gates=GateCounts()),
        qec_scheme=QECScheme.make_beverland_et_al(),
        physical_error=physical_error,
    )
    return found


def beverland(counts: LogicalCounts, machine: Machine) -> Estimate:
    """Physical cost by [BMST22], with the factory of fewest qubits in all.

    Raises:
        ValueError: if no factory makes T states well enough.

    Source: [BMST22] App. D.
    """
    refuse_majorana(machine)
    hardware, budget = machine.hardware, machine.failure_budget
    assert hardware.cycle_seconds is not None
    scheme = QECScheme.make_beverland_et_al()
    plan = logical_plan(counts, hardware.physical_error, budget)
    model = LogicalErrorModel(physical_error=hardware.physical_error, qec_scheme=scheme)
    gates = GateCounts(t=plan.t_states)
    cycles = plan.steps * plan.distance
    block = FastDataBlock(data_d=plan.distance)
    found = []
    for factory, name in _factories():
        failure = factory.factory_error(gates, model)
        if not 0 <= failure <= budget / 3:
            continue
        number = math.ceil(factory.n_cycles(gates, model) / cycles)
        found.append((number * factory.n_physical_qubits(), number, name, failure))
    if not found:
        raise ValueError(
            f"neither one level of 15-to-1 nor two of CCZ-to-2T meet a third of failure_budget "
            f"{budget:g} at physical_error {hardware.physical_error:g}"
        )
    qubits, number, name, failure = min(found)
    failure += plan.tiles * plan.steps * model(plan.distance)
    return Estimate(
        qubits=qubits + block.n_physical_qubits(counts.qubits),
        seconds=cycles * hardware.cycle_seconds,
        distance=plan.distance,
        factories=number,
        factory=name,
        failure=failure + (budget / 3 if counts.rotations else 0),
        bound="steps",
    )


def _factories() -> Iterator[tuple[MagicStateFactory, str]]:
    """Designs with their names."""
    for sides in FIFTEEN_TO_ONE:
        yield FifteenToOne(*sides), f"15-to-1 {'/'.join(map(str, sides))}"
    for each in iter_ccz2t_factories():
        yield each, f"CCZ2T {each.distillation_l1_d}/{each.distillation_l2_d}"
