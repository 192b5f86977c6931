"""What the library states about its examples, beside what is found in their circuits."""

from collections import Counter
from functools import cache
from types import ModuleType
from typing import Any

import attrs
import sympy
from qualtran import Bloq, BloqExample, DecomposeTypeError
from qualtran.resource_counting import get_bloq_callee_counts

from bloqs.same_calls import SAME_CALLS
from estimator.costs.cost import Cost, cost_by_annotation, cost_by_counting
from estimator.costs.keys import Oracle
from estimator.discover import instances_of
from proofs.claim import Measurement

COLUMNS = ("t", "toffoli", "cswap", "rotations", "measurements", "qubits")

LARGEST = 1000
"""Gates other than Clifford gates, as stated, up to which an example is counted in the ledger."""


@cache
def examples(*packages: ModuleType) -> dict[str, Bloq]:
    """Every example of packages that has a small circuit, by its name, and its controlled form.

    Larger ones are compositions of these.
    """
    found: dict[str, Bloq] = {}
    walked = [each for package in packages for each in instances_of(BloqExample, package).items()]
    for full, example in walked:
        name, bloq = full.split(":")[1].strip("_"), example.make()
        if _is_sketch(bloq) or isinstance(bloq, Oracle) or _gates(bloq) > LARGEST:
            continue
        found[name] = bloq
        has_control = any(register.name == "ctrl" for register in bloq.signature)
        if _controls_itself(bloq) and not has_control and not _measures(bloq):
            found[f"{name}, controlled"] = bloq.controlled()
    return found


def _gates(bloq: Bloq) -> int:
    columns = _columns(cost_by_annotation(bloq))
    return int(sum(columns.values()) - columns["qubits"])


def _is_sketch(value: Any) -> bool:
    """Whether a size is a symbol, or a table is missing, here or in a part."""
    if isinstance(value, sympy.Basic):
        return bool(value.free_symbols)
    if isinstance(value, tuple):
        return any(map(_is_sketch, value))
    if attrs.has(type(value)):
        return any(
            _is_sketch(getattr(value, field.name))
            for field in attrs.fields(value.__class__)
            if field.init
        )
    return value is None


def _measures(bloq: Bloq) -> bool:
    """Whether the circuit is one of Cirq operations, some of which follow measurements."""
    return hasattr(bloq, "decompose_from_registers")


def _controls_itself(bloq: Bloq) -> bool:
    return type(bloq).get_ctrl_system is not Bloq.get_ctrl_system


def stated(bloq: Bloq) -> dict[str, Any]:
    """What the call graph says, by column; and that it lists exactly what the circuit calls."""
    return {**_columns(cost_by_annotation(bloq)), "calls listed wrongly": 0}


def found(bloq: Bloq) -> tuple[dict[str, Any], Measurement]:
    """What is in the flattened circuit, by column, and in how many calls the two differ."""
    cost = cost_by_counting(bloq)
    columns = _columns(cost)
    gates = sum(columns.values()) - columns["qubits"] + (cost.cliffords or 0)
    run = Measurement(value=0.0, qubits=int(cost.qubits), gates=gates, fidelity="counted")
    return {**columns, "calls listed wrongly": _listed_wrongly(bloq)}, run


def _listed_wrongly(bloq: Bloq) -> int:
    """Calls, Clifford gates among them, that call graph and circuit count differently.

    A circuit with classical feedback is written as gates, so that there are no calls to compare.
    """
    if _measures(bloq):
        return 0
    listed = _counts(bloq)
    try:
        circuit = _counts(bloq.decompose_bloq())
    except DecomposeTypeError:  # one elementary gate
        return 0
    return sum(listed[each] != circuit[each] for each in {*listed, *circuit})


def _counts(bloq: Bloq) -> Counter[Bloq]:
    counts: Counter[Bloq] = Counter()
    for callee, number in get_bloq_callee_counts(bloq, generalizer=SAME_CALLS):
        counts[callee] += number
    return counts


def _columns(cost: Cost) -> dict[str, Any]:
    return {name: getattr(cost, name) for name in COLUMNS}
