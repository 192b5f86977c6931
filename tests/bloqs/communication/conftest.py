"""Random models of several parties, and the steps of a circuit."""

from collections import Counter

import numpy as np
import pytest
from qualtran.resource_counting import get_bloq_callee_counts

from bloqs.communication.model.blocks import Block, Gate, PartyModel
from bloqs.composite import AbstractComposite
from bloqs.same_calls import SAME_CALLS


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
    """How often each bloq is called, itself and not its inverse, with any angle for every angle."""
    found = Counter()
    for part, times in get_bloq_callee_counts(bloq, generalizer=SAME_CALLS):
        found[part] += times
    return found


@pytest.fixture
def lists_its_steps():
    """Whether call graphs name the steps of the circuit, also those of its parts."""
    seen = set()

    def check(bloq):
        if bloq in seen or not isinstance(bloq, AbstractComposite):
            return True
        seen.add(bloq)
        named = calls(bloq)
        return named == calls(bloq.decompose_bloq()) and all(map(check, named))

    return check
