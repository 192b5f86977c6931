"""The part of a bloq's call graph worth looking at: at most a screenful, costs on every node."""

import heapq
import itertools
import math
from collections.abc import Iterable, Mapping

import sympy
from attrs import frozen
from qualtran import Bloq
from qualtran.symbolics import SymbolicInt

from estimator.costs.prices import Price, PriceList
from estimator.drawing.call_tree import CallGraph, CallTree
from estimator.report.text import bloq_name, plain_symbols

THRESHOLD = 0.02
"""A bloq is folded into its caller's "… smaller bloqs" below this share of the total."""

MOST_NODES = 25
"""Most nodes in a summary; layers of a network, and what is needed to show them, come on top."""


@frozen(kw_only=True)
class Node:
    """A bloq, or the bloqs one caller folds away.

    Args:
        name: what to write on it.
        wrapped: names of bloqs that it calls one in another, each once and all of the same price,
            which have no node.
        with_inverse: whether it stands for its inverse too, which has the same price.
        closed: number of bloqs inside, if none of them is shown.
        price: cost of one call; for folded bloqs, what they add to one call of their caller.
        share: part of the whole spent here over all calls; nan if that cannot be compared.
        on_path: whether it lies on the expensive path.
        folded: number of bloqs it stands for, 0 if it is a bloq itself.
    """

    name: str
    wrapped: tuple[str, ...] = ()
    with_inverse: bool = False
    closed: int = 0
    price: Price
    share: float
    on_path: bool = False
    folded: int = 0


@frozen(kw_only=True)
class Summary:
    """A drawn call graph: `nodes[0]` is the root, callers stand before callees.

    Args:
        nodes: what to draw.
        calls: (caller, callee) -> calls per call of the caller; None towards folded bloqs.
        path: node numbers from the root, each the costliest callee of the one before.
        compared_at: the value of each unknown at which shares were compared.
        per_rotation: T gates that a rotation weighs in shares.
    """

    nodes: tuple[Node, ...]
    calls: dict[tuple[int, int], SymbolicInt | None]
    path: tuple[int, ...]
    compared_at: dict[sympy.Expr, sympy.Expr]
    per_rotation: float = 1

    def caption(self) -> str:
        """How to read the numbers, in one sentence per line."""
        lines = [
            "T per call, 4 for each And, Toffoli and CSwap; rotations are counted apart.",
            "Percent of the T gates in all over all calls, a rotation weighing "
            f"{self.per_rotation:g} T; gates count in their caller; bloqs that cost nothing are "
            "left out.",
        ]
        if any(node.with_inverse for node in self.nodes):
            lines.append("and †: the inverse too, which costs the same; calls are those of both.")
        if any(node.wrapped for node in self.nodes):
            lines.append(">: calls nothing else that costs something, once.")
        if self.compared_at:
            values = ", ".join(f"{unknown} = {x}" for unknown, x in self.compared_at.items())
            lines.append(f"Shares and the marked path are those at {plain_symbols(values)}.")
        return "\n".join(lines)


def summary(bloq: Bloq, per_rotation: float = 1) -> Summary:
    """Summarise the call graph of `bloq`.

    The path of the largest T gates in all is shown first, then every layer of a network, then the
    bloqs with the largest share, until `MOST_NODES` are shown; other callees, and those below
    `THRESHOLD`, are folded, or left inside where none is shown. Elementary gates and bloqs that
    cost nothing are part of their caller. Shares of symbolic costs are compared at a trial value
    for each symbol (`estimator.costs.prices.TRIAL_VALUE`); a share that is no number counts as
    `THRESHOLD`.

    Args:
        bloq: the root.
        per_rotation: T gates that a rotation weighs.
    """
    prices = PriceList.of(bloq, per_rotation)
    tree = CallTree.of(bloq, prices)
    graph = tree.callees
    total = prices.weight(prices[bloq]) or math.nan
    times = _times_called(bloq, graph, prices)
    shares = {each: times[each] * prices.weight(prices[each]) / total for each in graph}
    path = _path(bloq, tree, prices, shares)
    kept = _kept(graph, shares, path, tree.roads_to_layers(shares))
    path = [each for each in path if each in kept]

    numbers = {each: i for i, each in enumerate(each for each in graph if each in kept)}
    nodes = [
        Node(
            name=tree.name(each),
            wrapped=tuple(map(bloq_name, tree.wrapped.get(each, ()))),
            with_inverse=each in tree.inverses,
            closed=0 if any(sub in kept for sub in graph[each]) else _inside(each, graph),
            price=prices[each],
            share=shares[each],
            on_path=each in path,
        )
        for each in numbers
    ]
    calls: dict[tuple[int, int], SymbolicInt | None] = {}
    for caller, i in numbers.items():
        inside = {sub: n for sub, n in graph[caller].items() if sub in graph}
        calls |= {(i, numbers[sub]): n for sub, n in inside.items() if numbers.get(sub, 0) > i}
        folded = [(prices[sub], n) for sub, n in inside.items() if sub not in kept]
        if folded and not nodes[i].closed:
            calls[i, len(nodes)] = None
            nodes.append(_fold(folded, times[caller] / total, prices))
    shown = [x for node in nodes for x in (node.price.t, node.price.rotations)]
    return Summary(
        nodes=tuple(nodes),
        calls=calls,
        path=tuple(numbers[each] for each in path),
        compared_at=prices.comparison.trial_values(
            [*shown, *(n for n in calls.values() if n is not None)]
        ),
        per_rotation=per_rotation,
    )


def _times_called(root: Bloq, graph: CallGraph, prices: PriceList) -> dict[Bloq, float]:
    """Calls of each bloq in one run of the root, through all its callers."""
    times = dict.fromkeys(graph, 0.0) | {root: 1.0}
    for caller, inside in graph.items():
        for sub in inside.keys() & graph.keys():
            times[sub] += times[caller] * prices.number(inside[sub])
    return times


def _path(
    root: Bloq, tree: CallTree, prices: PriceList, shares: Mapping[Bloq, float]
) -> list[Bloq]:
    """From the root always to the callee with the largest calls times price, until that is a
    gate, or falls below the threshold. Forms of one layer count together.
    """
    path = [root]
    while inside := tree.callees[path[-1]]:
        spent = {
            sub: _or_zero(prices.number(n) * prices.weight(prices[sub]))
            for sub, n in inside.items()
        }
        together: dict[Bloq | str, float] = {}
        for sub, weight in spent.items():
            key = tree.layers.get(sub, sub)
            together[key] = together.get(key, 0.0) + weight
        costliest = max(
            inside,
            key=lambda sub: (together[tree.layers.get(sub, sub)], spent[sub], sub in tree.callees),
        )
        if costliest not in shares or costliest in path or not shares[costliest] >= THRESHOLD:
            break
        path.append(costliest)
    return path


def _inside(bloq: Bloq, graph: CallGraph) -> int:
    """How many bloqs that could be opened it calls."""
    return sum(sub in graph for sub in graph[bloq])


def _folds(inside: Iterable[Bloq], graph: CallGraph, wanted: set[Bloq]) -> bool:
    """Whether some callees that could be opened are shown and others are folded."""
    return len({sub in wanted for sub in inside if sub in graph}) > 1


def _kept(
    graph: CallGraph, shares: Mapping[Bloq, float], path: list[Bloq], layers: set[Bloq]
) -> set[Bloq]:
    """The bloqs to show: the path first, then layers, then by share, as long as there is room."""
    rank = {each: THRESHOLD if math.isnan(share) else share for each, share in shares.items()}
    rank |= dict.fromkeys((*path, *layers), math.inf)
    kept: set[Bloq] = set()
    ticket = itertools.count()
    queue = [(-math.inf, next(ticket), path[0])]
    while queue:
        _, _, bloq = heapq.heappop(queue)
        wanted = kept | {bloq}
        folds = sum(_folds(graph[each], graph, wanted) for each in wanted)
        if len(wanted) + folds > MOST_NODES and rank[bloq] < math.inf:
            break
        kept = wanted
        for sub in graph[bloq]:
            if sub in graph and sub not in kept and rank[sub] >= THRESHOLD:
                heapq.heappush(queue, (-rank[sub], next(ticket), sub))
    return kept


def _fold(parts: list[tuple[Price, SymbolicInt]], scale: float, prices: PriceList) -> Node:
    """One node for several callees: what they add to one call of their caller."""
    added = Price(
        t=sum((part.t * n for part, n in parts), 0),
        rotations=sum((part.rotations * n for part, n in parts), 0),
        lower_bound=any(part.lower_bound for part, _ in parts),
        unknown=all(part.unknown for part, _ in parts),
    )
    name = f"… {len(parts)} smaller bloq{'s' if len(parts) > 1 else ''}"
    return Node(name=name, price=added, share=prices.weight(added) * scale, folded=len(parts))


def _or_zero(value: float) -> float:
    return 0.0 if math.isnan(value) else value
