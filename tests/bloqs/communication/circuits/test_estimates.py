"""Estimates by shots and by amplitudes: what they send is what the model says, and their values."""

import attrs
import numpy as np
import pytest
import sympy

from bloqs.communication.circuits import estimates
from bloqs.communication.circuits.gradient_state import GradientState
from bloqs.communication.circuits.inference_shot import (
    InferenceShot,
    inference_shot_symbolic_example,
)
from bloqs.communication.circuits.loss_iterate import LossEstimation, LossIterate
from bloqs.communication.circuits.shots import Shots
from bloqs.communication.circuits.vector_tree import VectorTree
from bloqs.communication.model import counts
from bloqs.communication.model.blocks import Block, Gate, PartyModel
from bloqs.communication.model.evaluate import flattened, gradients, loss
from bloqs.communication.symbols import L, M, n
from bloqs.messages.party_block import PartyBlock
from bloqs.messages.private import Private
from bloqs.messages.tell import Tell
from bloqs.readout.clock import ClockWindow, clock_distribution
from bloqs.simulation.runner import Runner
from estimator.costs.cost import cost_by_annotation, cost_by_counting
from estimator.costs.keys import MessageCounts


def random_model(rng, qubits, owners, gates=2):
    blocks = []
    for owner in owners:
        letters = ["".join(rng.choice(list("XYZ"), qubits)) for _ in range(gates)]
        blocks.append(Block(owner, [Gate(x, float(rng.uniform(-3, 3))) for x in letters]))
    return PartyModel(qubits, rng.normal(size=2**qubits), blocks)


def encodings(bloq):
    """Trees of data, inverted or not, wherever they are."""
    if isinstance(bloq, VectorTree):
        return 1
    called = bloq.bloq_counts() if "bloqs." in type(bloq).__module__ else {}
    return sum(times * encodings(part) for part, times in called.items())


def check(bloqs, wanted):
    """Key, circuit and closed form; news are of bits alone."""
    costs = [cost_by_annotation(bloq) for bloq in bloqs]
    for bloq, cost in zip(bloqs, costs, strict=True):
        counted = cost_by_counting(bloq)
        assert (cost.messages, cost.rounds) == (counted.messages, counted.rounds)
        assert cost == counted
    news = sum(len(bloq.told) for bloq in bloqs)
    total = sum((cost.messages for cost in costs), MessageCounts())
    assert total == MessageCounts(wanted.qubits, wanted.messages, wanted.bits, news=news)
    assert sum(bloq.number for bloq in bloqs) == wanted.shots
    assert sum(map(encodings, bloqs)) == wanted.encodings
    return [cost.rounds for cost in costs]


@pytest.mark.parametrize("owners", [("A", "B"), ("A", "B", "A", "C")])
@pytest.mark.parametrize("is_parallel", [False, True])
def test_estimates_send_what_the_model_says(owners, is_parallel, rng):
    model = random_model(rng, 1, owners)
    outline = model.outline
    wanted = counts.inference(outline, 0.9, 0.5, is_parallel=is_parallel)
    bloq = estimates.loss_by_shots(model, 0.9, 0.5, is_parallel=is_parallel)
    assert check([bloq], wanted) == [wanted.rounds]
    for variant, is_grouped in (("grouped", True), ("hadamard", False)):
        wanted = counts.gradient(outline, 0.9, 0.5, variant, is_parallel=is_parallel)
        found = estimates.gradients_by_states(model, 0.9, 0.5, is_grouped, is_parallel=is_parallel)
        rounds = check(found, wanted)
        assert (max(rounds) if is_parallel else sum(rounds)) == wanted.rounds
    wanted = counts.gradient(outline, 0.9, 0.5, "shift", is_parallel=is_parallel)
    rounds = check(estimates.gradients_by_shift(model, 0.9, 0.5, is_parallel=is_parallel), wanted)
    assert (max(rounds) if is_parallel else sum(rounds)) == wanted.rounds


@pytest.mark.parametrize("data", ["A", "C"])
def test_data_of_another_party_travel_to_the_first_block(data, rng):
    """To and fro in an iterate, once in a gradient's state; key and circuit agree."""
    shot = InferenceShot.of(random_model(rng, 1, ("A", "B")))
    values = Private(data, (0.6, -0.8))
    shot = attrs.evolve(shot, encode=PartyBlock(data, VectorTree(1, values)))
    more = int(data != "A")
    for bloq, messages in (
        (LossIterate(shot), 2 * (1 + more)),
        (LossIterate(shot, is_controlled=True), 2 * (1 + more)),
        (GradientState(shot, 1, 1), 2 + more),
    ):
        cost = cost_by_annotation(bloq)
        assert cost == cost_by_counting(bloq)
        assert cost.messages.messages == messages


@pytest.mark.parametrize("number", [1, 2, 5])
def test_parties_hold_no_bits(number, rng):
    """Outcomes are no qubits: shots in a row take no more than one and a copy, others all."""
    run = InferenceShot.of(random_model(rng, 2, ("A", "B", "A", "C")))
    row, beside = (Shots(run, number, ("system",), is_parallel=each) for each in (False, True))
    assert cost_by_annotation(row).parties == {"A": 2, "B": 2, "C": 3}
    assert cost_by_annotation(beside).parties == dict.fromkeys("ABC", 2 * number)
    symbolic = Shots(inference_shot_symbolic_example.make(), M, ("system",), is_parallel=True)
    assert cost_by_annotation(symbolic).parties == {"Alice": M * n, "Bob": M * n}


def test_runs_are_one_after_another_unless_asked(rng):
    model = random_model(rng, 1, ("A", "B"))
    one = estimates.loss_by_shots(model, 0.9, 0.5)
    states = estimates.gradients_by_states(model, 0.9, 0.5)
    assert states == estimates.gradients_by_states(model, 0.9, 0.5, True, "uncontrolled", "Z")
    for bloq in (one, *states, *estimates.gradients_by_shift(model, 0.9, 0.5)):
        assert bloq.number > 1
        assert cost_by_annotation(bloq).rounds == bloq.number * cost_by_annotation(bloq.run).rounds


def test_shifted_runs_have_the_gradient(rng):
    model = random_model(rng, 2, ("A", "B"))
    runs = [bloq.run for bloq in estimates.gradients_by_shift(model, 0.5, 0.5)]
    states = [np.abs(Runner.of(run).run(0)) ** 2 for run in runs]
    losses = np.array([x[:2].sum() - x[2:].sum() for x in states])
    found = (losses[::2] - losses[1::2]) / 2
    np.testing.assert_allclose(found, flattened(gradients(model)), atol=1e-9)


@pytest.mark.parametrize("qubits", [1, 2, 3])
def test_clock_has_the_phase_of_the_loss(qubits, rng):
    """Half of the distribution of either sign of twice the angle."""
    model = random_model(rng, qubits, ("A", "B", "A"))
    bloq = LossEstimation(InferenceShot.of(model), 3)
    state = Runner.of(bloq).run(0).reshape(8, -1)
    angle = np.arcsin(np.sqrt(loss(model, "projector")))
    both = [clock_distribution(s * 2 * angle, 3, ClockWindow.UNIFORM) for s in (1, -1)]
    found = np.sum(np.abs(state) ** 2, axis=1)
    np.testing.assert_allclose(found, (both[0] + both[1]) / 2, atol=1e-9)


def test_amplitudes_send_what_the_model_says(rng):
    model = random_model(rng, 2, ("A", "B", "A", "B"), gates=1)
    wanted = counts.amplitude_estimated(model.outline, 0.9, 0.2)
    assert check([estimates.loss_by_amplitudes(model, 0.9, 0.2)], wanted) == [wanted.rounds]
    bloq = LossEstimation(InferenceShot.of(model), 2)
    for form in (bloq, bloq.adjoint(), bloq.controlled(), bloq.controlled().adjoint()):
        cost = cost_by_annotation(form)
        assert cost.messages == cost_by_counting(form).messages == MessageCounts(54, 18)
    step = LossIterate(InferenceShot.of(model))
    for form, width in ((step, 2), (step.controlled(), 3), (step.controlled().adjoint(), 3)):
        cost = cost_by_annotation(form)
        assert cost.messages == cost_by_counting(form).messages == MessageCounts(6 * width, 6)


def test_numbers_of_the_paper(rng):
    """Error .1 with confidence .95, two layers, ten qubits."""
    model = random_model(rng, 10, ("A", "B", "A", "B"), gates=1)
    sampled = estimates.loss_by_shots(model, 0.1, 0.05, is_parallel=True)
    assert sampled.number == 738
    amplitudes = estimates.loss_by_amplitudes(model, 0.1, 0.05)
    assert cost_by_annotation(amplitudes.run).messages.qubits * amplitudes.number == 58674
    assert cost_by_annotation(sampled.run).messages.qubits * sampled.number == 22140
    assert [news.bits for news in sampled.told] == [10]


def test_shots_of_symbols():
    shot = inference_shot_symbolic_example.make()
    cost = cost_by_annotation(Shots(shot, M, ("system",), (Tell("Bob", "Alice", n),)))
    sends = M * (2 * L - 1)
    assert cost.messages == MessageCounts(sends * n, sends, n, news=1)
    assert sympy.expand(cost.rounds - sends) == 0
    cost = cost_by_annotation(Shots(shot, M, ("system",), is_parallel=True))
    assert cost.rounds == 2 * L - 1


def test_what_is_no_estimate_is_refused(rng):
    run = InferenceShot.of(random_model(rng, 1, ("A",)))
    with pytest.raises(ValueError, match="at least one run, got 0"):
        Shots(run, 0)
    with pytest.raises(ValueError, match="reads registers system, got clock"):
        Shots(run, 1, ("clock",))
    with pytest.raises(ValueError, match="two parties, got A at both ends"):
        Tell("A", "A", 1)
    with pytest.raises(ValueError, match="at least 1 bit, got 0"):
        Tell("A", "B", 0)
