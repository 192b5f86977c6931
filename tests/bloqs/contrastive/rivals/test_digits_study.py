"""The kept runs: all there, made by one command, and in the ranges in which others find them."""

import statistics

import numpy as np
import pytest

from bloqs.contrastive.parameters import BASELINES, PLAIN_ARMS, SAMPLED
from bloqs.contrastive.rivals.digits_study import (
    plain_record,
    runs_of,
    study,
    without_circuit_record,
)

MANY = ("ring", "identity", "frozen")


def test_every_arm_has_its_seeds():
    numbers = {arm: len(runs_of(arm)) for arm in study()["runs"]}
    assert {*MANY, "classical", "all-to-all", SAMPLED, *PLAIN_ARMS, *BASELINES} <= numbers.keys()
    assert numbers == {arm: 24 if arm in MANY else 1 if arm in BASELINES else 8 for arm in numbers}
    assert all(0 < value <= 100 for arm in numbers for value in runs_of(arm))


def test_what_made_them():
    found = study()
    assert found["command"].startswith("quledger study contrastive --arms ring,")
    assert {"torch", "numpy", "scikit-learn", "threads", "probe"} <= found["shared"].keys()
    sampled = found["cpu_seconds"]["ring-sampled"]
    assert sum(found["cpu_seconds"].values()) - sampled < 30 * 60
    assert sampled < 30 * 60


@pytest.mark.parametrize(
    ("arm", "low", "high"),
    [("classical", 76, 88), ("identity", 89, 94), ("frozen", 89, 94), ("ring", 89, 94)],
)
def test_medians_are_where_other_code_found_them(arm, low, high):
    """With another split, and other seeds."""
    assert low < statistics.median(runs_of(arm)) < high


def test_the_largest_on_test_images_is_never_less():
    for arm in study()["runs"]:
        best = runs_of(arm, way="best")
        assert all(x >= y for x, y in zip(best, runs_of(arm), strict=True))
        assert all(x >= y for x, y in zip(best, runs_of(arm, way="last"), strict=True))


def test_pairs_are_of_one_seed():
    gaps = np.subtract(runs_of("identity"), runs_of("ring"))
    assert without_circuit_record().judged()["identity"].mean == pytest.approx(gaps.mean())
    gaps = np.subtract(runs_of("identity")[:8], runs_of("classical"))
    assert plain_record().judged()["identity"].mean == pytest.approx(gaps.mean())
