"""Bounds that are exceeded rarely enough, too often, or neither."""

import numpy as np
import pytest
import scipy
from attrs import evolve

from estimator.verdict import Verdict
from proofs.coverage_claim import SIGNIFICANCE, CoverageClaim, decision
from proofs.ledger_view import evidence

CLAIM = CoverageClaim(
    says="A share of 0.05 lies beyond 0.99.",
    twin_says="Beyond 0.9.",
    source="ours",
    errors=lambda seed: np.random.default_rng(seed).random(4_000),
    bound=lambda seed: 0.99,
    failure=lambda seed: 0.05,
    instances=({"seed": 1}, {"seed": 2}),
    false_twin=lambda seed: 0.9,
)


def test_far_from_the_allowed_share_it_is_decided():
    found = CLAIM.examine()
    assert found.accepted
    assert evidence(CLAIM, found).startswith("exact binomial test holds on 2 bounds; ")
    assert CLAIM.examine(twin=True).numeric is Verdict.FAILS


def test_what_is_no_number_is_beyond():
    found = evolve(CLAIM, errors=lambda seed: np.full(4_000, np.nan)).examine()
    assert found.numeric is Verdict.FAILS


def test_near_it_nothing_is():
    assert evolve(CLAIM, bound=lambda seed: 0.95).examine().numeric is Verdict.UNDECIDED


@pytest.mark.parametrize("runs", [200, 1_000])
def test_the_test_is_exact(runs):
    """The last number of errors that decides has a chance of `SIGNIFICANCE` at most."""
    counts = np.arange(runs + 1)
    verdicts = [decision(int(k), runs, 0.1) for k in counts]
    few = [k for k in counts if verdicts[k] is Verdict.HOLDS]
    many = [k for k in counts if verdicts[k] is Verdict.FAILS]
    mass = scipy.stats.binom.pmf(counts, runs, 0.1)
    assert mass[few].sum() <= SIGNIFICANCE < mass[: len(few) + 1].sum()
    assert mass[many].sum() <= SIGNIFICANCE < mass[-len(many) - 1 :].sum()


def test_refuses_no_instance():
    with pytest.raises(ValueError, match="give an instance"):
        evolve(CLAIM, instances=())
