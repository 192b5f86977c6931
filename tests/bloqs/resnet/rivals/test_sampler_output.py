"""The output block's rejection sampling against its law written out over all columns."""

import itertools

import numpy as np
import pytest
from scipy.stats import chisquare

from bloqs.resnet.model.random_network import random_input
from bloqs.resnet.rivals.sampler_access import ColumnAccess, Counts
from bloqs.resnet.rivals.sampler_output import SampledOutput


class Scaled:
    """A vector known up to the factor c: its entries are c u, its samples those of u."""

    def __init__(self, u, c, survival, rng):
        self.u, self.c, self.survival, self.rng = u, c, survival, rng

    def entries(self, positions):
        return self.c * self.u[positions]

    def samples(self, count):
        return self.rng.choice(len(self.u), size=count, p=self.u**2)

    def attempts(self, count):
        """c = 1 would survive with `survival`; the squares of the entries decide."""
        return self.samples(self.rng.binomial(count, self.survival * self.c**2))


def law_of(u, c, W, tau, s):
    """Mean over all s-tuples of columns of the squared vector."""
    total = np.zeros(len(u))
    for J in itertools.product(range(len(u)), repeat=s):
        probability = np.prod([u[j] ** 2 for j in J])
        total += probability * (tau * c * u + (1 - tau) * np.mean(W[:, J], axis=1)) ** 2
    return total


def made(u, c, W, tau, s, survival, rng):
    counts = Counts()
    below = Scaled(u, c, survival, rng)
    columns = ColumnAccess(W, counts, rng)
    return SampledOutput(
        below, below.attempts, below.samples, survival, columns, tau, s, counts, rng
    ), counts


@pytest.mark.parametrize("s", [1, 2, 3])
@pytest.mark.parametrize("c", [1.0, 0.7, 1.2])
def test_law_is_the_mean_over_the_columns(s, c, rng):
    """Exactly, whatever the unknown factor c; and the law without it is told apart."""
    u, W = random_input(5, rng), rng.normal(size=(5, 5))
    W = W / np.linalg.norm(W, ord=2)
    tau = 0.6
    output, counts = made(u, c, W, tau, s, 0.3, rng)
    found = output.tries(400_000)
    seen = np.bincount(found, minlength=5)
    law = law_of(u, c, W, tau, s)
    assert chisquare(seen, seen.sum() * law / law.sum()).pvalue > 1e-3
    other = law_of(u, c + 0.2, W, tau, s)
    assert chisquare(seen, seen.sum() * other / other.sum()).pvalue < 1e-3
    # Tries accepted: the law's total over the envelope's, in units of tries.
    skip = (1 + (1 - tau) * np.sqrt((W**2).sum(axis=0).max()) / tau) * tau**2
    per_try = law.sum() / (skip / 0.3 + output.mass - skip)
    assert seen.sum() == pytest.approx(400_000 * per_try, rel=0.02)
    assert counts.matrix_entries == s * counts.candidates


def test_the_mean_differs_by_the_variance_over_s(rng):
    """(tau psi + (1-tau) W psi^2)^2 + (1-tau)^2 Var / s, the formula of the error bound."""
    u, W, tau = random_input(4, rng), rng.normal(size=(4, 4)), 0.55
    mean = W @ u**2
    variance = W**2 @ u**2 - mean**2
    for s in (1, 2, 4):
        expected = (tau * u + (1 - tau) * mean) ** 2 + (1 - tau) ** 2 * variance / s
        np.testing.assert_allclose(law_of(u, 1.0, W, tau, s), expected, rtol=0, atol=1e-13)


def test_mass_is_the_stated_one(rng):
    W = np.diag([0.5, 0.9, 0.1])
    output, _ = made(random_input(3, rng), 1.0, W, 0.51, 2, 1.0, rng)
    assert output.mass == pytest.approx((0.51 + 0.49 * 0.9) ** 2)


def test_a_zero_matrix_leaves_the_skip_path(rng):
    u = random_input(4, rng)
    output, _ = made(u, 1.0, np.zeros((4, 4)), 0.51, 2, 0.5, rng)
    seen = np.bincount(output.tries(40_000), minlength=4)
    assert output.mass == pytest.approx(0.51**2)
    assert seen.sum() == pytest.approx(20_000, rel=0.03)
    assert chisquare(seen, seen.sum() * u**2).pvalue > 1e-3
