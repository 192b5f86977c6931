"""Predictions by circuits beside classical ones: growth, crossovers, runs on data."""

import pytest
from typer.testing import CliRunner

import quledger
from estimator import cli


@pytest.mark.parametrize(
    ("asked", "ways"),
    [
        ({"start": 2**20, "stop": 2**24, "loaders": "qrom,qroam-clean,ideal"}, 6),
        pytest.param({"start": 2**10, "stop": 2**20}, 12, marks=pytest.mark.slow),
    ],
)
def test_memories_over_n(asked, ways, tmp_path):
    report = quledger.compare("ntk", **asked)
    slopes = {row["way"]: row["t"] for row in report["slopes"]}
    assert max(slopes["diagonal ideal"], slopes["sampled f_D"]) < 0.4
    assert slopes["diagonal qrom"] > slopes["diagonal qroam-clean"]
    assert slopes["CG"] == pytest.approx(2, abs=0.1)
    assert slopes["dense solve"] == pytest.approx(3, abs=0.1)
    never = [row for row in report["crossovers"]
             if row["against"] == "sampled f_D" and row["measure"] == "t"]  # fmt: skip
    assert len(never) == ways
    assert all(row["ahead"] == [] for row in never)
    report.picture(tmp_path / "ntk.svg")
    assert (tmp_path / "ntk.svg").stat().st_size > 1000


def test_baselines_run_on_data(golden):
    """All solve for the same f; the samplers show its sign."""
    report = quledger.compare("ntk", depth="16", loaders="ideal", clip=0.5, **golden)
    found = {row["way"]: row for row in report["classical"]}
    for name in ("dense solve", "CG", "gradient descent"):
        assert found[name]["value"] == pytest.approx(0.833030, rel=0.02)
        assert found[name]["flop"] > 0 < found[name]["accesses"]
    assert {row["class"] for row in found.values()} == {1}
    assert [row["variant"] for row in report["quantum"]] == ["diagonal", "weighted"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--n", "64"), "without data n is swept"),
        (("--from", "2**10", "--to", "2**10"), "two powers of two"),
        (("--data", "digits:8v9", "--n", "16", "--from", "64"), "leave --start out"),
        (("--mask", "xor"), "mask is about data"),
    ],
)
def test_refusals(words, message):
    found = CliRunner().invoke(cli.app, ["compare", "ntk", *words])
    assert (found.exit_code, found.stdout) == (2, ""), found.exception
    assert message in found.stderr
