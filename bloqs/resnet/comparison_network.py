"""A trained network at one image: facts, circuits by measured and proved lengths, larger images."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from attrs import evolve, frozen

from bloqs.resnet.algorithms import kernel_of
from bloqs.resnet.comparison_formula import NetworkFormula
from bloqs.resnet.comparison_settings import Settings, algorithm, completed
from bloqs.resnet.comparison_sizes import Question, compare_sizes, kinds
from estimator.compare_circuit import Circuit
from estimator.compare_honesty import Honesty, check_confidences, honesty
from estimator.compare_report import SizeComparison
from estimator.compare_sampler_run import SamplerRun, sampler_run
from estimator.layers import Matrix
from estimator.onnx_reader import read_network
from estimator.residual_network import ResidualNetwork
from estimator.residual_plan import OUTPUT_WEIGHT, SHORTEST
from estimator.residual_recognition import residual_network_of

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


@frozen(kw_only=True)
class NetworkAnswer:
    """What `quledger compare FILE.onnx` says.

    Args:
        honesty: facts at the image.
        circuits: quantum circuits for the image.
        grown: the same weights on larger images.
    """

    honesty: Honesty
    circuits: tuple[Circuit, ...]
    grown: SizeComparison

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "honesty": self.honesty.as_json(),
            "circuits": [each.as_json() for each in self.circuits],
            "grown": self.grown.as_json(),
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
    found = read_network(asked.file)
    network = residual_network_of(found)
    values = _parsed(asked.given, network)
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
    return NetworkAnswer(honesty=facts, circuits=circuits, grown=compare_sizes(question, track))


def _parsed(given: Mapping[str, str], network: ResidualNetwork) -> dict[str, Any]:
    values = algorithm().parse(given)
    if unused := [name for name in READ if name in values]:
        raise ValueError(f"{', '.join(unused)}: read from the network file, not to be set")
    if "epsilon" not in values:
        raise ValueError(
            "a network needs the error of its class probabilities; give --param epsilon"
        )
    for name, size in (("channels", network.C), ("image side", network.M)):
        if size & (size - 1):
            raise ValueError(f"the number of {name} must be a power of two, got {size}")
    return values


def _settings(
    network: ResidualNetwork, psi: Matrix, values: Mapping[str, Any], run: SamplerRun
) -> Settings:
    """Sizes, norms and lengths of the network, with what was typed in their place if it was."""
    *lengths, output_length = network.norms(psi)
    if network.output is None:
        lengths, output_length = [*lengths, output_length], PROVED["output_length"]
    alphas = [float(np.sqrt(block.row_sum * block.column_sum)) for block in network.blocks]
    read = {
        "k": network.k,
        "C": network.C,
        "D": max(block.kernel.shape[3] for block in network.blocks),
        "classes": network.classes,
        "alpha": max(alphas),
        "norm_1": max(block.kernel_norm_1 for block in network.blocks),
        "order": 1,
        "length": min(lengths),
        "output_length": output_length,
        "acceptance": float(np.prod(run.survival) ** (1 / network.k)) if run.survival else 1.0,
    }
    known = dict.fromkeys(("k", "C", "D", "classes", "alpha", "norm_1"), "the network file")
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
    n = network.N.bit_length() - 1
    measured, proved = question.settings, _with(question.settings, PROVED)
    steps = [
        (kind, name, settings)
        for kind in kinds(question)
        for name, settings in (("measured", measured), ("proved", proved))
    ]
    found = []
    for kind, name, settings in track(steps):
        values = settings.for_network(kind.variant, kind.regime)
        formula = NetworkFormula(kind, values, kernels)
        found.append(
            Circuit(
                regime=kind.regime,
                variant=kind.variant,
                memory=kind.memory if kind.has_memory else "circuit",
                output=kind.output,
                lengths=name,
                length=values["length"],
                point=formula.at(n),
            )
        )
    return tuple(found)


def _with(settings: Settings, changed: Mapping[str, Any]) -> Settings:
    return evolve(settings, values={**settings.values, **changed})
