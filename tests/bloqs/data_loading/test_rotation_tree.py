"""Rotation tree: amplitudes against plain loops, error, limits."""

import math

import attrs
import cirq
import numpy as np
import pytest
import sympy
from qualtran import CtrlSpec, DecomposeTypeError

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
