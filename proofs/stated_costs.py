"""What the library states about its examples, beside what is found in their circuits."""

from collections import Counter
from functools import cache
from types import ModuleType
from typing import Any

import attrs
import sympy
from qualtran import Bloq, BloqExample
from qualtran import DecomposeNotImplementedError as NoDecomposition
from qualtran.resource_counting import get_bloq_callee_counts
from qualtran.resource_counting.generalizers import ignore_alloc_free, ignore_split_join

from estimator.costs.cost import Cost, cost_by_annotation, cost_by_counting
from estimator.costs.keys import Oracle
from estimator.discover import instances_of
from estimator.symbols import theta
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
        if _controls_itself(bloq) and not has_control:
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
            _is_sketch(getattr(value, field.name)) for field in attrs.fields(value.__class__)
        )
    return value is None


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
    if hasattr(bloq, "decompose_from_registers"):
        return 0
    kinds = (ignore_split_join, ignore_alloc_free, _any_angle)
    listed = _counts(bloq, kinds)
    try:
        circuit = _counts(bloq.decompose_bloq(), kinds)
    except NoDecomposition:  # one elementary gate
        return 0
    return sum(listed[each] != circuit[each] for each in {*listed, *circuit})


def _counts(bloq: Bloq, kinds: Any) -> Counter[Bloq]:
    counts: Counter[Bloq] = Counter()
    for callee, number in get_bloq_callee_counts(bloq, generalizer=kinds):
        counts[callee] += number
    return counts


def _any_angle(bloq: Bloq) -> Bloq:
    """`bloq` with a generic angle, as a call graph lists phases whose number alone matters."""
    fields = attrs.fields(type(bloq)) if attrs.has(type(bloq)) else ()
    angles = [field.name for field in fields if field.name.startswith("phi")]
    floats = [name for name in angles if isinstance(getattr(bloq, name), float)]
    return attrs.evolve(bloq, **dict.fromkeys(floats, theta)) if floats else bloq


def _columns(cost: Cost) -> dict[str, Any]:
    return {name: getattr(cost, name) for name in COLUMNS}
