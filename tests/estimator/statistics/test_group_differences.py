"""Intervals and p beside SciPy's, Holm by hand, and the verdicts of made-up runs."""

import math

import numpy as np
import pytest
import scipy

from estimator.statistics.group_differences import (
    EQUIVALENT,
    OPPOSITE,
    SUPPORTED,
    UNDECIDED,
    Record,
    holm,
)

ONE = (4.1, 5.2, 3.9, 4.8, 5.5)
TWO = (3.2, 4.4, 3.0, 3.9, 4.3, 3.3)


def record(runs, **options):
    settled = {"data": "made up", "quantity": "1", "against": "none", "margin": 1.0}
    return Record(runs=runs, **{**settled, **options})


def test_welch_and_permutations_are_those_of_scipy():
    found = record({"arm": ONE, "none": TWO}).judged()["arm"]
    theirs = scipy.stats.ttest_ind(ONE, TWO, equal_var=False)
    assert found.p_value == pytest.approx(theirs.pvalue)
    assert found.interval == pytest.approx(tuple(theirs.confidence_interval(0.95)))
    permuted = scipy.stats.permutation_test(
        (ONE, TWO), lambda x, y, axis: np.abs(x.mean(axis) - y.mean(axis)), n_resamples=np.inf,
        vectorized=True, alternative="greater",
    )  # fmt: skip
    assert found.permuted == pytest.approx(permuted.pvalue)
    low, high = found.permuted_interval
    assert low < found.mean < high
    for shift, is_in in ((low + 0.02, True), (low - 0.02, False), (high + 0.02, False)):
        moved = record({"arm": np.array(ONE) - shift, "none": TWO}).judged()["arm"]
        assert (moved.permuted > 0.05) is is_in


def test_pairs_are_those_of_scipy():
    two = TWO[:5]
    found = record({"arm": ONE, "none": two}, is_paired=True).judged()["arm"]
    assert found.p_value == pytest.approx(scipy.stats.ttest_rel(ONE, two).pvalue)
    assert found.permuted == 2 / 32
    assert found.permuted_interval == (-math.inf, math.inf)  # five pairs can never reject


def test_the_margin_is_tested_from_both_sides():
    found = record({"arm": ONE, "none": TWO}, margin=2.5).judged()["arm"]
    tests = [
        scipy.stats.ttest_ind(
            np.array(ONE) + shift, TWO, equal_var=False, alternative=side
        ).pvalue
        for shift, side in ((2.5, "greater"), (-2.5, "less"))
    ]  # fmt: skip
    assert found.margin_p_value == pytest.approx(max(tests))


def test_holm():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.9, 0.5]) == [1.0, 1.0]


def test_verdicts():
    base = np.linspace(-0.1, 0.1, 8)
    runs = {"better": base + 3, "worse": base - 3, "same": base + 0.01, "wild": base * 80}
    found = record({**runs, "none": base}).judged()
    verdicts = {arm: each.verdict for arm, each in found.items()}
    assert verdicts == {
        "better": SUPPORTED,
        "worse": OPPOSITE,
        "same": EQUIVALENT,
        "wild": UNDECIDED,
    }
    swapped = record({**runs, "none": base}).with_swapped("better", "worse").judged()
    assert swapped["better"].verdict == OPPOSITE


def test_an_arm_that_is_the_same_takes_no_place_in_the_correction():
    """A difference of nothing without spread has p = 1."""
    runs = {"base": (1.0, 2.0, 4.0), "same": (1.0, 2.0, 4.0), "more": (2.0, 3.1, 5.2)}
    found = record(runs, against="base", is_paired=True).judged()
    assert (found["same"].p_value, found["same"].verdict) == (1.0, EQUIVALENT)
    assert found["more"].holm == pytest.approx(2 * found["more"].p_value)


def test_very_many_runs_are_permuted_at_random():
    rng = np.random.default_rng(0)
    runs = {"arm": rng.normal(0.3, 1, 400), "none": rng.normal(size=400)}
    found = record(runs).judged()["arm"]
    assert found.permuted == pytest.approx(found.p_value, abs=0.01)


@pytest.mark.parametrize(
    ("runs", "options", "message"),
    [
        ({"arm": ONE}, {}, "compares arms with 'none'"),
        ({"arm": ONE, "none": (1.0,)}, {}, "at least 2 runs, none has 1"),
        ({"arm": ONE, "none": TWO}, {"is_paired": True}, "equal numbers"),
        ({"arm": ONE, "none": (1.0, math.nan)}, {}, "finite number"),
        ({"arm": ONE, "none": TWO}, {"margin": 0.0}, "margin must be above 0"),
    ],
)
def test_refusals(runs, options, message):
    with pytest.raises(ValueError, match=message):
        record(runs, **options)
