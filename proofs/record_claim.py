"""Claims about recorded runs: what a published or repeated experiment shows, and what it does not.

The verdict of each arm is written down; it must come out of the numbers again.
"""

from collections.abc import Callable, Mapping

from attrs import frozen

from estimator.statistics.group_differences import VERDICTS, Difference, Record
from proofs.claim import AbstractClaim, Finding, Measurement, holds


@frozen(kw_only=True)
class RecordClaim(AbstractClaim):
    """A claim that a record of runs gives each arm the verdict that is stated.

    Args:
        record: data, arms, margin, and whether p is corrected. What was settled only with the
            figures known belongs to the assumptions.
        verdicts: of each arm, one of supported, opposite, equivalent within the margin and not
            distinguishable.
        false_twin: the record with two labels swapped, or without the correction; with it the
            verdicts must come out otherwise.
    """

    record: Callable[[], Record]
    verdicts: Mapping[str, str]
    false_twin: Callable[[Record], Record]

    def __attrs_post_init__(self) -> None:
        if not self.verdicts:
            raise ValueError("a claim is about something; give the verdict of an arm")
        for arm, verdict in self.verdicts.items():
            if verdict not in VERDICTS:
                raise ValueError(
                    f"a verdict is one of {', '.join(VERDICTS)}, got {verdict!r} for {arm}"
                )

    def examine(self, twin: bool = False) -> Finding:
        record = self.record()
        judged = (self.false_twin(record) if twin else record).judged()
        if judged.keys() != self.verdicts.keys():
            raise ValueError(f"verdicts are about {sorted(self.verdicts)}, runs {sorted(judged)}")
        wrong = [arm for arm, found in judged.items() if found.verdict != self.verdicts[arm]]
        return Finding(
            symbolic=None,
            numeric=holds(not wrong),
            worst_gap=float(len(wrong)),
            measurements=tuple(
                Measurement(value=found.mean, fidelity="recorded") for found in judged.values()
            ),
            remarks=tuple(line(found) for found in judged.values()),
            routes=tuple(
                {
                    "arm": found.arm,
                    "mean difference": found.mean,
                    "from": found.interval[0],
                    "to": found.interval[1],
                    "Holm p": found.holm,
                    "verdict": found.verdict,
                    "stated": self.verdicts[found.arm],
                }
                for found in judged.values()
            ),
        )


def line(found: Difference) -> str:
    """One arm, for a reader."""
    low, high = found.interval
    return (
        f"{found.arm} {found.mean:+.2f} [{low:.2f}, {high:.2f}], Holm p {found.holm:.3f}: "
        f"{found.verdict}"
    )
