"""Vectors put in the place of black boxes, wherever these are."""

import attrs
import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaded_vector import LoadedVector
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.deamplified_vector import Deamplified
from bloqs.encodings.vector_sum import VectorSum
from bloqs.feedforward.circuits.earlier_vector import EarlierVector
from bloqs.feedforward.circuits.layer_chain import LayerChain
from bloqs.feedforward.circuits.negated_vector import NegatedVector
from bloqs.feedforward.circuits.replaced_parts import starting_from


def loaded(entries):
    return LoadedVector.of(np.array(entries), 12, QROMLoader(), Rotation.BITWISE)


FIRST, SECOND = loaded([1.0, 2.0]), loaded([3.0, -1.0])
BOX, OTHER = EarlierVector(1, 0, 1.0, 0.0, name="a"), EarlierVector(1, 0, 1.0, 0.0, name="b")


def by_name(box):
    return {"a": FIRST, "b": SECOND}[box.name]


def test_each_box_by_its_name():
    """Two boxes, one inside of another bloq; all else stays, and what holds none is the same."""
    bloq = VectorSum(BOX, Deamplified(NegatedVector(OTHER), 2.0), 0.5, 0.5, is_controlled=True)
    found = starting_from(bloq, by_name)
    inner = Deamplified(NegatedVector(SECOND), 2.0)
    assert found == attrs.evolve(bloq, psi=FIRST, phi=inner)
    assert starting_from(found, by_name) is found


def test_inside_tuples():
    """The parts of a chain are one field."""
    parts = (NegatedVector(BOX), NegatedVector(FIRST))
    found = starting_from(LayerChain(SECOND, parts), by_name)
    assert found.parts == (NegatedVector(FIRST), NegatedVector(FIRST))
    assert found.parts[1] is parts[1]


def test_one_bloq_in_two_places_stays_one():
    shared = NegatedVector(BOX)
    found = starting_from(VectorSum(shared, shared, 0.5, 1.0), by_name)
    assert found.psi is found.phi


@pytest.mark.parametrize("value", [3, None, "a", (1.0, 2.0)])
def test_other_values_stay(value):
    assert starting_from(value, by_name) is value
