"""Predictions as they are run, beside the kernel's."""

import numpy as np
import pytest
from typer.testing import CliRunner

import quledger
from bloqs.linear_systems.parameters import SOLVERS
from bloqs.ntk.answers import simulate
from estimator import cli

FAST = ("qsvt-relative", "window", "perturbation", "shortcut", "walk-definite", "walk-general")


@pytest.mark.parametrize(
    "solver",
    [x if x in FAST else pytest.param(x, marks=pytest.mark.slow) for x in SOLVERS
     if "uniform" not in x and x != "hhl-evolution"],
)  # fmt: skip
def test_golden_instance(golden, solver):
    report = quledger.simulate("ntk", depth="16", solver=solver, clip=0.5, **golden)
    (row,), (point,) = report["solvers"], report["points"]
    assert report.passed
    assert row["error"] <= row["claimed"]
    assert row["success"] >= row["guaranteed"] * (1 - 1e-9)
    assert point["f"] == pytest.approx(0.833030, abs=5e-7)
    assert point["f_S"] == pytest.approx(0.935696, abs=5e-7)
    assert point["class"] == point["kernel_class"] == 1
    assert report["run"]["fidelity"] == "dilated"


@pytest.mark.parametrize(
    ("given", "fidelity"),
    [
        ({"n": 8, "depth": "16", "run": "gates", "b": 6, "epsilon": 0.5}, "gate by gate"),
        ({"n": 16, "depth": "10", "run": "blocks"}, "block by block"),
        ({"n": 16, "depth": "10", "variant": "diagonal", "run": "blocks"}, "block by block"),
        ({"n": 13, "depth": "12", "preparation": "arithmetic", "threshold": "median"}, "dilated"),
        ({"n": 8, "depth": "12", "preparation": "arithmetic", "epsilon": 1e-8}, "dilated"),
    ],
)
def test_digits(given, fidelity):
    """End to end: preparation, encoding, inversion, class."""
    report = quledger.simulate("ntk", data="digits:8v9", test_points=6, **given)
    run = report["run"]
    assert report.passed
    assert run["fidelity"] == fidelity
    assert run["error"] <= run["claimed"]
    assert run["mean"] == pytest.approx(run["expected_mean"], abs=0.02)
    for point in report["points"]:
        if abs(point["o"]) > run["claimed"] and given.get("threshold") != "median":
            assert np.sign(point["o_circuit"]) == np.sign(point["o"])


def test_beyond_the_claim_the_status_is_one(golden, monkeypatch):
    """A kernel vector that is off by more than it says."""
    own = simulate.kernel_run

    def wrong(*given):
        made = own(*given)
        made.state[0] += 0.2
        return made

    monkeypatch.setattr(simulate, "kernel_run", wrong)
    words = ["simulate", "ntk", "--depth", "16", "--data", golden["data"]]
    assert CliRunner().invoke(cli.app, words).exit_code == 1
    monkeypatch.undo()
    assert CliRunner().invoke(cli.app, words).exit_code == 0


def test_a_file_that_is_too_large_is_refused_before_any_work(points, monkeypatch):
    """Its size is known when it has been read."""
    monkeypatch.setattr("bloqs.ntk.answers.given.exact_depth", lambda *_: pytest.fail("worked"))
    rows = np.random.default_rng(0).normal(size=(258, 2))
    path = points(X=rows, y=np.resize([1, -1], 258))
    found = CliRunner().invoke(cli.app, ["simulate", "ntk", "--data", path])
    assert found.exit_code == 2
    assert "takes 256 rows at most, got 512" in found.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "a run needs data"),
        (("--data", "digits:8v9", "--n", "300"), "takes 256 rows at most, got 512"),
        (("--data", "digits:8v9", "--n", "32", "--run", "gates"), "takes 16 rows at most"),
        (
            ("--data", "digits:8v9", "--n", "8", "--run", "gates", "--preparation", "arithmetic"),
            "too many qubits gate by gate",
        ),
        (("--data", "digits:8v9", "--n", "16", "--depth", "9", "--run", "gates"), "gate by gate"),
        (("--data", "digits:8v9", "--n", "64", "--depth", "3", "--solver", "window"), "r_S below"),
    ],
)
def test_refusals(words, message):
    found = CliRunner().invoke(cli.app, ["simulate", "ntk", *words])
    assert (found.exit_code, found.stdout) == (2, ""), found.exception
    (line,) = found.stderr.splitlines()
    assert message in line
