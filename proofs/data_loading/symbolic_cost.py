"""What a tree of looked-up angles costs in symbols, against circuits of every size tried."""

from typing import Any

import numpy as np

from bloqs.abstract import AbstractLoader
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import (
    BucketBrigadeLoader,
    QROAMLoader,
    QROMLoader,
    SelectSwapLoader,
)
from bloqs.data_loading.rotation_tree import RotationTree
from estimator import symbols
from estimator.costs.cost import Cost, cost_by_annotation, cost_by_counting
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement

COLUMNS = ("t", "toffoli", "cswap", "rotations", "measurements")
GRADIENT, BITWISE = Rotation.PHASE_GRADIENT, Rotation.BITWISE


def _loader(name: str, beta: Any) -> AbstractLoader:
    blocks = {"qroam-clean": QROAMLoader, "select-swap": SelectSwapLoader}
    if name in blocks:
        return blocks[name](beta)
    return QROMLoader() if name == "qrom" else BucketBrigadeLoader()


def _columns(cost: Cost) -> dict[str, Any]:
    return {name: getattr(cost, name) for name in COLUMNS}


def in_symbols(
    loader: str, s: int, n: int, beta: int, controlled: bool, rotation: Rotation
) -> dict[str, Any]:
    """The closed form in n, b and beta, with numbers put in afterwards."""
    memory = _loader(loader, symbols.beta)
    tree = RotationTree(None, s, symbols.n, symbols.b, memory, rotation, controlled)
    values = {symbols.n: n, symbols.b: 4, symbols.beta: beta}
    return _columns(cost_by_annotation(tree).subs(values))


def in_circuit(
    loader: str, s: int, n: int, beta: int, controlled: bool, rotation: Rotation
) -> tuple[dict[str, Any], Measurement]:
    """The gates of the circuit for random rows."""
    rows = np.random.default_rng(0).normal(size=(2**s, 2**n))
    table = tuple(tuple(float(x) for x in row) for row in rows)
    memory = _loader(loader, beta)
    cost = cost_by_counting(RotationTree(table, s, n, 4, memory, rotation, controlled))
    gates = int(sum(_columns(cost).values()) + (cost.cliffords or 0))
    run = Measurement(value=0.0, qubits=int(cost.qubits), gates=gates, fidelity="counted")
    return _columns(cost), run


def one_level_less(
    loader: str, s: int, n: int, beta: int, controlled: bool, rotation: Rotation
) -> dict[str, Any]:
    """The closed form for half of the entries."""
    return in_symbols(loader, s, n - 1, beta, controlled, rotation)


THEOREM = AgreementClaim(
    says="The cost of a tree of looked-up angles in symbols, summed in closed form over its "
    "tables, is that of its circuit: T, Toffoli, controlled swaps, rotations and measurements, "
    "for every memory that is a circuit.",
    stated=in_symbols,
    found=in_circuit,
    instances=lambda: [
        {"loader": x, "s": s, "n": n, "beta": 1, "controlled": controlled, "rotation": rotation}
        for x in ("qrom", "qroam-clean", "select-swap", "bucket-brigade")
        for s, n, controlled, rotation in (
            (1, 2, False, GRADIENT),
            (1, 3, True, GRADIENT),
            (2, 2, False, BITWISE),
        )
    ],
    false_twin=one_level_less,
    twin_says="The last level is free.",
    source="ours",
)
