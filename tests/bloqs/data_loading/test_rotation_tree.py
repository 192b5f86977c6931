"""Rotation tree: amplitudes against plain loops, error, cost for every memory, depth, limits."""

import math
from itertools import product

import attrs
import cirq
import numpy as np
import pytest
import sympy
from qualtran import CtrlSpec, DecomposeTypeError
from qualtran.resource_counting import get_cost_value

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.ideal_qram import IdealQRAM
from bloqs.data_loading.loaders import (
    BucketBrigadeLoader,
    IdealQRAMLoader,
    QROAMLoader,
    QROMLoader,
    SelectSwapLoader,
)
from bloqs.data_loading.rotation_level import RotationLevel, as_one_gate
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.simulation.runner import GATE_BY_GATE, Runner
from estimator import symbols
from estimator.costs.circuit import circuit_of
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.costs.keys import QueryDepth, ToffoliDepth

BITWISE, GRADIENT = Rotation.BITWISE, Rotation.PHASE_GRADIENT
IDEAL = IdealQRAMLoader()
LOADERS = [QROMLoader(), QROAMLoader(1), SelectSwapLoader(1), BucketBrigadeLoader(), IDEAL]
ROWS = {
    "signed": (3.0, -4.0, 0.5, 1.0),
    "leading sign": (-3.0, 1.0, -2.0, -0.5),
    "zero": (0.0, 0.0, 0.0, 0.0),
    "minus zero": (-0.0, 0.0, 0.0, -0.0),
    "zero prefix": (0.0, 0.0, -1.0, 2.0),
    "zero suffix": (1.0, -1.0, 0.0, -0.0),
    "single": (0.0, 0.0, 0.0, 7.0),
    "single minus": (0.0, -7.0, 0.0, 0.0),
    "first minus": (-1.0, 0.0, 0.0, 0.0),
    "huge": (1e308, -1e307, 1.5e308, 1e308),
    "tiny": (3e-310, -4e-310, 0.0, 5e-324),
}


class Memory(cirq.Gate):
    """The ideal memory as a permutation of basis states, for runs block by block."""

    def __init__(self, bloq):
        self.bloq = bloq

    def _num_qubits_(self):
        return self.bloq.signature.n_qubits()

    def _has_unitary_(self):
        return True

    def _apply_unitary_(self, args):
        bloq = self.bloq
        shape = (-1, 2**bloq.address_bitsize, 2**bloq.bitsize)
        moved = np.moveaxis(args.target_tensor, args.axes, range(len(args.axes)))
        flat = moved.reshape(2 ** len(args.axes), -1)
        index = np.arange(len(flat)).reshape(shape)
        source = index.copy()
        for x, entry in enumerate(bloq.table):
            source[-1, x] = index[-1, x, np.arange(2**bloq.bitsize) ^ entry]
        out = flat[source.reshape(-1)].reshape(moved.shape)
        return np.moveaxis(out, range(len(args.axes)), args.axes)


def prepared(row, b):
    """Amplitudes with angles rounded to b bits, entry by entry along the path to each index.

    Angle of a node: that of (norm of its left half, norm of its right half); the two halves of a
    last node are entries with signs. Rounding: to the nearest multiple of 2 pi / 2^b.
    """
    out, unit = [], 2 * math.pi / 2**b
    largest = max(abs(x) for x in row) or 1.0
    row = [x / largest + 0.0 for x in row]
    for i in range(len(row)):
        amplitude, block = 1.0, list(row)
        while len(block) > 1:
            half = len(block) // 2
            left, right = block[:half], block[half:]
            if half == 1:
                x, y = left[0], right[0]
            else:
                x, y = (math.sqrt(sum(v * v for v in part)) for part in (left, right))
            angle = round(math.atan2(y, x) / unit) * unit
            goes_right = i % len(block) >= half
            amplitude *= math.sin(angle) if goes_right else math.cos(angle)
            block = right if goes_right else left
        out.append(amplitude)
    return np.array(out)


def wanted_row(row):
    """The normalised row; the first basis vector for a row of zeros."""
    largest = max(abs(x) for x in row)
    if largest == 0:
        return np.eye(len(row))[0]
    scaled = np.array([x / largest for x in row])
    return scaled / math.sqrt(sum(x * x for x in scaled))


def blocks(loader):
    return {IdealQRAM: Memory} if loader is IDEAL else GATE_BY_GATE


def named(value):
    return getattr(value, "name", str(value))


@pytest.mark.parametrize("name", ROWS)
def test_prepares_a_row(name):
    """Gate by gate: the rounded amplitudes with their signs, within epsilon of the row."""
    for rotation in Rotation:
        tree = RotationTree((ROWS[name],), 0, 2, 4, QROMLoader(), rotation)
        found = Runner.of(tree).run()
        np.testing.assert_allclose(
            found, prepared(ROWS[name], 4), atol=1e-7, err_msg=f"{rotation=}"
        )
        assert np.linalg.norm(found - wanted_row(ROWS[name])) <= float(tree.epsilon), f"{rotation=}"


def test_rounding_is_all_that_is_lost():
    """With 24 bits the row itself is prepared, to 2 pi / 2^24 in the l2 norm."""
    for name in ROWS:
        tree = RotationTree((ROWS[name],), 0, 2, 24, QROMLoader(), BITWISE)
        found = Runner.of(tree, {RotationLevel: as_one_gate}).run()
        assert np.linalg.norm(found - wanted_row(ROWS[name])) <= float(tree.epsilon) < 4e-7, (
            f"{name=}"
        )


@pytest.mark.parametrize("loader", LOADERS, ids=named)
def test_prepares_the_row_that_is_asked_for(loader, rng, random_state):
    """All rows in superposition, each entangled with its own amplitudes, for every memory."""
    for rotation in Rotation:
        rows = tuple(tuple(row) for row in rng.normal(size=(2, 2)))
        start = random_state(2)
        tree = RotationTree(rows, 1, 1, 4, loader, rotation)

        found = Runner.of(tree, blocks(loader)).run(np.kron(start, np.eye(2)[0]))

        wanted = [start[j] * prepared(row, 4) for j, row in enumerate(rows)]
        np.testing.assert_allclose(found.reshape(2, 2), wanted, atol=1e-7, err_msg=f"{rotation=}")


@pytest.mark.parametrize("loader", LOADERS, ids=named)
def test_prepares_longer_rows(loader, rng):
    """Two levels deep below a row index, so that tables of four entries are read in blocks."""
    rows = tuple(tuple(row) for row in rng.normal(size=(2, 4)))
    rows = ((0.0, 0.0, *rows[0][2:]), rows[1])
    start = np.array([0.6, -0.8])
    tree = RotationTree(rows, 1, 2, 4, loader, BITWISE)

    found = Runner.of(tree, blocks(loader)).run(np.kron(start, np.eye(4)[0]))

    wanted = [start[j] * prepared(row, 4) for j, row in enumerate(rows)]
    np.testing.assert_allclose(found.reshape(2, 4), wanted, atol=1e-7)


@pytest.mark.slow
@pytest.mark.parametrize("loader", LOADERS, ids=named)
def test_prepares_longer_rows_by_a_phase_gradient(loader, rng):
    """The same with an adder, 17 to 21 qubits."""
    rows = tuple(tuple(row) for row in rng.normal(size=(2, 4)))
    start = np.array([0.6, -0.8])
    tree = RotationTree(rows, 1, 2, 4, loader, GRADIENT)
    runner = Runner.of(tree, blocks(loader), dtype=np.complex64)
    found = runner.run(np.kron(start, np.eye(4)[0]))
    wanted = [start[j] * prepared(row, 4) for j, row in enumerate(rows)]
    np.testing.assert_allclose(found.reshape(2, 4), wanted, atol=1e-5)


def test_measurement_outcomes_do_not_matter(rng):
    for seed in range(4):
        rows = tuple(tuple(row) for row in rng.normal(size=(2, 4)))
        tree = RotationTree(rows, 1, 2, 4, QROAMLoader(1), BITWISE)
        found = Runner.of(tree).run(4, seed)
        np.testing.assert_allclose(found[4:], prepared(rows[1], 4), atol=1e-7, err_msg=f"{seed=}")


@pytest.mark.parametrize("loader", LOADERS, ids=named)
def test_control_switches_it_on(loader, rng, random_state):
    """The identity on every state beside a control in zero; the adjoint alike."""
    for rotation in Rotation:
        rows = tuple(tuple(row) for row in rng.normal(size=(2, 2)))
        off, on = random_state(4), random_state(2)
        plain = RotationTree(rows, 1, 1, 4, loader, rotation)
        tree, inverse = plain.controlled(), plain.adjoint().controlled()
        assert inverse == tree.adjoint(), f"{rotation=}"
        wanted_on = [on[j] * prepared(row, 4) for j, row in enumerate(rows)]
        before = np.concatenate([off, np.kron(on, np.eye(2)[0])]) / np.sqrt(2)
        after = np.concatenate([off, np.ravel(wanted_on)]) / np.sqrt(2)

        there = Runner.of(tree, blocks(loader)).run(before)
        back = Runner.of(inverse, blocks(loader)).run(after)

        np.testing.assert_allclose(there, after, atol=1e-7, err_msg=f"{rotation=}")
        np.testing.assert_allclose(back, before, atol=1e-7, err_msg=f"{rotation=}")


def test_control_on_zero(rng):
    """An open control is the same circuit between two X gates."""
    row = tuple(rng.normal(size=4))
    tree = RotationTree((row,), 0, 2, 4, QROMLoader(), BITWISE)
    runner = Runner.of(tree.controlled(CtrlSpec(cvs=0)))
    np.testing.assert_allclose(runner.run(0)[:4], prepared(row, 4), atol=1e-7)
    np.testing.assert_allclose(runner.run(4), np.eye(8)[4], atol=1e-7)


def test_two_controls(rng):
    """Both must be on."""
    row = tuple(rng.normal(size=2))
    tree = RotationTree((row,), 0, 1, 4, QROMLoader(), BITWISE)
    runner = Runner.of(tree.controlled().controlled())
    for controls in range(4):
        wanted = prepared(row, 4) if controls == 3 else np.eye(2)[0]
        found = runner.run(2 * controls)[2 * controls : 2 * controls + 2]
        np.testing.assert_allclose(found, wanted, atol=1e-7)


@pytest.mark.parametrize("rotation", Rotation)
def test_inverse_is_the_inverse(rotation, rng, random_state):
    """On every state, not only on prepared ones, last level first."""
    rows = tuple(tuple(row) for row in rng.normal(size=(2, 4)))
    tree = RotationTree(rows, 1, 2, 4, QROMLoader(), rotation)
    start = random_state(8)
    there = Runner.of(tree).run(start)
    np.testing.assert_allclose(Runner.of(tree.adjoint()).run(there), start, atol=1e-7)
    assert np.linalg.norm(there - start) > 0.1


@pytest.mark.parametrize("is_adjoint", [False, True])
def test_a_borrowed_gradient_does_what_an_own_one_does(is_adjoint, rng, random_state):
    """And comes back as it was; only the rotations that make and unmake it are saved."""
    rows = tuple(tuple(row) for row in rng.normal(size=(2, 4)))
    own = RotationTree(rows, 1, 2, 4, QROMLoader(), GRADIENT, is_adjoint=is_adjoint)
    borrowing = attrs.evolve(own, borrows_gradient=True)
    gradient = np.exp(-2j * np.pi * np.arange(16) / 16) / 4
    start = random_state(8)

    found = Runner.of(borrowing).run(np.kron(start, gradient))

    np.testing.assert_allclose(found, np.kron(Runner.of(own).run(start), gradient), atol=1e-7)
    saved = attrs.evolve(cost_by_counting(own), rotations=0, t=0)
    assert cost_by_counting(borrowing) == cost_by_annotation(borrowing) == saved


def test_one_gate_levels_are_the_circuit(rng, random_state):
    """Block by block, as below, is gate by gate."""
    rows = tuple(tuple(row) for row in rng.normal(size=(2, 4)))
    tree = RotationTree(rows, 1, 2, 5, QROMLoader(), BITWISE)
    start = random_state(8)
    by_blocks = Runner.of(tree, {RotationLevel: as_one_gate}).run(start)
    np.testing.assert_allclose(by_blocks, Runner.of(tree).run(start), atol=1e-7)


@pytest.mark.parametrize(("n", "b"), [(1, 4), (1, 9), (2, 5), (3, 4), (3, 8), (4, 6)])
def test_epsilon_bounds_the_error(n, b, rng):
    """Over random rows, many of them sparse, with every pattern of signs."""
    epsilon = float(RotationTree(None, 0, n, b, QROMLoader(), BITWISE).epsilon)
    for _ in range(60):
        row = rng.normal(size=2**n) * (rng.random(2**n) < 0.7) * 10.0 ** rng.integers(-3, 3, 2**n)
        tree = RotationTree((tuple(row),), 0, n, b, QROMLoader(), BITWISE)
        found = Runner.of(tree, {RotationLevel: as_one_gate}).run()
        assert np.linalg.norm(found - wanted_row(row)) <= epsilon


@pytest.mark.parametrize(("n", "b"), [(1, 6), (2, 6), (3, 8)])
def test_epsilon_is_tight_up_to_the_root_of_the_depth(n, b):
    """A row whose angles all lie halfway: its error is epsilon / sqrt(n), within 2 per cent.

    The levels' errors are orthogonal, which the sum n pi / 2^b does not use.
    """
    unit = 2 * np.pi / 2**b
    angle = (2**b // 8 + 0.4999) * unit
    row = np.ones(1)
    for _ in range(n):
        row = np.kron(row, [np.cos(angle), np.sin(angle)])
    tree = RotationTree((tuple(row),), 0, n, b, QROMLoader(), BITWISE)
    found = Runner.of(tree, {RotationLevel: as_one_gate}).run()
    error = np.linalg.norm(found - row)
    assert error == pytest.approx(float(tree.epsilon) / np.sqrt(n), rel=0.02)


def test_epsilon_with_symbols():
    """n pi / 2^b."""
    tree = RotationTree(None, symbols.s, symbols.n, symbols.b, QROMLoader(), BITWISE)
    assert sympy.simplify(tree.epsilon - symbols.n * sympy.pi * 2 ** (-symbols.b)) == 0
    concrete = RotationTree(None, 0, 3, 7, QROMLoader(), BITWISE)
    assert tree.epsilon.subs({symbols.n: 3, symbols.b: 7}) == concrete.epsilon


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


@pytest.mark.parametrize(
    ("rows", "s", "n", "b", "message"),
    [
        (None, 0, 0, 4, "RotationTree needs n >= 1 qubits to rotate, got n=0"),
        (None, -1, 2, 4, "RotationTree needs s >= 0 row qubits, got s=-1"),
        (None, 0, 1, 3, "RotationTree needs at least b = 4 bits of angle, got b=3"),
        (((1.0, 2.0, 3.0),), 0, 2, 4, r"shape .* = \(1, 4\), got \(1, 3\); pad with zeros"),
        (((1.0, 2.0), (1.0,)), 1, 1, 4, r"= \(2, 2\), got \(2, 1, 2\)"),
        (((1.0, 2.0),), 1, 1, 4, r"= \(2, 2\), got \(1, 2\)"),
        (((1.0, math.nan),), 0, 1, 4, "rows must be finite, got NaN or infinity"),
        (((1.0, -math.inf),), 0, 1, 4, "rows must be finite, got NaN or infinity"),
    ],
)
def test_refuses_impossible_rows(rows, s, n, b, message):
    with pytest.raises(ValueError, match=message):
        RotationTree(rows, s, n, b, QROMLoader(), BITWISE)


def test_symbolic_size_means_no_circuit():
    tree = RotationTree(None, 0, 2, symbols.b, QROMLoader(), BITWISE)
    with pytest.raises(DecomposeTypeError, match="symbolic size"):
        tree.decompose_bloq()


def test_no_rows_means_no_gates_below_the_lookups():
    """The levels are known without the rows; the gates of the lookups are not."""
    tree = RotationTree(None, 0, 2, 4, QROMLoader(), BITWISE)
    assert len(tree.decompose_bloq().bloq_instances) > 2
    with pytest.raises(DecomposeTypeError, match="has no circuit"):
        circuit_of(tree)
