"""From a logical cost to physical qubits and seconds, with Qualtran's surface-code models."""

import math

from attrs import frozen
from qualtran.resource_counting import GateCounts
from qualtran.surface_code import get_ccz2t_costs_from_error_budget

from estimator.costs.cost import Cost
from estimator.machines.logical_counts import LogicalCounts, NoMachineError


@frozen(kw_only=True)
class PhysicalCost:
    """What one run takes on a surface code.

    Args:
        qubits: data block and factories. Unit: physical qubits.
        seconds: duration. Unit: seconds.
        failure: probability that any logical error occurs. Unit: 1.
    """

    qubits: int
    seconds: float
    failure: float


def physical_cost(
    cost: Cost,
    t_per_rotation: int,
    physical_error: float,
    cycle_seconds: float,
    failure_budget: float,
    routing_overhead: float,
) -> PhysicalCost:
    """Physical cost with one catalysed CCZ-to-2T factory and a simple data block.

    Args:
        cost: of concrete size, without oracle queries, which have no physical cost.
        t_per_rotation: T gates a rotation is synthesised with. Unit: gates.
        physical_error: probability that a physical gate fails. Unit: 1.
        cycle_seconds: duration of one surface-code cycle. Unit: seconds.
        failure_budget: allowed probability of any logical error; decides the distance. Unit: 1.
        routing_overhead: qubits for routing, as a share of the logical ones. Unit: 1.

    Raises:
        ValueError: if `cost` has symbols or queries or nothing to run, a number is out of range,
            `physical_error` is not below threshold, or nothing meets `failure_budget`.

    Source: [GF19] ancillary spreadsheet, as implemented by Qualtran.
    """
    counts = counts_of(cost, t_per_rotation)
    if not 0 < physical_error < 0.01:
        raise ValueError(f"physical_error must be between 0 and 0.01, got {physical_error}")
    if not 0 < failure_budget < 1:
        raise ValueError(f"failure_budget must be between 0 and 1, got {failure_budget}")
    if not 0 < cycle_seconds < math.inf:
        raise ValueError(f"cycle_seconds must be positive and finite, got {cycle_seconds}")
    if not 0 <= routing_overhead < math.inf:
        raise ValueError(f"routing_overhead must be >= 0 and finite, got {routing_overhead}")
    try:
        found = get_ccz2t_costs_from_error_budget(
            n_logical_gates=GateCounts(
                t=int(counts.t + t_per_rotation * counts.rotations), toffoli=counts.toffoli
            ),
            n_algo_qubits=counts.qubits,
            phys_err=physical_error,
            cycle_time_us=cycle_seconds * 1e6,
            error_budget=failure_budget,
            routing_overhead=routing_overhead,
        )
    except (ValueError, ArithmeticError) as error:  # the factory alone is too bad, or overflows
        raise ValueError(
            f"failure_budget {failure_budget} cannot be met at physical_error {physical_error}: "
            f"{error}"
        ) from error
    return PhysicalCost(
        qubits=math.ceil(found.footprint),
        seconds=found.duration_hr * 3600,
        failure=found.failure_prob,
    )


def counts_of(cost: Cost, t_per_rotation: int) -> LogicalCounts:
    """What a machine is asked to run.

    Args:
        cost: of concrete size, without oracle queries, which have no physical cost.
        t_per_rotation: T gates a rotation is synthesised with. Unit: gates.

    Raises:
        NoMachineError: if `cost` has symbols or queries or nothing to run.
    """
    if cost.queries:
        named = ", ".join(cost.queries)
        raise NoMachineError(
            f"queries to {named} have no physical cost; choose a loader with gates"
        )
    if not 0 <= t_per_rotation < math.inf:
        raise ValueError(f"t_per_rotation must be >= 0 and finite, got {t_per_rotation}")
    try:
        counts = LogicalCounts(
            t=int(cost.t),
            toffoli=int(cost.toffolis),
            rotations=int(cost.rotations),
            measurements=int(cost.measurements),
            qubits=int(cost.qubits),
        )
    except TypeError:
        raise NoMachineError("physical cost needs numbers for every symbol of the cost") from None
    magic = counts.t + counts.toffoli + t_per_rotation * counts.rotations
    if magic < 1 or counts.qubits < 1:
        raise NoMachineError(
            "physical cost needs a qubit and a T gate or Toffoli, got "
            f"{counts.qubits} qubits and {magic} such gates"
        )
    return counts
