"""From which size on one cost is below another."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from attrs import frozen


@frozen
class Crossover:
    """Where the first of two costs is the smaller one.

    Args:
        sizes: log2 of all lengths between which was searched, rising.
        ahead: runs of consecutive sizes at which it is, first and last of each.
        is_decided: whether both costs were known wherever they were asked for; `ahead` is empty
            and means nothing if not.
    """

    sizes: tuple[int, ...]
    ahead: tuple[tuple[int, int], ...]
    is_decided: bool = True

    @property
    def text(self) -> str:
        """In words."""
        if not self.is_decided:
            return "undecided"
        if not self.ahead:
            return f"never up to 2^{self.sizes[-1]}"
        return " and ".join(self._run(first, last) for first, last in self.ahead)

    def _run(self, first: int, last: int) -> str:
        if last == self.sizes[-1]:
            known = "already at" if first == self.sizes[0] else "from"
            return f"{known} 2^{first}"
        return f"only 2^{first}" if first == last else f"only 2^{first} to 2^{last}"

    def as_json(self) -> dict[str, object]:
        """Plain data; `from` is the length from which on it stays ahead, or `None`.

        `ahead` is `None` if it is undecided.
        """
        if not self.is_decided:
            return {"text": self.text, "from": None, "ahead": None, "searched": self._searched}
        stays = self.ahead and self.ahead[-1][1] == self.sizes[-1]
        return {
            "text": self.text,
            "from": 2 ** self.ahead[-1][0] if stays else None,
            "ahead": [[2**first, 2**last] for first, last in self.ahead],
            "searched": self._searched,
        }

    @property
    def _searched(self) -> list[int]:
        return [2 ** self.sizes[0], 2 ** self.sizes[-1]]


def crossover(
    sizes: Sequence[int], shown: Sequence[int], is_ahead: Callable[[int], bool | None]
) -> Crossover:
    """Where `is_ahead` holds.

    Asked at the sizes shown and, by bisection, between neighbours of them that differ: two
    crossings between neighbours would be missed.

    Args:
        sizes: log2 of all lengths, rising.
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
