"""A small study: every run kept, resumed run by run, compared; and its refusals."""

import json

import pytest

import quledger
from bloqs.contrastive.training.study_answer import seeds_of

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


def test_numbers_of_seeds():
    arms = ("ring", "classical", "pixels")
    assert seeds_of(None, arms) == {"ring": 24, "classical": 8, "pixels": 1}
    assert seeds_of("5", arms) == {"ring": 5, "classical": 5, "pixels": 1}
    assert seeds_of("ring=3, classical=2", arms) == {"ring": 3, "classical": 2, "pixels": 1}
    for text, words in (("0", "a number from 1"), ("3,4", "a number from 1"), ("x", "a number"),
                        ("rings=3", "did you mean ring")):  # fmt: skip
        with pytest.raises(ValueError, match=words):
            seeds_of(text, arms)
