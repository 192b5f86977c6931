"""Costs of a residual network of growing size in every regime, variant and memory, and where each
is below a classical algorithm."""

from collections.abc import Callable, Sequence
from typing import Any

from attrs import frozen

from bloqs.resnet.answers.compare_settings import Settings
from bloqs.resnet.answers.cost_formula import NetworkKind, SizeFormula
from bloqs.resnet.model.block_plan import Output, Variant
from bloqs.resnet.rivals.baselines import Baseline, baselines
from estimator.compare.crossover import Crossover, crossover
from estimator.compare.sweep import Row, SizeComparison

SHOWN = 6
"""Sizes at which costs are shown, at most."""

MEMORIES = ("ideal", "bucket-brigade", "qroam-clean")
"""Memories compared if none is named; `LOADERS` has more."""

PRICES = {
    "ideal": "a query of the memory costs nothing and is counted apart",
    "bucket-brigade": "a query drives every router of an active memory, one at each branching",
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


@frozen(kw_only=True)
class Question:
    """What is compared.

    Args:
        title: of the answer.
        settings: the network.
        regimes: some of "1", "2", "3".
        variants: some of the variants.
        memories: loaders of what lies in quantum memory.
        start: log2 of the smallest length.
        stop: log2 of the largest.
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


def kinds(question: Question) -> list[NetworkKind]:
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


def valid_sizes(question: Question) -> tuple[int, ...]:
    """log2 of all lengths C * side**2, side a power of two from 2, that the inputs can have.

    Raises:
        ValueError: if there are fewer than two.
    """
    values = question.settings.values
    c = int(values["C"]).bit_length() - 1
    order = values["order"] if set(question.regimes) & {"2", "3"} else 1
    found = tuple(
        n
        for n in range(max(question.start, c + 2), question.stop + 1)
        if (n - c) % 2 == 0 and n % order == 0
    )
    if len(found) < 2:
        raise ValueError(
            f"a comparison needs two lengths N = {values['C']} * side**2, with a side that is a "
            f"power of two and log2(N) a multiple of order = {order}, between 2**{question.start} "
            f"and 2**{question.stop}; widen --from and --to, or change order"
        )
    return found


def shown_sizes(sizes: Sequence[int]) -> tuple[int, ...]:
    """At most `SHOWN` of them, evenly spread, the first and the last among them."""
    if len(sizes) <= SHOWN:
        return tuple(sizes)
    last = len(sizes) - 1
    return tuple(sizes[round(i * last / (SHOWN - 1))] for i in range(SHOWN))


def compare_sizes(question: Question, track: Callable[[Any], Any]) -> SizeComparison:
    """The comparison.

    Args:
        question: what to compare.
        track: hands on the rows it is given, one by one, and shows how far that is.

    Raises:
        ValueError: if there is nothing to compare, or sizes and settings do not go together.
    """
    asked = kinds(question)
    sizes = valid_sizes(question)
    shown = shown_sizes(sizes)
    classical = {
        output: baselines(question.settings.sampled(output))
        for output in dict.fromkeys(kind.output for kind in asked)
    }
    rows = [
        _row(kind, question.settings, sizes, shown, classical[kind.output]) for kind in track(asked)
    ]
    return SizeComparison(
        title=question.title,
        settings=question.settings.values,
        assumed=question.settings.assumed,
        searched=sizes,
        sizes=shown,
        rows=tuple(rows),
        baselines=tuple(each for group in classical.values() for each in group),
    )


def _row(
    kind: NetworkKind,
    settings: Settings,
    sizes: tuple[int, ...],
    shown: tuple[int, ...],
    classical: tuple[Baseline, ...],
) -> Row:
    formula = SizeFormula(kind, settings.for_network(kind.variant, kind.regime))
    points = tuple(formula.at(n) for n in shown)

    def where(measure: str, baseline: Baseline) -> Crossover:
        price = baseline.work if measure == "gates" else baseline.layers

        def is_ahead(n: int) -> bool | None:
            classical_cost = price(n)
            if classical_cost is None:
                return None
            return bool(getattr(formula.at(n), measure) < classical_cost)

        return crossover(sizes, shown, is_ahead)

    memory = kind.memory if kind.has_memory else "circuit"
    return Row(
        regime=kind.regime,
        variant=kind.variant,
        memory=memory,
        output=kind.output,
        assumption=f"{REGIMES[kind.regime, kind.output == Output.LINEAR_POOL]}; {PRICES[memory]}",
        points=points,
        crossovers={
            (baseline.name, measure): where(measure, baseline)
            for baseline in classical
            for measure in ("gates", "depth")
        },
    )
