"""What inference, gradients and training of a model of two parties take."""

from collections.abc import Sequence
from typing import Any

import attrs
import sympy
from qualtran import Bloq

from bloqs.communication.answers.letters import Letters, as_value, check_used, letters_of
from bloqs.communication.answers.protocols import Protocol, pair_parts, protocol_parts, symbols_in
from bloqs.communication.circuits.inference_shot import InferenceShot
from bloqs.communication.circuits.pauli_block import PauliBlock
from bloqs.communication.circuits.vector_tree import VectorTree
from bloqs.communication.model.counts import (
    VARIANTS,
    Counts,
    Variant,
    amplitude_estimated,
    fine_tuning,
    gradient,
    inference,
    mirror_training,
    training,
)
from bloqs.communication.model.leakage import interactive_bits
from bloqs.communication.model.outline import AnyOutline, Form
from bloqs.communication.model.rounding import ceiling, is_symbolic, smallest
from bloqs.communication.model.schedule import greedy_updates, mirror_updates
from bloqs.communication.model.shots import gradient_copies, on_z_scale
from bloqs.communication.model.tomography import SEARCH_SOURCE, TomographyCost
from bloqs.communication.parameters import (
    GRADIENT_USES,
    GRADIENT_VARIANTS,
    INFERENCE_USES,
    INFERENCE_VARIANTS,
    TEST_USES,
    TRAINING_USES,
    TRAINING_VARIANTS,
)
from bloqs.communication.symbols import GLOSSARY
from bloqs.messages.party_block import PartyBlock
from estimator.ask.question import Asked
from estimator.ask.synthesis import PRICING
from estimator.costs.answer import cost_report, functions_in
from estimator.costs.cost import cost_by_annotation
from estimator.report.model import Report
from estimator.report.parts import Fact, Facts, Kind, Notes, Part

TESTED: dict[str, Variant] = {name: name for name in VARIANTS}
"""Ways to find gradients, by name."""

FROM_SHOT = "circuit of a shot, M times"
"""Where the numbers of sampling come from."""

SIDE_BY_SIDE = (
    "amplitude-estimated: the estimates run side by side, with or without --parallel, each on "
    "n + 1 qubits of its own; the iterates of one cannot, so that rounds are those of one"
)
"""Said beside its rounds, which are not those of all messages in a row."""

DETAIL = "one shot in detail, from its circuit; the lines above say where each is from"
LOCAL = (
    "every shot encodes the data anew, 2 N - 3 gates by the exact tree: the claim is about "
    "messages alone"
)
NO_NUMBER = "tomography: copies up to the constant c_TS, from " + SEARCH_SOURCE
STORED = (
    "tomography measures all copies of a block together: its owner stores n + 1 qubits for each, "
    "and a hypothesis of 2 N x 2 N numbers; rounds are those of one copy"
)


def shot_of(letters: Letters) -> InferenceShot:
    """The circuit of one shot of L layers."""
    n = letters.n
    block = PauliBlock(n, number=letters.parameters)
    blocks = tuple(PartyBlock(owner, block) for owner in ("Alice", "Bob"))
    return InferenceShot(n, PartyBlock("Alice", VectorTree(n)), blocks, letters.layers)


def sampled_by_circuit(shot: InferenceShot, counts: Counts) -> Protocol:
    """Sampling, with messages and qubits of the circuit of one shot."""
    sent = cost_by_annotation(shot).messages
    counts = attrs.evolve(
        counts, messages=sent.messages * counts.shots, qubits=sent.qubits * counts.shots
    )
    return Protocol(name="sampled", counts=counts, n=shot.n, counted=FROM_SHOT)


def inference_cost(asked: Asked) -> Report:
    """Sampling and amplitude estimation.

    Raises:
        ValueError: if parameters do not go together.
    """
    names = chosen(asked, INFERENCE_VARIANTS)
    check_used(asked, INFERENCE_USES, names)
    letters = letters_of(asked.values)
    shot, outline, readout = shot_of(letters), letters.outline, asked.values["readout"]
    found = inference_protocols(asked, letters, names)
    shots = inference(outline, letters.epsilon, letters.delta, readout).shots
    there = shots * letters.layers * letters.n
    back = shots * (letters.layers - 1) * letters.n
    leak = Fact(
        key="leakage",
        label="Bob learns, by sampling,",
        value=as_value(interactive_bits(there, back)),
        unit="bits",
        kind=Kind.UPPER_BOUND,
    )
    notes = [SIDE_BY_SIDE, LOCAL] if "amplitude-estimated" in names else [LOCAL]
    return report_of(asked, "communication-inference", found, shot, [leak], notes)


def inference_protocols(asked: Asked, letters: Letters, names: Sequence[str]) -> list[Protocol]:
    """What these ways to read the loss send."""
    outline, readout, found = letters.outline, asked.values["readout"], list[Protocol]()
    errors = letters.epsilon, letters.delta
    for name in names:
        if name == "sampled":
            counts = inference(outline, *errors, readout, bool(asked.get("parallel")))
            found.append(sampled_by_circuit(shot_of(letters), counts))
        else:
            counts = amplitude_estimated(outline, *errors, readout)
            found.append(Protocol(name=name, counts=counts, n=letters.n))
    return found


def gradient_cost(asked: Asked) -> Report:
    """Every gradient of the model.

    Raises:
        ValueError: if parameters do not go together, or tomography is asked for a number and its
            constant is not named.
    """
    names = chosen(asked, GRADIENT_VARIANTS)
    check_used(asked, GRADIENT_USES, names)
    letters = letters_of(asked.values)
    found = gradient_protocols(asked, letters, names)
    notes = [LOCAL]
    if any(each.name == "tomography" for each in found):
        notes += [NO_NUMBER, STORED, *tomography_pays(letters, asked.values["readout"])]
    title = "communication-gradient"
    return report_of(asked, title, found, shot_of(letters), [], notes)


def gradient_protocols(asked: Asked, letters: Letters, names: Sequence[str]) -> list[Protocol]:
    """What these ways to find every gradient send.

    Raises:
        UnknownConstantError: as `tomography_protocol`.
    """
    form, readout, found = asked.values["form"], asked.values["readout"], list[Protocol]()
    for name in names:
        if name == "tomography":
            constant, is_asked = asked.get("constant"), asked.get("variant") == name
            found.append(tomography_protocol(letters, form, constant, is_asked, readout))
            continue
        counts = gradient(letters.outline, letters.epsilon, letters.delta, TESTED[name], form,
                          readout, bool(asked.get("parallel")))  # fmt: skip
        found.append(Protocol(name=name, counts=counts, n=letters.n))
    return found


def tomography_of(letters: Letters, readout: str) -> TomographyCost:
    """Of the gradient state of each block; failures of blocks add up."""
    return TomographyCost(
        entries=2**letters.n,
        parameters=letters.parameters,
        epsilon=smallest(1, on_z_scale(letters.epsilon, readout)),
        delta=letters.delta / (2 * letters.layers),
    )


def tomography_pays(letters: Letters, readout: str) -> list[str]:
    """From how many parameters on it may send less; a line, if there are no letters."""
    if is_symbolic(letters.n, letters.layers, letters.epsilon, letters.delta):
        return []
    layers = letters.layers

    def copies(parameters: float) -> float:
        total = 2 * layers * int(parameters)
        return float(gradient_copies(total, letters.epsilon, letters.delta, readout))

    least, most = tomography_of(letters, readout).unit_crossovers(copies)
    return [
        "tomography: at unit constants it sends less than a test of each parameter from "
        f"{least:.0e} to {most:.0e} parameters of a block on, by the natural or the binary "
        "logarithm of their number: an order of magnitude, of this route alone"
    ]


def tomography_protocol(
    letters: Letters, form: Form, constant: Any, is_asked: bool, readout: str = "Z"
) -> Protocol:
    """Shadow tomography of the gradient state of each block.

    Raises:
        UnknownConstantError: if it alone is asked for, all else is numbers, and no constant named.
    """
    known = tomography_of(letters, readout)
    outline: AnyOutline = letters.outline
    numbers = (letters.n, letters.layers, letters.parameters, letters.epsilon, letters.delta)
    if constant is not None:
        copies = ceiling(known.copies_for(constant))
    elif is_asked and not is_symbolic(*numbers):
        copies = known.copies_for(None)
    else:
        copies = known.copies
    if not is_symbolic(copies):
        copies = int(sympy.ceiling(copies))
    moves, blocks = outline.block_states(form).times(copies), 2 * letters.layers
    counts = Counts(
        messages=moves.messages,
        qubits=moves.qubits,
        bits=0,
        rounds=outline.longest_state,
        shots=blocks * copies,
        encodings=blocks * copies,
    )
    return Protocol(name="tomography", counts=counts, n=letters.n, counted="published form")


def training_cost(asked: Asked) -> Report:
    """Greedy training, mirror descent and training of the last block alone.

    Raises:
        ValueError: if parameters do not go together.
    """
    names = chosen(asked, TRAINING_VARIANTS)
    check_used(asked, TRAINING_USES, names)
    check_used(asked, TEST_USES, (asked.values["gradient"],))
    asked = _with_kappa(asked)
    letters = letters_of(asked.values)
    found = training_protocols(asked, letters, names)
    kappa, radius, total = letters.kappa, letters.radius, letters.outline.total
    updates = [
        Fact(key=name, label=f"updates, {name}", unit="updates", kind=Kind.UPPER_BOUND,
             value=as_value(mirror_updates(kappa, radius, total) if name == "mirror"
                            else greedy_updates(kappa)))
        for name in names
    ]  # fmt: skip
    notes = [
        "greedy training and the last block end with no gradient above kappa, mirror descent, on a "
        "convex loss, within kappa of its least value",
        LOCAL,
    ]
    part = Facts(key="updates", rows=updates)
    title = "communication-training"
    return report_of(asked, title, found, shot_of(letters), [part], notes)


def training_protocols(asked: Asked, letters: Letters, names: Sequence[str]) -> list[Protocol]:
    """What these ways to train send."""
    values, outline, found = asked.values, letters.outline, list[Protocol]()
    test, form, together = values["gradient"], values["form"], bool(asked.get("parallel"))
    kappa, delta = letters.kappa, letters.delta
    for name in names:
        if name == "greedy":
            counts = training(outline, kappa, delta, test, form, together)
        elif name == "mirror":
            counts = mirror_training(outline, kappa, delta, letters.radius, test, form, together)
        else:
            counts = fine_tuning(outline, kappa, delta, test, together)
        found.append(Protocol(name=name, counts=counts, n=letters.n))
    return found


def _with_kappa(asked: Asked) -> Asked:
    """The question with kappa = 4 epsilon where epsilon, the error of a gradient, is given.

    Raises:
        ValueError: if both are given and differ, mirror descent is asked for by epsilon, or
            epsilon is above a quarter.
    """
    values = dict(asked.values)
    epsilon, kappa = values.get("epsilon"), values.get("kappa")
    if epsilon is None:
        return asked
    if kappa is not None and kappa != 4 * epsilon:
        raise ValueError(
            f"training to kappa takes gradients within epsilon = kappa/4, got kappa={kappa:g} and "
            f"epsilon={epsilon:g}; leave one of them out"
        )
    if values.get("variant") == "mirror":
        raise ValueError("mirror descent takes gradients within kappa/(4 R): give --kappa instead")
    if 4 * epsilon > 1:
        raise ValueError(
            f"training to kappa = 4 epsilon needs an epsilon of at most 0.25, got {epsilon:g}"
        )
    return attrs.evolve(asked, values=values | {"kappa": 4 * epsilon})


def chosen(asked: Asked, names: Sequence[str]) -> tuple[str, ...]:
    """The variant that was named, or all."""
    name = asked.get("variant")
    return tuple(names) if name is None else (name,)


def report_of(
    asked: Asked,
    title: str,
    found: Sequence[Protocol],
    shot: Bloq,
    facts: Sequence[Part],
    notes: Sequence[str],
) -> Report:
    """The protocols, then one run in detail."""
    priced = {each.name for each in PRICING}
    settings = {name: x for name, x in asked.values.items() if name not in priced and x is not None}
    one = cost_report(shot, asked, title=title, settings=settings)
    used = {s.name: GLOSSARY[s] for s in symbols_in(found) if s in GLOSSARY}
    sent = [x for each in found for x in each.numbers.values() if x is not None]
    said = Notes(key="protocol_notes", lines=notes, is_section=True)
    detail = Notes(key="detail", lines=[DETAIL], is_section=True, place="shown")
    return attrs.evolve(
        one,
        parts=[
            *protocol_parts(found),
            *pair_parts(found, asked.get("ebit_rate")),
            *facts,
            said,
            detail,
            *one.parts,
        ],
        glossary=dict(sorted({**one.glossary, **used, **functions_in(sent)}.items())),
    )
