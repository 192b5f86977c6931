"""Reads growth answers from a file: JSON, JSON lines, or text as `growth` prints it."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from estimator.ask.json_text import each_key_once, short_integer
from estimator.ask.parameter import quoted
from estimator.ask.text_file import TextFile, texts_of
from estimator.expressions.relations import RELATIONS

SOFT = r"~O\[[^\]]*\]"
"""A relation that names the variables of which logarithms do not count."""

VERDICTS = ("HOLDS", "FAILS", "UNDECIDED")

RULE = (
    "an audit reads what `quledger growth` printed, as text or by --json, or what "
    "`quledger growth --file` did"
)


@frozen(kw_only=True)
class WrittenAnswer:
    """An answer as it was written.

    Args:
        name: which of the file's, for a reader.
        verdict: one of `VERDICTS`.
        relation: one of `RELATIONS`, or `~O[N]`.
        f: left side.
        g: right side.
        regime: what symbols do.
        claims: each as JSON has it; with a condition each has a verdict of its own.
        condition: for which constants it holds; empty if that is not the same for all.
    """

    name: str
    verdict: str
    relation: str
    f: str
    g: str
    regime: str
    claims: tuple[Mapping[str, Any], ...]
    condition: str = ""


@frozen
class FileRead:
    """What a file holds.

    Args:
        answers: with a verdict.
        refused: questions that were answered by a refusal.
    """

    answers: tuple[WrittenAnswer, ...]
    refused: int


def answers_in(file: str | Path) -> FileRead:
    """The answers in a file, or of what comes in if it is `-`.

    Raises:
        ValueError: if it cannot be read or holds something else; in one sentence.
    """
    (text,) = texts_of({"audit": TextFile(name="audit", meaning="").parse(file)}, ("audit",))
    if not text.strip():
        raise ValueError(f"{RULE}, got nothing in {quoted(str(file))}")
    if text.lstrip()[0] in "{[":
        objects = list(_objects(text))
        kept = [pair for pair in objects if "error" not in pair[1] or "verdict" in pair[1]]
        answers = tuple(answer_of(where, each) for where, each in kept)
        return FileRead(answers, len(objects) - len(kept))
    return FileRead(tuple(_from_text(text)), 0)


def _objects(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The JSON objects of a text, with where each stands."""
    try:
        found = _json(text, "the file")
    except json.JSONDecodeError:
        lines = [(place, x) for place, x in enumerate(text.splitlines(), 1) if x.strip()]
        for place, line in lines:
            try:
                each = _json(line, f"line {place}")
            except json.JSONDecodeError as problem:
                raise ValueError(f"{RULE}; line {place} is no JSON: {problem}") from None
            yield f"line {place}", _object(each, f"line {place}")
        return
    several = found if isinstance(found, list) else [found]
    for place, each in enumerate(several, 1):
        where = "the answer" if len(several) == 1 else f"answer {place}"
        yield where, _object(each, where)


def _json(text: str, where: str) -> Any:
    try:
        return json.loads(
            text, object_pairs_hook=each_key_once(where), parse_int=short_integer(where)
        )
    except RecursionError:
        raise ValueError(f"{RULE}; {where} is nested too deeply") from None


def _object(each: Any, where: str) -> dict[str, Any]:
    if not isinstance(each, dict):
        raise ValueError(f"{RULE}; {where} is no JSON object")
    return each


def answer_of(where: str, found: Mapping[str, Any]) -> WrittenAnswer:
    """An answer as JSON has it.

    Raises:
        ValueError: if it is none.
    """
    settings = found.get("settings")
    regime = settings.get("regime") if isinstance(settings, dict) else found.get("regime")
    asked = {**found, "regime": regime}
    for key in ("verdict", "relation", "f", "g", "regime"):
        if not isinstance(asked.get(key), str):
            raise ValueError(f"{RULE}; {where} says no {key}, write {key} as a text")
    condition = found.get("condition") or ""
    if not isinstance(condition, str):
        raise ValueError(f"{RULE}; {where} has a condition that is no text")
    key = "cases" if condition else "path" if asked["verdict"] == "FAILS" else "witness"
    rows = [] if found.get(key) is None else found[key]
    return _checked(
        WrittenAnswer(
            name=str(found.get("id", where)),
            **{key: asked[key] for key in ("verdict", "relation", "f", "g", "regime")},
            claims=tuple(_row(each, where) for each in _list(rows, "witness or path", where)),
            condition=condition,
        ),
        where,
    )


def _list(found: Any, name: str, where: str) -> list[Any]:
    if not isinstance(found, list):
        raise ValueError(f"{RULE}; {where} has a {name} that is no list")
    return found


def _row(each: Any, where: str) -> Mapping[str, Any]:
    row = {key: value for key, value in _object(each, where).items() if value is not None}
    for key in ("claim", "C"):
        if not isinstance(row.get(key), str):
            raise ValueError(f"{RULE}; a claim of {where} has no {key}, write {key} as a text")
    for key in ("side", "case", "where", "at"):
        if not isinstance(row.get(key, ""), str):
            raise ValueError(f"{RULE}; a claim of {where} has a {key} that is no text")
    for key in ("thresholds", "steps"):
        if any(not isinstance(x, str) for x in _list(row.get(key, []), key, where)):
            raise ValueError(f"{RULE}; a claim of {where} has {key} that are no texts")
    path = row.get("path", {})
    if not isinstance(path, dict) or any(not isinstance(x, str) for x in path.values()):
        raise ValueError(f"{RULE}; a claim of {where} has a path that is no mapping of texts")
    return row


def _checked(answer: WrittenAnswer, where: str) -> WrittenAnswer:
    relation = "~O" if re.fullmatch(SOFT, answer.relation) else answer.relation
    told = [each.get("verdict") for each in answer.claims] if answer.condition else []
    for key, value, known in (
        ("verdict", answer.verdict, VERDICTS),
        ("relation", relation, RELATIONS),
        *(("verdict of a case", each, VERDICTS[:2]) for each in told),
    ):
        if value not in known:
            raise ValueError(f"{RULE}; the {key} of {where} is {quoted(value)}, it must be one of "
                             f"{', '.join(known)}")  # fmt: skip
    return answer


_IFF = r"HOLDS iff .*?|HOLDS for some constants, FAILS for others"
HEAD = re.compile(
    rf"(?:({'|'.join(VERDICTS)})  |({_IFF})   )"
    rf"(.*) = ({'|'.join(RELATIONS)}|{SOFT})\((.*)\)   \[(.*)\]\s*"
)
_PATH = re.compile(
    r"  not (O|o|Omega|omega|~O|~): along (.*?)(?:, at the (points where .* is whole))?\s*"
)
_IF = re.compile(r"  (HOLDS|FAILS) if .*")
_CLAIM = re.compile(r"  (\|[^|]*\|) <= (.*?) \* ((?:[^|]*\*)?\|[^|]*\|)\s*")


def _from_text(text: str) -> Iterator[WrittenAnswer]:
    heads: list[tuple[str, re.Match[str]]] = []
    bodies: list[list[tuple[int, str]]] = []
    for place, line in enumerate(text.splitlines(), 1):
        if head := HEAD.fullmatch(line):
            heads.append((f"line {place}", head))
            bodies.append([])
        elif bodies:
            bodies[-1].append((place, line))
        elif line.strip():
            raise ValueError(f"{RULE}; line {place} is {quoted(line)}")
    for (where, head), body in zip(heads, bodies, strict=True):
        verdict, condition, f, relation, g, regime = head.groups()
        rows = [] if verdict == "UNDECIDED" else _rows(body)
        if condition and not condition.startswith("HOLDS iff"):
            said = [line.strip() for _, line in body if _IF.fullmatch(line)]
            condition = "; ".join(said)
        yield WrittenAnswer(
            name=where, verdict=verdict or "UNDECIDED", relation=relation, f=f, g=g, regime=regime,
            claims=tuple(rows), condition=condition or "",
        )  # fmt: skip


def _rows(body: list[tuple[int, str]]) -> Iterator[dict[str, Any]]:
    """The claims of one printed answer."""
    row: dict[str, Any] = {}
    for place, line in body:
        if line.startswith("    ") and "claim" in row:
            row["steps"].append(line.strip())
            continue
        if "claim" in row and not line.startswith("  for all "):
            yield row
            row = {}
        if case := re.fullmatch(r"  case (.*):\s*", line):
            is_order = " >= " in case[1] and " = " not in case[1]
            row["where" if is_order else "case"] = case[1]
        elif verdict := re.fullmatch(r"  (HOLDS|FAILS):\s*", line):
            row["verdict"] = verdict[1]
        elif path := _PATH.fullmatch(line):
            row |= {"side": path[1], "path": _pairs(path[2], place)}
            row |= {"at": path[3]} if path[3] else {}
        elif claim := _CLAIM.fullmatch(line):
            row |= {"claim": f"{claim[1]} <= C*{claim[3]}", "C": claim[2]}
            row |= {"thresholds": [], "steps": []}
        elif beyond := re.fullmatch(r"  for all (.*) at once\s*", line):
            row.setdefault("thresholds", []).extend(_split(beyond[1]))
        elif (
            line.strip()
            and not _IF.fullmatch(line)
            and not re.match(r"  (left|right) side (~|between)", line)
        ):
            raise ValueError(f"{RULE}; line {place} is {quoted(line)}")
    if "claim" in row:
        yield row


def _pairs(text: str, place: int) -> dict[str, str]:
    parts = [each.partition(" = ") for each in _split(text)]
    if any(not shape for _, _, shape in parts):
        raise ValueError(f"{RULE}; the path in line {place} is {quoted(text)}")
    return {name: shape for name, _, shape in parts}


def _split(text: str) -> list[str]:
    """Parts between commas that stand outside of parentheses."""
    found, depth = [""], 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            found.append("")
        else:
            found[-1] += letter
    return [part.strip() for part in found if part.strip()]
