"""Cost of both adder constructions: symbols, sizes without data, by annotation, by gates."""

from itertools import product

import attrs
import numpy as np
import pytest
import sympy
from qualtran.resource_counting import get_cost_value

from bloqs.convolution.adder import AdderConvolution
from bloqs.convolution.kernel import Kernel, Padding
from bloqs.convolution.multiplexed import MultiplexedConvolution
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import (
    BucketBrigadeLoader,
    IdealQRAMLoader,
    QROAMLoader,
    QROMLoader,
    SelectSwapLoader,
)
from estimator import symbols
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.costs.oracle_calls import OracleCalls

BOTH = (AdderConvolution, MultiplexedConvolution)
MEMORIES = (
    QROMLoader(),
    QROAMLoader(0),
    QROAMLoader(1),
    SelectSwapLoader(1),
    BucketBrigadeLoader(),
)
SIZES = [
    (2, 1, 2, 1, 4),
    (1, 2, 3, 1, 5),
    (2, 2, 3, 2, 4),
    (2, 1, 4, 2, 4),
    (2, 2, 5, 1, 4),
    (1, 2, 3, 3, 4),
    (3, 2, 2, 2, 5),
    (1, 3, 3, 3, 4),
    (4, 4, 2, 1, 6),
    (5, 3, 2, 2, 4),
]
"""C_out, C_in, D, m, b; channels and sides that are powers of two, and ones that are not."""
PADDINGS = (Padding.SAME, Padding.CIRCULAR)
LARGE = [(1, 2, 6, 3, 4), (4, 3, 4, 4, 7), (6, 8, 3, 2, 4), (3, 4, 6, 2, 8)]
OPTIONS = list(product(MEMORIES, Rotation, (False, True), PADDINGS))
"""Memory, way to rotate, control, padding."""
FEW = (0, 4, 7)
"""Places in `SIZES`: the smallest, most taps, most channels; the last two are odd."""


def priced(loader):
    return f"{loader.name}-{getattr(loader, 'beta', '')}"


def filled(construction, size, loader, rotation, padding, rng):
    C_out, C_in, D, m, b = size
    kernel = Kernel.of(rng.normal(size=(C_out, C_in, D, D)), padding)
    return construction(kernel, m, b, loader, rotation)


def in_symbols(construction, loader, rotation, padding):
    kernel = Kernel.symbolic(wraps=padding is Padding.CIRCULAR)
    return construction(kernel, symbols.m, symbols.b, loader, rotation)


def numbers(size):
    """c, d, m and b of a size; c and d rounded up, as the table is padded."""
    C_out, C_in, D, m, b = size
    c, d = (int(np.ceil(np.log2(x))) for x in (max(C_out, C_in), D))
    return {symbols.c: c, symbols.d: d, symbols.m: m, symbols.b: b}


def assert_costs_what_it_claims(construction, size, option, rng):
    """Four routes, one cost. Width: where the shifts are in two's complement, as in symbols.

    With two taps a side the shifts are 0 and 1: no sign to copy, so no more qubits than claimed.
    """
    loader, rotation, is_controlled, padding = option
    conv = filled(construction, size, loader, rotation, padding, rng)
    symbolic = in_symbols(construction, loader, rotation, padding)
    if is_controlled:
        conv, symbolic = conv.controlled(), symbolic.controlled()
    counted = cost_by_counting(conv)
    assert cost_by_annotation(conv) == counted
    assert cost_by_annotation(conv.adjoint()) == counted
    sizes_only = attrs.evolve(conv, kernel=attrs.evolve(conv.kernel, entries=None))
    assert cost_by_annotation(sizes_only) == counted
    claimed = cost_by_annotation(symbolic).subs(numbers(size))
    if size[2] == 2:
        assert counted.qubits <= claimed.qubits
        claimed = attrs.evolve(claimed, qubits=counted.qubits)
    assert claimed == counted


@pytest.mark.parametrize("construction", BOTH)
@pytest.mark.parametrize("place", FEW, ids=lambda place: str(SIZES[place]))
def test_symbolic_cost_is_the_counted_one(place, construction, rng):
    """Each size with some of the forty combinations of memory, rotation, control, padding."""
    for option in OPTIONS[3 * place % 13 :: 19]:
        assert_costs_what_it_claims(construction, SIZES[place], option, rng)


@pytest.mark.parametrize("construction", BOTH)
@pytest.mark.parametrize("loader", MEMORIES, ids=priced)
def test_symbolic_cost_is_the_counted_one_for_every_memory(loader, construction, rng):
    """The smallest size whose shifts have a sign; the two ways to rotate in turn."""
    place = MEMORIES.index(loader) + BOTH.index(construction)
    option = loader, list(Rotation)[place % 2], bool(place // 2 % 2), PADDINGS[0]
    assert_costs_what_it_claims(construction, (2, 1, 3, 1, 4), option, rng)


@pytest.mark.slow
@pytest.mark.parametrize("construction", BOTH)
@pytest.mark.parametrize("loader", MEMORIES, ids=priced)
def test_symbolic_cost_is_the_counted_one_for_every_option(loader, construction, rng):
    """The same size with every option."""
    for option in product((loader,), Rotation, (False, True), PADDINGS):
        assert_costs_what_it_claims(construction, (2, 1, 3, 1, 4), option, rng)


@pytest.mark.slow
@pytest.mark.parametrize("construction", BOTH)
@pytest.mark.parametrize("size", [*SIZES, *LARGE], ids=str)
def test_symbolic_cost_is_the_counted_one_for_more(size, construction, rng):
    """Every size, and larger ones, with a third of all options: each value of each, mixed."""
    for option in OPTIONS[::3]:
        assert_costs_what_it_claims(construction, size, option, rng)


@pytest.mark.parametrize("construction", BOTH)
@pytest.mark.parametrize(
    "sizes",
    [[(2, 2, 3, 1, 4), (5, 8, 3, 2, 4)], pytest.param([(3, 4, 4, 2, 5)], marks=pytest.mark.slow)],
    ids=["few", "rest"],
)
@pytest.mark.parametrize("make", [QROAMLoader, SelectSwapLoader])
def test_symbolic_block_size(make, sizes, construction, rng):
    """beta as a symbol too, where the largest table is read in blocks: 2 beta < 2 c + 2 d."""
    for is_controlled in (False, True):
        symbolic = in_symbols(construction, make(symbols.beta), Rotation.BITWISE, Padding.SAME)
        symbolic = attrs.evolve(symbolic, is_controlled=is_controlled)
        claimed = cost_by_annotation(symbolic)
        for size, beta in product(sizes, (1, 2)):
            conv = filled(construction, size, make(beta), Rotation.BITWISE, Padding.SAME, rng)
            conv = attrs.evolve(conv, is_controlled=is_controlled)
            at = numbers(size) | {symbols.beta: beta}
            assert claimed.subs(at) == cost_by_annotation(conv), (size, beta, is_controlled)


@pytest.mark.parametrize("construction", BOTH)
@pytest.mark.parametrize(
    ("size", "step"),
    [
        ((1, 1, 2, 1, 4), 13),
        ((3, 1, 1, 2, 4), 13),
        ((1, 1, 5, 3, 4), 13),
        pytest.param((1, 1, 2, 1, 4), 5, marks=pytest.mark.slow),
        pytest.param((1, 1, 3, 2, 5), 5, marks=pytest.mark.slow),
        pytest.param((3, 1, 1, 2, 4), 5, marks=pytest.mark.slow),
        pytest.param((1, 1, 5, 3, 4), 5, marks=pytest.mark.slow),
    ],
)
def test_missing_parts_cost_nothing(size, step, construction, rng):
    """A single channel, or a single tap: outside the domain of the symbols, claimed as counted.

    Every so many of the options.
    """
    for loader, rotation, is_controlled, padding in OPTIONS[size[2] :: step]:
        conv = filled(construction, size, loader, rotation, padding, rng)
        conv = attrs.evolve(conv, is_controlled=is_controlled)
        assert cost_by_annotation(conv) == cost_by_counting(conv)


@pytest.mark.parametrize("construction", BOTH)
@pytest.mark.parametrize(
    "size",
    [
        *(SIZES[k] for k in (0, 6)),
        *(pytest.param(SIZES[k], marks=pytest.mark.slow) for k in (2, 3, 8)),
    ],
    ids=str,
)
def test_shifting_costs_an_and_per_carry(size, construction, rng):
    """2 m Toffoli where outside is zero and 2 (m - 1) on a periodic image; controlled as well.

    The convolution without its preparations, by counting: the gates of SELECT are those of the
    whole circuit less those of the trees.
    """
    C_out, C_in, _, m, _ = size
    c = int(np.ceil(np.log2(max(C_out, C_in))))
    for padding, is_controlled in product(PADDINGS, (False, True)):
        conv = filled(construction, size, QROMLoader(), Rotation.BITWISE, padding, rng)
        conv = attrs.evolve(conv, is_controlled=is_controlled)
        whole = cost_by_counting(conv)
        trees = [cost_by_counting(tree) for tree in conv.trees]
        shifting = whole.toffoli - sum(tree.toffoli for tree in trees)
        assert shifting == (2 * m if padding is Padding.SAME else 2 * (m - 1))
        assert whole.cswap - sum(tree.cswap for tree in trees) == (c if is_controlled else 0)
        assert whole.t == sum(tree.t for tree in trees)
        assert whole.rotations == sum(tree.rotations for tree in trees)


@pytest.mark.parametrize("construction", BOTH)
@pytest.mark.parametrize("is_controlled", [False, True])
def test_ideal_memory_is_asked_twice_a_level(is_controlled, construction, rng):
    """Two trees, 2 (2 c + 2 d) - 2 queries each; multiplexed 2 (c + 2 d) each and 2 for each flag.

    No load is free but that of the one angle at the root of a tree without rows.
    """
    c, d = symbols.c, symbols.d
    if construction is AdderConvolution:
        wanted = 2 * (2 * (2 * c + 2 * d) - 2)
    else:
        wanted = 2 * (2 * (c + 2 * d)) + 2 * 2
    ideal = IdealQRAMLoader()
    symbolic = in_symbols(construction, ideal, Rotation.PHASE_GRADIENT, Padding.SAME)
    symbolic = attrs.evolve(symbolic, is_controlled=is_controlled)
    found = get_cost_value(symbolic, OracleCalls()).asdict()
    assert found.keys() == {"QRAM"}
    assert sympy.expand(found["QRAM"] - wanted) == 0
    claimed = cost_by_annotation(symbolic)
    for size in [*SIZES, *LARGE]:
        conv = filled(construction, size, ideal, Rotation.PHASE_GRADIENT, Padding.SAME, rng)
        conv = attrs.evolve(conv, is_controlled=is_controlled)
        concrete = cost_by_annotation(conv)
        assert concrete.queries == {"QRAM": wanted.subs(numbers(size))}
        at_size = claimed.subs(numbers(size))
        if size[2] == 2:
            at_size = attrs.evolve(at_size, qubits=concrete.qubits)
        assert at_size == concrete


@pytest.mark.parametrize("construction", BOTH)
def test_shares_one_phase_gradient(construction, rng):
    """However many trees: 2 (b - 3) rotations and 2 T, once."""
    for size in SIZES[:4]:
        conv = filled(construction, size, QROMLoader(), Rotation.PHASE_GRADIENT, Padding.SAME, rng)
        counted = cost_by_counting(conv)
        assert (counted.t, counted.rotations) == (2, 2 * (size[-1] - 3))


@pytest.mark.parametrize("construction", BOTH)
def test_data_does_not_change_the_cost(construction):
    """A kernel of one tap is prepared like any other of its size."""
    full, single = np.ones((2, 1, 3, 3)), np.zeros((2, 1, 3, 3))
    single[0, 0, 1, 1] = -5.0
    costs = [
        cost_by_counting(construction(Kernel.of(K), 2, 5, QROMLoader(), Rotation.BITWISE))
        for K in (full, single)
    ]
    assert costs[0] == costs[1]
