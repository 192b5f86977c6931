"""What the command line asks about transforms of convolutions."""

import pytest

from bloqs.convolution.answers import CONVOLUTION, QSVT_CONVOLUTION
from bloqs.data_loading.angle_rotation import Rotation
from estimator.costs.cost import cost_by_annotation
from estimator.symbols import degree

SIZES = {"C_in": 2, "C_out": 2, "D": 2, "M": 4}
VARIANTS = pytest.mark.parametrize("variant", QSVT_CONVOLUTION.variants)


@VARIANTS
@pytest.mark.parametrize("d", [2, 7])
def test_calls_the_convolution_of_that_variant(variant, d):
    """d times its rotations, and one more for each phase."""
    rotation = Rotation.BITWISE.value
    inside = CONVOLUTION.build(variant, "qrom", rotation, **SIZES, b=6)
    bloq = QSVT_CONVOLUTION.build(variant, "qrom", rotation, **SIZES, b=6, degree=d)
    assert bloq.encoding == inside
    assert bloq.degree == d
    one, all_ = cost_by_annotation(inside), cost_by_annotation(bloq)
    assert all_.rotations == d * one.rotations + d + 1
    assert all_.toffoli == d * one.toffoli + (d + 1) * (inside.ancilla_bitsize - 1)


@VARIANTS
def test_symbols(variant):
    """Nothing has to be a number, the degree included."""
    bloq = QSVT_CONVOLUTION.build(variant, "qrom", "phase-gradient")
    facts = QSVT_CONVOLUTION.facts(bloq, {})
    assert facts["calls of the encoding"] == degree
    assert facts["alpha"] == 1
    assert facts["alpha of the convolution"] == bloq.encoding.alpha


@VARIANTS
def test_epsilon_is_that_of_the_transform(variant):
    """4 d sqrt(e / alpha) is within epsilon, and with one bit less it is not."""
    norms = {"K_1": 7.5, "s_r": 3.0, "s_c": 2.5}
    given = {**SIZES, **norms, "degree": 6, "epsilon": 0.01}
    bloq = QSVT_CONVOLUTION.build(variant, "qrom", "bitwise", **given)
    assert float(bloq.epsilon) <= 0.01
    bits = QSVT_CONVOLUTION.facts(bloq, given)["b"]
    assert bits == bloq.encoding.b
    del given["epsilon"]
    coarser = QSVT_CONVOLUTION.build(variant, "qrom", "bitwise", **given, b=bits - 1)
    assert float(coarser.epsilon) > 0.01
