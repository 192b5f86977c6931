"""The bounds hold for networks run with wrong norms, and for means of known laws."""

import math

import numpy as np
import pytest
from scipy.special import erf

from bloqs.resnet.model.random_network import random_input, random_network
from bloqs.resnet.rivals.sampler_error import (
    Interval,
    MeasuredBlock,
    StateError,
    column_error,
    mean_interval,
    next_state,
    normalised_distance,
    output_error,
    output_norm_bound,
    state_error,
)


@pytest.mark.parametrize("law", ["rare", "uniform", "constant"])
def test_the_mean_lies_in_its_interval(law, rng):
    """In at least nine of ten experiments of 300 values; each interval is not all there is."""
    inside = 0
    for _ in range(300):
        uniform = rng.random(300)
        values = {
            "rare": (uniform < 0.002) * 2.0,
            "uniform": 2 * uniform,
            "constant": 0 * uniform + 1,
        }
        found = mean_interval(values[law], 2.0, 0.1)
        mean = {"rare": 0.004, "uniform": 1.0, "constant": 1.0}[law]
        inside += found.low <= mean <= found.high
        assert found.high - found.low < 0.7
    assert inside >= 270


def test_more_values_narrow_the_interval(rng):
    """A rare event's interval shrinks with its small variance, far below Hoeffding's."""
    values = (rng.random(100_000) < 0.01).astype(float)
    found = mean_interval(values, 1.0, 1e-3)
    hoeffding = math.sqrt(math.log(2 / 1e-3) / (2 * 100_000))
    assert (found.high - found.low) / 2 < hoeffding / 3


@pytest.mark.parametrize(
    ("values", "failure", "text"),
    [
        ([0.5], 0.1, "at least 2 values and 0 < failure < 1, got 1"),
        ([0.1, 0.2], 1.0, "got 2 and 1"),
    ],
)
def test_impossible_intervals_are_refused(values, failure, text):
    with pytest.raises(ValueError, match=text):
        mean_interval(np.array(values), 1.0, failure)


def spiky(N, power, rng):
    psi = random_input(N, rng)
    psi = np.sign(psi) * np.abs(psi) ** power
    return psi / np.linalg.norm(psi)


def run_with_wrong_norms(network, psi, errors):
    """The last vector, and what would have been measured: norms known up to `errors`."""
    x, factor, measured = psi, 1.0, []
    for number, (error, actual) in enumerate(errors):
        phi = x + erf(network.slope * network.convolve(number, x))
        true = np.linalg.norm(phi) / factor
        block = MeasuredBlock(
            Interval(
                true**2 * math.exp(-4 * error * actual),
                true**2 * math.exp(4 * error * (1 - actual)),
            ),
            network.blocks[number].row_sum,
        )
        assert true * math.exp(-error) <= block.estimate * (1 + 1e-12)
        measured.append(block)
        x = phi / block.estimate
        factor = np.linalg.norm(x)
    return x, measured


@pytest.mark.parametrize("power", [1.0, 3.0, 12.0])
def test_wrong_norms_do_no_more_than_the_bound(power):
    """Direction, factor and entries, for delocalised and for nearly classical inputs."""
    worst = 0.0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        network = random_network(2, 3, 3, 3, 1, False, rng)
        psi = spiky(network.N, power, rng)
        errors = [(rng.uniform(0, 0.1), rng.choice([0.0, 1.0])) for _ in range(3)]
        x, measured = run_with_wrong_norms(network, psi, errors)
        found = state_error(measured, network.slope, float(np.abs(psi).max()))
        u, exact = x / np.linalg.norm(x), network.states(psi)[-1]
        distance = float(np.linalg.norm(u - exact))
        assert distance <= found.distance
        assert abs(math.log(np.linalg.norm(x))) <= found.log_factor + 1e-12
        assert np.abs(u).max() <= found.largest_entry + 1e-12
        worst = max(worst, distance)
    assert worst > 1e-5


@pytest.mark.parametrize("power", [1.0, 3.0, 12.0])
@pytest.mark.parametrize("log_c", [-0.3, 0.0, 0.3])
def test_one_step_does_no_more_than_the_bound(power, log_c):
    """From any vector near the exact one, through any matrix of norm 1."""
    worst = 0.0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        W = np.linalg.qr(rng.normal(size=(6, 6)))[0]
        psi = spiky(6, power, rng)
        u = psi + 0.03 * random_input(6, rng)
        u, c = u / np.linalg.norm(u), math.exp(log_c)
        a = u + erf(0.8 * W @ (c * u)) / c
        exact = psi + erf(0.8 * W @ psi)
        below = StateError(float(np.linalg.norm(u - psi)), abs(log_c), float(np.abs(u).max()))
        row_sum = float(np.abs(W).sum(axis=1).max())
        block = MeasuredBlock(Interval(a @ a, a @ a), row_sum)
        found = next_state(below, block, 0.8)
        distance = np.linalg.norm(a / np.linalg.norm(a) - exact / np.linalg.norm(exact))
        assert distance <= found.distance
        assert np.abs(a).max() / np.linalg.norm(a) <= found.largest_entry + 1e-12
        worst = max(worst, distance / found.distance)
    assert worst > 0.1


def test_one_block_has_no_error():
    """Its input is exact, so its direction is, whatever its norm is thought to be."""
    found = state_error([MeasuredBlock(Interval(0.5, 1.5), 2.0)], 0.8, 1.0)
    assert found.distance == 0
    assert found.log_factor == pytest.approx(math.log(3) / 4)


def test_small_entries_make_a_factor_harmless():
    """The bound falls as the square of the entries: erf is nearly straight there."""
    blocks = [MeasuredBlock(Interval(1.9, 2.1), 1.0)] * 2
    large, small = (state_error(blocks, 0.8, entry).distance for entry in (1e-2, 1e-3))
    assert small == pytest.approx(large / 100, rel=1e-2)
    assert large < 1e-4


def test_normalised_vectors_are_no_further_apart():
    for seed in range(20):
        rng = np.random.default_rng(seed)
        a = rng.normal(size=3)
        for size in (0.01, 0.3, 0.9, 1.5):
            step = rng.normal(size=3)
            b = a + size * np.linalg.norm(a) * step / np.linalg.norm(step)
            gap = np.linalg.norm(a / np.linalg.norm(a) - b / np.linalg.norm(b))
            norm, x = float(np.linalg.norm(a)), float(np.linalg.norm(a - b))
            assert gap <= normalised_distance(x, norm) + 1e-12, f"{seed=}"
        assert normalised_distance(1.0, 1.0) == 2.0, f"{seed=}"
        assert normalised_distance(0.0, 0.0) == 2.0, f"{seed=}"
        assert normalised_distance(0.0, 1.0) == 0.0, f"{seed=}"


@pytest.mark.parametrize("power", [1.0, 3.0])
@pytest.mark.parametrize("s", [1, 10, 100])
def test_output_bounds_hold(power, s):
    """Total variation of the squares: by a wrong vector and factor, then by sampled columns."""
    tau, worst = 0.6, 0.0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        W = np.linalg.qr(rng.normal(size=(12, 12)))[0] * rng.uniform(0.3, 1)
        psi = spiky(12, power, rng)
        u = psi + 0.01 * random_input(12, rng)
        u = u / np.linalg.norm(u)
        log_c = rng.uniform(-0.05, 0.05)
        c, fourth = math.exp(log_c), float(np.sqrt((u**4).sum()))
        state = StateError(float(np.linalg.norm(u - psi)), abs(log_c), float(np.abs(u).max()))
        exact = tau * psi + (1 - tau) * W @ psi**2
        wrong = tau * c * u + (1 - tau) * W @ u**2
        assert np.linalg.norm(wrong) / c >= output_norm_bound(state, tau, fourth) - 1e-12
        first, second = exact**2 / (exact @ exact), wrong**2 / (wrong @ wrong)
        off = np.abs(first - second).sum() / 2
        assert off <= output_error(state, tau, fourth) + 1e-12
        variance = W**2 @ u**2 - (W @ u**2) ** 2
        third = wrong**2 + (1 - tau) ** 2 * variance / s
        third = third / third.sum()
        largest = float(np.linalg.norm(W, axis=0).max())
        by_columns = np.abs(second - third).sum() / 2
        assert by_columns <= column_error(state, tau, fourth, largest, s) + 1e-12
        worst = max(worst, by_columns * s)
    assert worst > 1e-2


def two_entries(tau, W, c, angle):
    """Distance of the output vectors of (1, 1) / sqrt(2) and of it turned and scaled."""
    psi = np.array([1.0, 1.0]) / math.sqrt(2)
    u = np.array([math.cos(math.pi / 4 + angle), math.sin(math.pi / 4 + angle)])
    exact = tau * psi + (1 - tau) * W @ psi**2
    wrong = tau * c * u + (1 - tau) * W @ u**2
    state = StateError(float(np.linalg.norm(u - psi)), abs(math.log(c)), float(np.abs(u).max()))
    off = np.linalg.norm(exact / np.linalg.norm(exact) - wrong / np.linalg.norm(wrong))
    return off, output_error(state, tau, float(np.sqrt((u**4).sum())))


def test_output_bounds_are_nearly_reached():
    """A turned vector and a matrix that reflects it; a scaled one and a matrix that turns it."""
    reflection = np.array([[0.0, -1.0], [-1.0, 0.0]])
    off, bound = two_entries(0.51, reflection, 1.0, 1e-4)
    assert 0.9 * bound < off <= bound
    turn = np.array([[0.0, -1.0], [1.0, 0.0]])
    off, bound = two_entries(0.51, turn, math.exp(1e-4), 0.0)
    assert 0.1 * bound < off <= bound


def test_no_signal_no_bound():
    """If the matrix may cancel the skip path, nothing is promised."""
    state = StateError(0.1, 0.1, 1.0)
    assert output_norm_bound(state, 0.51, 1.0) == 0
    assert column_error(state, 0.51, 1.0, 1.0, 10**6) == 1
    assert output_error(state, 0.51, 1.0) == 2
