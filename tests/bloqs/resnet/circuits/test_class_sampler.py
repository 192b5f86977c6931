"""Shots of small vectors: their frequencies, their cost, and what is refused."""

import numpy as np
import pytest
from scipy.stats import chisquare

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.deamplified_vector import Deamplified
from bloqs.resnet.circuits.class_sampler import ClassSampler
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_annotation, cost_by_counting

VECTOR = np.array([0.1, -0.5, 0.3, 0.2, 0.6, -0.1, 0.4, 0.25])


def sampler(classes=4):
    v = VECTOR / np.linalg.norm(VECTOR)
    loaded = LoadedVector.of(v, 8, QROMLoader(), Rotation.BITWISE)
    return ClassSampler(Deamplified(loaded, 1.25), classes)


@pytest.mark.parametrize("shots", [120, pytest.param(400, marks=pytest.mark.slow)])
def test_shots_have_the_pooled_probabilities(shots):
    """Every shot ends in one basis state; classes are as frequent as pools of squares."""
    bloq = sampler()
    runner = Runner.of(bloq)
    counts, failed = np.zeros(4), 0
    for seed in range(shots):
        final = np.abs(runner.run(0, seed)) ** 2
        outcome = int(final.argmax())
        assert final[outcome] == pytest.approx(1, abs=1e-9)
        index, flag = divmod(outcome, 2)
        if flag:
            failed += 1
        else:
            counts[index // 2] += 1  # two entries a class
    pooled = (VECTOR**2).reshape(4, 2).sum(axis=1) / (VECTOR**2).sum()
    assert chisquare(counts, pooled * counts.sum()).pvalue > 1e-3
    expected = shots * (1 - 1 / 1.25**2)
    assert abs(failed - expected) < 5 * np.sqrt(expected)


def test_a_shot_costs_the_vector_and_a_measurement_a_qubit():
    bloq = sampler()
    whole, vector = cost_by_annotation(bloq), cost_by_annotation(bloq.vector)
    assert whole == cost_by_counting(bloq)
    assert whole.measurements == vector.measurements + 4
    assert (whole.toffoli, whole.rotations) == (vector.toffoli, vector.rotations)


def test_refusals():
    with pytest.raises(ValueError, match="must divide the 8 entries of the vector, got 3"):
        sampler(3)
    with pytest.raises(ValueError, match="got 0"):
        sampler(0)
