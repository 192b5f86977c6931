"""Draw one level of a bloq's decomposition as a circuit."""

import math
from collections import Counter
from pathlib import Path
from typing import Any

import attrs
import sympy
from qualtran import Bloq, CompositeBloq

from estimator.costs.prices import PriceList, is_gate
from estimator.drawing.score_figure import circuit_figure
from estimator.drawing.score_fold import fold_rows
from estimator.drawing.score_layout import Box, Circuit, circuit_layout
from estimator.drawing.score_text import circuit_text
from estimator.drawing.wire_trace import trace
from estimator.report import ink
from estimator.report.text import bloq_name

TIMES = "\N{MULTIPLICATION SIGN}"


def draw_circuit(bloq: Bloq, path: str | Path, fmt: str, title: str | None = None) -> None:
    """Write the circuit of `bloq`, one level of decomposition deep.

    Wires run from left to right and bundle bits that no gate separates; splitting and joining
    of registers is not drawn. A box is named after its bloq or, if it holds several registers,
    carries their names and the bloq's above. The kind of gate that costs most in total is
    orange, in text drawn with double strokes. Wide circuits wrap into several systems; beyond
    200 columns, 60 wires or 100 inches of height the middle is folded away.

    Args:
        bloq: any bloq of concrete size; one without a decomposition is drawn as a single box.
        path: the file to write.
        fmt: "svg", "png" or "txt".
        title: above the drawing; the name of the bloq if `None`.

    Raises:
        ValueError: if `bloq` is symbolic or no bloq, `fmt` is none of these, or `path` cannot
            be written.
    """
    ink.check_format("draw_circuit", fmt)
    if not isinstance(bloq, Bloq):
        raise ValueError(f"draw_circuit needs a Qualtran bloq, got {bloq!r}; pass a Bloq object.")
    circuit = circuit_layout(trace(_opened(bloq)))
    hot, caption = _costliest(circuit)
    qubits, gates = bloq.signature.n_qubits(), sum(box.bloq is not None for box in circuit.boxes)
    size = [] if title is None else [bloq_name(bloq)]
    size += [f"{qubits:,} qubit{'' if qubits == 1 else 's'} in the signature"]
    size.append(f"{gates:,} operation{'' if gates == 1 else 's'}")
    circuit = fold_rows(circuit)

    def is_hot(box: Box) -> bool:
        return box.bloq is not None and bloq_name(box.bloq) in hot

    mark = "double strokes" if fmt == "txt" else "orange"
    facts = ", ".join([*size, f"{mark}: {caption}" if caption else "no T gates or rotations"])
    if fmt == "txt":
        text = f"{title or bloq_name(bloq)}: {facts}\n\n{circuit_text(circuit, is_hot)}"
        ink.write_text(path, text)
    else:
        ink.write_figure(
            path, circuit_figure(circuit, is_hot, title or bloq_name(bloq), facts), fmt
        )


def _opened(bloq: Bloq) -> CompositeBloq:
    """One level of decomposition, or the bloq alone if it has none."""
    symbols = _symbols([(reg.bitsize, reg.shape_symbolic) for reg in bloq.signature])
    if not symbols:
        if isinstance(bloq, CompositeBloq):
            return bloq
        try:
            return bloq.decompose_bloq()
        except Exception:  # "I am a gate" and "I am symbolic" come as many kinds of error
            symbols = set() if is_gate(bloq) else _symbols(bloq)
    if symbols:
        raise ValueError(
            f"A circuit needs a number for every size, got {bloq_name(bloq)} symbolic in "
            f"{', '.join(sorted(symbols))}; give numbers for its symbols."
        )
    return bloq.as_composite_bloq()


def _symbols(value: Any) -> set[str]:
    """Names of the symbols anywhere inside a bloq's fields."""
    if isinstance(value, sympy.Basic):
        return {str(symbol) for symbol in value.free_symbols}
    if attrs.has(type(value)):
        value = [getattr(value, each.name) for each in attrs.fields(type(value))]
    if isinstance(value, (tuple, list, set, frozenset)):
        return {name for each in value for name in _symbols(each)}
    return set()


def _costliest(circuit: Circuit) -> tuple[set[str], str]:
    """Names of the bloqs that cost most over all their boxes, and words about them."""
    prices = PriceList()
    times: Counter[str] = Counter()
    spent: dict[str, float] = {}
    kinds: dict[str, set[str]] = {}
    for bloq in (box.bloq for box in circuit.boxes if box.bloq is not None):
        name, weight = bloq_name(bloq), prices.weight(prices[bloq])
        times[name] += 1
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
        words.append(f"{name}, {times[name]:,}{price}")
    return hot, f"{'; '.join(words)}; {share}"
