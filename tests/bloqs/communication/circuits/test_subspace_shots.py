"""Vector in subspace and Raz's problem are solved by their circuits, gate by gate."""

import numpy as np
import pytest

from bloqs.communication.circuits.subspace_shots import RazShot, VectorInSubspace
from bloqs.communication.model.subspace_problem import (
    RazProblem,
    SubspaceProblem,
    random_in,
    random_subspace,
)
from bloqs.messages.private import Private
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_annotation


@pytest.mark.parametrize("slack", [0.0, 0.3])
@pytest.mark.parametrize(
    "size", [2, 4, 8, 16, *(pytest.param(x, marks=pytest.mark.slow) for x in (32, 64))]
)
def test_success(size, slack):
    """1 - slack**2, on either side of the promise."""
    rng, half = np.random.default_rng(size), size // 2
    basis = random_subspace(size, rng)
    turn = np.linalg.qr(rng.normal(size=(size, size)))[0]
    for is_inside in (True, False):
        vector = random_in(basis, rng, is_inside, slack)
        runs = (
            VectorInSubspace.of(SubspaceProblem(vector, basis, slack)),
            RazShot.of(RazProblem(turn.T @ vector, basis, turn, slack)),
        )
        for shot in runs:
            zero = np.sum(np.abs(Runner.of(shot).run(0)[:half]) ** 2)
            assert abs((zero if is_inside else 1 - zero) - (1 - slack**2)) < 1e-9


def test_gates_are_those_of_a_tree_and_dense_blocks():
    """N - 1 rotations, and (3/2) (4**n - 2**n) for each block, at n = 2."""
    plane = tuple(row[:2] for row in np.eye(4).tolist())
    vector, subspace = Private("A", (1.0, 2.0, 3.0, 4.0)), Private("B", tuple(map(tuple, plane)))
    shot = VectorInSubspace(2, vector, subspace)
    assert cost_by_annotation(shot).rotations == 3 + 18
    turn = Private("B", tuple(map(tuple, np.eye(4).tolist())))
    shot = RazShot(2, vector, Private("A", subspace.value), turn)
    assert cost_by_annotation(shot).rotations == 3 + 36
    assert cost_by_annotation(shot).parties == {"A": 2, "B": 2}


HERS = Private("Alice", (3.0, 4.0))
LINE = ((0.6,), (0.8,))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: VectorInSubspace(2, HERS, Private("Bob", LINE)), "takes 4 numbers, got 2"),
        (
            lambda: VectorInSubspace(1, HERS, Private("Bob", ((1.0, 0.0), (0.0, 1.0)))),
            "N/2 columns",
        ),
        (lambda: VectorInSubspace(1, HERS, Private("Bob", ((1.0,), (1.0,)))), "off by 1"),
        (
            lambda: RazShot(1, HERS, Private("Carol", LINE), Private("Bob", ((1, 0), (0, 1)))),
            "got data of Alice and of Carol",
        ),
        (
            lambda: RazShot(1, HERS, Private("Alice", LINE), Private("Bob", ((2, 0), (0, 1)))),
            "unitary within",
        ),
    ],
)
def test_refusals(make, said):
    with pytest.raises(ValueError, match=said):
        make()
