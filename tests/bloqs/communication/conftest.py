"""Random models of several parties, and the steps of a circuit."""

from collections import Counter

import numpy as np
import pytest
from qualtran.resource_counting import get_bloq_callee_counts
from qualtran.resource_counting.generalizers import ignore_alloc_free, ignore_split_join

from bloqs.communication.model.blocks import Block, Gate, PartyModel


def random_model(seed, qubits=3, blocks=4, gates=4, owners=("Alice", "Bob"), fixed=0.3):
    """Gates with random strings and angles, some of them not trainable; real data."""
    rng = np.random.default_rng(seed)
    made = []
    for k in range(blocks):
        chosen = []
        for _ in range(gates):
            letters = "".join(rng.choice([*"IXYZ"], qubits))
            letters = letters if set(letters) != {"I"} else "Y" + letters[1:]
            chosen.append(Gate(letters, float(rng.uniform(-4, 4)), bool(rng.random() > fixed)))
        made.append(Block(owners[k % len(owners)], tuple(chosen)))
    return PartyModel(qubits, rng.normal(size=2**qubits), tuple(made))


@pytest.fixture
def model_of():
    """The maker of random models."""
    return random_model


def calls(bloq):
    """How often each bloq is called, itself and not its inverse; no splits and no joins."""
    found, skipped = Counter(), [ignore_split_join, ignore_alloc_free]
    for part, times in get_bloq_callee_counts(bloq, generalizer=skipped):
        found[part] += times
    return found


@pytest.fixture
def lists_its_steps():
    """Whether a call graph names the steps of the circuit, one level deep."""
    return lambda bloq: calls(bloq) == calls(bloq.decompose_bloq())
