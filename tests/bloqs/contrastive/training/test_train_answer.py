"""The command: killed and resumed it ends with the same bits; bad input costs nothing."""

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest
import torch

import quledger
from bloqs.contrastive.training.checkpoint_file import load_checkpoint

RUN = ("train", "contrastive", "--arm", "ring", "--W", "4", "--steps", "40", "--every", "20",
       "--B", "64")  # fmt: skip
SMALL = {"arm": "identity", "W": 2, "steps": 2, "every": 1, "B": 16}


def started(out, *more):
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    words = [sys.executable, "-m", "estimator", *RUN, "--out", str(out), *more]
    return subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL,
                            stderr=subprocess.PIPE)  # fmt: skip


def steps_of(out):
    return len((out / "metrics.jsonl").read_text().splitlines()) if out.exists() else 0


def test_killed_and_interrupted_runs_end_as_one_that_was_not(tmp_path):
    """Twice killed and once interrupted at random steps, then resumed."""
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    assert started(whole).wait(200) == 0
    draw = random.Random(5)
    more: tuple[str, ...] = ()
    for number in (signal.SIGKILL, signal.SIGINT, signal.SIGKILL):
        process = started(broken, *more)
        aim = (steps_of(broken) if (broken / "metrics.jsonl").exists() else 0) + draw.randint(2, 9)
        end = time.monotonic() + 100
        while process.poll() is None and time.monotonic() < end:
            if (broken / "metrics.jsonl").exists() and steps_of(broken) >= aim:
                break
            time.sleep(0.003)
        process.send_signal(number)
        process.wait(60)
        if number == signal.SIGINT:
            assert process.returncode == 130
            assert process.stderr.read().strip() == b"quledger: interrupted"
        process.stderr.close()
        assert 0 < load_checkpoint(broken / "checkpoint.pt")["step"] < 40
        more = ("--resume",)
    last = started(broken, *more)
    assert last.wait(200) == 0
    last.stderr.close()
    one, other = (load_checkpoint(x / "checkpoint.pt") for x in (whole, broken))
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
        ({"B": 1}, "B must be"),
        ({"B": 1301}, "got B=1301 and 1300 images"),
        ({"classes": 1}, "classes must be"),
        ({"arm": "rings"}, "did you mean ring"),
        ({"gradient": "three-term", "arm": "ring"}, "--gradient must be one of"),
        ({"shots": 5}, "has no circuit; leave --shots out"),
        ({"L": 2}, "has no circuit; leave --L out"),
        ({"shots": 5, "gradient": "adjoint", "arm": "ring"}, "adjoint method has no shots"),
        ({"data": "cifar10"}, "name it with --folder"),
        ({"data": "cifar10", "folder": "nowhere"}, "cannot be read"),
    ],
)
def test_bad_input_is_refused_before_any_work(tmp_path, given, words):
    with pytest.raises(ValueError, match=words) as problem:
        quledger.train("contrastive", out=str(tmp_path / "a"), **{**SMALL, **given})
    assert "\n" not in str(problem.value)
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
