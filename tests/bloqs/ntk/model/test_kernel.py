"""k_L against the recursion in 60 digits, at data where correlations lose theirs."""

import mpmath
import numpy as np
import pytest

from bloqs.ntk.model.activation import Activation
from bloqs.ntk.model.kernel import Kernel

ABSOLUTE = 1e-13
GAPS = (0.0, 1e-14, 1e-12, 1e-9, 1e-6, 1e-3, 0.1, 0.3, 0.4999, 0.5, 0.7, 0.9, 1 - 1e-9, 1.0)


def reference(name, depth, rho, variance=1):
    """The recursion as printed, on covariances, never divided by the diagonal before the end."""
    with mpmath.workdps(60):
        pi, asin, acos, sqrt = mpmath.pi, mpmath.asin, mpmath.acos, mpmath.sqrt

        def layer(cross, own):
            if name == "erf":
                scale = 2 / pi * asin(mpmath.mpf(2) / 3)
                image = 2 / pi * asin(2 * cross / (1 + 2 * own)) / scale
                slope = 4 / pi / sqrt((1 + 2 * own) ** 2 - 4 * cross**2) / scale
                return image, slope
            rho = min(cross / own, mpmath.mpf(1))
            angle = acos(rho)
            moment = own * (sqrt(1 - rho**2) + rho * (pi - angle)) / pi
            if name == "critical-relu":
                return moment, 1 - angle / pi
            scale = 1 - 1 / pi
            return (moment - 2 * sqrt(own) / pi + 1 / pi) / scale, (1 - angle / pi) / scale

        own = mpmath.mpf(variance)
        cross = own * mpmath.mpf(rho)
        kernel, diagonal = cross, own
        for _ in range(depth):
            one, slope_one = layer(own, own)
            cross, slope = layer(cross, own)
            own = one
            kernel, diagonal = cross + kernel * slope, own + diagonal * slope_one
        return kernel / diagonal


@pytest.mark.parametrize("name", ["erf", "relu", "critical-relu"])
@pytest.mark.parametrize("variance", [1.0, 0.0027])
@pytest.mark.parametrize("depth", [1, 40, pytest.param(1000, marks=pytest.mark.slow)])
def test_values(name, variance, depth):
    rho = [*(1 - gap for gap in GAPS), *(gap - 1 for gap in GAPS)]
    found = Kernel.of(name, depth, variance).values(np.array(rho))
    for value, at in zip(found, rho, strict=True):
        wanted = reference(name, depth, at, variance)
        assert abs(mpmath.mpf(float(value)) - wanted) < ABSOLUTE, at


@pytest.mark.parametrize("name", ["erf", "relu", "critical-relu"])
def test_rows_close_together(name):
    """Clusters: the reference has the correlation of the rows in 60 digits."""
    rng = np.random.default_rng(2)
    centres = rng.normal(size=(2, 5))
    rows = np.concatenate([c + s * rng.normal(size=(3, 5)) for c in centres for s in (1e-5, 1e-2)])
    rows = np.concatenate([rows, -rows[:1] + 1e-6])
    rows /= np.linalg.norm(rows, axis=1)[:, None]
    found = Kernel.of(name, 60).matrix(rows)
    with mpmath.workdps(60):
        exact = [mpmath.matrix([mpmath.mpf(float(x)) for x in row]) for row in rows]
        exact = [row / mpmath.norm(row) for row in exact]
        for i in range(len(rows)):
            for j in range(i):
                rho = mpmath.fdot(exact[i], exact[j])
                wanted = reference(name, 60, rho)
                assert abs(mpmath.mpf(float(found[i, j])) - wanted) < ABSOLUTE, (i, j)
    assert np.array_equal(found, found.T)
    assert np.all(np.diagonal(found) == 1)


def test_published_form():
    """Printed: .9 at 10 and 40 layers, published network and theory."""
    published = 1 / (784 * 2 / np.pi * np.arcsin(2 / 3))  # of rows of 784 entries
    assert Kernel.of("erf", 10, published).values(0.9) == pytest.approx(0.7025, abs=5e-5)
    assert Kernel.of("erf", 40, published).values(0.9) == pytest.approx(7.605e-4, abs=5e-8)
    assert Kernel.of("erf", 10).values(0.9) == pytest.approx(0.3205, abs=5e-5)
    assert Kernel.of("erf", 40).values(0.9) == pytest.approx(1.7009e-4, abs=5e-9)


def test_closed_form_of_the_tail():
    """Depths at which the closed form carries most layers, against all layers in 60 digits."""
    for name, depth in (("erf", 400), ("relu", 200)):
        for rho in (0.99, 0.2, -0.7):
            found = mpmath.mpf(float(Kernel.of(name, depth).values(rho)))
            assert abs(found / reference(name, depth, rho) - 1) < 1e-12


def test_any_depth():
    """No overflow: far points have nothing in common, and a point itself has everything."""
    found = Kernel.of("erf", 10**9).values(np.array([1.0, 0.999, 0.0, -0.5, -1.0]))
    assert np.array_equal(np.abs(found), [1, 0, 0, 0, 1])
    assert Kernel.of("relu", 10**9).values(np.array([1.0, -1.0])).tolist() == [1, 0]


def test_critical_limit():
    """The limit is 1/4 for all points but one, and what is left of the way is like 1/depth."""
    rho = np.array([-0.5, 0.0, 0.5, 0.9])
    here, later = (Kernel.of("critical-relu", depth).values(rho) - 0.25 for depth in (1000, 8000))
    assert np.all((here > 0) & (here < 0.0065))
    assert np.all((later > 0) & (later < here / 6))


def test_printed_constants():
    erf, relu = Activation.of("erf"), Activation.of("relu")
    assert (erf.mu, relu.mu) == pytest.approx((0.08641716, 0.26652890), abs=5e-9)
    assert (erf.chi, relu.chi) == pytest.approx((1.225700, 1.466942), abs=5e-7)
    assert (erf.beta, relu.beta) == pytest.approx((0.444107, 0.808933), abs=5e-7)
    assert erf.chi / (1 - erf.mu) == pytest.approx(3 / np.sqrt(5), rel=1e-14)


@pytest.mark.parametrize("name", ["erf", "relu"])
def test_deep_limit(name):
    """The deep kernel rises like (1 - rho)**-(1 + beta); checked where that is all there is."""
    beta = Activation.of(name).beta
    kernel = Kernel.of(name, 600)
    ratio = kernel.at_gap(1e-7) / kernel.at_gap(1e-6)
    assert np.log10(ratio) == pytest.approx(1 + beta, rel=3e-2)


def test_steepest_is_above_every_slope():
    for name in ("erf", "relu", "critical-relu"):
        kernel = Kernel.of(name, 12)
        rho = np.linspace(-0.9, 0.9, 2001)
        slopes = np.abs(np.diff(kernel.values(rho)) / np.diff(rho))
        assert slopes.max() < kernel.steepest(0.1) < 1.05 * slopes.max()


def test_track_sees_all_entries():
    seen = []

    def track(steps, label):
        seen.append(label)
        yield from steps

    rows = np.random.default_rng(0).normal(size=(40, 3))
    rows /= np.linalg.norm(rows, axis=1)[:, None]
    assert np.array_equal(Kernel.of("erf", 5).matrix(rows, track), Kernel.of("erf", 5).matrix(rows))
    assert seen == ["kernel entries"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("tanh", 3), "erf, relu"),
        (("erf", 0), "depth"),
        (("erf", 2.5), "depth"),
        (("erf", 10**400), r"about 10\*\*400"),
        (("erf", 3, 0.0), "input_variance"),
        (("erf", 3, 1.5), "input_variance"),
        (("critical-relu", 10**7), "depth"),
    ],
)
def test_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        Kernel.of(*arguments)


@pytest.mark.parametrize("gap", [0.0, 1.0, -0.1, float("nan")])
def test_refused_gap(gap):
    with pytest.raises(ValueError, match="eps'"):
        Kernel.of("erf", 3).steepest(gap)


@pytest.mark.slow
def test_four_thousand_points():
    """The matrix at which speed is judged, spot-checked in 60 digits."""
    rows = np.random.default_rng(0).normal(size=(4096, 64))
    rows /= np.linalg.norm(rows, axis=1)[:, None]
    found = Kernel.of("erf", 100).matrix(rows)
    for i, j in ((0, 1), (4095, 7), (100, 3000)):
        wanted = reference("erf", 100, float(rows[i] @ rows[j]))
        assert abs(mpmath.mpf(float(found[i, j])) - wanted) < ABSOLUTE
