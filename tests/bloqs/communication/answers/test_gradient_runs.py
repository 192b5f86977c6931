"""Gradients from runs of circuits: their means, their shots, and what they send."""

import numpy as np
import pytest

from bloqs.communication.answers import gradient_runs as runs
from bloqs.communication.circuits.estimates import gradients_by_shift, gradients_by_states
from bloqs.communication.model.blocks import Block, DenseBlock, Gate, PartyModel
from bloqs.communication.model.counts import VARIANTS
from bloqs.communication.model.evaluate import angles, flattened, loss, with_angles
from estimator.costs.cost import cost_by_annotation
from estimator.costs.messages import MessageCounts

STEP = 1e-3
"""Of differences of the loss. Unit: radians."""


def random_model(rng, qubits, owners, gates=3):
    """Commuting and not, trainable and not, and one dense block."""
    blocks = []
    for owner in owners:
        letters = ["".join(rng.choice(list("IXYZ"), qubits)) for _ in range(gates)]
        letters = ["X" * qubits if set(x) == {"I"} else x for x in letters]
        made = [Gate(x, float(rng.uniform(-3, 3)), bool(rng.random() < 0.8)) for x in letters]
        blocks.append(Block(owner, [Gate("Z" * qubits, 0.4), *made]))
    turn, _ = np.linalg.qr(rng.normal(size=(2**qubits,) * 2) + 1j)
    blocks.insert(1, DenseBlock(owners[0], turn))
    return PartyModel(qubits, rng.normal(size=2**qubits), blocks)


def by_differences(model, readout):
    """A fourth-order difference of the loss, which has one frequency in each angle."""
    theta, found = angles(model), []
    for place in range(len(theta)):
        unit = np.eye(len(theta))[place]
        at = [loss(with_angles(model, theta + k * STEP * unit), readout) for k in (-2, -1, 1, 2)]
        found.append((at[0] - 8 * at[1] + 8 * at[2] - at[3]) / (12 * STEP))
    return np.array(found)


@pytest.fixture(params=["circuits", "NumPy"])
def how(request, monkeypatch):
    """Models count as too large for circuits, or not."""
    if request.param == "NumPy":
        monkeypatch.setattr(runs, "ROTATIONS_RUN", 0)
    return request.param


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(("qubits", "readout"), [(1, "Z"), (3, "Z"), (2, "projector")])
def test_means_are_derivatives(variant, qubits, readout, how, rng):
    model = random_model(rng, qubits, ("A", "B", "A"))
    found = runs.gradient_runs(model, variant, 0.3, 0.1, readout)
    assert found.how == how
    np.testing.assert_allclose(found.means, by_differences(model, readout), atol=1e-9)


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("readout", ["Z", "projector"])
def test_shots_are_off_as_rarely_as_claimed(variant, readout, how, rng):
    """Over 200 seeds; and they scatter as so many shots do, neither more nor less."""
    epsilon, delta = 0.3, 0.1
    model = random_model(rng, 2, ("A", "B"))
    found = runs.gradient_runs(model, variant, epsilon, delta, readout)
    wanted = by_differences(model, readout)
    seeds = range(200)
    off = np.array([found.sample(np.random.default_rng(seed)) for seed in seeds]) - wanted
    assert np.sum(np.max(np.abs(off), axis=1) > epsilon) <= delta * len(seeds)
    states = {"grouped": model.outline.group_total, "hadamard": model.parameters}
    number = found.sent.shots / states.get(variant, 2 * model.parameters)
    scale = 1.0 if readout == "Z" else 0.5
    spread = np.sqrt((scale**2 - wanted**2) / number)
    if variant == "shift":  # of two losses, each with its own spread
        losses = runs.evaluate.shifted_losses(model)
        spread = scale / 2 * np.sqrt(np.sum(1 - losses**2, axis=1) / number)
    assert np.all(np.abs(off.mean(axis=0)) <= 5 * spread / np.sqrt(len(seeds)))
    ratios = off.std(axis=0) / spread
    assert np.all((ratios > 0.75) & (ratios < 1.25))


def test_what_is_sent_is_that_of_the_circuits(rng):
    model = random_model(rng, 2, ("A", "B", "C"))
    made = {
        "grouped": gradients_by_states(model, 0.5, 0.1),
        "hadamard": gradients_by_states(model, 0.5, 0.1, is_grouped=False),
        "shift": gradients_by_shift(model, 0.5, 0.1),
    }
    for variant, shots in made.items():
        sent = runs.gradient_runs(model, variant, 0.5, 0.1).sent
        total = sum((cost_by_annotation(each).messages for each in shots), MessageCounts())
        assert (sent.qubits, sent.bits) == (total.qubits, total.bits)
        assert sent.shots == sum(each.number for each in shots)


def test_circuits_that_are_too_large_or_too_many_are_not_run(rng):
    small = random_model(rng, 2, ("A", "B"))
    assert runs.is_run(small, "shift")
    wide = PartyModel(11, np.ones(2**11), [Block("A", [Gate("X" * 11, 0.1)])])
    assert not runs.is_run(wide, "grouped")
    many = PartyModel(1, [1.0, 0.0], [Block("A", [Gate("XZ"[k % 2], 0.1) for k in range(200)])])
    assert not runs.is_run(many, "hadamard")


def test_runs_of_a_protocol_count_for_what_is_run(rng, monkeypatch):
    """As many circuits as groups, as parameters, or twice that."""
    gates = [Gate(x, 0.3) for x in ("XX", "ZZ", "XX", "IZ")]  # two groups
    model = PartyModel(2, rng.normal(size=4), [Block("A", gates)])
    for number, wanted in ((1, []), (2, [0]), (4, [0, 1]), (8, [0, 1, 2])):
        monkeypatch.setattr(runs, "ROTATIONS_RUN", number * (4 + 4))
        found = [runs.is_run(model, variant) for variant in ("grouped", "hadamard", "shift")]
        assert found == [k in wanted for k in range(3)]


@pytest.mark.slow
def test_every_gradient_of_three_layers(rng):
    """Five qubits, four parameters a block: all three protocols, to 1e-9."""
    letters = [["".join(rng.choice(list("IXYZ"), 5)) for _ in range(4)] for _ in range(6)]
    blocks = [
        Block("AB"[k % 2], [Gate(x, float(rng.uniform(-3, 3))) for x in each])
        for k, each in enumerate(letters)
    ]
    model = PartyModel(5, rng.normal(size=32), blocks)
    wanted = by_differences(model, "Z")
    for variant in VARIANTS:
        found = runs.gradient_runs(model, variant, 0.1, 0.05)
        assert found.how == runs.BY_CIRCUITS
        np.testing.assert_allclose(found.means, wanted, atol=1e-9)
    assert flattened(runs.evaluate.gradients(model)) == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize(("variant", "fixed"), [("hadamard", 92), ("shift", 0)])
def test_rotations_up_to_which_circuits_are_run(variant, fixed):
    """Encoding and gates, times the runs: 200 * 100, and 104 * 96 * 2 which is one less."""
    trained = 100 if variant == "hadamard" else 96
    for more, is_run in ((0, True), (1 if variant == "hadamard" else 20, False)):
        gates = [Gate("XXX", 0.1)] * trained + [Gate("ZZZ", 0.1, False)] * (fixed + more)
        model = PartyModel(3, np.ones(8), [Block("A", gates)])
        rotations = (8 + len(gates)) * trained * (1 if variant == "hadamard" else 2)
        assert (rotations <= 20_000) == is_run
        assert runs.is_run(model, variant) == is_run


@pytest.mark.parametrize(("qubits", "is_run"), [(10, True), (11, False)])
def test_qubits_up_to_which_circuits_are_run(qubits, is_run):
    model = PartyModel(qubits, np.ones(2**qubits), [Block("A", [Gate("X" * qubits, 0.1)])])
    assert runs.is_run(model, "grouped") == is_run
