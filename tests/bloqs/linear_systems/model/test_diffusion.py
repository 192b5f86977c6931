"""Diffusion against the Laplacian, against resistors in series, and refusals."""

import numpy as np
import pytest

from bloqs.linear_systems.model.diffusion import diffusion
from bloqs.linear_systems.model.structure import dense, laplacian


@pytest.mark.parametrize(("m", "axes"), [(3, 1), (2, 2), (1, 3)])
def test_a_constant_coefficient_is_the_laplacian(m, axes):
    np.testing.assert_allclose(
        diffusion(np.full((2**m,) * axes, 3.0)), 3 * dense(laplacian(m, axes))
    )


def test_cells_in_series(rng):
    """Energy of u: conductances of faces times squares of differences, ends held at zero."""
    a, u = 10 ** rng.uniform(0, 4, 6), rng.normal(size=6)
    through = [1 / (1 / (2 * a[i]) + 1 / (2 * a[i + 1])) for i in range(5)]
    energy = sum(w * (u[i] - u[i + 1]) ** 2 for i, w in enumerate(through))
    energy += a[0] * u[0] ** 2 + a[-1] * u[-1] ** 2
    assert u @ diffusion(a) @ u == pytest.approx(energy)


@pytest.mark.parametrize("a", [[[[[1.0]]]], [1.0, 0.0], [1.0, np.inf], [], 1.0])
def test_refuses_what_does_not_diffuse(a):
    with pytest.raises(ValueError, match="diffusion needs coefficients above zero"):
        diffusion(np.array(a))
