"""A study's file read back: the number that counts, intervals, and what is refused."""

import json

import pytest
import scipy

from bloqs.contrastive.rivals.study_runs import PACKAGED, Study, read_study, summary

ROWS = [
    {"arm": "ring", "seed": 0, "layer": "after", "last": 1.0, "chosen": 91.5, "best": 99.0},
    {"arm": "ring", "seed": 0, "layer": "before", "last": 2.0, "chosen": 90.0, "best": 98.0},
    {"arm": "ring", "seed": 1, "layer": "after", "last": 3.0, "chosen": 92.5, "best": 97.0},
    {"arm": "pixels", "seed": 0, "layer": "after", "last": 4.0, "chosen": 97.0, "best": 97.0},
]


def test_the_chosen_epoch_after_the_representation_counts(tmp_path):
    file = tmp_path / "study.json"
    file.write_text(json.dumps({"every_run": ROWS}))
    assert read_study(file) == Study(runs={"ring": (91.5, 92.5), "pixels": (97.0,)})


def test_runs_that_are_kept_shorter(tmp_path):
    """By arm, with the settings of each; numbers of shots of the sampled ring."""
    runs = {
        arm: [{"after": {"last": 1, "chosen": x, "best": 99}, "before": {"chosen": 2}} for x in xs]
        for arm, xs in {"ring": (91.5, 92.5), "ring-sampled": (80.0,)}.items()
    }
    settings = {"ring": {"shots": None}, "ring-sampled": {"shots": 100}}
    file = tmp_path / "runs.json"
    file.write_text(json.dumps({"settings": settings, "runs": runs}))
    found = read_study(file)
    assert found == Study(runs={"ring": (91.5, 92.5), "ring-sampled": (80.0,)}, shots=100)


@pytest.mark.parametrize("is_short", [False, True])
def test_a_former_name_of_an_arm_is_read_as_that_of_today(tmp_path, is_short):
    file = tmp_path / "study.json"
    long = {"every_run": [{"arm": "encoding", "layer": "after", "chosen": 91.5}]}
    file.write_text(json.dumps({"runs": {"encoding": [{"after": {"chosen": 91.5}}]}} if is_short
                               else long))  # fmt: skip
    assert read_study(file) == Study(runs={"input-layer": (91.5,)})


def test_runs_that_are_packaged_are_read():
    """Where there are some."""
    if PACKAGED.exists():
        assert {"ring", "identity"} <= read_study(PACKAGED).runs.keys()
    else:
        assert not list(PACKAGED.parent.glob("*.json"))


def test_interval_of_a_mean():
    values = (46.04, 47.30, 47.80, 45.64, 44.18, 48.12)
    found, t = summary(values), scipy.stats.ttest_1samp(values, 0.0)
    wanted = t.confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((wanted.low, wanted.high))
    assert (found.runs, found.median) == (6, pytest.approx(46.67))
    assert (summary((3.0,)).low, summary((3.0,)).high) == (None, None)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "cannot be read: No such file"),
        (b"\xff", "cannot be read: it is no text"),
        (b"{", "is no JSON"),
        (b"[" * 100_000, "is no JSON"),
        (b"9" * 5000, "a whole number of 5000 digits"),
        (b"[]", "has no runs of a study"),
        (b'{"every_run": [{"arm": "ring", "layer": "before", "chosen": 4}]}', "has no runs"),
        (b'{"every_run": [{"arm": "ring", "layer": "after", "chosen": NaN}]}', "got nan"),
        (b'{"every_run": [{"arm": "ring", "layer": "after"}]}', "got None"),
        (b'{"runs": {"ring": [{"after": {"chosen": true}}]}}', "got True"),
        (b'{"runs": {"ring": [4]}}', "got None"),
        (b'{"runs": 4}', "has no runs"),
    ],
)
def test_refused(content, says, tmp_path):
    file = tmp_path / "study.json"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ValueError, match=says):
        read_study(file)
