"""What the published runs say: nothing at all in place of the classical network is better."""

from bloqs.contrastive.rivals.published_runs import identity_record
from estimator.statistics.group_differences import SUPPORTED, Record
from proofs.record_claim import RecordClaim


def swapped(record: Record) -> Record:
    """With the two labels swapped."""
    return record.with_swapped("identity", "classical")


THEOREM = RecordClaim(
    says="In the published runs at seven widths, the identity in place of the representation "
    "network is better than the classical network, on the mean over 10 to 300 epochs: what the "
    "ring is compared with is a handicap.",
    record=identity_record,
    verdicts={"identity": SUPPORTED},
    false_twin=swapped,
    twin_says="The classical network is better than the identity.",
    source="[JAXAKJ22] result files of its code",
    assumptions=("Single runs; a width counts as one pair.",),
)
