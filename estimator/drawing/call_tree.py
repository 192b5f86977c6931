"""A bloq's call graph as far as it costs something, inverses and wrappers taken together."""

from collections.abc import Mapping
from typing import TypeAlias

from attrs import frozen
from qualtran import Bloq
from qualtran.symbolics import SymbolicInt

from estimator.costs.prices import PriceList, callees, is_gate
from estimator.drawing.outline import outline_of
from estimator.report.text import bloq_name

CallGraph: TypeAlias = dict[Bloq, dict[Bloq, SymbolicInt]]
"""Each bloq to be opened -> its callees, callers first, the costliest callee first."""


@frozen
class CallTree:
    """What calls what, and how it may be told.

    A bloq and its inverse are one where both have the same price, and a bloq that calls one other,
    once and at its own price, is that one.

    Args:
        callees: the graph; gates are callees only.
        inverses: bloqs that stand for their inverses too.
        wrapped: bloqs that have no place of their own, by the one that wraps them.
        layers: names of those that run as layers of a network.
    """

    callees: CallGraph
    inverses: frozenset[Bloq]
    wrapped: Mapping[Bloq, tuple[Bloq, ...]]
    layers: Mapping[Bloq, str]

    @classmethod
    def of(cls, root: Bloq, prices: PriceList) -> "CallTree":
        """The graph below a bloq."""
        merged = _Merged(prices)
        graph = merged.graph(root)
        layers = {merged.stands_for.get(form, form): name for form, name in _layers(root).items()}
        wrapped = _unwrapped(root, graph, layers, prices)
        named = {each: layers[each] for each in graph if each in layers}
        return cls(graph, frozenset(merged.inverses), wrapped, named)

    def name(self, bloq: Bloq) -> str:
        """What is written on a bloq: the layer it is, and its own name."""
        own = bloq_name(bloq)
        if bloq not in self.layers:
            return own
        control = " under control" if any(reg.name == "ctrl" for reg in bloq.signature) else ""
        return f"{self.layers[bloq]}{control}: {own}"

    def roads_to_layers(self, shares: Mapping[Bloq, float]) -> set[Bloq]:
        """All layers, and the bloqs through which they are reached, where most is spent."""
        callers: dict[Bloq, list[Bloq]] = {}
        for caller, inside in self.callees.items():
            for sub in inside:
                callers.setdefault(sub, []).append(caller)
        found: set[Bloq] = set()
        for layer in self.layers:
            at = [layer]
            while at[-1] not in found:
                found.add(at[-1])
                above = [each for each in callers.get(at[-1], []) if each not in at]
                if not above:
                    break
                at.append(max(above, key=lambda each: shares[each]))
        return found


def _layers(root: Bloq) -> dict[Bloq, str]:
    """The layers of a bloq, or of the only one that it calls."""
    seen: set[Bloq] = set()
    while root not in seen:
        seen.add(root)
        outline = outline_of(root)
        if outline is not None:
            return outline.layers
        inside = [each for each in callees(root) or {} if not is_gate(each)]
        if len(inside) == 1:
            (root,) = inside
    return {}


class _Merged:
    """The graph under construction, each bloq met before its inverse standing for both."""

    def __init__(self, prices: PriceList) -> None:
        self.prices = prices
        self.stands_for: dict[Bloq, Bloq] = {}
        self.inverses: set[Bloq] = set()

    def graph(self, root: Bloq) -> CallGraph:
        """All that costs something below a bloq."""
        found: CallGraph = {}
        opened = set()
        self.stands_for[root] = root

        def visit(bloq: Bloq) -> None:
            opened.add(bloq)
            inside = self._merged(callees(bloq) or {})
            weights = {sub: self._weight(sub, n) for sub, n in inside.items()}
            ranked = sorted(inside, key=lambda sub: (-weights[sub], bloq_name(sub)))
            for sub in reversed(ranked):
                if sub not in opened and not is_gate(sub) and not self.prices[sub].is_free:
                    visit(sub)
            found[bloq] = {sub: inside[sub] for sub in ranked}

        visit(root)
        return dict(reversed(found.items()))

    def _weight(self, bloq: Bloq, times: SymbolicInt) -> float:
        spent = self.prices.number(times) * self.prices.weight(self.prices[bloq])
        return spent if spent == spent else 0.0

    def _merged(self, inside: Mapping[Bloq, SymbolicInt]) -> dict[Bloq, SymbolicInt]:
        found: dict[Bloq, SymbolicInt] = {}
        for bloq in sorted(inside, key=lambda each: "†" in bloq_name(each)):
            one = self._one_of_both(bloq)
            found[one] = found.get(one, 0) + inside[bloq]
        return found

    def _one_of_both(self, bloq: Bloq) -> Bloq:
        """The bloq, or its inverse if that was met before and costs the same."""
        if bloq not in self.stands_for:
            self.stands_for[bloq] = bloq
            if not is_gate(bloq):
                inverse = _inverse(bloq)
                one = None if inverse is None else self.stands_for.get(inverse)
                if one is not None and self.prices[one] == self.prices[bloq]:
                    self.stands_for[bloq] = one
                    self.inverses.add(one)
        return self.stands_for[bloq]


def _inverse(bloq: Bloq) -> Bloq | None:
    """The inverse of a bloq that has one."""
    try:
        return bloq.adjoint()
    except Exception:  # a bloq of someone else may fail in any way
        return None


def _unwrapped(
    root: Bloq, graph: CallGraph, layers: Mapping[Bloq, str], prices: PriceList
) -> dict[Bloq, tuple[Bloq, ...]]:
    """Take what is wrapped out of the graph, and say what was.

    A layer keeps its place.
    """
    callers: dict[Bloq, int] = {}
    for inside in graph.values():
        for sub in inside:
            callers[sub] = callers.get(sub, 0) + 1
    wrapped: dict[Bloq, tuple[Bloq, ...]] = {}
    for bloq in list(graph):
        while bloq in graph:
            costly = [sub for sub in graph[bloq] if sub in graph]
            if len(costly) != 1:
                break
            (sub,) = costly
            is_alone = callers[sub] == 1 and graph[bloq][sub] == 1 and sub not in layers
            if not is_alone or sub in (root, bloq) or prices[sub] != prices[bloq]:
                break
            wrapped[bloq] = (*wrapped.get(bloq, ()), sub)
            graph[bloq] = graph.pop(sub)
    return wrapped
