"""Bounds without a constant are compared with nothing; those with one hold for what is sent."""

import math

import pytest
import sympy

from bloqs.communication.model.counts import shot
from bloqs.communication.model.outline import alternating
from bloqs.communication.model.tomography import UnknownConstantError
from bloqs.communication.rivals.bounds import BOUNDS, Setting, applicable
from bloqs.communication.symbols import L, N, delta, n

BY_NAME = {bound.name: bound for bound in BOUNDS}


def test_the_root_over_a_power_of_a_logarithm():
    """At N = exp(16): exp(8) over 16**(3/4)."""
    value = BY_NAME["Raz's problem"].expression.subs(N, sympy.exp(16))
    assert float(value) == pytest.approx(math.exp(8) / 8)


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda x: x.name)
def test_comparisons(bound):
    """An error without a constant, a number with one."""
    at = {N: 1024, n: 10, L: 3, delta: 0.05}
    if bound.constant is None:
        assert bound.says.endswith("constant unknown")
        with pytest.raises(UnknownConstantError, match="no known constant"):
            bound.is_below(10**9, at)
    else:
        assert "unknown" not in bound.says
        assert bound.is_below(10**9, at)
        assert not bound.is_below(1, at)


def test_inner_product():
    """Half of (n - 1) L, within a factor 4n/(n - 1) of a shot; less with failures."""
    exact, failing = BY_NAME["inner product, exactly"], BY_NAME["inner product"]
    for qubits in (2, 3, 10):
        for layers in (1, 2, 5):
            at = {n: qubits, L: layers, delta: 0.05}
            value = exact.value(at)
            assert value == ((qubits - 1) * layers + 1) // 2
            assert exact.is_below(shot(alternating(qubits, layers)).qubits, at)
            assert failing.value(at) == pytest.approx(max(0, 0.405 * (qubits - 1) * layers - 0.5))
            assert shot(alternating(qubits, layers)).qubits <= 4 * qubits / (qubits - 1) * value
    with pytest.raises(ValueError, match="needs numbers for delta"):
        failing.value({n: 3, L: 2})
    with pytest.raises(ValueError, match="is for L >= 1 layers, got 0"):
        exact.value({n: 3, L: 0})


def test_what_binds_quantum_messages_too():
    """All other problems are solved by fewer qubits."""
    quantum = {x.name for x in BOUNDS if x.binds_quantum}
    assert quantum == {"inner product, exactly", "inner product", "linear classification"}


def test_depth():
    """The square root for messages both ways begins at two layers."""
    assert "Raz's problem" not in {x.name for x in applicable(1)}
    two_way = [x for x in applicable(2) if x.setting is Setting.TWO_WAY]
    assert {x.name for x in two_way} == {"vector in subspace", "Raz's problem"}
    assert all(not x.binds_quantum for x in two_way)
