"""The comparison with classical algorithms that belongs to a question of cost."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from attrs import frozen

from estimator.ask.parameter import AbstractParameter, Choice, Choices
from estimator.ask.question import COMPARE, Asked, Question, answer_to, asked_of
from estimator.ask.registry import Found, check_extras, questions
from estimator.pages.subject import Subject, several
from estimator.report.model import Report


@frozen
class Comparison:
    """What a comparison says.

    Args:
        question: what was asked.
        reports: the answer.
        handed: parameters that were handed on, by name in the comparison.
        kept_back: parameters of the question that the comparison does not have.
        own: parameters of the comparison that nobody named, with their values.
    """

    question: Question
    reports: tuple[Report, ...]
    handed: Mapping[str, Any]
    kept_back: tuple[str, ...]
    own: Mapping[str, Any]


def comparison_of(subject: Subject) -> Comparison:
    """The answer of the system's comparison, with the parameters that both questions have.

    Raises:
        ValueError: if there is none, in one sentence.
    """
    found = _beside(subject)
    handed, kept_back = _handed(subject, found.question)
    check_extras(found.question)
    system = found.system
    asked = asked_of(found.question, handed, subject.file, system.home, subject.tracker)
    reports = several(answer_to(system, found.question, asked))
    own = {name: x for name, x in asked.values.items() if name not in asked.named}
    return Comparison(found.question, reports, handed, tuple(kept_back), own)


def _beside(subject: Subject) -> Found:
    """The comparison of the same system: of the same name, else the first.

    Raises:
        ValueError: if there is none about such a target.
    """
    system, target = subject.found.system, subject.file
    suffix = "" if target is None else PurePath(target).suffix
    known = [each for each in questions(COMPARE) if each.system.name == system.name]
    if suffix:
        known = [each for each in known if suffix in each.question.suffixes]
    same = [each for each in known if each.question.name == subject.question.name]
    if not known:
        about = f" of {suffix} files" if suffix else ""
        raise ValueError(f"{system.name} has no comparison with classical algorithms{about}")
    return (same or known)[0]


def _handed(subject: Subject, question: Question) -> tuple[dict[str, Any], list[str]]:
    """What is handed on, and the names of what was asked and is not."""
    asked, handed, kept_back = subject.asked, {}, []
    for parameter in subject.question.parameters:
        name = parameter.name
        if asked.get(name) is None:
            continue
        other = _same(parameter, question)
        if other is not None and _accepts(other, asked, name):
            value = subject.typed.get(name, asked.values[name])
            handed[other.name] = [value] if isinstance(other, Choices) else value
        elif name in asked.named and name != subject.question.target:
            kept_back.append(name)
    return handed, kept_back


def _same(parameter: AbstractParameter, question: Question) -> AbstractParameter | None:
    """What means the same to the comparison: of the same name, or a list of the same choices."""
    known = question.spellings
    if parameter.name in known:
        return known[parameter.name]
    if not isinstance(parameter, Choice):
        return None
    lists = [each for each in question.parameters if isinstance(each, Choices)]
    by_name = [each for each in lists if f"{parameter.name}s" in (each.name, *each.aliases)]
    by_choice = [each for each in lists if set(each.of) == set(parameter.of)]
    found = by_name or by_choice
    return found[0] if len(found) == 1 else None


def _accepts(other: AbstractParameter, asked: Asked, name: str) -> bool:
    """Whether the comparison allows the value; one that nobody named it has of its own."""
    if name not in asked.named and not isinstance(other, Choices):
        return False
    try:
        value = asked.values[name]
        other.parse([value] if isinstance(other, Choices) else value)
    except ValueError:
        return False
    return True
