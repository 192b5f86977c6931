"""Bonds beside Schmidt ranks of states, and the work of a chain."""

import numpy as np
import pytest

from bloqs.contrastive.model.ansatz_parts import KINDS
from bloqs.contrastive.model.batched_engine import Engine
from bloqs.contrastive.rivals.state_chain import BONDS, bond, chain_flop


def ranks(kind, width, layers):
    """Across every cut of the line, of the state at random inputs and angles."""
    engine, rng = Engine(kind=kind, width=width, layers=layers), np.random.default_rng(4)
    inputs = rng.uniform(0.3, 2.8, (1, width))
    state = engine.states(inputs, rng.uniform(0.3, 2.8, engine.angles))[0]
    return [
        int(np.linalg.matrix_rank(state.reshape(1 << cut, -1), tol=1e-10))
        for cut in range(1, width)
    ]


@pytest.mark.parametrize(
    ("kind", "layers", "most"),
    [
        *((kind, 1, {"line": 2, "all-to-all": 2}.get(kind, 4))
          for kind in KINDS if kind not in ("13", "14", "15")),
        ("line", 3, 8), ("ring", 2, 16),
    ],
)  # fmt: skip
def test_a_bond_is_the_largest_schmidt_rank(kind, layers, most):
    """Reached at some cut of ten qubits, where a state may have 32."""
    assert bond(kind, 10, layers) == most
    found = ranks(kind, 10, layers)
    assert max(found) <= most
    assert max(found) == most or kind == "farhi"


def test_bonds_of_every_ansatz_and_no_more_than_half_of_the_line():
    assert BONDS.keys() == KINDS.keys()
    assert bond("14", 10, 1) == 32 >= max(ranks("14", 10, 1))
    assert bond("14", 1000, 1) == 256


def test_work_is_linear_in_the_width():
    assert (
        chain_flop(1, "ring", 80, 2) == 2 * chain_flop(1, "ring", 40, 2) == 2 * 4 * 64 * 80 * 16**3
    )
