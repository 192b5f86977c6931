"""The part of a bloq's call graph worth looking at: at most a screenful, costs on every node."""

import heapq
import itertools
import math

import sympy
from attrs import frozen
from qualtran import Bloq
from qualtran.symbolics import SymbolicInt

from estimator.costs.prices import Price, PriceList, callees, is_gate
from estimator.report.text import bloq_name, plain_symbols

THRESHOLD = 0.02
"""A bloq is folded into its caller's "… smaller bloqs" below this share of the total."""

MOST_NODES = 25
"""Most nodes in a summary."""


_Graph = dict[Bloq, dict[Bloq, SymbolicInt]]


@frozen(kw_only=True)
class Node:
    """A bloq, or the bloqs one caller folds away.

    Args:
        name: what to write on it.
        price: cost of one call; for folded bloqs, what they add to one call of their caller.
        share: part of the whole spent here over all calls; nan if that cannot be compared.
        on_path: whether it lies on the expensive path.
        folded: number of bloqs it stands for, 0 if it is a bloq itself.
    """

    name: str
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
        compared_at: the value of each free symbol at which shares were compared.
    """

    nodes: tuple[Node, ...]
    calls: dict[tuple[int, int], SymbolicInt | None]
    path: tuple[int, ...]
    compared_at: dict[sympy.Symbol, sympy.Expr]

    def caption(self) -> str:
        """How to read the numbers, in one sentence per line."""
        lines = [
            "T per call, 4 for each And, Toffoli and CSwap; rotations are counted apart.",
            "Percent of the total over all calls, a rotation weighing as one T; "
            "gates count in their caller; bloqs that cost nothing are left out.",
        ]
        if self.compared_at:
            values = ", ".join(f"{symbol} = {value}" for symbol, value in self.compared_at.items())
            lines.append(f"Shares and the marked path are those at {plain_symbols(values)}.")
        return "\n".join(lines)


def summary(bloq: Bloq) -> Summary:
    """Summarise the call graph of `bloq`.

    Starting at the root, the bloq with the largest share is opened next until `MOST_NODES` are
    shown; callees below `THRESHOLD` are folded. Elementary gates and bloqs that cost nothing are
    part of their caller. Shares of symbolic costs are compared at a trial value for each
    symbol (`estimator.costs.prices.TRIAL_VALUE`); a share that is no number counts as `THRESHOLD`.
    """
    prices = PriceList.of(bloq)
    graph = _call_graph(bloq, prices)
    total = prices.weight(prices[bloq]) or math.nan
    times = _times_called(bloq, graph, prices)
    shares = {each: times[each] * prices.weight(prices[each]) / total for each in graph}
    path = _path(bloq, graph, prices, shares)
    kept = _kept(graph, shares, path)
    path = [each for each in path if each in kept]

    numbers = {each: i for i, each in enumerate(each for each in graph if each in kept)}
    nodes = [
        Node(name=bloq_name(each), price=prices[each], share=shares[each], on_path=each in path)
        for each in numbers
    ]
    calls: dict[tuple[int, int], SymbolicInt | None] = {}
    for caller, i in numbers.items():
        inside = {sub: n for sub, n in graph[caller].items() if sub in graph}
        calls |= {(i, numbers[sub]): n for sub, n in inside.items() if numbers.get(sub, 0) > i}
        if folded := [(prices[sub], n) for sub, n in inside.items() if sub not in kept]:
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
    )


def _call_graph(root: Bloq, prices: PriceList) -> _Graph:
    """Each bloq to be opened -> its callees, callers first, the costliest callee first."""
    graph: _Graph = {}
    opened = set()

    def visit(bloq: Bloq) -> None:
        opened.add(bloq)
        inside = callees(bloq) or {}
        spent = {sub: prices.number(n) * prices.weight(prices[sub]) for sub, n in inside.items()}
        ranked = sorted(inside, key=lambda sub: (-_or_zero(spent[sub]), bloq_name(sub)))
        for sub in reversed(ranked):
            if sub not in opened and not is_gate(sub) and not prices[sub].is_free:
                visit(sub)
        graph[bloq] = {sub: inside[sub] for sub in ranked}

    visit(root)
    return dict(reversed(graph.items()))


def _times_called(root: Bloq, graph: _Graph, prices: PriceList) -> dict[Bloq, float]:
    """Calls of each bloq in one run of the root, through all its callers."""
    times = dict.fromkeys(graph, 0.0) | {root: 1.0}
    for caller, inside in graph.items():
        for sub in inside.keys() & graph.keys():
            times[sub] += times[caller] * prices.number(inside[sub])
    return times


def _path(root: Bloq, graph: _Graph, prices: PriceList, shares: dict[Bloq, float]) -> list[Bloq]:
    """From the root always to the callee with the largest calls times price, until that is a
    gate, or falls below the threshold.
    """
    path = [root]
    while inside := graph[path[-1]]:
        spent = {
            sub: _or_zero(prices.number(n) * prices.weight(prices[sub]))
            for sub, n in inside.items()
        }
        costliest = max(inside, key=lambda sub: (spent[sub], sub in graph))
        if costliest not in graph or costliest in path or not shares[costliest] >= THRESHOLD:
            break
        path.append(costliest)
    return path


def _kept(graph: _Graph, shares: dict[Bloq, float], path: list[Bloq]) -> set[Bloq]:
    """The bloqs to show: the path first, then by share, as long as there is room."""
    rank = {each: THRESHOLD if math.isnan(share) else share for each, share in shares.items()}
    rank |= dict.fromkeys(path, math.inf)
    kept: set[Bloq] = set()
    ticket = itertools.count()
    queue = [(-math.inf, next(ticket), path[0])]
    while queue:
        _, _, bloq = heapq.heappop(queue)
        wanted = kept | {bloq}
        folds = sum(any(s in graph and s not in wanted for s in graph[each]) for each in wanted)
        if len(wanted) + folds > MOST_NODES:
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
