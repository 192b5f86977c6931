"""Open questions: statements that what is known here neither shows nor refutes."""

from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from proofs.claim import AbstractClaim, Finding, Measurement, holds

Numbers = Callable[..., float]


@frozen(kw_only=True)
class OpenQuestion(AbstractClaim):
    """A lower bound that is above all that is proved, and not above what is reached.

    `says` is the statement. The claim is that it is undecided: in each instance the best number
    that is proved is below the stated one, which the best machine that is known does not beat. Its
    false twin takes a proof of something else for one of this; then nothing would be open.

    Args:
        reason: why it is open, in one sentence.
        shown: what is proved of the number in question, from below.
        stated: what the statement says.
        reached: the least number that is known to do, by construction.
        instances: keyword arguments of the functions. At least two.
        false_twin: another number that is proved, of what the twin says.
    """

    reason: str
    shown: Numbers
    stated: Numbers
    reached: Numbers
    instances: tuple[Mapping[str, Any], ...]
    false_twin: Numbers

    def __attrs_post_init__(self) -> None:
        if len(self.instances) < 2:
            raise ValueError("one instance may be an accident; give at least two")

    def examine(self, twin: bool = False) -> Finding:
        shown, open_ones, gaps, runs = (self.false_twin if twin else self.shown), [], [], []
        routes = []
        for instance in self.instances:
            below, stated = shown(**instance), self.stated(**instance)
            above = self.reached(**instance)
            open_ones.append(below < stated <= above)
            gaps.append(stated - below)
            runs.append(Measurement(value=below))
            routes.append({"proved": below, "stated": stated, "reached": above})
        return Finding(
            symbolic=None,
            numeric=holds(all(open_ones)),
            worst_gap=max(gaps),
            measurements=tuple(runs),
            remarks=(f"what is proved falls short by up to {max(gaps):g}",),
            routes=tuple(routes),
        )
