"""Runs on matrices of every kind: within the error asked for, as likely as promised."""

import numpy as np
import pytest

import quledger


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
    assert run["success"] >= run["promised"] * (1 - 0.1)
    assert run["kappa"] == pytest.approx(run["alpha"] / np.linalg.svd(A, compute_uv=False)[-1])


@pytest.mark.parametrize(
    ("solver", "error"),
    [("hhl-walk", 0.1), ("hhl-walk-practical", 0.1), ("hhl-walk-uniform-practical", 0.2)],
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
    assert run["success"] == pytest.approx(run["promised"], rel=2 * error)


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
        ({"matrix": np.eye(300)}, "256 unknowns at most, got 300"),
        ({"matrix": np.diag([1.0, 1e-9])}, "degree"),
    ],
)
def test_refusals(given, message):
    asked = {"matrix": np.eye(2), "epsilon": 0.1} | given
    with pytest.raises(ValueError, match=message):
        quledger.simulate("qlss", **{name: x for name, x in asked.items() if x is not None})
