"""Sweeps: rows against single answers, interrupted and resumed, and what is refused."""

import csv
import random
from collections import namedtuple

import pyarrow.parquet
import pytest

import quledger
from estimator.grid import plan, sweep
from estimator.grid.columns import cells
from estimator.grid.plan import Parts
from estimator.report.plain import plain_value

RESNET = {"k": 2, "alpha": 5.2, "length": 1.2}
SIZES = {
    "N": "2**10..2**30:5", "C": "4,16", "D": "2,3,5", "b": "12,40", "epsilon": "1e-1..1e-3:3",
}  # fmt: skip
LOADED = {"loader": None, "N": "2**4..2**6:3", "b": "4,9"}
CASES = {
    "formulas of a residual network": ("resnet", SIZES, RESNET, True),
    "bits that are worked out": (
        "resnet", {"N": "2**8..2**20:7", "epsilon": "0.1,0.003"}, {**RESNET, "C": 4, "D": 3}, True,
    ),
    "lengths that are no squares": (
        "resnet", {"N": "2**8..2**11:4", "b": "8,9"}, {**RESNET, "C": 4, "D": 3, "epsilon": 0.1},
        True,
    ),
    "formulas of a solver": (
        "qlss", {"epsilon": "0.1,0.01", "N": "2,3,1000", "ancillas": "1,7"},
        {"kappa": 10, "solver": "shortcut"}, True,
    ),
    "points": ("vector-loading", LOADED, {}, False),
    "points of which some have no answer": (
        "vector-loading", {"loader": "qrom,qroam-clean", "beta": "1,2"}, {"N": 64, "b": 8}, False,
    ),
}  # fmt: skip


def rows_of(file):
    with file.open(newline="") as table:
        return list(csv.DictReader(table))


def single(target, values):
    """What one answer says, or its sentence, in words of a table."""
    try:
        found = cells(quledger.cost(target, **values))
    except ValueError as problem:
        return {"error": " ".join(str(problem).split())}
    return {name: plain_value(value) for name, value in found.items()}


@pytest.mark.parametrize("name", CASES)
def test_rows_are_single_answers(name, tmp_path):
    """Every column of rows drawn at random; the sentence where there is no answer."""
    target, over, fixed, by_formulas = CASES[name]
    report = quledger.sweep(target, over, tmp_path / "a.csv", **fixed)
    rows = rows_of(tmp_path / "a.csv")
    assert ("evaluated over" in report["sweep"]["how"]) == by_formulas
    assert len(rows) == report["sweep"]["points"]
    assert report["sweep"]["failed"] == sum(bool(row.get("error")) for row in rows)
    draw = random.Random(name)
    for row in draw.sample(rows, min(8, len(rows))):
        values = {axis: row[axis] for axis in over}
        expected = single(target, {**values, **fixed})
        for column, value in expected.items():
            if isinstance(value, float):
                assert float(row[column]) == pytest.approx(value, rel=1e-9), column
            elif column in row:
                assert row[column] == ("" if value is None else str(value)), column
            else:
                assert target == "qlss", column  # the ranking of all solvers is left out
        if "error" in expected:
            assert not row["qubits"] if "qubits" in row else True


@pytest.fixture
def small_chunks(monkeypatch):
    """Chunks of a few rows."""
    monkeypatch.setattr(sweep, "MOST_ROWS", 7)
    monkeypatch.setattr(plan, "MOST_POINTS", 4)
    monkeypatch.setattr(plan, "CHUNKS", 2)


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
@pytest.mark.parametrize("name", ["formulas of a residual network", "points"])
def test_a_sweep_that_ends_early_goes_on(name, ending, tmp_path, monkeypatch, small_chunks):
    """Only chunks that are not written are worked out again; the file is the same, bit by bit."""
    target, over, fixed, _ = CASES[name]
    whole, broken = tmp_path / f"whole{ending}", tmp_path / f"broken{ending}"
    quledger.sweep(target, over, whole, **fixed)
    keep, kept = Parts.keep, []

    def fails(parts, number, fragment):
        if len(kept) in (2, 4):
            kept.append(None)
            raise KeyboardInterrupt
        kept.append(number)
        keep(parts, number, fragment)

    monkeypatch.setattr(Parts, "keep", fails)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            quledger.sweep(target, over, broken, **fixed)
        assert not broken.exists()
    quledger.sweep(target, over, broken, resume=True, **fixed)
    numbers = [number for number in kept if number is not None]
    assert len(numbers) == len(set(numbers)) > 4
    assert broken.read_bytes() == whole.read_bytes()
    assert sorted(x.name for x in tmp_path.iterdir()) == sorted([whole.name, broken.name])


def test_parquet_holds_every_number(tmp_path):
    """64 bits where they suffice, 38 digits where these do; the same numbers as in CSV."""
    over = {"N": "2**10..2**38:3", "epsilon": "0.1,1e-8"}
    fixed = {**RESNET, "C": 16, "D": 3, "b": 40}
    for file in ("a.csv", "a.parquet"):
        quledger.sweep("resnet", over, tmp_path / file, **fixed)
    table = pyarrow.parquet.read_table(tmp_path / "a.parquet")
    kinds = {field.name: str(field.type) for field in table.schema}
    assert kinds["qubits"] == "int64"
    assert kinds["t_count"] == "decimal128(38, 0)"
    assert kinds["epsilon"] == "double"
    rows = rows_of(tmp_path / "a.csv")
    for ours, theirs in zip(rows, table.to_pylist(), strict=True):
        assert {
            k: float(x) if isinstance(theirs[k], float) else int(x) for k, x in ours.items()
        } == theirs
    assert max(int(row["t_count"]) for row in rows) > 2**64


def test_columns_and_their_order(tmp_path):
    """Parameters first, then those that were named, as they were named."""
    quledger.sweep(
        "vector-loading", ["b=4,8"], tmp_path / "a.csv", columns=["qubits", "t_count"], N=16
    )
    assert (tmp_path / "a.csv").read_text().splitlines()[0] == "b,qubits,t_count"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"output": "a.txt"}, "must be named .csv or .parquet"),
        ({"output": "none/a.csv"}, "existing folder"),
        ({"output": "there.csv"}, "there.csv exists; give --resume to go on, or --overwrite"),
        ({"output": "there.csv", "resume": True}, "is complete"),
        ({"resume": True, "overwrite": True}, "give one of them"),
        ({"workers": 0}, "--workers must be a whole number >= 1"),
        ({"workers": 2, "scheduler": "tcp://x:1"}, "leave --workers or --scheduler out"),
        ({"columns": ["gubits"]}, "there is no column 'gubits'; did you mean qubits?"),
        ({"over": ["b=4..8"]}, "needs a whole number of points"),
        ({"over": []}, "needs a parameter that varies"),
        ({"over": ["N=32,64"]}, "N is given twice"),
        ({"N": None}, "a sweep needs numbers, and facts.epsilon is a formula: give --N"),
        ({"target": "nothing"}, "there is no algorithm 'nothing'"),
        ({"loader": "qrom", "over": ["beta=0,1"]}, "no point that was tried has an answer"),
    ],
)  # fmt: skip
def test_refusals(given, said, tmp_path, monkeypatch):
    """One sentence, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.csv").write_text("kept")
    asked = {"target": "vector-loading", "over": ["b=4,8"], "output": "a.csv", "N": 16, **given}
    if asked["N"] is None:
        del asked["N"]
    with pytest.raises(ValueError, match=r".") as problem:
        quledger.sweep(**asked)
    assert said in str(problem.value)
    assert [x.name for x in tmp_path.iterdir()] == ["there.csv"]
    assert (tmp_path / "there.csv").read_text() == "kept"


@pytest.mark.parametrize(("free", "fits"), [(10**5, False), (10**12, True)])
def test_more_points_than_the_disk_holds(free, fits, tmp_path, monkeypatch):
    """Said before anything is written."""
    disk = namedtuple("disk", "total used free")(10**13, 0, free)
    monkeypatch.setattr(sweep.shutil, "disk_usage", lambda folder: disk)
    over = {"b": "4..203:200", "epsilon": "0.1..0.01:20"}
    fixed = {**RESNET, "N": 2**10, "C": 4, "D": 3}
    if fits:
        quledger.sweep("resnet", over, tmp_path / "a.csv", **fixed)
        return
    with pytest.raises(ValueError, match=r"4,000 points take about 0\.00.* GB while"):
        quledger.sweep("resnet", over, tmp_path / "a.csv", **fixed)
    assert not list(tmp_path.iterdir())


def test_another_question_in_the_same_place(tmp_path, monkeypatch, small_chunks):
    """What was begun is not mixed with another sweep; --overwrite drops it."""
    keep = Parts.keep

    def fails(parts, number, fragment):
        if number:
            raise KeyboardInterrupt
        keep(parts, number, fragment)

    monkeypatch.setattr(Parts, "keep", fails)
    file = tmp_path / "a.csv"
    with pytest.raises(KeyboardInterrupt):
        quledger.sweep("vector-loading", ["b=4..12:9"], file, N=16)
    monkeypatch.setattr(Parts, "keep", keep)
    with pytest.raises(ValueError, match=r"beginning of another sweep \(another parameters\)"):
        quledger.sweep("vector-loading", ["b=4..12:9"], file, N=32)
    quledger.sweep("vector-loading", ["b=4..12:9"], file, N=32, overwrite=True)
    assert len(rows_of(file)) == 9


def test_a_chart_of_costs(tmp_path):
    """A curve for each choice of the other parameters, over the first numbers."""
    report = quledger.sweep(
        "vector-loading", {"loader": "qrom,ideal", "N": "2**4..2**6:3"}, tmp_path / "a.csv", b=6,
        draws=True,
    )  # fmt: skip
    chart = report.charts[0]
    assert [line.label for line in chart.lines] == ["loader = qrom", "loader = ideal"]
    rows = rows_of(tmp_path / "a.csv")
    assert list(chart.lines[0].y) == [int(row["t_count"]) for row in rows[:3]]
    assert list(chart.lines[0].x) == [16, 32, 64]
