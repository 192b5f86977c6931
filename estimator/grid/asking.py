"""One question at many points: what is the same at all of them, and the answer at one."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from estimator.ask.parameter import spelled
from estimator.ask.question import COST, Answer, Question, answer_to, asked_of
from estimator.ask.registry import Found, candidates, is_file, meant
from estimator.grid.axis import Axis, axes_of
from estimator.grid.columns import ERROR, cells
from estimator.report.plain import plain_value


def found_of(target: str, named: Iterable[str]) -> Found:
    """The question of cost that a target and the names of parameters mean.

    Raises:
        ValueError: if there is none.
    """
    names = [name.strip().replace("-", "_") for name in named]
    return meant(target, candidates(COST, target), names)


def question_of(target: str, named: Iterable[str]) -> Question:
    """What `found_of` finds, without its system.

    Raises:
        ValueError: if there is none.
    """
    return found_of(target, named).question


@frozen
class Asking:
    """A question of cost over a grid.

    Args:
        target: name of what is asked about, or the path of a file.
        fixed: parameters that are the same everywhere, as they were typed, by name.
        axes: parameters that vary.
        found: the question and its system.
    """

    target: str
    fixed: Mapping[str, Any] = field(hash=False)
    axes: tuple[Axis, ...]
    found: Found = field(hash=False)

    @classmethod
    def of(cls, target: str, over: Any, fixed: Mapping[str, Any]) -> "Asking":
        """The question that target and parameters mean.

        Raises:
            ValueError: if there is none, or a parameter or a value is not allowed; in one sentence.
        """
        names = over if isinstance(over, Mapping) else [over] if isinstance(over, str) else over
        found = found_of(target, [*fixed, *(str(name).partition("=")[0] for name in names)])
        if (name := found.question.target) is not None:
            fixed = {name: target, **fixed}
        axes = axes_of(found.question, over)
        made = cls(target, dict(fixed), axes, found)
        for axis in axes:
            if axis.name in {found.question.parameter(name).name for name in fixed}:
                raise ValueError(f"{axis.name} is given twice: by --over and for all points")
        asked_of(found.question, {**fixed, **made.at((0,) * len(axes))}, made.file)
        return made

    @classmethod
    def single(cls, target: str, fixed: Mapping[str, Any]) -> "Asking":
        """A question at one point, whose place is ().

        Raises:
            ValueError: as `of` does.
        """
        found = found_of(target, list(fixed))
        if (name := found.question.target) is not None:
            fixed = {name: target, **fixed}
        return cls(target, dict(fixed), (), found)

    @cached_property
    def file(self) -> Path | None:
        """What is asked about, if that is a file."""
        return Path(self.target) if is_file(COST, self.target) else None

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """Values of each axis."""
        return tuple(map(len, self.axes))

    @cached_property
    def defaults(self) -> dict[str, Any]:
        """What parameters are that nobody names."""
        return {each.name: each.default for each in self.found.question.parameters}

    def at(self, place: tuple[int, ...]) -> dict[str, Any]:
        """The parameters that vary, at one point."""
        return {axis.name: axis.values[i] for axis, i in zip(self.axes, place, strict=True)}

    def answer(self, values: Mapping[str, Any]) -> Answer:
        """The answer with these parameters besides the fixed ones.

        Raises:
            ValueError: if there is none, in one sentence.
        """
        system, question = self.found.system, self.found.question
        asked = asked_of(question, {**self.fixed, **values}, self.file, system.home)
        return answer_to(system, question, evolve(asked, is_brief=True))

    def cells(self, place: tuple[int, ...]) -> dict[str, Any]:
        """What the answer at one point says: numbers, formulas and words, by column.

        Raises:
            ValueError: if there is no answer, in one sentence.
        """
        return cells(self.answer(self.at(place)))

    def row(self, place: tuple[int, ...]) -> dict[str, Any]:
        """What the answer at one point says, or the sentence that there is none."""
        try:
            found = self.cells(place)
        except ValueError as problem:
            return {ERROR: " ".join(str(problem).split())}
        except (ArithmeticError, LookupError) as problem:
            return {ERROR: f"these numbers have no answer: {type(problem).__name__}, {problem}"}
        return {name: plain_value(value) for name, value in found.items()}

    def missing(self, value: Any) -> str:
        """What to give so that a formula is a number, in words; nothing if it is one."""
        symbols = getattr(value, "free_symbols", None)
        if not symbols:
            return ""
        names = {each.name for each in symbols}
        question = self.found.question
        given = {*self.fixed, *(axis.name for axis in self.axes)}
        options = [
            spelled(parameter.name)
            for parameter in question.parameters
            if parameter.name not in given
            and names
            & {
                getattr(parameter, "symbol", "") or parameter.name,
                parameter.name,
                *(x for x, text in question.sizes.items() if parameter.name in text),
            }
        ]
        return " and ".join(options) or f"numbers for {', '.join(sorted(names))}"
