"""What can be asked: verbs, questions with their parameters, and the systems that answer them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from attrs import field, frozen

from estimator.ask.explored import Explored
from estimator.ask.grown import Growth
from estimator.ask.parameter import AbstractParameter, Choice, did_you_mean, spelled
from estimator.ask.synthesis import HARDWARE, MACHINES, check_pricing

if TYPE_CHECKING:
    from estimator.report.model import Report

T = TypeVar("T")

MOST_NAMED = 13
"""Parameters that a refusal names."""

Tracker: TypeAlias = Callable[[Iterable[Any], str], Iterator[Any]]
"""Hands on the steps it is given, one by one, and shows how far that is."""

Answer: TypeAlias = "Report | tuple[Report, ...]"
"""One report, or several about the parts of a file."""


@frozen
class Verb:
    """A word of the command line.

    Args:
        name: as typed.
        says: what it does, in one sentence.
        is_kept: whether its answers are kept in the store: the same question always has the same
            answer, and nobody who asks wants something done.
    """

    name: str
    says: str
    is_kept: bool = False


COST = Verb(
    "cost", "Say what an algorithm, every convolution of a network, or a network costs.", True
)
COMPARE = Verb("compare", "Put quantum circuits and classical algorithms side by side.", True)
SIMULATE = Verb("simulate", "Run circuits on real data, against NumPy; exit 1 if an error is more.")
TRAIN = Verb("train", "Train a model that circuits can run.")


RESERVED = (
    "ctx", "format", "help", "html", "json", "no_cache", "param", "picture", "words", "write"
)  # fmt: skip
"""Names that no parameter may have."""


@frozen
class Settled:
    """A size that is the least for which an error is small enough.

    Args:
        column: the error, as a table of answers calls it; it falls as the size grows.
        allowed: parameter that says how large it may be.
        least: smallest size that is tried.
        most: largest; where it is not enough, there is no answer.
        slack: relative excess that counts as rounding. Unit: 1.
        unless: parameters that change what is allowed; where one is named, this says nothing.
    """

    column: str
    allowed: str
    least: int
    most: int
    slack: float
    unless: tuple[str, ...] = ()


@frozen
class Holds:
    """Where the formulas of a cost in symbols are those of its circuits.

    Args:
        formula: in parameters, such as "log2(C) - 1"; the formulas hold where it is not negative.
        where: choices, by name of the parameter, for which this is asked; for all if empty.
        also: parameters besides those in the formula that must be numbers where it is negative.
    """

    formula: str
    where: Mapping[str, str] = field(factory=dict, hash=False)
    also: tuple[str, ...] = ()


@frozen(kw_only=True)
class Question:
    """Something that can be asked.

    Args:
        verb: the word it is asked with.
        name: as typed.
        says: what is answered, in one sentence.
        source: "[Key] locator", key from REFERENCES.md.
        answer: "module:function" within the package of the system.
        parameters: all there are: the command line has no others.
        suffixes: endings of files that it can be asked about.
        is_default: among several questions about a file: asked when no parameter says which.
        recognises: "module:function" within the package of the system, which says of the path of a
            file whether the question was made for it; `None` if there is no such function.
        yields: whether, asked about a file, it gives way to a question that was made for it.
        needs: extras of the distribution that the answer needs.
        draws: whether the answer has a chart.
        words: name of the parameter that takes the words after the verb; then the question needs
            no name.
        target: name of the parameter that takes the name of a bloq, MODULE:NAME, which then stands
            after the verb.
        operands: names of parameters that further words after the name go to, in order; they have
            options too.
        sizes: of a cost in symbols: what a symbol is in parameters, by its name, such as
            "log2(N/C)/2"; sweeps put numbers in with it.
        settles: sizes that an answer works out where they are not named, by name of the symbol.
        sizes_hold: where formulas in those symbols hold; elsewhere the parameters that a condition
            names are given as numbers, the others stay symbols.
        sizes_need: parameters that must be named for that: unset, an answer chooses by its numbers.
        explored: how its cost moves on a page; `None` if it has none there.
        growth: how growth is asked about, in the paper's own symbols; `None` if in those of the
            formulas, sizes growing and errors vanishing.
        examples: command lines, each with what it shows, without the program's name.

    Raises:
        ValueError: if two parameters go by one name, or one by that of an option of every command,
            or an operand is no parameter.
    """

    verb: Verb
    name: str
    says: str
    source: str
    answer: str
    parameters: tuple[AbstractParameter, ...] = ()
    suffixes: tuple[str, ...] = ()
    is_default: bool = True
    recognises: str | None = None
    yields: bool = False
    needs: tuple[str, ...] = ()
    draws: bool = False
    words: str | None = None
    target: str | None = None
    operands: tuple[str, ...] = ()
    sizes: Mapping[str, str] = field(factory=dict, hash=False)
    settles: Mapping[str, Settled] = field(factory=dict, hash=False)
    sizes_hold: tuple[Holds, ...] = ()
    sizes_need: tuple[str, ...] = ()
    explored: Explored | None = None
    growth: Growth | None = None
    examples: tuple[tuple[str, str], ...] = ()

    def __attrs_post_init__(self) -> None:
        spellings = [x.replace("-", "_") for each in self.parameters for x in each.spellings]
        for name in RESERVED:
            if name in spellings:
                raise ValueError(
                    f"{name} is an option of every command, so no parameter of {self.name} may be "
                    "called so; choose another name"
                )
        twice = sorted({name for name in spellings if spellings.count(name) > 1})
        if twice:
            raise ValueError(
                f"parameters of {self.name} need names of their own, got {', '.join(twice)} twice"
            )
        for name in self.operands:
            self.parameter(name)

    def parameter(self, name: str) -> AbstractParameter:
        """The parameter that goes by a name; - and _ are the same, capitals matter.

        Raises:
            ValueError: if there is none.
        """
        known = self.spellings
        found = known.get(name.replace("-", "_"))
        if found is None:
            names = [each.name for each in self.parameters]
            more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
            listed = ", ".join(names[:MOST_NAMED]) + more if names else "none"
            raise ValueError(
                f"{self.name} has no parameter {name!r}; it has {listed}"
                f"{did_you_mean(name, list(known))}"
            )
        return found

    @property
    def spellings(self) -> dict[str, AbstractParameter]:
        """Every name that a parameter goes by, with _ in place of -."""
        return {name.replace("-", "_"): each for each in self.parameters for name in each.spellings}


@frozen(kw_only=True)
class System:
    """A paper's system, or a shared one, that answers questions.

    Args:
        name: of it.
        says: what it is, in one sentence.
        source: "[Key] locator", key from REFERENCES.md.
        home: `__package__` of the module that declares it.
        questions: what it answers.
    """

    name: str
    says: str
    source: str
    home: str
    questions: tuple[Question, ...]


def untracked(steps: Iterable[T], label: str) -> Iterator[T]:
    """The steps, with nothing shown."""
    yield from steps


@frozen(kw_only=True)
class Asked:
    """What an answer gets.

    Args:
        values: by name of the parameter, defaults put in, those that were named last.
        named: names of the parameters that the user named; what is not in it an answer may settle.
        file: what the question is about, if it is about a file.
        home: package of the system that answers.
        units: of the values, by name of the parameter.
        tracker: shows how far steps have got.
        is_brief: whether single values are wanted alone: tables may be left out.
    """

    values: Mapping[str, Any] = field(factory=dict, hash=False)
    named: frozenset[str] = frozenset()
    file: Path | None = None
    home: str = ""
    units: Mapping[str, str] = field(factory=dict, hash=False)
    tracker: Tracker = field(default=untracked, repr=False)
    is_brief: bool = False

    def track(self, steps: Iterable[T], label: str) -> Iterator[T]:
        """The steps one by one, while whoever asked sees how far they have got.

        Args:
            steps: what is to be done; its length is known to the reader if it has one.
            label: what is being done.
        """
        yield from self.tracker(steps, label)

    def get(self, name: str, otherwise: Any = None) -> Any:
        """The value of a parameter, or something else if it has none."""
        found = self.values.get(name)
        return otherwise if found is None else found


def asked_of(
    question: Question,
    given: Mapping[str, Any],
    file: Path | None = None,
    home: str = "",
    tracker: Tracker = untracked,
) -> Asked:
    """A question with the values of its parameters.

    Args:
        question: what is asked.
        given: what was typed, or given in Python, by name.
        file: what it is asked about.
        home: package of the system.
        tracker: shows progress.

    Raises:
        ValueError: if a parameter does not exist, its value is not allowed, it is named twice
            under two names, or one that is required is missing.
    """
    parsed: dict[str, Any] = {}
    for name, value in given.items():
        parameter = question.parameter(name)
        if parameter.name in parsed:
            raise ValueError(f"{parameter.name} is given twice")
        parsed[parameter.name] = parameter.parse(value)
    for parameter in question.parameters:
        if parameter.is_required and parameter.name not in parsed:
            if parameter.name == question.words:
                raise ValueError(f"{question.verb.name} needs {parameter.metavar}")
            raise ValueError(
                f"Missing option '{spelled(parameter.name)}': {parameter.meaning}, "
                f"a {parameter.allowed}"
            )
    check_pricing(parsed)
    defaults = {
        each.name: each.default
        for each in question.parameters
        if each.default is not None and each.name not in parsed
    }
    known = {**defaults, **parsed}
    choices = [each.name for each in question.parameters if isinstance(each, Choice)]
    first = [name for name in choices if name in known]
    rest = [name for name in known if name not in choices]
    return Asked(
        values={name: known[name] for name in (*first, *rest)},
        named=frozenset(parsed),
        file=file,
        home=home,
        units={each.name: each.unit for each in question.parameters},
        tracker=tracker,
    )


def answer_to(system: System, question: Question, asked: Asked) -> Answer:
    """The answer, by the function that the declaration names, loaded now.

    Raises:
        ValueError: if the question cannot be answered, in one sentence.
    """
    module, _, function = question.answer.partition(":")
    found: Answer = getattr(import_module(f"{system.home}.{module}"), function)(asked)
    if asked.get(HARDWARE.name) is not None:
        reports = found if isinstance(found, tuple) else (found,)
        if not any(part.key == MACHINES for report in reports for part in report.parts):
            raise ValueError(
                f"this answer of {question.name} has no circuit to put on a machine; leave "
                f"{spelled(HARDWARE.name)} out"
            )
    return found
