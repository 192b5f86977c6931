"""The command `quledger growth`: from what was typed to lines of output."""

import json
import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from estimator.expressions.regime import parse_regime
from estimator.growth.decide import decide
from estimator.growth.report import (
    algorithm_growth,
    answer_as_json,
    answer_as_text,
    answer_lines,
    leading_as_json,
)


def run(
    asked: Sequence[str], relation: str, regime: str | None, file: Path | None, as_json: bool
) -> Iterator[str]:
    """Lines to print.

    Args:
        asked: F and G, F alone, or the name of an algorithm.
        relation: between F and G.
        regime: what the symbols do; needed for F.
        file: questions, instead of `asked`.
        as_json: whether to print JSON.

    Raises:
        ValueError: if the arguments do not go together, or are not understood.
    """
    if file is not None:
        if asked or regime is not None:
            raise ValueError("--file takes its questions from the file alone")
        yield from _batch(file)
    elif len(asked) == 2:
        if regime is None:
            raise ValueError("a comparison needs --regime, e.g. --regime 'N->oo, eps->0'")
        answer = decide(asked[0], relation, asked[1], regime)
        yield json.dumps(answer_as_json(answer)) if as_json else answer_as_text(answer, regime)
    elif len(asked) == 1 and regime is not None and _is_expression(asked[0], regime):
        found = leading_as_json(asked[0], regime)
        yield json.dumps(found) if as_json else _leading_line(asked[0], found)
    elif len(asked) == 1:
        costs = algorithm_growth(_costs(asked[0]), regime)
        if as_json:
            yield json.dumps(costs)
            return
        for name, found in costs.items():
            yield f"{name}: {found['cost']}   [{found['regime']}]"
            yield f"  {_leading_line(name, found)}"
    else:
        raise ValueError("growth takes F and G, one expression, one algorithm, or --file")


def _is_expression(text: str, regime: str) -> bool:
    """Whether a text is about a symbol of the regime, and so not the name of an algorithm."""
    known = parse_regime(regime)
    mentioned = {*known.growing, *known.vanishing, *known.constants, *known.coupled}
    return bool(mentioned & set(re.findall(r"[A-Za-z_]\w*", text)))


def _leading_line(name: str, found: dict[str, Any]) -> str:
    if found["leading"] is None:
        return f"{name}: no leading term was found"
    return f"{name} {'~' if found['exact'] else 'between multiples of'} {found['leading']}"


def _batch(file: Path) -> Iterator[str]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise ValueError(f"{file} must be a readable text file: {problem}") from None
    for answer in answer_lines(text.splitlines()):
        yield json.dumps(answer)


def _costs(name: str) -> dict[str, Any]:
    """The symbolic costs of an algorithm whose parameters are all symbols."""
    asked = import_module("estimator.ask.registry")
    (target,) = asked.targets(name, [], None, None, "phase-gradient")
    report = import_module("estimator.costs.answer").cost_report(target)
    cost = report.cost
    return {
        "T gates": cost.t,
        "Toffoli and AND": cost.toffoli,
        "CSWAP": cost.cswap,
        "rotations": cost.rotations,
        "measurements": cost.measurements,
        "qubits": cost.qubits,
        "Toffoli depth": report.toffoli_depth,
        **{f"calls of {oracle}": calls for oracle, calls in cost.queries.items()},
    }
