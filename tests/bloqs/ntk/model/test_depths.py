"""The table of depths, as printed with its corrections."""

import pytest

from bloqs.ntk.model import depths
from bloqs.ntk.model.activation import Activation
from bloqs.ntk.model.kernel import Kernel

PRINTED = [
    (512, 1e-2, "erf", 63, 65.1, 167, 1003),
    (10**4, 1e-4, "erf", 105, 107.9, 305, 1705),
    (10**6, 1e-6, "erf", 159, 161.9, 460, 2557),
    (10**9, 1e-9, "erf", 240, 242.9, 691, 3836),
    (512, 1e-2, "relu", 32, 30.0, 69, 325),
    (10**4, 1e-4, "relu", 52, 50.6, 122, 552),
    (10**6, 1e-6, "relu", 77, 75.9, 182, 829),
    (10**9, 1e-9, "relu", 115, 113.9, 274, 1244),
]


@pytest.mark.parametrize(("n", "delta", "name", "exact", "law", "proved", "converged"), PRINTED)
def test_printed_table(n, delta, name, exact, law, proved, converged):
    assert depths.exact_depth(n, delta, name) == exact
    assert depths.law_depth(n, delta, name) == pytest.approx(law, abs=0.051)
    assert depths.proved_depth(n, delta, name) == proved
    assert int(depths.converged_depth(n, delta, Activation.of(name).mu)) == converged


def test_exact_depth_is_the_first():
    depth = depths.exact_depth(1000, 0.03, "erf")
    small, before = (Kernel.of("erf", L).at_gap(0.03) for L in (depth, depth - 1))
    assert small <= 1000**-2 < before


@pytest.mark.parametrize(("n", "delta"), [(1, 0.1), (10, 0.0), (10, 1.5)])
def test_refused(n, delta):
    with pytest.raises(ValueError, match=r"at least 2 points|delta"):
        depths.exact_depth(n, delta, "erf")


def test_refused_without_a_centre():
    with pytest.raises(ValueError, match="mean zero"):
        depths.exact_depth(10, 0.1, "critical-relu")
