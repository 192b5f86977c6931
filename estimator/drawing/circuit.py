"""Draw what a bloq is made of as a circuit."""

import math
from collections.abc import Sequence
from pathlib import Path

from qualtran import Bloq
from qualtran.symbolics import SymbolicInt

from estimator.costs.known import one_question
from estimator.costs.prices import PriceList
from estimator.drawing.opening import opened
from estimator.drawing.outline import Outline
from estimator.drawing.outline_layout import outline_layout
from estimator.drawing.score_figure import circuit_figure
from estimator.drawing.score_fold import fold_rows
from estimator.drawing.score_layout import Box, circuit_layout
from estimator.drawing.score_text import circuit_text
from estimator.drawing.wire_trace import trace
from estimator.report import ink
from estimator.report.formula import expression_text
from estimator.report.text import bloq_name

TIMES = "\N{MULTIPLICATION SIGN}"


@one_question()
def draw_circuit(
    bloq: Bloq, path: str | Path, fmt: str, title: str | None = None, per_rotation: float = 1
) -> None:
    """Write the circuit of `bloq`: the first level of decomposition with more than one operation.

    A network shows its layers, each with how often it runs. A sequence of which only the length is
    known, or not even that, shows the steps that are repeated (`estimator.drawing.outline`).

    Wires run from left to right, are named by what they hold (`estimator.drawing.wire_names`), and
    bundle bits that no gate separates; splitting and joining of registers is not drawn. A box is
    named after its bloq or, if it holds several registers, carries what they hold and the bloq's
    name above. What costs most in total is orange, in text drawn with double strokes. Wide circuits
    wrap into several systems; beyond 200 columns, 60 wires or 100 inches of height the middle is
    folded away.

    Args:
        bloq: any bloq of concrete size, or with an outline; one that cannot be opened is drawn as a
            single box.
        path: the file to write.
        fmt: one of `estimator.report.ink.FORMATS`.
        title: above the drawing; the name of the bloq if `None`.
        per_rotation: T gates that a rotation weighs in shares.

    Raises:
        ValueError: if `bloq` is symbolic without an outline or no bloq, has no gate, `fmt` is none
            of these, or `path` cannot be written.
    """
    ink.check_format("draw_circuit", fmt)
    if not isinstance(bloq, Bloq):
        raise ValueError(f"draw_circuit needs a Qualtran bloq, got {bloq!r}; pass a Bloq object.")
    found = opened(bloq)
    if isinstance(found.content, Outline):
        circuit = outline_layout(found.content)
        taken = [(_name(box), box.bloq, step.times or 0)
                 for box, step in zip(circuit.boxes, found.content.steps, strict=True)]  # fmt: skip
        content = f"outline; {found.content.note}"
    else:
        circuit = circuit_layout(trace(found.content, bloq, found.inner))
        if not circuit.n_columns:
            raise ValueError(
                f"{bloq_name(bloq)} has no gate on a wire, so there is no circuit to draw; draw "
                "its call graph"
            )
        taken = [(_name(box), box.bloq, 1) for box in circuit.boxes]
        number = sum(box.bloq is not None for box in circuit.boxes)
        content = f"{number:,} operation{'' if number == 1 else 's'}"
    hot, caption = _costliest(taken, PriceList.of(bloq, per_rotation))
    circuit = fold_rows(circuit)

    def is_hot(box: Box) -> bool:
        return box.bloq is not None and _name(box) in hot

    opening = [*([] if title is None else [bloq_name(bloq)]), *found.inside]
    mark = "double strokes" if fmt == "txt" else "orange"
    facts = [
        *([" > ".join(opening)] if opening else []),
        f"{_qubits(bloq)} in the signature",
        content,
    ]
    heading = title or bloq_name(bloq)
    costly = f"{mark}: {caption}" if caption else "no T gates or rotations"
    facts_text = f"{', '.join(facts)}; {costly}"
    if fmt == "txt":
        ink.write_text(path, f"{heading}: {facts_text}\n\n{circuit_text(circuit, is_hot)}")
    else:
        ink.write_figure(path, circuit_figure(circuit, is_hot, heading, facts_text), fmt)


def _name(box: Box) -> str:
    """The name under which the cost of a box is counted."""
    return box.name or ("" if box.bloq is None else bloq_name(box.bloq))


def _qubits(bloq: Bloq) -> str:
    """How many qubits the registers have."""
    text = expression_text(bloq.signature.n_qubits())
    return f"{text} qubit{'' if text == '1' else 's'}"


def _costliest(
    taken: Sequence[tuple[str, Bloq | None, SymbolicInt]], prices: PriceList
) -> tuple[set[str], str]:
    """Names of what costs most in all, and words about it.

    Args:
        taken: name of each box, what it does, and how often.
        prices: of what boxes do.
    """
    times: dict[str, SymbolicInt] = {}
    spent: dict[str, float] = {}
    kinds: dict[str, set[str]] = {}
    for name, bloq, number in taken:
        if bloq is None or number == 0:
            continue
        weight = prices.weight(prices[bloq]) * prices.number(number)
        times[name] = times.get(name, 0) + number
        spent[name] = spent.get(name, 0.0) + (0.0 if math.isnan(weight) else weight)
        kinds.setdefault(name, set()).add(str(prices[bloq]))
    most = max(spent.values(), default=0)
    hot = {name for name, weight in spent.items() if weight == most > 0}
    if not hot:
        return hot, ""
    share = f"{100 * most / sum(spent.values()):.0f}% of the cost{' each' if len(hot) > 1 else ''}"
    words = []
    for name in sorted(hot):
        price = f" {TIMES} {min(kinds[name])}" if len(kinds[name]) == 1 else " of several prices"
        words.append(f"{name}, {expression_text(times[name])}{price}")
    parts = [prices[bloq] for _, bloq, _ in taken if bloq is not None]
    counted = [*times.values(), *(x for part in parts for x in (part.t, part.rotations))]
    at = prices.comparison.trial_values(counted)
    where = "" if not at else f" at {', '.join(f'{x} = {value}' for x, value in at.items())}"
    turns = any(part.rotations != 0 for part in parts)
    turning = f", a rotation weighing {prices.per_rotation:g} T" if turns else ""
    return hot, f"{'; '.join(words)}; {share}{where}{turning}"
