"""One level of a rotation tree: action for every memory, its whole-gate stand-in, cost, depth."""

from itertools import product

import cirq
import numpy as np
import pytest
from qualtran import DecomposeTypeError
from qualtran.resource_counting import get_cost_value

from bloqs.data_loading.angle_rotation import AngleRotation, Rotation
from bloqs.data_loading.loaders import (
    BucketBrigadeLoader,
    IdealQRAMLoader,
    QROAMLoader,
    QROMLoader,
    SelectSwapLoader,
)
from bloqs.data_loading.rotation_level import MultiplexedRotation, RotationLevel, as_one_gate
from bloqs.simulation.runner import Runner
from estimator import symbols
from estimator.costs.circuit import circuit_of
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.costs.keys import QueryDepth, ToffoliDepth

CIRCUITS = [QROMLoader(), QROAMLoader(1), SelectSwapLoader(1), BucketBrigadeLoader()]


def turned(state, table, bits, is_controlled):
    """exp(i phi_x Y) address by address; `state` has shape (controls, addresses, 2)."""
    out = np.zeros_like(state)
    for control, x in np.ndindex(state.shape[:2]):
        on = control == 1 or not is_controlled
        phi = 2 * np.pi * table[x] / 2**bits if on else 0.0
        zero, one = state[control, x]
        out[control, x] = (
            np.cos(phi) * zero + np.sin(phi) * one,
            np.cos(phi) * one - np.sin(phi) * zero,
        )
    return out


def named(loader):
    return loader.name


@pytest.mark.parametrize("a", [0, 1, 2])
@pytest.mark.parametrize("loader", CIRCUITS, ids=named)
def test_turns_the_target_by_the_angle_of_its_address(loader, a, random_table, random_state):
    """Gate by gate, all controls and addresses at once, whatever is measured on the way."""
    for is_controlled in (False, True):
        table = random_table(2**a, 4)
        level = RotationLevel(table, a, 4, loader, Rotation.BITWISE, is_controlled)
        start = random_state((1 + is_controlled) * 2 ** (a + 1)).reshape(-1, 2**a, 2)
        runner = Runner.of(level)
        for seed in range(1 if runner.qubits > 14 else 3):
            found = runner.run(start.reshape(-1), seed).reshape(start.shape)
            np.testing.assert_allclose(
                found,
                turned(start, table, 4, is_controlled),
                atol=1e-8,
                err_msg=f"{is_controlled=}",
            )


@pytest.mark.parametrize("a", [0, 1])
@pytest.mark.parametrize("loader", CIRCUITS, ids=named)
def test_turns_the_target_by_a_phase_gradient(loader, a, random_table, random_state):
    """The same with an adder; the gradient register ends as it began."""
    for is_controlled in (False, True):
        table = random_table(2**a, 4)
        level = RotationLevel(table, a, 4, loader, Rotation.PHASE_GRADIENT, is_controlled)
        gradient = np.exp(-2j * np.pi * np.arange(16) / 16) / 4
        start = random_state((1 + is_controlled) * 2 ** (a + 1)).reshape(-1, 2**a, 2)
        found = Runner.of(level).run(np.kron(start.reshape(-1), gradient))
        wanted = np.kron(turned(start, table, 4, is_controlled).reshape(-1), gradient)
        np.testing.assert_allclose(found, wanted, atol=1e-8, err_msg=f"{is_controlled=}")


@pytest.mark.parametrize("loader", CIRCUITS[:3], ids=named)
def test_inverse_turns_back(loader, random_table, random_state):
    """The inverse holds the negative angles modulo a full turn."""
    for is_controlled in (False, True):
        level = RotationLevel(random_table(4, 4), 2, 4, loader, Rotation.BITWISE, is_controlled)
        start = random_state((1 + is_controlled) * 8)
        there = Runner.of(level, dtype=np.complex64).run(start)
        back = Runner.of(level.adjoint(), dtype=np.complex64).run(there / np.linalg.norm(there))
        np.testing.assert_allclose(back, start, atol=1e-5, err_msg=f"{is_controlled=}")


@pytest.mark.parametrize("a", [0, 1, 3])
def test_stand_in_is_the_level(a, random_table, random_state):
    """`as_one_gate` does what the level does, on any qubits of a larger state."""
    for is_controlled in (False, True):
        table = random_table(2**a, 5)
        level = RotationLevel(table, a, 5, QROMLoader(), Rotation.BITWISE, is_controlled)
        gate = as_one_gate(level)
        start = random_state((1 + is_controlled) * 2 ** (a + 1))
        wanted = turned(start.reshape(-1, 2**a, 2), table, 5, is_controlled).reshape(-1)
        np.testing.assert_allclose(
            cirq.unitary(gate) @ start, wanted, atol=1e-12, err_msg=f"{is_controlled=}"
        )

        qubits = cirq.LineQubit.range(cirq.num_qubits(gate))
        order = [cirq.q("beside"), *reversed(qubits)]
        circuit = cirq.Circuit(gate.on(*qubits), cirq.I(order[0]))
        found = circuit.unitary(qubit_order=order)
        mirrored = cirq.Circuit(gate.on(*qubits)).unitary(qubit_order=qubits[::-1])
        np.testing.assert_allclose(
            found, np.kron(np.eye(2), mirrored), atol=1e-12, err_msg=f"{is_controlled=}"
        )


def test_stand_in_is_unitary(rng):
    gate = MultiplexedRotation(rng.uniform(-4, 4, 8), is_controlled=True)
    U = cirq.unitary(gate)
    np.testing.assert_allclose(U @ U.conj().T, np.eye(32), atol=1e-12)


@pytest.mark.parametrize(
    "sizes",
    [
        [(0, 4), (1, 4), (2, 6), (3, 4), (5, 4)],
        pytest.param([(2, 4), (4, 5), (6, 4)], marks=pytest.mark.slow),
    ],
    ids=["few", "rest"],
)
@pytest.mark.parametrize("loader", CIRCUITS, ids=named)
def test_symbolic_cost_is_the_counted_one(loader, sizes, random_table):
    """Symbols for address and bits; block sizes as numbers need tables of that size."""
    for is_controlled, rotation in product((False, True), Rotation):
        symbolic = RotationLevel(None, symbols.a, symbols.b, loader, rotation, is_controlled)
        claimed = cost_by_annotation(symbolic)
        for a, b in sizes:
            table = random_table(2**a, b)
            level = RotationLevel(table, a, b, loader, rotation, is_controlled)
            counted = cost_by_counting(level)
            assert cost_by_annotation(level) == counted, f"{is_controlled=}, {rotation=}"
            if a >= 2:
                assert claimed.subs({symbols.a: a, symbols.b: b}) == counted, (
                    f"{is_controlled=}, {rotation=}"
                )


@pytest.mark.parametrize(
    "sizes",
    [[(1, 4), (2, 5), (3, 4), (4, 5)], pytest.param([(5, 4)], marks=pytest.mark.slow)],
    ids=["few", "rest"],
)
@pytest.mark.parametrize("loader", CIRCUITS, ids=named)
def test_depth_is_bounded(loader, sizes, random_table, counted_depth):
    """Load, rotation and unload in a row: an upper bound, at most twice the circuit's depth.

    The unload may prepare while the rotation still runs.
    """
    for is_controlled, rotation in product((False, True), Rotation):
        symbolic = RotationLevel(None, symbols.a, symbols.b, loader, rotation, is_controlled)
        for a, b in sizes:
            level = RotationLevel(random_table(2**a, b), a, b, loader, rotation, is_controlled)
            parts = (level.lookup, level.lookup.adjoint(), AngleRotation(b, rotation))
            claimed = get_cost_value(level, ToffoliDepth())
            assert claimed == sum(get_cost_value(part, ToffoliDepth()) for part in parts), (
                f"{is_controlled=}, {rotation=}"
            )
            assert counted_depth(level) <= claimed <= 2 * counted_depth(level), (
                f"{is_controlled=}, {rotation=}"
            )
            if a >= 2:
                at_size = get_cost_value(symbolic, ToffoliDepth()).subs(
                    {symbols.a: a, symbols.b: b}
                )
                assert at_size == claimed, f"{is_controlled=}, {rotation=}"


def test_ideal_memory_is_asked_twice():
    """One query to load, one to unload, one after the other; none for a single angle."""
    for a, calls in ((symbols.a, 2), (3, 2), (0, 0)):
        level = RotationLevel(None, a, symbols.b, IdealQRAMLoader(), Rotation.BITWISE)
        assert cost_by_annotation(level).queries.get("QRAM", 0) == calls
        assert get_cost_value(level, QueryDepth("QRAM")) == calls


@pytest.mark.parametrize(
    ("table", "b", "message"),
    [
        ((1, 2, 3), 4, "table must have 4 entries, got 3"),
        ((1, 2, 3, 16), 4, "table entry 16 does not fit into 4 bits"),
        ((1, 2, 3, 4), 3, "AngleRotation needs at least 4 bits of angle, got b=3"),
    ],
)
def test_refuses_what_its_parts_refuse(table, b, message):
    """When it is made, not when it is first used."""
    for loader in (*CIRCUITS, IdealQRAMLoader()):
        with pytest.raises(ValueError, match=message):
            RotationLevel(table, 2, b, loader, Rotation.BITWISE)


def test_symbolic_size_means_no_circuit():
    with pytest.raises(DecomposeTypeError, match="has a symbolic size"):
        RotationLevel(None, 2, symbols.b, QROMLoader(), Rotation.BITWISE).decompose_bloq()


def test_no_table_means_no_gates_below_the_lookup():
    """The steps are known without the angles; the gates of the lookup are not."""
    level = RotationLevel(None, 2, 4, QROMLoader(), Rotation.BITWISE)
    assert len(level.decompose_bloq().bloq_instances) == 3
    with pytest.raises(DecomposeTypeError, match="has no circuit"):
        circuit_of(level)
