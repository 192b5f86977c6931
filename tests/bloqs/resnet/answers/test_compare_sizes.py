"""Comparisons of sizes: crossovers by trying every size, and text that says what JSON says."""

import io
import json

import matplotlib.image
import pytest
from attrs import evolve
from rich.console import Console

from bloqs.resnet.answers.compare_settings import settings
from bloqs.resnet.answers.compare_sizes import (
    MEMORIES,
    Question,
    compare_sizes,
    kinds,
    shown_sizes,
    valid_sizes,
)
from bloqs.resnet.answers.cost_formula import SizeFormula
from bloqs.resnet.rivals.baselines import baselines
from bloqs.resnet.rivals.sampler_cost import UNDECIDED
from estimator.report.compare_picture import draw_sizes
from estimator.report.compare_view import exponent, short, show_sizes

GIVEN = {"k": "1", "C": "4", "epsilon": "0.05"}
QUESTION = Question(
    title="resnet",
    settings=settings(GIVEN),
    regimes=("1", "3"),
    variants=("tight", "fixed_point"),
    memories=("ideal", "bucket-brigade"),
    start=8,
    stop=40,
)


def untracked(steps):
    return steps


@pytest.fixture(scope="module")
def found():
    return compare_sizes(QUESTION, untracked)


def test_kinds():
    """Fixed points and regime 3 have no matrix; regime 2 without one is regime 3."""
    everything = evolve(
        QUESTION,
        regimes=("1", "2", "3"),
        variants=("tight", "published", "fixed_point"),
        memories=MEMORIES,
    )
    asked = kinds(everything)
    assert len(asked) == 9 + 6 + 3
    assert {x.output for x in asked if x.variant == "fixed_point"} == {"pool"}
    assert {x.output for x in asked if x.regime == "3"} == {"pool"}
    assert not [x for x in asked if x.regime == "2" and x.output == "pool"]
    assert {x.output for x in kinds(evolve(everything, has_matrix=False))} == {"pool"}


def test_sizes():
    """C = 4 and a square side make log2(N) even; the order must divide it."""
    assert valid_sizes(QUESTION) == tuple(range(8, 41, 2))
    cubic = evolve(QUESTION, settings=settings({**GIVEN, "order": "3"}))
    assert valid_sizes(cubic) == (12, 18, 24, 30, 36)
    assert valid_sizes(evolve(cubic, regimes=("1",))) == tuple(range(8, 41, 2))
    assert shown_sizes((4, 6, 8)) == (4, 6, 8)
    assert shown_sizes(tuple(range(8, 41, 2))) == (8, 14, 20, 28, 34, 40)
    with pytest.raises(ValueError, match="two lengths"):
        valid_sizes(evolve(QUESTION, stop=9))


def test_crossovers_are_those_of_every_size(found):
    """The formula and the baselines are asked at all 17 sizes, not only where bisection looked."""
    for row, kind in zip(found.rows, kinds(QUESTION), strict=True):
        chosen = QUESTION.settings
        formula = SizeFormula(kind, chosen.for_network(kind.variant, kind.regime))
        for baseline in baselines(chosen.sampled(kind.output)):
            for measure in ("gates", "depth"):
                price = baseline.work if measure == "gates" else baseline.layers
                ahead = [
                    n
                    for n in found.searched
                    if (cost := price(n)) is not None and getattr(formula.at(n), measure) < cost
                ]
                runs = row.crossovers[baseline.name, measure].ahead
                assert ahead == [n for a, b in runs for n in range(a, b + 1, 2)]


def test_crossovers_differ(found):
    """Else the test above would say nothing: ahead of the exact evaluation, never of the best."""
    texts = {row.name: row.crossovers["exact", "gates"].text for row in found.rows}
    assert any(text.startswith("from") for text in texts.values())
    assert any(text.startswith("never") for text in texts.values())
    assert all(row.crossovers["exact, parallel", "depth"].ahead == () for row in found.rows)


def test_exponents(found):
    """Bucket brigades of a matrix have N**2 routers, the exact evaluation N**2 products."""
    slopes = {row.name: row.slope("gates") for row in found.rows}
    assert slopes["regime 1, tight, bucket-brigade, linear-pool"] == pytest.approx(2, abs=0.01)
    assert slopes["regime 1, tight, ideal, linear-pool"] < 0.1
    assert slopes["regime 3, tight, circuit, pool"] == pytest.approx(0.5, abs=0.1)
    exact = next(x for x in found.baselines if x.name == "exact" and x.has_matrix)
    assert found.baseline_slope(exact, "work") == pytest.approx(2, abs=1e-3)


def test_text_and_json_say_the_same(found):
    """Every number of the cost table is one of the JSON's, rounded, and so is every crossover."""
    stream = io.StringIO()
    show_sizes(found, Console(file=stream, width=200, highlight=False))
    text, data = stream.getvalue(), json.loads(json.dumps(found.as_json()))
    assert len(data["rows"]) == len(found.rows)
    for row in data["rows"]:
        way = f"{row['regime']} {row['variant']} {row['memory']}"
        for point in (row["points"][0], row["points"][2], row["points"][5]):
            (line,) = [
                x for x in text.splitlines() if x.startswith(f"2^{point['n']} ") and way in x
            ]
            cells = line.split(way)[1].split()
            names = ("gates", "depth", "qubits", "cells", "calls")
            assert cells == [short(point[name]) for name in names]
            assert point["N"] == 2 ** point["n"]
        (line,) = [x for x in text.splitlines() if x.startswith(way)]
        (exact,) = [
            x for x in row["crossovers"] if x["baseline"] == "exact" and x["measure"] == "gates"
        ]
        assert line[len(way) :].strip().startswith(exact["text"].split(" up to ")[0])


def test_nothing_is_said_without_baseline_and_assumption(found):
    stream = io.StringIO()
    show_sizes(found, Console(file=stream, width=300, highlight=False))
    text = stream.getvalue()
    for baseline in found.baselines:
        assert f"baseline {baseline.name}: {baseline.assumption}" in text
    for row in found.rows:
        assert f"regime {row.regime}, {row.memory}: {row.assumption}" in text
    assert "one FLOP counts as much as one Toffoli-like gate" in text


def test_sizes_above_floating_point_stay_whole(found):
    data = found.as_json()
    largest = data["rows"][1]["points"][-1]
    assert isinstance(largest["gates"], int)
    assert json.loads(json.dumps(data))["rows"][1]["points"][-1]["gates"] == largest["gates"]
    assert largest["gates"] > 2**80


def test_picture(found, tmp_path):
    """Two kinds of file, whole, with every way of running as a line of its own."""
    draw_sizes(found, tmp_path / "a.png")
    assert matplotlib.image.imread(tmp_path / "a.png").std() > 0.05
    draw_sizes(found, tmp_path / "a.svg")
    svg = (tmp_path / "a.svg").read_text()
    assert svg.rstrip().endswith("</svg>")
    for row in found.rows:
        assert f'id="{row.name}"' in svg
    for name, value in found.settings.items():
        assert f"{name} = {value:.4g}" in svg
    for names in ("C", "alpha"):
        assert found.assumed.get(names) is None or names in svg
    words = ("regime 3", "fixed_point", "bucket-brigade", "classical: sampler")
    words += ("assumed: D, length, output_length, classes, order (worked example)",)
    words += ("a query of the quantum memory costs nothing", "gives one sample of a class")
    for word in words:
        assert word in svg
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.png", "a.svg"]
    with pytest.raises(ValueError, match=r"\.svg or \.png"):
        draw_sizes(found, tmp_path / "a.pdf")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (99_999, "99,999"),
        (100_000, "1.00e5"),
        (123_456_789, "1.23e8"),
        (10**400, "1.00e400"),
        (0.5, "0.5"),
        (62_612.3, "6.26e4"),
        (None, "-"),
    ],
)
def test_short_numbers(value, text):
    assert short(value) == text


def test_no_advantage_from_a_baseline_that_is_not_known(monkeypatch):
    """The sampler's cost missing: it, the cheaper one and their crossovers are undecided."""
    monkeypatch.setattr("bloqs.resnet.rivals.sampler_cost.MOST_TRIALS", 2**8)
    found = compare_sizes(evolve(QUESTION, regimes=("1",), variants=("tight",)), untracked)
    stream = io.StringIO()
    show_sizes(found, Console(file=stream, width=400, highlight=False))
    text, data = stream.getvalue(), json.loads(json.dumps(found.as_json()))
    for row in data["rows"]:
        for each in row["crossovers"]:
            is_known = each["baseline"].startswith("exact")
            assert (each["text"] == "undecided") is not is_known
            assert (each["ahead"] is None) is not is_known
            assert is_known or each["from"] is None
    for each in data["baselines"]:
        missing = [point["flops"] is None for point in each["points"]]
        assert any(missing) is (each["name"] in ("sampler", "cheaper"))
    assert data["undecided"] == UNDECIDED
    assert f"undecided: {UNDECIDED}" in text
    lines = [line.split() for line in text.splitlines()]
    for name in ("sampler", "cheaper"):
        assert ["2^8", "classical:", name, "undecided", "undecided"] in lines


def test_a_small_error_has_a_sampler_at_every_size(found):
    """More candidates than a run takes are no reason to leave the sampler out."""
    small = {**GIVEN, "k": "2", "C": "16", "epsilon": "0.00001"}
    asked = evolve(QUESTION, settings=settings(small), regimes=("1",), variants=("tight",))
    wide = compare_sizes(evolve(asked, memories=("ideal",), start=14), untracked)
    costs = {each.name: [each.work(n) for n in wide.sizes] for each in wide.baselines}
    assert costs["cheaper"] == [
        min(pair) for pair in zip(costs["exact"], costs["sampler"], strict=True)
    ]
    assert wide.rows[0].crossovers["exact", "gates"].ahead
    assert wide.rows[0].crossovers["cheaper", "gates"].text == "never up to 2^40"
    assert wide.undecided is None
    assert found.undecided is None


def test_without_a_matrix_none_lies_in_memory(found):
    pooled = {row.assumption for row in found.rows if (row.regime, row.output) == ("1", "pool")}
    assert pooled
    for assumption in pooled:
        assert assumption.startswith("without an output matrix the input alone lies in")
    assert any("the input and the output matrix lie" in row.assumption for row in found.rows)


@pytest.mark.parametrize(
    ("value", "text"), [(-0.001, "0.00"), (-0.006, "-0.01"), (0.0, "0.00"), (None, "undecided")]
)
def test_exponents_have_no_negative_zero(value, text):
    assert exponent(value) == text
