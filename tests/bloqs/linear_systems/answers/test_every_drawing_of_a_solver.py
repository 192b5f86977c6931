"""Every solver is drawn, as a score and as a call graph, with and without numbers for its sizes."""

import numpy as np
import pytest

import quledger
from bloqs.linear_systems.parameters import SOLVERS
from estimator.drawing.outline import outline_of

POISSON = np.eye(4) * 2 - np.eye(4, k=1) - np.eye(4, k=-1)
NEEDS = {
    "window": {"lower": 0.25, "upper": 1},
    "perturbation": {"beta": 0.3, "kappa": 1.8},
}
"""What a solver needs beside kappa and epsilon."""

SIZES = {"oracles": {}, "numbers": {"N": 4, "ancillas": 2}}


@pytest.mark.parametrize("kind", ["circuit", "callgraph"])
@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("solver", SOLVERS)
def test_every_solver_is_drawn(solver, sizes, kind, tmp_path):
    """Amplified or not; more than one box."""
    given = {"kappa": 4, "epsilon": 0.1, **NEEDS.get(solver, {}), **SIZES[sizes]}
    file = tmp_path / "drawing.txt"
    quledger.draw("qlss", file, kind=kind, solver=solver, **given)
    text = file.read_text()
    if kind == "circuit":
        assert text.count("├") + text.count("╞") >= 2
    else:
        assert len(text.splitlines()) > 2


@pytest.mark.parametrize("solver", ["shortcut", "walk-general", "qsvt-relative", "cks"])
def test_a_system_of_a_user_is_drawn(solver, tmp_path):
    for kind in ("circuit", "callgraph"):
        file = tmp_path / f"{kind}.svg"
        quledger.draw("qlss", file, kind=kind, solver=solver, matrix=POISSON, epsilon=0.1)
        assert "<svg" in file.read_text()


@pytest.mark.parametrize("solver", [name for name in SOLVERS if name != "perturbation"])
@pytest.mark.parametrize("norm", [4, 1])
@pytest.mark.parametrize("is_adjoint", [False, True])
def test_outlines_say_how_often(solver, norm, is_adjoint):
    """As the bloq itself counts its calls; every wire has a name of its own."""
    given = {"kappa": 4, "epsilon": 0.1, "norm": norm, **NEEDS.get(solver, {})}
    bloq = quledger.cost("qlss", solver=solver, **given).bloq
    calls = {(part.adjoint() if is_adjoint else part): times for part, times in bloq.calls.items()}
    outline = outline_of(bloq.adjoint() if is_adjoint else bloq)
    told = {step.bloq: step.times for step in outline.steps if step.times is not None}
    assert told
    assert all(calls[part] == times for part, times in told.items())
    names = [name for name, _ in outline.wires]
    assert len(names) == len(set(names))
    width = sum(size for _, size in outline.wires)
    assert width == bloq.signature.n_qubits()
