"""A run tells its record, how likely it was and what ran it."""

import io
from fractions import Fraction

import pytest

import quledger


def run(text, **given):
    return quledger.simulate("sentence", sentence=io.StringIO(text), **given).plain()


@pytest.mark.parametrize(
    ("text", "given", "engine"),
    [
        ("W(0,1) MX(0)", {}, "stim"),
        ("W(0,1) MX(0)", {"engine": "stabilizer-tableau"}, "stabilizer tableau"),
        (" ".join(f"W(0,1,2,{v};0.3) MX({v})" for v in range(3, 8)), {}, "state vector"),
        ("W(0,1,2) MX(0)", {}, "phase polynomial"),
        ("W(0,1,2) MX(0)", {"engine": "state-vector"}, "state vector"),
        ("W(0,1,2) MX(0)", {"engine": "gate_by_gate"}, "gate by gate"),
        ("W(0,1,2:3) MX(0.1)", {"q": 4}, "phase polynomial"),
    ],
)
def test_the_engine_is_named(text, given, engine):
    assert run(text, **given)["run"]["engine"] == engine


def test_all_records():
    """X of one of two joined modes is a fair coin, and its stabilizer is certain."""
    found = run("W(0,1) MX(0) MP(X0*Z1)", records=4)
    assert {row["record"] for row in found["records"]} == {".00", ".10"}
    assert {row["probability"] for row in found["records"]} == {"1/2"}
    with pytest.raises(ValueError, match="more than 1 allowed records"):
        run("MX(0) MZ(0)", records=1)


def test_a_run_is_one_of_the_records():
    text = "W(0,1,2) W(1,2,3) MX(0) MX(1) MZ(2) MX(3)"
    listed = {row["record"]: row["probability"] for row in run(text, records=16)["records"]}
    assert sum(Fraction(x) for x in listed.values()) == 1
    for seed in range(8):
        found = run(text, seed=seed)["run"]
        assert listed[found["record"]] == found["exact_probability"]


def test_small_probabilities_have_a_logarithm():
    """Twelve hundred fair coins: no float is so small, and one engine has nothing else."""
    found = run(" ".join(f"MZ({v}) MX({v})" for v in range(600)))["run"]
    assert (found["exact_probability"], found["log2_probability"]) == ("1/2**1200", -1200)
    assert found["probability"] == 0
    found = run("MZ(0) MX(0) " * 600, engine="state-vector")["run"]
    assert found["exact_probability"] == "less than 1e-307"
