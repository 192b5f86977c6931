"""Everything `quledger cost` says about one bloq, as plain data."""

from collections.abc import Mapping
from typing import Any

import sympy
from attrs import frozen
from qualtran import Bloq
from qualtran.resource_counting import get_cost_value
from qualtran.symbolics import SymbolicInt

from estimator.ask.question import Value, free_symbols
from estimator.ask.registry import Target
from estimator.costs.budget import Synthesis
from estimator.costs.cost import Cost, cost_by_annotation
from estimator.costs.keys import ToffoliDepth
from estimator.costs.prices import Price, PriceList, bloq_name, callees
from estimator.costs.simplify import multiplied_out
from estimator.symbols import ABBREVIATIONS, GLOSSARY

MOST_EXPENSIVE = 3
"""Sub-bloqs shown."""


@frozen(kw_only=True)
class Share:
    """A sub-bloq and its part of the whole.

    Args:
        name: of the sub-bloq.
        calls: calls per run of the whole.
        price: of one call.
        share: part of the whole's T gates and rotations, a rotation weighing one T, with every
            free symbol at a stand-in value; `None` where that cannot be told.
    """

    name: str
    calls: SymbolicInt
    price: Price
    share: float | None


@frozen(kw_only=True)
class CostReport:
    """The answer to one cost question.

    Args:
        title: what was asked about.
        settings: variant, loader, rotation and parameters as used.
        facts: alpha, epsilon and the like, by name.
        cost: the logical cost.
        toffoli_depth: layers of Toffoli-like gates, an upper bound where sub-bloqs overlap.
        t_count: T gates of everything at `rotation_error`; `None` if no error was given.
        expensive: the most expensive sub-bloqs, most expensive first.
        layers: what there is to say about each layer.
        glossary: meaning of every symbol that occurs.
    """

    title: str
    settings: Mapping[str, Value | str]
    facts: Mapping[str, Value]
    cost: Cost
    toffoli_depth: SymbolicInt
    t_count: SymbolicInt | None
    expensive: tuple[Share, ...]
    layers: tuple[Mapping[str, Value], ...]
    glossary: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """Numbers as numbers, expressions as SymPy strings."""
        cost = self.cost
        return {
            "title": self.title,
            "settings": {name: plain(value) for name, value in self.settings.items()},
            "facts": {name: plain(value) for name, value in self.facts.items()},
            "queries": {name: plain(value) for name, value in cost.queries.items()},
            "gates": {
                "t": plain(cost.t),
                "toffoli": plain(cost.toffoli),
                "cswap": plain(cost.cswap),
                "rotations": plain(cost.rotations),
                "measurements": plain(cost.measurements),
                "t_count": plain(self.t_count),
            },
            "toffoli_depth": plain(self.toffoli_depth),
            "qubits": plain(cost.qubits),
            "expensive": [
                {
                    "bloq": share.name,
                    "calls": plain(share.calls),
                    "t": plain(share.price.t),
                    "rotations": plain(share.price.rotations),
                    "share": share.share,
                }
                for share in self.expensive
            ],
            "layers": [{name: plain(x) for name, x in row.items()} for row in self.layers],
            "symbols": dict(self.glossary),
        }


def plain(value: Any) -> Any:
    """`value` as JSON can hold it."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    expression = sympy.sympify(value)
    if expression.is_Integer:
        return int(expression)
    return float(expression) if expression.is_number else str(expression)


def cost_report(
    target: Target, synthesis: Synthesis | None = None, rotation_error: float | None = None
) -> CostReport:
    """The report on one bloq.

    Args:
        target: the bloq and how it was built.
        synthesis: how rotations become T gates, if they are to.
        rotation_error: spectral-norm error allowed for each rotation; goes with `synthesis`.

    Raises:
        ValueError: if only one of `synthesis` and `rotation_error` is given.
    """
    if (synthesis is None) != (rotation_error is None):
        raise ValueError("give --synthesis and --rotation-error together: T gates need both")
    bloq = target.bloq
    prices = PriceList.of(bloq)
    cost = cost_by_annotation(bloq, known=prices.counts)
    t_count = None
    if synthesis is not None and rotation_error is not None:
        t_count = cost.t_count(synthesis.t_count(rotation_error))
    facts = dict(target.algorithm.facts(bloq, target.values))
    if target.layer is not None:
        facts = {**target.algorithm.layer_facts(target.layer), **facts}
    for name, value in facts.items():
        if sympy.sympify(value).is_finite is False:
            raise ValueError(f"{name} is too large for a floating-point number; give smaller norms")
    expensive = most_expensive(bloq, prices)
    depth = multiplied_out(get_cost_value(bloq, ToffoliDepth()))
    shown = [cost.t, cost.toffoli, cost.cswap, cost.rotations, cost.measurements, cost.qubits]
    shown += [depth, *cost.queries.values()]
    shown += [x for each in expensive for x in (each.calls, each.price.t, each.price.rotations)]
    layers = tuple(target.algorithm.rows(bloq))
    shown += [x for row in layers for x in row.values() if not isinstance(x, str)]
    facts, used = in_use(facts, free_symbols(shown))
    return CostReport(
        title=target.title,
        settings=target.settings,
        facts=facts,
        cost=cost,
        toffoli_depth=depth,
        t_count=t_count,
        expensive=expensive,
        layers=layers,
        glossary={s.name: GLOSSARY[s] for s in sorted(used, key=str) if s in GLOSSARY},
    )


def in_use(
    facts: Mapping[str, Value], used: set[sympy.Symbol]
) -> tuple[dict[str, Value], set[sympy.Symbol]]:
    """The facts without definitions of what does not occur, and all symbols that do.

    Args:
        facts: by name; the name of an abbreviation defines it.
        used: symbols that occur elsewhere.
    """
    kept = {name: value for name, value in facts.items() if name not in ABBREVIATIONS}
    used = used | free_symbols(kept.values())
    while added := {s.name for s in used} & facts.keys() - kept.keys():
        kept |= {name: facts[name] for name in added}
        used |= free_symbols(facts[name] for name in added)
    return {name: value for name, value in facts.items() if name in kept}, used


def most_expensive(bloq: Bloq, prices: PriceList) -> tuple[Share, ...]:
    """The sub-bloqs that make up most of the cost, most expensive first."""
    whole = prices.weight(prices[bloq])
    merged: dict[str, list[Share]] = {}
    for callee, calls in (callees(bloq) or {}).items():
        price = prices[callee]
        if price.is_free:
            continue
        weight = prices.number(calls) * prices.weight(price)
        share = weight / whole if whole > 0 and weight == weight else None
        name = bloq_name(callee)
        merged.setdefault(name, []).append(Share(name=name, calls=calls, price=price, share=share))
    shares = [share for group in merged.values() for share in group]
    shares.sort(key=lambda share: -(share.share or 0.0))
    return tuple(shares[:MOST_EXPENSIVE])
