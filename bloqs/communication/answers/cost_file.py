"""What a model, a graph network or a problem of a JSON file takes; its keys say which it is."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import attrs

from bloqs.communication.answers.cost import FROM_SHOT, LOCAL, SIDE_BY_SIDE, report_of
from bloqs.communication.answers.cost_graph import network_cost
from bloqs.communication.answers.cost_protocol import problem_cost
from bloqs.communication.answers.letters import letters_of
from bloqs.communication.answers.protocols import Protocol
from bloqs.communication.circuits.inference_shot import InferenceShot
from bloqs.communication.model.blocks import PartyModel
from bloqs.communication.model.counts import VARIANTS, amplitude_estimated, gradient, inference
from bloqs.communication.model.graph import GraphNetwork
from bloqs.communication.model.graph_file import graph_from_content
from bloqs.communication.model.model_file import content_of, kind_of, model_from_content
from bloqs.communication.model.problem_file import Problem, problem_from_content
from estimator.ask.parameter import spelled
from estimator.ask.question import Asked
from estimator.costs.cost import cost_by_annotation
from estimator.report.model import Report

OF_MODELS, OF_GRAPHS = ("readout", "kappa", "run", "gradient"), ("node", "pooled")
"""Parameters that only one kind of file has a use for."""

UNUSED = {
    "model": OF_GRAPHS,
    "graph": (*OF_MODELS, "ebit_rate"),
    "problem": (*OF_MODELS, *OF_GRAPHS, "epsilon"),
}
MAKERS: dict[str, Callable[[Mapping[str, Any], str], Any]] = {
    "model": model_from_content,
    "graph": graph_from_content,
    "problem": problem_from_content,
}


def read_file(asked: Asked) -> PartyModel | GraphNetwork | Problem:
    """What the file holds.

    Raises:
        ValueError: if it holds none of them, or a parameter is named that is for another kind.
    """
    if asked.file is None:
        raise ValueError("give the path of a .json file of a model, a graph network or a problem")
    content, name = content_of(asked.file), asked.file.name
    kind = kind_of(content, name)
    for unused in UNUSED[kind]:
        if unused in asked.named:
            raise ValueError(
                f"{name} is a {kind}, which has no {unused}; leave {spelled(unused)} out"
            )
    found: PartyModel | GraphNetwork | Problem = MAKERS[kind](content, name)
    return found


def file_cost(asked: Asked) -> Report:
    """The cost of what the file holds.

    Raises:
        ValueError: as `read_file` does, or if what is asked for has no number.
    """
    found = read_file(asked)
    assert asked.file is not None
    if isinstance(found, GraphNetwork):
        return network_cost(asked, found, asked.file.name)
    if not isinstance(found, PartyModel):
        return problem_cost(asked, found, asked.file.name)
    return model_cost(asked, found, asked.file)


def model_cost(asked: Asked, model: PartyModel, file: Path) -> Report:
    """Loss and gradients of a model by every protocol, and one shot of it in detail."""
    letters, outline, n = letters_of(asked.values), model.outline, model.qubits
    epsilon, delta, readout = letters.epsilon, letters.delta, asked.values["readout"]
    shot = InferenceShot.of(model)
    sent = cost_by_annotation(shot).messages
    counts = inference(outline, epsilon, delta, readout)
    counts = attrs.evolve(
        counts, messages=sent.messages * counts.shots, qubits=sent.qubits * counts.shots
    )
    found = [Protocol(name="loss, sampled", counts=counts, n=n, counted=FROM_SHOT)]
    counts = amplitude_estimated(outline, epsilon, delta, readout)
    found.append(Protocol(name="loss, amplitude-estimated", counts=counts, n=n))
    notes = [SIDE_BY_SIDE, LOCAL]
    for variant in VARIANTS if model.parameters else ():
        try:
            model.check_shift() if variant == "shift" else model.check_test()
        except ValueError as refused:
            notes.append(f"gradient by {variant} is left out: {refused}")
            continue
        counts = gradient(outline, epsilon, delta, variant, readout=readout)
        found.append(Protocol(name=f"gradient, {variant}", counts=counts, n=n))
    sizes = {
        "qubits": n,
        "blocks": len(model.blocks),
        "parties": ", ".join(dict.fromkeys(model.owners)),
        "parameters": model.parameters,
        "groups": outline.group_total,
    }
    made = report_of(asked, file.name, found, shot, [], notes)
    return attrs.evolve(made, settings=sizes | dict(made.settings))
