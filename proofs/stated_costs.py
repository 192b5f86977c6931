"""What the library states about its examples, beside what is found in their circuits."""

from functools import cache
from types import ModuleType
from typing import Any

import attrs
import sympy
from qualtran import Bloq, BloqExample
from qualtran.symbolics import is_symbolic

from estimator.cost import Cost, cost_by_annotation, cost_by_counting
from estimator.discover import instances_of
from estimator.keys import Oracle
from proofs.claim import Measurement

COLUMNS = ("t", "toffoli", "cswap", "rotations", "measurements", "qubits")


@cache
def examples(package: ModuleType) -> dict[str, Bloq]:
    """Every example of a package that has a circuit, by its name, and its controlled form."""
    found: dict[str, Bloq] = {}
    for full, example in instances_of(BloqExample, package).items():
        name, bloq = full.split(":")[1].strip("_"), example.make()
        if _is_sketch(bloq) or isinstance(bloq, Oracle):
            continue
        found[name] = bloq
        has_control = any(register.name == "ctrl" for register in bloq.signature)
        if _controls_itself(bloq) and not has_control:
            found[f"{name}, controlled"] = bloq.controlled()
    return found


def _is_sketch(value: Any) -> bool:
    """Whether a size is a symbol, or a table is missing, here or in a part."""
    if isinstance(value, sympy.Basic):
        return is_symbolic(value)
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
    """What the call graph says, by column."""
    return _columns(cost_by_annotation(bloq))


def found(bloq: Bloq) -> tuple[dict[str, Any], Measurement]:
    """What is in the flattened circuit, by column."""
    cost = cost_by_counting(bloq)
    columns = _columns(cost)
    gates = sum(columns.values()) - columns["qubits"] + (cost.cliffords or 0)
    run = Measurement(value=0.0, qubits=int(cost.qubits), gates=gates, fidelity="counted")
    return columns, run


def _columns(cost: Cost) -> dict[str, Any]:
    return {name: getattr(cost, name) for name in COLUMNS}
