"""Four swap tests put together, against the overlap itself."""

import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.linear_systems.answers.simulate import BLOCKS
from bloqs.ntk.circuits.class_signs import ClassSigns
from bloqs.ntk.circuits.four_overlaps import four_overlaps
from bloqs.ntk.model.readout import Overlap, from_four
from bloqs.simulation.runner import Runner
from bloqs.simulation.vector_dilation import VectorDilation

KIND = QROMLoader(), Rotation.BITWISE


def squares_of(tests):
    """|overlap|**2 of unit parts: of the runs whose flags are all in zero."""
    found = {}
    for signs, test in tests.items():
        sizes = [2**reg.bitsize for reg in test.signature]
        state = Runner.of(test, BLOCKS).run(0).reshape(sizes)[:, :, 0, :, 0]
        plus, minus = (np.linalg.norm(state[probe]) ** 2 for probe in (0, 1))
        found[signs] = (plus - minus) / (plus + minus)
    return found


@pytest.mark.parametrize("is_solved", [False, True])
def test_is_the_overlap(golden, is_solved):
    system, k = golden(16)
    solution = system.solution if is_solved else system.labels
    unit = solution / np.linalg.norm(solution)
    vector = VectorDilation.of_vector(unit) if is_solved else ClassSigns(3)
    tests = four_overlaps(k, solution, vector, 12, *KIND)
    squares = squares_of(tests)
    assert set(squares) == {(1, 1), (1, -1), (-1, 1), (-1, -1)}
    found = from_four(squares, k, solution)
    assert found == pytest.approx(Overlap.of(k, solution).overlap, abs=4e-3)
    assert found == pytest.approx(0.48864 if is_solved else 0.48773, abs=4e-3)


def test_a_part_that_is_zero_has_no_test():
    tests = four_overlaps(np.array([1.0, 0.5]), np.array([1.0, -1.0]), ClassSigns(1), 6, *KIND)
    assert set(tests) == {(1, 1), (1, -1)}


def test_refuses_signs_that_leave_their_class():
    solution = np.array([1.0, -0.25, -1.0, -1.0])
    with pytest.raises(ValueError, match=r"row 1 has y_i x_i = -0\.25"):
        four_overlaps(np.ones(4), solution, ClassSigns(2), 6, *KIND)
