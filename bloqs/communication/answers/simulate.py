"""Runs of a model, a graph network or a problem of a JSON file, beside exact values."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from bloqs.communication.answers.cost_file import read_file
from bloqs.communication.answers.cost_graph import (
    NODE,
    chosen_nodes,
    settings_of,
    sizes_of,
    who_sends_less,
)
from bloqs.communication.answers.gradient_report import (
    DIGITS,
    EXACT_TO,
    check_gradients,
    gradient_parts,
)
from bloqs.communication.answers.gradient_runs import QUBITS_RUN
from bloqs.communication.answers.gradient_shots import grouped_gradients
from bloqs.communication.answers.graph_output import decisions, hardest, sent
from bloqs.communication.answers.run_protocol import MOST_QUBITS, problem_run
from bloqs.communication.circuits.form_shot import WAYS, FormShot
from bloqs.communication.circuits.inference_shot import InferenceShot
from bloqs.communication.model.blocks import PartyModel
from bloqs.communication.model.evaluate import (
    angles,
    flattened,
    gradients,
    loss,
    output_state,
    probability_of_zero,
    with_angles,
)
from bloqs.communication.model.graph import GraphNetwork
from bloqs.communication.model.pauli import State
from bloqs.communication.model.schedule import greedy_updates, run_greedy
from bloqs.communication.model.shots import loss_shots
from bloqs.communication.parameters import RUNS
from bloqs.simulation.runner import Runner
from estimator.ask.question import Asked
from estimator.report.model import Report
from estimator.report.parts import Column, Fact, Facts, Kind, Notes, Part, Row, Table
from estimator.report.text import SCIENTIFIC, SHORT, TEXT

GATES_RUN = 2000
"""Rotations of the largest circuit of a shot that is run; larger models are NumPy alone."""

BY_CIRCUIT = "by the circuit of a shot, gate by gate"
BY_NUMPY = "by NumPy: the circuit is larger than what is run"
MOST_SHOTS = 10**15
"""Shots that are drawn, at most."""

TRAINED_BY = "training: copies of gradient states are drawn from their distribution, in NumPy"


def file_run(asked: Asked) -> Report:
    """The runs that are asked for; `passed` is false if an error is exceeded.

    Raises:
        ValueError: if the file holds neither, or what is asked for needs more parameters.
    """
    found = read_file(asked)
    assert asked.file is not None
    if not isinstance(found, PartyModel | GraphNetwork):
        return problem_run(asked, found, asked.file.name)
    draws = isinstance(found, GraphNetwork) or asked.get("run") != ("exact",)
    if draws and asked.get("delta") is None:
        raise ValueError("shots need a probability of failure: give --delta")
    if isinstance(found, GraphNetwork):
        return network_run(asked, found, asked.file.name)
    if draws and asked.get("epsilon") is None:
        raise ValueError("shots need the error to stay within: give --epsilon")
    return model_run(asked, found, asked.file.name)


def model_run(asked: Asked, model: PartyModel, name: str) -> Report:
    """Exact loss, sampled loss, gradients and training of a model."""
    wanted = asked.get("run") or tuple(
        each for each in RUNS if each != "training" or asked.get("kappa") is not None
    )
    if "training" in wanted and asked.get("kappa") is None:
        raise ValueError("training needs the gradient at which it stops: give --kappa")
    if "training" in wanted:
        if asked.values["readout"] != "Z":
            raise ValueError("training is for the loss in Z: leave --readout out")
        model.check_test()
        if not model.parameters:
            raise ValueError("training needs a trainable gate, and no block has one; mark one true")
    elif "kappa" in asked.named:
        raise ValueError("--kappa is for training: add training to --run, or leave --kappa out")
    if "sampled" in wanted:
        _check_shots(asked)
    if "gradient" in wanted:
        check_gradients(asked, model)
    elif "gradient" in asked.named:
        raise ValueError("--gradient is for runs of gradients: add gradient to --run")
    rng = np.random.default_rng(asked.values["seed"])
    state, how = last_state(model)
    parts: list[Part] = []
    good = True
    said = [f"loss: {how}"]
    for part, holds in (
        run(asked, model, state, rng)
        for run, word in ((_exact, "exact"), (_sampled, "sampled")) if word in wanted
    ):  # fmt: skip
        parts += part
        good &= holds
    if "gradient" in wanted:
        found = gradient_parts(asked, model, rng)
        parts += found.parts
        said += found.notes
        good &= found.holds
    if "training" in wanted:
        part, holds = _training(asked, model, rng)
        parts += part
        said.append(TRAINED_BY)
        good &= holds
    sizes = {
        "qubits": model.qubits,
        "blocks": len(model.blocks),
        "parties": ", ".join(dict.fromkeys(model.owners)),
        "parameters": model.parameters,
    }
    return Report(
        title=name,
        settings=sizes
        | settings_of(asked)
        | {
            name: asked.values[name] for name in ("readout", "kappa") if asked.get(name) is not None
        },
        parts=[*parts, Notes(key="notes", lines=said, is_section=True)],
        passed=good,
    )


def last_state(model: PartyModel) -> tuple[State, str]:
    """The state that the last owner measures, and how it was found."""
    rotations = 2**model.qubits + sum(len(getattr(x, "gates", ())) for x in model.blocks)
    if model.qubits > QUBITS_RUN or rotations > GATES_RUN:
        return output_state(model), BY_NUMPY
    state = Runner.of(InferenceShot.of(model)).run(0)
    return state.astype(np.complex128), BY_CIRCUIT


def _exact(asked: Asked, model: PartyModel, state: State, rng: Any) -> tuple[list[Part], bool]:
    readout = asked.values["readout"]
    exact = loss(model, readout)
    here = probability_of_zero(state)
    gap = abs((here if readout == "projector" else 2 * here - 1) - exact)
    facts = [
        Fact(key="loss", label="loss", value=exact, style=DIGITS),
        Fact(key="gap", label="difference of the run", value=gap, style=SCIENTIFIC,
             kind=Kind.MEASURED),
    ]  # fmt: skip
    return [Facts(key="exact", rows=facts)], gap <= EXACT_TO


def _check_shots(asked: Asked) -> None:
    """Refuse errors that need more shots than are drawn.

    Raises:
        ValueError: if they do.
    """
    values = asked.values
    shots = int(loss_shots(values["epsilon"], values["delta"], values["readout"]))
    if shots > MOST_SHOTS:
        raise ValueError(
            f"an error of {values['epsilon']:g} needs {shots:.2e} shots, more than the "
            f"{MOST_SHOTS:.0e} that are drawn; choose a larger epsilon, or --run exact"
        )


def _sampled(asked: Asked, model: PartyModel, state: State, rng: Any) -> tuple[list[Part], bool]:
    readout, epsilon = asked.values["readout"], asked.values["epsilon"]
    shots = int(loss_shots(epsilon, asked.values["delta"], readout))
    share = rng.binomial(shots, min(1.0, probability_of_zero(state))) / shots
    value = share if readout == "projector" else 2 * share - 1
    error = abs(value - loss(model, readout))
    facts = [
        Fact(key="shots", value=shots, unit="shots"),
        Fact(key="qubits", label="qubits sent", value=shots * model.outline.sends * model.qubits,
             unit="qubits"),
        Fact(key="loss", label="loss from shots", value=float(value), style=DIGITS,
             kind=Kind.MEASURED),
        Fact(key="error", label="its error", value=float(error), style=SCIENTIFIC,
             kind=Kind.MEASURED),
        Fact(key="claimed", label="claimed", value=epsilon, kind=Kind.UPPER_BOUND),
    ]  # fmt: skip
    return [Facts(key="sampled", rows=facts)], bool(error <= epsilon)


def _training(asked: Asked, model: PartyModel, rng: Any) -> tuple[list[Part], bool]:
    kappa, delta = asked.values["kappa"], asked.values["delta"]
    most = int(greedy_updates(kappa))

    def oracle(theta: Any) -> Any:
        return grouped_gradients(with_angles(model, theta), kappa / 4, delta / (most + 1), rng)

    facts = [Fact(key="most", label="updates at most", value=most, unit="updates")]
    try:
        found = run_greedy(oracle, angles(model), kappa, loss=lambda x: loss(with_angles(model, x)))
    except ArithmeticError as stopped:
        said = Fact(key="stopped", label="training", value=str(stopped), style=TEXT)
        return [Facts(key="training", rows=[*facts, said])], False
    left = flattened(gradients(with_angles(model, found.angles)))
    largest = float(np.max(np.abs(left), initial=0.0))
    facts += [
        Fact(key="updates", value=found.updates, unit="updates"),
        Fact(key="before", label="loss before training", value=found.losses[0], style=DIGITS),
        Fact(key="after", label="loss after", value=found.losses[-1], style=DIGITS),
        Fact(key="largest", label="largest gradient after", value=largest, style=SCIENTIFIC),
        Fact(key="kappa", value=kappa, kind=Kind.UPPER_BOUND),
    ]
    return [Facts(key="training", rows=facts)], largest <= kappa


def network_run(asked: Asked, network: GraphNetwork, name: str) -> Report:
    """The class of a node, or of every node, from shots in the eigenbasis of the form."""
    delta, relative = asked.values["delta"], asked.get("epsilon")
    rng = np.random.default_rng(asked.values["seed"])
    rows: list[Row] = []
    for node in asked.track(chosen_nodes(asked, network), "nodes"):
        pairs = decisions(network, node)
        gap, error, holds = 0.0, 0.0, True
        for _, _, each in pairs:
            value = each.sampled(each.shots(relative, delta / len(pairs)), rng)
            size = max(1.0, abs(each.value))
            gap = max(gap, abs(each.form_value() - each.value) / size)
            error = max(error, 2 * abs(value - each.value) / each.range if each.range else 0.0)
            holds &= abs(value - each.value) <= each.error(relative) * (1 + EXACT_TO)
            if relative is None:
                holds &= math.copysign(1, value) == math.copysign(1, each.value)
        rows.append(
            {"node": "all" if node is None else node, "class": network.predicted(node),
             "gap": gap, "error": error,
             "holds": "yes" if holds and gap <= EXACT_TO else "NO",
             **sent(network, node, relative, delta)}
        )  # fmt: skip
    labels = {"class": "class", "rho": "rho", "shots": "shots",
              "qubits": "qubits sent", "shipping": "shipping", "sketch": "sketch"}  # fmt: skip
    table = Table(
        key="nodes",
        columns=[
            Column(key="node", align="right", style=NODE),
            *(Column(key=k, label=x, align="right", style=SHORT) for k, x in labels.items()),
            Column(key="gap", label="form", style=SCIENTIFIC, align="right", kind=Kind.MEASURED),
            Column(key="error", style=SCIENTIFIC, align="right", kind=Kind.MEASURED),
            Column(key="holds"),
        ],
        rows=rows,
        heading="node by node: qubits by shots, bits by classical protocols",
    )
    notes = [
        "form: difference of the quadratic form from the network; error: of the output from shots, "
        "over half the spread times |x|^2; exact and shots in NumPy",
        who_sends_less(rows),
    ]
    circuits, good = by_circuits(network, chosen_nodes(asked, network))
    return Report(
        title=name,
        settings=sizes_of(network) | settings_of(asked),
        parts=[table, *circuits, Notes(key="notes", lines=notes, is_section=True)],
        passed=good and all(row["holds"] == "yes" for row in rows),
    )


def by_circuits(network: GraphNetwork, nodes: Sequence[int | None]) -> tuple[list[Part], bool]:
    """The hardest output at one node, or summed over all, gate by gate, if it is small enough."""
    if len(nodes) > 1 or network.qubits > MOST_QUBITS:
        return [], True
    (node,) = nodes
    output, rows = hardest(network, node), list[Row]()
    for way in WAYS:
        shot = FormShot.of(output.form, network.extended, way)
        values, likely = shot.law(Runner.of(shot).run(0))
        value = float(values @ likely) * float(np.sum(network.extended**2))
        gap = abs(value - output.value) / max(1.0, abs(output.value))
        rows.append({"way": way, "value": value, "gap": gap, "outcomes": len(values)})
    where = "summed over all nodes" if node is None else f"at node {node}"
    table = Table(
        key="circuits",
        columns=[
            Column(key="way"),
            Column(key="value", label="mean of shots", style=DIGITS, align="right"),
            Column(key="gap", label="from the network", style=SCIENTIFIC, align="right",
                   kind=Kind.MEASURED),
            Column(key="outcomes", label="values", align="right"),
        ],
        rows=rows,
        heading=f"the output {where} by circuits, gate by gate",
    )  # fmt: skip
    return [table], all(row["gap"] <= EXACT_TO for row in rows)
