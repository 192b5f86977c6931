"""Costs of a residual network of growing size in every regime, variant and memory, and where each
is below a classical algorithm."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import attrs
from attrs import frozen

from bloqs.resnet.answers.compare_settings import Settings
from bloqs.resnet.answers.cost_formula import NetworkKind, SizeFormula
from bloqs.resnet.model.block_plan import Output, Variant
from bloqs.resnet.rivals.baselines import baselines, log2_of
from bloqs.resnet.rivals.sampler_cost import UNDECIDED
from estimator.ask.question import untracked
from estimator.compare.answer import sweep_parts
from estimator.compare.crossover import size_text
from estimator.compare.sweep import Axis, Measure, Sweep, Way, spread
from estimator.report.model import Report
from estimator.report.parts import Chart, Fact, Facts, Kind, Notes, Tone
from estimator.report.text import SETTING, TEXT

PRICES = {
    "ideal": "a query of the memory costs no gates and counts as one look-up",
    "bucket-brigade": "a query drives every router of an active memory, a depth at once",
    "bucket-brigade-narrow": "a query drives every router of an active memory, one after another",
    "qroam-clean": "a query reads a circuit in blocks, with clean qubits",
    "select-swap": "a query reads a circuit in blocks, with borrowed qubits",
    "qrom": "a query reads a circuit entry by entry",
    "circuit": "no quantum memory: input angles are read from a circuit",
}
"""What is assumed of a memory."""

REGIMES = {
    ("1", True): "the input and the output matrix lie in quantum memory",
    ("1", False): "without an output matrix the input alone lies in quantum memory",
    ("2", True): "the output matrix lies in quantum memory; each factor of the input is a circuit",
    ("3", False): "nothing lies in quantum memory; each factor of the input is a circuit",
}
"""What is assumed of a regime, and of whether there is an output block with a matrix."""


ENDS = {"linear-pool": "with the output matrix, then pooled", "pool": "pooled, no output matrix"}
"""What follows the blocks, by name of the output."""

MEASURES = (
    Measure(
        key="gates",
        unit="gates, or FLOP if classical",
        is_compared=True,
        axis="gates, or FLOP, and look-ups",
        plus="lookups",
    ),
    Measure(
        key="depth",
        unit="layers, or FLOP in sequence if classical",
        kind=Kind.UPPER_BOUND,
        is_compared=True,
        axis="layers, or FLOP in sequence, and look-ups",
        plus="lookup layers",
    ),
    Measure(key="lookups", label="look-ups", unit="look-ups"),
    Measure(key="qubits", unit="logical qubits"),
    Measure(key="cells", unit="cells"),
    Measure(key="calls", label="U_X calls", unit="calls"),
)
"""What ways of running a network are compared by."""

COUNTED = (
    "one FLOP counts as much as one Toffoli-like gate, one FLOP in sequence as much as one layer "
    "of such gates; a look-up of the data, classical or by a query of an ideal quantum memory, "
    "counts as one gate and one layer more, and a quantum memory made of gates costs its gates "
    "instead; error correction, clock rates and writing data into a memory, quantum or "
    "classical, are left out; T gates and rotations are not among the gates; `quledger cost` "
    "counts them"
)
"""What every crossover assumes."""


@frozen(kw_only=True)
class SizesAsked:
    """What is compared.

    Args:
        title: of the answer.
        settings: the network.
        regimes: some of "1", "2", "3".
        variants: some of the variants.
        memories: loaders of what lies in quantum memory.
        start: the smallest length.
        stop: the largest.
        has_matrix: whether regimes 1 and 2 end in an output block with a matrix.
    """

    title: str
    settings: Settings
    regimes: tuple[str, ...]
    variants: tuple[str, ...]
    memories: tuple[str, ...]
    start: int
    stop: int
    has_matrix: bool = True


def kinds(question: SizesAsked) -> list[NetworkKind]:
    """Every way of running the network that differs from the others.

    Fixed points end in a pool, because the output block would see their phase; without a matrix
    regime 2 is regime 3.

    Raises:
        ValueError: if there is none.
    """
    found: list[NetworkKind] = []
    for regime in question.regimes:
        for variant in question.variants:
            matrix = question.has_matrix and regime != "3" and variant != Variant.FIXED_POINT
            output = Output.LINEAR_POOL if matrix else Output.POOL
            if regime == "2" and not matrix:
                continue
            memories = question.memories if matrix or regime == "1" else ("ideal",)
            found += [
                NetworkKind(regime=regime, variant=variant, memory=memory, output=output.value)
                for memory in memories
            ]
    if not found:
        raise ValueError(
            "nothing is left to compare: regime 2 needs an output matrix, which fixed_point "
            "cannot have; name another regime or variant"
        )
    return found


def valid_sizes(question: SizesAsked) -> tuple[int, ...]:
    """All lengths C * side**2, side a power of two from 2, that the inputs can have.

    Raises:
        ValueError: if there are fewer than two.
    """
    values = question.settings.values
    c = int(values["C"]).bit_length() - 1
    order = values["order"] if set(question.regimes) & {"2", "3"} else 1
    start, stop = log2_of(question.start), log2_of(question.stop)
    found = tuple(
        2**n for n in range(max(start, c + 2), stop + 1) if (n - c) % 2 == 0 and n % order == 0
    )
    if len(found) < 2:
        raise ValueError(
            f"a comparison needs two lengths N = {values['C']} * side**2, with a side that is a "
            f"power of two and log2(N) a multiple of order = {order}, between 2**{start} "
            f"and 2**{stop}; widen --from and --to, or change order"
        )
    return found


def sweep_of(question: SizesAsked, track: Callable[..., Iterator[Any]] = untracked) -> Sweep:
    """The costs of every way of running the network, and of the classical algorithms.

    Args:
        question: what to compare.
        track: hands on the ways it is given, one by one, and shows how far that is.

    Raises:
        ValueError: if there is nothing to compare, or sizes and settings do not go together.
    """
    asked = kinds(question)
    sizes = valid_sizes(question)
    classical = [
        way
        for output in dict.fromkeys(kind.output for kind in asked)
        for way in baselines(question.settings.sampled(output), output)
    ]
    ways = [way_of(kind, question.settings) for kind in asked]
    axis = Axis(
        name="N",
        meaning="N, length of the vector with channels",
        searched=sizes,
        shown=spread(sizes),
    )
    return Sweep(axis, MEASURES, [*ways, *classical], track)


def way_of(kind: NetworkKind, settings: Settings) -> Way:
    """One way of running the network; its formula is made when it is first asked."""
    memory = kind.memory if kind.has_memory else "circuit"

    @lru_cache(maxsize=1)
    def formula() -> SizeFormula:
        return SizeFormula(kind, settings.for_network(kind.variant, kind.regime))

    return Way(
        name=f"{kind.regime} {kind.variant} {memory}",
        labels={"regime": kind.regime, "variant": kind.variant, "memory": memory},
        group=kind.output,
        assumption=f"{REGIMES[kind.regime, kind.output == Output.LINEAR_POOL]}; {PRICES[memory]}",
        at=lambda N: _with_lookups(attrs.asdict(formula().at(log2_of(N)))),
    )


def sizes_report(question: SizesAsked, track: Callable[..., Iterator[Any]] = untracked) -> Report:
    """The comparison as networks grow.

    Raises:
        ValueError: as `sweep_of` does.
    """
    sweep = sweep_of(question, track)
    settings = question.settings
    assumed = [
        Fact(key=k, value=x, style=TEXT, kind=Kind.ASSUMED) for k, x in settings.assumed.items()
    ]
    undecided = None if sweep.is_decided else UNDECIDED
    parts = sweep_parts(
        sweep, ENDS, "N at which the circuit costs less than the classical algorithm"
    )
    charts = [part for part in parts if isinstance(part, Chart)]
    return Report(
        title=question.title,
        settings=settings.values,
        settings_style=SETTING,
        assumed=tuple(settings.assumed),
        parts=[
            Facts(key="assumed", rows=assumed, place="data"),
            Notes(
                key="assumptions",
                lines=[
                    f"assumed: {', '.join(names)} ({source})"
                    for source, names in by_value(settings.assumed)
                ],
                tone=Tone.QUIET,
                place="shown",
            ),
            *(part for part in parts if not isinstance(part, Chart)),
            Notes(key="legend", lines=[_legend(sweep)], place="shown", is_section=True),
            Fact(key="counted", value=COUNTED, place="data", style=TEXT, kind=Kind.ASSUMED),
            Fact(
                key="distance",
                value=settings.distance,
                unit="total variation distance",
                place="data",
                kind=Kind.UPPER_BOUND,
            ),
            Fact(key="undecided", value=undecided, place="data", style=TEXT),
            Notes(
                key="remarks", lines=_remarks(sweep, settings.distance, undecided), place="shown"
            ),
            *charts,
        ],
    )


def _legend(sweep: Sweep) -> str:
    searched, shown = sweep.axis.searched, sweep.axis.shown
    last = size_text(searched[-1])
    return (
        "gates: AND, Toffoli and CSWAP, or FLOP. depth: layers of them, at most, or FLOP in "
        "sequence. look-ups: of an ideal memory or a classical one, added to both where they are "
        "compared. N^x: exponent x through the two largest of all sizes costed, "
        f"{size_text(shown[-2])} and {last}. never: never up to {last}, of "
        f"{len(searched)} sizes from {size_text(searched[0])} on."
    )


def _remarks(sweep: Sweep, distance: float, undecided: str | None) -> list[str]:
    """What is assumed everywhere, by the classical algorithms and by the quantum ways."""
    rivals = dict.fromkeys((way.name, way.assumption) for way in sweep.classical())
    ways = dict.fromkeys(map(_about, sweep.quantum()))
    return [
        f"assumed everywhere: {COUNTED}",
        f"every circuit, and the sampler, is within total variation distance {distance:.3g} of the "
        "exact class probabilities",
        *(f"baseline {name}: {assumption}" for name, assumption in rivals),
        *([] if undecided is None else [f"undecided: {undecided}"]),
        *(f"regime {regime}, {memory}: {text}" for regime, memory, text in ways),
    ]


def _about(way: Way) -> tuple[str, str, str]:
    return way.labels["regime"], way.labels["memory"], way.assumption


def by_value(pairs: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Each value with the names that have it."""
    for source in dict.fromkeys(pairs.values()):
        yield source, [name for name, its in pairs.items() if its == source]


def _with_lookups(cost: dict[str, Any]) -> dict[str, Any]:
    """Queries of an ideal memory are look-ups, one after another."""
    return {**cost, "lookups": cost["queries"], "lookup layers": cost["queries"]}
