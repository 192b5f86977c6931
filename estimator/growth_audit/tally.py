"""What an audit found: how much was evaluated, and what is false."""

from collections.abc import Mapping

from attrs import define, field, frozen


@frozen(kw_only=True)
class Failure:
    """What is false.

    Args:
        answer: in which.
        what: is false, as written.
        why: in words.
        point: where, by name.
        left: what should be smaller, there.
        right: what should be larger.
    """

    answer: str
    what: str
    why: str
    point: Mapping[str, str] = field(factory=dict)
    left: str = ""
    right: str = ""


@define
class Tally:
    """What was evaluated.

    Args:
        answers: that have claims.
        claims: in all.
        evaluated: claims that were, at one point at least.
        steps: that say something that can be evaluated.
        points: at which claims were evaluated, over all claims.
        comparisons: of claims, steps and sides that were evaluated.
        worst: the largest ratio of a claim's left to its right side.
        skipped: why something was not evaluated, and how often.
        failures: the first thing that is false of every answer.
    """

    answers: int = 0
    claims: int = 0
    evaluated: int = 0
    steps: int = 0
    points: int = 0
    comparisons: int = 0
    worst: float = 0.0
    skipped: dict[str, int] = field(factory=dict)
    failures: list[Failure] = field(factory=list)

    def skip(self, why: str, count: int = 1) -> None:
        """Count something that was not evaluated."""
        if count:
            self.skipped[why] = self.skipped.get(why, 0) + count
