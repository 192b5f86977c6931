"""A network's circuit beside its exact evaluation, at one image."""

import math
from pathlib import Path
from typing import Any

import numpy as np
from attrs import evolve

from bloqs.data_loading.loaders import loader_named
from bloqs.feedforward.answers.asked_network import asked_network
from bloqs.feedforward.answers.cost import chosen_settings, fitted
from bloqs.feedforward.circuits.build import build_chain
from bloqs.feedforward.rivals.flops import layer_flops
from estimator.ask.question import Asked
from estimator.costs.cost import cost_by_annotation
from estimator.costs.keys import ToffoliDepth
from estimator.costs.known import known_cost
from estimator.network.layers import Matrix
from estimator.network.network import Network
from estimator.report.model import Report
from estimator.report.parts import Column, Fact, Facts, Kind, Notes, Part, Table
from estimator.report.text import SHORT
from estimator.statistics.shots_needed import shots_needed

SAMPLER = (
    "the classical sampler of residual networks is not among the opponents: it needs weights that "
    "can be sampled by rows and unit vectors between layers, and biases, strides and activations "
    "of any range leave that"
)
"""Why there is one classical algorithm."""

LOST = (
    "no number of shots names the class: the two best are closer than twice the error of the "
    "output, or there is one class alone; choose a smaller epsilon"
)
"""Said where the margin is lost."""

UNITS = (
    "gates: Toffoli, AND and CSWAP. FLOP: one addition, multiplication or value of an activation. "
    "A FLOP in double precision is itself thousands of gates, so that the first column favours the "
    "circuit"
)
"""What is counted on both sides."""


def compare(asked: Asked) -> tuple[Report, ...]:
    """Circuits by memory, the exact evaluation, and what a class costs on both sides.

    Raises:
        ValueError: as `answers.cost.network`.
    """
    found = asked_network(asked)
    steps, images = found.steps, found.images
    title = f"{Path(str(asked.file)).name}: circuit and exact evaluation"
    try:
        built, measured, settings = fitted(steps, images, asked, chosen_settings(steps, asked))
    except ValueError as problem:
        raise ValueError(f"{title}: {problem}") from problem
    rows: list[dict[str, Any]] = []
    for memory in asked.track(asked.values["memories"], "costing"):
        loader = loader_named(memory, 0)
        made = build_chain(steps, images, evolve(settings, loader=loader))
        cost = cost_by_annotation(made.chain)
        rows.append(
            {
                "way": f"circuit, {memory}",
                "operations": int(cost.toffoli + cost.cswap),
                "unit": "gates",
                "depth": int(known_cost(made.chain, ToffoliDepth())),
                "memory": int(cost.qubits),
                "calls": sum(made.chain.runs[0].values()),
            }
        )
    flops = layer_flops(found.file)
    numbers = sum(row.parameters for row in flops)
    rows.append(
        {
            "way": "exact, NumPy",
            "operations": sum(row.flops for row in flops),
            "unit": "FLOP",
            "depth": None,
            "memory": numbers,
            "calls": 1,
        }
    )
    scores = steps.last.take(built.values[0]).ravel()
    alpha = float(built.chain.alpha)
    named_class = class_facts(scores, alpha, measured, asked.values["confidence"])
    lost = [] if any(fact.key == "runs" for fact in named_class) else [LOST]
    parts: list[Part] = [
        _ways(rows),
        Facts(key="class", heading="naming the class, at the first image", rows=named_class),
        _layers(found.file),
        Notes(key="notes", lines=[*lost, SAMPLER, UNITS, *steps.notes]),
    ]
    epsilon = asked.get("epsilon", 0.01)
    shown = {"epsilon": epsilon, "images": found.named, "confidence": asked.values["confidence"]}
    return (Report(title=title, settings=shown, parts=parts),)


def class_facts(
    scores: Matrix, alpha: float, measured: float | None, confidence: float
) -> list[Fact]:
    """What a circuit's shots say about the class, and how many of them it takes.

    Args:
        scores: of the classes, exact.
        alpha: of the output's encoding.
        measured: relative l2 error of the output.
        confidence: of naming the class with the largest squared score.
    """
    weights = scores**2 / np.sum(scores**2)
    best, loudest = int(np.argmax(scores)), int(np.argmax(weights))
    facts = [
        Fact(key="network", label="class of the largest score", value=best, unit=""),
        Fact(key="shots", label="class of the most shots", value=loudest, unit=""),
    ]
    if len(scores) < 2:
        return facts
    try:
        needed = shots_needed(weights, 1 - confidence, 2 * (measured or 0.0))
    except ValueError:
        return facts
    count = needed.pairwise or needed.chernoff
    return [
        *facts,
        Fact(key="needed", label="shots that succeed", value=count, unit="shots"),
        Fact(key="runs", label="runs of the circuit", value=math.ceil(count * alpha**2),
             unit="runs", kind=Kind.ESTIMATE),
    ]  # fmt: skip


def _ways(rows: list[dict[str, Any]]) -> Table:
    def number(key: str, label: str) -> Column:
        return Column(key=key, label=label, style=SHORT, align="right", wraps=False)

    columns = [
        Column(key="way", label="", wraps=False),
        number("operations", "operations"),
        Column(key="unit", label=""),
        number("depth", "depth"),
        number("memory", "qubits, numbers"),
        number("calls", "image reads"),
    ]
    return Table(key="ways", columns=columns, rows=rows, heading="one run of each")


def _layers(file: Network) -> Table:
    rows = [
        {"layer": x.layer, "kind": x.kind, "flops": x.flops, "parameters": x.parameters}
        for x in layer_flops(file)
    ]
    columns = [
        Column(key="layer"),
        Column(key="kind"),
        Column(key="flops", label="FLOP", style=SHORT, align="right"),
        Column(key="parameters", style=SHORT, align="right"),
    ]
    return Table(key="layers", columns=columns, rows=rows, heading="exact evaluation by layer")
