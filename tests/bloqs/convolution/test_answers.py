"""Costs of convolutions and of transforms of them, as they are asked for."""

import io

import numpy as np
import pytest
from onnx import helper
from small_models import model

from bloqs.convolution import answers
from bloqs.data_loading.loaders import LOADERS
from bloqs.data_loading.parameters import LOADER_NAMES
from estimator.api import cost
from estimator.ask.synthesis import SYNTHESIS
from estimator.costs.budget import Synthesis
from estimator.costs.cost import cost_by_annotation
from estimator.network.convolution_layer import Convolution
from estimator.report.terminal import console, show
from estimator.symbols import degree

SIZES = {"C_in": 2, "C_out": 2, "D": 2, "M": 4}
VARIANTS = pytest.mark.parametrize("variant", ["adder", "multiplexed"])


def asked(variant, **given):
    return cost("qsvt-convolution", variant=variant, **given)


def text_of(report):
    stream = io.StringIO()
    show(report, console(stream, 100))
    return stream.getvalue()


def facts_of(report):
    """The facts of a cost report, as expressions."""
    (facts,) = [part for part in report.parts if part.key == "facts"]
    return {row.key: row.value for row in facts.rows}


@pytest.mark.parametrize("K_1", [0.5, 2.0, 2.5])
def test_nothing_is_amplified_by_less_than_one(K_1):
    """A sum |K| of at most 2 encodes C / 2 or more of C already."""
    facts = facts_of(cost("convolution", variant="published", **SIZES, b=6, K_1=K_1))
    wanted = 1.25 if K_1 > 2 else "none, alpha is at most 2"
    assert facts["amplification to C / 2, if |C| <= 1"] == wanted


def test_a_spectral_norm_is_worked_out_up_to_a_size(monkeypatch):
    """Entries of the kernel times pixels of the image: 4 * 8**2."""
    taps, names = np.full((1, 1, 2, 2), 0.5), {"name": "layer", "inputs": ("x",), "output": "y"}
    layer = Convolution(**names, kernel=taps, pad_begin=0, side=8)
    for largest, is_there in ((256, True), (255, False)):
        monkeypatch.setattr(answers, "LARGEST_NORM", largest)
        facts = answers.layer_facts(layer)
        assert facts["sum of |K|"] == 2
        assert ("spectral norm, at most" in facts) is is_there


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


def test_what_a_file_does_beside_its_convolutions_is_said(tmp_path, rng):
    """A stride, a bias and groups; each convolution has its own cost all the same."""
    nodes = [
        helper.make_node(
            "Conv", ["x", "K", "b"], ["c"], "first", strides=[2, 2], pads=[1] * 4, group=2
        ),
        helper.make_node("Conv", ["c", "L"], ["y"], "second", pads=[1] * 4),
    ]
    kernels = {"K": rng.normal(size=(4, 1, 3, 3)), "L": rng.normal(size=(2, 4, 3, 3))}
    (tmp_path / "net.onnx").write_bytes(
        model(nodes, {**kernels, "b": np.array([3.0, 0, 4, 0])}, (1, 2, 8, 8)).SerializeToString()
    )
    first, second = cost(tmp_path / "net.onnx", b=8)
    groups = "2 groups of channels, with the zeros between them loaded like weights"
    assert groups in text_of(first)
    assert groups not in text_of(second)
    (line,) = second["unpriced"]
    assert line.endswith("first (only some pixels are kept), first (constants are added)")
    assert first["facts"]["sum of |K|"] == pytest.approx(np.abs(kernels["K"]).sum())
