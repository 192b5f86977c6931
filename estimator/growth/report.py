"""Reports on growth: verdict and witness, leading terms, a file of questions."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from attrs import evolve

from estimator.ask.json_text import each_key_once
from estimator.expressions.cut import side_tree
from estimator.expressions.regime import Regime, parse_regime, restored
from estimator.expressions.text import (
    Notation,
    monomial_text,
    number_text,
    steps_text,
    text_of,
    thresholds_text,
)
from estimator.expressions.tree import Tree, plus, whole
from estimator.growth.condition import conditional_as_json, conditional_lines
from estimator.growth.constants import divided, openings
from estimator.growth.decide import Answer, decide, leading_term
from estimator.growth.prove import EVERY
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


def claims_of(answer: Answer) -> list[dict[str, Any]]:
    """The claims that a decided or conditional answer rests on, one after the other."""
    notation = notation_of(answer.regime)
    names = _NewNames(notation)
    parts: list[dict[str, Any]] = []
    found = answer.witness if answer.condition is None else answer.condition.parts
    for values, each in zip(openings(answer.regime), found, strict=True):
        found_here = list(_parts(each, notation, names))
        for part in found_here if answer.regime.ordered else ():
            sides = [_restored_text(side_tree(x), notation) for x in chain(*answer.regime.ordered)]
            where = [f"{one} >= {two}" for one, two in zip(sides[::2], sides[1::2], strict=True)]
            part["where"] = " and ".join([*where, *([part["where"]] if "where" in part else [])])
        for name, value in values.items():
            if value not in (("x", name), plus(whole(0), ("x", name))):
                found_here = [names.renamed(part, name, value) for part in found_here]
        parts += found_here
    return parts


def notation_of(regime: Regime) -> Notation:
    """How things are written in an answer in which the symbols of a regime occur."""
    names = frozenset((*regime.growing, *regime.vanishing, *regime.constants, *regime.coupled))
    return Notation(frozenset(regime.vanishing), names)


class _NewNames:
    """Names for what a constant is written in where its values are taken apart."""

    def __init__(self, notation: Notation) -> None:
        self._notation = notation

    def renamed(self, part: dict[str, Any], name: str, value: Tree) -> dict[str, Any]:
        """A claim in which `name` stands for what is inside `value`, with a name of its own.

        Its case says what the constant itself is.
        """
        number = 1
        while (new := f"{name}{number}") in self._notation.taken or re.search(
            rf"\b{new}\b", str(part)
        ):
            number += 1
        inside = re.compile(rf"\b{re.escape(name)}\b(?!\()")
        shown = inside.sub(new, text_of(value, 0, self._notation))
        ends = f", {new} > 0" if new in shown else ""
        changed = {key: _rewritten(each, inside, new) for key, each in part.items()}
        case = f"{name} = {shown}{ends}"
        before = changed.pop("case", None)
        return {"case": f"{case}; {before}" if before else case, **changed}


def _rewritten(value: Any, name: "re.Pattern[str]", new: str) -> Any:
    """A text, or the texts of a list or of the values of a mapping, with another name."""
    if isinstance(value, str):
        return name.sub(new, value)
    if isinstance(value, Mapping):
        return {key: _rewritten(each, name, new) for key, each in value.items()}
    return [_rewritten(each, name, new) for each in value]


def _parts(
    part: Mapping[str, Any], notation: Notation, names: _NewNames, where: str = ""
) -> Iterator[dict[str, Any]]:
    """The claims of an answer, one after the other."""
    if "within" in part:
        yield from _parts(part["part"], notation, names, where)
        return
    if "divided" in part:
        name, value = part["divided"]
        for values, inner in zip(divided(name, value), part["parts"], strict=True):
            for each in _parts(inner, notation, names, where):
                for changed, meaning in values.items():
                    each = names.renamed(each, changed, meaning)
                yield each
        return
    if "verdict" in part:
        for each in _parts(part["witness"], notation, names, where):
            yield {"verdict": part["verdict"].upper(), **each}
        return
    if "rewritten" in part:
        one, two = (_restored_text(tree, notation) for tree in part["rewritten"])
        yield from _parts(part["part"], notation, names, f"as {one} against {two}")
        return
    for side, given in part.items():
        head: dict[str, Any] = {**({"case": where} if where else {}), "side": side}
        witness = given["part"] if "power" in given else given
        if given.get("power") == ("x", EVERY):
            every = f"every {notation.symbol(EVERY)} > 0"
            head["case"] = f"{head['case']}, {every}" if where else every
        path = witness.get("path")
        if path is None:
            yield from _claims(witness, notation, head)
        else:
            along = evolve(notation, vanishing=frozenset())
            shown = {name: _on_path(path, name, notation) for name in path}
            head |= {"path": shown}
            if "phase" in witness:
                x, height, _ = witness["phase"]
                head |= {"at": f"points where {text_of(plus(x, whole(height)), 0, along)} is whole"}
            yield from _claims(witness["along"], along, head)


def _restored_text(tree: Tree, notation: Notation) -> str:
    return text_of(restored(tree, notation.vanishing), 0, notation)


def _on_path(path: Mapping[str, Any], name: str, notation: Notation) -> str:
    shown = text_of(path[name], 0, notation)
    return f"1/({shown})" if name in notation.vanishing else shown


def _claims(
    witness: Mapping[str, Any], notation: Notation, head: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    if witness.get("cases"):
        for (large, small), inner in witness["cases"]:
            one, two = (_restored_text(side_tree(side), notation) for side in (large, small))
            yield from _claims(inner, notation, {**head, "where": f"{one} >= {two}"})
        return
    f, g = (_restored_text(witness[side], notation) for side in "fg")
    fall = [monomial_text(each, notation) for each in dict.fromkeys(witness["fall"])]
    rate = "" if not fall else f"{fall[0]}*" if len(fall) == 1 else f"max({', '.join(fall)})*"
    yield {
        **head,
        "claim": f"|{f}| <= {notation.free('C')}*{rate}|{g}|",
        "C": number_text(witness["constant"], notation),
        "thresholds": thresholds_text(witness, notation),
        "steps": steps_text(witness, notation),
    }


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


def answer_lines(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Answers to a file of questions, one JSON object a line.

    Raises:
        ValueError: if a line is not a question.
    """
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
            found = answer_as_json(decide(f, relation, g, regime))
        except ValueError as problem:
            yield {**head, "error": str(problem)}
            continue
        yield {**head, **found}


def comparison(f: str, relation: str, g: str, regime: str) -> Report:
    """Whether f is in the relation to g, with its witness.

    Raises:
        ValueError: if something is not understood.
    """
    answer = decide(f, relation, g, regime)
    found = answer_as_json(answer)
    names = ("side", "case", "where", "path", "at", "claim", "C", "thresholds", "steps")
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
            shown = ("verdict", *names) if key == "cases" else names
            parts.append(
                Table(
                    key=key, columns=[Column(key=x) for x in shown], rows=found[key], place="data"
                )
            )
    if "reason" in found:
        parts.append(Fact(key="reason", value=found["reason"], style=TEXT, place="data"))
    lines = answer_as_text(answer, regime).splitlines()
    parts.append(Notes(key="shown answer", lines=lines, wraps=False, place="shown"))
    return Report(
        title=f"{f} {relation} {g}",
        settings={"regime": regime},
        parts=parts,
        verdict=answer.verdict,
        head="none",
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


def batch(file: Path) -> Iterator[dict[str, Any]]:
    """Answers to the questions in a file, one JSON object a line.

    Raises:
        ValueError: if it cannot be read, or a line is not a question.
    """
    try:
        text = text_of_file(file)
    except (OSError, UnicodeDecodeError) as problem:
        raise ValueError(f"{file} must be a readable text file: {problem}") from None
    yield from answer_lines(text.splitlines())


def leading_as_json(expression: Any, regime: str) -> dict[str, Any]:
    """The leading term of an expression."""
    leading = leading_term(expression, regime)
    notation = notation_of(parse_regime(regime))
    shown = None if leading.tree is None else text_of(leading.tree, 0, notation)
    return {"leading": shown, "exact": leading.is_exact}
