"""The question of cost that a page is about, as it was asked and in symbols."""

import shlex
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from estimator.ask.parameter import AbstractParameter, Number, Size, spelled
from estimator.ask.question import (
    COST,
    Answer,
    Asked,
    Question,
    Tracker,
    answer_to,
    asked_of,
    untracked,
)
from estimator.ask.registry import Found, candidates, check_extras, is_file, meant
from estimator.ask.synthesis import PRICING
from estimator.ask.words import Typed
from estimator.report.model import Report


@frozen
class Subject:
    """A question of cost.

    Args:
        target: name of what is asked about, or the path of a file.
        given: parameters as they were named, by name.
        found: the question and its system.
        file: what it is about, if that is a file.
        tracker: shows progress.
    """

    target: str
    given: Mapping[str, Any] = field(hash=False)
    found: Found = field(hash=False)
    file: Path | None = None
    tracker: Tracker = field(default=untracked, repr=False)

    @classmethod
    def of(cls, target: str, given: Mapping[str, Any], tracker: Tracker = untracked) -> "Subject":
        """What a target and the names of parameters mean.

        Raises:
            ValueError: if there is no such question, in one sentence.
        """
        found = meant(target, candidates(COST, target), list(given))
        if (name := found.question.target) is not None:
            if name in given:
                raise ValueError(f"{name} is given twice")
            given = {name: target, **given}
        file = Path(target) if is_file(COST, target) else None
        return cls(target, dict(given), found, file, tracker)

    @property
    def question(self) -> Question:
        """What is asked."""
        return self.found.question

    @cached_property
    def asked(self) -> Asked:
        """With the values of its parameters.

        Raises:
            ValueError: if a parameter does not exist or a value is not allowed.
        """
        home = self.found.system.home
        return asked_of(self.question, self.given, self.file, home, self.tracker)

    @property
    def reads(self) -> tuple[Any, ...]:
        """Paths of files that are read, among texts that may be none."""
        return Typed(found=self.found, file=self.file, values=self.typed).reads

    def reports(self) -> tuple[Report, ...]:
        """The answer, a report or several about the parts of a file.

        Raises:
            ValueError: if there is none, in one sentence.
        """
        check_extras(self.question)
        return several(answer_to(self.found.system, self.question, self.asked))

    def command_line(self) -> str:
        """What is typed to get the answer."""
        words = ["quledger", COST.name, self.target]
        for parameter in self.named():
            words += _option(parameter, self.asked.values[parameter.name])
        return shlex.join(words)

    def named(self) -> list[AbstractParameter]:
        """The parameters that were named, in the order of the question."""
        return [
            each
            for each in self.question.parameters
            if each.name in self.asked.named and each.name != self.question.target
        ]

    @cached_property
    def typed(self) -> dict[str, Any]:
        """What was named, as it was given, by name of the parameter."""
        return {self.question.parameter(name).name: x for name, x in self.given.items()}

    def numbers(self) -> list[str]:
        """Names of the numbers that were named and can stay symbols: all but prices."""
        priced = {each.name for each in PRICING}
        named = [each for each in self.named() if each.name not in priced]
        return [each.name for each in named if isinstance(each, (Number, Size))]

    def in_symbols(self, kept: Iterable[str] = ()) -> Report:
        """The answer to the same question where no number is given but those that are kept.

        Raises:
            ValueError: if there is none, or there are several.
        """
        left = {*self.numbers(), *(each.name for each in PRICING)} - set(kept)
        given = {name: value for name, value in self.typed.items() if name not in left}
        asked = asked_of(self.question, given, self.file, self.found.system.home)
        reports = several(answer_to(self.found.system, self.question, evolve(asked, is_brief=True)))
        if len(reports) > 1:
            raise ValueError("growth is about one circuit, and this file holds several")
        return reports[0]


def several(answer: Answer) -> tuple[Report, ...]:
    """An answer as reports."""
    return (answer,) if isinstance(answer, Report) else tuple(answer)


def _option(parameter: AbstractParameter, value: Any) -> list[str]:
    """A parameter and its value as they are typed."""
    if parameter.is_flag:
        return [spelled(parameter.name if value else f"no_{parameter.name}")]
    values = value if isinstance(value, (tuple, list)) else [value]
    return [word for each in values for word in (spelled(parameter.name), str(each))]
