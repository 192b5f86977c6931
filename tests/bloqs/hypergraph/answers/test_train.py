"""Machines that are judged, and where PyTorch is missing one sentence; networks are elsewhere."""

import importlib.metadata
import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from bloqs.hypergraph.answers.train import RecordsJudge, check_judged, exact_machines
from bloqs.hypergraph.answers.train_report import trained_report
from bloqs.hypergraph.answers.train_settings import plan_of
from bloqs.hypergraph.model.translation_task import TranslationTask
from bloqs.hypergraph.system import SYSTEM
from estimator.ask.question import TRAIN, Asked, asked_of
from estimator.cli import app
from estimator.report.parts import Chart

ASKED = Asked(values={})
(QUESTION,) = (x for x in SYSTEM.questions if x.verb == TRAIN)


@pytest.mark.parametrize(("n", "k"), [(3, 2), (4, 2), (3, 3), (4, 3)])
def test_exact_machines_are_right_and_those_with_fewer_edges_are_not(n, k):
    task = TranslationTask(n, k, 2 * n)
    drawn = task.draw(np.random.default_rng(8), 40)
    judge = RecordsJudge(task, drawn.tokens)
    assert judge.wrong([task.record(said) for said in drawn.answers]) == 0
    *trackers, forgetful = exact_machines(ASKED, task, judge)
    assert [row["kept"] for row in trackers] == list(range(task.writes + 1))
    assert trackers[-1]["wrong"] == forgetful["wrong"] == 0
    assert forgetful["kept"] < task.writes
    if (n, k) != (3, 3):
        assert trackers[0]["wrong"] > 0


@pytest.mark.slow
def test_exact_machines_of_the_kept_training_are_those_of_its_sentences():
    """A file in `examples/`: the thousand sentences are drawn again, and judged again."""
    file = Path(__file__).parents[4] / "examples" / "hypergraph_trained.json"
    kept = json.loads(file.read_text())["result"]
    given = kept["settings"]
    task = TranslationTask(given["n"], given["k"], given["reads"])
    drawn = task.draw(np.random.default_rng([given["seed"], 1]), given["test"])
    judge = RecordsJudge(task, drawn.tokens)
    machines = exact_machines(ASKED, task, judge)
    wrong = {(row["machine"], row["kept"]): row["wrong"] for row in kept["errors"]}
    assert all(wrong[row["machine"], row["kept"]] == row["wrong"] for row in machines)
    assert [row["kept"] for row in machines] == [0, 1, 2, 3, 2]


def test_each_wrong_record_is_counted():
    """A bit turned where the answer is certain is never allowed."""
    task = TranslationTask(3, 2, 6)
    drawn = task.draw(np.random.default_rng(9), 40)
    judge = RecordsJudge(task, drawn.tokens)
    turned = drawn.answers.copy()
    wrong = 0
    for said, chances in zip(turned, drawn.chances, strict=True):
        certain = np.flatnonzero(chances == 1)
        if len(certain):
            said[certain[-1]] ^= 1
            wrong += 1
    assert wrong > 20
    assert judge.wrong([task.record(said) for said in turned]) == wrong


def test_without_pytorch_one_sentence_says_what_to_install(tmp_path, monkeypatch):
    """Before any work: no folder is made."""
    there = importlib.metadata.distribution

    def without(name):
        if name == "torch":
            raise importlib.metadata.PackageNotFoundError(name)
        return there(name)

    monkeypatch.setattr("importlib.metadata.requires", lambda name: ["torch; extra == 'train'"])
    monkeypatch.setattr("importlib.metadata.distribution", without)
    out = tmp_path / "run"
    found = CliRunner().invoke(app, ["train", "hypergraph", "--out", str(out)])
    assert found.exit_code == 2
    assert "needs torch; install it with pip install 'quledger[train]'" in found.stderr
    assert not out.exists()


def result(plan):
    """What a network would have left, with errors that fall as bits grow."""
    return [
        {
            "settings": each.named, "parameters": 100, "loss": 0.25,
            "rows": [{"bits": bits, "kept": each.kept_bits(bits), "wrong": plan.test // (2 * bits)}
                     for bits in plan.precisions],
        }
        for each in plan.networks
    ]  # fmt: skip


def planned(**given):
    return plan_of(asked_of(QUESTION, {"out": "x", **given}))


@pytest.mark.parametrize("k", [2, 3])
def test_a_report_has_every_network_the_bound_where_it_is_proved_and_a_picture(k, tmp_path):
    plan = planned(n=4, k=k, sizes="4,16", precisions="1,8", test=64)
    machines = [{"machine": "edge tracker", "kept": j, "wrong": 9 - j} for j in range(7)]
    machines.append({"machine": "forgetful machine", "kept": 5, "wrong": 0})
    report = trained_report(plan, result(plan), machines, 0)
    plain = report.plain()
    assert plain["memory"].get("bound") == (5 if k == 2 else None)
    assert plain["memory"]["exact"] == (5 if k == 2 else 2)
    rows = {(row["machine"], row["bits"]): row for row in plain["errors"]}
    assert len(rows) == 1 + 1 + 1 + 3 * 2 * 2
    row = rows["GRU 16", 8]
    assert (row["kept"], row["wrong"], row["error"]) == (128, 4, 4 / 64)
    assert row["low"] < row["error"] < row["high"]
    assert ("no bound is proved" in " ".join(plain["notes"])) == (k == 3)
    (chart,) = (part for part in report.parts if isinstance(part, Chart))
    assert ("at least, Theorem B" in [line.label for line in chart.lines]) == (k == 2)
    if k == 2:
        report.picture(tmp_path / "errors.svg")
        assert "Theorem B" in (tmp_path / "errors.svg").read_text()


@pytest.mark.parametrize(
    "change",
    [
        {"settings": None},
        {"parameters": "many"},
        {"loss": float("nan")},
        {"rows": None},
        {"rows": [{"bits": 1, "kept": 3, "wrong": 0}]},
        {"rows": [None, None]},
        {"rows": [{"bits": 1, "kept": 3, "wrong": 0}, {"bits": 8, "kept": 24}]},
        {"rows": [{"bits": 1, "kept": 3, "wrong": 0}, {"bits": 8, "kept": 24, "wrong": 65}]},
        {"rows": [{"bits": 1, "kept": 0, "wrong": 0}, {"bits": 8, "kept": 24, "wrong": 0}]},
    ],
)
def test_what_was_kept_and_altered_is_refused(change, tmp_path):
    """A file of a network as another wrote it: one sentence, and no table with holes."""
    plan = planned(n=3, networks="gru", sizes="3", precisions="1,8", test=64)
    (kept,) = result(plan)
    check_judged(tmp_path / "gru-3.json", kept, plan)
    with pytest.raises(ValueError, match=r"gru-3.json is damaged; remove it"):
        check_judged(tmp_path / "gru-3.json", kept | change, plan)


@pytest.mark.parametrize(
    ("network", "n", "k", "bits"),
    [
        ("gru", 4, 2, 8 * 3),
        ("transformer", 4, 2, 2 * 2 * 8 * 3 * 6),
        ("window", 4, 2, 2 * 2 * 8 * 3 * 3),
        ("transformer", 5, 3, 2 * 2 * 8 * 3 * 10),
        ("window", 3, 3, 2 * 2 * 8 * 3 * 1),
    ],
)
def test_kept_bits_are_those_at_the_cut(network, n, k, bits):
    """Two layers, keys and values of 8 entries of 3 bits, of all tokens that write or of half."""
    (settings,) = planned(n=n, k=k, networks=network, sizes="8").networks
    assert settings.kept_bits(3) == bits


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"n": 2, "k": 3}, "k is from 2 to n = 2, got 3"),
        ({"n": 4, "reads": 3}, "reads at least n = 4 times, a shift query, got 3"),
        ({"sizes": "8,0"}, "--sizes takes whole numbers from 1 to 512 .*got '0'"),
        ({"sizes": "8,,9"}, "--sizes takes whole numbers .*got ''"),
        ({"precisions": "33"}, "--precisions takes whole numbers from 1 to 32 .*got '33'"),
        ({"precisions": "two"}, "--precisions takes whole numbers .*got 'two'"),
        ({"sizes": ",".join("1" * 13)}, "--sizes takes at most 12 numbers, got 13"),
        ({"networks": "gru", "layers": 2}, "--layers is of a Transformer.*got gru; leave"),
        ({"networks": "gru,transformer", "window": 2}, "--window is of a Transformer"),
        ({"networks": "lstm"}, "--networks takes some of gru,transformer,window, got 'lstm'"),
    ],
)
def test_what_cannot_be_trained_is_refused_in_one_sentence(given, words):
    with pytest.raises(ValueError, match=words):
        planned(**given)
