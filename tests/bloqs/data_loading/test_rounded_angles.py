"""Angles as whole numbers, against decimal fractions of a hundred digits."""

import mpmath
import numpy as np
import pytest

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.data_loading.rounded_angles import rounded_angles
from bloqs.linear_systems.circuits.banded import BandedEncoding
from bloqs.linear_systems.circuits.matching import MatchingEncoding
from bloqs.linear_systems.model.hhl import filter_table
from bloqs.ntk.circuits.tabulated_kernel import TabulatedKernel

KIND = QROMLoader(), Rotation.BITWISE
MATRIX = np.array([[2.0, -0.7], [-0.7, 1.1]])


@pytest.mark.parametrize("b", [4, 31, 62, 63, 64, 65, 128, 256])
def test_angles_are_as_near_as_a_float_can_say(b):
    """Within half a part of a turn, and 2**-52 of the angle, whatever machine words hold."""
    angles = np.array([[0.0, 1.2345, np.pi], [np.pi / 2, -0.7, 6.28]])
    with mpmath.workdps(100):
        for angle, found in zip(angles.reshape(-1), rounded_angles(angles, b), strict=True):
            assert 0 <= found < 2**b
            off = found * 2 * mpmath.pi / mpmath.mpf(2) ** b - mpmath.mpf(float(angle))
            off -= 2 * mpmath.pi * mpmath.nint(off / (2 * mpmath.pi))
            assert abs(off) <= mpmath.pi / mpmath.mpf(2) ** b + abs(angle) * 2.0**-51


@pytest.mark.parametrize("b", [62, 63, 64, 100, 256])
@pytest.mark.parametrize(
    "table",
    [
        lambda b: MatchingEncoding.of(MATRIX, b, *KIND).angles,
        lambda b: BandedEncoding.of(MATRIX, b, *KIND).angles,
        lambda b: TabulatedKernel.of(np.array([1.0, -0.4]), b, *KIND).angles,
        lambda b: filter_table(2.0, 3, "walk", b),
    ],
    ids=["matchings", "bands", "kernel", "filter"],
)
def test_a_finer_table_starts_with_the_bits_of_the_coarser(table, b):
    """Of b bits the first twenty are those of twenty, however many there are."""
    fine, coarse = table(b), table(20)
    gaps = [(x - (y << b - 20)) % 2**b for x, y in zip(fine, coarse, strict=True)]
    assert all(min(gap, 2**b - gap) <= 2 ** (b - 21) for gap in gaps)
    assert any(fine)
