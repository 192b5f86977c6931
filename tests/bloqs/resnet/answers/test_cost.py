"""Whole residual networks on the command line."""

import json
import math
import re
from pathlib import Path

import numpy as np
import onnx
import pytest
from typer.testing import CliRunner

from bloqs.resnet import parameters
from bloqs.resnet.answers.simulate_layers import Coherent
from bloqs.resnet.answers.simulated_network import Lengths
from bloqs.resnet.model.block_plan import Output, Variant
from bloqs.resnet.model.memory import Regime
from bloqs.resnet.system import SYSTEM
from estimator import cli
from estimator.polynomials.degrees import ErfDegree, SignDegree

DIGITS = str(Path(__file__).parents[4] / "examples" / "digits_resnet.onnx")
FEW = {"k": 2, "N": 1024, "C": 4, "D": 3, "epsilon": 0.1, "kappa": 2, "alpha": 3}
SIZES = {"k": 2, "N": 16384, "C": 16, "D": 3, "epsilon": 0.01, "kappa": 2, "alpha": 6}


def run(*words, columns=80):
    words = [str(word) for word in words]
    return CliRunner().invoke(cli.app, words, env={"COLUMNS": str(columns)})


def edited(path, *, tau=None, drop=(), last=None, inputs=None):
    """The digits network with another skip weight, without some nodes, or with another end."""
    model = onnx.load(DIGITS)
    graph = model.graph
    for stored in graph.initializer:
        if tau is not None and stored.name in ("tau", "one_minus_tau"):
            weight = tau if stored.name == "tau" else 1 - tau
            stored.CopyFrom(onnx.numpy_helper.from_array(np.float32(weight), stored.name))
    kept = [node for node in graph.node if node.name not in drop]
    for node in kept:
        if inputs and node.name in inputs:
            node.input[0] = inputs[node.name]
    del graph.node[:]
    graph.node.extend(kept)
    if last is not None:
        graph.output[0].name = last
        del graph.output[0].type.tensor_type.shape.dim[:]
        for size in (1, 128):
            graph.output[0].type.tensor_type.shape.dim.add().dim_value = size
    onnx.save(model, path)
    return str(path)


OUTPUT_BLOCK = (
    "squares", "dense", "weighted_dense", "weighted_vector", "output_skip", "output_norm", "output",
)  # fmt: skip
POOL = ("bins", "bin_norms", "probabilities")


@pytest.fixture
def without_matrix(tmp_path):
    """The digits network, its last residual block's vector pooled."""
    inputs = {"bins": "vector"}
    return edited(tmp_path / "pooled.onnx", drop=OUTPUT_BLOCK, inputs=inputs)


@pytest.fixture
def without_output(tmp_path):
    return edited(tmp_path / "bare.onnx", drop=OUTPUT_BLOCK + POOL, last="vector")


def params(**values):
    return [word for name, value in values.items() for word in ("--param", f"{name}={value}")]


def answer(*words):
    done = run("cost", *words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def refusal(*words):
    done = run("cost", *words)
    assert done.exit_code == 2
    assert len(done.stderr.strip().splitlines()) == 1
    return done.stderr


@pytest.mark.parametrize(
    ("variant", "length", "calls"),
    [
        pytest.param("tight", None, 3.4e7, marks=pytest.mark.slow),
        ("tight", 1.2, 1.1e5),
        ("fixed_point", 1.2, 1.4e4),
    ],
)
def test_published_counts_of_input_calls(variant, length, calls):
    """Two blocks of 16 channels of 32 x 32 pixels at 1e-2, as in the published table."""
    promise = {} if length is None else {"length": length}
    found = answer("resnet", "--variant", variant, *params(**SIZES, **promise))
    assert float(f"{found['facts']['calls of the input']:.1e}") == calls
    assert found["facts"]["epsilon of the vector"] <= 0.01


def test_the_published_variant():
    found = answer("resnet", "--variant", "published", *params(**(SIZES | {"k": 1})))
    assert float(f"{found['facts']['calls of the input']:.1e}") == 2.6e6
    assert found["layers"][1]["degrees"] == "15 and 30685"


def test_layers_add_up_to_the_whole():
    """Gates of the input and of the layers, times their runs, are the gates of the network."""
    found = answer("resnet", "--output", "linear-pool", *params(**FEW, length=1.2))
    layers, gates = found["layers"], found["gates"]
    assert [row["layer"] for row in layers] == ["input", "block 1", "block 2", "output"]
    assert sum(row["Toffoli"] for row in layers) == gates["toffoli"]
    assert sum(row["CSWAP"] for row in layers) == gates["cswap"] > 0
    assert sum(row["T"] for row in layers) == gates["t"]
    assert sum(row["rotations"] for row in layers) == gates["rotations"]
    assert layers[0]["runs"] == found["facts"]["calls of the input"]
    errors = [row["error"] for row in layers]
    assert errors == sorted(errors)


@pytest.mark.parametrize("variant", ["tight", "published", "fixed_point"])
@pytest.mark.parametrize("k", [None, 1, 3])
def test_symbols_are_answered_with_their_definitions(variant, k):
    """Names that a cost uses are defined among the facts."""
    found = answer("resnet", "--variant", variant, *params(**({} if k is None else {"k": k})))
    facts = found["facts"]
    names = {"R(i)", "f(i)", "s(i)"} if k is None else {"R_0", f"f_{k}", f"s_{k}"}
    assert names <= facts.keys()
    for name in names:
        assert str(facts[name]) not in ("", name)
    first = "R(0)" if k is None else "R_0"
    assert first in str(found["gates"]["toffoli"])


def test_regimes_differ_in_memory():
    """The input's angles and the matrix's: N - 1 and N (N - 1) + N cells; then none."""
    small = params(k=1, N=1024, C=4, D=3, epsilon=0.1, alpha=2)

    def cells(regime, output):
        words = ("--regime", regime, "--output", output, "--loader", "ideal")
        return answer("resnet", *words, *small)["facts"]["QRAM cells"]

    assert cells("1", "none") == 1023
    assert cells("1", "linear-pool") == 1023 + 1024 * 1023 + 1024
    assert cells("2", "linear-pool") == 1024 * 1023 + 1024
    assert cells("3", "pool") == 0


def test_a_network_from_a_file():
    """The digits network as a whole: its own alphas, its own output."""
    found = answer(
        DIGITS,
        "--regime",
        "1",
        "--output",
        "linear-pool",
        "--loader",
        "ideal",
        *params(epsilon=0.1),
    )[0]
    kinds = [row["layer"] for row in found["layers"]]
    assert kinds[0] == "input"
    assert kinds[-1] == "output"
    assert found["facts"]["tau of the output"] == pytest.approx(0.51, abs=1e-6)
    assert found["queries"]["QRAM"] > 0
    assert found["facts"]["epsilon of the vector"] <= 0.1 / 2**0.5


def test_every_layer_has_its_alpha():
    """sqrt(s_r s_c) of the two kernels, which differ; one line where blocks are the same."""
    found = answer(DIGITS, "--regime", "3", *params(epsilon=0.1))[0]["facts"]
    kernels = {x.name: onnx.numpy_helper.to_array(x) for x in onnx.load(DIGITS).graph.initializer}
    for i in (1, 2):
        moduli = np.abs(kernels[f"kernel{i}"].astype(np.float64))
        rows, columns = moduli.sum((1, 2, 3)).max(), moduli.sum((0, 2, 3)).max()
        assert found[f"alpha of convolution {i}"] == pytest.approx(math.sqrt(rows * columns))
        assert found[f"kappa of block {i}"] == found[f"alpha of convolution {i}"]
    assert "alpha of the convolution" not in found
    same = answer("resnet", *params(**FEW))["facts"]
    assert (same["alpha of the convolution"], same["kappa, alpha of the weights"]) == (3, 2)


def test_the_skip_weight_of_the_file_is_costed(tmp_path):
    """tau = 0.7: the sum is 0.4 long at least, and its normalisation has the degree for that."""
    file = edited(tmp_path / "heavy.onnx", tau=0.7)
    words = ("--regime", "1", "--output", "linear-pool", "--loader", "ideal")
    found = answer(file, *words, *params(epsilon=0.1))[0]
    assert found["facts"]["tau of the output"] == pytest.approx(0.7, abs=1e-6)
    pooled = 0.1 / math.sqrt(2)
    degree = int(SignDegree((1 - pooled) * 0.4, pooled / 4))
    assert int(found["layers"][-1]["degrees"]) == degree
    words = ("--regime", "1", "--variant", "published", "--loader", "ideal", *params(epsilon=0.1))
    assert "has a skip weight of 0.51, got 0.7" in refusal(file, *words)
    set_ = answer("resnet", "--output", "linear-pool", *params(**FEW, tau=0.7))
    assert set_["facts"]["tau of the output"] == 0.7
    assert int(set_["layers"][-1]["degrees"]) < 1000


@pytest.mark.parametrize(
    ("regime", "variant", "named", "settled"),
    [
        ("1", "tight", None, "linear-pool"),
        pytest.param("2", "published", None, "linear-pool", marks=pytest.mark.slow),
        ("3", "tight", None, "none"),
        ("1", "fixed_point", None, "none"),
        ("1", "tight", "none", "none"),
        ("2", "tight", "pool", "pool"),
    ],
)
def test_the_output_is_the_file_s(regime, variant, named, settled):
    """Its matrix if nothing forbids it; a matrix that is left out is said to be."""
    words = ("--regime", regime, "--variant", variant, *(("--output", named) if named else ()))
    found = answer(DIGITS, *words, "--loader", "ideal", *params(epsilon=0.1))[0]
    has_matrix = settled == "linear-pool"
    assert found["settings"]["output"] == settled
    assert ("its output matrix = left out" not in found.get("notes", [])) == has_matrix
    assert (found["layers"][-1]["layer"] == "output") == has_matrix
    input_cells, matrix_cells = 127 * (regime == "1"), 128 * 127 + 128
    assert found["facts"]["QRAM cells"] == input_cells + has_matrix * matrix_cells
    shown = run("cost", DIGITS, *words, "--loader", "ideal", *params(epsilon=0.1)).stdout
    assert ("its output matrix = left out" in " ".join(shown.split())) != has_matrix


def test_files_without_an_output_matrix(without_matrix, without_output):
    """A pool if there is one, else nothing; a matrix that is not there is not costed."""
    for file, settled in ((without_matrix, "pool"), (without_output, "none")):
        found = answer(file, "--regime", "1", *params(epsilon=0.1))[0]
        assert found["settings"]["output"] == settled
        assert "notes" not in found
        words = ("--regime", "1", "--output", "linear-pool", *params(epsilon=0.1))
        assert "the file has no output matrix; choose --output pool or none" in refusal(
            file, *words
        )


@pytest.mark.parametrize("columns", [80, 30])
def test_no_number_of_a_layer_is_cut(columns):
    """Columns that do not fit stand below the others, with all their digits."""
    words = ("cost", DIGITS, "--regime", "1", *params(epsilon=0.1))

    def cells(width):
        shown = run(*words, columns=width).stdout
        table = shown.split("layer by layer\n")[1].split("where it goes")[0]
        assert max(map(len, table.splitlines())) <= width
        assert "\N{HORIZONTAL ELLIPSIS}" not in table
        return table.split()

    whole = cells(400)
    assert len(whole) > 40
    assert set(cells(columns)) == set(whole)


@pytest.mark.parametrize(
    ("words", "distance", "cells"),
    [
        (("--variant", "fixed_point"), 0.01, 127),
        (("--variant", "fixed_point", "--output", "pool"), 0.01 / math.sqrt(2), 127),
        ((), 0.01 / math.sqrt(2), 127 + 128 * 127 + 128),
    ],
)
def test_facts_at_an_image_are_about_what_is_costed(words, distance, cells):
    """Without an output epsilon is the vector's; a matrix that is left out is in no memory."""
    asked = ("cost", DIGITS, "--digit", "3", "--regime", "1", "--loader", "ideal", *words)
    done = run(*asked, *params(epsilon=0.01), "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    cost, facts = found
    honesty = facts["honesty"]
    assert honesty["runs"][0]["distance"] == pytest.approx(distance, rel=1e-12)
    (memory,) = (each for each in honesty["memory"] if each["regime"] == "1")
    assert memory["cells"] == cost["facts"]["QRAM cells"] == cells
    has_matrix = cost["settings"]["output"] == "linear-pool"
    assert (honesty["signal"] is not None) == has_matrix
    assert ("without its output matrix" in honesty["title"]) != has_matrix


def test_an_error_of_a_unit_vector_is_at_most_two():
    """Angles of four bits promise nothing, which is an error of 2 and not of more."""
    words = ("--regime", "1", "--loader", "ideal")
    found = answer(DIGITS, *words, *params(epsilon=0.1, b=4))[0]
    errors = [row["error"] for row in found["layers"]]
    assert max(errors) == found["facts"]["epsilon of the vector"] == 2
    fine = answer(DIGITS, *words, *params(epsilon=0.1, b=40))[0]
    assert 0 < fine["facts"]["epsilon of the vector"] < 0.1


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("resnet", "--regime", "4"), "--regime must be one of 1, 2, 3"),
        (("resnet", "--output", "soft"), "--output must be one of none, pool, linear-pool"),
        (("convolution", "--regime", "1"), "convolution has no --regime"),
        (("resnet", "--regime", "3", "--output", "linear-pool"), "regime 3 has no dense"),
        (("resnet", *params(k=2, N=512, C=16)), "N = C * side**2"),
        (("resnet", *params(k=0)), "k must be a whole number >= 1"),
        (("resnet", "--output", "linear-pool"), "give --k"),
        (("resnet", "--variant", "published", *params(k=1, kappa=3)), "stated for kappa <= 2"),
        ((DIGITS, "--regime", "1", *params(N=64)), "read from the network file"),
        (("resnet", *params(**FEW, tau=0.7)), "tau is about an output matrix"),
        (("resnet", *params(output_length=0.5)), "output_length is about an output matrix"),
        (("resnet", "--output", "pool", *params(**FEW, classes=4)), "leave classes out"),
        (("resnet", "--variant", "published", *params(**FEW, classes=4)), "leave classes out"),
    ],
)
def test_refusals(words, problem):
    assert problem in refusal(*words)


def test_declarations_name_what_there_is():
    """Declarations are light, so that they repeat names; here they are held against the code."""
    assert set(parameters.VARIANT_NAMES) == {each.value for each in Variant}
    assert set(parameters.REGIME_NAMES) == {each.value for each in Regime}
    assert set(parameters.OUTPUT_NAMES) == {each.value for each in Output}
    simulate = next(x for x in SYSTEM.questions if x.verb.name == "simulate")
    assert simulate.parameter("coherent").of == tuple(Coherent)
    assert simulate.parameter("lengths").of == tuple(Lengths)


def recursion_calls(slope, length, epsilon, k, n, alpha):
    """Calls of the input by the recursion of degrees alone, without a network or a bloq."""
    steepest = 2 * slope / math.sqrt(math.pi)
    calls = 1
    for i in range(1, k + 1):
        share = epsilon / (k * ((1 + steepest) / length) ** (k - i))
        erf = max(3, int(ErfDegree(slope * alpha, share / 4 * length / math.sqrt(2**n))))
        start = (1 - i * share) * length / (1 + steepest * alpha)
        calls *= erf * int(SignDegree(start, share / 4))
    return calls


@pytest.mark.parametrize(
    ("slope", "promised"),
    [
        *((0.3, None), (0.85, None), (0.5, 1.0), (0.85, 1.0)),
        *(
            pytest.param(*each, marks=pytest.mark.slow)
            for each in ((0.5, None), (0.8, None), (0.3, 1.0), (0.8, 1.0))
        ),
    ],
)
def test_the_slope_decides_degrees_and_the_proved_length(slope, promised):
    """1 - 2 s / sqrt(pi) is proved; 0.0973 for 4/5 and only 0.0409 for 0.85."""
    given = {"k": 2, "N": 128, "C": 2, "D": 3, "epsilon": 0.01, "alpha": 2, "slope": slope}
    if promised is not None:
        given["length"] = promised
    found = answer("resnet", "--loader", "ideal", *params(**given))
    length = 1 - 2 * slope / math.sqrt(math.pi) if promised is None else promised
    wanted = recursion_calls(slope, length, 0.01, 2, 7, 2)
    assert found["facts"]["calls of the input"] == wanted


def with_slope(path, slope):
    """The digits network with another slope of erf."""
    model = onnx.load(DIGITS)
    for stored in model.graph.initializer:
        if stored.name == "slope":
            stored.CopyFrom(onnx.numpy_helper.from_array(np.float32(slope), "slope"))
    onnx.save(model, path)
    return str(path)


def test_the_slope_of_a_file_is_costed_as_it_is_simulated(tmp_path):
    """Calls of the input grow with it; those of `simulate`, for proved lengths, are the same."""
    calls = []
    for slope in (0.3, 0.85):
        file = with_slope(tmp_path / f"{slope}.onnx", slope)
        words = ("--regime", "1", "--output", "none", "--loader", "ideal", "--variant")
        (found,) = answer(file, *words, "fixed_point", *params(epsilon=0.2))
        calls.append(found["facts"]["calls of the input"])
        assert found["layers"][0]["runs"] == calls[-1]
    assert calls == sorted(set(calls))
    file = with_slope(tmp_path / "low.onnx", 0.3)
    words = ("--regime", "1", "--output", "none", "--loader", "ideal", "--variant", "fixed_point")
    (found,) = answer(file, *words, *params(epsilon=0.2))
    done = run(
        "simulate", file, "--digit", 1, "--epsilon", 0.2, "--variant", "fixed-point",
        "--lengths", "proven", "--coherent", "sum", "--json",
    )  # fmt: skip
    layers = json.loads(done.stdout)["layers"]
    assert [layer["holds"] for layer in layers] == [True, True]
    assert layers[-1]["input_calls"] == found["facts"]["calls of the input"]


@pytest.mark.parametrize("variant", ["tight", "fixed_point"])
def test_every_function_of_a_formula_is_defined_beside_it(variant):
    """Each name that is called is SymPy's, a fact's, or among the symbols with its arguments."""
    found = answer("resnet", "--variant", variant, "--k", 2)
    formulas = json.dumps([found["facts"], found["gates"], found["qubits"], found["expensive"]])
    called = set(re.findall(r"([A-Za-z_]\w*)\(", formulas))
    known = {"sqrt", "log", "ceiling", "Max", "Min", "RotationTree", "LoadedVector"}
    defined = {name.split("(")[0] for name in found["symbols"] if "(" in name}
    assert {"SignDegree", "FixedPointDegree"} & defined
    assert {name for name in called if name.endswith(("Degree", "Error"))} <= defined
    assert all(found["symbols"][name] for name in found["symbols"])
    assert known & called
