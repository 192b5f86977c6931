"""A flagged test says +1 and -1 by its probe, and 0 where a flag is raised."""

from typing import Any

import numpy as np

from bloqs.readout.estimates import flagged_outcomes
from bloqs.readout.flagged_test import FlaggedHadamardTest
from bloqs.simulation.runner import Runner
from proofs.claim import Measurement
from proofs.forms import ROUNDING
from proofs.leaves import VectorLeaf
from proofs.operator_claim import OperatorClaim


def _leaves(flags: int) -> tuple[VectorLeaf, VectorLeaf]:
    return VectorLeaf(3, 2, flags), VectorLeaf(7, 2, 1)


def specification(flags: int, is_difference: bool) -> Any:
    """Mean o sqrt(p q) and square (p + q)/2, from the two vectors where the flags are zero."""
    one, two = (leaf.block for leaf in _leaves(flags))
    mean = np.vdot(one, two).real * (-1 if is_difference else 1)
    square = (np.linalg.norm(one) ** 2 + np.linalg.norm(two) ** 2) / 2
    return np.array([(square + mean) / 2, (square - mean) / 2, 1 - square])


def raised_is_one(flags: int, is_difference: bool) -> Any:
    """A raised flag counts for +1."""
    plus, minus, raised = specification(flags, is_difference)
    return np.array([plus + raised, minus, 0.0])


def simulate(flags: int, is_difference: bool) -> tuple[Any, Measurement]:
    """Every gate executed."""
    bloq = FlaggedHadamardTest(*_leaves(flags), 0.5, is_difference=is_difference)
    runner = Runner.of(bloq)
    found = flagged_outcomes(runner.run(0).reshape(4, -1, 2))
    run = Measurement(
        value=0.0, qubits=runner.qubits, gates=runner.gates, fidelity=str(runner.fidelity)
    )
    return np.array([found[k] for k in (1, -1, 0)]), run


THEOREM = OperatorClaim(
    says="The test of an overlap of two vectors behind flags has the outcomes +1 and -1 with "
    "probabilities (p + q + 2 o sqrt(p q))/4 and (p + q - 2 o sqrt(p q))/4, and 0 where a flag is "
    "raised.",
    specification=specification,
    simulate=simulate,
    instances=tuple(
        {"flags": flags, "is_difference": difference}
        for flags in (1, 2)
        for difference in (False, True)
    ),
    false_twin=raised_is_one,
    twin_says="A raised flag counts for +1.",
    bound=lambda **_: ROUNDING,
    norm="l2",
    source="[CEMM98] Sec. 2, with flags: ours",
)
