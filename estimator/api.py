"""What `import quledger` offers: the questions of the command line, asked from Python.

Heavy modules are loaded by the question that needs them.
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import evolve

from estimator.api_grid import choose, sweep
from estimator.api_page import explore, report
from estimator.ask import question as asking
from estimator.ask.any_bloq import is_bloq
from estimator.ask.parameter import quoted
from estimator.ask.question import (
    COMPARE,
    COST,
    SIMULATE,
    TRAIN,
    Answer,
    Question,
    System,
    Tracker,
    Verb,
    untracked,
)
from estimator.ask.registry import (
    Found,
    candidates,
    check_extras,
    is_file,
    meant,
    questions,
    systems,
    verbs,
)
from estimator.drawing.drawn_report import check_kind, draw_report, drawing_format, drawing_of
from estimator.exchange.writing import write
from estimator.report.progress import on_terminal

if TYPE_CHECKING:
    from qualtran import Bloq

    from estimator.ask.stored import Memory
    from estimator.growth.answer_report import GrowthReport
    from estimator.report.drawing import Drawing
    from estimator.report.model import Report

Target: TypeAlias = str | Path
"""Name of what is asked about, or the path of a file."""

__all__ = [
    "Question",
    "System",
    "Verb",
    "ask",
    "check",
    "choose",
    "compare",
    "cost",
    "draw",
    "explain",
    "explore",
    "growth",
    "leading_term",
    "questions",
    "report",
    "simulate",
    "sweep",
    "systems",
    "train",
    "verbs",
    "write",
]

RULE = "give a name of `quledger list`, the path of a file, or a Qualtran bloq"


def ask(verb: str | Verb, target: Target, **given: Any) -> Answer:
    """The answer to any question of any system.

    Args:
        verb: the word it is asked with, or its name.
        target: its name, or the path of a file.
        given: parameters by name; text is read as the command line reads it.

    Returns:
        A report, or several about the parts of a file.

    Raises:
        ValueError: if there is no such question, a parameter does not exist or is out of range, or
            parameters do not go together; in one sentence.
    """
    return answered(verb_named(verb), str(target), given, tracker=on_terminal)


def cost(target: "Target | Bloq", /, **given: Any) -> Answer:
    """What an algorithm, a network file or any Qualtran bloq costs.

    Args:
        target: a name, a path or a bloq.
        given: parameters by name; of a bloq, those of `quledger.ask.synthesis`.

    Raises:
        ValueError: as `ask` does.
    """
    if isinstance(target, (str, Path)):
        return ask(COST, target, **given)
    return _of_bloq("bloq_report", target, given)


def compare(target: Target, /, **given: Any) -> Answer:
    """Quantum circuits and classical algorithms for one task, side by side.

    Raises:
        ValueError: as `ask` does.
    """
    return ask(COMPARE, target, **given)


def simulate(target: Target, /, **given: Any) -> Answer:
    """Circuits run on real data, against NumPy.

    Raises:
        ValueError: as `ask` does.
    """
    return ask(SIMULATE, target, **given)


def train(target: Target, /, **given: Any) -> Answer:
    """A trained model.

    Raises:
        ValueError: as `ask` does.
    """
    return ask(TRAIN, target, **given)


def check(*names: str, **given: Any) -> "Report":
    """Claims of the ledger, examined.

    Args:
        names: parts of claims' names; all claims if there are none.
        given: `paper`, an arXiv number or key; `list`, to name the claims alone.

    Raises:
        ValueError: if a name or the paper matches nothing.
    """
    return _only("check", {"names": names, **given} if names else given)


def explain(claim: str) -> "Report":
    """One claim in full.

    Raises:
        ValueError: if the name is that of no claim, or of several.
    """
    return _only("explain", {"claim": claim})


def growth(
    f: Any, relation: str, g: Any, regime: str, *, patience: float | None = None
) -> "GrowthReport":
    """Whether f is O, o, Theta, Omega, omega, ~ or ~O of g, as `verdict` and `witness` say.

    Args:
        f: an expression, as text, of SymPy or of Qualtran.
        relation: between f and g.
        g: an expression.
        regime: what the symbols do, such as "N->oo, eps->0".
        patience: processor time after which it is undecided; 3 if `None`. Unit: seconds.

    Returns:
        A report with `verdict`, `witness` (`constant`, `thresholds`, `claims`, `path`, `steps`;
        `None` if it is undecided), `latex()` and `audit()`.

    Raises:
        ValueError: if something is not understood.
    """
    given = {} if patience is None else {"patience": patience}
    found: GrowthReport = import_module("estimator.growth.report").comparison(
        f, relation, g, regime, **given
    )
    return found


def leading_term(target: Any, regime: str | None = None) -> "Report | tuple[Report, ...]":
    """The leading term of an expression, or of each cost of an algorithm or a bloq.

    Args:
        target: an expression, the name of a question or of a system, or a Qualtran bloq.
        regime: what the symbols do; if `None`, what the paper of a question states, or else sizes
            grow and errors vanish. Symbols of a question that it leaves out do what its paper says.

    Returns:
        A report; one for each question of a system that has several, none of its name.

    Raises:
        ValueError: if something is not understood.
    """
    engine = import_module("estimator.growth.report")
    of_costs = import_module("estimator.growth_costs.of_costs")
    is_text = isinstance(target, str) and regime is not None and not is_bloq(target)
    if is_text and engine.is_about(target, regime):
        leading: Report = engine.leading(target, regime)
        return leading
    if isinstance(target, str) and (names := _of_system(target)):
        reports = [_leading_terms(name, regime) for name in names]
        return reports[0] if len(reports) == 1 else tuple(reports)
    if hasattr(target, "free_symbols"):
        found: Report = engine.leading(
            str(target), regime or of_costs.regime_of(target.free_symbols)
        )
        return found
    return _leading_terms(target, regime)


def _of_system(name: str) -> list[str]:
    """The questions of cost of a system that say how they grow; none if one has its name."""
    every = questions(COST)
    if any(each.question.name == name for each in every):
        return []
    asked = name.replace("_", "-")
    return [
        each.question.name
        for each in every
        if each.system.name.replace("_", "-") == asked and each.question.growth is not None
    ]


def _leading_terms(target: Any, regime: str | None) -> "Report":
    """The leading terms of the costs of a question or a bloq."""
    question = None
    if isinstance(target, str) and not is_bloq(target) and not is_file(COST, target):
        question = meant(target, candidates(COST, target), ()).question
    declared = None if question is None else question.growth
    report = cost(target, **({} if declared is None else declared.parameters))
    if isinstance(report, tuple):
        raise ValueError("growth is about one question or expression, not a file of several")
    found: Report = import_module("estimator.growth_costs.costs_report").costs_growth(
        report, regime, question, on_terminal
    )
    return found


def draw(
    target: "Target | Bloq",
    file: str | Path | None = None,
    *,
    kind: str = "callgraph",
    fmt: str | None = None,
    layer: int = 1,
    **given: Any,
) -> "Drawing | None":
    """Draw a bloq as a musical score, or its call graph with costs.

    Args:
        target: a name, a path or a Qualtran bloq.
        file: to write; if `None` the drawing is SVG, for a notebook to show.
        kind: "circuit" or "callgraph".
        fmt: one of `DRAWINGS`; what the name of the file says if `None`, SVG if it says nothing.
        layer: which report of a file, from 1.
        given: parameters of the question `cost`.

    Returns:
        The drawing, if no file is named.

    Raises:
        ValueError: if something is not known, or the file cannot be written; none is left then.
    """
    if file is not None:
        drawing_format(file, kind, fmt, (target, *given.values()))
    elif fmt not in (None, "svg"):
        raise ValueError(f"a drawing without a file is svg, got {quoted(fmt)}; name a file as well")
    check_kind(kind)
    if not isinstance(target, (str, Path)):
        answer: Answer = _of_bloq("drawable_report", target, given)
    elif is_bloq(str(target)):
        (found,) = (each for each in questions(COST) if each.question.target)
        answer = drawable_by(found, {str(found.question.target): str(target), **given}, None)
    else:
        answer = cost(target, **given)
    if file is not None:
        draw_report(answer, file, kind, fmt, layer)
        return None
    made: Drawing = drawing_of(answer, kind, layer)
    return made


def verb_named(verb: str | Verb) -> Verb:
    """The verb of that name.

    Raises:
        ValueError: if no question uses it.
    """
    known = verbs()
    name = verb.name if isinstance(verb, Verb) else verb
    if name not in known:
        raise ValueError(f"nothing can be asked with {name!r}; there is {', '.join(known)}")
    return known[name]


def answered(
    verb: Verb, target: str, given: Mapping[str, Any], tracker: Tracker = untracked
) -> Answer:
    """The answer to a question that is found by its target and its parameters.

    Raises:
        ValueError: as `ask` does.
    """
    for each in questions(verb):
        if each.question.words:
            return answered_by(each, {each.question.words: target, **given}, None, tracker)
    found = meant(target, candidates(verb, target), list(given))
    file = Path(target) if is_file(verb, target) else None
    if (name := found.question.target) is not None:
        if name in given:
            raise ValueError(f"{name} is given twice")
        given = {name: target, **given}
    return answered_by(found, given, file, tracker)


def answered_by(
    found: Found,
    given: Mapping[str, Any],
    file: Path | None,
    tracker: Tracker = untracked,
    memory: "Memory | None" = None,
) -> Answer:
    """The answer to a question.

    Args:
        found: the question and its system.
        given: parameters by name.
        file: what it is about, if it is about a file.
        tracker: shows progress.
        memory: where answers are kept, if the verb's are; such an answer has no bloq.

    Raises:
        ValueError: as `ask` does.
    """
    asked = asking.asked_of(found.question, given, file, found.system.home, tracker)
    check_extras(found.question)

    def answer() -> Answer:
        return asking.answer_to(found.system, found.question, asked)

    if memory is None or not found.question.verb.is_kept:
        return answer()
    made: Answer = import_module("estimator.ask.stored").answer_from(memory, found, asked, answer)
    return made


def _only(name: str, given: Mapping[str, Any]) -> "Report":
    """The answer of a verb that has one question."""
    (found,) = questions(verb_named(name))
    report: Any = answered_by(found, given, None, on_terminal)
    return report


def _of_bloq(answer: str, bloq: Any, given: Mapping[str, Any]) -> "Report":
    """What a function of `estimator.costs.any_bloq` says of a bloq."""
    if not isinstance(bloq, import_module("qualtran").Bloq):
        raise ValueError(f"{RULE}, got {quoted(bloq)}")
    question = Question(
        verb=COST,
        name="this bloq",
        says="What a bloq costs.",
        source="ours",
        answer="",
        parameters=import_module("estimator.ask.synthesis").PRICING,
    )
    asked = asking.asked_of(question, given, None, "", on_terminal)
    found: Report = getattr(import_module("estimator.costs.any_bloq"), answer)(bloq, asked)
    return found


def drawable_by(found: Found, given: Mapping[str, Any], file: Path | None) -> Answer:
    """What a drawing is made of: a cost report, or a bloq alone where its cost cannot be told.

    Raises:
        ValueError: as `ask` does.
    """
    if found.question.target is not None:
        found = evolve(found, question=evolve(found.question, answer="any_bloq:drawable"))
    return answered_by(found, given, file, on_terminal)
