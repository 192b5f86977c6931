"""The command: killed and resumed it ends with the same bits; bad input costs nothing."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from importlib import metadata

import pytest
import torch

import quledger
from bloqs.training.checkpoint_file import load_checkpoint

RUN = ("train", "contrastive", "--arm", "ring", "--W", "4", "--steps", "40", "--every", "20",
       "--B", "64")  # fmt: skip
SMALL = {"arm": "identity", "W": 2, "steps": 2, "every": 1, "B": 16}


def started(out, *more):
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    words = [sys.executable, "-m", "estimator", *RUN, "--out", str(out), *more]
    return subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL,
                            stderr=subprocess.PIPE)  # fmt: skip


def ended(process, seconds=300):
    """Exit status and errors of a process that comes to its end."""
    with process:
        _, errors = process.communicate(timeout=seconds)
    return process.returncode, errors.decode().strip()


def steps_of(out):
    """Lines that are written; a line more than steps."""
    file = out / "metrics.jsonl"
    return len(file.read_text().splitlines()) if file.exists() else 0


@pytest.mark.parametrize("kills", [2, pytest.param(10, marks=pytest.mark.slow)])
def test_killed_and_interrupted_runs_end_as_one_that_was_not(tmp_path, kills):
    """At random steps and moments, the last time by Ctrl-C; then resumed."""
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    assert ended(started(whole)) == (0, "")
    draw = random.Random(kills)
    more: tuple[str, ...] = ()
    for number in (*[signal.SIGKILL] * (kills - 1), signal.SIGINT):
        process = started(broken, *more)
        before = steps_of(broken)
        aim = before + draw.randint(1, max(1, 30 // kills))
        end = time.monotonic() + 200
        while process.poll() is None and steps_of(broken) < aim and time.monotonic() < end:
            time.sleep(0.002)
        time.sleep(draw.uniform(0, 0.02))
        seen = steps_of(broken)
        process.send_signal(number)
        status, errors = ended(process)
        if number == signal.SIGINT:
            assert (status, errors) == (130, "quledger: interrupted")
        else:
            assert status == -number
        step = load_checkpoint(broken / "checkpoint.pt", "contrastive")["step"]
        assert max(before, seen) - 1 <= step < 40
        more = ("--resume",)
    assert ended(started(broken, *more)) == (0, "")
    one, other = (load_checkpoint(x / "checkpoint.pt", "contrastive") for x in (whole, broken))
    assert one["metrics"] == other["metrics"]
    assert all(torch.equal(x, other["model"][name]) for name, x in one["model"].items())
    for name in ("metrics.jsonl", "picture.svg"):
        assert (whole / name).read_bytes() == (broken / name).read_bytes()


def test_metrics_are_lines_of_json(tmp_path):
    report = quledger.train("contrastive", out=str(tmp_path / "a"), **SMALL)
    rows = [json.loads(x) for x in (tmp_path / "a" / "metrics.jsonl").read_text().splitlines()]
    assert [row["step"] for row in rows] == [0, 1, 2]
    last = 100 * rows[-1]["after"]["test"]
    assert report["accuracy_table"][0]["last"] == pytest.approx(last)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"W": 1}, "W must be a whole number >= 2"),
        ({"arm": "13", "W": 3}, "does not exist at W=3"),
        ({"L": 0, "arm": "ring"}, "L must be a whole number >= 1"),
        ({"shots": 0, "arm": "ring"}, "shots must be"),
        ({"temperature": 0}, "temperature must be a number > 0"),
        ({"temperature": -1}, "temperature must be a number > 0"),
        ({"rate": 0}, "rate must be"),
        ({"arm": "ring", "W": 24, "L": 1000, "shots": -3}, "shots must be"),
        ({"probe": "best"}, "--probe must be one of"),
        ({"B": 1}, "B must be"),
        ({"B": 1301}, "got B=1301 and 1300 images"),
        ({"classes": 1}, "classes must be"),
        ({"arm": "rings"}, "did you mean ring"),
        ({"gradient": "three-term", "arm": "ring"}, "--gradient must be one of"),
        ({"shots": 5}, "has no circuit; leave --shots out"),
        ({"L": 2}, "has no circuit; leave --L out"),
        ({"shots": 5, "gradient": "adjoint", "arm": "ring"}, "adjoint method has no shots"),
        ({"arm": "untrained"}, "takes no step of training; leave --B out"),
        ({"data": "cifar10"}, "name it with --folder"),
        ({"data": "cifar10", "folder": "nowhere"}, "cannot be read"),
    ],
)
def test_bad_input_is_refused_before_any_work(tmp_path, given, words):
    with pytest.raises(ValueError, match=words) as problem:
        quledger.train("contrastive", out=str(tmp_path / "a"), **{**SMALL, **given})
    assert "\n" not in str(problem.value)
    assert not (tmp_path / "a").exists()


def test_a_probe_of_views_drawn_anew(tmp_path):
    """It says something else about the same model, and not that nothing was learned."""
    given = {**SMALL, "W": 4, "steps": 20, "every": 20, "B": 128}
    cached, redrawn = (
        quledger.train("contrastive", out=str(tmp_path / name), probe=name, **given)
        for name in ("cached", "redrawn")
    )
    assert cached["facts"]["last_loss"] == redrawn["facts"]["last_loss"]
    last = [x["accuracy_table"][0]["last"] for x in (cached, redrawn)]
    assert last[0] != last[1]
    assert min(last) > 25


def test_without_pytorch_one_sentence_says_what_to_install(monkeypatch, tmp_path):
    known = metadata.distribution

    def without(name):
        if name == "torch":
            raise metadata.PackageNotFoundError(name)
        return known(name)

    monkeypatch.setattr(metadata, "distribution", without)
    monkeypatch.setattr(metadata, "requires", lambda name: ["torch>=2.6; extra == 'train'"])
    for verb, given in (
        ("train", {"out": str(tmp_path / "a"), **SMALL}),
        ("study", {"out": str(tmp_path / "a")}),
        ("evaluate", {"checkpoint": "c.pt"}),
    ):
        with pytest.raises(ValueError, match=r"needs torch; install it with pip install 'quled"):
            quledger.ask(verb, "contrastive", **given)
    assert not (tmp_path / "a").exists()


def test_a_folder_that_exists_is_refused(tmp_path):
    out = str(tmp_path / "a")
    quledger.train("contrastive", out=out, **SMALL)
    with pytest.raises(ValueError, match="exists; name another, or go on with --resume"):
        quledger.train("contrastive", out=out, **SMALL)
    with pytest.raises(ValueError, match=r"had width = 2, and now it is 3"):
        quledger.train("contrastive", out=out, resume=True, **{**SMALL, "W": 3})
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("mine")
    with pytest.raises(ValueError, match=r"holds no checkpoint.pt to resume"):
        quledger.train("contrastive", out=str(tmp_path / "other"), resume=True, **SMALL)
