"""Rotation tree: what it costs and how deep it is, in symbols, of data, and gate by gate."""

from itertools import product

import attrs
import pytest
import sympy
from qualtran.resource_counting import get_cost_value

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import (
    BucketBrigadeLoader,
    IdealQRAMLoader,
    QROAMLoader,
    QROMLoader,
    SelectSwapLoader,
)
from bloqs.data_loading.rotation_tree import RotationTree
from estimator import symbols
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.costs.keys import QueryDepth, ToffoliDepth

BITWISE, GRADIENT = Rotation.BITWISE, Rotation.PHASE_GRADIENT
IDEAL = IdealQRAMLoader()
SIZES = [
    (0, 1, 4),
    (0, 2, 5),
    (0, 3, 4),
    (0, 4, 6),
    (1, 1, 4),
    (1, 2, 6),
    (2, 1, 5),
    (2, 2, 4),
    (3, 2, 5),
    (1, 4, 4),
]
FEW = [(0, 1, 4), (0, 3, 4), (2, 1, 5), (1, 4, 4)]
"""The smallest, odd ones, and one of the largest; some with rows."""

REST = [size for size in SIZES if size not in FEW]
PAIRS = list(zip((False, True), Rotation, strict=True))
"""Each way to rotate, once with a control; the other two pairs are slow."""

OTHERS = [(not is_controlled, rotation) for is_controlled, rotation in PAIRS]
GRID = pytest.mark.parametrize(
    ("pairs", "sizes"),
    [
        (PAIRS, FEW),
        *(pytest.param(*rest, marks=pytest.mark.slow) for rest in ((PAIRS, REST), (OTHERS, SIZES))),
    ],
    ids=["few", "more", "others"],
)
PRICED = [
    QROMLoader(),
    QROAMLoader(0),
    QROAMLoader(1),
    QROAMLoader(2),
    SelectSwapLoader(1),
    SelectSwapLoader(2),
    BucketBrigadeLoader(),
    IDEAL,
]


def priced(loader):
    return f"{loader.name}-{getattr(loader, 'beta', '')}"


def in_symbols(loader, s, rotation, is_controlled):
    """The tree with as many symbols as there are; `s` a symbol or zero."""
    return RotationTree(None, s, symbols.n, symbols.b, loader, rotation, is_controlled)


def filled(rng, s, n, b, loader, rotation, is_controlled):
    rows = tuple(tuple(row) for row in rng.normal(size=(2**s, 2**n)))
    return RotationTree(rows, s, n, b, loader, rotation, is_controlled)


@GRID
@pytest.mark.parametrize("loader", PRICED, ids=priced)
def test_symbolic_cost_is_the_counted_one(loader, pairs, sizes, rng):
    """Symbols, sizes without data, data by annotation, data by gates: one cost.

    Within the domain of the symbols: s + n >= 3, and 2 beta < s + n.
    """
    for is_controlled, rotation in pairs:
        beta = getattr(loader, "beta", 0)
        claims = {
            zero: cost_by_annotation(in_symbols(loader, s, rotation, is_controlled))
            for zero, s in ((True, 0), (False, symbols.s))
        }
        for s, n, b in sizes:
            tree = filled(rng, s, n, b, loader, rotation, is_controlled)
            annotated = cost_by_annotation(tree)
            sizes_only = RotationTree(None, s, n, b, loader, rotation, is_controlled)
            assert cost_by_annotation(sizes_only) == annotated, f"{is_controlled=}, {rotation=}"
            assert cost_by_annotation(tree.adjoint()) == annotated, f"{is_controlled=}, {rotation=}"
            if loader is not IDEAL:
                assert cost_by_counting(tree) == annotated, f"{is_controlled=}, {rotation=}"
            if s + n >= 3 and 2 * beta < s + n:
                at_size = {symbols.s: s, symbols.n: n, symbols.b: b}
                assert claims[s == 0].subs(at_size) == annotated, f"{is_controlled=}, {rotation=}"


@pytest.mark.parametrize(
    "sizes",
    [
        ((0, 3, 4), (2, 2, 5), (4, 1, 4)),
        pytest.param(((0, 4, 5), (1, 2, 4), (1, 4, 4), (3, 2, 4)), marks=pytest.mark.slow),
    ],
    ids=["few", "rest"],
)
@pytest.mark.parametrize("make", [QROAMLoader, SelectSwapLoader])
def test_symbolic_block_costs_what_the_number_does(make, sizes, rng):
    """Block size as a symbol, sizes as symbols or as numbers: tables below a block included."""
    for is_controlled, rotation in product((False, True), Rotation):
        symbolic = make(symbols.beta)
        claims = {
            zero: cost_by_annotation(in_symbols(symbolic, s, rotation, is_controlled))
            for zero, s in ((True, 0), (False, symbols.s))
        }
        for s, n, b in sizes:
            numbered = RotationTree(None, s, n, b, symbolic, rotation, is_controlled)
            for beta in (1, 2):
                if 2 * beta < s + n:
                    tree = filled(rng, s, n, b, make(beta), rotation, is_controlled)
                    counted = cost_by_counting(tree)
                    at_size = {symbols.s: s, symbols.n: n, symbols.b: b, symbols.beta: beta}
                    assert claims[s == 0].subs(at_size) == counted, f"{is_controlled=}, {rotation=}"
                    assert cost_by_annotation(numbered).subs({symbols.beta: beta}) == counted, (
                        f"{is_controlled=}, {rotation=}"
                    )


@pytest.mark.slow
@pytest.mark.parametrize("is_controlled", [False, True])
@pytest.mark.parametrize("rotation", Rotation)
@pytest.mark.parametrize("loader", [*PRICED[:-1], QROAMLoader(3)], ids=priced)
def test_symbolic_cost_is_the_counted_one_for_larger_trees(loader, rotation, is_controlled, rng):
    claimed = cost_by_annotation(in_symbols(loader, symbols.s, rotation, is_controlled))
    for s, n, b in [(1, 6, 8), (4, 3, 5), (2, 5, 12), (6, 1, 4)]:
        tree = filled(rng, s, n, b, loader, rotation, is_controlled)
        counted = cost_by_counting(tree)
        assert cost_by_annotation(tree) == counted
        assert claimed.subs({symbols.s: s, symbols.n: n, symbols.b: b}) == counted


def test_bits_may_be_any_expression():
    """As when a budget decides them: the width does not have to be compared with anything."""
    bits = sympy.ceiling(sympy.log(1 / symbols.epsilon, 2))
    for loader in (QROMLoader(), QROAMLoader(1), BucketBrigadeLoader()):
        tree = RotationTree(None, 1, 3, bits, loader, GRADIENT)
        at_size = cost_by_annotation(tree).subs({symbols.epsilon: sympy.Rational(1, 2**6)})
        assert at_size == cost_by_annotation(RotationTree(None, 1, 3, 6, loader, GRADIENT))


@pytest.mark.parametrize(
    "sizes",
    [[(0, 2, 4), (1, 2, 5), (2, 2, 4)], pytest.param([(0, 4, 4)], marks=pytest.mark.slow)],
    ids=["few", "rest"],
)
@pytest.mark.parametrize("loader", PRICED[:-1], ids=priced)
def test_depth_is_bounded(loader, sizes, rng, counted_depth):
    """Level after level: an upper bound, at most twice the circuit's depth; also without data."""
    for is_controlled, rotation in product((False, True), Rotation):
        for s, n, b in sizes:
            tree = filled(rng, s, n, b, loader, rotation, is_controlled)
            claimed = get_cost_value(tree, ToffoliDepth())
            assert claimed == sum(
                get_cost_value(level, ToffoliDepth()) for level in tree.levels()
            ), f"{is_controlled=}, {rotation=}"
            assert counted_depth(tree) <= claimed <= 2 * counted_depth(tree), (
                f"{is_controlled=}, {rotation=}"
            )
            sizes_only = RotationTree(None, s, n, symbols.b, loader, rotation, is_controlled)
            in_bits = sympy.sympify(get_cost_value(sizes_only, ToffoliDepth()))
            assert in_bits.subs({symbols.b: b}) == claimed, f"{is_controlled=}, {rotation=}"


@pytest.mark.parametrize(
    "sizes",
    [
        [(0, 2, 5), (1, 1, 4), *FEW[1:], (0, 9, 20), (4, 6, 12)],
        pytest.param(SIZES[1:], marks=pytest.mark.slow),
    ],
    ids=["few", "rest"],
)
@pytest.mark.parametrize("loader", PRICED, ids=priced)
def test_symbolic_depth_is_the_concrete_one(loader, sizes):
    """Numbers put into the depth in symbols give the depth of those numbers, from s + n = 2 on."""
    for is_adjoint, is_controlled, rotation in product((False, True), (False, True), Rotation):
        claims = {}
        for zero, s in ((True, 0), (False, symbols.s)):
            tree = in_symbols(loader, s, rotation, is_controlled)
            tree = attrs.evolve(tree, is_adjoint=is_adjoint)
            claims[zero] = sympy.sympify(get_cost_value(tree, ToffoliDepth()))
        for s, n, b in sizes:
            tree = RotationTree(None, s, n, b, loader, rotation, is_controlled, is_adjoint)
            at_size = {symbols.s: s, symbols.n: n, symbols.b: b}
            assert claims[s == 0].subs(at_size) == get_cost_value(tree, ToffoliDepth()), (
                f"{is_adjoint=}, {is_controlled=}, {rotation=}"
            )


@pytest.mark.parametrize("make", [QROAMLoader, SelectSwapLoader])
def test_symbolic_depth_with_the_block_as_a_symbol(make):
    tree = in_symbols(make(symbols.beta), symbols.s, GRADIENT, False)
    claimed = get_cost_value(tree, ToffoliDepth())
    for s, n, beta in [(1, 2, 1), (2, 4, 1), (1, 7, 2), (3, 4, 3)]:
        numbered = RotationTree(None, s, n, 6, make(beta), GRADIENT)
        at_size = {symbols.s: s, symbols.n: n, symbols.b: 6, symbols.beta: beta}
        assert claimed.subs(at_size) == get_cost_value(numbered, ToffoliDepth())


@pytest.mark.parametrize("rotation", Rotation)
def test_fine_angles_cost_what_the_symbols_say(rotation, rng):
    """2 b - 6 rotations for the gradient, n (b - 2) bit by bit, though the finest are tiny."""
    for b in (33, 45, 60):
        stated = {GRADIENT: 2 * b - 6, BITWISE: 2 * (b - 2)}[rotation]
        tree = filled(rng, 1, 2, b, QROMLoader(), rotation, False)
        claimed = in_symbols(QROMLoader(), symbols.s, rotation, False)
        at_size = {symbols.s: 1, symbols.n: 2, symbols.b: b}
        for form in (tree, tree.adjoint()):
            counted = cost_by_counting(form)
            assert counted.rotations == stated, f"{b=}"
            assert cost_by_annotation(form) == counted, f"{b=}"
            assert cost_by_annotation(claimed).subs(at_size) == counted, f"{b=}"


def test_ideal_memory_is_asked_twice_a_level():
    """2 n queries in sequence; the level with a single angle needs none."""
    for s, n, calls in ((0, 3, 4), (2, 3, 6), (0, symbols.n, 2 * symbols.n - 2)):
        tree = RotationTree(None, s, n, symbols.b, IDEAL, GRADIENT)
        assert cost_by_annotation(tree).queries["QRAM"] == calls
        assert sympy.expand(get_cost_value(tree, QueryDepth("QRAM")) - calls) == 0
