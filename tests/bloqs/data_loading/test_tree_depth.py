"""Depth of a tree's lookups: closed forms against the sum of what the lookups state."""

import pytest
import sympy
from qualtran.resource_counting import get_cost_value

from bloqs.abstract import AbstractLoader
from bloqs.data_loading.loaders import (
    BucketBrigadeLoader,
    IdealQRAMLoader,
    QROAMLoader,
    QROMLoader,
    SelectSwapLoader,
)
from bloqs.data_loading.tree_depth import tree_depth
from estimator import symbols
from estimator.costs.keys import ToffoliDepth

NUMBERED = [
    QROMLoader(),
    QROAMLoader(0),
    QROAMLoader(1),
    QROAMLoader(2),
    QROAMLoader(3),
    SelectSwapLoader(1),
    SelectSwapLoader(2),
    BucketBrigadeLoader(),
    BucketBrigadeLoader(is_fast=False),
    IdealQRAMLoader(),
]
SPANS = [(0, 1), (0, 2), (0, 3), (0, 6), (0, 9), (1, 2), (1, 4), (2, 6), (3, 7), (4, 5), (5, 12)]


def named(loader):
    return f"{loader.name}-{getattr(loader, 'beta', '')}"


def one_by_one(loader, first, stop, b, is_controlled):
    """The depths of all loads and unloads, each asked for by itself."""
    loads = [loader.lookup(None, a, b, is_controlled) for a in range(first, stop)]
    halves = [half for load in loads for half in (load, load.adjoint())]
    return sum(get_cost_value(half, ToffoliDepth()) for half in halves)


@pytest.mark.parametrize("loader", NUMBERED, ids=named)
def test_closed_form_is_the_sum_over_tables(loader):
    """For numbers, and for symbols from one address bit on or from `s`; stop is at least 2."""
    for is_controlled in (False, True):
        first, stop = symbols.s, symbols.s + symbols.n
        from_s = sympy.sympify(tree_depth(loader, first, stop, symbols.b, is_controlled))
        from_zero = sympy.sympify(tree_depth(loader, 0, symbols.n, symbols.b, is_controlled))
        for lo, hi in SPANS:
            for b in (4, 7):
                wanted = one_by_one(loader, lo, hi, b, is_controlled)
                assert tree_depth(loader, lo, hi, b, is_controlled) == wanted, f"{is_controlled=}"
                if hi >= 2:
                    at_size = {symbols.s: lo, symbols.n: hi - lo, symbols.b: b}
                    assert (from_s if lo else from_zero).subs(at_size) == wanted, (
                        f"{is_controlled=}"
                    )


@pytest.mark.parametrize("make", [QROAMLoader, SelectSwapLoader])
def test_closed_form_with_the_block_as_a_symbol(make):
    """Tables are read in blocks from 2 beta address bits on."""
    for is_controlled in (False, True):
        first, stop = symbols.s, symbols.s + symbols.n
        claimed = tree_depth(make(symbols.beta), first, stop, symbols.b, is_controlled)
        for lo, hi in SPANS[5:]:
            numbered = tree_depth(make(symbols.beta), lo, hi, 5, is_controlled)
            for beta in (1, 2, 3):
                wanted = one_by_one(make(beta), lo, hi, 5, is_controlled)
                at_size = {symbols.s: lo, symbols.n: hi - lo, symbols.b: 5, symbols.beta: beta}
                assert claimed.subs(at_size) == wanted, f"{is_controlled=}"
                assert numbered.subs({symbols.beta: beta}) == wanted, f"{is_controlled=}"


def test_stated_depths():
    """Trees on n qubits: polynomial for a bucket brigade, exponential for unary iteration."""
    n, b = symbols.n, symbols.b
    brigade = tree_depth(BucketBrigadeLoader(), 0, n, b, is_controlled=False)
    assert sympy.expand(brigade - 2 * (n - 1) * (n * b + n - 2)) == 0
    iteration = tree_depth(QROMLoader(), 0, n, b, is_controlled=False)
    assert sympy.expand(iteration - (2 * 2**n - 4 * n)) == 0
    assert tree_depth(IdealQRAMLoader(), 0, n, b, is_controlled=True) == 0


def test_refuses_a_memory_it_does_not_know():
    """Rather than guess how long it takes."""

    class Abacus(AbstractLoader):
        name = "abacus"
        lookup = tree_calls = None

    with pytest.raises(ValueError, match="loader must be one of"):
        tree_depth(Abacus(), 0, 3, 4, is_controlled=False)
