"""Runs on matrices of every kind: within the error asked for, as likely as promised."""

import numpy as np
import pytest

import quledger
from bloqs.linear_systems.answers.simulate import error_of
from bloqs.linear_systems.parameters import SOLVERS

DEFINITE = ("perturbation", "walk-definite")
"""Solvers that need a definite matrix."""


def matrix_of(kind, size, seed):
    rng = np.random.default_rng(seed)
    A = rng.normal(size=(size, size))
    return {
        "definite": A @ A.T + size * np.eye(size),
        "indefinite": A + A.T + np.diag(np.where(np.arange(size) % 2, -3, 3)),
        "general": A + 2 * np.eye(size),
        "banded": np.diag(np.full(size, 3.0)) + np.diag(np.ones(size - 1), 1),
    }[kind]


@pytest.mark.parametrize("solver", ["shortcut", "qsvt-relative", "qsvt-absolute"])
@pytest.mark.parametrize("kind", ["definite", "indefinite", "general", "banded"])
@pytest.mark.parametrize(
    "size",
    [2, 5, pytest.param(16, marks=pytest.mark.slow), pytest.param(64, marks=pytest.mark.slow)],
)
def test_the_state_is_within_the_error(solver, kind, size):
    A = matrix_of(kind, size, seed=size)
    b = np.random.default_rng(1).normal(size=size)
    report = quledger.simulate("qlss", matrix=A, rhs=b, epsilon=0.05, solver=solver)
    run = report["run"]
    assert report.passed
    assert run["error"] <= run["claimed"] == 0.05
    assert run["success"] >= run["guaranteed"] * (1 - 0.1)
    assert run["kappa"] == pytest.approx(run["alpha"] / np.linalg.svd(A, compute_uv=False)[-1])


@pytest.mark.parametrize("solver", ["shortcut", "qsvt-relative", "cks"])
@pytest.mark.parametrize("shape", [(3, 2), (8, 5)])
def test_more_equations_than_unknowns(solver, shape, rng):
    """What solves all of them; the singular values zero of the padded matrix are never met."""
    A = rng.normal(size=shape)
    given = {"matrix": A, "rhs": A @ rng.normal(size=shape[1]), "epsilon": 0.05}
    report = quledger.simulate("qlss", solver=solver, **given)
    assert report.passed
    assert report["settings"]["equations"] == shape[0]
    assert report["run"]["residual"] <= 0.05 * np.linalg.cond(A)
    encodings = {row["encoding"] for row in quledger.cost("qlss", **given)["encodings"]}
    assert {"matchings-dilated", "row-trees"} <= encodings


@pytest.mark.parametrize("name", ["matchings-dilated", "bands", "pauli-sum", "row-trees"])
def test_every_gate_of_an_encoding(name):
    """Of a matrix that is not symmetric, in a whole inversion."""
    given = {"matrix": [[2.0, -1.0], [0.5, 1.0]], "rhs": [1.0, 0.5], "epsilon": 0.2}
    report = quledger.simulate("qlss", encoding=name, run="gates", b=7, **given)
    assert report["run"]["fidelity"] == "gate by gate"
    assert report["run"]["encoding"] == name
    assert report.passed


SLOW = ("hhl-walk-uniform", "hhl-evolution", "hhl-evolution-uniform")
"""With so many bits of clock that they take long."""

EVERY = [pytest.param(name, marks=[pytest.mark.slow] if name in SLOW else []) for name in SOLVERS]


@pytest.mark.parametrize("solver", EVERY)
@pytest.mark.parametrize("kind", ["definite", "indefinite", "general"])
def test_every_solver_runs(solver, kind):
    """Dilated: within the error asked for, its own bound beside it, as likely as promised."""
    A, b = matrix_of(kind, 4, seed=4), np.arange(1.0, 5.0)
    asked = {"matrix": A, "rhs": b, "epsilon": 0.1, "solver": solver}
    if solver in DEFINITE and kind != "definite":
        with pytest.raises(ValueError, match="take"):
            quledger.simulate("qlss", **asked)
        return
    report = quledger.simulate("qlss", **asked)
    run = report["run"]
    assert report.passed
    assert run["error"] <= min(0.1, run["state_error"])
    assert run["claimed"] == 0.1
    assert run["fidelity"] == "dilated"
    if run["basis"] == "proven":
        assert run["guaranteed"] <= run["success"] <= 1
    is_measured = solver.startswith("walk") or solver.endswith("practical")
    assert (run["basis"] == "proven") == (not is_measured)


@pytest.mark.parametrize("solver", ["qsvt-relative", "perturbation", "shortcut", "walk-definite"])
def test_block_by_block(solver):
    """The circuits' own matrices, rounded angles included, in place of the entries."""
    A = np.eye(4) * 3 - np.eye(4, k=1) - np.eye(4, k=-1)
    asked = {"matrix": A, "rhs": np.arange(1.0, 5.0), "epsilon": 0.1, "solver": solver}
    dilated, blocks = (quledger.simulate("qlss", run=how, **asked) for how in ("dilated", "blocks"))
    assert blocks["run"]["fidelity"] == "block by block"
    assert blocks.passed
    assert blocks["run"]["error"] != dilated["run"]["error"]
    assert blocks["run"]["success"] >= blocks["run"]["guaranteed"] * (1 - 0.1)


def test_a_window_that_is_promised():
    """A wider promise than the matrix keeps takes more calls."""
    asked = {"matrix": np.diag([1.0, 0.5]), "epsilon": 0.1, "solver": "window"}
    own, wide = (
        quledger.simulate("qlss", **asked),
        quledger.simulate("qlss", lower=0.1, upper=1, **asked),
    )
    assert own.passed
    assert wide.passed
    assert own["run"]["degree"] < wide["run"]["degree"]


def test_one_guess_has_a_claim_of_its_own():
    """The closer to the norm, the likelier; the bound is that of the guess."""
    asked = {"matrix": np.diag([1.0, 0.1]), "rhs": [1, 1], "epsilon": 0.1, "solver": "guessed"}
    near, far = (quledger.simulate("qlss", guess=guess, **asked) for guess in (7.0, 1.0))
    assert near["run"]["success"] > far["run"]["success"]
    for report in (near, far):
        run = report["run"]
        assert report.passed
        assert run["error"] <= run["claimed"] == run["state_error"]
        assert run["success"] >= run["guaranteed"]


def test_too_few_bits_do_not_pass():
    """Angles of four bits are no matrix to a per mille: exit status 1."""
    report = quledger.simulate(
        "qlss", matrix=[[1.0, 0.4], [0.4, 0.8]], epsilon=1e-3, run="blocks", b=4
    )
    assert report["run"]["error"] > report["run"]["claimed"]
    assert report.passed is False


@pytest.mark.parametrize(
    ("solver", "error"),
    [
        ("hhl-walk", 0.1),
        ("hhl-walk-practical", 0.1),
        ("hhl-walk-uniform-practical", 0.2),
        ("hhl-evolution", 0.3),
        ("hhl-evolution-uniform-practical", 0.2),
    ],
)
@pytest.mark.parametrize("kind", ["indefinite", "general"])
def test_phase_estimation(solver, error, kind):
    """The error beside the one that was asked for, proven or not."""
    A = matrix_of(kind, 2, seed=2)
    b = np.random.default_rng(1).normal(size=2)
    report = quledger.simulate("qlss", matrix=A, rhs=b, epsilon=error, solver=solver)
    run = report["run"]
    assert report.passed
    assert run["error"] <= run["claimed"] == error
    assert (
        run["guaranteed"]
        <= run["success"]
        <= run["guaranteed"] * (1 + error) ** 2 / (1 - error) ** 2
    )
    assert (run["basis"] == "practical") == solver.endswith("practical")


def test_gate_by_gate():
    """Every gate of a whole inversion of a system of two, encodings included."""
    A = np.array([[1.0, 0.5], [0.5, 1.0]])
    report = quledger.simulate(
        "qlss", matrix=A, rhs=[1, 0], epsilon=0.2, solver="qsvt-relative", run="gates", b=6
    )
    assert report["run"]["fidelity"] == "gate by gate"
    assert report.passed


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"matrix": None}, "give --matrix"),
        ({"matrix": np.eye(300)}, "256 equations at most, got 300"),
        ({"matrix": np.diag([1.0, 1e-9])}, "degree"),
        *(
            (
                {"matrix": np.diag([1.0, 1e-9]), "solver": name},
                "calls the matrix .* take a larger",
            )
            for name in ("qsvt-relative", "qsvt-absolute", "qsvt-binomial", "cks")
        ),
        ({"matrix": np.diag([1.0, 1e-9]), "solver": "perturbation"}, "needs beta < 1, and this"),
        ({"guess": 9.0, "solver": "guessed"}, "between 1 and kappa=1, got 9"),
        ({"lower": 0.8, "upper": 0.9, "solver": "window"}, "does not hold"),
        ({"lower": 0.5}, "give --lower and --upper together"),
        ({"matrix": np.diag([1.0, -1.0]), "solver": "walk-definite"}, "needs positive eigenvalues"),
        ({"matrix": np.array([[1, 1], [0, 1.0]]), "solver": "walk-definite"}, "needs a Hermitian"),
        ({"run": "gates", "solver": "walk-proven"}, "more than the 2000"),
        ({"matrix": np.eye(16), "run": "gates", "b": 30}, "more than the 24"),
        ({"epsilon": 1.0}, ">= 1e-12 and < 1, got '1.0'"),
        ({"kappa": 2.0}, "has no parameter 'kappa'"),
    ],
)
def test_refusals(given, message):
    asked = {"matrix": np.eye(2), "epsilon": 0.1} | given
    with pytest.raises(ValueError, match=message):
        quledger.simulate("qlss", **{name: x for name, x in asked.items() if x is not None})


def test_error_of_several_runs_is_that_of_the_unit_vector_as_likely_to_be_found():
    """Half a turn of a right angle away: squares of one half in all, at 45 degrees."""
    wanted, beside = np.eye(2)
    states = [0.5 * wanted, 0.3j * beside, -0.4 * beside]
    turned = np.array([np.cos(np.pi / 4), np.sin(np.pi / 4)])
    assert error_of(states, wanted) == pytest.approx(np.linalg.norm(turned - wanted))
    assert error_of([2j * wanted, 3 * wanted], wanted) == 0
    assert error_of([beside, 0.1 * beside], wanted) == pytest.approx(np.sqrt(2))
