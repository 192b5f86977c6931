"""How far a bloq is opened before it is drawn: until there is more than one box."""

from collections.abc import Mapping
from typing import Any

import attrs
import sympy
from attrs import field, frozen
from qualtran import Bloq, CompositeBloq
from qualtran.bloqs.bookkeeping import Allocate, Free

from estimator.costs.prices import BOOKKEEPING, callees, is_gate
from estimator.drawing.outline import Outline, outline_of
from estimator.report.text import bloq_name

MOST_OPENED = 1000
"""A single box that would become more operations than this stays closed."""


@frozen
class Opened:
    """What is drawn of a bloq.

    Args:
        content: its circuit, or an outline.
        inner: circuits to be drawn in place of bloqs in that circuit.
        inside: names of the bloqs that were opened one after another, the bloq itself left out.
    """

    content: CompositeBloq | Outline
    inner: Mapping[Bloq, CompositeBloq] = field(factory=dict)
    inside: tuple[str, ...] = ()


def opened(bloq: Bloq) -> Opened:
    """The first level of decomposition with more than one operation.

    Layers of a network are drawn as its outline says. So is what has no circuit, because a size is
    a symbol or an angle is not known. What cannot be opened, or is too large, is a single box.

    Raises:
        ValueError: if a size is a symbol, and there is no outline.
    """
    circuits: dict[Bloq, CompositeBloq] = {}
    passed = [bloq]
    while True:
        current = passed[-1]
        outline = outline_of(current)
        circuit = None if outline is not None and outline.layers else _decomposed(current)
        if outline is not None and circuit is None:
            return Opened(outline, inside=tuple(map(bloq_name, passed[1:])))
        if circuit is None:
            step = _only_callee(current)
        else:
            step = _only_operation(circuit)
            if len(circuits) == len(passed) - 1:  # else what is around it has none
                circuits[current] = circuit
        if step is None or step in passed or is_gate(step) or _is_large(step):
            break
        passed.append(step)
    if bloq not in circuits:
        _refuse_symbols(bloq)
        return Opened(bloq.as_composite_bloq())
    whole = circuits.pop(bloq)
    return Opened(whole, circuits, tuple(map(bloq_name, circuits)))


def _decomposed(bloq: Bloq) -> CompositeBloq | None:
    """One level of decomposition; `None` if there is none."""
    if _symbols([(reg.bitsize, reg.shape_symbolic) for reg in bloq.signature]):
        return None
    if isinstance(bloq, CompositeBloq):
        return bloq
    try:
        return bloq.decompose_bloq()
    except Exception:  # "I am a gate" and "I am symbolic" come as many kinds of error
        return None


def _only_operation(circuit: CompositeBloq) -> Bloq | None:
    """The operation of a circuit of one; making and freeing bits and global phases are none."""
    hidden = (*BOOKKEEPING, Allocate, Free)
    steps = [
        each.bloq
        for each in circuit.bloq_instances
        if not isinstance(each.bloq, hidden) and len(each.bloq.signature)
    ]
    return steps[0] if len(steps) == 1 else None


def _only_callee(bloq: Bloq) -> Bloq | None:
    """What a bloq without a circuit calls, if that is one bloq, once, on all its qubits."""
    found = callees(bloq) or {}
    if list(found.values()) != [1]:
        return None
    (step,) = found
    width = sympy.expand(bloq.signature.n_qubits() - step.signature.n_qubits())
    return step if width == 0 else None


def _is_large(bloq: Bloq) -> bool:
    """Whether a bloq is made of too many others."""
    times = sum((callees(bloq) or {}).values(), 0)
    return bool(sympy.sympify(times).is_number and times > MOST_OPENED)


def _refuse_symbols(bloq: Bloq) -> None:
    """Refuse a bloq that has no circuit because of its symbols.

    Raises:
        ValueError: if it is one.
    """
    symbols = _symbols([(reg.bitsize, reg.shape_symbolic) for reg in bloq.signature])
    if not symbols and not is_gate(bloq):
        symbols = _symbols(bloq)
    if symbols:
        raise ValueError(
            f"A circuit needs a number for every size, got {bloq_name(bloq)} symbolic in "
            f"{', '.join(sorted(symbols))}; give numbers for its symbols."
        )


def _symbols(value: Any) -> set[str]:
    """Names of the symbols anywhere inside a bloq's fields."""
    if isinstance(value, sympy.Basic):
        return {str(symbol) for symbol in value.free_symbols}
    if attrs.has(type(value)):
        value = [getattr(value, each.name) for each in attrs.fields(type(value)) if each.init]
    if isinstance(value, (tuple, list, set, frozenset)):
        return {name for each in value for name in _symbols(each)}
    return set()
