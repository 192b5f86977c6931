"""What an advantage would have to reckon with: facts about one network at one input."""

import math
from typing import Any

import attrs
import numpy as np
from attrs import field, frozen

from bloqs.resnet.model.block_plan import POOL_GAIN, Output
from bloqs.resnet.model.linear_signal import LinearSignal, linear_signal
from bloqs.resnet.model.memory import Regime, input_swaps, matrix_swaps, memory_cells, query_swaps
from bloqs.resnet.model.network import ResidualNetwork
from bloqs.resnet.model.nonlinearity import block_nonlinearities, linearised_distance
from bloqs.resnet.rivals.flops import ResidualShape
from bloqs.resnet.rivals.sampler_cost import SamplerCost
from bloqs.resnet.rivals.sampler_run import SamplerRun
from estimator import symbols
from estimator.network.layers import Matrix
from estimator.network.network import Size
from estimator.report.model import Report
from estimator.report.parts import Column, Fact, Facts, Kind, Notes, Part, Table, Tone
from estimator.report.text import EXACT, PRECISE, SETTING, SHORT, Style
from estimator.statistics.shots_needed import ShotsNeeded, margin, shots_needed

CONFIDENCES = (0.9, 0.99, 0.999)
"""Probabilities of naming the right class for which runs are shown if none is asked for."""


@frozen(kw_only=True)
class ShotsRow:
    """Runs after which the most frequent class is the most probable one.

    Args:
        confidence: probability of that.
        exact: if every run followed the exact law.
        off: if runs are off by `distance`; `None` if the margin is lost then.
        distance: total variation distance that the circuit's error allows; `None` without epsilon.
    """

    confidence: float
    exact: ShotsNeeded | None
    off: ShotsNeeded | None
    distance: float | None


@frozen(kw_only=True)
class ActiveMemory:
    """Quantum memory in one regime and what reading it costs if it is made of gates.

    Args:
        regime: which data are in it.
        cells: angles.
        query: controlled swaps of one query of the largest table.
        load: controlled swaps of loading the input once; 0 if it is not in memory.
        matrix: controlled swaps of one use of the output matrix; 0 if it is not in memory.
    """

    regime: str
    cells: Size
    query: Size
    load: Size
    matrix: Size


@frozen(kw_only=True)
class FactsAtInput:
    """The facts.

    Args:
        title: network and input.
        N: length of the vectors.
        k: residual blocks.
        nonlinearities: of each block, relative, at the amplitudes of this input.
        linearised: total variation distance of the class probabilities if erf were its tangent.
        signal: what the output matrix adds, or `None` without one.
        lengths: l2 norm that each normalisation divides by; the last is the output block's, if any.
        best: the most probable class.
        margin: difference of the two largest class probabilities.
        runs: for each confidence.
        flops: of the exact evaluation.
        memory: by regime.
        sampler: a run of the classical sampler, if there was one.
        priced: its expected cost for one class as near to the exact law as the circuits are, if
            there was a run; `None` also where that is not known.
    """

    title: str
    N: int
    k: int
    nonlinearities: tuple[float, ...]
    linearised: float
    signal: LinearSignal | None
    lengths: tuple[float, ...]
    best: int
    margin: float
    runs: tuple[ShotsRow, ...] = field(hash=False)
    flops: int
    memory: tuple[ActiveMemory, ...]
    sampler: SamplerRun | None
    priced: SamplerCost | None = None

    def plain(self) -> dict[str, Any]:
        """Plain data; counts that depend on the bits of an angle may be formulas in b."""
        found = attrs.asdict(self)
        found["memory"] = [attrs.asdict(each) for each in self.memory]
        found["sampler"] = None if self.sampler is None else self.sampler.plain()
        found["priced"] = None if self.priced is None else self.priced.plain()
        return found


def check_confidences(confidences: tuple[float, ...]) -> None:
    """Refuse what is no probability of naming the right class.

    Raises:
        ValueError: if one is not between 0 and 1.
    """
    for confidence in confidences:
        if not 0 < confidence < 1:
            raise ValueError(f"a confidence must be between 0 and 1, got {confidence:g}")


def facts_at_input(
    title: str,
    network: ResidualNetwork,
    psi: Matrix,
    epsilon: float | None,
    bits: int | None,
    confidences: tuple[float, ...],
    sampler: SamplerRun | None,
    output: Output = Output.POOL,
) -> FactsAtInput:
    """The facts about a network at an input.

    Args:
        title: what to call them.
        network: the network.
        psi: its input, shape (N,), l2 norm 1.
        epsilon: l2 error that a circuit may have, if known: of the class probabilities, or of the
            vector if there is no output.
        bits: of an angle in memory, if known.
        confidences: of naming the most probable class; `CONFIDENCES` if empty.
        sampler: a run of the classical sampler.
        output: what follows the blocks of the circuit; decides what epsilon is an error of.

    Raises:
        ValueError: if psi is no input or a confidence is not between 0 and 1.
    """
    check_confidences(confidences)
    probabilities = network.probabilities(psi)
    # Squares of unit vectors differ by at most the vectors' l2 distance in total variation.
    gain = 1.0 if output is Output.NONE else float(POOL_GAIN)
    distance = None if epsilon is None else epsilon / gain
    return FactsAtInput(
        title=title,
        N=network.N,
        k=network.k,
        nonlinearities=block_nonlinearities(network, psi),
        linearised=linearised_distance(network, psi),
        signal=None if network.output is None else linear_signal(network, psi),
        lengths=network.norms(psi),
        best=int(np.argmax(probabilities)),
        margin=margin(probabilities),
        runs=tuple(
            ShotsRow(
                confidence=confidence,
                exact=_runs(probabilities, 1 - confidence, 0.0),
                off=None if distance is None else _runs(probabilities, 1 - confidence, distance),
                distance=distance,
            )
            for confidence in confidences or CONFIDENCES
        ),
        flops=int(ResidualShape.of(network).flops),
        memory=_memory(network, bits),
        sampler=sampler,
    )


def _runs(probabilities: Matrix, failure: float, distance: float) -> ShotsNeeded | None:
    """The runs, or `None` if no number of them is enough."""
    if margin(probabilities) <= 2 * distance:
        return None
    return shots_needed(probabilities, failure, distance)


def _memory(network: ResidualNetwork, bits: int | None) -> tuple[ActiveMemory, ...]:
    """Vectors are padded to a power of two."""
    n = math.ceil(math.log2(network.N))
    b = symbols.b if bits is None else bits
    found = []
    for regime in (Regime.INPUT_AND_WEIGHTS, Regime.WEIGHTS):
        cells = memory_cells(regime, 2**n, 1)
        has_input, has_matrix = regime is Regime.INPUT_AND_WEIGHTS, network.output is not None
        if not (has_input or has_matrix):
            continue
        found.append(
            ActiveMemory(
                regime=regime.value,
                cells=cells.total if has_matrix else cells.input,
                query=query_swaps(2 * n - 1 if has_matrix else n - 1, b),
                load=input_swaps(n, b) if has_input else 0,
                matrix=matrix_swaps(n, b) if has_matrix else 0,
            )
        )
    return tuple(found)


LIST = Style("list", lambda values: ", ".join(f"{x:.2e}" for x in values))
LENGTHS = Style("lengths", lambda values: ", ".join(f"{x:.4f}" for x in values))
COUNTS = Style("counts", lambda values: ", ".join(f"{x:,}" for x in values))
ACCEPTED = Style("accepted", lambda values: ", ".join(f"{x:.3g}" for x in values))
TINY = Style("tiny", lambda value: f"{value:.2e}")
MARGIN = Style("margin", lambda value: f"{value:.3e}")
THREE = Style("three", lambda value: f"{value:.3f}")
UNITS = {"k": "blocks", "linearised": "total variation distance", "flops": "FLOP"}
"""Of the facts that have one unit."""

YES_OR_NO = Style("yes or no", lambda value: "yes" if value else "NO")


def facts_report(found: FactsAtInput, *parts: Part) -> Report:
    """The facts as a report, followed by further parts."""
    return Report(
        title=found.title,
        parts=[*facts_parts(found), *parts],
        passed=None if found.sampler is None else found.sampler.agrees,
    )


def facts_parts(found: FactsAtInput) -> list[Part]:
    """The facts as data, and for a reader."""
    data = [
        Fact(
            key=key,
            value=value,
            unit=UNITS.get(key, ""),
            kind=Kind.MEASURED if key == "sampler" else Kind.EXACT,
        )
        for key, value in found.plain().items()
    ]
    return [
        Facts(key="honesty", rows=data, place="data"),
        Facts(key="facts at the input", rows=_shown(found), place="shown"),
        _shots_table(found),
        *_shots_note(found),
    ]


def _shown(found: FactsAtInput) -> list[Fact]:
    change = "total variation"
    facts = [
        _fact("nonlinearity by block", found.nonlinearities, LIST, "|f(x) - f'(0) x| / |f(x)|"),
        _fact("change if erf were its tangent", found.linearised, TINY, change),
        _fact("lengths divided by", found.lengths, LENGTHS),
    ]
    if (signal := found.signal) is not None:
        facts += [
            _fact("signal of the matrix", signal.signal, PRECISE),
            _fact("signal of the matrix, at most", signal.bound, PRECISE),
            _fact("against the skip path", signal.relative, PRECISE),
            _fact("change if there were none", signal.class_distance, TINY, change),
        ]
    facts += [
        _fact("most probable class", found.best, EXACT),
        _fact("ahead by", found.margin, MARGIN),
        _fact("classical, exact", found.flops, EXACT, "FLOP"),
    ]
    if (run := found.sampler) is not None:
        facts += _sampler_facts(run)
        if (priced := found.priced) is not None:
            name = f"sampler at distance {found.runs[0].distance:.3g}"
            facts += [
                _fact(f"{name}, expected", priced.flops, SHORT, "FLOP"),
                _fact(f"{name}, expected", priced.lookups, SHORT, "look-ups"),
            ]
    for each in found.memory:
        name = f"QRAM, regime {each.regime}"
        facts += [
            _fact(name, each.cells, EXACT, "cells"),
            _fact(f"{name}, a query", each.query, EXACT, "CSWAP"),
            _fact(f"{name}, the input", each.load, EXACT, "CSWAP"),
        ]
        if found.signal is not None:
            facts.append(_fact(f"{name}, the matrix", each.matrix, EXACT, "CSWAP"))
    return facts


def _sampler_facts(run: SamplerRun) -> list[Fact]:
    return [
        _fact("sampler: its estimates", run.estimate_flops, EXACT, "FLOP"),
        _fact("sampler: each class then", run.flops_per_class, SHORT, "FLOP"),
        _fact("total variation asked of it", run.epsilon, SETTING),
        _fact("classes drawn", run.count, EXACT, "classes"),
        _fact("their distance from exact ones", run.distance, THREE, "total variation"),
        _fact("its bound", run.error_bound, THREE, "total variation"),
        _fact("within its bound", run.agrees, YES_OR_NO),
        _fact("noise of so many classes", run.noise, THREE, "total variation"),
        _fact("entries of the input looked up", run.input_entries, EXACT),
        _fact("samples of the input", run.input_samples, EXACT),
        _fact("reads of the data in all", run.lookups, EXACT, "look-ups"),
        _fact("neurons evaluated, by block", run.neurons, COUNTS),
        *(
            [_fact("entries of the matrix looked up", run.matrix_entries, EXACT)]
            if run.column_samples
            else []
        ),
        _fact("candidates accepted, by block", run.survival, ACCEPTED),
    ]


def _fact(label: str, value: Any, style: Style, unit: str = "") -> Fact:
    return Fact(key=label, value=value, style=style, unit=unit)


METHODS = ("hoeffding", "chernoff", "pairwise")


def _shots_table(found: FactsAtInput) -> Table:
    kinds = ("exact", "off") if found.runs[0].distance is not None else ("exact",)
    rows: list[dict[str, Any]] = []
    for each in found.runs:
        row: dict[str, Any] = {"confidence": each.confidence}
        for kind in kinds:
            shots = getattr(each, kind)
            for method in METHODS:
                row[f"{method} {kind}"] = (
                    "margin lost" if shots is None else SHORT.text(getattr(shots, method))
                )
        rows.append(row)
    return Table(
        key="shown shots",
        columns=[
            Column(key="confidence", label="shots, confidence", style=SETTING),
            *(
                Column(key=f"{method} {kind}", label=f"{method.capitalize()} {kind}", align="right")
                for kind in kinds
                for method in METHODS
            ),
        ],
        rows=rows,
        place="shown",
    )


def _shots_note(found: FactsAtInput) -> list[Notes]:
    distance = found.runs[0].distance
    if distance is None:
        return []
    text = (
        "shots: after which the most frequent class is the most probable one; off: if each shot "
        f"is off by {distance:.3g} in total variation, as far as epsilon allows"
    )
    return [Notes(key="shots note", lines=[text], tone=Tone.QUIET, place="shown")]
