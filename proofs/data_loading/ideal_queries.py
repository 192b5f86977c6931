"""Queries and width of a tree over an oracle, in symbols and level by level."""

from typing import Any

import sympy

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.ideal_qram import IdealQRAM
from bloqs.data_loading.loaders import IdealQRAMLoader
from bloqs.data_loading.rotation_tree import RotationTree
from estimator import symbols
from estimator.costs.cost import cost_by_annotation
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement

GRADIENT = Rotation.PHASE_GRADIENT


def _numbers(tree: RotationTree, values: dict[sympy.Symbol, int]) -> dict[str, Any]:
    cost = cost_by_annotation(tree).subs(values)
    asked = [bloq for bloq in tree.call_graph()[0] if isinstance(bloq, IdealQRAM)]
    address = max(int(sympy.sympify(bloq.address_bitsize).subs(values)) for bloq in asked)
    return {"queries": sum(cost.queries.values()), "qubits": cost.qubits, "address": address}


def in_symbols(s: int, n: int, b: int) -> dict[str, Any]:
    """The closed form, with numbers put in afterwards."""
    tree = RotationTree(None, s, symbols.n, symbols.b, IdealQRAMLoader(), GRADIENT)
    return _numbers(tree, {symbols.n: n, symbols.b: b})


def level_by_level(s: int, n: int, b: int) -> tuple[dict[str, Any], Measurement]:
    """The sum of the queries, and the widest, of a tree whose levels are all there."""
    tree = RotationTree(None, s, n, b, IdealQRAMLoader(), GRADIENT)
    cost = cost_by_annotation(tree)
    run = Measurement(value=0.0, qubits=int(cost.qubits), gates=int(cost.toffoli))
    return _numbers(tree, {}), run


def never_unloaded(s: int, n: int, b: int) -> dict[str, Any]:
    """One query a level."""
    numbers = in_symbols(s, n, b)
    return {**numbers, "queries": numbers["queries"] / 2}


THEOREM = AgreementClaim(
    says="A tree over an oracle asks twice for every level with an address, for a cell by as many "
    "bits as its last level has, and is as wide as that level.",
    stated=in_symbols,
    found=level_by_level,
    instances=lambda: [
        {"s": s, "n": n, "b": b} for s, n, b in ((0, 3, 4), (0, 7, 4), (2, 3, 5), (3, 9, 4))
    ],
    false_twin=never_unloaded,
    twin_says="Angles need not be taken away again.",
    source="[RHGPR25] Lem. D.1",
)
