"""A step by circuits beside its simulation over W, and accuracies, published and ours."""

import json

import pytest
from typer.testing import CliRunner

import quledger
from bloqs.contrastive.model.batched_engine import Engine
from bloqs.contrastive.rivals.published_runs import LATE
from estimator.cli import app


@pytest.fixture(scope="module")
def report():
    return quledger.compare("contrastive", stop=20)


def costs(report, **wanted):
    """Rows of all widths with some values, by width."""
    rows = [row for row in report["costs"] if all(row[key] == x for key, x in wanted.items())]
    return {row["W"]: row for row in rows}


def test_numbers_are_those_of_cost():
    """At the published width, for every rule, and for all-to-all with its three layers."""
    report = quledger.compare("contrastive", stop=8, ansaetze="ring,all-to-all")
    for kind, layers, group in (
        ("ring", 2, "rules, ring"),
        ("all-to-all", 3, "ansaetze, two-term"),
    ):
        cost = quledger.cost("contrastive", ansatz=kind, W=8, L=layers)
        t_gates = {x["synthesis"]: x["circuit"] for x in cost["syntheses"]}["mixed-fallback"]
        surface = {x["synthesis"]: x for x in cost["surface_code"]}["mixed-fallback"]
        for row in cost["rules"]:
            if group.startswith("ansaetze") and row["rule"] != "two-term":
                continue
            seen = costs(report, group=group, ansatz=kind, rule=row["rule"])
            if not seen:  # not among the rules that are compared
                continue
            assert seen[8]["circuits"] == row["circuits"]
            assert seen[8]["operations"] == t_gates * row["shots"]
            assert seen[8]["cnots"] == cost["gates"]["cnot"] * row["shots"]
            assert seen[8]["seconds"] == pytest.approx(surface["shot_seconds"] * row["shots"])
    ring = quledger.cost("contrastive", W=8, L=2)
    engine = costs(report, group="rules, ring", way="our engine, ring")[8]
    assert engine["operations"] == ring["classical"]["engine"]
    assert engine["seconds"] == pytest.approx(engine["operations"] / 1e9)


def test_bytes_are_those_that_the_engine_asks_for(report):
    engine = costs(report, group="rules, ring", way="our engine, ring")[20]
    assert engine["bytes"] == Engine(kind="ring", width=20, layers=2).bytes_needed


def test_where_circuits_take_fewer_operations(report):
    """Than whole states from 14 qubits on; than a chain of tensors not in seconds, at any width."""
    found = {
        (row["way"], row["against"], row["measure"]): row
        for row in report["crossovers"]
        if row["group"] == "rules, ring"
    }
    engine = found["two-term", "our engine, ring", "operations"]
    two, one = (costs(report, group="rules, ring", way=x) for x in ("two-term", "our engine, ring"))
    for width in set(one) & set(two):
        is_ahead = two[width]["operations"] < one[width]["operations"]
        assert is_ahead == (width >= engine["from"])
    assert engine["from"] == 14
    assert found["two-term", "tensor chain, ring", "seconds"]["ahead"] == []


def test_a_width_that_does_not_exist_is_left_out():
    report = quledger.compare("contrastive", stop=6, ansaetze="ring,15", rules="light-cone")
    assert 3 not in costs(report, ansatz="15")
    assert any("15: no circuit at W = 3" in line for line in report["assumptions"])
    plain = quledger.compare("contrastive", stop=6, ansaetze="19", rules="light-cone")
    assert 3 in costs(plain, ansatz="19")


def test_arms_with_intervals_and_a_study_beside_them(tmp_path):
    """Published means and intervals; a study adds its rows and a panel."""
    accuracies = {"ring": (91, 92, 93), "identity": (92, 92, 93), "ring-sampled": (80, 84, 82)}
    runs = {arm: [{"after": {"chosen": x}} for x in xs] for arm, xs in accuracies.items()}
    file = tmp_path / "study.json"
    file.write_text(json.dumps({"runs": runs, "settings": {"ring-sampled": {"shots": 50}}}))
    report = quledger.compare("contrastive", stop=6, rules="spsa", ansaetze="line", study=str(file))
    found = {(row["data"], row["arm"]): row for row in report["arms"]}
    ring = found["published, batch 176", "ring"]
    assert (ring["runs"], ring["mean"]) == (6, pytest.approx(sum(LATE["ring"]) / 6))
    assert ring["low"] < 46.51 < ring["high"]
    ours = found["ours, study", "ring"]
    assert (ours["runs"], ours["median"]) == (3, 92)
    charts = {part.key: part for part in report.parts if part.key.startswith("chart_")}
    assert {"chart_shots", "chart_arms_0", "chart_arms_1", "chart_arms_2"} <= charts.keys()
    assert [line.label for line in charts["chart_arms_2"].lines] == list(accuracies)
    own = {line.label: (line.x, line.y) for line in charts["chart_own_shots"].lines}
    assert own["ring, exact"] == ((12.5, 200), (92, 92))
    assert own["ring, 50 shots"] == ((50, 50, 50), pytest.approx((77.0, 82, 87.0), abs=0.05))
    shots = {line.label: line for line in charts["chart_shots"].lines}
    assert shots["ring, 100 shots, batch 176"].x == (100, 100, 100)
    assert shots["ring, 100 shots, batch 176"].y[1] == pytest.approx(46.34, abs=5e-3)


def test_the_picture_has_a_panel_for_everything(report, tmp_path):
    file = tmp_path / "compared.svg"
    report.picture(file)
    text = file.read_text()
    panels = sum(part.key.startswith("chart_") for part in report.parts)
    assert panels >= 7  # four of costs, shots, two of arms
    assert text.count('id="axes_') == panels + panels % 2
    for words in ("our engine, ring", "light-cone", "all-to-all", "ring, 100 shots"):
        assert words in text


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--stop", "3"), "stop must be a whole number >= 4"),
        (("--L", "0"), "L must be a whole number >= 1"),
        (("--B", "1"), "B must be a whole number >= 2"),
        (("--S", "-1"), "S must be a whole number >= 1"),
        (("--ansaetze", "ring,bell"), "--ansaetze takes some of ring,13_half"),
        (("--rules", "guess"), "--rules takes some of two-term"),
        (("--speed", "0"), "speed must be a number > 0"),
        (("--circuit-error", "1"), "circuit_error must be a number > 0 and < 1"),
        (("--study", "none.json"), "the study none.json cannot be read: No such file"),
        (("--width", "8"), "has no --width"),
    ],
)
def test_refused_in_one_sentence(words, says):
    run = CliRunner().invoke(app, ("compare", "contrastive", *words))
    assert run.exit_code == 2
    assert says in " ".join(run.output.split())
