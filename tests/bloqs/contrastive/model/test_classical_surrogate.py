"""The formula beside the circuit, by degree, and cut off."""

import numpy as np
import pytest

from bloqs.contrastive.model.ansatz_parts import KINDS
from bloqs.contrastive.model.batched_engine import Engine
from bloqs.contrastive.model.classical_surrogate import surrogate_of

RANDOM = np.random.default_rng(11)


@pytest.mark.parametrize("is_half_measured", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_it_is_the_circuit(kind, is_half_measured):
    engine = Engine(kind=kind, width=4, layers=2, is_half_measured=is_half_measured)
    angles = RANDOM.uniform(-np.pi, np.pi, engine.angles)
    inputs = RANDOM.uniform(-4, 4, (20, 4))
    found = surrogate_of(engine, angles).outputs(inputs)
    assert found == pytest.approx(engine.outputs(inputs, angles), abs=1e-13)


def test_the_published_ring_is_nearly_linear_at_its_start_and_all_to_all_is_not():
    """Weight by degree, as derived with other code: 95 %, and 18/21/15/46 %."""
    shares = []
    for kind, layers in (("ring", 2), ("all-to-all", 3)):
        engine = Engine(kind=kind, width=8, layers=layers)
        weights = [
            surrogate_of(engine, RANDOM.normal(0, 8**-0.5, engine.angles)).weight_by_degree()
            for _ in range(3)
        ]
        shares.append(np.mean(weights, axis=0))
    assert shares[0][1] == pytest.approx(0.95, abs=0.03)
    assert shares[0].sum() == pytest.approx(1)
    assert shares[1][4] > 0.25
    assert shares[1][1] < 0.4


def test_cut_off_it_keeps_the_words_of_low_degree():
    engine = Engine(kind="14", width=4, layers=1)
    whole = surrogate_of(engine, RANDOM.uniform(-np.pi, np.pi, engine.angles))
    inputs = RANDOM.uniform(0, np.pi, (200, 4))
    errors = [
        np.abs(whole.up_to(d).outputs(inputs) - whole.outputs(inputs)).max() for d in range(5)
    ]
    assert errors[4] == 0
    assert errors[0] > 0.1
    words = whole.words(0, 81)
    assert sum(len(word.replace("I", "")) == 1 for word, _ in words) == 8
    kept = whole.up_to(1).coefficients[0]
    assert np.count_nonzero(kept) <= 9
    with pytest.raises(ValueError, match="from 0 to 4, got 5"):
        whole.up_to(5)


def test_one_word_for_one_qubit_that_is_only_encoded():
    engine = Engine(kind="line", width=3, layers=1)
    found = surrogate_of(engine, np.zeros(engine.angles))
    assert found.words(2, 2)[0] == ("IZZ", pytest.approx(1))


def test_refusals():
    engine = Engine(kind="ring", width=4, layers=1)
    found = surrogate_of(engine, np.zeros(8))
    with pytest.raises(ValueError, match="shape"):
        found.outputs(np.zeros((2, 3)))
    with pytest.raises(ValueError, match="finite, got nan"):
        found.outputs(np.full((2, 4), np.nan))
    wide = Engine(kind="ring", width=14, layers=1)
    with pytest.raises(ValueError, match="observables of 14 qubits need 64 GiB"):
        surrogate_of(wide, np.zeros(28))
