"""Training reaches small gradients within its bound, whatever the errors are."""

import numpy as np
import pytest

from bloqs.communication import symbols
from bloqs.communication.model.evaluate import angles, flattened, gradients, loss, with_angles
from bloqs.communication.model.schedule import (
    BEST_SHARE,
    greedy_updates,
    greedy_updates_with,
    mirror_error,
    mirror_updates,
    run_greedy,
    run_mirror,
)


@pytest.mark.parametrize("kappa", [0.05, 0.1, 0.3])
@pytest.mark.parametrize("adversary", ["against", "towards zero", "random"])
def test_greedy(model_of, kappa, adversary):
    """Errors of kappa/4 that hide the largest gradient, shrink all, or are random."""
    model, rng = model_of(2, qubits=2, blocks=4, gates=4), np.random.default_rng(1)

    def oracle(theta):
        true = flattened(gradients(with_angles(model, theta)))
        error = {
            "against": np.where(np.abs(true) > 0.8 * np.abs(true).max(), -np.sign(true), 1),
            "towards zero": -np.sign(true),
            "random": rng.uniform(-1, 1, len(true)),
        }[adversary]
        return true + kappa / 4 * error

    found = run_greedy(
        oracle, angles(model), kappa, loss=lambda theta: loss(with_angles(model, theta))
    )
    assert np.abs(flattened(gradients(with_angles(model, found.angles)))).max() <= kappa
    assert 1 <= found.updates <= greedy_updates(kappa)
    assert np.diff(found.losses).max() <= -3 * kappa**2 / 32 + 1e-12


def test_the_bound_on_updates():
    """64/(3 kappa^2) for an error of a quarter, and never fewer than the best share has."""
    assert [greedy_updates(x) for x in (1, 0.5, 0.1)] == [21, 85, 2133]
    assert greedy_updates_with(0.25, 0.1) == pytest.approx(64 / 0.03)
    work = lambda c: greedy_updates_with(c, 1.0) / c**2  # noqa: E731
    grid = np.linspace(0.01, 0.33, 3201)
    assert grid[np.argmin([work(c) for c in grid])] == pytest.approx(BEST_SHARE, abs=2e-4)
    assert work(BEST_SHARE) / work(0.25) == pytest.approx(0.91, abs=0.005)
    with pytest.raises(ValueError, match=r"over kappa lies in \(0, 0\.333333\)"):
        greedy_updates_with(0.4, 0.1)


def test_errors_that_are_too_large_are_seen():
    """A gradient that never falls ends in an error."""
    with pytest.raises(ArithmeticError, match="off by more than"):
        run_greedy(lambda theta: np.ones(3), np.zeros(3), 0.5)


@pytest.mark.parametrize("radius", [0.1, 0.25, 2.0])
def test_mirror(radius):
    """A convex loss |theta - c|_1-like; the gap of the mean iterate under adversarial errors."""
    kappa, rng = 0.1, np.random.default_rng(3)
    centre = radius * rng.dirichlet(np.ones(20))
    value = lambda theta: float(np.max(np.abs(theta - centre)))  # noqa: E731

    def oracle(theta):
        gap = theta - centre
        slope = np.zeros(20)
        j = int(np.argmax(np.abs(gap)))
        slope[j] = np.sign(gap[j])
        return slope + mirror_error(kappa, radius) * rng.choice([-1, 1], 20)

    found = run_mirror(oracle, 20, kappa, radius)
    assert value(found.angles) <= kappa + 1e-12
    assert np.abs(found.angles).sum() <= radius + 1e-9
    assert found.updates == mirror_updates(kappa, radius, 20)


@pytest.mark.parametrize("slope", [1.0, -0.5])
@pytest.mark.parametrize("radius", [0.2, 3.0])
def test_steps_of_mirror_descent(radius, slope):
    """Down a slope that is the same everywhere: weights of the ends grow as exp(r R t |slope|)."""
    kappa, many = 0.5, 3
    found = run_mirror(lambda _: np.array([0.0, slope, 0.0]), many, kappa, radius)
    times = int(mirror_updates(kappa, radius, many))
    rate = np.sqrt(2 * np.log(2 * many) / times) / (radius + kappa / 4)
    turns = rate * radius * slope * np.arange(times)
    wanted = -radius * np.mean(np.sinh(turns) / (np.cosh(turns) + many - 1))
    np.testing.assert_allclose(found.angles, [0, wanted, 0], atol=1e-12)


def test_small_balls_need_more():
    """Below a quarter an error of kappa/4R is larger than kappa."""
    assert mirror_error(0.1, 0.1) == pytest.approx(0.25)
    assert mirror_updates(0.1, 0.1, 50) > 8 * 0.01 * 1.1**2 * np.log(100) / 0.01
    assert mirror_updates(0.1, 0.5, 50) < 8 * 0.25 * 1.1**2 * np.log(100) / 0.01


@pytest.mark.parametrize("kappa", [0.25, 0.5, 1])
def test_updates_in_letters_are_those_of_numbers(kappa):
    assert greedy_updates(symbols.kappa).subs(symbols.kappa, kappa) == greedy_updates(kappa)
