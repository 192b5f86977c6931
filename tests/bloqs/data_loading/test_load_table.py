"""A load writes the entry into fresh qubits; the unload takes it away and frees them."""

import numpy as np
import pytest

from bloqs.data_loading.bucket_brigade import BucketBrigade
from bloqs.data_loading.load_table import LoadTable
from bloqs.data_loading.select_swap import SelectSwap
from bloqs.data_loading.unary_iteration import UnaryIteration
from bloqs.simulation.runner import Runner
from estimator import symbols
from estimator.costs.cost import cost_by_annotation, cost_by_counting

XOR = {
    "unary": lambda table, c: UnaryIteration(table, len(table), 2, c),
    "select-swap": lambda table, c: SelectSwap(table, len(table).bit_length() - 1, 2, 1, c),
    "bucket-brigade": lambda table, c: BucketBrigade(table, len(table).bit_length() - 1, 2, c),
}


@pytest.fixture(params=XOR)
def xor(request):
    return XOR[request.param]


@pytest.mark.parametrize("is_controlled", [False, True])
def test_load_appends_the_entry(xor, is_controlled, random_table, random_state):
    """Zero beside a control in zero; no phase between addresses."""
    table = random_table(4, 2)
    start = random_state(4 * (1 + is_controlled)).reshape(-1, 4)

    found = Runner.of(LoadTable(xor(table, is_controlled))).run(start.reshape(-1))

    wanted = np.zeros((*start.shape, 4), dtype=complex)
    for control, x in np.ndindex(start.shape):
        wanted[control, x, 0 if is_controlled and control == 0 else table[x]] = start[control, x]
    np.testing.assert_allclose(found.reshape(wanted.shape), wanted, atol=1e-9)


@pytest.mark.parametrize("is_controlled", [False, True])
def test_unload_undoes_the_load(xor, is_controlled, random_table, random_state, there_and_back):
    """A sign from the entry stays, everything else goes, whatever is measured on the way."""
    table = random_table(4, 2)
    start = random_state(4 * (1 + is_controlled)).reshape(-1, 4)
    runner = Runner.of(there_and_back(LoadTable(xor(table, is_controlled))))
    sign = np.ones(start.shape)
    sign[-1] = [(-1) ** (entry % 2) for entry in table]
    for seed in range(4):
        found = runner.run(start.reshape(-1), seed).reshape(start.shape)
        np.testing.assert_allclose(found, sign * start, atol=1e-9)


@pytest.mark.parametrize("is_controlled", [False, True])
def test_costs_what_the_lookup_costs(xor, is_controlled, random_table):
    """Load and unload alike, on circuit and annotation."""
    inner = xor(random_table(8, 2), is_controlled)
    for bloq in (LoadTable(inner), LoadTable(inner).adjoint()):
        assert cost_by_annotation(bloq) == cost_by_counting(bloq) == cost_by_counting(inner)


def test_an_entry_without_address_is_a_constant():
    """One entry: no address register, X gates only."""
    bloq = LoadTable(UnaryIteration((2,), 1, 2))
    assert [reg.name for reg in bloq.signature] == ["target"]
    np.testing.assert_allclose(Runner.of(bloq).run(), [0, 0, 1, 0], atol=1e-9)


def test_symbolic_cost_is_that_of_the_lookup():
    inner = UnaryIteration(None, symbols.L, symbols.b)
    assert cost_by_annotation(LoadTable(inner)) == cost_by_annotation(inner)
