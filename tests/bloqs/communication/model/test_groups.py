"""Groups of commuting neighbours: few, and measurable together."""

import itertools

import numpy as np
import pytest

from bloqs.communication.model.blocks import Block, Gate, PartyModel
from bloqs.communication.model.evaluate import gradient_state, gradients
from bloqs.communication.model.groups import commuting_groups, group_sizes
from bloqs.communication.model.pauli import commute, pauli_matrix


def gates(*strings):
    """A dot marks a gate that is not trainable."""
    return tuple(Gate(x.strip("."), 0.3, not x.endswith(".")) for x in strings)


@pytest.mark.parametrize(
    ("strings", "sizes"),
    [
        (("ZZ", "ZI", "IZ"), (3,)),
        (("ZZ", "XX", "YY"), (3,)),
        (("ZI", "XI", "ZI"), (1, 1, 1)),
        (("ZI", "IX", "XI", "IZ"), (2, 2)),
        (("ZI", "IX.", "ZZ"), (2,)),
        (("ZI", "XI.", "ZI"), (1, 1)),
        (("XI.", "ZI", "ZI"), (2,)),
        (("ZI.", "XI."), ()),
        ((), ()),
    ],
)
def test_groups(strings, sizes):
    assert group_sizes(gates(*strings)) == sizes


def test_a_controlled_gate_is_alone():
    made = (Gate("ZI", 0.1), Gate("IZ", 0.1, control=0), Gate("ZI", 0.1))
    assert commuting_groups(made) == ((0,), (1,), (2,))


def test_commuting_is_that_of_matrices():
    for one, two in itertools.product(map("".join, itertools.product("IXYZ", repeat=2)), repeat=2):
        a, b = pauli_matrix(one), pauli_matrix(two)
        assert commute(one, two) == np.allclose(a @ b, b @ a)


@pytest.mark.parametrize("seed", range(8))
def test_a_group_is_read_at_its_end(seed):
    """Just after the last gate of a group, the gradient of each of its gates is -<Y x P>."""
    rng = np.random.default_rng(seed)
    strings = ["".join(rng.choice([*"IXZ"], 2)) for _ in range(8)]
    made = tuple(Gate(x, float(rng.uniform(-3, 3)), bool(rng.random() > 0.3)) for x in strings)
    model = PartyModel(
        2, rng.normal(size=4), (Block("Alice", made), Block("Bob", gates("XY", "YI")))
    )
    expected = iter(gradients(model)[0])
    for group in commuting_groups(made):
        state = gradient_state(model, 1).reshape(2, -1)
        for gate in reversed(made[group[-1] + 1 :]):
            state = np.stack([gate.undo(half) for half in state])
        for place in group:
            reader = -np.kron(pauli_matrix("Y"), pauli_matrix(made[place].letters))
            found = state.reshape(-1).conj() @ reader @ state.reshape(-1)
            assert found.real == pytest.approx(next(expected), abs=1e-12)
