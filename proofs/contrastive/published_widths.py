"""What the published runs say of width: where a classical network passes the ring of width 8."""

from bloqs.contrastive.rivals.published_runs import width_record
from estimator.statistics.group_differences import SUPPORTED, UNDECIDED, Record
from proofs.record_claim import RecordClaim


def swapped(record: Record) -> Record:
    """With the labels of the ring and of the network of width 32 swapped."""
    return record.with_swapped("ring", "classical, width 32")


THEOREM = RecordClaim(
    says="In the published runs classical networks of width 32 and 512 are better than the ring of "
    "width 8 after about as much training; that of width 16 leads by 1.3 points, which three runs "
    "do not tell from none.",
    record=width_record,
    verdicts={
        "classical, width 16": UNDECIDED,
        "classical, width 32": SUPPORTED,
        "classical, width 512": SUPPORTED,
    },
    false_twin=swapped,
    twin_says="The ring of width 8 is better than a classical network of width 32.",
    source="[JAXAKJ22] result files of its code",
    assumptions=(
        "Means and standard deviations of three runs, taken over all of them as in the plot, stand "
        "for the runs.",
        "The ring has 19 batches of training less.",
        "The margin is ours and was set with the figures known.",
    ),
)
