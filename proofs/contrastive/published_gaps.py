"""The points that are plotted at the end of training, and how far they are apart."""

from typing import Any

import numpy as np

from bloqs.contrastive.rivals.published_runs import early_record, late_record
from estimator.statistics.group_differences import Record
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement

RECORDS = {"batch 176": late_record, "batch 92": early_record}

PRINTED = {
    "batch 176": {
        "classical": (4349, 131),
        "ring": (4651, 137),
        "ring, 100 shots": (4634, 207),
        "ring, half measured, 100 shots": (4613, 117),
        "all-to-all": (4278, 217),
    },
    "batch 92": {
        "classical": (3957, 303),
        "ring": (4388, 174),
        "ring, 100 shots": (4281, 251),
        "ring, half measured, 100 shots": (4309, 78),
        "all-to-all": (3917, 305),
    },
}
"""Mean and standard deviation over runs. Unit: hundredths of a point."""


def stated(batch: str) -> dict[str, Any]:
    """Figures of the plot, and the leads that follow from them within rounding."""
    printed = PRINTED[batch]
    numbers: dict[str, Any] = {}
    for arm, (mean, spread) in printed.items():
        numbers |= {f"{arm}, mean": mean, f"{arm}, spread": spread, f"{arm}, lead": 1}
    return numbers


def of(record: Record, batch: str, freedom: int) -> dict[str, Any]:
    """The same from single runs; `freedom` is subtracted from their number."""
    numbers: dict[str, Any] = {}
    base = PRINTED[batch][record.against][0]
    leads = {arm: found.mean for arm, found in record.judged().items()} | {record.against: 0.0}
    for arm, runs in record.runs.items():
        lead = 100 * leads[arm] - (PRINTED[batch][arm][0] - base)
        numbers |= {
            f"{arm}, mean": round(100 * float(np.mean(runs))),
            f"{arm}, spread": round(100 * float(np.std(runs, ddof=freedom))),
            f"{arm}, lead": int(abs(lead) <= 1),
        }
    return numbers


def found(batch: str) -> tuple[dict[str, Any], Measurement]:
    """From the runs, and the leads from the record's own differences."""
    return of(RECORDS[batch](), batch, 0), Measurement(value=0.0)


def as_samples(batch: str) -> dict[str, Any]:
    """Spreads as those of samples."""
    return of(RECORDS[batch](), batch, 1)


THEOREM = AgreementClaim(
    says="The points of the plot come out of the published runs: after batch 176 the classical "
    "network has 43.49 %, the ring 46.51, with 100 shots 46.34, half measured as well 46.13, "
    "all-to-all 42.78; leads of 3.03, 2.85, 2.64 and -0.71 points; bars are standard deviations of "
    "all runs.",
    stated=stated,
    found=found,
    instances=lambda: [{"batch": batch} for batch in RECORDS],
    false_twin=as_samples,
    twin_says="Bars are standard deviations of samples, a tenth longer.",
    source="[JAXAKJ22] result files and plot of its code",
)
