"""Whole residual networks on the command line."""

import json
from pathlib import Path

import pytest
import sympy
from typer.testing import CliRunner

from estimator import cli

DIGITS = str(Path(__file__).parents[2] / "examples" / "digits_resnet.onnx")
SIZES = {"k": 2, "N": 16384, "C": 16, "D": 3, "epsilon": 0.01, "kappa": 2, "alpha": 6}


def run(*words):
    return CliRunner().invoke(cli.app, [str(word) for word in words])


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
    [("tight", None, 3.4e7), ("tight", 1.2, 1.1e5), ("fixed_point", 1.2, 1.4e4)],
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
    found = answer("resnet", "--output", "linear-pool", *params(**SIZES, length=1.2))
    layers, gates = found["layers"], found["gates"]
    assert [row["layer"] for row in layers] == ["input", "block 1", "block 2", "output"]
    assert sum(row["Toffoli"] for row in layers) == gates["toffoli"] + gates["cswap"]
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
    assert found["queries"]["QRAM"] > 0
    assert found["facts"]["epsilon of the vector"] <= 0.1 / 2**0.5
    assert sympy.sympify(found["facts"]["alpha of the convolution"]) > 0


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("resnet", "--regime", "4"), "--regime must be one of 1, 2, 3"),
        (("resnet", "--output", "soft"), "--output must be one of none, pool, linear-pool"),
        (("convolution", "--regime", "1"), "convolution has no --regime"),
        (("resnet", "--regime", "3", "--output", "linear-pool"), "regime 3 has no dense"),
        (("resnet", *params(k=2, N=512, C=16)), "N = C * side**2"),
        (("resnet", *params(k=0)), "k must be a whole number >= 1"),
        (("resnet", "--output", "linear-pool"), "give --param k"),
        (("resnet", "--variant", "published", *params(k=1, kappa=3)), "stated for kappa <= 2"),
        ((DIGITS, "--regime", "1", *params(N=64)), "read from the network file"),
    ],
)
def test_refusals(words, problem):
    assert problem in refusal(*words)
