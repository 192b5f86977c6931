"""Losses and gradients of a model within an error: how many runs of which protocol."""

from bloqs.communication.circuits.gradient_shot import gradient_shots
from bloqs.communication.circuits.inference_shot import InferenceShot
from bloqs.communication.circuits.loss_iterate import LossEstimation
from bloqs.communication.circuits.shots import Shots
from bloqs.communication.model.amplitude import clock_length, repetitions, value_bits
from bloqs.communication.model.blocks import PartyModel, Readout
from bloqs.communication.model.evaluate import shifted
from bloqs.communication.model.outline import Form
from bloqs.communication.model.shots import (
    gradient_copies,
    loss_shots,
    result_bits,
    shift_result_bits,
    shift_shots,
)
from bloqs.messages.tell import Tell


def _told(model: PartyModel, source: str, bits: int) -> tuple[Tell, ...]:
    """A result, to everybody who does not know it."""
    return tuple(Tell(source, name, bits) for name in sorted({*model.owners} - {source}))


def loss_by_shots(
    model: PartyModel,
    epsilon: float,
    delta: float,
    readout: Readout = "Z",
    is_parallel: bool = False,
) -> Shots:
    """The loss from the count of one outcome, which the last owner tells the others.

    Raises:
        ValueError: if epsilon or delta is out of range, or the data are complex.
    """
    number = int(loss_shots(epsilon, delta, readout))
    told = _told(model, model.owners[-1], int(result_bits(number)))
    run = InferenceShot.of(model)
    return Shots(run, number, ("system",), told, is_parallel=is_parallel)


def loss_by_amplitudes(
    model: PartyModel, epsilon: float, delta: float, readout: Readout = "Z"
) -> Shots:
    """The loss from the median of estimates that run side by side; the data's owner tells it.

    Raises:
        ValueError: if epsilon or delta is out of range, or the data are complex.
    """
    length = int(clock_length(epsilon, readout))
    run = LossEstimation(InferenceShot.of(model), length.bit_length() - 1)
    told = _told(model, model.owners[0], int(value_bits(length)))
    return Shots(run, int(repetitions(delta)), (), told, is_parallel=True)


def gradients_by_states(
    model: PartyModel,
    epsilon: float,
    delta: float,
    is_grouped: bool = True,
    form: Form = "uncontrolled",
    readout: Readout = "Z",
    is_parallel: bool = False,
) -> tuple[Shots, ...]:
    """Every derivative within epsilon, read by the owner of its block: nothing is told.

    Returns:
        In the order of the parameters, the copies for each group, or for each parameter.

    Raises:
        ValueError: as `gradient_shots`, or if epsilon or delta is out of range.
    """
    runs = gradient_shots(model, is_grouped, form)
    if not runs:
        return ()
    number = int(gradient_copies(model.parameters, epsilon, delta, readout))
    read = () if is_grouped else ("branch",)
    return tuple(Shots(run, number, read, is_parallel=is_parallel) for run in runs)


def gradients_by_shift(
    model: PartyModel,
    epsilon: float,
    delta: float,
    readout: Readout = "Z",
    is_parallel: bool = False,
) -> tuple[Shots, ...]:
    """Every derivative within epsilon, from runs at angles a right angle more and less.

    The last owner tells each other owner of a parameter the difference of the two counts.

    Returns:
        In the order of the parameters, two for each: more, then less, which has the news.

    Raises:
        ValueError: if a generator is the identity, shared or controlled, the data are complex, or
            epsilon or delta is out of range.
    """
    model.check_shift()
    if not model.parameters:
        return ()
    number = int(shift_shots(model.parameters, epsilon, delta, readout))
    bits, last, found = int(shift_result_bits(number)), model.owners[-1], list[Shots]()
    for k, block in enumerate(model.blocks):
        told = (Tell(last, block.owner, bits),) if block.owner != last else ()
        for j, gate in enumerate(block.gates):
            for turn in (0.5, -0.5) if gate.is_trainable else ():
                run = InferenceShot.of(shifted(model, k, j, turn))
                news = told if turn < 0 else ()
                found.append(Shots(run, number, ("system",), news, is_parallel=is_parallel))
    return tuple(found)
