"""Where quantum messages gain little: linear classification, and N = 4."""

import numpy as np
import pytest

import quledger
from bloqs.communication.answers.compare_limits import linear_facts, optima_table, told_bits
from bloqs.communication.rivals.shipping import rounded


@pytest.mark.parametrize(("gamma", "projections"), [(0.3, 160), (0.15, 653)])
def test_linear_classification(gamma, projections):
    """Bits of signs do not depend on N, those of shipping do; the bound has no number."""
    for n, bits in ((4, 16 * 4), (10, 1024 * 7)):
        rows = {x.key: x for x in linear_facts({"n": n, "gamma": gamma, "delta": 0.05}).rows}
        assert rows["projections"].value == projections
        assert rows["shipping"].value == bits + (2**n if gamma == 0.15 else 0)
        assert "constant unknown" in rows["bound"].value


@pytest.mark.parametrize("gamma", [0.25, 0.3, 0.01])
def test_the_sign_is_told_for_certain(gamma):
    """Of vectors at the margin, in as many bits a number; at a power of two as well."""
    rng, reals = np.random.default_rng(7), 16
    bits = told_bits(reals, gamma) // reals
    assert np.sqrt(reals) * 2.0**-bits < gamma <= 2 * np.sqrt(reals) * 2.0**-bits
    for _ in range(20):
        x, y = np.linalg.qr(rng.normal(size=(reals, 2)))[0].T
        y = gamma * x + np.sqrt(1 - gamma**2) * y
        assert rounded(x, bits) @ y > 0


def test_optima():
    """Right answers by hand: one quantum copy is below two bits for an edge alone."""
    rows = [[row[k] for k in ("bits", "right", "inputs", "copy")] for row in optima_table().rows]
    assert rows == [
        [1, 36, 48, 48], [2, 48, 48, 48], [0, 48, 96, 72], [1, 64, 96, 72], [2, 76, 96, 72],
        [1, 26, 32, 32], [2, 32, 32, 32],
    ]  # fmt: skip


def test_a_margin_is_at_most_one():
    with pytest.raises(ValueError, match=r"gamma must be a number >= 1e-12 and <= 1, got '?2"):
        quledger.compare("communication", gamma=2)
