"""From which size on one cost is below another."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeAlias

from attrs import frozen

from estimator.report.text import short

Size: TypeAlias = int | float
"""A value of the axis."""


def size_text(size: Size) -> str:
    """A size as a person would write it, a power of two as such."""
    if isinstance(size, int) and size > 0 and size & (size - 1) == 0:
        return f"2^{size.bit_length() - 1}"
    return short(size)


@frozen
class Crossover:
    """Where the first of two costs is the smaller one.

    Args:
        sizes: all sizes between which was searched, rising.
        ahead: runs of consecutive sizes at which it is, first and last of each.
        is_decided: whether both costs were known wherever they were asked for; `ahead` is empty
            and means nothing if not.
        is_proved: whether it holds for every size from the first to infinity, by a proof about
            formulas, and not only at the sizes that were looked at.
    """

    sizes: tuple[Size, ...]
    ahead: tuple[tuple[Size, Size], ...]
    is_decided: bool = True
    is_proved: bool = False

    @property
    def text(self) -> str:
        """In words."""
        if not self.is_decided:
            return "undecided"
        if not self.ahead:
            return "never" if self.is_proved else f"never up to {size_text(self.sizes[-1])}"
        return " and ".join(self._run(first, last) for first, last in self.ahead)

    def _run(self, first: Size, last: Size) -> str:
        if last == self.sizes[-1]:
            known = "already at" if first == self.sizes[0] else "from"
            return f"{known} {size_text(first)}"
        if first == last:
            return f"only {size_text(first)}"
        return f"only {size_text(first)} to {size_text(last)}"

    @property
    def stays_from(self) -> Size | None:
        """The size from which on it stays ahead, or `None`."""
        if self.ahead and self.ahead[-1][1] == self.sizes[-1]:
            return self.ahead[-1][0]
        return None


def crossover(
    sizes: Sequence[Size], shown: Sequence[Size], is_ahead: Callable[[Size], bool | None]
) -> Crossover:
    """Where `is_ahead` holds.

    Asked at the sizes shown and, by bisection, between neighbours of them that differ: two
    crossings between neighbours would be missed.

    Args:
        sizes: all sizes, rising.
        shown: some of them, among which the first and the last.
        is_ahead: whether the first cost is below the second at a size; `None` if that is not
            known, which leaves the answer undecided.

    Raises:
        ValueError: if `shown` lacks the first or the last size, or has others.
    """
    if not sizes or shown[0] != sizes[0] or shown[-1] != sizes[-1] or set(shown) - set(sizes):
        raise ValueError(f"sizes shown must span {list(sizes)}, got {list(shown)}")
    place = {size: index for index, size in enumerate(sizes)}
    undecided = Crossover(tuple(sizes), (), is_decided=False)
    answers = {place[size]: is_ahead(size) for size in shown}
    if None in answers.values():
        return undecided
    starts = [0] if answers[0] else []
    ends: list[int] = []
    known = sorted(answers)
    for left, right in pairwise(known):
        if answers[left] == answers[right]:
            continue
        low, high = left, right
        while high - low > 1:
            middle = (low + high) // 2
            answer = is_ahead(sizes[middle])
            if answer is None:
                return undecided
            low, high = (middle, high) if answer == answers[left] else (low, middle)
        if answers[right]:
            starts.append(high)
        else:
            ends.append(low)
    if answers[known[-1]]:
        ends.append(known[-1])
    return Crossover(
        tuple(sizes),
        tuple((sizes[i], sizes[j]) for i, j in zip(starts, ends, strict=True)),
    )
