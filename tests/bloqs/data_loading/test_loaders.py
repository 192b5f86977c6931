"""Five memories behind one interface: what each chooses, and its closed forms."""

import attrs
import pytest
import sympy
from qualtran.bloqs.basic_gates import MeasureX, TwoBitCSwap
from qualtran.bloqs.mcmt import And

from bloqs.abstract import AbstractLoader
from bloqs.data_loading.ideal_qram import IdealQRAM
from bloqs.data_loading.loaders import (
    LOADERS,
    BucketBrigadeLoader,
    IdealQRAMLoader,
    QROAMLoader,
    QROMLoader,
    SelectSwapLoader,
    loader_named,
)
from bloqs.data_loading.select_swap import SelectSwap
from bloqs.data_loading.unary_iteration import UnaryIteration
from estimator import symbols
from estimator.costs.cost import cost_by_annotation, cost_by_counting

NUMBERED = [
    QROMLoader(),
    QROAMLoader(0),
    QROAMLoader(1),
    QROAMLoader(2),
    SelectSwapLoader(1),
    SelectSwapLoader(2),
    BucketBrigadeLoader(),
    BucketBrigadeLoader(is_fast=False),
    IdealQRAMLoader(),
]
SPANS = [(0, 1), (0, 2), (0, 5), (1, 2), (1, 4), (2, 6), (3, 7), (4, 5), (0, 8), (5, 9)]


def named(loader):
    return f"{loader.name}-{getattr(loader, 'beta', '')}"


def columns(calls):
    """Toffoli, CSWAP, measurements and queries of a bag of gates."""
    ands, unands = calls.get(And(), 0), calls.get(And().adjoint(), 0)
    assert sympy.expand(ands - unands) == 0
    queries = sum(times for bloq, times in calls.items() if isinstance(bloq, IdealQRAM))
    return (
        ands,
        calls.get(TwoBitCSwap(), 0),
        unands + calls.get(MeasureX(), 0),
        queries,
    )


def one_by_one(loader, first, stop, b, is_controlled, cost):
    """The same columns, summed over the lookups and their unloads."""
    total = (0, 0, 0, 0)
    for a in range(first, stop):
        load = loader.lookup(None, a, b, is_controlled)
        for half in (load, load.adjoint()):
            c = cost(half)
            part = (c.toffoli, c.cswap, c.measurements, c.queries.get("QRAM", 0))
            total = tuple(x + y for x, y in zip(total, part, strict=True))
    return total


@pytest.mark.parametrize("is_controlled", [False, True])
@pytest.mark.parametrize("loader", NUMBERED, ids=named)
def test_numbers_are_looked_up_and_taken_away(loader, is_controlled, random_table):
    """`call_classically`: the entry of each address, zero if a control is; then none."""
    for a, b in ((1, 3), (3, 2)):
        table = random_table(2**a, b)
        load = loader.lookup(table, a, b, is_controlled)
        names = [reg.name for reg in load.signature.rights()]
        for control in range(1 + is_controlled):
            for x in range(2**a):
                start = {"ctrl": control, "address": x} if is_controlled else {"address": x}
                held = dict(zip(names, load.call_classically(**start), strict=True))
                is_on = control or not is_controlled
                assert held["target"] == (table[x] if is_on else 0)
                assert load.adjoint().call_classically(**held) == tuple(start.values())


@pytest.mark.parametrize("loader", NUMBERED, ids=named)
def test_closed_form_is_the_sum_over_tables(loader):
    """For numbers, tables smaller than a block included, and for symbols within their domain."""
    for is_controlled in (False, True):
        first, stop = symbols.s, symbols.s + symbols.n
        symbolic = columns(loader.tree_calls(first, stop, symbols.b, is_controlled))
        from_zero = columns(loader.tree_calls(0, symbols.n, symbols.b, is_controlled))
        for lo, hi in SPANS:
            for b in (4, 7):
                wanted = one_by_one(loader, lo, hi, b, is_controlled, cost_by_annotation)
                assert columns(loader.tree_calls(lo, hi, b, is_controlled)) == wanted, (
                    f"{is_controlled=}"
                )
                if hi > 2 * getattr(loader, "beta", 0) and hi >= 2:
                    at_size = {symbols.s: lo, symbols.n: hi - lo, symbols.b: b}
                    claimed = symbolic if lo else from_zero
                    assert tuple(sympy.sympify(x).subs(at_size) for x in claimed) == wanted, (
                        f"{is_controlled=}"
                    )


@pytest.mark.parametrize("make", [QROAMLoader, SelectSwapLoader])
def test_closed_form_with_the_block_as_a_symbol(make):
    """Tables are read in blocks from 2 beta address bits on; 2 beta < stop."""
    for is_controlled in (False, True):
        first, stop = symbols.s, symbols.s + symbols.n
        claimed = columns(make(symbols.beta).tree_calls(first, stop, symbols.b, is_controlled))
        for lo, hi in SPANS:
            for beta in (1, 2, 3):
                if 2 * beta < hi and lo:
                    at_size = {symbols.s: lo, symbols.n: hi - lo, symbols.b: 5, symbols.beta: beta}
                    wanted = one_by_one(make(beta), lo, hi, 5, is_controlled, cost_by_annotation)
                    assert tuple(sympy.sympify(x).subs(at_size) for x in claimed) == wanted, (
                        f"{is_controlled=}"
                    )


@pytest.mark.parametrize("loader", NUMBERED[:-1], ids=named)
def test_closed_form_is_the_sum_over_circuits(loader, random_table):
    """The same against gates, with random tables."""
    for is_controlled in (False, True):

        @attrs.frozen
        class Filled:
            def lookup(self, table, a, b, is_controlled):
                return loader.lookup(random_table(2**a, b), a, b, is_controlled)

        for lo, hi in [(0, 1), (0, 4), (1, 5), (3, 6)]:
            wanted = one_by_one(Filled(), lo, hi, 4, is_controlled, cost_by_counting)
            assert columns(loader.tree_calls(lo, hi, 4, is_controlled)) == wanted, (
                f"{is_controlled=}"
            )


def test_a_single_entry_needs_no_memory():
    """Without an address the entry is a constant: no query, no gates, no work qubits."""
    for loader in NUMBERED:
        lookup = loader.lookup((3,), 0, 4)
        assert isinstance(lookup.xor, UnaryIteration), f"{loader=}"
        assert cost_by_annotation(lookup) == cost_by_counting(lookup), f"{loader=}"
        assert cost_by_annotation(lookup).qubits == 4, f"{loader=}"


def test_blocks_start_at_two_beta():
    """Smaller tables are loaded entry by entry."""
    for a in (1, 2, 3, 4, 5):
        assert QROAMLoader(2).lookup(None, a, 4).beta == (2 if a >= 4 else 0), f"{a=}"
        wanted = SelectSwap if a >= 4 else UnaryIteration
        assert isinstance(SelectSwapLoader(2).lookup(None, a, 4).xor, wanted), f"{a=}"


def test_loaders_are_found_by_name():
    """Block size where there are blocks; equal memories are equal values."""
    for name in LOADERS:
        loader = loader_named(name, 2)
        assert loader == loader_named(name, 2), f"{name=}"
        assert loader.name == name, f"{name=}"
        assert isinstance(loader, AbstractLoader), f"{name=}"
        assert getattr(loader, "beta", 2) == 2, f"{name=}"


def test_every_loader_is_listed():
    assert set(LOADERS) == {loader.name for loader in NUMBERED}
    assert len(LOADERS) == 6


def test_refuses_unknown_names():
    with pytest.raises(ValueError, match=r"must be one of qrom, qroam-clean, .*, got 'qram'"):
        loader_named("qram", 1)


def test_select_swap_refuses_no_blocks():
    """Without blocks it would pay for unary iteration twice."""
    with pytest.raises(ValueError, match="needs beta >= 1, got 0; use qrom for beta = 0"):
        SelectSwapLoader(0)


def test_qroam_refuses_negative_blocks():
    with pytest.raises(ValueError, match="needs beta >= 0, got -1"):
        QROAMLoader(-1)
