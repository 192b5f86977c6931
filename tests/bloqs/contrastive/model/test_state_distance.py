"""Distances from overlaps beside distances of density matrices."""

import numpy as np
import pytest

from bloqs.contrastive.model.batched_engine import Engine
from bloqs.contrastive.model.state_distance import class_distance, overlaps, pair_distance


def some_states(number):
    rng = np.random.default_rng(number)
    engine = Engine(kind="ring", width=3, layers=1)
    return engine.states(rng.uniform(0, np.pi, (number, 3)), rng.normal(size=engine.angles))


def mixed(states):
    return np.mean([np.outer(each, each.conj()) for each in states], axis=0)


def test_classes():
    states = some_states(10)
    first = np.arange(10) < 4
    gap = mixed(states[first]) - mixed(states[~first])
    found = class_distance(overlaps(states), first)
    assert found.value == pytest.approx(np.trace(gap @ gap).real, abs=1e-12)
    with pytest.raises(ValueError, match="two classes"):
        class_distance(overlaps(states), np.ones(10))


@pytest.mark.parametrize("images", [2, 5])
def test_pairs(images):
    states = some_states(2 * images)
    values, purities = [], []
    for image in range(images):
        own = np.isin(np.arange(2 * images), [image, image + images])
        rho, sigma = mixed(states[own]), mixed(states[~own])
        values.append(np.trace((rho - sigma) @ (rho - sigma)).real)
        purities.append(np.trace(rho @ rho).real)
    table = overlaps(states)
    found = pair_distance(table)
    assert found.value == pytest.approx(np.mean(values), abs=1e-12)
    assert found.first_purity == pytest.approx(np.mean(purities), abs=1e-12)
    with pytest.raises(ValueError, match="at least 2 images"):
        pair_distance(table[:2, :2])
