"""A trained network at one image: facts, and circuits by measured and by proved lengths."""

from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np
from attrs import evolve, frozen

from bloqs.convolution.answers import kernel_of
from bloqs.resnet.answers.compare_settings import NUMBERS, Settings, completed
from bloqs.resnet.answers.compare_sizes import SizesAsked, kinds, valid_sizes
from bloqs.resnet.answers.cost_formula import CostPoint, SizeFormula
from bloqs.resnet.answers.facts_at_input import FactsAtInput, facts_at_input, facts_report
from bloqs.resnet.model.block_plan import OUTPUT_WEIGHT, SLOPE, Output, shortest, slope_of
from bloqs.resnet.model.network import ResidualNetwork
from bloqs.resnet.model.recognition import residual_network_of
from bloqs.resnet.rivals.flops import ResidualShape
from bloqs.resnet.rivals.sampled_network import SampledNetwork
from bloqs.resnet.rivals.sampler_cost import expected_cost
from bloqs.resnet.rivals.sampler_run import SamplerRun, sampler_run
from estimator.ask.question import Asked
from estimator.network.image import image_of
from estimator.network.layers import Matrix
from estimator.network.onnx_reader import read_network
from estimator.report.model import Report
from estimator.report.parts import Column, Fact, Kind, Notes, Table
from estimator.report.text import SHORT, Style

READ = ("k", "C", "D", "alpha", "norm_1", "slope", "classes")
"""Parameters that a network file settles."""

PROVED_OUTPUT = float(2 * OUTPUT_WEIGHT - 1)
"""Length that the sum of no published output block is below. Unit: 1."""


@frozen(kw_only=True)
class Circuit:
    """A way of running a network at one image, and its cost.

    Args:
        regime: what lies in quantum memory.
        variant: construction of the blocks.
        memory: how that memory is priced; "circuit" if there is none.
        output: what follows the blocks; "pool" leaves an output matrix out.
        lengths: "measured" at the image or "proved" for every network.
        length: smallest length of x + f(W x) that is promised.
        point: the cost of one run.
        flops: of the exact evaluation of what the circuit computes, which has an output matrix
            only if the circuit has.
    """

    regime: str
    variant: str
    memory: str
    output: str
    lengths: str
    length: float
    point: CostPoint
    flops: int

    @property
    def gates_per_flop(self) -> float:
        """Toffoli-like gates of one class against FLOP of all class probabilities."""
        return self.point.gates / self.flops

    def plain(self) -> dict[str, Any]:
        """As one row."""
        return {
            "regime": self.regime,
            "variant": self.variant,
            "memory": self.memory,
            "output": self.output,
            "lengths": self.lengths,
            "length": self.length,
            "flops": self.flops,
            "gates_per_flop": self.gates_per_flop,
            "N": 2**self.point.n,
            **attrs.asdict(self.point),
        }


@frozen(kw_only=True)
class InputComparison:
    """What a comparison of a file says.

    Args:
        facts: at the image.
        circuits: quantum circuits for the image.
        question: about the same weights on larger images, or `None`.
        left_out: why there is none, or `None`.
    """

    facts: FactsAtInput
    circuits: tuple[Circuit, ...]
    question: SizesAsked | None
    left_out: str | None


def compare_input(asked: Asked, choices: Mapping[str, Any]) -> InputComparison:
    """The comparison at one image.

    Args:
        asked: the question, with a file and an image.
        choices: regimes, variants, memories, start and stop of `SizesAsked`.

    Raises:
        ValueError: if the file is no residual network, the image does not fit, or parameters are
            missing or not to be set.
    """
    image, image_name = image_of(asked.get("image"), asked.get("digit"))
    if settled := [name for name in READ if name in asked.named]:
        raise ValueError(f"{', '.join(settled)}: read from the network file, not to be set")
    if "epsilon" not in asked.named:
        raise ValueError("a network needs the error of its class probabilities; give --epsilon")
    found = read_network(str(asked.file))
    network = residual_network_of(found)
    if network.M & (network.M - 1):
        raise ValueError(f"the image side must be a power of two, got {network.M}")
    psi = network.vector_of(image)
    trial = _settings(network, psi, {}, None)
    planned = SizesAsked(title="", settings=trial, has_matrix=network.output is not None, **choices)
    kinds(planned)  # refuse what cannot be compared before the sampler runs
    if not _left_out(network):
        valid_sizes(planned)
    values = {name: value for name, value in asked.values.items() if name in NUMBERS}
    epsilon, samples = asked.values["sampler_epsilon"], asked.values["samples"]
    run = sampler_run(network, psi, epsilon, samples, asked.values["seed"], asked.track)
    measured = _settings(network, psi, values, run)
    question = SizesAsked(
        title=f"{found.name} with larger images",
        settings=measured,
        has_matrix=network.output is not None,
        **choices,
    )
    circuits = _circuits(network, question, asked)
    facts = facts_at_input(
        f"{found.name}, {image_name}",
        network,
        psi,
        values["epsilon"],
        max(each.point.bits for each in circuits),
        asked.get("confidence", ()),
        run,
    )
    priced = expected_cost(sampled_at(network, psi, measured, run), network.N)
    left_out = _left_out(network)
    return InputComparison(
        facts=evolve(facts, priced=priced),
        circuits=circuits,
        question=None if left_out else question,
        left_out=left_out,
    )


def input_report(found: InputComparison) -> Report:
    """Facts at the image and a row for each circuit."""
    has_signal = found.facts.signal is not None
    columns = [
        Column(key="way", label="regime, variant, memory", least=14),
        Column(key="length", style=LENGTH, wraps=False),
        *(
            Column(key=key, label=label, style=SHORT, align="right", wraps=False)
            for key, label in (
                ("gates", None),
                ("depth", None),
                ("qubits", None),
                ("cells", None),
                ("calls", "U_X calls"),
                ("gates_per_flop", "/FLOP"),
            )
        ),
    ]
    rows = [{**each.plain(), "way": _way(each, has_signal)} for each in found.circuits]
    units = {"length": "1", "flops": "FLOP", "gates": "gates", "depth": "layers"}
    units |= {"qubits": "logical qubits", "cells": "cells", "calls": "calls", "bits": "qubits"}
    keys = list(found.circuits[0].plain())
    notes = []
    if any(each.output == "pool" for each in found.circuits) and has_signal:
        notes.append(
            "*: without the output matrix, which this variant or regime cannot have, and against "
            "the FLOP of the network without it"
        )
    notes.append(
        "length: of x + f(W x) that is promised, measured at the image or proved for every "
        "network. /FLOP: Toffoli-like gates of one class against FLOP of all class "
        "probabilities, exactly and classically. Memory is written beforehand and not counted; an "
        "ideal one answers for nothing."
    )
    return facts_report(
        found.facts,
        Table(
            key="shown circuits",
            columns=columns,
            rows=rows,
            heading="quantum circuits for one class",
            is_section=True,
            place="shown",
        ),
        Table(
            key="circuits",
            columns=[
                Column(
                    key=key,
                    unit=units.get(key, ""),
                    kind=Kind.UPPER_BOUND if key == "depth" else Kind.EXACT,
                )
                for key in keys
            ],
            rows=[each.plain() for each in found.circuits],
            place="data",
        ),
        Notes(key="remarks", lines=notes, place="shown"),
        Fact(key="left_out", value=found.left_out, place="data"),
        Notes(
            key="larger images",
            lines=[found.left_out] if found.left_out else [],
            is_section=bool(found.left_out),
            place="shown",
        ),
    )


LENGTH = Style("length", lambda value: f"{value:.3g}")


def _way(circuit: Circuit, has_signal: bool) -> str:
    mark = " *" if has_signal and circuit.output != "linear-pool" else ""
    return f"{circuit.regime} {circuit.variant} {circuit.memory}{mark}"


def sampled_at(
    network: ResidualNetwork, psi: Matrix, settings: Settings, run: SamplerRun
) -> SampledNetwork:
    """The network of the file at the image, at the distance of the circuits.

    Acceptances are those of the run; the other data are exact.
    """
    has_matrix = network.output is not None
    asked = settings.sampled(Output.LINEAR_POOL if has_matrix else Output.POOL)
    data = evolve(asked, acceptances=run.survival, largest_entry=float(np.abs(psi).max()))
    if network.output is None:
        return data
    before, after = network.states(psi)[network.k], network.norms(psi)[-1]
    return evolve(
        data,
        fourth_norm=float(np.sqrt((before**4).sum())),
        output_length=float(after),
        largest_norm=float(np.linalg.norm(network.output.matrix, axis=0).max()),
    )


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


def _settings(
    network: ResidualNetwork, psi: Matrix, values: Mapping[str, Any], run: SamplerRun | None
) -> Settings:
    """Sizes, norms and lengths of the network, with what was typed in their place if it was."""
    *lengths, output_length = network.norms(psi)
    if network.output is None:
        lengths, output_length = [*lengths, output_length], PROVED_OUTPUT
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
        "acceptance": 1.0 if run is None else float(np.prod(run.survival) ** (1 / network.k)),
    }
    known = dict.fromkeys(("k", "C", "D", "classes", "alpha", "norm_1"), "the network file")
    if network.output is not None and not np.isclose(network.output.tau, float(OUTPUT_WEIGHT)):
        read["tau"], known["tau"] = network.output.tau, "the network file"
    if slope_of(network.slope) != SLOPE:
        read["slope"], known["slope"] = network.slope, "the network file"
    if len(sides) > 1:
        known |= {"D": "the largest kernel side of the network file, taken for every block"}
    known |= {"length": "measured at the image", "output_length": "measured at the image"}
    known |= {"acceptance": "geometric mean over blocks of the sampler's run"}
    known |= {"order": "one image"}
    merged = {**read, **values}
    return completed(merged, {name: why for name, why in known.items() if name not in values})


def _circuits(network: ResidualNetwork, question: SizesAsked, asked: Asked) -> tuple[Circuit, ...]:
    """Every way of running the network at the image, with measured and with proved lengths."""
    kernels = tuple(kernel_of(block) for block in network.blocks)
    n = (network.N - 1).bit_length()
    whole = int(ResidualShape.of(network).flops)
    pooled = int(ResidualShape.of(evolve(network, output=None)).flops)
    measured = question.settings
    least = {
        "length": float(shortest(slope_of(measured.slope))),
        "output_length": 2 * measured.tau - 1,
    }
    proved = _with(measured, least)
    steps = [
        (kind, name, settings)
        for kind in kinds(question)
        for name, settings in (("measured", measured), ("proved", proved))
    ]
    found = []
    for kind, name, settings in asked.track(steps, "costing"):
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
