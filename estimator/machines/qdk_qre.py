"""The third estimator of Microsoft's `qdk`, `qdk.qre`, by its logical counts."""

import contextlib
import io
import math
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from estimator.machines.logical_counts import Estimate, LogicalCounts, Machine
from estimator.machines.qdk_package import (
    LARGEST_DISTANCE,
    counts_for_qdk,
    module_of_qdk,
    whole_nanoseconds,
)

DISTANCES = list(range(3, LARGEST_DISTANCE + 1, 2))
"""Of the code of the data, that are tried."""

MOST_QUBITS = 100_000
"""Unit: logical qubits."""

FEWER, LIKELY, MORE = 2, 3, 5
"""T gates of a rotation that are tried, beside what [BMST22] Eq. C2 gives for all of the budget."""


def qre_estimate(counts: LogicalCounts, machine: Machine) -> Estimate:
    """Physical cost by `qdk.qre`, of the least spacetime volume.

    Raises:
        ValueError: if the package is not there, finds nothing, or has not such a code.

    Source: [BMST22] for gates; of Majorana machines the code with three auxiliary qubits that the
        package has.
    """
    qre = module_of_qdk("qre")
    if counts.qubits > MOST_QUBITS:
        raise ValueError(
            f"qdk.qre takes its time by the qubit, and is asked up to {MOST_QUBITS:,} logical ones"
        )
    application = module_of_qdk("qre.application").QSharpApplication(
        module_of_qdk("estimator").LogicalCounts(counts_for_qdk(counts, machine.hardware))
    )
    machine_of_qdk, codes = _architecture(machine)

    def estimates(per_rotation: list[int]) -> Any:
        traces = qre.PSSPC.q(num_ts_per_rotation=per_rotation, ccx_magic_states=[False])
        with contextlib.redirect_stdout(io.StringIO()):  # what it says of empty answers
            return qre.estimate(
                application,
                machine_of_qdk,
                codes,
                traces * qre.LatticeSurgery.q(),
                max_error=machine.failure_budget,
            )

    tried, likely = _per_rotation(counts, machine.failure_budget)
    found = estimates([likely]) and estimates(tried)  # to find nothing takes it seconds for each
    if not found:
        raise ValueError(
            f"qdk.qre meets failure_budget {machine.failure_budget:g} with no code and factory "
            "that it has"
        )
    best = min(found, key=lambda each: each.qubits * each.runtime)
    made = next(iter(best.factories.values()), None)
    return Estimate(
        qubits=best.qubits,
        seconds=best.runtime * 1e-9,
        distance=_distance(best.source),
        factories=0 if made is None else made.copies,
        factory=f"15-to-1 {made.error_rate:.1e}" if made else "none",
        failure=best.error,
        bound="steps",
    )


def _architecture(machine: Machine) -> tuple[Any, Any]:
    """The machine, and the codes and factories that are tried on it."""
    models, hardware = module_of_qdk("qre.models"), machine.hardware
    if hardware.is_majorana:
        if hardware.code != "surface":
            raise ValueError("qdk.qre has no Floquet code")
        assert hardware.measurement_seconds is not None
        made = models.Majorana(
            error_rate=hardware.physical_error,
            time=whole_nanoseconds(hardware.measurement_seconds),
            t_error_rate=hardware.t_error,
        )
        code, inner = models.ThreeAux.q(distance=DISTANCES), models.ThreeAux.q()
    else:
        gate, measurement = hardware.durations
        made = models.GateBased(
            error_rate=hardware.physical_error,
            gate_time=whole_nanoseconds(gate),
            measurement_time=whole_nanoseconds(measurement),
        )
        own: dict[str, Any] = {}
        if hardware.gate_seconds is None:
            assert hardware.cycle_seconds is not None
            own["code_cycle_override"] = whole_nanoseconds(hardware.cycle_seconds)
        code = models.SurfaceCode.q(distance=DISTANCES, **own)
        inner = models.SurfaceCode.q(**own)
    factory = models.RoundBasedFactory.q(code_query=inner, cache_dir=Path(_folder().name))
    return made, code * factory


@cache
def _folder() -> "TemporaryDirectory[str]":
    """Where the package keeps factories while this process lasts, rather than in the home."""
    return TemporaryDirectory()


def _per_rotation(counts: LogicalCounts, budget: float) -> tuple[list[int], int]:
    """T gates of a rotation that are tried, and one whose error is a small part of the budget."""
    if not counts.rotations:
        return [1], 1
    middle = math.ceil(0.53 * math.log2(counts.rotations / budget) + 5.3)
    return list(range(max(1, middle - FEWER), middle + MORE + 1)), middle + LIKELY


def _distance(source: Any) -> int:
    """Of the code of the data, which stands in what the answer was made from."""
    found = {
        node.transform.distance for node in source.nodes if hasattr(node.transform, "distance")
    }
    return int(max(found))
