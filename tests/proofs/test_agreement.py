"""Agreements: every number of every instance."""

import pytest
from attrs import evolve

from proofs.agreement import AgreementClaim
from proofs.claim import Measurement

RUN = Measurement(value=0.0, qubits=1, gates=1, fidelity="counted")
CLAIM = AgreementClaim(
    says="Doubling is adding.",
    stated=lambda x: {"double": 2 * x, "same": x},
    found=lambda x: ({"double": x + x, "same": x}, RUN),
    instances=lambda: [{"x": 1}, {"x": 2}],
    false_twin=lambda x: {"double": x, "same": x},
    twin_says="Doubling does nothing.",
    source="ours",
)


def test_agreement_is_accepted():
    assert CLAIM.examine().accepted
    assert len(CLAIM.examine().measurements) == 2


def test_the_twin_is_rejected_and_says_where():
    found = CLAIM.examine(twin=True)
    assert not found.accepted
    assert found.worst_gap == 2
    assert found.remarks == ("apart at {'x': 1}: double", "apart at {'x': 2}: double")


@pytest.mark.parametrize("wrong", [3, float("nan")])
def test_one_number_is_enough(wrong):
    claim = evolve(CLAIM, stated=lambda x: {"double": 2 * x, "same": wrong if x == 2 else x})
    assert not claim.examine().accepted


def test_refuses_other_names_and_single_instances():
    with pytest.raises(ValueError, match=r"routes name \['double'\] and \['double', 'same'\]"):
        evolve(CLAIM, stated=lambda x: {"double": 2 * x}).examine()
    with pytest.raises(ValueError, match="one instance proves little"):
        evolve(CLAIM, instances=lambda: [{"x": 1}]).examine()
