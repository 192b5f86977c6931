"""Shapes without weights, and the committed digits network from file to accuracy."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
import sympy
from onnx.reference import ReferenceEvaluator
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from estimator.network.network import ConvolutionShape, DenseShape, NetworkShape
from estimator.network.onnx_reader import read_network
from estimator.symbols import C_in, C_out, D, M, N_in, N_out

ROOT = Path(__file__).parents[3]
DIGITS = ROOT / "examples" / "digits_resnet.onnx"


@pytest.fixture(scope="module")
def digits():
    return read_network(DIGITS)


@pytest.fixture(scope="module")
def notes():
    return {entry.key: entry.value for entry in onnx.load(DIGITS).metadata_props}


@pytest.fixture(scope="module")
def held_out():
    """The images the network was not trained on, and their labels."""
    data = load_digits()
    images, labels = data.images[:, None, None], data.target
    _, images, _, labels = train_test_split(
        images, labels, test_size=0.25, stratify=labels, random_state=0
    )
    return images, labels


def test_flops_and_parameters_count_the_loops():
    """One addition and one multiplication per kernel entry and output pixel."""
    parameters, flops = 0, 0
    for _ in np.ndindex(3, 2, 5, 5):
        parameters += 1
        flops += 2 * 4 * 4
    shape = ConvolutionShape(3, 2, 5, 4)
    assert (shape.parameters, shape.flops) == (parameters, flops)


def test_published_layer_has_2304_parameters():
    """16 channels to 16 channels, 3 x 3, without bias: the number printed in the paper."""
    assert ConvolutionShape(16, 16, 3, 32).parameters == 2304


def test_symbolic_shapes_agree_with_concrete_ones():
    """Substituting sizes in the symbolic counts gives the counts at those sizes."""
    symbolic = NetworkShape((ConvolutionShape(C_out, C_in, D, M), DenseShape(N_out, N_in)))
    concrete = NetworkShape((ConvolutionShape(4, 2, 3, 8), DenseShape(10, 256)))
    sizes = {C_out: 4, C_in: 2, D: 3, M: 8, N_out: 10, N_in: 256}
    assert symbolic.parameters == C_out * C_in * D**2 + N_out * N_in
    assert symbolic.parameters.subs(sizes) == concrete.parameters == 72 + 2560
    assert symbolic.flops.subs(sizes) == concrete.flops == 2 * 72 * 64 + 2 * 2560


@pytest.mark.parametrize(
    ("shape", "sizes", "text"),
    [
        (ConvolutionShape, (0, 2, 3, 4), "ConvolutionShape needs C_out >= 1, got 0"),
        (ConvolutionShape, (2, -M, 3, 4), "ConvolutionShape needs C_in >= 1, got -M"),
        (ConvolutionShape, (2, 2, 1.5, 4), "ConvolutionShape needs an integer D, got 1.5"),
        (ConvolutionShape, (2, 2, 3, "a b"), "ConvolutionShape needs an integer M, got 'a b'"),
        (ConvolutionShape, (2, 2, 3, None), "ConvolutionShape needs an integer M, got None"),
        (ConvolutionShape, (2, 2, True, 4), "ConvolutionShape needs an integer D, got True"),
        (DenseShape, (sympy.Rational(1, 2), 3), "DenseShape needs an integer N_out, got 1/2"),
        (DenseShape, (3, float("nan")), "DenseShape needs an integer N_in, got nan"),
        (DenseShape, (3, sympy.nan), "DenseShape needs an integer N_in, got nan"),
        (DenseShape, (3, sympy.oo), "DenseShape needs an integer N_in, got oo"),
    ],
)
def test_impossible_shapes_are_refused(shape, sizes, text):
    """The message names the size, the rule and the value."""
    with pytest.raises(ValueError, match=f"^{text}"):
        shape(*sizes)


@pytest.mark.parametrize("module", ["network", "onnx_reader"])
def test_networks_start_without_qualtran(module):
    """Reading a network does not load the quantum libraries."""
    loaded = "bool({'qualtran', 'cirq'} & {*sys.modules})"
    code = f"import estimator.network.{module}, sys; sys.exit({loaded})"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_shapes_need_no_onnx():
    """Only the reader loads it."""
    code = "import estimator.network.network, sys; sys.exit('onnx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_digits_forward_agrees_with_the_reference_evaluator(digits, held_out):
    """On every held-out image, to single precision."""
    reference = ReferenceEvaluator(str(DIGITS))
    for image in held_out[0]:
        (expected,) = reference.run(None, {"image": image.astype(np.float32)})
        np.testing.assert_allclose(digits.forward(image), expected, rtol=0, atol=1e-5)


def test_digits_accuracy_is_the_stated_one(digits, held_out, notes):
    """The most probable of all sixteen bins, counted again on the held-out images."""
    images, labels = held_out
    correct = sum(
        int(np.argmax(digits.forward(image))) == label
        for image, label in zip(images, labels, strict=True)
    )
    assert f"{correct / len(labels):.6f}" == notes["held_out_accuracy"]
    readme = (ROOT / "examples" / "README.md").read_text()
    assert f"{correct} of {len(labels)}" in readme


def test_digits_outputs_are_probabilities(digits, held_out):
    """Not negative, and of sum 1."""
    for image in held_out[0][:20]:
        output = digits.forward(image)
        assert output.shape == (1, 16)
        assert output.min() >= 0
        assert output.sum() == pytest.approx(1, abs=1e-12)


def test_digits_layers_are_those_of_the_architecture(digits, notes):
    """Two residual blocks with erf(0.8 x), then the square, the dense matrix and its skip path."""
    blocks = ["Convolution", "Activation", "Skip", "Normalisation"] * 2
    assert [type(layer).__name__ for layer in digits.layers] == [
        *("Normalisation", "Scale"),
        *blocks,
        *("Reshape", "Power", "Dense", "Skip", "Normalisation"),
        *("Reshape", "NormReduction", "Power"),
    ]
    assert [round(layer.scale, 6) for layer in (digits.layers[3], digits.layers[7])] == [0.8, 0.8]
    weights = digits.layers[13].weights
    assert weights == pytest.approx((float(notes["tau"]), 1 - float(notes["tau"])), abs=1e-7)
    assert digits.shape == NetworkShape((*[ConvolutionShape(2, 2, 3, 8)] * 2, DenseShape(128, 128)))


def test_digits_norms_are_at_most_one(digits):
    """After rounding to single precision: the exact norms, and the bound of the convolutions."""
    for conv in digits.convolutions:
        assert conv.spectral_norm(8) <= conv.spectral_norm_bound(8) <= 1
    assert np.linalg.norm(digits.dense[0].matrix, ord=2) <= 1


def test_digits_file_is_small():
    """It is committed, so it stays below 200 KB."""
    assert DIGITS.stat().st_size < 200_000


@pytest.mark.parametrize(
    ("image", "text"),
    [
        (np.zeros((1, 1, 8, 8)), r"digits_resnet divides by zero .* operator Div \(node 'unit_im"),
        (np.ones((1, 8, 8)), r"needs an input of shape \(1, 1, 8, 8\), got \(1, 8, 8\)"),
        (np.ones((1, 1, 8, 8), complex), "needs an input of real numbers, got complex128"),
        ([["a"]], "needs an input of real numbers, got <U1"),
        (np.full((1, 1, 8, 8), np.nan), "needs a finite input, got an entry that is NaN"),
    ],
)
def test_forward_refuses(image, text, digits):
    """A zero image has no direction; other shapes and entries are not images."""
    with pytest.raises(ValueError, match=text):
        digits.forward(image)
