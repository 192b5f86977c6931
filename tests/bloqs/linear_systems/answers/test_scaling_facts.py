"""Diagonal preconditioning in answers: what is said, what is run, what the rival pays."""

import numpy as np
import pytest
import scipy.sparse
import scipy.sparse.linalg

import quledger
from bloqs.linear_systems.model.diffusion import diffusion
from bloqs.linear_systems.model.structure import dense, laplacian

GRID = diffusion(10 ** np.linspace(0, 3, 8).reshape(2, 4))


def system(**more):
    rng = np.random.default_rng(5)
    return {"matrix": GRID, "rhs": rng.normal(size=8), "epsilon": 0.05, **more}


@pytest.fixture(scope="module")
def costs():
    return [
        quledger.cost("qlss", **system(epsilon=1e-3, precondition=kind))
        for kind in ("none", "diagonal")
    ]


def lines(report):
    return " ".join(report["notes"])


def test_cost_before_and_after(costs):
    plain, report = costs
    found, root = report["preconditioning"], np.sqrt(np.diag(GRID))
    scaled = GRID / np.outer(root, root)
    used = next(row for row in report["encodings"] if row["used"])
    assert found["condition_before"] == pytest.approx(np.linalg.cond(GRID))
    assert found["condition_after"] == pytest.approx(np.linalg.cond(scaled))
    least = np.linalg.svd(scaled, compute_uv=False)[-1]
    assert found["kappa_after"] == pytest.approx(used["alpha"] / least)
    assert found["kappa_after"] == used["kappa"]
    before = next(row for row in plain["encodings"] if row["used"])
    assert (found["encoding_before"], found["kappa_before"]) == (
        before["encoding"],
        pytest.approx(before["kappa"]),
    )
    assert found["growth"] == pytest.approx(root.max() / root.min())
    assert report["settings"]["precondition"] == "diagonal"
    assert "precondition" not in plain["settings"]
    assert "falls from" in lines(report)
    assert "x = D^-1/2 y" in lines(report)
    assert report["qubits"] <= 2 * plain["qubits"]
    gates = [x["gates"]["rotations"] for x in (plain, report)]
    assert gates[0] > 20 * gates[1]


def test_the_rival_has_the_same_preconditioner(costs):
    """SciPy's preconditioned conjugate gradients reach the error in the same step, not before."""
    plain, found = (report["conjugate_gradients"] for report in costs)
    root, b = np.sqrt(np.diag(GRID)), system()["rhs"]
    y = root * np.linalg.solve(GRID, b)
    missed = []
    scipy.sparse.linalg.cg(
        GRID, b, rtol=1e-14, M=np.diag(root**-2),
        callback=lambda x: missed.append(
            np.linalg.norm(root * x / np.linalg.norm(root * x) - y / np.linalg.norm(y))
        ),
    )  # fmt: skip
    steps = 1 + next(k for k, error in enumerate(missed) if error <= 1e-3)
    entries = np.count_nonzero(GRID)
    assert found["steps"] == steps < plain["steps"]
    assert found["flop"] == steps * (2 * entries + 10 * 8) + 3 * entries + 3 * 8


@pytest.mark.parametrize("how", ["dilated", "blocks"])
@pytest.mark.parametrize("solver", ["shortcut", "qsvt-relative", "walk-definite"])
def test_the_state_is_within_the_error(how, solver):
    given = system(precondition="diagonal", run=how, solver=solver)
    report = quledger.simulate("qlss", **given)
    run, found = report["run"], report["preconditioning"]
    assert report.passed
    assert run["error"] <= 0.05
    assert run["kappa"] == found["kappa_after"] < found["kappa_before"] / 40
    assert run["error_of_x"] <= 2 * found["growth_here"] * run["error"]
    x = np.linalg.solve(GRID, given["rhs"])
    y = np.sqrt(np.diag(GRID)) * x
    here = np.linalg.norm(y) / np.linalg.norm(x) / np.sqrt(np.diag(GRID).min())
    assert found["growth_here"] == pytest.approx(here)
    assert here <= found["growth"]


def test_the_residual_is_that_of_the_system_given():
    """From the state that was prepared, unscaled: a lower error of y, a lower residual."""
    residuals = []
    for epsilon in (0.1, 1e-4):
        report = quledger.simulate("qlss", **system(precondition="diagonal", epsilon=epsilon))
        run = report["run"]
        norm = np.linalg.norm(GRID, 2) * np.linalg.norm(np.linalg.solve(GRID, system()["rhs"]))
        most = 2 * report["preconditioning"]["growth_here"] * run["error"]
        assert run["residual"] <= most * norm / np.linalg.norm(system()["rhs"])
        residuals.append(run["residual"])
    assert residuals[1] < residuals[0] / 50


def test_a_constant_diagonal_is_said():
    given = {"matrix": dense(laplacian(2, 2)), "epsilon": 0.1, "precondition": "diagonal"}
    report = quledger.cost("qlss", **given)
    found = report["preconditioning"]
    assert found["kappa_after"] == pytest.approx(found["kappa_before"])
    assert found["encoding_after"] == found["encoding_before"] == "shifts-2d"
    assert "the diagonal is constant, 4: preconditioning by it changes nothing" in lines(report)


def test_compare_has_the_scaled_system():
    """Both sides are those of the scaled system, the rival's scaling paid for."""
    given = {"matrix": np.diag([1.0, 4.0]), "rhs": [1.0, 3.0], "least_epsilon": 0.05}
    report = quledger.compare("qlss", precondition="diagonal", **given)
    found = report["preconditioning"]
    assert (found["condition_before"], found["condition_after"]) == (4, 1)
    assert found["scaling_flop"] == 3 * 2 + 3 * 2
    rows = [row for row in report["epsilon_costs"] if row["way"] == "CG"]
    assert rows
    assert all(row["t"] == row["calls"] * (2 * 2 + 10 * 2) + 12 for row in rows)
    assert "y is meant" in " ".join(report["assumptions"])


@pytest.mark.parametrize(
    ("ask", "given", "message"),
    [
        (quledger.cost, {"kappa": 20, "epsilon": 0.1}, "needs the matrix: give --matrix"),
        (quledger.cost, {}, "needs the matrix: give --matrix"),
        (quledger.compare, {}, "needs the matrix: give --matrix"),
        (
            quledger.simulate,
            {"matrix": [[1.0, 2.0], [0.0, 1.0]], "epsilon": 0.1},
            "needs a symmetric matrix",
        ),
        (
            quledger.cost,
            {"matrix": [[1.0, 2.0], [2.0, -1.0]], "epsilon": 0.1},
            "positive diagonal, and entry 1",
        ),
    ],
)
def test_refusals(ask, given, message):
    with pytest.raises(ValueError, match=message):
        ask("qlss", precondition="diagonal", **given)
