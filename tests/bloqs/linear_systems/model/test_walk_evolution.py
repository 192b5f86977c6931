"""The walk in NumPy: against the construction as published, its law, and the published constant."""

import numpy as np
import pytest

from bloqs.linear_systems.model.walk import PRACTICAL, angles, schedule
from bloqs.linear_systems.model.walk_evolution import (
    Outcome,
    dilation,
    evolved,
    walked,
)
from proofs.linear_systems.random_systems import random_system

SHAPES = pytest.mark.parametrize(
    ("spectrum", "shape"),
    [("definite", "definite"), ("indefinite", "general"), ("general", "general")],
)


def product(*factors):
    total = np.eye(1)
    for factor in factors:
        total = np.kron(total, factor)
    return total


def as_published(matrix, vector, condition, steps, shape):
    """The product of whole matrices, on q, r, h, c, a and the system, Q with a flag h of its own.

    Each step is (2 |0><0| - 1) on h, c and a after U; U is X on q after Q, A or the adjoint, and Q,
    Q where q is one at first and where it is zero at last: four reflections about b.
    """
    size, general = len(vector), shape == "general"
    zero, one, eye = np.diag([1.0, 0.0]), np.diag([0.0, 1.0]), np.eye(2)
    flip, raised = np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([[0.0, 1.0], [0.0, 0.0]])
    unitary, rest = dilation(matrix), np.eye(2 * size)
    everything, b = np.eye(32 * size), np.outer(vector, vector.conj())
    hadamard = np.array([[1.0, 1.0], [1.0, -1.0]]) / np.sqrt(2)
    h = product(eye, eye, hadamard, eye, rest)

    def projected(side):
        """Q on one side: half of 1 and of the reflection about b, which h controls."""
        where = zero if general else eye
        return h @ (everything - 2 * product(side, where, one, eye, eye, b)) @ h

    def coin(on_one, on_zero):
        parts = (one, on_one), (zero, on_zero)
        return sum(product(q, eye, eye, turn, rest) for q, turn in parts)

    if general:
        call = product(eye, np.diag([1.0, -1.0]), eye, zero, rest)
        both = (raised, unitary), (raised.T, unitary.conj().T)
        call = call + sum(product(eye, r, eye, one, u) for r, u in both)
    else:
        both = (one, unitary), (zero, unitary.conj().T)
        call = product(eye, eye, eye, zero, rest)
        call = call + sum(product(q, eye, eye, one, u) for q, u in both)
    quarter = np.array([[1.0, -1.0], [1.0, 1.0]]) / np.sqrt(2)
    reflect = 2 * product(eye, eye, zero, zero, zero, np.eye(size)) - everything
    state = np.zeros(32 * size, dtype=complex)
    state[:size] = vector
    for phi in angles(condition, steps):
        scheduled = np.array([[np.cos(phi), -np.sin(phi)], [np.sin(phi), np.cos(phi)]])
        state = coin(scheduled, quarter) @ projected(one) @ state
        state = coin(quarter.T, scheduled.T) @ call @ state
        state = reflect @ product(flip, np.eye(16 * size)) @ projected(zero) @ state
    found = state.reshape(2, 2, 2, 2, 2, size)[:, :, 0]
    return (found if general else found[:, :1]) * (-1) ** (steps // 2)


@SHAPES
def test_against_the_construction_as_published(spectrum, shape):
    """On q = 0, where the solution is, both states are the same: the flag and three reflections
    about b are saved."""
    system = random_system(spectrum, 3, 4.0, 1)
    ours = walked(system.matrix, system.vector, 4.0, 6, shape)
    theirs = as_published(system.matrix, system.vector, 4.0, 6, shape)
    np.testing.assert_allclose(ours[0], theirs[0], atol=1e-12)


@SHAPES
def test_odd_walks_end_outside(spectrum, shape):
    """After T - 1 steps nothing of the solution is left where the flags are zero."""
    system = random_system(spectrum, 6, 5.0, 2)
    with pytest.raises(ValueError, match="take 202"):
        walked(system.matrix, system.vector, 5.0, 201, shape)
    state = walked(system.matrix, system.vector, 5.0, 200, shape)
    outcome = Outcome.of(state, system.matrix, system.vector)
    assert outcome.overlap > 0.98


def walked_symmetrically(matrix, vector, condition, steps, shape):
    """With sqrt(1 - f) and sqrt(f) on both sides of the coin: the root has no slope at f = 0, so
    that the first steps are no small ones however many there are."""
    coins = np.array([schedule(k / steps, condition) for k in range(steps)])
    roots = 2 * np.arctan2(np.sqrt(coins), np.sqrt(np.maximum(0, 1 - coins)))
    return evolved(matrix, vector, [((x, -x), (x, -x)) for x in roots], shape)


@SHAPES
def test_the_distance_falls_like_one_over_the_steps(spectrum, shape):
    """From 32 kappa to 256 kappa steps by a factor of eight; symmetrically prepared by its root."""
    condition, slopes, symmetric = 5.0, [], []
    for seed in range(4):
        system = random_system(spectrum, 4, condition, seed)
        given = system.matrix, system.vector, condition
        for evolve, found in ((walked, slopes), (walked_symmetrically, symmetric)):
            ends = [
                Outcome.of(evolve(*given, steps, shape), system.matrix, system.vector).whole
                for steps in (160, 1280)
            ]
            found.append(np.log(ends[0] / ends[1]) / np.log(8))
    assert np.mean(slopes) == pytest.approx(1, abs=0.1)
    assert np.mean(symmetric) == pytest.approx(0.5, abs=0.1)


def stretched(size, condition, rng):
    """A random matrix of the published tests: sums of two uniform entries, its singular values
    stretched linearly to the condition number, norm one; and a vector of uniform entries."""
    left, values, right = np.linalg.svd(rng.uniform(-1, 1, (2, size, size)).sum(axis=0))
    top, bottom = values[0], values[-1]
    values = 1 - (condition - 1) / condition * (top - values) / (top - bottom)
    vector = rng.uniform(-1, 1, size)
    return (left * values) @ right, vector / np.linalg.norm(vector)


@pytest.mark.parametrize(
    ("size", "condition", "steps", "published"),
    [
        (16, 10, 34, 0.347),
        (16, 20, 74, 0.398),
        (16, 30, 122, 0.4),
        pytest.param(16, 40, 178, 0.4, marks=pytest.mark.slow),
        pytest.param(16, 50, 238, 0.4, marks=pytest.mark.slow),
        (8, 10, 64, 0.188),
        (8, 20, 140, 0.202),
        pytest.param(8, 50, 392, 0.199, marks=pytest.mark.slow),
    ],
)
def test_which_error_the_published_constant_is_for(size, condition, steps, published):
    """The published numbers of steps, and the error they are to give (0.35 to 0.4, and 0.2).

    Nearest is the distance given that coin and ancilla are in zero: where every raised flag is an
    error it is half as much again at least, and where none is left half as much.
    """
    outcomes = []
    for seed in range(24):
        matrix, vector = stretched(size, condition, np.random.default_rng(seed))
        state = walked(matrix, vector, condition, steps, "general")
        outcomes.append(Outcome.of(state, matrix, vector))
    whole, walked_only, conditional = (
        np.sqrt(np.mean([getattr(each, name) ** 2 for each in outcomes]))
        for name in ("whole", "walked", "conditional")
    )
    assert 0.6 * published < walked_only < 1.25 * published
    assert whole > 1.5 * published
    assert conditional < 0.5 * published
    assert 0.65 < np.mean([each.walk_probability for each in outcomes]) < 0.85


@pytest.mark.parametrize(
    ("shape", "condition", "ratio", "most"),
    [
        ("definite", 10, 1, 0.55),
        ("definite", 20, 2, 0.5),
        ("definite", 30, 4, 0.5),
        ("general", 10, 8, 4.2),
        ("general", 20, 6, 4.2),
        ("general", 30, 12, 4.2),
        pytest.param("general", 50, 10, 4.8, marks=pytest.mark.slow),
    ],
)
def test_measured_constants(shape, condition, ratio, most):
    """The whole distance, times steps over kappa: about the constant of the totals."""
    steps, found = 2 * round(condition * ratio / 2), []
    for seed in range(10):
        system = random_system(shape, 8, condition, seed)
        state = walked(system.matrix, system.vector, condition, steps, shape)
        found.append(Outcome.of(state, system.matrix, system.vector).whole * steps / condition)
    assert 0.5 * PRACTICAL[shape].value < np.mean(found) < most


@pytest.mark.parametrize(
    ("spectrum", "message"),
    [
        ("general", "needs a Hermitian one, got entries that differ by .* take the general walk"),
        ("indefinite", "needs positive eigenvalues, got -.* take the general walk"),
    ],
)
def test_refuses_what_is_not_definite(spectrum, message):
    system = random_system(spectrum, 4, 3.0, 0)
    with pytest.raises(ValueError, match=message):
        walked(system.matrix, system.vector, 3.0, 4, "definite")


def test_outcome_of_a_state_that_is_known():
    """The solution with some of it moved behind each flag in turn."""
    system = random_system("definite", 4, 3.0, 0)
    x = system.direction
    state = np.zeros((2, 1, 2, 2, 4), dtype=complex)
    state[0, 0, 0, 0] = 0.8 * x
    state[0, 0, 1, 0] = 0.6 * x
    moved = Outcome.of(state, system.matrix, system.vector)
    assert (moved.whole, moved.walked) == pytest.approx((np.sqrt(2 - 1.6), 0))
    assert (moved.flag_probability, moved.overlap) == pytest.approx((0.64, 0.8))
    other = np.linalg.qr(np.stack([system.vector, x], axis=1))[0][:, 1]
    state[0, 0, 1, 0], state[1, 0, 0, 0] = 0, 0.6 * other
    moved = Outcome.of(state, system.matrix, system.vector)
    assert moved.walked == pytest.approx(np.sqrt(2 - 1.6))
    assert moved.conditional == pytest.approx(0)
    assert (moved.walk_probability, moved.flag_probability) == pytest.approx((1, 0.64))
