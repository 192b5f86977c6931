"""The systems there are, found by walking; and which question a target and its parameters mean.

The two names below are the only mention of what lies above this floor.
"""

import pkgutil
from collections.abc import Collection, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path, PurePath

from attrs import frozen

from estimator.ask.any_bloq import ANY_BLOQ, TARGET, is_bloq
from estimator.ask.circuit_file import CIRCUIT_FILE
from estimator.ask.parameter import did_you_mean, quoted
from estimator.ask.question import Question, System, Verb

FLOORS = ("bloqs", "proofs")
"""Packages whose direct subfolders, or which themselves, may declare a system."""


@frozen
class Found:
    """A question and the system that answers it."""

    system: System
    question: Question


def systems() -> dict[str, System]:
    """Every system, by name. Nothing heavy is loaded.

    Raises:
        ValueError: if two have one name.
    """
    found: dict[str, System] = {}
    for floor in FLOORS:
        package = import_module(floor)
        homes = [
            f"{floor}.{info.name}" for info in pkgutil.iter_modules(package.__path__) if info.ispkg
        ]
        for home in (floor, *homes):
            if home != floor and find_spec(home) is None:
                continue
            if find_spec(f"{home}.system") is not None:
                system: System = import_module(f"{home}.system").SYSTEM
                if system.name in found:
                    one = found[system.name].home
                    raise ValueError(f"two systems are called {system.name}: {one} and {home}")
                found[system.name] = system
    return {**found, CIRCUIT_FILE.name: CIRCUIT_FILE, ANY_BLOQ.name: ANY_BLOQ}


def questions(verb: Verb | None = None) -> list[Found]:
    """Everything that can be asked with a verb, or with any.

    Raises:
        ValueError: if it is something else than a verb.
    """
    if not isinstance(verb, Verb | None):
        raise ValueError(f"a verb is what verbs() has, such as verbs()['cost'], got {verb!r:.60}")
    return [
        Found(system, question)
        for system in systems().values()
        for question in system.questions
        if verb is None or question.verb.name == verb.name
    ]


def questions_named(names: Collection[str]) -> list[Found]:
    """The questions that are called so, or whose system is.

    Raises:
        ValueError: if no question and no system has one of the names.
    """
    called = [({_dashed(x.question.name), _dashed(x.system.name)}, x) for x in questions()]
    known = sorted(set().union(*(words for words, _ in called)))
    wanted = {_dashed(name) for name in names}
    for name in sorted(wanted.difference(known)):
        raise ValueError(
            f"no question and no system is called {quoted(name)}{did_you_mean(name, known)}; there "
            f"is {', '.join(known)}"
        )
    return [each for words, each in called if words & wanted]


def _dashed(name: str) -> str:
    return name.replace("_", "-")


def verbs() -> dict[str, Verb]:
    """Every verb that a question uses, by name; of two with one name the first is the verb."""
    known: dict[str, Verb] = {}
    for found in questions():
        known.setdefault(found.question.verb.name, found.question.verb)
    return known


def suffixes_of(verb: Verb) -> tuple[str, ...]:
    """Endings of files that can be asked about with a verb."""
    return tuple(dict.fromkeys(x for found in questions(verb) for x in found.question.suffixes))


def is_file(verb: Verb, target: str) -> bool:
    """Whether a target is a file rather than a name."""
    return PurePath(target).suffix in suffixes_of(verb)


def candidates(verb: Verb, target: str) -> list[Found]:
    """The questions that a target may mean: one by its name, or all about such a file.

    Raises:
        ValueError: if there is none.
    """
    known = questions(verb)
    suffix = PurePath(target).suffix
    about = [found for found in known if suffix and suffix in found.question.suffixes]
    if about:
        return about
    of_bloqs = [found for found in known if found.question.target]
    if of_bloqs and is_bloq(target):
        return of_bloqs
    named = [found for found in known if found.question.name == target]
    if named:
        return named
    endings = suffixes_of(verb)
    names = [found.question.name for found in known if not found.question.target]
    guess = did_you_mean(target, names)
    if len(names) == 1 and endings:
        raise ValueError(
            f"{verb.name} knows {names[0]}, or the path of an {endings[0]} file, got {target!r}"
            f"{guess}"
        )
    file = f", or give the path of an {' or '.join(endings)} file" if endings else ""
    file += f", or {TARGET} of a bloq" if of_bloqs else ""
    raise ValueError(f"there is no algorithm {target!r}; there is {', '.join(names)}{file}{guess}")


def meant(target: str, found: Sequence[Found], named: Collection[str]) -> Found:
    """The question that a target and the parameters named mean.

    Among several questions about a file it is the one that has every parameter named; a default one
    if several have, and of these the one that could be told least. That may give way to another one
    that has every parameter named and was made for files of this kind.

    Args:
        target: what was asked about.
        found: its candidates, at least one.
        named: names of parameters.

    Raises:
        ValueError: if there is none, or no telling which.
    """
    if len(found) == 1:
        return found[0]
    wanted = {name.replace("-", "_") for name in named}
    fitting = [each for each in found if wanted <= each.question.spellings.keys()]
    if not fitting:
        taken = {name for each in found for name in each.question.spellings}
        for name in named:
            if name.replace("-", "_") not in taken:
                best = max(found, key=lambda each: len(each.question.parameters))
                best.question.parameter(name)
        raise ValueError(
            f"no question about {target} has all of {', '.join(sorted(named))}; "
            + "; ".join(_described(each) for each in found)
        )
    chosen = [each for each in fitting if each.question.is_default] or fitting
    sizes = [len(each.question.parameters) for each in chosen]
    if sizes.count(min(sizes)) > 1:
        raise ValueError(
            f"{target} could mean {' or '.join(each.question.name for each in chosen)}; name a "
            "parameter that only one of them has"
        )
    best = chosen[sizes.index(min(sizes))]
    made_for = (each for each in fitting if best.question.yields and _is_made_for(each, target))
    return next(made_for, best)


def _is_made_for(found: Found, target: str) -> bool:
    """Whether a question says that a file is of its kind."""
    if found.question.recognises is None or not Path(target).is_file():
        return False
    module, _, name = found.question.recognises.partition(":")
    return bool(getattr(import_module(f"{found.system.home}.{module}"), name)(Path(target)))


def _described(found: Found) -> str:
    names = ", ".join(each.name for each in found.question.parameters)
    return f"{found.question.name} has {names}"


def check_extras(question: Question) -> None:
    """Refuse a question whose extras are not installed.

    Raises:
        ValueError: if one is missing, with the command that installs it.
    """
    if not question.needs:
        return
    metadata = import_module("importlib.metadata")
    for extra in question.needs:
        try:
            required = metadata.requires("quledger") or []
        except metadata.PackageNotFoundError:
            required = []
        for line in required:
            name, _, condition = line.partition(";")
            if f"extra == '{extra}'" not in condition.replace('"', "'"):
                continue
            distribution = name.strip().split(">")[0].split("=")[0].split("<")[0].strip()
            try:
                metadata.distribution(distribution)
            except metadata.PackageNotFoundError:
                raise ValueError(
                    f"{question.verb.name} {question.name} needs {distribution}; "
                    f"install it with pip install 'quledger[{extra}]'"
                ) from None
