"""A trained network at one image: facts, circuits by measured and proved lengths, larger images."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from attrs import evolve, frozen

from bloqs.convolution.answers import kernel_of
from bloqs.resnet.answers.compare_input import Circuit
from bloqs.resnet.answers.compare_settings import Settings, algorithm, completed
from bloqs.resnet.answers.compare_sizes import Question, compare_sizes, kinds
from bloqs.resnet.answers.cost_formula import SizeFormula
from bloqs.resnet.answers.facts_at_input import Honesty, check_confidences, honesty
from bloqs.resnet.model.block_plan import OUTPUT_WEIGHT, SHORTEST, Output
from bloqs.resnet.model.network import ResidualNetwork
from bloqs.resnet.model.recognition import residual_network_of
from bloqs.resnet.rivals.flops import ResidualShape
from bloqs.resnet.rivals.sampler_run import SamplerRun, check_distance, sampler_run
from estimator.compare.sweep import SizeComparison
from estimator.network.layers import Matrix
from estimator.network.onnx_reader import read_network

READ = ("k", "C", "D", "alpha", "norm_1", "classes")
"""Parameters that a network file settles."""

PROVED = {"length": float(SHORTEST), "output_length": float(2 * OUTPUT_WEIGHT - 1)}
"""Lengths that no network of this form is below."""


@frozen(kw_only=True)
class NetworkQuestion:
    """What is asked about a network.

    Args:
        file: path of the network.
        image: its input, shape (channels, side, side).
        image_name: what to call it.
        given: parameters as typed.
        confidences: of naming the most probable class.
        sampler_epsilon: total variation distance asked of the classical sampler.
        samples: classes that it draws.
        seed: of its randomness.
        choices: regimes, variants, memories, start and stop of `Question`.
        wants_picture: whether larger images are to be drawn, so that they cannot be left out.
    """

    file: str
    image: Matrix
    image_name: str
    given: Mapping[str, str]
    confidences: tuple[float, ...]
    sampler_epsilon: float
    samples: int
    seed: int
    choices: Mapping[str, Any]
    wants_picture: bool = False


@frozen(kw_only=True)
class NetworkAnswer:
    """What `quledger compare FILE.onnx` says.

    Args:
        honesty: facts at the image.
        circuits: quantum circuits for the image.
        grown: the same weights on larger images, or `None`.
        left_out: why there is none, or `None`.
    """

    honesty: Honesty
    circuits: tuple[Circuit, ...]
    grown: SizeComparison | None
    left_out: str | None

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "honesty": self.honesty.as_json(),
            "circuits": [each.as_json() for each in self.circuits],
            "grown": None if self.grown is None else self.grown.as_json(),
            "left_out": self.left_out,
        }


def compare_network(asked: NetworkQuestion, track: Callable[[Any], Any]) -> NetworkAnswer:
    """The comparison.

    Args:
        asked: what is asked.
        track: hands on the steps it is given, one by one, and shows how far that is.

    Raises:
        ValueError: if the file is no residual network, the image does not fit, or parameters are
            missing or not to be set.
    """
    check_confidences(asked.confidences)
    check_distance(asked.sampler_epsilon)
    found = read_network(asked.file)
    network = residual_network_of(found)
    values = _parsed(asked.given, network)
    left_out = _left_out(network)
    if asked.wants_picture and left_out is not None:
        raise ValueError(f"the picture is of larger images; {left_out}")
    psi = network.vector_of(asked.image)
    run = sampler_run(network, psi, asked.sampler_epsilon, asked.samples, asked.seed)
    measured = _settings(network, psi, values, run)
    title = f"{found.name}, {asked.image_name}"
    question = Question(
        title=f"{found.name} with larger images",
        settings=measured,
        has_matrix=network.output is not None,
        **asked.choices,
    )
    circuits = _circuits(network, question, track)
    facts = honesty(
        title,
        network,
        psi,
        values["epsilon"],
        max(each.point.bits for each in circuits),
        asked.confidences,
        run,
    )
    grown = None if left_out is not None else compare_sizes(question, track)
    return NetworkAnswer(honesty=facts, circuits=circuits, grown=grown, left_out=left_out)


def _left_out(network: ResidualNetwork) -> str | None:
    """Why nothing is said about larger images, or `None` if something is."""
    C = network.C
    if C & (C - 1) == 0:
        return None
    return (
        f"larger images are left out, because they need a number of channels that is a power of "
        f"two, got {C}: circuits are padded to {_padded(C)} channels, classical costs are not"
    )


def _padded(size: int) -> int:
    """The power of two that is not below."""
    return 1 << (size - 1).bit_length()


def _parsed(given: Mapping[str, str], network: ResidualNetwork) -> dict[str, Any]:
    values = algorithm().parse(given)
    if unused := [name for name in READ if name in values]:
        raise ValueError(f"{', '.join(unused)}: read from the network file, not to be set")
    if "epsilon" not in values:
        raise ValueError(
            "a network needs the error of its class probabilities; give --param epsilon"
        )
    if network.M & (network.M - 1):
        raise ValueError(f"the image side must be a power of two, got {network.M}")
    return values


def _settings(
    network: ResidualNetwork, psi: Matrix, values: Mapping[str, Any], run: SamplerRun
) -> Settings:
    """Sizes, norms and lengths of the network, with what was typed in their place if it was."""
    *lengths, output_length = network.norms(psi)
    if network.output is None:
        lengths, output_length = [*lengths, output_length], PROVED["output_length"]
    sides = {int(block.kernel.shape[3]) for block in network.blocks}
    alphas = [float(np.sqrt(block.row_sum * block.column_sum)) for block in network.blocks]
    read = {
        "k": network.k,
        "C": network.C,
        "D": max(sides),
        "classes": network.classes,
        "alpha": max(alphas),
        "norm_1": max(block.kernel_norm_1 for block in network.blocks),
        "order": 1,
        "length": min(lengths),
        "output_length": output_length,
        "acceptance": float(np.prod(run.survival) ** (1 / network.k)),
    }
    known = dict.fromkeys(("k", "C", "D", "classes", "alpha", "norm_1"), "the network file")
    if network.output is not None and not np.isclose(network.output.tau, float(OUTPUT_WEIGHT)):
        read["tau"], known["tau"] = network.output.tau, "the network file"
    if len(sides) > 1:
        known |= {"D": "the largest kernel side of the network file, taken for every block"}
    known |= {"length": "measured at the image", "output_length": "measured at the image"}
    known |= {"acceptance": "geometric mean over blocks of the sampler's run"}
    known |= {"order": "one image"}
    merged = {**read, **values}
    return completed(merged, {name: why for name, why in known.items() if name not in values})


def _circuits(
    network: ResidualNetwork, question: Question, track: Callable[[Any], Any]
) -> tuple[Circuit, ...]:
    """Every way of running the network at the image, with measured and with proved lengths."""
    kernels = tuple(kernel_of(block) for block in network.blocks)
    n = (network.N - 1).bit_length()
    whole = int(ResidualShape.of(network).flops)
    pooled = int(ResidualShape.of(evolve(network, output=None)).flops)
    measured = question.settings
    shortest = {**PROVED, "output_length": 2 * measured.tau - 1}
    proved = _with(measured, shortest)
    steps = [
        (kind, name, settings)
        for kind in kinds(question)
        for name, settings in (("measured", measured), ("proved", proved))
    ]
    found = []
    for kind, name, settings in track(steps):
        values = settings.for_network(kind.variant, kind.regime)
        values["C"] = _padded(network.C)
        formula = SizeFormula(kind, values, kernels)
        found.append(
            Circuit(
                regime=kind.regime,
                variant=kind.variant,
                memory=kind.memory if kind.has_memory else "circuit",
                output=kind.output,
                lengths=name,
                length=values["length"],
                point=formula.at(n),
                flops=whole if kind.output == Output.LINEAR_POOL else pooled,
            )
        )
    return tuple(found)


def _with(settings: Settings, changed: Mapping[str, Any]) -> Settings:
    return evolve(settings, values={**settings.values, **changed})
