"""What was typed: settings as NAME=VALUE and as options, each parameter once."""

from collections.abc import Mapping, Sequence
from typing import Any

from estimator.ask.parameter import quoted
from estimator.ask.question import Question


def merged(
    question: Question, typed: Mapping[str, str], named: Mapping[str, Any]
) -> dict[str, Any]:
    """What was typed as --param and as options, each parameter once.

    Args:
        question: whose parameters they are.
        typed: texts given as NAME=VALUE.
        named: options by name of the parameter; lists, with a text for each time it was given.

    Raises:
        ValueError: if a parameter does not exist, or is given twice and cannot be.
    """
    found: dict[str, Any] = {}
    for source in (typed, named):
        for name, value in source.items():
            parameter = question.parameter(name)
            is_list = isinstance(value, list)
            twice = is_list and not parameter.is_repeated and len(value) > 1
            if parameter.name in found or twice:
                raise ValueError(f"{parameter.name} is given twice")
            found[parameter.name] = value[0] if is_list and not parameter.is_repeated else value
    return found


def typed_settings(given: Sequence[str]) -> dict[str, str]:
    """The texts given as NAME=VALUE, by name.

    Raises:
        ValueError: if one is not of that form, or a name is given twice.
    """
    pairs: dict[str, str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name or not value:
            raise ValueError(f"--param takes NAME=VALUE, got {quoted(text)}")
        if name in pairs:
            raise ValueError(f"--param {name} is given twice")
        pairs[name] = value
    return pairs
