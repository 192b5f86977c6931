"""Errors lie in (0, 1] and probabilities of failure in (0, 1), whatever is asked for them."""

import math

import numpy as np
import pytest

from bloqs.communication.answers.gradient_learning import learned_gradients
from bloqs.communication.model.amplitude import clock_length, repetitions
from bloqs.communication.model.blocks import Block, Gate, PartyModel
from bloqs.communication.model.counts import (
    amplitude_estimated,
    fine_tuning,
    gradient,
    inference,
    matching_copies,
    mirror_training,
    training,
)
from bloqs.communication.model.outline import alternating
from bloqs.communication.model.schedule import greedy_updates, mirror_error
from bloqs.communication.model.shots import (
    equal_confidence_shots,
    gradient_copies,
    loss_shots,
    shift_shots,
    spread_shots,
)
from bloqs.communication.model.tomography import TomographyCost, learn, most_updates
from bloqs.communication.rivals.chain import chain_bits, chain_equal_confidence_bits
from bloqs.communication.rivals.shipping import bits_per_real, ship, shipped_bits
from bloqs.communication.rivals.sign_projection import projection_bits
from bloqs.communication.rivals.sketch import equal_confidence_bits, groups_for, sketch_bits

MODEL = PartyModel(1, [1.0, 2.0], (Block("A", [Gate("Y", 0.3)]), Block("B", [Gate("X", 0.2)])))
BARE = alternating(3, 1)
"""Nothing to train."""
FULL = alternating(3, 1, 2, 1)

ERRORS = {
    "shots of a loss": lambda x: loss_shots(x, 0.1),
    "copies": lambda x: gradient_copies(3, x, 0.1),
    "shots of a shift": lambda x: shift_shots(3, x, 0.1),
    "shots of equal confidence": equal_confidence_shots,
    "clock": clock_length,
    "inference": lambda x: inference(FULL, x, 0.1),
    "amplitudes": lambda x: amplitude_estimated(FULL, x, 0.1),
    **{
        variant: lambda x, variant=variant: gradient(FULL, x, 0.1, variant)
        for variant in ("grouped", "hadamard", "shift")
    },
    "updates of a hypothesis": lambda x: most_updates(4, x),
    "tomography": lambda x: TomographyCost(entries=4, parameters=2, epsilon=x, delta=0.1),
    "learner": lambda x: learn(np.eye(2)[0], [np.diag([1.0, -1.0])], x),
    "learned gradients": lambda x: learned_gradients(MODEL, x, np.random.default_rng(0)),
    "chain": lambda x: chain_bits(8, 2, x, 0.1),
    "no chain": lambda x: chain_bits(8, 0, x, 0.1),
    "chain of equal confidence": lambda x: chain_equal_confidence_bits(8, 2, x),
    "no chain of equal confidence": lambda x: chain_equal_confidence_bits(8, 0, x),
    "bits of a real": lambda x: bits_per_real(8, 1, x),
    "shipped": lambda x: shipped_bits(8, 1, x),
    "ship": lambda x: ship(MODEL, x),
    "sketch": lambda x: sketch_bits(8, x, 0.1),
    "sketch of equal confidence": lambda x: equal_confidence_bits(8, x),
}

FAILURES = {
    "shots of a loss": lambda x: loss_shots(0.1, x),
    "copies": lambda x: gradient_copies(3, 0.1, x),
    "shots of a shift": lambda x: shift_shots(3, 0.1, x),
    "shots of a spread": lambda x: spread_shots(2, 0.1, x),
    "repetitions": repetitions,
    "inference": lambda x: inference(FULL, 0.1, x),
    "amplitudes": lambda x: amplitude_estimated(FULL, 0.1, x),
    "gradient": lambda x: gradient(FULL, 0.1, x),
    "training": lambda x: training(FULL, 0.5, x),
    "no training": lambda x: training(BARE, 0.5, x),
    "mirror descent": lambda x: mirror_training(FULL, 0.5, x, 2.0),
    "fine-tuning": lambda x: fine_tuning(FULL, 0.5, x),
    "no fine-tuning": lambda x: fine_tuning(BARE, 0.5, x),
    "matching": lambda x: matching_copies(0.25, x),
    "tomography": lambda x: TomographyCost(entries=4, parameters=2, epsilon=0.1, delta=x),
    "chain": lambda x: chain_bits(8, 2, 0.1, x),
    "no chain": lambda x: chain_bits(8, 0, 0.1, x),
    "medians": groups_for,
    "sketch": lambda x: sketch_bits(8, 0.1, x),
    "projection": lambda x: projection_bits(0.3, x),
}

OTHERS = {
    r"kappa, the gradient at which training stops, lies in \(0, 1\]": (greedy_updates, 1, 1.01),
    r"kappa, the gap at which training stops, lies in \(0, inf\)": (
        lambda x: mirror_error(x, 2.0), 7.0, math.inf),
    r"R, the l1 norm of the parameters, lies in \(0, inf\)": (
        lambda x: mirror_error(0.1, x), 1e-9, math.inf),
    r"gamma, the margin, lies in \(0, 1\]": (lambda x: projection_bits(x, 0.1), 1, 1.01),
    r"alpha, edges over N, lies in \(0, 0.5\]": (lambda x: matching_copies(x, 0.1), 0.5, 0.51),
}  # fmt: skip
"""What is said, what says it, the last number that is allowed and one that is not."""


@pytest.mark.parametrize("wrong", [0, -0.1, 1.01, math.nan])
@pytest.mark.parametrize("name", ERRORS)
def test_errors(name, wrong):
    with pytest.raises(ValueError, match=r"epsilon, the error allowed, lies in \(0, 1\], got"):
        ERRORS[name](wrong)


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_of_one_is_allowed(name):
    ERRORS[name](1)


@pytest.mark.parametrize("wrong", [0, -0.1, 1, 1.5, math.nan])
@pytest.mark.parametrize("name", FAILURES)
def test_failures(name, wrong):
    with pytest.raises(
        ValueError, match=r"delta, the probability of failure, lies in \(0, 1\), got"
    ):
        FAILURES[name](wrong)


@pytest.mark.parametrize("name", FAILURES)
def test_a_failure_of_almost_one_is_allowed(name):
    FAILURES[name](0.999)


@pytest.mark.parametrize("said", OTHERS)
def test_other_numbers(said):
    of, last, beyond = OTHERS[said]
    of(last)
    for wrong in (0, -1, beyond, math.nan):
        with pytest.raises(ValueError, match=said):
            of(wrong)
