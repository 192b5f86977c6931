"""What a network of any kind costs as a whole."""

from pathlib import Path
from typing import Any

from attrs import evolve

from bloqs.abstract import AbstractLoader
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.answers import choose_block
from bloqs.data_loading.loaders import QROMLoader
from bloqs.feedforward.answers.images import check_images, images_of
from bloqs.feedforward.circuits.approximate_values import measured_error
from bloqs.feedforward.circuits.build import Built, build_chain
from bloqs.feedforward.circuits.held import Settings
from bloqs.feedforward.model.recognition import Feedforward, feedforward_of
from bloqs.feedforward.model.steps import Curve
from estimator.ask.question import Asked
from estimator.costs.answer import cost_report
from estimator.costs.gate_counts import GATES
from estimator.costs.known import known_cost
from estimator.network.onnx_reader import read_network
from estimator.report.model import Report
from estimator.report.parts import Row, Value

ASSUMED_EPSILON = 0.01
"""Error where none is named. Unit: 1."""


def network(asked: Asked) -> Report:
    """What the network in a file costs.

    Raises:
        ValueError: if the file cannot be read, has a layer that no circuit here stands for, or an
            image does not fit.
    """
    check_images(asked)
    if asked.file is None:
        raise ValueError("network is asked about the path of an .onnx file, got none")
    file = read_network(str(asked.file))
    title = f"{Path(asked.file).name}: whole network"
    try:
        steps = feedforward_of(file)
        images, named = images_of(file, asked)
        built = built_for(steps, images, asked)
    except ValueError as problem:
        raise ValueError(f"{title}: {problem}") from problem
    epsilon = asked.get("epsilon", ASSUMED_EPSILON)
    measured = measured_error(steps, built, list(images))
    assumed = "" if "epsilon" in asked.named else " (assumed, as none is named)"
    settings = {
        "loader": asked.values["loader"], "rotation": asked.values["rotation"],
        "epsilon": f"{epsilon:g}{assumed}", "margin": asked.values["margin"], "images": named,
    }  # fmt: skip
    return cost_report(
        built.chain,
        asked,
        title=title,
        settings=settings,
        facts=network_facts(built, measured),
        layers=layer_rows(built),
        notes=[*steps.notes, *network_notes(built, measured, named)],
    )


def built_for(steps: Feedforward, images: Any, asked: Asked) -> Built:
    """The circuit with the memory and the error that were asked for.

    Raises:
        ValueError: as `build_chain`.
    """
    values = asked.values
    settings = Settings(
        share=share_of(steps, values.get("epsilon", ASSUMED_EPSILON)),
        margin=values["margin"],
        loader=QROMLoader(),
        rotation=Rotation(values["rotation"]),
    )

    def with_memory(memory: AbstractLoader) -> Any:
        return build_chain(steps, images, evolve(settings, loader=memory)).chain

    widest = max(2 * max(step.before.n, step.after.n) for step in steps.steps)
    memory = choose_block(values["loader"], values, widest, 8, with_memory)
    return build_chain(steps, images, evolve(settings, loader=memory))


def share_of(steps: Feedforward, epsilon: float) -> float:
    """What each step that errs by itself may add, relative: activations and lengthenings.

    Raises:
        ValueError: if epsilon is zero.
    """
    if not epsilon > 0:
        raise ValueError(f"epsilon must be above 0, got {epsilon:g}: no polynomial is exact")
    return epsilon / (1 + 2 * sum(isinstance(step, Curve) for step in steps.steps))


def network_facts(built: Built, measured: float | None) -> dict[str, Value]:
    """What is said about a network as a whole."""
    chain = built.chain
    alpha = float(chain.alpha)
    return {
        "alpha of the output": alpha,
        "probability of success": 1 / alpha**2,
        "epsilon of the output, proved at most": float(chain.epsilon),
        **({} if measured is None else {"error of the output, measured": measured}),
        "ancillas": chain.ancilla_bitsize,
        "calls of the input": sum(chain.runs[0].values()),
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
            "subnormalised to": layer.reach,
            "probability": layer.probability,
            "lengthened by": 1.0 if layer.lengthening is None else layer.lengthening.factor,
            "calls": 1 if layer.lengthening is None else layer.lengthening.degree,
            "degree": "-" if layer.curve is None else layer.curve.degree,
            "runs": "", "Toffoli": "",
        }  # fmt: skip
        if is_last:
            runs = built.chain.runs[layer.part]
            gates = [(known_cost(b, GATES), n) for b, n in built.chain.runs_of(layer.part)]
            row["runs"] = sum(runs.values())
            row["Toffoli"] = sum(n * (g.and_bloq + g.toffoli) for g, n in gates)
        rows.append(row)
    return rows


def network_notes(built: Built, measured: float | None, images: str) -> list[str]:
    """Which assumption of the theorem does not hold, and what stands in its place."""
    bound = float(built.chain.epsilon)
    notes = [
        "not proved for every image: lengths and ranges are those of "
        f"{images}; the theorem of [RHGPR25] has unit vectors between blocks instead",
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
    notes.append("--layers shows single convolutions")
    return notes
