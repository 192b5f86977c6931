"""Read-outs of the circuits that are run: printed overlaps, thresholds, what is refused."""

from math import cos, pi, radians, sqrt

import numpy as np
import pytest

import quledger
from bloqs.ntk.answers import run_readings
from bloqs.ntk.circuits.class_part import ClassPart

CLIP = 1 - cos(radians(5))
"""Where the ceiling is the largest kernel of the golden point, which is five degrees from one."""


@pytest.fixture
def asked(golden):
    return {"depth": "16", "clip": CLIP, "epsilon": 1e-3, **golden}


@pytest.mark.parametrize(
    ("variant", "overlap"), [("weighted", 0.48864), ("uniform", 0.48864), ("diagonal", 0.48773)]
)
def test_golden_instance(asked, variant, overlap):
    """The printed overlap with its sign, from moduli and from clocks; P/n as printed."""
    swap = quledger.simulate("ntk", read_out="swap", variant=variant, **asked)
    assert swap.passed
    assert swap["run"]["overlap"] == pytest.approx(overlap, abs=2e-4)
    assert swap["run"]["expected_overlap"] == pytest.approx(overlap, abs=5e-6)
    assert abs(swap["run"]["seen"] - overlap) < overlap
    tests = {row["test"]: row for row in swap["swap_tests"]}
    assert set(tests) == {"k+ y+", "k+ y-", "k- y+", "k- y-"}
    success = swap["solvers"][0]["success"]
    flags = sum(row["flags"] for row in tests.values())
    assert flags == pytest.approx(0.1342969 * success, rel=2e-3)

    clock = quledger.simulate("ntk", read_out="amplitude-estimation", variant=variant, **asked)
    assert clock.passed
    mean = overlap * sqrt(0.1342969 * clock["solvers"][0]["success"])
    assert clock["run"]["mean"] == pytest.approx(mean, abs=2e-4)
    assert clock["run"]["near"] >= 8 / pi**2
    assert abs(clock["run"]["seen"] - mean) < mean


@pytest.mark.parametrize("reading", ["hadamard", "swap", "amplitude-estimation"])
@pytest.mark.parametrize(
    "given",
    [
        {"n": 13, "depth": "12", "threshold": "median"},
        {"n": 8, "depth": "16", "variant": "diagonal", "run": "blocks", "threshold": "median"},
    ],
)
def test_digits(reading, given):
    """Classes of unequal size against the median of the batch: the class that is drawn is right."""
    report = quledger.simulate(
        "ntk", data="digits:8v9", test_points=7, read_out=reading, failure=1e-3, **given
    )
    run = report["run"]
    (shown,) = (row for part in report.parts if part.key == "run" for row in part.rows
                if row.key == "seen")  # fmt: skip
    assert report.passed
    point = report["points"][run["point"]]
    assert shown.beside == f"class {point['class']:+d}"


def test_gate_by_gate():
    """Every gate of the swap tests of four points."""
    report = quledger.simulate(
        "ntk", data="digits:8v9", n=4, depth="20", variant="diagonal", run="gates", b=7,
        epsilon=0.5, test_points=3, read_out="swap",
    )  # fmt: skip
    assert report.passed
    assert report["run"]["fidelity"] == "gate by gate"
    error = abs(report["run"]["overlap"] - report["run"]["expected_overlap"])
    assert error <= report["run"]["overlap_error"]


def other_class(vector, is_upper, norm):
    """The half of the other class."""
    return ClassPart(vector, not is_upper, norm)


@pytest.mark.parametrize(
    ("reading", "place", "mistake"),
    [
        ("swap", "ClassPart", other_class),
        ("amplitude-estimation", "estimated_probability", lambda y, m: np.cos(pi * y / 2**m) ** 2),
        ("hadamard", "_outcomes", lambda read: {1: 0.1, -1: 0.2, 0: 0.7}),
    ],
)
def test_what_does_not_fit_is_said(asked, monkeypatch, reading, place, mistake):
    monkeypatch.setattr(run_readings, place, mistake)
    assert not quledger.simulate("ntk", read_out=reading, **asked).passed


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"n": 64, "depth": "3", "read_out": "swap"}, "y_i x_i >= 0"),
        ({"n": 8, "read_out": "amplitude-estimation", "run": "gates"}, "run gate by gate"),
    ],
)
def test_refusals(given, message):
    with pytest.raises(ValueError, match=message):
        quledger.simulate("ntk", data="digits:8v9", **given)
