"""The figures beside means, p and intervals that were worked out from the files with other code."""

import numpy as np
import pytest
import scipy

from bloqs.contrastive.rivals.published_runs import (
    BY_WIDTH,
    device_record,
    early_record,
    identity_record,
    late_record,
    three_runs,
    width_record,
)

LATE = {  # gap, p of Welch, p after Holm, p of permutations, interval
    "ring": (3.03, 0.005, 0.020, 0.011, (1.1, 4.9)),
    "ring, 100 shots": (2.85, 0.030, 0.060, 0.026, (0.35, 5.35)),
    "ring, half measured, 100 shots": (2.64, 0.011, 0.033, 0.015, (0.8, 4.5)),
    "all-to-all": (-0.71, 0.55, 0.55, 0.55, (-3.3, 1.9)),
}


@pytest.mark.parametrize("arm", LATE)
def test_the_end_of_training(arm):
    found, (gap, plain, corrected, permuted, interval) = late_record().judged()[arm], LATE[arm]
    assert found.mean == pytest.approx(gap, abs=0.006)
    assert found.p_value == pytest.approx(plain, abs=0.005)
    assert found.holm == pytest.approx(corrected, abs=0.005)
    assert found.permuted == pytest.approx(permuted, abs=0.0006)
    assert found.interval == pytest.approx(interval, abs=0.06)


def test_half_way_the_ring_does_not_survive_the_correction():
    assert early_record().judged()["ring"].holm == pytest.approx(0.10, abs=0.001)


def test_the_identity_is_better_in_39_of_42_cells():
    gaps = np.array([np.subtract(*pair) for pair in BY_WIDTH.values()])
    assert (gaps > 0).sum() == 39
    assert gaps.size == 42
    assert identity_record().judged()["identity"].mean == pytest.approx(gaps.mean())


def test_the_device():
    found = device_record().judged()["ring on ibmq_paris"]
    assert found.mean == pytest.approx(0.78, abs=0.005)
    assert found.p_value == pytest.approx(0.74, abs=0.005)
    assert found.interval[1] - found.mean == pytest.approx(4.6, abs=0.05)


def test_three_numbers_stand_for_a_mean_and_a_spread():
    runs = three_runs(47.8, 0.4)
    assert len(runs) == 3
    assert np.mean(runs) == pytest.approx(47.8)
    assert np.std(runs) == pytest.approx(0.4)


def test_a_wider_classical_network_leads():
    """Welch's t by SciPy from means and spreads alone."""
    ring = late_record().runs["ring"]
    means, spreads = (47.8, np.mean(ring)), (0.4 * 1.5**0.5, np.std(ring, ddof=1))
    wanted = scipy.stats.ttest_ind_from_stats(
        means[0], spreads[0], 3, means[1], spreads[1], len(ring), equal_var=False
    )
    found = width_record().judged()["classical, width 16"]
    assert found.mean == pytest.approx(1.29, abs=0.006)
    assert found.p_value == pytest.approx(wanted.pvalue)
