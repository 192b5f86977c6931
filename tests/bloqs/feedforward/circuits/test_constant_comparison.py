"""Comparison with a constant: action, cost, limits."""

import numpy as np
import pytest
from qualtran import DecomposeTypeError

from bloqs.feedforward.circuits.constant_comparison import ConstantComparison
from bloqs.simulation.runner import Runner
from estimator import symbols
from estimator.costs.cost import Cost, cost_by_counting

WIDTHS = pytest.mark.parametrize("m", [1, 2, 3, 4])


def halvings(k):
    """How often a number can be halved."""
    return 0 if k % 2 else 1 + halvings(k // 2)


@pytest.mark.parametrize("is_controlled", [False, True])
@WIDTHS
def test_flips_the_flag_from_the_constant_on(m, is_controlled, random_state):
    """Every constant, on every basis state at once, for every control; the inverse undoes it."""
    for k in range(1, 2**m):
        bloq = ConstantComparison(k, m, is_controlled=is_controlled)
        start = random_state(2 ** (m + 1 + is_controlled)).reshape(1 + is_controlled, 2**m, 2)
        wanted = start.copy()
        wanted[-1, k:] = start[-1, k:, ::-1]
        found = Runner.of(bloq).run(start.reshape(-1), seed=k)
        np.testing.assert_allclose(found, wanted.reshape(-1), atol=1e-9)
        back = Runner.of(bloq.adjoint()).run(found, seed=k)
        np.testing.assert_allclose(back, start.reshape(-1), atol=1e-9)


@WIDTHS
def test_cost(m, costs_agree):
    """An AND for each bit above the lowest set one of the constant; one Toffoli under control."""
    for k in range(1, 2**m):
        bloq = ConstantComparison(k, m)
        ands = m - 1 - halvings(k)
        costs_agree(bloq)
        counted = cost_by_counting(bloq)
        wanted = Cost(toffoli=ands, measurements=ands, qubits=m + 1 + ands)
        assert counted == wanted
        assert cost_by_counting(bloq.controlled()).toffoli == ands + 1


@pytest.mark.parametrize("m", [1, 2, 5])
def test_symbols_stand_for_the_dearest_constant(m, substitutes):
    substitutes(
        ConstantComparison(None, symbols.m), {symbols.m: m}, ConstantComparison(2**m - 1, m)
    )


@pytest.mark.parametrize(
    ("k", "m", "message"),
    [
        (1, 0, "register of m >= 1 qubits, got m=0"),
        (0, 2, r"needs 1 <= k < 2\*\*m, got k=0 with m=2"),
        (4, 2, r"needs 1 <= k < 2\*\*m, got k=4 with m=2"),
        (1, symbols.m, "a constant needs a width that is a number, got m=m"),
    ],
)
def test_refusals(k, m, message):
    with pytest.raises(ValueError, match=message):
        ConstantComparison(k, m)


def test_without_a_constant_there_is_no_circuit():
    with pytest.raises(DecomposeTypeError, match="has no constant, so it has no circuit"):
        ConstantComparison(None, 2).decompose_bloq()
