"""Labels as vectors, gate by gate against the labels."""

import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.ntk.circuits.class_signs import ClassSigns, labels_vector
from bloqs.simulation.runner import encoded_vector

KIND = QROMLoader(), Rotation.BITWISE


@pytest.mark.parametrize(
    "labels", [[1, -1], [1, 1, 1, 1, -1, -1, -1, -1], [1, 1, -1, 0], [1, 0, 0, 0, -1, -1, -1, 0]]
)
def test_is_the_labels(labels, costs_agree):
    labels = np.array(labels, dtype=float)
    bloq = labels_vector(labels, 10, *KIND)
    assert isinstance(bloq, ClassSigns) == bool(np.all(labels))
    found = encoded_vector(bloq)
    wanted = labels / np.linalg.norm(labels)
    assert np.linalg.norm(found - wanted) <= float(bloq.epsilon) + 1e-12
    costs_agree(bloq)


def test_a_control_switches_it(switches):
    switches(ClassSigns(2))


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([1, 1, -1], r"a power of two >= 2 of rows, got \(3,\)"),
        ([1, -1, 1, -1], "lower half have the label \\+1, or 0 where they fill up, got -1"),
        ([1, 1, -2, -1], "upper half have the label -1, or 0 where they fill up, got -2"),
        ([1, 1, 0, 0], "the class -1 has no point"),
    ],
)
def test_refusals(labels, message):
    with pytest.raises(ValueError, match=message):
        labels_vector(np.array(labels, dtype=float), 6, *KIND)


def test_needs_two_classes():
    with pytest.raises(ValueError, match="at least one qubit, got n=0"):
        ClassSigns(0)
