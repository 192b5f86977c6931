"""Every rule beside the adjoint method, beside differences, and by the circuits that it ran."""

import math

import numpy as np
import pytest

from bloqs.contrastive.model.ansatz_parts import KINDS
from bloqs.contrastive.model.ansatz_sizes import sizes_of
from bloqs.contrastive.model.batched_engine import Engine
from bloqs.contrastive.model.gate_order import dead_angles, exempt_angles, gate_order
from bloqs.contrastive.model.gradient_rules import jacobian
from bloqs.contrastive.model.training_circuits import circuits_of_step

EXACT = ("four-term", "light-cone", "decomposed")


def setting(kind, width=4, layers=2, samples=3, **options):
    rng = np.random.default_rng([width, layers])
    engine = Engine(kind=kind, width=width, layers=layers, **options)
    inputs = rng.uniform(0, np.pi, (samples, width))
    return engine, inputs, rng.uniform(-np.pi, np.pi, engine.angles)


@pytest.mark.parametrize("kind", KINDS)
def test_exact_rules_agree(kind):
    engine, inputs, angles = setting(kind)
    wanted = jacobian(engine, inputs, angles, "adjoint")
    near = jacobian(engine, inputs, angles, "finite-difference", step=1e-4)
    assert wanted.by_angles == pytest.approx(near.by_angles, abs=2e-8)
    assert wanted.by_inputs == pytest.approx(near.by_inputs, abs=2e-8)
    for rule in EXACT:
        found = jacobian(engine, inputs, angles, rule)
        assert found.outputs == pytest.approx(engine.outputs(inputs, angles), abs=1e-12)
        assert found.by_angles == pytest.approx(wanted.by_angles, abs=1e-9), rule
        assert found.by_inputs == pytest.approx(wanted.by_inputs, abs=1e-9), rule


@pytest.mark.parametrize("kind", KINDS)
def test_two_terms_are_biased_on_controlled_turns_that_are_not_exempt(kind):
    engine, inputs, angles = setting(kind, samples=20)
    exact = jacobian(engine, inputs, angles, "adjoint").by_angles
    found = jacobian(engine, inputs, angles, "two-term").by_angles
    gates = gate_order(kind, engine.width, engine.layers)
    biased = {g.angle for g in gates if g.name in ("CRX", "CRZ")} - set(exempt_angles(gates))
    off = np.abs(found - exact).max(axis=(0, 1))
    assert {int(k) for k in np.flatnonzero(off > 1e-9)} == biased
    dead = np.abs(exact).max(axis=(0, 1)) < 1e-12
    assert sorted(map(int, np.flatnonzero(dead))) == sorted(dead_angles(gates))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rule", ["two-term", *EXACT, "finite-difference", "spsa"])
def test_circuits_that_run_are_those_of_the_formula(kind, rule):
    engine, inputs, angles = setting(kind, samples=6)
    found = jacobian(engine, inputs, angles, rule, shots=3, rng=np.random.default_rng(0))
    sizes = sizes_of(kind, engine.width, engine.layers)
    assert found.circuits == circuits_of_step(rule, 3, engine.width, sizes)
    assert found.shots == 3 * found.circuits


@pytest.mark.parametrize(
    ("rule", "circuits"), [("two-term", 41_472), ("four-term", 57_856), ("light-cone", 50_688)]
)
def test_circuits_of_the_published_step(rule, circuits):
    """That has 512 views; here an eighth of them runs."""
    engine, inputs, angles = setting("ring", 8, 2, samples=64, is_single=True)
    found = jacobian(engine, inputs, angles, rule, shots=1, rng=np.random.default_rng(0))
    assert 8 * found.circuits == 8 * found.shots == circuits


def test_single_precision():
    engine, inputs, angles = setting("ring", 8)
    single = Engine(kind="ring", width=8, layers=2, is_single=True)
    exact = jacobian(engine, inputs, angles, "adjoint")
    for rule in ("adjoint", "light-cone"):
        found = jacobian(single, inputs, angles, rule)
        assert found.by_angles == pytest.approx(exact.by_angles, abs=5e-6)


def test_the_gradient_of_a_loss_is_the_jacobian_contracted():
    engine, inputs, angles = setting("14", 5, samples=70)
    weights = np.random.default_rng(5).normal(size=inputs.shape)
    outputs, by_inputs, by_angles = engine.with_gradient(inputs, angles, weights)
    whole = jacobian(engine, inputs, angles, "light-cone")
    assert outputs == pytest.approx(whole.outputs, abs=1e-12)
    assert by_inputs == pytest.approx(np.einsum("nw,nwk->nk", weights, whole.by_inputs), abs=1e-9)
    assert by_angles == pytest.approx(np.einsum("nw,nwk->nk", weights, whole.by_angles), abs=1e-9)


def test_measurements_between_layers_have_exact_shift_rules():
    engine, inputs, angles = setting("ring", 4, 2, samples=2, is_half_measured=True)
    near = jacobian(engine, inputs, angles, "finite-difference", step=1e-4)
    found = jacobian(engine, inputs, angles, "four-term")
    assert found.by_angles == pytest.approx(near.by_angles, abs=2e-8)
    assert found.by_inputs == pytest.approx(near.by_inputs, abs=2e-8)
    assert found.circuits == 2 * (1 + 2 * (4 + 8) + 4 * 8)
    with pytest.raises(ValueError, match="between layers"):
        jacobian(engine, inputs, angles, "decomposed")
    engine, inputs, angles = setting("ring", 4, 8, samples=2, is_half_measured=True)
    with pytest.raises(ValueError, match="a mean over 16384 circuits"):
        jacobian(engine, inputs, angles, "adjoint")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("width", "layers"), [(4, 3), (5, 2)])
def test_a_mean_over_signs_is_a_measurement_between_layers(kind, width, layers):
    engine, inputs, angles = setting(kind, width, layers, samples=2, is_half_measured=True)
    found, wanted = (jacobian(engine, inputs, angles, x) for x in ("adjoint", "four-term"))
    assert found.outputs == pytest.approx(wanted.outputs, abs=1e-12)
    assert found.by_angles == pytest.approx(wanted.by_angles, abs=1e-9)
    assert found.by_inputs == pytest.approx(wanted.by_inputs, abs=1e-9)


def test_variances_of_the_rules_and_optimal_shots():
    """At zero outputs: 1/(2 S) for two terms, 3/(8 S) for four, 1/(4 S) with optimal shots."""
    engine = Engine(kind="ring", width=4, layers=1)
    inputs = np.full((4_000, 4), np.pi / 2)
    angles = np.random.default_rng(2).uniform(-np.pi, np.pi, engine.angles)
    shots, last = 40, engine.angles - 1
    exact = jacobian(engine, inputs[:1], angles, "adjoint").by_angles[0, 0, last]
    for is_optimal in (False, True):
        found = jacobian(
            engine, inputs, angles, "four-term", shots=shots, rng=np.random.default_rng(1),
            is_optimal=is_optimal,
        )  # fmt: skip
        drawn = found.by_angles[:, 0, last]
        wanted = variance(engine, inputs[:1], angles, last, shots, is_optimal)
        assert drawn.var() == pytest.approx(wanted, rel=0.07)
        assert drawn.mean() == pytest.approx(exact, abs=5 * np.sqrt(wanted / len(inputs)))


def variance(engine, inputs, angles, angle, shots, is_optimal):
    """Of output 0 by one angle, from exact outputs at the four shifts."""
    near, far = (np.sqrt(2) + 1) / (4 * np.sqrt(2)), (np.sqrt(2) - 1) / (4 * np.sqrt(2))
    total = 0.0
    for shift, weight in ((1, near), (-1, near), (3, far), (-3, far)):
        moved = angles + shift * np.pi / 2 * np.eye(len(angles))[angle]
        share = round(shots * 2 * weight / (near + far)) if is_optimal else shots
        total += weight**2 * (1 - engine.outputs(inputs, moved)[0, 0] ** 2) / share
    return total


def test_spsa_is_right_on_the_mean():
    engine, inputs, angles = setting("ring", 2, 1, samples=1)
    many = np.repeat(inputs, 4_000, 0)
    found = jacobian(engine, many, angles, "spsa", rng=np.random.default_rng(3), step=1e-3)
    exact = jacobian(engine, inputs, angles, "adjoint")
    spread = 5 * found.by_angles.std(0) / np.sqrt(len(many))
    assert (np.abs(found.by_angles.mean(0) - exact.by_angles[0]) <= spread + 1e-5).all()


@pytest.mark.parametrize("shots", [None, 100])
@pytest.mark.parametrize("rule", ["finite-difference", "spsa"])
def test_steps_that_nobody_names_suit_single_precision_and_shots(rule, shots):
    """Rounding or shots are not blown up: a derivative is one number out of [-1, 1]."""
    engine, inputs, angles = setting("ring", samples=1, is_single=True)
    many = np.repeat(inputs, 500, 0)
    found = jacobian(engine, many, angles, rule, shots=shots, rng=np.random.default_rng(4))
    exact = jacobian(engine, inputs, angles, "adjoint").by_angles
    if rule == "finite-difference":
        limit = 5e-4 if shots is None else 3 / np.sqrt(shots)
        assert np.sqrt(((found.by_angles - exact) ** 2).mean((0, 1))).max() < limit
    else:
        assert np.abs(found.by_angles).max() < 10
        assert np.corrcoef(found.by_angles.mean(0).ravel(), exact.ravel())[0, 1] > 0.8


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"rule": "magic"}, "a gradient rule is one of"),
        ({"rule": "two-term", "shots": 0}, "from 1 on"),
        ({"rule": "two-term", "shots": 5}, "give a generator"),
        ({"rule": "adjoint", "shots": 5, "rng": np.random.default_rng(0)}, "has no shots"),
        ({"rule": "finite-difference", "step": 0.0}, "above 0"),
    ],
)
def test_refusals(options, message):
    engine, inputs, angles = setting("ring")
    with pytest.raises(ValueError, match=message):
        jacobian(engine, inputs, angles, **options)


def test_shots_of_shifted_circuits_are_joint_strings():
    """A copied bit is the same in every shot, so that both means are, in each sample."""
    engine = Engine(kind="all-to-all", width=2, layers=1)
    inputs = np.tile([math.pi / 2, 0.0], (200, 1))
    found = jacobian(engine, inputs, np.zeros(4), "two-term", shots=9, rng=np.random.default_rng(0))
    assert np.array_equal(found.outputs[:, 0], found.outputs[:, 1])
    assert abs(found.outputs.mean()) < 0.1
    assert found.outputs.std() == pytest.approx(1 / 3, abs=0.04)
