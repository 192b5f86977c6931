"""The measured unload: it frees the entry and leaves no sign behind."""

import cirq
import numpy as np
import pytest
from qualtran import DecomposeTypeError
from qualtran.resource_counting import get_cost_value

from bloqs.data_loading.measured_unload import MeasuredUnload, OddParity
from bloqs.simulation.runner import Runner
from estimator import symbols
from estimator.costs.circuit import circuit_of
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.costs.keys import ToffoliDepth

SIZES = [(1, 1), (1, 3), (2, 2), (3, 1), (3, 3), (4, 2), (5, 2)]


@pytest.mark.parametrize(("a", "b"), SIZES)
def test_entry_disappears_without_a_sign(a, b, random_table, random_state):
    """From a superposition of all addresses, for several outcomes of every measurement."""
    for is_controlled in (False, True):
        table = random_table(2**a, b)
        amplitudes = random_state((1 + is_controlled) * 2**a).reshape(-1, 2**a)
        start = np.zeros((*amplitudes.shape, 2**b), dtype=complex)
        for control, x in np.ndindex(amplitudes.shape):
            entry = 0 if is_controlled and control == 0 else table[x]
            start[control, x, entry] = amplitudes[control, x]
        runner = Runner.of(MeasuredUnload(table, a, b, is_controlled))
        for seed in range(6):
            found = runner.run(start.reshape(-1), seed)
            np.testing.assert_allclose(
                found, amplitudes.reshape(-1), atol=1e-9, err_msg=f"{is_controlled=}"
            )


def test_another_entry_is_no_number_to_free():
    """`call_classically` refuses it; the measurement would leave a sign."""
    unload = MeasuredUnload((3, 1, 0, 2), 2, 2)
    with pytest.raises(ValueError, match="frees the entry at the address, got 2"):
        unload.call_classically(address=1, target=2)


def test_another_entry_would_leave_a_sign(random_state):
    """The correction is that of the table: unloading a wrong one is noticed."""
    start = np.zeros((4, 4), dtype=complex)
    amplitudes = random_state(4)
    for x, entry in enumerate((3, 1, 0, 2)):
        start[x, entry] = amplitudes[x]
    runner = Runner.of(MeasuredUnload((3, 1, 0, 1), 2, 2))
    found = [runner.run(start.reshape(-1), seed) for seed in range(6)]
    assert max(np.max(np.abs(state - amplitudes)) for state in found) > 0.1


@pytest.mark.parametrize("is_controlled", [False, True])
def test_symbolic_cost_is_the_counted_one(is_controlled, random_table):
    """For two address bits and more; one bit has its own, smaller cost."""
    for a, b in (*SIZES, (6, 2), (7, 3), (8, 1), (9, 1)):
        bloq = MeasuredUnload(random_table(2**a, b), a, b, is_controlled)
        assert cost_by_annotation(bloq) == cost_by_counting(bloq), f"{a=}, {b=}"
        if a >= 2:
            symbolic = MeasuredUnload(None, symbols.a, symbols.b, is_controlled)
            at_size = cost_by_annotation(symbolic).subs({symbols.a: a, symbols.b: b})
            assert at_size == cost_by_counting(bloq), f"{a=}, {b=}"


def test_published_cost():
    """ceil(N / K) + K Toffoli with K about sqrt(N), less 4. [BGMMB19] App. C.

    No AND is needed for the first address bit of either half, on both of its sides.
    """
    for a in range(2, 11):
        K = 2 ** (a // 2)
        claimed = cost_by_annotation(MeasuredUnload(None, a, 5))
        assert claimed.toffoli == 2**a // K + K - 4, f"{a=}"
        assert claimed.toffoli <= min(2**a // 2**k + 2**k for k in range(a + 1)) - 4, f"{a=}"


@pytest.mark.parametrize("is_controlled", [False, True])
def test_depth_is_that_of_the_circuit(is_controlled, random_table, counted_depth):
    """Exact for a table without zeros; no table is deeper."""
    for a in range(1, 10):
        full = MeasuredUnload((3,) * 2**a, a, 2, is_controlled)
        claimed = get_cost_value(full, ToffoliDepth())
        assert claimed == counted_depth(full), f"{a=}"
        for table in ((0,) * 2**a, random_table(2**a, 2)):
            assert counted_depth(MeasuredUnload(table, a, 2, is_controlled)) <= claimed, f"{a=}"
        symbolic = MeasuredUnload(None, symbols.a, symbols.b, is_controlled)
        if a >= 2:
            assert get_cost_value(symbolic, ToffoliDepth()).subs({symbols.a: a}) == claimed, f"{a=}"


def test_each_bit_is_measured_once_and_corrected_by_parity():
    """The corrections read the measurements of this unload and nothing else."""
    circuit = circuit_of(MeasuredUnload((3, 1, 0, 2), 2, 2))
    entry = [op for op in circuit.operations if cirq.is_measurement(op)][:2]
    conditions = {c for op in circuit.operations for c in getattr(op, "classical_controls", ())}
    conditions = {condition for condition in conditions if isinstance(condition, OddParity)}
    first, second = (cirq.measurement_key_obj(op) for op in entry)
    assert {condition.measured for condition in conditions} == {
        (first, second),
        (first,),
        (second,),
    }


def test_odd_parity_follows_its_keys():
    """Renaming a key renames it in the condition; the condition reads the last outcome."""
    x, y, z = (cirq.MeasurementKey(name) for name in "xyz")
    odd = OddParity((x, y))
    assert odd.replace_key(x, z).keys == (z, y)
    outcomes = cirq.ClassicalDataDictionaryStore(_records={x: [(1,), (0,)], y: [(1,)], z: [(1,)]})
    assert odd.resolve(outcomes)
    assert not odd.replace_key(x, z).resolve(outcomes)
    with pytest.raises(ValueError, match="OpenQASM 2 cannot test the parity"):
        _ = odd.qasm


@pytest.mark.parametrize(
    ("table", "a", "message"),
    [
        (None, 0, "MeasuredUnload needs address_bitsize >= 1, got 0"),
        ((1, 2, 3), 2, "table must have 4 entries, got 3"),
        ((1, 2, 3, 4), 2, "table entry 4 does not fit into 2 bits"),
    ],
)
def test_refuses_impossible_tables(table, a, message):
    """An entry that is too wide would otherwise be unloaded without its upper bits."""
    with pytest.raises(ValueError, match=message):
        MeasuredUnload(table, a, bitsize=2)


def test_no_table_means_no_circuit():
    with pytest.raises(DecomposeTypeError, match="no table, so it has no circuit"):
        circuit_of(MeasuredUnload(None, 2, 2))
