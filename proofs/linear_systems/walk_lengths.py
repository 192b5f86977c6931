"""The lengths of a walk that are accepted are those after which something is left of it."""

from contextlib import suppress
from typing import Any

import numpy as np

from bloqs.linear_systems.model.walk import check_steps, lengths_for
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement
from proofs.linear_systems.walk_parity import simulate


def stated(general: bool, steps: int) -> dict[str, Any]:
    """Whether the length is accepted, and by the choice of lengths as well."""
    is_accepted = is_chosen = 0
    with suppress(ValueError):
        check_steps(steps)
        is_accepted = 1
    with suppress(ValueError):
        lengths_for(3.0, 0.1, 0.1, steps)
        is_chosen = 1
    return {"accepted": is_accepted, "chosen": is_chosen}


def every(general: bool, steps: int) -> dict[str, Any]:
    """Any length."""
    return {"accepted": 1, "chosen": 1}


def found(general: bool, steps: int) -> tuple[dict[str, Any], Measurement]:
    """Whether the kernel of so many equal steps is left where the flags are zero, by circuit."""
    state, run = simulate(general, steps)
    left = int(np.linalg.norm(state) > 0.5)
    return {"accepted": left, "chosen": left}, run


THEOREM = AgreementClaim(
    says="The walk is given an even number of steps: after an odd number nothing is left of it "
    "where its flags are zero.",
    stated=stated,
    found=found,
    instances=lambda: [
        {"general": general, "steps": steps} for general in (False, True) for steps in range(1, 7)
    ],
    false_twin=every,
    twin_says="Any length will do.",
    source="[CASSBB22] Sec. IV, where the eigenvalues are not those of one step",
)
