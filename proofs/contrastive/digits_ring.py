"""What our study says of the trained ring: beside nothing, a ring not trained, and components."""

from attrs import evolve

from bloqs.contrastive.rivals.digits_study import without_circuit_record
from estimator.statistics.group_differences import EQUIVALENT, UNDECIDED, Record
from proofs.record_claim import RecordClaim


def uncorrected(record: Record) -> Record:
    """As if each arm had been the only one."""
    return evolve(record, is_corrected=False)


THEOREM = RecordClaim(
    says="In our study on digits, 24 seeds an arm, the ring is as accurate with its angles frozen "
    "at random as trained, within 1 point; the identity in its place and eight principal "
    "components are not told from it: no interval says that the trained ring beats either.",
    record=without_circuit_record,
    verdicts={"identity": UNDECIDED, "frozen": EQUIVALENT, "components-8": UNDECIDED},
    false_twin=uncorrected,
    twin_says="Eight principal components beat the ring, since p is 0.02 if the other arms are "
    "forgotten.",
    source="ours; digits of scikit-learn",
    assumptions=(
        "All arms share 497 test images, whose own error of 1.2 points comes on top.",
        "The margin of 1 point was set while numbers were coming in.",
        "Components draw nothing at random: one number stands beside every seed.",
    ),
)
