"""A table of costs over a grid, against one call of Qualtran a point."""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from qualtran import Bloq
from qualtran.resource_counting import QECGatesCost, QubitCount, get_cost_value

import quledger
from benchmarks.benchmark import Benchmark, Case
from bloqs.linear_systems.answers.cost import problem_of
from bloqs.linear_systems.answers.solvers import candidates
from bloqs.resnet.answers.cost import request_of
from bloqs.resnet.circuits.build import build_network

RESNET: dict[str, Any] = {"k": 2, "alpha": 5.2}
SOLVER: dict[str, Any] = {"kappa": 100, "solver": "shortcut"}
CASES: dict[str, tuple[str, dict[str, str], dict[str, Any], dict[str, list[Any]]]] = {
    "resnet": (
        "resnet",
        {"N": "2**10..2**40:16", "C": "4,16", "D": "2..9:8", "b": "8..47:10",
         "epsilon": "1e-1..1e-8:100"},
        RESNET,
        {"N": [2**12, 2**30], "C": [4, 16], "D": [3, 8], "b": [9, 30, 41, 47],
         "epsilon": [0.03, 0.002, 0.0001, 0.000007, 0.00000004, 0.01, 0.05, 0.0003]},
    ),
    "qlss": (
        "qlss",
        {"N": "2..257:256", "ancillas": "1..10:10", "epsilon": "1e-1..1e-8:100"},
        SOLVER,
        {"N": [2, 9, 70, 130, 200, 256, 100, 31], "ancillas": [1, 3, 7, 10],
         "epsilon": [0.03, 0.002, 0.0001, 0.000007, 0.00000004, 0.01, 0.05, 0.0003]},
    ),
}  # fmt: skip


def swept(name: str, given: Any) -> str:
    """The table of all points, from a question to a file."""
    target, over, fixed, _ = CASES[name]
    with TemporaryDirectory() as folder:
        report = quledger.sweep(target, over, Path(folder) / "a.csv", **fixed)
        return str(report["sweep"]["points"])


def network_of(values: Mapping[str, Any]) -> Bloq:
    """The circuit of one residual network."""
    given = {"variant": "tight", "loader": "bucket-brigade", "rotation": "phase-gradient",
             "regime": "1", "output": "none", **values}  # fmt: skip
    return build_network(request_of(given)).network


def solver_of(values: Mapping[str, Any]) -> Bloq:
    """The circuit of one solver, for the least norm."""
    problem = problem_of(values, 1.0)
    wanted = values["solver"]
    return next(each.bloq for name, each in candidates(problem) if name == wanted and each.bloq)


def points_of(name: str) -> list[dict[str, Any]]:
    """The points that the peer is given."""
    _, _, fixed, values = CASES[name]
    return [{**fixed, **dict(zip(values, x, strict=True))} for x in product(*values.values())]


def asked(build: Callable[[Mapping[str, Any]], Bloq], points: list[dict[str, Any]]) -> list[Any]:
    """Gates and qubits of each."""
    found = []
    for values in points:
        bloq = build(values)
        found.append((get_cost_value(bloq, QECGatesCost()), get_cost_value(bloq, QubitCount())))
    return found


BUILT = {"resnet": network_of, "qlss": solver_of}

SWEEPS = Benchmark(
    "sweeps",
    [
        Case(
            what=f"a sweep of 256,000 points of {name}",
            size="256 for the peer",
            setup=partial(points_of, name),
            ours=partial(swept, name),
            peer=partial(asked, BUILT[name]),
            note="Qualtran: `get_cost_value` for gates and for qubits at every thousandth point; a "
            "ratio of 1 is a thousandfold",
            grows=False,
            headline="256,000 points of a grid as a table in a file, two systems, against 256 "
            "circuits built and asked for gates and qubits of Qualtran: 1 is a thousandfold",
        )
        for name in CASES
    ],
)
