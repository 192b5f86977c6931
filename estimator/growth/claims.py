"""The claims that an answer rests on, as a reader and JSON have them."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from attrs import evolve

from estimator.expressions.cut import side_tree
from estimator.expressions.regime import Regime, restored
from estimator.expressions.text import (
    Notation,
    monomial_text,
    number_text,
    steps_text,
    text_of,
    thresholds_text,
)
from estimator.expressions.tree import Tree, plus, whole
from estimator.growth.decide import Answer
from estimator.growth.prove import EVERY
from estimator.growth_numbers.constants import divided, openings


def claims_of(answer: Answer) -> list[dict[str, Any]]:
    """The claims that a decided or conditional answer rests on, one after the other."""
    notation = notation_of(answer.regime)
    names = _NewNames(notation)
    parts: list[dict[str, Any]] = []
    found = answer.witness if answer.condition is None else answer.condition.parts
    for values, each in zip(openings(answer.regime), found, strict=True):
        found_here = list(_parts(each, notation, names))
        for part in found_here if answer.regime.ordered else ():
            sides = [restored_text(side_tree(x), notation) for x in chain(*answer.regime.ordered)]
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
        one, two = (restored_text(tree, notation) for tree in part["rewritten"])
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


def restored_text(tree: Tree, notation: Notation) -> str:
    """A tree as text, in the symbols of the question."""
    return text_of(restored(tree, notation.vanishing), 0, notation)


def _on_path(path: Mapping[str, Any], name: str, notation: Notation) -> str:
    shown = text_of(path[name], 0, notation)
    return f"1/({shown})" if name in notation.vanishing else shown


def _claims(
    witness: Mapping[str, Any], notation: Notation, head: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    if witness.get("cases"):
        for (large, small), inner in witness["cases"]:
            one, two = (restored_text(side_tree(side), notation) for side in (large, small))
            before = f"{head['where']} and " if "where" in head else ""
            yield from _claims(inner, notation, {**head, "where": f"{before}{one} >= {two}"})
        return
    f, g = (restored_text(witness[side], notation) for side in "fg")
    fall = [monomial_text(each, notation) for each in dict.fromkeys(witness["fall"])]
    rate = "" if not fall else fall[0] if len(fall) == 1 else f"max({', '.join(fall)})"
    yield {
        **head,
        "claim": f"|{f}| <= {notation.free('C')}*{rate}{'*' if rate else ''}|{g}|",
        "left": f,
        "right": g,
        **({"rate": rate} if rate else {}),
        "C": number_text(witness["constant"], notation),
        "thresholds": thresholds_text(witness, notation),
        "steps": steps_text(witness, notation),
    }
