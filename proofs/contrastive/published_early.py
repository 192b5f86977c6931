"""What the published runs say half-way: nothing that survives a correction."""

from bloqs.contrastive.rivals.published_runs import early_record
from estimator.statistics.group_differences import UNDECIDED, Record
from proofs.contrastive.published_ring import uncorrected
from proofs.record_claim import RecordClaim


def alone(record: Record) -> Record:
    """As if each arm had been the only one."""
    return uncorrected(record)


THEOREM = RecordClaim(
    says="In the published runs half-way, after batch 92, no trained circuit is told from the "
    "classical network of the same width once p is corrected for four arms.",
    record=early_record,
    verdicts=dict.fromkeys(
        ("ring", "ring, 100 shots", "ring, half measured, 100 shots", "all-to-all"), UNDECIDED
    ),
    false_twin=alone,
    twin_says="The ring is better from the start, since p is 0.025 if the other arms are "
    "forgotten.",
    source="[JAXAKJ22] result files of its code",
    assumptions=("The epoch of each probe was chosen on the test images, in every arm.",),
)
