"""The input of a residual network as a tensor product."""

import pytest
import sympy

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.resnet.circuits.source import Source
from bloqs.resnet.model.memory import Regime

b = sympy.Symbol("b", positive=True, integer=True)


def source(order):
    return Source(
        access=Regime.NOTHING, memory=QROMLoader(), b=b, rotation=Rotation.PHASE_GRADIENT,
        order=order,
    )  # fmt: skip


@pytest.mark.parametrize("order", [2, 3, 5, 16])
def test_error_of_equal_factors(order):
    """(1 + e)**order - 1, in few terms: written naively it would double with each factor."""
    error = source(1).vector(1).epsilon
    found = source(order).vector(order).epsilon
    assert found.count_ops() < 40 * order
    at = {b: 7}
    expected = (1 + sympy.N(error.subs(at), 40)) ** order - 1
    assert abs(sympy.N(found.subs(at), 40) / expected - 1) < 1e-30
