"""Comparisons of network files of other forms: three channels, one block, no output matrix."""

import json

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from typer.testing import CliRunner

from estimator import cli

SIDE = 4
CHOICES = ("--param", "epsilon=0.05", "--memories", "ideal", "--to", "2**14", "--samples", "500")


def run(*words):
    return CliRunner().invoke(cli.app, [str(word) for word in words])


def written(folder, C, sides):
    """Blocks with kernels of these sides; every entry of the vector is a class of its own."""
    rng = np.random.default_rng(2)
    constants, nodes, current = {"axes": np.array([1, 2, 3]), "slope": np.array(0.8)}, [], "image"

    def normalised(name, number):
        nodes.append(helper.make_node("ReduceL2", [name, "axes"], [f"l{number}"], keepdims=1))
        nodes.append(helper.make_node("Div", [name, f"l{number}"], [f"x{number}"]))
        return f"x{number}"

    current = normalised(current, 0)
    for number, D in enumerate(sides, start=1):
        kernel = rng.normal(size=(C, C, D, D))
        constants[f"K{number}"] = kernel / np.abs(kernel).sum()
        before, after = (D - 1) // 2, D // 2
        names = [f"{letter}{number}" for letter in "cses"]
        names[3] = f"a{number}"
        pads = [before, before, after, after]
        nodes.append(helper.make_node("Conv", [current, f"K{number}"], [names[0]], pads=pads))
        nodes.append(helper.make_node("Mul", [names[0], "slope"], [names[1]]))
        nodes.append(helper.make_node("Erf", [names[1]], [names[2]]))
        nodes.append(helper.make_node("Add", [current, names[2]], [names[3]]))
        current = normalised(names[3], number)
    kind, shape = TensorProto.DOUBLE, [1, C, SIDE, SIDE]
    graph = helper.make_graph(
        nodes,
        "net",
        [helper.make_tensor_value_info("image", kind, shape)],
        [helper.make_tensor_value_info(current, kind, shape)],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    opset = helper.make_opsetid("", 18)
    onnx.save(helper.make_model(graph, opset_imports=[opset], ir_version=9), folder / "net.onnx")
    np.save(folder / "image.npy", rng.normal(size=(C, SIDE, SIDE)))
    return folder / "net.onnx", "--image", folder / "image.npy"


def test_three_channels_are_padded_for_circuits_alone(tmp_path):
    """Circuits as `cost` has them for the file; the exact evaluation has 3 channels."""
    file, *image = written(tmp_path, 3, (3,))
    words = (file, *image, *CHOICES, "--variants", "tight")
    (data,) = json.loads(run("compare", *words, "--json").stdout)
    assert "power of two, got 3" in data["left_out"]
    for each in data["circuits"]:
        given = ("--param", f"length={each['length']!r}", "--param", "epsilon=0.05")
        asked = ("--regime", each["regime"], "--output", "pool", "--loader", "ideal")
        (cost,) = json.loads(run("cost", file, *asked, *given, "--json").stdout)
        assert each["gates"] == cost["gates"]["toffoli"] + cost["gates"]["cswap"]
        assert each["qubits"] == cost["qubits"]
        assert each["cells"] == cost["facts"]["QRAM cells"]
    N = 3 * SIDE**2
    by_hand = (3 * N + 1) + (2 * 27 * N + 3 * N + 3 * N + 1) + 2 * N
    assert data["honesty"]["flops"] == by_hand
    assert {each["flops"] for each in data["circuits"]} == {by_hand}
    text = run("compare", *words).stdout
    assert "larger images are left out" in text
    assert "with larger images" not in text
    refused = run("compare", *words, "--picture", tmp_path / "a.svg")
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    assert "there is no chart of net" in refused.stderr


def test_one_block_has_the_acceptance_of_its_run(tmp_path):
    """In the facts and for larger images; not one."""
    words = (*written(tmp_path, 2, (3,)), *CHOICES, "--variants", "tight", "--regimes", "1")
    data, grown = json.loads(run("compare", *words, "--json").stdout)
    sampler = data["honesty"]["sampler"]
    (survival,) = sampler["survival"]
    assert survival == pytest.approx(sampler["count"] / sampler["input_samples"], rel=0.2)
    assert grown["settings"]["acceptance"] == pytest.approx(survival)
    cost = [row["gates"] for row in grown["costs"] if row["way"] == "sampler"][-1]
    assert cost == pytest.approx((4 * 2 * 9 + 9 + 2) / survival, rel=0.06)
    text = run("compare", *words).stdout.replace("\n", " ")
    assert "the output matrix lie" not in text
    assert "the matrix" not in text
    assert "total variation" in text


def test_larger_images_say_which_kernel_side_they_have(tmp_path):
    """The exact evaluation at the image has both, larger images the larger one."""
    words = (*written(tmp_path, 1, (3, 2)), *CHOICES, "--variants", "fixed_point", "--regimes", "3")
    data, grown = json.loads(run("compare", *words, "--json").stdout)
    N = SIDE**2
    assert data["honesty"]["flops"] == 3 * N + 1 + 2 * (9 + 4) * N + 2 * (6 * N + 1) + 2 * N
    assert grown["settings"]["D"] == 3
    assert "taken for every block" in grown["assumed"]["D"]
