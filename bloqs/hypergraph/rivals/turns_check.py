"""Checks how exactly turns about three states take vectors of an excluding basis to states.

States are columns in the basis, state j without component j. The overlaps are counted from signs
at all points; the turns exp(i angle |psi_s><psi_s|), s in a circle, are multiplied out.
"""

import math
from collections.abc import Mapping
from itertools import combinations
from typing import Any

import numpy as np

from bloqs.hypergraph.rivals.certificate import Certificate, demand, examined
from bloqs.hypergraph.rivals.exclusion_check import written_signs
from bloqs.hypergraph.rivals.exclusion_task import forms_of
from estimator.ask.question import Tracker

MOST_RESIDUAL = 1e-10
ROUNDING = 1e-9
"""Of overlaps: a state that nearly depends on the others loses half of the digits."""


def residual(states: np.ndarray, turn: Mapping[str, Any]) -> float:
    """Distance from the state, up to a phase, to where the turns take the vector."""
    matrix = np.eye(3, dtype=complex)
    for place, angle in enumerate(turn["angles"]):
        state = states[:, (turn["first"] + place) % 3]
        projector = np.outer(state, state.conj())
        matrix = (np.eye(3) + (np.exp(1j * angle) - 1) * projector) @ matrix
    moved, wanted = matrix[:, turn["vector"]], states[:, turn["target"]]
    overlap = np.vdot(wanted, moved)
    return float(np.linalg.norm(moved - overlap * wanted))


@examined
def check_turns(certificate: Certificate, track: Tracker) -> str:
    """Whether the basis excludes the states, and the turns do what they must."""
    signs = [written_signs(form) for form in forms_of(certificate.task)]
    demand(len(signs) == 3, "the task has not three forms")
    states = np.array(certificate.evidence["states"], dtype=float)
    demand(states.shape == (3, 3) and np.isfinite(states).all(), "states are three columns")
    demand(np.abs(states).max() <= 1 + ROUNDING, "an entry of a state is above 1")
    demand(not states.diagonal().any(), "a state meets the vector that excludes it")
    for one in range(3):
        demand(abs(states[:, one] @ states[:, one] - 1) < ROUNDING, "a state has not norm 1")
    for one, two in combinations(range(3), 2):
        wanted = int(signs[one] @ signs[two]) / len(signs[one])
        demand(abs(states[:, one] @ states[:, two] - wanted) < ROUNDING, "an overlap is another")
    turns = list(certificate.evidence["turns"])
    demand([turn["vector"] for turn in turns] == [0, 1], "two vectors are turned")
    demand(all(len(turn["angles"]) <= 6 for turn in turns), "there are more than six turns")
    demand(all(math.isfinite(x) for turn in turns for x in turn["angles"]), "an angle is no number")
    demand(all(turn["target"] in (0, 1, 2) for turn in turns), "a target is one of three states")
    worst = float(np.max([residual(states, turn) for turn in turns]))  # not a number if one is none
    demand(worst <= MOST_RESIDUAL, f"the residual is {worst:.1e}, above {MOST_RESIDUAL:.0e}")
    demand(
        certificate.answer
        == f"six turns each take two vectors of the basis to states, within {MOST_RESIDUAL:.0e}",
        "it answers otherwise",
    )
    return f"the product of the turns; residual {worst:.1e}"
