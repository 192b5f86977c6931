"""Comparisons of sizes: crossovers by trying every size, and text that says what JSON says."""

import io
import json
import math

import matplotlib.image
import pytest
from attrs import evolve

from bloqs.resnet.answers.compare_settings import completed
from bloqs.resnet.answers.compare_sizes import (
    SizesAsked,
    kinds,
    sizes_report,
    sweep_of,
    valid_sizes,
)
from bloqs.resnet.answers.cost_formula import SizeFormula
from bloqs.resnet.rivals.baselines import baselines
from bloqs.resnet.rivals.sampler_cost import UNDECIDED
from estimator.compare.crossover import size_text
from estimator.compare.sweep import spread
from estimator.report.parts import Chart
from estimator.report.terminal import console, show
from estimator.report.text import short

MEMORIES = ("ideal", "bucket-brigade", "qroam-clean")
GIVEN = {"k": 1, "C": 4, "epsilon": 0.05}
QUESTION = SizesAsked(
    title="resnet",
    settings=completed(GIVEN, {}),
    regimes=("1", "3"),
    variants=("tight", "fixed_point"),
    memories=("ideal", "bucket-brigade"),
    start=2**8,
    stop=2**40,
)


@pytest.fixture(scope="module")
def swept():
    return sweep_of(QUESTION)


@pytest.fixture(scope="module")
def found():
    return sizes_report(QUESTION)


def text_of(report, width):
    stream = io.StringIO()
    show(report, console(stream, width))
    return stream.getvalue()


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

    def log2(sizes):
        return tuple(int(math.log2(size)) for size in sizes)

    assert log2(valid_sizes(QUESTION)) == tuple(range(8, 41, 2))
    cubic = evolve(QUESTION, settings=completed({**GIVEN, "order": 3}, {}))
    assert log2(valid_sizes(cubic)) == (12, 18, 24, 30, 36)
    assert log2(valid_sizes(evolve(cubic, regimes=("1",)))) == tuple(range(8, 41, 2))
    assert spread((4, 6, 8)) == (4, 6, 8)
    assert spread(tuple(range(8, 41, 2))) == (8, 14, 20, 28, 34, 40)
    with pytest.raises(ValueError, match="two lengths"):
        valid_sizes(evolve(QUESTION, stop=2**9))


def test_crossovers_are_those_of_every_size(swept):
    """The formula and the baselines are asked at all 17 sizes, not only where bisection looked."""
    sizes = swept.axis.searched
    assert len(sizes) == 17
    for way, kind in zip(swept.quantum(), kinds(QUESTION), strict=True):
        chosen = QUESTION.settings
        formula = SizeFormula(kind, chosen.for_network(kind.variant, kind.regime))
        for rival in baselines(chosen.sampled(kind.output), kind.output):
            for measure, lookups in (("gates", "lookups"), ("depth", "lookup layers")):
                ahead = []
                for N in sizes:
                    cost, point = rival.at(N), formula.at(int(math.log2(N)))
                    ours = getattr(point, measure) + point.queries
                    ahead += [N] if ours < cost[measure] + cost[lookups] else []
                runs = swept.crossovers[kind.output, way.name, rival.name, measure].ahead
                assert ahead == [N for a, b in runs for N in sizes if a <= N <= b]


def test_crossovers_differ(found):
    """Else the test above would say nothing: ahead of the exact evaluation, never of the best."""
    exact = [
        row["text"]
        for row in found["crossovers"]
        if (row["against"], row["measure"]) == ("exact", "gates")
    ]
    assert any(text.startswith("from") for text in exact)
    assert any(text.startswith("never") for text in exact)
    parallel = [
        row["ahead"]
        for row in found["crossovers"]
        if (row["against"], row["measure"]) == ("exact, parallel", "depth")
    ]
    assert parallel == [[]] * len(parallel)


def test_exponents(found):
    """Bucket brigades of a matrix have N**2 routers, the exact evaluation N**2 products."""
    slopes = {(row["group"], row["way"]): row["gates"] for row in found["slopes"]}
    assert slopes["linear-pool", "1 tight bucket-brigade"] == pytest.approx(2, abs=0.01)
    assert slopes["linear-pool", "1 tight ideal"] < 0.1
    assert slopes["pool", "3 tight circuit"] == pytest.approx(0.5, abs=0.1)
    assert slopes["linear-pool", "exact"] == pytest.approx(2, abs=1e-3)


def test_text_and_data_say_the_same(found):
    """Every number of the cost table is one of the data's, rounded, and so is every crossover."""
    text, data = text_of(found, 200), json.loads(json.dumps(found.plain()))
    sizes = sorted({row["N"] for row in data["costs"]})
    lines = text.splitlines()
    for row in data["costs"]:
        if row["N"] not in (sizes[0], sizes[2], sizes[5]):
            continue
        name = f"classical: {row['way']}" if row["classical"] else row["way"]
        start = f"2^{int(math.log2(row['N']))} "
        names = ("gates", "depth", "lookups")
        names += () if row["classical"] else ("qubits", "cells", "calls")
        cells = [short(row[key]) for key in names]
        assert any(
            line.startswith(start) and line.split(name)[-1].split() == cells
            for line in lines
            if name in line
        )
    for row in data["crossovers"]:
        if (row["against"], row["measure"]) == ("exact", "gates"):
            shown = [line for line in lines if line.startswith(row["way"])]
            wanted = row["text"].split(" up to ")[0]
            assert any(line[len(row["way"]) :].strip().startswith(wanted) for line in shown)


def test_nothing_is_said_without_baseline_and_assumption(found, swept):
    text = text_of(found, 400)
    for way in swept.classical():
        assert f"baseline {way.name}: {way.assumption}" in text
    for way in swept.quantum():
        labels = way.labels
        assert f"regime {labels['regime']}, {labels['memory']}: {way.assumption}" in text
    assert "one FLOP counts as much as one Toffoli-like gate" in text
    assert "a look-up of the data, classical or by a query of an ideal quantum memory" in text


def test_the_sampler_is_as_near_to_the_exact_law_as_the_circuits(found):
    """Vectors are off by epsilon / sqrt(2), and so their squares by no more in total variation."""
    distance = 0.05 / math.sqrt(2)
    assert found["distance"] == pytest.approx(distance)
    assert QUESTION.settings.sampled("pool").epsilon == pytest.approx(distance)
    assert f"is within total variation distance {distance:.3g} of the exact" in text_of(found, 400)


def test_a_promise_does_not_move_the_sampler():
    """Only data do: the acceptance, which is assumed for Gaussian networks or given."""
    promised = completed({**QUESTION.settings.values, "length": 0.2}, {})
    assert promised.sampled("pool") == QUESTION.settings.sampled("pool")
    short = completed({"length": 0.2}, {}).sampled("pool")
    assert short == completed({"length": 1.0}, {}).sampled("pool")
    half = completed({"acceptance": 0.01}, {}).sampled("pool")
    assert half.acceptances == (0.01, 0.01)


def test_sizes_above_floating_point_stay_whole(found):
    largest = max(row["gates"] for row in found["costs"] if row["way"] == "1 tight bucket-brigade")
    assert isinstance(largest, int)
    assert largest > 2**80
    again = json.loads(json.dumps(found.plain()))
    assert largest in [row["gates"] for row in again["costs"]]


def test_picture(found, tmp_path):
    """Three kinds of file, whole; at most six curves a panel, each with its name."""
    for name in ("a.png", "a.SVG"):
        found.picture(tmp_path / name)
    assert matplotlib.image.imread(tmp_path / "a.png").std() > 0.05
    svg = (tmp_path / "a.SVG").read_text()
    assert svg.rstrip().endswith("</svg>")
    charts = [part for part in found.parts if isinstance(part, Chart)]
    for chart in charts:
        assert len(chart.lines) <= 6
        for line in chart.lines:
            assert f'id="{line.label}"' in svg
            assert svg.count(f">{line.label}<") >= 1
        labels = {line.label for line in chart.lines}
        assert "classical: exact" in labels
        assert "classical: sampler" in labels
    for name, value in QUESTION.settings.values.items():
        assert f"{name} = {value:.4g}" in svg
    assert "assumed: D, length, output_length, classes, order (worked example)" in svg
    assert len(list(tmp_path.iterdir())) == 2
    with pytest.raises(ValueError, match=r"named \.svg, \.png or \.pdf, got"):
        found.picture(tmp_path / "a.txt")


def test_every_crossing_of_two_curves_is_marked(found):
    """Of a circuit and a classical way that have a curve, at a size between those around it."""
    groups = list(dict.fromkeys(row["group"] for row in found["ways"]))
    charts = [part for part in found.parts if isinstance(part, Chart)]
    assert any(chart.marks for chart in charts)
    for chart in charts:
        measure, *rest = chart.key.removeprefix("chart_").split("_")
        group = groups[int(rest[0]) if rest else 0]
        drawn = {line.label.removeprefix("classical: ") for line in chart.lines}
        wanted = []
        for row in found["crossovers"]:
            is_here = (row["group"], row["measure"]) == (group, measure)
            if is_here and {row["way"], row["against"]} <= drawn:
                low, high = row["searched"]
                for first, last in row["ahead"]:
                    wanted += [(first, "from")] if first != low else []
                    wanted += [(last, "until")] if last != high else []
        told = [(mark.label.split()[0], mark.label.split()[1]) for mark in chart.marks]
        assert sorted(told) == sorted((word, size_text(size)) for size, word in wanted)
        for mark, (word, text) in zip(chart.marks, told, strict=True):
            size = 2 ** int(text.removeprefix("2^"))
            assert mark.x <= size if word == "from" else mark.x >= size


def test_no_advantage_from_a_baseline_that_is_not_known(monkeypatch):
    """The sampler's cost missing: it, the cheaper one and their crossovers are undecided."""
    monkeypatch.setattr("bloqs.resnet.rivals.sampler_cost.MOST_TRIALS", 2**8)
    found = sizes_report(evolve(QUESTION, regimes=("1",), variants=("tight",)))
    text, data = text_of(found, 400), json.loads(json.dumps(found.plain()))
    for row in data["crossovers"]:
        is_known = row["against"].startswith("exact")
        assert (row["text"] == "undecided") is not is_known
        assert (row["ahead"] is None) is not is_known
        assert is_known or row["from"] is None
    for way in ("exact", "exact, parallel", "sampler", "cheaper"):
        costs = [row["gates"] for row in data["costs"] if row["way"] == way]
        assert (None in costs) is (way in ("sampler", "cheaper"))
    assert data["undecided"] == UNDECIDED
    assert f"undecided: {UNDECIDED}" in text
    lines = [line.split() for line in text.splitlines()]
    for name in ("sampler", "cheaper"):
        assert ["2^8", "classical:", name, "undecided", "undecided"] in lines


def test_a_small_error_has_a_sampler_at_every_size(found):
    """More candidates than a run takes are no reason to leave the sampler out."""
    small = {**GIVEN, "k": 2, "C": 16, "epsilon": 0.00001}
    asked = evolve(
        QUESTION, settings=completed(small, {}), regimes=("1",), variants=("tight",),
        memories=("ideal",), start=2**14,
    )  # fmt: skip
    wide = sizes_report(asked)
    costs = {}
    for row in wide["costs"]:
        costs.setdefault(row["way"], []).append(row["gates"])
    assert costs["cheaper"] == [
        min(pair) for pair in zip(costs["exact"], costs["sampler"], strict=True)
    ]
    crossed = {(x["against"], x["measure"]): x for x in wide["crossovers"]}
    assert crossed["exact", "gates"]["ahead"]
    assert crossed["cheaper", "gates"]["text"] == "never up to 2^40"
    assert wide["undecided"] is None
    assert found["undecided"] is None


def test_without_a_matrix_none_lies_in_memory(found):
    quantum = [row for row in found["ways"] if not row["classical"]]
    pooled = [x["assumption"] for x in quantum if (x["regime"], x["group"]) == ("1", "pool")]
    assert pooled
    for assumption in pooled:
        assert assumption.startswith("without an output matrix the input alone lies in")
    assert any("the input and the output matrix lie" in row["assumption"] for row in quantum)
