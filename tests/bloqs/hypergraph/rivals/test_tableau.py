"""The tableau against dense matrices, and against stim at 200 modes."""

import time

import numpy as np
import pytest
import stim

from bloqs.hypergraph.model.sentence import sentence_from_text
from bloqs.hypergraph.model.vector_engine import VectorEngine
from bloqs.hypergraph.rivals.tableau import TableauEngine


def test_it_agrees_with_dense_matrices(random_text, dense):
    """Records of random sentences without Toffoli, allowed or not."""
    random = np.random.default_rng(5)
    for _ in range(30):
        text = random_text(random, 3, 2, 12)
        text = " ".join(part for part in text.split() if not part.startswith("CCX")) or "I"
        sentence = sentence_from_text(text, modes=3)
        said = VectorEngine().sample(sentence, int(random.integers(99))).record
        flipped = "".join("." if x == "." else str(random.integers(2)) for x in said)
        for record in (said, flipped):
            expected, _ = dense(sentence, record)
            assert float(TableauEngine().probability(sentence, record)) == pytest.approx(expected)


def pauli_sentence(random, n, length):
    parts = []
    for _ in range(length):
        some = [int(v) for v in random.permutation(n)[:4]]
        if random.integers(2):
            parts.append(f"W({some[0]},{some[1]})")
        else:
            parts.append("MP(" + "*".join(f"{random.choice(list('XYZ'))}{v}" for v in some) + ")")
    return sentence_from_text(" ".join(parts), modes=n)


def test_it_agrees_with_stim_on_two_hundred_modes():
    """Each answer is possible for stim, certain where stim says so; a thousand tokens are fast."""
    sentence = pauli_sentence(np.random.default_rng(6), 200, 1000)
    sentence.actions  # noqa: B018
    began = time.perf_counter()
    run = TableauEngine().sample(sentence, 3)
    assert time.perf_counter() - began < 2  # 0.1 s on an idle machine
    simulator = stim.TableauSimulator()
    simulator.h(*range(200))
    for token, said in zip(sentence.tokens, run.record, strict=True):
        if not token.is_read:
            simulator.cz(*token.edge)
            continue
        letters = ["I"] * 200
        for (mode, _), letter in token.letters:
            letters[mode] = letter
        simulator.postselect_observable(
            stim.PauliString("".join(letters)), desired_value=said == "1"
        )  # raises if the answer is impossible


def test_it_refuses_what_it_cannot_do():
    """Cubic edges are named."""
    with pytest.raises(ValueError, match=r"got W\(0,1,2\)"):
        TableauEngine().check(sentence_from_text("W(0,1) W(0,1,2)"))
