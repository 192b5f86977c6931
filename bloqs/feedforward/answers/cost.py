"""What a network of any kind costs as a whole."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attrs import evolve

from bloqs.abstract import AbstractLoader
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.answers import choose_block
from bloqs.data_loading.loaders import QROMLoader
from bloqs.feedforward.answers.asked_network import asked_network
from bloqs.feedforward.circuits.approximate_values import measured_error
from bloqs.feedforward.circuits.build import Built, build_chain
from bloqs.feedforward.circuits.held import Settings
from bloqs.feedforward.model.recognition import Feedforward
from bloqs.feedforward.model.register import Values
from bloqs.feedforward.model.steps import Curve
from bloqs.feedforward.rivals.flops import LayerFlops, layer_flops
from estimator.ask.question import Asked
from estimator.costs.answer import cost_report
from estimator.costs.gate_counts import GATES
from estimator.costs.keys import ToffoliDepth
from estimator.costs.known import known_cost
from estimator.report.model import Report
from estimator.report.parts import Axis, Chart, Line, Row, Value

ASSUMED_EPSILON = 0.01
"""Error where none is named. Unit: 1."""

FITS = 4
"""How often shares of the error are changed, at most."""

NEAR = 0.4
"""Part of the error asked for from which on a measured one is near enough. Unit: 1."""

AIM = 0.8
"""Part of the error that is aimed at. Unit: 1."""

LARGEST_FACTOR = 30.0
"""By which shares are enlarged at a time. Unit: 1."""

LARGEST_SHARE = 0.2
"""Error of a step, relative, beyond which lengths say nothing. Unit: 1."""


def network(asked: Asked) -> Report:
    """What the network in a file costs.

    Raises:
        ValueError: if the file cannot be read, has a layer that no circuit here stands for, or an
            image does not fit.
    """
    found = asked_network(asked)
    steps, title = found.steps, f"{Path(str(asked.file)).name}: whole network"
    try:
        settings = with_memory(steps, found.images, asked, chosen_settings(steps, asked))
        built, measured, settings = fitted(steps, found.images, asked, settings)
    except ValueError as problem:
        raise ValueError(f"{title}: {problem}") from problem
    epsilon = asked.get("epsilon", ASSUMED_EPSILON)
    assumed = "" if "epsilon" in asked.named else " (assumed, as none is named)"
    shown = {
        "loader": asked.values["loader"], "rotation": asked.values["rotation"],
        "epsilon": f"{epsilon:g}{assumed}", "margin": asked.values["margin"], "images": found.named,
    }  # fmt: skip
    report = cost_report(
        built.chain,
        asked,
        title=title,
        settings=shown,
        facts=network_facts(built, measured, layer_flops(found.file)),
        layers=layer_rows(built),
        notes=[*steps.notes, *network_notes(built, measured, found.named)],
    )
    return evolve(report, parts=[*report.parts, part_chart(built)])


def chosen_settings(steps: Feedforward, asked: Asked) -> Settings:
    """Settings by which the errors of all steps add up to what was asked for; tables in QROM.

    Raises:
        ValueError: if the error is zero.
    """
    share = share_of(steps, asked.get("epsilon", ASSUMED_EPSILON))
    return Settings(
        share=share,
        angles=share,
        margin=asked.values["margin"],
        loader=QROMLoader(),
        rotation=Rotation(asked.values.get("rotation", Rotation.PHASE_GRADIENT.value)),
    )


def with_memory(
    steps: Feedforward, images: Sequence[Values], asked: Asked, settings: Settings
) -> Settings:
    """The same with the memory that was asked for, its blocks of the best size if none is named.

    Raises:
        ValueError: as `build_chain`.
    """

    def chain(memory: AbstractLoader) -> Any:
        return build_chain(steps, images, evolve(settings, loader=memory)).chain

    widest = max(2 * max(step.before.n, step.after.n) for step in steps.steps)
    memory = choose_block(asked.values["loader"], asked.values, widest, 8, chain)
    return evolve(settings, loader=memory)


def fitted(
    steps: Feedforward, images: Sequence[Values], asked: Asked, settings: Settings
) -> tuple[Built, float | None, Settings]:
    """The circuit whose output errs by the error asked for, as measured at the images.

    Errors of steps mostly do not add up: shares are enlarged, or made smaller, until the measured
    error is just below the one asked for; where it takes too long to measure, they stay.

    Returns:
        The circuit, the measured error or `None`, and the settings.

    Raises:
        ValueError: as `build_chain`.
    """
    epsilon = asked.get("epsilon", ASSUMED_EPSILON)
    built = build_chain(steps, images, settings)
    measured = measured_error(steps, built, images)
    for _ in range(FITS):
        if not measured or NEAR * epsilon <= measured <= epsilon:
            break
        factor = min(LARGEST_FACTOR, AIM * epsilon / measured)
        share = min(LARGEST_SHARE, settings.share * factor)
        tried = evolve(settings, share=share)
        found = build_chain(steps, images, tried)
        error = measured_error(steps, found, images)
        if error is None or (error > epsilon and measured <= epsilon):
            break
        built, measured, settings = found, error, tried
    return built, measured, settings


def share_of(steps: Feedforward, epsilon: float) -> float:
    """What each step that errs by itself may add, relative: activations and lengthenings.

    Raises:
        ValueError: if epsilon is zero.
    """
    if not epsilon > 0:
        raise ValueError(f"epsilon must be above 0, got {epsilon:g}: no polynomial is exact")
    return epsilon / (1 + 2 * sum(isinstance(step, Curve) for step in steps.steps))


def network_facts(
    built: Built, measured: float | None, classical: Sequence[LayerFlops]
) -> dict[str, Value]:
    """What is said about a network as a whole, and what its exact evaluation takes."""
    chain = built.chain
    alpha = float(chain.alpha)
    return {
        "alpha of the output": alpha,
        "probability of success": 1 / alpha**2,
        **({} if measured is None else {"error of the output, measured": measured}),
        "epsilon of the output, proved at most": float(chain.epsilon),
        "ancillas": chain.ancilla_bitsize,
        "calls of the input": sum(chain.runs[0].values()),
        "classical FLOP": sum(layer.flops for layer in classical),
        "classical memory, numbers": sum(layer.parameters for layer in classical),
    }


def layer_rows(built: Built) -> list[Row]:
    """A row for each activation and the output, with the gates of all runs of its part."""
    rows: list[Row] = []
    for number, layer in enumerate(built.layers):
        is_last = number + 1 == len(built.layers) or built.layers[number + 1].part != layer.part
        row: dict[str, Value] = {
            "layer": layer.layer,
            "step": layer.what,
            "norm": layer.norm,
            "reach": layer.reach,
            "probability": layer.probability,
            "lengthened by": 1.0 if layer.lengthening is None else layer.lengthening.factor,
            "calls": 1 if layer.lengthening is None else layer.lengthening.degree,
            "degree": "-" if layer.curve is None else layer.curve.degree,
            "up to": "-" if layer.curve is None else layer.curve.span,
            "error": "-" if layer.curve is None else layer.curve.error,
            "runs": "", "Toffoli": "", "depth": "",
        }  # fmt: skip
        if is_last:
            runs = built.chain.runs[layer.part]
            row["runs"] = sum(runs.values())
            row["Toffoli"] = gates_of_part(built, layer.part)
            row["depth"] = sum(
                times * known_cost(bloq, ToffoliDepth())
                for bloq, times in built.chain.runs_of(layer.part)
            )
        rows.append(row)
    return rows


def gates_of_part(built: Built, number: int) -> int:
    """Toffoli and AND of all runs of a part; 0 is the input."""
    gates = [(known_cost(bloq, GATES), times) for bloq, times in built.chain.runs_of(number)]
    return int(sum(times * (each.and_bloq + each.toffoli) for each, times in gates))


def part_chart(built: Built) -> Chart:
    """Runs and gates of the input and of every part, in powers of ten."""
    numbers = range(1 + len(built.chain.parts))
    runs = [math.log10(sum(built.chain.runs[number].values())) for number in numbers]
    gates = [math.log10(max(1, gates_of_part(built, number))) for number in numbers]
    return Chart(
        key="by_part",
        title="Where the gates are",
        x=Axis(label="part of the network, 0 the input"),
        y=Axis(label="log10"),
        lines=(
            Line(label="Toffoli and AND", x=list(numbers), y=gates),
            Line(label="runs", x=list(numbers), y=runs),
        ),
    )


def network_notes(built: Built, measured: float | None, images: str) -> list[str]:
    """Which assumption of the theorem does not hold, and what stands in its place."""
    bound = float(built.chain.epsilon)
    notes = [
        "not proved for every image: lengths and ranges are those of "
        f"{images}; the theorem of [RHGPR25] has unit vectors between blocks instead",
        "reach: an entry is so many times its amplitude. An activation's polynomial takes that "
        "factor up; what probability it leaves is bought back by lengthening the vector, at so "
        "many calls of everything before. up to, error: the largest entry up to which the "
        "polynomial is certified to be that close to the activation",
        "an amplitude of the output stands for "
        f"{built.reach:.5g} times itself; a class comes out with its squared score, not its "
        "softmax",
    ]
    if bound > 1:
        notes.append(
            "the proved bound on the error says nothing here (it is above 1): errors of early "
            "layers are multiplied by the Lipschitz constants of all that follow"
        )
    if measured is None:
        notes.append("the error of the output is not measured: it would take too long")
    else:
        notes.append("the error of the output is measured in NumPy, with exact angles")
    notes.append("--layers shows single convolutions")
    return notes
