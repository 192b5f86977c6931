"""Runs of JSON files: exact values, shots within their errors, exit status, refusals."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

import quledger
from bloqs.communication.answers import simulate
from bloqs.communication.answers.gradient_shots import overlap_observable, sums_of
from bloqs.communication.answers.graph_output import Output, decisions
from bloqs.communication.model.evaluate import (
    flattened,
    gradient_state,
    gradients,
    loss,
    with_angles,
)
from bloqs.communication.model.graph_file import graph_from_file
from bloqs.communication.model.model_file import model_from_file
from estimator import cli

EXAMPLES = Path(__file__).parents[4] / "examples"
MODEL, KARATE = EXAMPLES / "two_party_model.json", EXAMPLES / "karate_club.json"


def test_a_model_is_run_by_its_circuit():
    report = quledger.simulate(MODEL, epsilon=0.1, delta=0.05, seed=1, kappa=0.3)
    assert report.passed
    assert report["exact"]["gap"] < 1e-9
    rows = {row["variant"]: row for row in report["gradient"]}
    assert set(rows) == {"grouped", "hadamard", "shift"}
    assert all(row["gap"] < 1e-9 and row["run"] == "circuits" for row in rows.values())
    assert rows["grouped"]["shots"] == 8 * 1218  # 8 groups, 2 ln(2 * 11/0.05)/0.1**2 copies
    assert rows["hadamard"]["shots"] == 11 * 1218
    assert rows["shift"]["shots"] == 2 * 11 * 609
    assert report["sampled"]["shots"] == 738
    assert report["sampled"]["qubits"] == 738 * 3 * 3  # messages of three qubits
    assert report["training"]["largest"] <= 0.3
    assert any("by the circuit of a shot" in line for line in report["notes"])
    assert any("in NumPy" in line for line in report["notes"])


@pytest.mark.parametrize("readout", ["Z", "projector"])
def test_errors_are_exceeded_as_rarely_as_claimed(readout, monkeypatch):
    """The loss, over 200 seeds of one run; gradients in `test_gradient_runs`."""
    found = simulate.last_state(model_from_file(MODEL))
    monkeypatch.setattr(simulate, "last_state", lambda _: found)
    missed = [
        not quledger.simulate(
            MODEL, epsilon=0.3, delta=0.2, seed=seed, readout=readout, run="sampled"
        ).passed
        for seed in range(200)
    ]
    assert 0 < sum(missed) <= 40


@pytest.mark.parametrize("variant", ["grouped", "hadamard", "shift", "tomography"])
def test_gradients_by_one_protocol(variant):
    """What is sampled is off by no more than is said, and said for every gate."""
    report = quledger.simulate(
        MODEL, epsilon=0.2, delta=0.05, seed=4, run="gradient", gradient=variant
    )
    (row,) = report["gradient"]
    off = [abs(each[variant] - each["exact"]) for each in report["gradients"]]
    assert report.passed
    assert row["error"] == pytest.approx(max(off))
    assert len(off) == 11
    wanted = flattened(gradients(model_from_file(MODEL)))
    assert [each["exact"] for each in report["gradients"]] == pytest.approx(wanted, abs=1e-12)
    said = any("up to a constant" in line for line in report["notes"])
    assert said == (variant == "tomography") == (row.get("shots") is None)


def test_gradients_that_are_off_are_said_by_the_exit_status(monkeypatch):
    monkeypatch.setattr("bloqs.communication.circuits.estimates.gradient_copies", lambda *_: 1)
    words = ["simulate", str(MODEL), "--epsilon", "0.1", "--delta", "0.05", "--run", "gradient"]
    assert CliRunner().invoke(cli.app, words).exit_code == 1


def test_training_asks_for_gradients_within_a_quarter(monkeypatch):
    """Of kappa, each failing with its share of delta."""
    asked, found = set(), simulate.grouped_gradients

    def noted(model, epsilon, delta, rng):
        asked.add((epsilon, delta))
        return found(model, epsilon, delta, rng)

    monkeypatch.setattr(simulate, "grouped_gradients", noted)
    quledger.simulate(MODEL, epsilon=0.1, delta=0.05, kappa=0.4, run="training")
    ((epsilon, delta),) = asked
    assert epsilon == pytest.approx(0.1)
    assert delta == pytest.approx(0.05 / 134)  # 64/(3 * 0.4**2) = 133.3 updates


def test_training_reports_the_model_it_ends_with(monkeypatch):
    """Loss and largest gradient at the last angles, not at those one update before."""
    ends, found = [], simulate.run_greedy

    def noted(*given, **named):
        ends.append(found(*given, **named))
        return ends[0]

    monkeypatch.setattr(simulate, "run_greedy", noted)
    model = model_from_file(MODEL)
    report = quledger.simulate(MODEL, epsilon=0.1, delta=0.05, kappa=0.3, run="training")
    facts, last = report["training"], with_angles(model, ends[0].angles)
    assert facts["updates"] > 1
    assert facts["before"] == pytest.approx(loss(model), abs=1e-12)
    assert facts["after"] == pytest.approx(loss(last), abs=1e-12)
    assert facts["largest"] == pytest.approx(np.max(np.abs(flattened(gradients(last)))), abs=1e-12)


def test_an_error_that_is_exceeded_is_said_by_the_exit_status(monkeypatch):
    monkeypatch.setattr("bloqs.communication.answers.simulate.loss_shots", lambda *_: 1)
    words = ["simulate", str(MODEL), "--epsilon", "0.1", "--delta", "0.05", "--run", "sampled"]
    assert CliRunner().invoke(cli.app, words).exit_code == 1


def test_copies_of_a_group_give_every_mean():
    """A group of three that commute, from the same copies: means and products of two values."""
    model = model_from_file(MODEL)
    block, rng = model.blocks[0], np.random.default_rng(3)
    observables = [overlap_observable(block, place) for place in range(3)]
    found = sums_of(gradient_state(model, 1), observables, 200_000, rng) / 200_000
    wanted = flattened(gradients(model))[:3]
    assert np.max(np.abs(found - wanted)) < 0.01
    assert sums_of(gradient_state(model, 1), observables, 0, rng).tolist() == [0, 0, 0]


def test_every_node_of_the_karate_club():
    report = quledger.simulate(KARATE, delta=0.05, seed=1)
    assert report.passed
    assert len(report["nodes"]) == 34
    assert max(row["gap"] for row in report["nodes"]) < 1e-9
    assert any("quantum sends more" in line for line in report["notes"])
    costs = quledger.cost(KARATE, delta=0.05)
    for ran, costed in zip(report["nodes"], costs["nodes"], strict=True):
        assert {name: ran[name] for name in costed} == costed


@pytest.mark.parametrize("what", ["form_value", "sampled"])
def test_a_node_that_is_off_is_said(what, monkeypatch):
    """By the form or by the shots alone, in its row, in the verdict and by the exit status."""
    found = getattr(Output, what)
    monkeypatch.setattr(Output, what, lambda *given: 3 * found(*given))
    report = quledger.simulate(KARATE, delta=0.05, epsilon=0.01, node=3, seed=1)
    (row,) = report["nodes"]
    assert row["holds"] == "NO"
    assert (row["gap"] > 1) == (what == "form_value")
    assert (row["error"] > 0.01) == (what == "sampled")
    assert not report.passed


def test_several_classes_are_told_apart_in_pairs(tmp_path):
    content = json.loads(KARATE.read_text())
    row = content["readout"][0]
    content["readout"] = [row, [-x for x in row], [x / 3 for x in row]]
    file = tmp_path / "three.json"
    file.write_text(json.dumps(content))
    report = quledger.simulate(file, delta=0.05, node=0)
    single = quledger.simulate(KARATE, delta=0.05, node=0)
    assert report.passed
    shots = [each.shots(None, 0.05 / 2) for *_, each in decisions(graph_from_file(file), 0)]
    assert report["nodes"][0]["shots"] == sum(shots) > max(shots)
    (costed,) = quledger.cost(file, delta=0.05, node=0)["nodes"]
    assert {name: report["nodes"][0][name] for name in costed} == costed
    assert report["nodes"][0]["class"] == (0 if single["nodes"][0]["class"] else 1)
    circuits = single["circuits"]  # gate by gate, of the same output in both ways
    assert [row["way"] for row in circuits] == ["eigenbasis", "block-encoding"]
    assert max(row["gap"] for row in circuits) < 1e-9
    assert circuits[1]["outcomes"] == 2 < circuits[0]["outcomes"]


@pytest.mark.parametrize("verb", ["cost", "simulate"])
def test_an_output_without_spread_is_refused(verb, tmp_path):
    """Two classes of one read-out row; no error that is allowed makes it measurable."""
    content = json.loads(KARATE.read_text())
    file = tmp_path / "same.json"
    file.write_text(json.dumps(content | {"readout": content["readout"] * 2}))
    with pytest.raises(ValueError, match="at node 0 has no spread"):
        quledger.ask(verb, file, delta=0.05, epsilon=0.1)


def written(tmp_path, **changes):
    content = json.loads(MODEL.read_text()) | changes
    file = tmp_path / "model.json"
    file.write_text(json.dumps({k: x for k, x in content.items() if x is not None}))
    return file


MARKED = [{"owner": "Alice", "gates": [["XIQ", 0.1, True]]}]
IDENTITY = [{"owner": "Alice", "gates": [["III", 0.1, True]]}, {"owner": "Bob", "gates": []}]


@pytest.mark.parametrize(
    ("changes", "options", "said"),
    [
        ({"data": [1, 0]}, [], "2**3 = 8 numbers, got 2"),
        ({"data": [0] * 8}, [], "not all zero"),
        ({"blocks": MARKED}, [], "3 letters of I, X, Y and Z"),
        ({"blocks": []}, [], "at least one block"),
        ({"colour": 1}, [], "unknown key 'colour'"),
        ({"data": None}, [], "has keys of a model and lacks 'data'"),
        ({}, ["--node", "3"], "is a model, which has no node"),
        ({}, ["--epsilon", "0"], "epsilon must be a number"),
        ({}, ["--delta", "1"], "delta must be a number"),
        ({"qubits": 40}, [], "up to 22 qubits are simulated, got 40"),
    ],
)
@pytest.mark.parametrize("verb", ["cost", "simulate"])
def test_refused_in_one_sentence(verb, changes, options, said, tmp_path):
    words = [verb, str(written(tmp_path, **changes))]
    given = {"--epsilon": "0.1", "--delta": "0.05", **dict([options] if options else [])}
    found = CliRunner().invoke(cli.app, [*words, *(x for pair in given.items() for x in pair)])
    assert (found.exit_code, found.stdout) == (2, ""), found.exception
    (line,) = found.stderr.splitlines()
    assert said in line


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("{", "is no JSON"),
        ("[]", "should be a JSON object"),
        ('{"a": 1}', "is neither a model, which has the keys qubits, data, blocks, nor a graph"),
    ],
)
def test_files_that_hold_something_else(text, said, tmp_path):
    file = tmp_path / "it.json"
    file.write_text(text)
    for verb in ("cost", "simulate"):
        with pytest.raises(ValueError, match=said):
            quledger.ask(verb, file, epsilon=0.1, delta=0.05)


def test_what_needs_more_is_asked_for(tmp_path):
    with pytest.raises(ValueError, match="give --epsilon"):
        quledger.simulate(MODEL, delta=0.05)
    with pytest.raises(ValueError, match="give --delta"):
        quledger.simulate(KARATE)
    with pytest.raises(ValueError, match="give --kappa"):
        quledger.simulate(MODEL, epsilon=0.1, delta=0.05, run="training")
    with pytest.raises(ValueError, match="add gradient to --run"):
        quledger.simulate(MODEL, epsilon=0.1, delta=0.05, run="exact", gradient="shift")
    with pytest.raises(ValueError, match="add training to --run, or leave --kappa out"):
        quledger.simulate(MODEL, epsilon=0.1, delta=0.05, run="exact", kappa=0.3)
    fixed = [{"owner": "Alice", "gates": [["XIZ", 0.1, False]]}]
    with pytest.raises(ValueError, match="needs a trainable gate, and no block has one"):
        quledger.simulate(
            written(tmp_path, blocks=fixed), epsilon=0.1, delta=0.05, run="training", kappa=0.3
        )
    assert quledger.simulate(MODEL, run="exact").passed
    with pytest.raises(ValueError, match="III of block 1 is the identity"):
        quledger.simulate(
            written(tmp_path, blocks=IDENTITY), epsilon=0.1, delta=0.05, gradient="shift"
        )
    with pytest.raises(ValueError, match="is a graph, which has no gradient"):
        quledger.simulate(KARATE, delta=0.05, gradient="shift")
    with pytest.raises(ValueError, match="loss in Z: leave --readout out"):
        quledger.simulate(MODEL, epsilon=0.1, delta=0.05, kappa=0.3, readout="projector")
    with pytest.raises(ValueError, match="numbered from 0 to 33, got 34"):
        quledger.cost(KARATE, delta=0.05, node=34)


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"data": [1e308] * 8}, {"data": [1.0] * 8}),
        ({"data": [5e-324, 1e-323] * 4}, {"data": [1.0, 2.0] * 4}),
        ({"blocks": [{"owner": "Alice", "gates": [["XII", 1e300, True]]}]},
         {"blocks": [{"owner": "Alice", "gates": [["XII", 2 * math.asin(math.sin(1e300 / 2)),
                                                   True]]}]}),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("error")
def test_huge_and_tiny_numbers_are_as_good_as_others(changes, wanted, tmp_path):
    """The largest double, the smallest, and an angle of many turns; by circuit and by NumPy."""
    report, same = (
        quledger.simulate(written(tmp_path, **each), run="exact") for each in (changes, wanted)
    )
    assert report.passed
    assert report["exact"]["loss"] == pytest.approx(same["exact"]["loss"], abs=1e-12)


def test_gradients_are_refused_before_anything_is_run(tmp_path, monkeypatch):
    """By a protocol that was named and does not suit the model."""
    monkeypatch.setattr(simulate, "last_state", lambda _: pytest.fail("a circuit was run"))
    wide = [{"owner": "Alice", "gates": [["X" * 6, 0.1, True]]}]
    for changes, gradient, said in (
        ({"blocks": IDENTITY}, "shift", "III of block 1 is the identity"),
        ({"qubits": 6, "data": [1] * 64, "blocks": wide}, "tomography", "leave tomography out"),
    ):
        file = written(tmp_path, **changes)
        with pytest.raises(ValueError, match=said):
            quledger.simulate(file, epsilon=0.1, delta=0.05, gradient=gradient)


def test_shift_of_an_identity_is_left_out_with_its_reason(tmp_path):
    report = quledger.cost(written(tmp_path, blocks=IDENTITY), epsilon=0.1, delta=0.05)
    names = [row["variant"] for row in report["variants"]]
    assert "gradient, shift" not in names
    assert "gradient, grouped" in names
    assert any("III of block 1 is the identity" in line for line in report["protocol_notes"])
    ran = quledger.simulate(written(tmp_path, blocks=IDENTITY), epsilon=0.1, delta=0.05)
    assert [row["variant"] for row in ran["gradient"]] == ["grouped", "hadamard"]
    assert any("III of block 1 is the identity" in line for line in ran["notes"])


def test_more_shots_than_are_drawn_are_refused():
    with pytest.raises(ValueError, match=r"needs 5.99e\+24 shots, more than the 1e\+15"):
        quledger.simulate(MODEL, epsilon=1e-12, delta=0.1)


def test_circuits_up_to_a_number_of_gates_are_run(monkeypatch):
    """Amplitudes and gates together; the state is the same."""
    model = model_from_file(MODEL)
    size = 8 + sum(len(block.gates) for block in model.blocks)
    found = []
    for most, how in ((size, simulate.BY_CIRCUIT), (size - 1, simulate.BY_NUMPY)):
        monkeypatch.setattr(simulate, "GATES_RUN", most)
        state, said = simulate.last_state(model)
        assert said == how
        found.append(state)
    assert abs(np.vdot(*found)) == pytest.approx(1, abs=1e-9)
    monkeypatch.setattr(simulate, "GATES_RUN", size)
    for most, how in ((3, simulate.BY_CIRCUIT), (2, simulate.BY_NUMPY)):
        monkeypatch.setattr(simulate, "QUBITS_RUN", most)
        assert simulate.last_state(model)[1] == how
