"""Qubits measured between layers as a mean over circuits without measurements.

A measurement whose bit is not used is Z or nothing, by chance one half. Z moves past every gate of
an ansatz to its end, where no Z readout sees it; on its way it only turns signs of angles round.
"""

from collections.abc import Iterator
from itertools import product

import numpy as np

from bloqs.contrastive.model.gate_program import FLIP, Floats, GateProgram, Z

MOST_BRANCHES = 2**12
"""Circuits of a mean; one more qubit that is measured doubles them."""


def branches_of(width: int, layers: int) -> int:
    """How many circuits the mean is over: floor(W/2) qubits at each of L - 1 ends of layers."""
    return int(2 ** (width // 2 * (layers - 1)))


def branch_signs(program: GateProgram) -> Iterator[Floats]:
    """Signs of all angles, for Z on every choice of the measured qubits; each of shape (angles,).

    Args:
        program: of the circuit, whose `ends` are the ends of layers.
    """
    half = [1 << program.width - 1 - k for k in range(0, 2 * (program.width // 2), 2)]
    inner = program.ends[:-1]
    for chosen in product((0, 1), repeat=len(half) * len(inner)):
        found, mask = np.ones(program.free), 0
        for place, (axis, flips, _, control, _, angle) in enumerate(program.rows.tolist()):
            if place in inner:
                at = inner.index(place) * len(half)
                mask ^= sum(bit for bit, is_on in zip(half, chosen[at:], strict=False) if is_on)
            if axis == FLIP:
                mask ^= control if flips & mask else 0
            elif axis != Z and (flips & mask).bit_count() % 2:
                found[angle] = -1
        yield found
