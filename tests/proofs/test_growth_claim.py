"""Growth claims: engine and counts, each able to fail alone."""

import pytest
from attrs import evolve

from estimator.symbols import n
from estimator.verdict import Verdict
from proofs.claim import Measurement
from proofs.growth_claim import GrowthClaim

CLAIM = GrowthClaim(
    says="Twice a power grows like the power.",
    cost=lambda: 2 * 2**n + n,
    relation="Theta",
    function=2**n,
    regime="n->oo",
    measure=lambda n: Measurement(value=2 * 2**n + n),
    instances=({n: 1}, {n: 4}, {n: 9}),
    least=2.0,
    most=3.0,
    false_twin=n * 2**n,
    twin_says="It grows like n times the power.",
    source="ours",
)


def test_a_true_claim_is_accepted():
    found = CLAIM.examine()
    assert found.accepted
    assert "ratios 2.02 to 2.5" in found.remarks


def test_each_route_rejects_the_twin():
    found = CLAIM.examine(twin=True)
    assert found.symbolic is Verdict.FAILS
    assert found.numeric is Verdict.FAILS


@pytest.mark.parametrize("factor", [1.3, 0.9, float("nan")])
def test_counts_outside_the_constants_fail(factor):
    """Whatever the engine says of the symbols."""
    found = evolve(CLAIM, measure=lambda n: Measurement(value=factor * (2 * 2**n + n))).examine()
    assert found.symbolic is Verdict.HOLDS
    assert found.numeric is Verdict.FAILS


def test_the_engine_decides_about_the_symbols():
    """Whatever the counts say."""
    found = evolve(CLAIM, cost=lambda: n * 2**n).examine()
    assert found.symbolic is Verdict.FAILS
    assert found.numeric is Verdict.HOLDS
    assert not found.accepted


def test_what_the_library_states_must_be_counted():
    wrong = evolve(CLAIM, measure=lambda n: Measurement(value=2 * 2**n + n, stated=2**n))
    assert not wrong.examine().accepted


def test_two_sizes_are_refused():
    with pytest.raises(ValueError, match="give at least three instances"):
        evolve(CLAIM, instances=CLAIM.instances[:2])
