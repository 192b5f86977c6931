"""A call or its inverse: every gate, cost, and who needs it."""

import numpy as np
import pytest

from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.parts import is_own_inverse
from bloqs.linear_systems.circuits.either_way import EitherWay
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_annotation
from proofs.leaves import HermitianLeaf, MatrixLeaf, unitary


@pytest.mark.parametrize("is_controlled", [False, True])
def test_either_way(is_controlled, costs_agree):
    """U where coin and way are one, its inverse where the coin alone is; the inverse swaps them."""
    leaf = MatrixLeaf(3, 1.0, 1, 1)
    bloq = EitherWay(leaf, is_controlled=is_controlled)
    u = unitary(2, 3)
    blocks = [np.eye(4), np.eye(4), u.conj().T, u]
    blocks = [np.eye(4)] * (4 if is_controlled else 0) + blocks
    for form, wanted in ((bloq, blocks), (bloq.adjoint(), [x.conj().T for x in blocks])):
        runner = Runner.of(form)
        found = np.stack([runner.run(x) for x in range(4 * len(blocks))], axis=1)
        for k, block in enumerate(wanted):
            part = found[4 * k : 4 * k + 4, 4 * k : 4 * k + 4]
            np.testing.assert_allclose(part, block, atol=1e-9)
        assert np.linalg.norm(found) == pytest.approx(np.sqrt(4 * len(blocks)))
    costs_agree(EitherWay(leaf))


def test_calls():
    """One of each."""
    bloq = EitherWay(MatrixOracle(3, 2))
    for form, ands in ((bloq, 1), (bloq.adjoint(), 1), (bloq.controlled(), 2)):
        cost = cost_by_annotation(form)
        assert (cost.queries, cost.toffoli) == ({"matrix": 2}, ands)


def test_own_inverse():
    """Said by the circuit, not found out."""
    assert is_own_inverse(MatrixOracle(2, 1, is_hermitian=True))
    assert not is_own_inverse(MatrixOracle(2, 1))
    assert is_own_inverse(HermitianLeaf(0))
    assert not is_own_inverse(MatrixLeaf(0))


def test_refuses_a_control():
    with pytest.raises(ValueError, match="has a control; control the call either way instead"):
        EitherWay(MatrixOracle(2, 1, is_controlled=True))
