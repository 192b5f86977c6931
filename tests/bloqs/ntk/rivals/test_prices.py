"""Every algorithm is run, gives the prediction, and costs what its formula says."""

import numpy as np
import pytest

from bloqs.ntk.model import masks
from bloqs.ntk.model.kernel import Kernel
from bloqs.ntk.model.sources import read
from bloqs.ntk.model.system import MaskedSystem
from bloqs.ntk.rivals import prices, samplers, solvers
from bloqs.ntk.rivals.memory import PointMemory

N, D, DEPTH = 32, 64, 24


@pytest.fixture(scope="module")
def split():
    return read("digits:8v9", N, seed=3)


def parts(split):
    """A memory with nothing counted yet, the system, a test point and its prediction."""
    kernel, data = Kernel.of("erf", DEPTH), split.train
    mask = masks.xor_mask(N, (0, 3, 5, 9))
    system = MaskedSystem.of(kernel.matrix(data.rows), data.labels, mask)
    point = split.test.rows[0]
    memory = PointMemory(data.rows, data.labels, kernel, mask)
    return memory, system, point, system.predict(kernel.vector(data.rows, point))


def compare(answer, price):
    assert answer.work.flop == price.flop
    assert answer.work.accesses == price.accesses


def test_dense(split):
    memory, _, point, guess = parts(split)
    answer = solvers.dense_solve(memory, point)
    assert answer.value == pytest.approx(guess.f, abs=1e-12)
    compare(answer, prices.dense_price(N, D, DEPTH))


def test_conjugate_gradients(split):
    memory, _, point, guess = parts(split)
    answer = solvers.conjugate_gradient_solve(memory, point, 1e-9)
    assert answer.value == pytest.approx(guess.f, abs=1e-7)
    compare(answer, prices.conjugate_gradients_price(N, D, DEPTH, answer.steps))


def test_gradient_descent(split):
    memory, system, point, guess = parts(split)
    answer = solvers.gradient_descent(memory, point, 1e-9)
    assert answer.value == pytest.approx(guess.f, abs=1e-7)
    assert 1 < answer.steps <= solvers.descent_steps(system.row_sum, 1e-9) + 1
    compare(answer, prices.descent_price(N, D, DEPTH, answer.steps))


def test_uniform_samples(split):
    """Right nearly always; a quarter of the samples is wrong more often; no attempt is lost."""
    memory, system, point, guess = parts(split)
    mean, square, _ = samplers.clipped_moments(guess.k, system.labels, guess.top)
    overlap = guess.clipped(guess.top, is_masked=False)
    assert mean == pytest.approx(overlap.overlap * overlap.success**0.5)
    assert square == pytest.approx(overlap.success)
    wanted = samplers.samples_needed(mean, square, 0.05)
    rng = np.random.default_rng(0)
    wrong = {}
    for count in (wanted, wanted // 4):
        signs = [
            np.sign(samplers.sample_diagonal(memory, point, guess.top, count, rng).value)
            for _ in range(400)
        ]
        wrong[count] = np.mean(np.array(signs) != overlap.sign)
    assert wrong[wanted] <= 0.05
    assert wrong[wanted // 4] > wrong[wanted]
    memory, *_ = parts(split)
    answer = samplers.sample_diagonal(memory, point, guess.top, wanted, rng)
    compare(answer, prices.diagonal_price(D, DEPTH, wanted))


@pytest.mark.parametrize("steps", [1, 2, 4])
def test_neumann_samples(split, steps):
    memory, system, point, guess = parts(split)
    rng = np.random.default_rng(1)
    answer = samplers.sample_masked(memory, point, guess.top, 7, steps, rng)
    compare(answer, prices.masked_price(D, DEPTH, 7, 4, steps))
    left_out = system.masked_row_sum**steps / (1 - system.masked_row_sum)
    found = np.array([samplers.entry(memory, row, steps) for row in range(N)])
    worst = np.abs(found - system.solution).max()
    assert worst <= left_out
    assert worst >= 1e-3 * left_out


def test_neumann_steps(split):
    memory, system, *_ = parts(split)
    steps = samplers.neumann_steps(system.masked_row_sum, 1e-4)
    found = np.array([samplers.entry(memory, row, steps) for row in range(N)])
    assert np.abs(found - system.solution).max() <= 1e-4
    assert samplers.neumann_steps(0.0, 1e-4) == 1


def test_means_of_samples(split):
    memory, system, point, guess = parts(split)
    rng = np.random.default_rng(2)
    mean, square, _ = samplers.clipped_moments(guess.k, system.solution, guess.top)
    answer = samplers.sample_masked(memory, point, guess.top, 200, 3, rng)
    assert answer.value == pytest.approx(mean, abs=5 * (square / 200) ** 0.5)


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda m, x: samplers.sample_diagonal(m, x, 1.0, 0, np.random.default_rng(0)), "sample"),
        (lambda m, x: samplers.sample_masked(m, x, 1.0, 1, 40, np.random.default_rng(0)), "visit"),
        (lambda m, x: samplers.neumann_steps(1.2, 0.1), "row sum below 1"),
        (lambda m, x: samplers.samples_needed(0.0, 0.1, 0.1), "no class"),
        (lambda m, x: solvers.descent_steps(1.2, 0.1), "steps are known"),
        (lambda m, x: solvers.gradient_descent(m, x, 1.0), "epsilon"),
    ],
)
def test_refused(split, ask, words):
    memory, _, point, _ = parts(split)
    with pytest.raises(ValueError, match=words):
        ask(memory, point)


def test_refused_indefinite(split):
    memory, *_ = parts(split)
    with pytest.raises(ValueError, match="not definite"):
        solvers.cholesky(np.array([[1.0, 2.0], [2.0, 1.0]]), memory.work)
