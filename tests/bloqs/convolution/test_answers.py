"""Costs of convolutions and of transforms of them, as they are asked for."""

import pytest

from bloqs.data_loading.loaders import LOADERS
from bloqs.data_loading.parameters import LOADER_NAMES
from estimator.api import cost
from estimator.ask.synthesis import SYNTHESIS
from estimator.costs.budget import Synthesis
from estimator.costs.cost import cost_by_annotation
from estimator.symbols import degree

SIZES = {"C_in": 2, "C_out": 2, "D": 2, "M": 4}
VARIANTS = pytest.mark.parametrize("variant", ["adder", "multiplexed"])


def asked(variant, **given):
    return cost("qsvt-convolution", variant=variant, **given)


def facts_of(report):
    """The facts of a cost report, as expressions."""
    (facts,) = [part for part in report.parts if part.key == "facts"]
    return {row.key: row.value for row in facts.rows}


@VARIANTS
@pytest.mark.parametrize("d", [2, 7])
def test_calls_the_convolution_of_that_variant(variant, d):
    """d times its rotations, and one more for each phase."""
    given = {**SIZES, "b": 6, "rotation": "bitwise"}
    inside = cost("convolution", variant=variant, **given).bloq
    bloq = asked(variant, **given, degree=d).bloq
    assert bloq.encoding == inside
    assert bloq.degree == d
    one, all_ = cost_by_annotation(inside), cost_by_annotation(bloq)
    assert all_.rotations == d * one.rotations + d + 1
    assert all_.toffoli == d * one.toffoli + (d + 1) * (inside.ancilla_bitsize - 1)


@VARIANTS
def test_symbols(variant):
    """Nothing has to be a number, the degree included."""
    report = asked(variant)
    facts = facts_of(report)
    assert facts["calls of the encoding"] == degree
    assert facts["alpha"] == 1
    assert facts["alpha of the convolution"] == report.bloq.encoding.alpha


@VARIANTS
def test_epsilon_is_that_of_the_transform(variant):
    """4 d sqrt(e / alpha) is within epsilon, and with one bit less it is not."""
    given = {**SIZES, "K_1": 5.0, "s_r": 3.0, "s_c": 2.5, "degree": 6, "rotation": "bitwise"}
    report = asked(variant, **given, epsilon=0.01)
    assert float(report.bloq.epsilon) <= 0.01
    bits = facts_of(report)["b"]
    assert bits == report.bloq.encoding.b
    assert float(asked(variant, **given, b=bits - 1).bloq.epsilon) > 0.01


def test_declarations_name_what_there_is():
    """Declarations are light, so that they repeat names; here they are held against the code."""
    assert tuple(LOADERS) == LOADER_NAMES
    assert {method.label for method in Synthesis} == set(SYNTHESIS.of)
