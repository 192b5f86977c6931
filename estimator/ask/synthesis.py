"""The parameters by which every cost becomes T gates, physical qubits and seconds.

What nobody names is assumed and printed as such: rotations have `DEFAULT_SYNTHESIS` and
`DEFAULT_ROTATION_ERROR`; physical qubits and seconds are left out unless they are asked for, and
then have `DEFAULT_FAILURE_BUDGET` and `DEFAULT_ROUTING_OVERHEAD`.
"""

from collections.abc import Mapping
from typing import Any

from estimator.ask.hardware_file import HardwareName
from estimator.ask.parameter import Choice, Number, spelled

DEFAULT_SYNTHESIS = "mixed-fallback"
"""How rotations become T gates where nobody says: the fewest of the published means."""

DEFAULT_ROTATION_ERROR = 1e-10
"""Error of each rotation where nobody says, in the diamond norm. Unit: 1."""

DEFAULT_FAILURE_BUDGET = 0.01
"""Probability of any logical error that `HARDWARE` allows where nobody says. Unit: 1."""

DEFAULT_ROUTING_OVERHEAD = 0.5
"""Qubits for routing where nobody says, as a share of the logical ones. [GF19]"""

SYNTHESIS = Choice(
    name="synthesis",
    meaning="how rotations become T gates; needs --rotation-error; mixed-fallback to 1e-10 if "
    "unset, as is printed",
    of=("repeat-until-success", "ancilla-free", "mixed-fallback"),
)
ROTATION_ERROR = Number(
    name="rotation_error",
    meaning="error allowed for each rotation, spectral norm; diamond norm of mixed-fallback",
    least=0,
    below=1,
    whole=False,
)
HARDWARE = HardwareName(
    name="physical",
    meaning="physical qubits and seconds by every model, on this hardware; the first if none is "
    "named",
)
MACHINES = "physical_models"
"""Key of the part that says what `HARDWARE` takes."""

PHYSICAL = (
    Number(
        name="physical_error",
        meaning="probability that a physical gate fails; in place of that of --physical",
        least=0,
        below=0.01,
        whole=False,
    ),
    Number(
        name="cycle_seconds",
        meaning="duration of a surface-code cycle; in place of that of --physical",
        unit="seconds",
        least=0,
        whole=False,
    ),
    Number(
        name="failure_budget",
        meaning="probability allowed for any logical error; 0.01 if unset, with --physical",
        least=0,
        below=1,
        whole=False,
    ),
    Number(
        name="routing_overhead",
        meaning="qubits for routing, as a share of the logical ones; 0.5 if unset, with --physical",
        least=0,
        whole=False,
    ),
)
"""For physical qubits and seconds; given together, with `SYNTHESIS`, or some with `HARDWARE`."""

OF_ROTATIONS = (SYNTHESIS, ROTATION_ERROR)
"""For what compares T gates."""

PRICING = (*OF_ROTATIONS, HARDWARE, *PHYSICAL)
"""For every question about a cost."""


def check_pricing(values: Mapping[str, Any]) -> None:
    """Refuse prices of which a part is missing.

    Args:
        values: what was named, by name of the parameter.

    Raises:
        ValueError: if only some of what goes together is given.
    """
    has_synthesis, has_error = "synthesis" in values, "rotation_error" in values
    if has_synthesis != has_error:
        raise ValueError("give --synthesis and --rotation-error together: T gates need both")
    physical = [each.name for each in PHYSICAL if each.name in values]
    if values.get(HARDWARE.name) is not None:
        return
    if physical and (not has_synthesis or len(physical) < len(PHYSICAL)):
        wanted = ", ".join(spelled(each.name) for each in PHYSICAL)
        raise ValueError(
            f"physical qubits and seconds need {wanted}, --synthesis and --rotation-error "
            "together, or --physical"
        )
