"""Reports on growth: verdict and witness, leading terms, a file of questions."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from estimator.ask.json_text import each_key_once
from estimator.expressions.regime import parse_regime
from estimator.expressions.text import (
    text_of,
)
from estimator.growth.answer_report import GrowthReport
from estimator.growth.asked import asked_text
from estimator.growth.claims import claims_of, notation_of
from estimator.growth.condition import conditional_as_json, conditional_lines
from estimator.growth.decide import PATIENCE, Answer, check_patience, decide, leading_term
from estimator.report.model import Report
from estimator.report.parts import Column, Fact, Kind, Notes, Part, Table
from estimator.report.text import TEXT
from estimator.verdict import Verdict
from estimator.whole_file import text_of_file


def answer_as_json(answer: Answer) -> dict[str, Any]:
    """An answer as JSON can hold it."""
    notation = notation_of(answer.regime)
    found: dict[str, Any] = {
        "verdict": answer.verdict.name,
        "relation": answer.relation,
        "f": text_of(answer.f, 0, notation),
        "g": text_of(answer.g, 0, notation),
        "seconds": round(answer.seconds, 4),
    }
    if answer.condition is not None:
        return conditional_as_json(answer.condition, found, claims_of(answer))
    if answer.verdict is Verdict.UNDECIDED:
        return {**found, "reason": answer.reason}
    return {**found, "path" if answer.verdict is Verdict.FAILS else "witness": claims_of(answer)}


def answer_as_text(answer: Answer, regime: str) -> str:
    """An answer for a reader."""
    notation = notation_of(answer.regime)
    f, g = (text_of(side, 0, notation) for side in (answer.f, answer.g))
    asked = f"{f} = {answer.relation}({g})   [{regime}]"
    lines = [f"{answer.verdict.name}  {asked}"]
    if answer.condition is not None:
        lines = conditional_lines(answer.condition, asked)
    elif answer.verdict is Verdict.UNDECIDED:
        return "\n".join([*lines, f"  {answer.reason}"])
    for part in claims_of(answer):
        lines += [f"  {part['verdict']}:"] if "verdict" in part else []
        for key in ("case", "where"):
            if key in part:
                lines.append(f"  case {part[key]}:")
        if "path" in part:
            shown = ", ".join(f"{name} = {shape}" for name, shape in part["path"].items())
            where = f", at the {part['at']}" if "at" in part else ""
            lines.append(f"  not {part['side']}: along {shown}{where}")
        left, right = part["claim"].split(" <= ")
        lines.append(f"  {left} <= {_as_factor(part['C'])} * {right.partition('*')[2]}")
        if part["thresholds"]:
            lines.append(f"  for all {', '.join(part['thresholds'])} at once")
        lines += [f"    {step}" for step in part["steps"]]
    for side, tree in (("left", answer.f), ("right", answer.g)):
        leading = leading_term(tree, answer.regime)
        if leading.tree is not None:
            like = "~" if leading.is_exact else "between multiples of"
            lines.append(f"  {side} side {like} {text_of(leading.tree, 0, notation)}")
    return "\n".join(lines)


def _as_factor(formula: str) -> str:
    """A formula in parentheses if it is a sum."""
    outside, inner = formula, ""
    while outside != inner:
        outside, inner = re.sub(r"\([^()]*\)", "", outside), outside
    return f"({formula})" if " " in outside else formula


def answer_lines(lines: Iterable[str], patience: float = PATIENCE) -> Iterator[dict[str, Any]]:
    """Answers to a file of questions, one JSON object a line.

    Args:
        lines: of the file.
        patience: processor time after which a question is given up. Unit: seconds.

    Raises:
        ValueError: if a line is not a question.
    """
    check_patience(patience)
    for place, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            question = json.loads(line, object_pairs_hook=each_key_once(f"line {place}"))
            asked = [question[key] for key in ("f", "relation", "g", "regime")]
        except (json.JSONDecodeError, TypeError, KeyError) as problem:
            raise ValueError(
                f"a question is a JSON object with f, g, relation and regime, got line {place}: "
                f"{problem}"
            ) from None
        head = {"id": question.get("id", place)}
        try:
            f, relation, g, regime = map(str, asked)
            found = {"regime": regime, **answer_as_json(decide(f, relation, g, regime, patience))}
        except ValueError as problem:
            yield {**head, "error": str(problem)}
            continue
        yield {**head, **found}


COLUMNS = (
    *("side", "case", "where", "path", "at", "claim", "left", "right", "rate", "C"),
    *("thresholds", "steps"),
)
"""What JSON says of a claim."""


def comparison(
    f: Any, relation: str, g: Any, regime: str, patience: float = PATIENCE
) -> GrowthReport:
    """Whether f is in the relation to g, with its witness.

    Args:
        f: text, a number, or an expression of SymPy or Qualtran.
        relation: one of `RELATIONS` of `expressions.relations`.
        g: likewise.
        regime: what the symbols do.
        patience: processor time after which it is given up. Unit: seconds.

    Raises:
        ValueError: if something is not understood.
    """
    known = parse_regime(regime)
    one, two = (asked_text(side, known) for side in (f, g))
    answer = decide(one, relation, two, regime, patience)
    found = answer_as_json(answer)
    parts: list[Part] = [
        Fact(key=key, value=found[key], style=TEXT, place="data")
        for key in ("condition", "relation", "f", "g")
        if key in found
    ]
    parts.append(
        Fact(
            key="seconds",
            value=found["seconds"],
            unit="seconds",
            kind=Kind.MEASURED,
            place="data",
        )
    )
    for key in ("witness", "path", "cases"):
        if key in found:
            shown = ("verdict", *COLUMNS) if key == "cases" else COLUMNS
            columns = [Column(key=x) for x in shown]
            parts.append(Table(key=key, columns=columns, rows=found[key], place="data"))
    if "reason" in found:
        parts.append(Fact(key="reason", value=found["reason"], style=TEXT, place="data"))
    lines = answer_as_text(answer, regime).splitlines()
    parts.append(Notes(key="shown answer", lines=lines, wraps=False, place="shown"))
    return GrowthReport(
        title=f"{one} {relation} {two}",
        settings={"regime": regime},
        parts=parts,
        verdict=answer.verdict,
        head="none",
        f=found["f"],
        relation=answer.relation,
        g=found["g"],
        condition=found.get("condition"),
        names=notation_of(answer.regime).taken,
        vanishing=frozenset(answer.regime.vanishing),
    )


def leading(expression: str, regime: str) -> Report:
    """The leading term of an expression.

    Raises:
        ValueError: if something is not understood.
    """
    found = leading_as_json(expression, regime)
    return Report(
        title=f"leading term of {expression}",
        settings={"regime": regime},
        head="none",
        parts=[
            *(Fact(key=key, value=x, style=TEXT, place="data") for key, x in found.items()),
            Notes(
                key="shown leading",
                lines=[leading_line(expression, found)],
                wraps=False,
                place="shown",
            ),
        ],
    )


def leading_line(name: str, found: Mapping[str, Any]) -> str:
    """A leading term in words."""
    if found["leading"] is None:
        return f"{name}: no leading term was found"
    return f"{name} {'~' if found['exact'] else 'between multiples of'} {found['leading']}"


def is_about(text: str, regime: str) -> bool:
    """Whether a text mentions a symbol of a regime, and so is no name of an algorithm.

    Raises:
        ValueError: if the regime is not understood.
    """
    known = parse_regime(regime)
    mentioned = {*known.growing, *known.vanishing, *known.constants, *known.coupled}
    return bool(mentioned & set(re.findall(r"[A-Za-z_]\w*", text)))


def batch(file: Path, patience: float = PATIENCE) -> Iterator[dict[str, Any]]:
    """Answers to the questions in a file, one JSON object a line.

    Args:
        file: of questions.
        patience: processor time after which a question is given up. Unit: seconds.

    Raises:
        ValueError: if it cannot be read, or a line is not a question.
    """
    try:
        text = text_of_file(file)
    except (OSError, UnicodeDecodeError) as problem:
        raise ValueError(f"{file} must be a readable text file: {problem}") from None
    yield from answer_lines(text.splitlines(), patience)


def leading_as_json(expression: Any, regime: str) -> dict[str, Any]:
    """The leading term of an expression."""
    leading = leading_term(expression, regime)
    notation = notation_of(parse_regime(regime))
    shown = None if leading.tree is None else text_of(leading.tree, 0, notation)
    return {"leading": shown, "exact": leading.is_exact}
