"""From the words of a command line to the question that is meant, and what help says of it."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from attrs import frozen

from estimator.ask.any_bloq import TARGET, is_bloq
from estimator.ask.hardware_file import HardwareName
from estimator.ask.parameter import File, Text, quoted, spelled
from estimator.ask.question import Verb
from estimator.ask.registry import Found, candidates, is_file, meant, questions, suffixes_of
from estimator.ask.text_file import TextFile
from estimator.ask.typed import merged, typed_settings

TAKES_FILE = ("-o", "--output", "--write", "--format", "--html", "--picture", "--param", "--image")
"""Options whose value is no target, even if it is called like one."""


@frozen(kw_only=True)
class Typed:
    """A question as it was typed.

    Args:
        found: the question and its system.
        file: what it is about, if it is about a file.
        values: texts and flags, by name of the parameter.
    """

    found: Found
    file: Path | None
    values: Mapping[str, Any]

    @property
    def reads(self) -> tuple[Any, ...]:
        """Paths of files that are read, among texts that may be none."""
        kinds = (File, Text, TextFile, HardwareName)
        question = self.found.question
        return (
            self.file,
            *(x for name, x in self.values.items() if isinstance(question.parameter(name), kinds)),
        )


@frozen
class Heard:
    """What a command line may mean, as far as that is known before its options are read.

    Args:
        target: the word that says what is asked about; `None` if none does.
        found: the questions that it may mean; without a target, all that can be asked.
    """

    target: str | None = None
    found: Sequence[Found] = ()


def typed_question(
    verb: Verb,
    heard: Heard,
    words: Sequence[str],
    settings: Sequence[str],
    options: Mapping[str, Any],
) -> Typed:
    """The question that is meant, with what was typed for its parameters.

    Args:
        verb: the first word.
        heard: what the line may mean.
        words: those after it that are no options.
        settings: of the form NAME=VALUE.
        options: by name of the parameter.

    Raises:
        ValueError: if there is no such question, or a parameter is named twice or not known.
    """
    given = typed_settings(settings)
    first = heard.found[0]
    if first.question.words:
        return _by_words(verb, first, words, merged(first.question, given, options))
    if not words:
        known = ", ".join(targets(verb))
        raise ValueError(f"{verb.name} needs {metavar(verb)}; there is {known}")
    target, *more = words
    if more and not operands(verb):
        raise ValueError(f"{verb.name} takes one {metavar(verb)}, got {quoted(more[0])} as well")
    may_be = heard.found if target == heard.target else candidates(verb, target)
    found = meant(target, may_be, [*given, *options])
    file = Path(target) if is_file(verb, target) else None
    values = _with_operands(found, more, merged(found.question, given, options))
    if (name := found.question.target) is not None:
        if name in values:
            raise ValueError(f"{name} is given twice")
        values = {name: target, **values}
    return Typed(found=found, file=file, values=values)


def _with_operands(found: Found, more: Sequence[str], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values, with those of further words after the name."""
    question = found.question
    if len(more) > len(question.operands):
        known = " and ".join(question.operands) or "nothing more"
        beyond = quoted(more[len(question.operands)])
        raise ValueError(
            f"{question.verb.name} {question.name} takes {known}, got {beyond} as well"
        )
    taken = dict(zip(question.operands, more, strict=False))
    for name in taken.keys() & values.keys():
        raise ValueError(f"{name} is given twice")
    return {**values, **taken}


def _by_words(verb: Verb, found: Found, words: Sequence[str], values: Mapping[str, Any]) -> Typed:
    parameter = found.question.parameter(str(found.question.words))
    if not parameter.is_repeated and len(words) > 1:
        raise ValueError(f"{verb.name} takes one {parameter.metavar}, got {quoted(words[1])} too")
    taken = {parameter.name: list(words) if parameter.is_repeated else words[0]} if words else {}
    if taken.keys() & values.keys():
        raise ValueError(f"{parameter.name} is given twice")
    return Typed(found=found, file=None, values={**values, **taken})


def heard_in(verb: Verb, words: Sequence[str]) -> Heard:
    """What the words of a command line may mean.

    Raises:
        ValueError: if a word is a target that no question is about.
    """
    for word in _targets_among(verb, words):
        return Heard(word, candidates(verb, word))
    asked = questions(verb)
    return Heard(None, [found for found in asked if found.question.words] or asked)


def _targets_among(verb: Verb, words: Sequence[str]) -> list[str]:
    """The words of a command line that are targets, in order."""
    names = set(targets(verb))
    return [
        word
        for previous, word in pairwise(["", *words])
        if previous not in TAKES_FILE
        and not word.startswith("-")
        and (word in names or is_file(verb, word) or (_names_bloq(verb, word) and "=" not in word))
    ]


def _names_bloq(verb: Verb, word: str) -> bool:
    return takes_bloq(verb) and is_bloq(word)


def completed(verb: Verb, words: Sequence[str]) -> list[str]:
    """The words of a command line, every option with a value: what is left out stands in it.

    The word after an option that may stand alone is its value, unless it begins with `-` or is a
    target; a .json file, which may be either, is its value if another word is a target.

    Args:
        verb: the first word.
        words: those after it.
    """
    bare = {
        spelled(name): parameter.bare
        for found in questions(verb)
        for parameter in found.question.parameters
        if parameter.bare
        for name in parameter.spellings
    }
    made: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word == "--":
            return [*made, word, *rest]
        option = word.replace("_", "-")
        if option in bare:
            is_value = bool(rest) and _is_value(verb, rest[0], [*made, *rest[1:]])
            word = f"{option}={rest.pop(0) if is_value else bare[option]}"
        made.append(word)
    return made


def _is_value(verb: Verb, word: str, others: Sequence[str]) -> bool:
    """Whether a word after an option that may stand alone is its value."""
    if word.startswith("-"):
        return False
    if not _targets_among(verb, [word]):
        return True
    return word.lower().endswith(".json") and bool(_targets_among(verb, others))


def targets(verb: Verb) -> list[str]:
    """Names of what can be asked about with a verb."""
    asked = [found.question for found in questions(verb)]
    known = [each.name for each in asked if not each.words and not each.target]
    return list(dict.fromkeys(known))


def metavar(verb: Verb) -> str:
    """What stands for the words after a verb in a usage line."""
    words = [found.question for found in questions(verb) if found.question.words]
    if words:
        parameter = words[0].parameter(str(words[0].words))
        return f"[{parameter.metavar}]..." if parameter.is_repeated else parameter.metavar
    files = [f"FILE{suffix}" for suffix in suffixes_of(verb)]
    known = "|".join(["QUESTION", *files, *([TARGET] if takes_bloq(verb) else [])])
    return f"{known} [FILE]..." if operands(verb) else known


def words_help(verb: Verb) -> str:
    """What the words after a verb are."""
    words = [found.question for found in questions(verb) if found.question.words]
    if words:
        return words[0].parameter(str(words[0].words)).meaning
    said = f"One of {', '.join(targets(verb))}" + ("; or a file" if suffixes_of(verb) else "")
    return f"{said}; or a Qualtran bloq." if takes_bloq(verb) else f"{said}."


def operands(verb: Verb) -> bool:
    """Whether a question of a verb takes further words after its name."""
    return any(found.question.operands for found in questions(verb))


def takes_bloq(verb: Verb) -> bool:
    """Whether a verb can be asked about any bloq."""
    return any(found.question.target for found in questions(verb))


def examples(verb: Verb, chosen: Sequence[Found]) -> str | None:
    """Command lines that show what can be asked, for the end of a help page."""
    lines = [
        f"`quledger {line}` ({says})"
        for found in chosen or questions(verb)
        for line, says in found.question.examples
    ]
    return "Examples: " + "; ".join(lines) if lines else None
