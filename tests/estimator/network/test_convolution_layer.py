"""The convolution layer against its operator matrix, written as plain loops."""

import numpy as np
import onnx
import pytest
from onnx import helper
from onnx.reference import ReferenceEvaluator

from estimator.network.convolution_layer import DENSE_SIDE, Convolution

SIZES = [(1, 1, 1, 0, 3), (1, 2, 3, 1, 4), (2, 1, 2, 0, 3), (3, 2, 2, 1, 4), (2, 2, 5, 3, 3)]
"""C_out, C_in, D, pad_begin, M; all below the size where the norm is iterated."""

LARGE = (3, 4, 3, 2, 6)
"""The same, above that size; with uneven pads, which the adjoint must reverse."""


def layer(kernel, pad_begin, side):
    return Convolution(
        name="conv", inputs=("x",), output="y", kernel=kernel, pad_begin=pad_begin, side=side
    )


def operator_matrix(kernel, pad_begin, side):
    """The zero-padded sliding sum, one entry at a time; an index is (channel, row, column)."""
    C_out, C_in, D, _ = kernel.shape
    matrix = np.zeros((C_out, side, side, C_in, side, side))
    for i in range(C_out):
        for j in range(C_in):
            for z in range(side):
                for y in range(side):
                    for k in range(D):
                        for l in range(D):
                            row, column = z + k - pad_begin, y + l - pad_begin
                            if 0 <= row < side and 0 <= column < side:
                                matrix[i, z, y, j, row, column] += kernel[i, j, k, l]
    return matrix.reshape(C_out * side**2, C_in * side**2)


def true_convolution(flipped, offset, image):
    """out[i; z, y] = sum K'[i,j,k,l] X[j; z-(k-offset), y-(l-offset)], zero outside."""
    C_out, C_in, D, _ = flipped.shape
    side = image.shape[1]
    out = np.zeros((C_out, side, side))
    for i, j, k, l, z, y in np.ndindex(C_out, C_in, D, D, side, side):
        row, column = z - (k - offset), y - (l - offset)
        if 0 <= row < side and 0 <= column < side:
            out[i, z, y] += flipped[i, j, k, l] * image[j, row, column]
    return out


@pytest.mark.parametrize("size", SIZES)
def test_sums_are_those_of_plain_loops(size, rng):
    """kernel_norm_1, row_sum and column_sum by their definitions."""
    C_out, C_in, D, pad_begin, side = size
    kernel = rng.normal(size=(C_out, C_in, D, D))
    into, out_of = [0.0] * C_out, [0.0] * C_in
    for i, j, k, l in np.ndindex(kernel.shape):
        into[i] += abs(kernel[i, j, k, l])
        out_of[j] += abs(kernel[i, j, k, l])

    conv = layer(kernel, pad_begin, side)

    assert conv.kernel_norm_1 == pytest.approx(sum(into), abs=1e-12)
    assert conv.row_sum == pytest.approx(max(into), abs=1e-12)
    assert conv.column_sum == pytest.approx(max(out_of), abs=1e-12)


@pytest.mark.parametrize("size", [*SIZES, LARGE])
def test_spectral_norm_is_the_largest_singular_value(size, rng):
    """Both routes, the full one and the iterative one, against the operator as a matrix."""
    C_out, C_in, D, pad_begin, side = size
    kernel = rng.normal(size=(C_out, C_in, D, D))
    exact = np.linalg.svd(operator_matrix(kernel, pad_begin, side))[1][0]
    assert layer(kernel, pad_begin, side).spectral_norm(side) == pytest.approx(exact, abs=1e-10)


def test_both_routes_of_the_norm_are_reached():
    """The sizes above lie on both sides of the limit."""
    rows = [min(C_out, C_in) * side**2 for C_out, C_in, _, _, side in [*SIZES, LARGE]]
    assert max(rows[:-1]) <= DENSE_SIDE < rows[-1]


def test_a_zero_kernel_has_norm_zero():
    """An operator without a largest singular vector does not upset the iteration."""
    assert layer(np.zeros((2, 2, 3, 3)), 1, 8).spectral_norm(8) == 0
    assert layer(np.zeros((2, 2, 3, 3)), 1, 8).spectral_norm_bound(8) == 0


def test_bound_is_never_below_the_norm(rng):
    """Over kernels, sizes and offsets; and it is not useless: within a factor 2 on these."""
    for _ in range(60):
        C_out, C_in, D, side = rng.integers(1, [4, 4, 6, 6])
        pad_begin = int(rng.integers(D))
        kernel = rng.normal(size=(C_out, C_in, D, D))
        exact = np.linalg.norm(operator_matrix(kernel, pad_begin, side), ord=2)

        bound = layer(kernel, pad_begin, side).spectral_norm_bound(side)

        assert bound >= exact * (1 - 1e-12)
        assert bound < 2 * exact or side < D


def test_too_few_frequencies_are_no_bound(rng):
    """M points per axis fall below the norm for some kernels: hence M + D - 1."""
    violated = 0
    for _ in range(100):
        kernel = rng.normal(size=(1, 1, 3, 3))
        symbol = np.abs(np.fft.fft2(kernel[0, 0], s=(3, 3)))
        violated += symbol.max() < np.linalg.norm(operator_matrix(kernel, 1, 3), ord=2)
    assert violated > 0


@pytest.mark.parametrize("size", SIZES)
def test_flipped_kernel_and_offset_describe_the_same_operator(size, rng):
    """The true convolution of the docstring equals the sliding sum of ONNX."""
    C_out, C_in, D, pad_begin, side = size
    kernel, image = rng.normal(size=(C_out, C_in, D, D)), rng.normal(size=(C_in, side, side))
    conv = layer(kernel, pad_begin, side)

    out = true_convolution(conv.flipped_kernel, conv.offset, image)

    slid = operator_matrix(kernel, pad_begin, side) @ image.ravel()
    np.testing.assert_allclose(out.ravel(), slid, rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("D", "attributes", "pad_begin", "padding"),
    [
        (3, {"pads": [1, 1, 1, 1]}, 1, "SAME"),
        (3, {"pads": [2, 2, 0, 0]}, 2, "NOTSET"),
        (2, {"auto_pad": "SAME_UPPER"}, 0, "SAME_UPPER"),
        (2, {"auto_pad": "SAME_LOWER"}, 1, "SAME_LOWER"),
        (5, {"auto_pad": "SAME_UPPER"}, 2, "SAME"),
    ],
)
def test_offset_follows_onnx(D, attributes, pad_begin, padding, rng):
    """The true convolution with that offset equals ONNX's Conv with that padding."""
    kernel, image = rng.normal(size=(2, 3, D, D)), rng.normal(size=(3, 4, 4))
    double = onnx.TensorProto.DOUBLE
    graph = helper.make_graph(
        [helper.make_node("Conv", ["x", "k"], ["y"], **attributes)],
        "conv",
        [
            helper.make_tensor_value_info("x", double, [1, 3, 4, 4]),
            helper.make_tensor_value_info("k", double, kernel.shape),
        ],
        [helper.make_tensor_value_info("y", double, None)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)])
    (expected,) = ReferenceEvaluator(model).run(None, {"x": image[None], "k": kernel})

    conv = layer(kernel, pad_begin, 4)

    np.testing.assert_allclose(
        true_convolution(conv.flipped_kernel, conv.offset, image), expected[0], rtol=0, atol=1e-12
    )
    assert conv.padding == padding
    assert conv.pads == (pad_begin, pad_begin, D - 1 - pad_begin, D - 1 - pad_begin)
    assert conv.strides == (1, 1)


def test_layers_with_other_weights_differ(rng):
    """Equality looks at the entries, and equal layers have equal hashes."""
    kernel = rng.normal(size=(2, 2, 3, 3))
    assert layer(kernel, 1, 4) == layer(kernel.copy(), 1, 4)
    assert hash(layer(kernel, 1, 4)) == hash(layer(kernel.copy(), 1, 4))
    assert layer(kernel, 1, 4) != layer(2 * kernel, 1, 4)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: layer(np.ones((1, 3, 3)), 1, 4), r"shape \(C_out, C_in, D, D\), got \(1, 3, 3\)"),
        (lambda: layer(np.ones((1, 1, 3, 2)), 1, 4), r"shape \(C_out, C_in, D, D\), got"),
        (lambda: layer(np.ones((1, 1, 3, 3)), 3, 4), "0 <= pad_begin < D, got 3 with D=3"),
        (lambda: layer(np.ones((0, 1, 3, 3)), 1, 4), r"shape \(C_out, C_in, D, D\), got \(0,"),
        (
            lambda: layer(np.full((1, 1, 1, 1), np.nan), 0, 4),
            "finite weights, got an entry that is",
        ),
        (
            lambda: layer(np.ones((1, 1, 3, 3)), 1, 0),
            "needs an integer image side >= 1 pixel, got 0",
        ),
        (
            lambda: layer(np.ones((1, 1, 3, 3)), 1, 4).spectral_norm(0),
            "image side >= 1 pixel, got 0",
        ),
        (lambda: layer(np.ones((1, 1, 3, 3)), 1, 4).spectral_norm_bound(2.5), "integer image side"),
    ],
)
def test_refusals(call, text):
    """One sentence with the rule and the value."""
    with pytest.raises(ValueError, match=text):
        call()
