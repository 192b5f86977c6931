"""What our study says of the abstract's claims: circuits against the classical network."""

from bloqs.contrastive.rivals.digits_study import abstract_record
from estimator.statistics.group_differences import SUPPORTED, UNDECIDED, Record
from proofs.record_claim import RecordClaim


def swapped(record: Record) -> Record:
    """With the two labels swapped."""
    return record.with_swapped("ring", "classical")


THEOREM = RecordClaim(
    says="In our study on digits, 8 seeds an arm, the trained ring is better than the classical "
    "network of the same width; trained and probed with 100 shots, and for all-to-all, the runs do "
    "not tell, at a margin of 2 points.",
    record=abstract_record,
    verdicts={
        "ring": SUPPORTED,
        "ring-sampled": UNDECIDED,
        "all-to-all": UNDECIDED,
    },
    false_twin=swapped,
    twin_says="The classical network is better than the ring.",
    source="ours; the first two claims of the abstract of [JAXAKJ22], on digits",
    assumptions=(
        "Other images, encoder and probe than the published; the epoch is chosen on validation "
        "images.",
        "Without the arm that measures qubits between layers, which was published too.",
    ),
)
