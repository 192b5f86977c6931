"""One state settles both problems, with certainty or up to the slack."""

import numpy as np
import pytest

from bloqs.communication.model.evaluate import loss
from bloqs.communication.model.subspace_problem import (
    RazProblem,
    SubspaceProblem,
    as_unit,
    random_in,
    random_subspace,
)


@pytest.mark.parametrize("size", [2, 4, 16, 64])
@pytest.mark.parametrize("slack", [0.0, 0.3])
@pytest.mark.parametrize("is_inside", [True, False])
def test_success(size, slack, is_inside):
    """1 - slack**2, by the model that the parties run."""
    rng = np.random.default_rng(size)
    basis = random_subspace(size, rng)
    vector = random_in(basis, rng, is_inside, slack)
    turn = np.linalg.qr(rng.normal(size=(size, size)))[0]
    for problem in (
        SubspaceProblem(vector, basis, slack),
        RazProblem(turn.T @ vector, basis, turn, slack),
    ):
        right = loss(problem.model, "projector")
        assert (right if is_inside else 1 - right) == pytest.approx(1 - slack**2, abs=1e-9)
        assert problem.success == pytest.approx(1 - slack**2, abs=1e-9)
        assert problem.answer == is_inside
    assert problem.model.outline.sends == 2
    assert SubspaceProblem(vector, basis, slack).model.outline.sends == 1


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: SubspaceProblem([3, 4, 0, 0], np.eye(4)[:, [0, 2]]),
            "off by 0.36",
        ),
        (lambda: SubspaceProblem([3, 4, 0], np.eye(4)[:, :2]), r"2\*\*n entries"),
        (lambda: SubspaceProblem([0, 0, 0, 0], np.eye(4)[:, :2]), "not zero"),
        (lambda: SubspaceProblem([1, 0, 0, 0], np.eye(4)), "N/2 columns"),
        (lambda: SubspaceProblem([1, 0, 0, 0], 2 * np.eye(4)[:, :2]), "off by 3"),
        (lambda: SubspaceProblem([1, 0], np.eye(4)[:, :2]), "one dimension, got 2 and 4"),
        (lambda: SubspaceProblem([1, 0], np.eye(2)[:, :1], 0.8), "slack lies in"),
        (lambda: RazProblem([1, 0], np.eye(2)[:, :1], 2 * np.eye(2)), "unitary within"),
        (lambda: RazProblem([1, 0], np.eye(2)[:, :1], np.eye(4)), "one dimension"),
    ],
)
def test_refusals(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("size", [1e300, 5e-324])
def test_the_norm_of_a_vector_does_not_matter(size):
    """Its squares would be infinite, or vanish."""
    assert as_unit([size, 0, 0, size]) == pytest.approx([0.5**0.5, 0, 0, 0.5**0.5])
