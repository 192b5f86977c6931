"""Running a sentence: what every engine has in common."""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from typing import Any, final

import numpy as np
from attrs import frozen

from bloqs.hypergraph.model.phase_polynomial import TooManyCasesError
from bloqs.hypergraph.model.record import SILENT, record_from_text
from bloqs.hypergraph.model.sentence import Sentence

Probability = Fraction | float
"""A fraction where the engine is exact, else a float."""

Choose = Callable[[int, Callable[[], Probability]], int]
"""From a token's number and what works out the probability of 0 to the answer, 0 or 1."""

NEVER = 1e-9
"""A float probability below it counts as none."""


@frozen(eq=False)
class Run:
    """A sentence that was run.

    Args:
        record: what was said.
        probability: of the record.
        state: that is left, as the engine has it.
        stopped: number of the first token whose answer was impossible; the run ends there.
    """

    record: str
    probability: Probability
    state: Any
    stopped: int | None = None


class Engine(ABC):
    """Runs sentences; how a state is kept is the engine's own."""

    name: str
    limit: str
    """What it can run, in words."""

    @abstractmethod
    def check(self, sentence: Sentence) -> None:
        """Raises ValueError if the sentence is not for this engine."""

    def steps(self, sentence: Sentence) -> Sequence[Sequence[Any]]:
        """What the engine does at each token; one step where it is a read."""
        return sentence.actions

    @abstractmethod
    def start(self, sentence: Sentence) -> Any:
        """|+> on each qubit."""

    @abstractmethod
    def act(self, state: Any, action: Any) -> Any:
        """The state after an action that reads nothing; the old one is used up."""

    @abstractmethod
    def read(self, state: Any, action: Any, answer: int, keep: bool) -> tuple[Any, Probability]:
        """The state after an answer, and its probability given the state.

        Args:
            state: before.
            action: what is read.
            answer: 0 or 1.
            keep: whether the state must stay whole; else it may be used up.
        """

    @final
    def run(self, sentence: Sentence, choose: Choose) -> Run:
        """One run, the answers chosen by a function."""
        self.check(sentence)
        state, said, odds = self.start(sentence), [], []
        for number, (token, actions) in enumerate(
            zip(sentence.tokens, self.steps(sentence), strict=True)
        ):
            if not token.is_read:
                said.append(SILENT)
                for action in actions:
                    state = self.act(state, action)
                continue
            (action,) = actions
            tried: list[tuple[Any, Probability]] = []
            answer = choose(number, partial(self._chance_of_zero, state, action, tried))
            if tried and answer == 0:
                state, chance = tried[0]
            else:
                state, chance = self.read(state, action, answer, keep=False)
            said.append(str(answer))
            if not is_possible(chance):
                return Run("".join(said), Fraction(0), None, number)
            odds.append(chance)
        return Run("".join(said), product(odds), state)

    def _chance_of_zero(
        self, state: Any, action: Any, tried: list[tuple[Any, Probability]]
    ) -> Probability:
        tried[:] = [self.read(state, action, 0, keep=True)]
        return tried[0][1]

    @final
    def sample(self, sentence: Sentence, seed: int) -> Run:
        """One run with the probabilities of the quantum model; equal seeds give equal runs."""
        random = np.random.default_rng(seed)
        return self.run(sentence, lambda _, zero: int(random.random() >= zero()))

    @final
    def replay(self, sentence: Sentence, record: str) -> Run:
        """The run with a given record; it stops where an answer is impossible."""
        said = record_from_text(record, sentence)
        return self.run(sentence, lambda number, _: int(said[number]))

    @final
    def probability(self, sentence: Sentence, record: str) -> Probability:
        """Of a record."""
        return self.replay(sentence, record).probability

    @final
    def records(self, sentence: Sentence, most: int) -> dict[str, Probability]:
        """All allowed records with their probabilities.

        Raises:
            TooManyCasesError: if there are more than `most`.
        """
        self.check(sentence)
        paths: list[tuple[Any, str, list[Probability]]] = [(self.start(sentence), "", [])]
        for token, actions in zip(sentence.tokens, self.steps(sentence), strict=True):
            after = []
            for state, said, odds in paths:
                if not token.is_read:
                    for action in actions:
                        state = self.act(state, action)
                    after.append((state, said + SILENT, odds))
                    continue
                (action,) = actions
                for answer in (0, 1):
                    part, chance = self.read(state, action, answer, keep=True)
                    if is_possible(chance):
                        after.append((part, said + str(answer), [*odds, chance]))
            paths = after
            if len(paths) > most:
                raise TooManyCasesError(
                    f"there are more than {most} allowed records; allow more, or read less"
                )
        return {said: product(odds) for _, said, odds in paths}


def is_possible(chance: Probability) -> bool:
    """Whether an answer with this probability can occur."""
    return chance > (0 if isinstance(chance, Fraction) else NEVER)


def product(odds: list[Probability]) -> Probability:
    """Of probabilities; a fraction if all of them are."""
    exact = [chance for chance in odds if isinstance(chance, Fraction)]
    found = Fraction(
        math.prod(chance.numerator for chance in exact),
        math.prod(chance.denominator for chance in exact),
    )
    if len(exact) == len(odds):
        return found
    return float(found) * math.prod(float(x) for x in odds if not isinstance(x, Fraction))
