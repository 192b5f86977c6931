"""A small study: every run kept, resumed run by run, compared; and its refusals."""

import json

import pytest

import quledger
from bloqs.contrastive.training.run_settings import settings_of
from bloqs.contrastive.training.study_answer import metrics_in, seeds_of
from estimator.ask.question import Asked

ARMS = "identity,classical,ring"


def test_a_small_study(tmp_path):
    """Two seeds of three arms, 60 steps: it learns, and goes on with what is there."""
    out = tmp_path / "study"
    given = {
        "arms": f"{ARMS},components-8",
        "seeds": "2",
        "steps": 60,
        "every": 30,
        "out": str(out),
    }
    first = quledger.ask("study", "contrastive", **given)
    rows = {row["arm"]: row for row in first["arms"]}
    assert {arm: row["runs"] for arm, row in rows.items()} == {
        "ring": 2, "identity": 2, "classical": 2, "components-8": 1,
    }  # fmt: skip
    assert 90 < rows["components-8"]["median"] < 95
    assert rows["identity"]["median"] > rows["classical"]["median"]
    assert min(rows["ring"]["median"], rows["identity"]["median"]) > 70
    dates = {x: x.stat().st_mtime_ns for x in out.glob("*-*.json")}
    (out / "identity-1.json").unlink()
    again = quledger.ask("study", "contrastive", resume=True, **given)
    assert again.plain() == first.plain()
    assert {x.name for x in out.glob("*-*.json") if x.stat().st_mtime_ns != dates[x]} == {
        "identity-1.json"
    }
    assert json.loads((out / "study.json").read_text()) == first.plain()
    assert (out / "picture.svg").exists()
    with pytest.raises(ValueError, match="exists; name another"):
        quledger.ask("study", "contrastive", **given)
    with pytest.raises(ValueError, match=r"had rate = 0.001, and now it is 0.01"):
        quledger.ask("study", "contrastive", resume=True, rate=0.01, **given)
    (out / "ring-0.json").write_text("{")
    with pytest.raises(ValueError, match=r"ring-0.json cannot be read"):
        quledger.ask("study", "contrastive", resume=True, **given)


def test_a_run_kept_under_a_former_name_of_its_arm_is_not_made_again(tmp_path):
    out = tmp_path / "study"
    given = {"arms": "input-layer", "seeds": "1", "steps": 2, "every": 2, "out": str(out)}
    first = quledger.ask("study", "contrastive", **given)
    kept = json.loads((out / "input-layer-0.json").read_text())
    kept["settings"]["arm"] = "encoding"
    (out / "input-layer-0.json").unlink()
    (out / "encoding-0.json").write_text(json.dumps(kept))
    again = quledger.ask("study", "contrastive", resume=True, **given)
    assert again.plain() == first.plain()
    assert not (out / "input-layer-0.json").exists()


def test_numbers_of_seeds():
    arms = ("ring", "classical", "pixels")
    assert seeds_of(None, arms) == {"ring": 24, "classical": 8, "pixels": 1}
    assert seeds_of("5", arms) == {"ring": 5, "classical": 5, "pixels": 1}
    assert seeds_of("ring=3, classical=2", arms) == {"ring": 3, "classical": 2, "pixels": 1}
    for text, words in (("0", "a number from 1"), ("3,4", "a number from 1"), ("x", "a number"),
                        ("rings=3", "did you mean ring")):  # fmt: skip
        with pytest.raises(ValueError, match=words):
            seeds_of(text, arms)


ROW = {"validation": 0.5, "test": 0.6}
METRICS = [{"step": 0, "loss": None, "after": ROW, "before": ROW}]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"arms": "identity,classical", "shots": 5}, "no arm of classical, identity takes --shots"),
        ({"arms": "identity,input-layer", "L": 2}, "no arm of .* takes --L"),
        ({"arms": "untrained,pixels", "steps": 5}, "no arm of untrained, pixels takes --steps"),
        ({"arms": "untrained,pixels", "rate": 0.1}, "no arm of untrained, pixels takes --rate"),
        ({"arms": "pixels,components-4", "W": 4}, "no arm of pixels, components-4 takes --W"),
        ({"arms": "pixels", "probe": "redrawn"}, "no arm of pixels takes --probe"),
        ({"arms": "pixels", "seeds": "pixels=5"}, "the arm pixels draws nothing and has one run"),
        ({"arms": "ring", "W": 24}, "128 states for distances of 24 qubits need 16 GiB"),
        ({"arms": "ring", "seeds": "9" * 5000}, "--seeds is a number from 1 to 10000"),
    ],
)
def test_refused_before_any_work(options, message, tmp_path):
    out = tmp_path / "out"
    with pytest.raises(ValueError, match=message):
        quledger.ask("study", "contrastive", out=str(out), **options)
    assert not out.exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[]", "was not written by a run"),
        ("{}", "was not written by a run"),
        ("[" * 100_000, "cannot be read"),
        ({"metrics": []}, "is damaged"),
        ({"metrics": 4}, "is damaged"),
        ({"metrics": [{"after": ROW}]}, "is damaged"),
        ({"metrics": [{**METRICS[0], "after": {"validation": 1, "test": 7}}]}, "is damaged"),
        ({"metrics": [{**METRICS[0], "before": {"test": float("nan")}}]}, "is damaged"),
        ({"settings": 3}, "is damaged"),
        ({"settings": {"arm": "tanh"}}, "had arm = tanh, and now it is ring"),
    ],
)
def test_files_of_runs_are_refused_if_altered(content, message, tmp_path):
    settings = settings_of(Asked(), "ring", 0, is_study=True)
    whole = {"settings": settings.named, "metrics": METRICS}
    file = tmp_path / "ring-0.json"
    file.write_text(json.dumps(whole))
    assert metrics_in(file, settings) == METRICS
    file.write_text(content if isinstance(content, str) else json.dumps({**whole, **content}))
    with pytest.raises(ValueError, match=message):
        metrics_in(file, settings)
