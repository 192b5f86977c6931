"""Recognition of layers from the neutral operator graph, without a file."""

import numpy as np
import pytest

from estimator.network.layer_recognition import found_layers
from estimator.network.layers import Activation, Normalisation, Scale
from estimator.network.onnx_operators import Operator


def layers_of(*graph):
    """The layers of a graph in which nothing is in the way."""
    layers, problems = found_layers(*graph)
    assert problems == []
    return layers


def test_operators_the_output_ignores_are_left_out():
    """A branch that goes nowhere is no layer."""
    operators = [Operator("Relu", "used", ("x",), "y"), Operator("Erf", "unused", ("x",), "z")]
    layers = layers_of(operators, {}, {"x": (1, 4), "y": (1, 4), "z": (1, 4)}, "y")
    assert [layer.name for layer in layers] == ["used"]


def test_an_output_behind_an_identity_is_found():
    """Identity renames; it is no layer."""
    operators = [Operator("Relu", "relu", ("x",), "r"), Operator("Identity", "", ("r",), "y")]
    layers = layers_of(operators, {}, {"x": (1, 4), "r": (1, 4), "y": (1, 4)}, "y")
    assert layers == (Activation(name="relu", inputs=("x",), output="r", kind="relu"),)


@pytest.mark.parametrize(
    ("axes", "everything"), [(None, True), ([0, 1, 2, 3], True), ([-1, 1, 2], True), ([1], False)]
)
def test_normalisation_knows_whether_it_covers_everything(axes, everything):
    """The batch axis has length 1, so it does not matter."""
    shape = (1, 2, 4, 4)
    norm = (1, 1, 1, 1) if everything else (1, 1, 4, 4)
    reduce = Operator("ReduceL2", "", ("x",), "n", {} if axes is None else {"axes": axes})
    operators = [reduce, Operator("Div", "", ("x", "n"), "y")]
    (layer,) = layers_of(operators, {}, {"x": shape, "n": norm, "y": shape}, "y")
    assert isinstance(layer, Normalisation)
    assert layer.everything is everything


def test_a_number_that_adds_an_axis_is_not_merged():
    """Multiplying (1, 4) by a number of shape (1, 1, 1) also reshapes."""
    constants = {"p": np.full((1, 1, 1), 0.8)}
    operators = [Operator("Mul", "", ("x", "p"), "m"), Operator("Erf", "", ("m",), "y")]
    shapes = {"x": (1, 4), "p": (1, 1, 1), "m": (1, 1, 4), "y": (1, 1, 4)}
    scale, activation = layers_of(operators, constants, shapes, "y")
    assert isinstance(scale, Scale)
    assert activation.scale == 1
