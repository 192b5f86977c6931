"""Place the nodes of an acyclic graph in layers from left to right, with few crossings."""

import itertools

from attrs import frozen

_SWEEPS = 12


@frozen(kw_only=True)
class Layout:
    """Where nodes and edges go; lengths in the unit of the heights given.

    Args:
        layer: node -> layer, every edge pointing to a higher one.
        y: node -> middle of the node, downwards from 0.
        bends: edge -> y at each layer the edge passes between its ends.
        height: lower end of the lowest node.
    """

    layer: list[int]
    y: list[float]
    bends: dict[tuple[int, int], list[float]]
    height: float


def layered_layout(heights: list[float], edges: list[tuple[int, int]], gap: float) -> Layout:
    """Lay out the nodes 0, 1, ...; each edge must point to a higher number.

    A node stands one layer right of its last predecessor; edges over several layers get a place
    in each, so they run around nodes. Barycenter sweeps order the layers, then nodes move
    towards their neighbours as far as the order and `gap` between nodes allow.

    Args:
        heights: height of each node.
        edges: (from, to) with from < to.
        gap: least distance between two nodes of a layer.
    """
    layer = [0] * len(heights)
    for a, b in sorted(edges):
        layer[b] = max(layer[b], layer[a] + 1)
    heights, level = list(heights), list(layer)
    chains = {}
    for a, b in edges:
        bends = range(len(heights), len(heights) + layer[b] - layer[a] - 1)
        heights += [gap / 2] * len(bends)
        level += range(layer[a] + 1, layer[b])
        chains[a, b] = [a, *bends, b]
    neighbours: list[list[int]] = [[] for _ in heights]
    for chain in chains.values():
        for i, j in itertools.pairwise(chain):
            neighbours[i].append(j)
            neighbours[j].append(i)
    rows = [[i for i, at in enumerate(level) if at == k] for k in range(max(level) + 1)]
    rows = _ordered(rows, neighbours, level)
    y = _placed(rows, neighbours, heights, gap)
    top = min(at - h / 2 for at, h in zip(y, heights, strict=True))
    y = [at - top for at in y]
    return Layout(
        layer=layer,
        y=y[: len(layer)],
        bends={edge: [y[i] for i in chain[1:-1]] for edge, chain in chains.items()},
        height=max(at + h / 2 for at, h in zip(y, heights, strict=True)),
    )


def _ordered(
    rows: list[list[int]], neighbours: list[list[int]], level: list[int]
) -> list[list[int]]:
    """Reorder each layer by the mean place of its neighbours; the least crossed order wins."""
    best, fewest = rows, _crossings(rows, neighbours, level)
    for sweep in range(_SWEEPS):
        step = 1 if sweep % 2 == 0 else -1
        rows = list(rows)
        for k in range(1, len(rows)) if step == 1 else range(len(rows) - 2, -1, -1):
            place = {i: at for at, i in enumerate(rows[k - step])}
            means = {}
            for at, i in enumerate(rows[k]):
                near = [place[j] for j in neighbours[i] if j in place]
                means[i] = sum(near) / len(near) if near else at
            rows[k] = sorted(rows[k], key=means.__getitem__)
        crossings = _crossings(rows, neighbours, level)
        if crossings < fewest:
            best, fewest = rows, crossings
    return best


def _crossings(rows: list[list[int]], neighbours: list[list[int]], level: list[int]) -> int:
    place = {i: at for row in rows for at, i in enumerate(row)}
    total = 0
    for row in rows:
        ends = [
            (place[i], place[j]) for i in row for j in neighbours[i] if level[j] == level[i] + 1
        ]
        total += sum((a - c) * (b - d) < 0 for a, b in ends for c, d in ends)
    return total // 2


def _placed(
    rows: list[list[int]], neighbours: list[list[int]], heights: list[float], gap: float
) -> list[float]:
    """Move every node to the mean of its neighbours, keeping order and distances."""
    y = [0.0] * len(heights)
    offsets = []
    for row in rows:
        at, offset = 0.0, []
        for i in row:
            offset.append(at + heights[i] / 2)
            at += heights[i] + gap
        offsets.append([each - at / 2 for each in offset])
        for i, place in zip(row, offsets[-1], strict=True):
            y[i] = place
    for _ in range(3 * _SWEEPS):
        for row, offset in zip(rows, offsets, strict=True):
            wish = [sum(y[j] for j in neighbours[i]) / max(len(neighbours[i]), 1) for i in row]
            slack = _rising([w - o for w, o in zip(wish, offset, strict=True)])
            for i, s, o in zip(row, slack, offset, strict=True):
                y[i] = s + o
    return y


def _rising(values: list[float]) -> list[float]:
    """The nearest sequence, in least squares, that never falls (pool adjacent violators)."""
    pools: list[tuple[float, int]] = []
    for value in values:
        pools.append((value, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (a, m), (b, n) = pools[-2:]
            pools[-2:] = [((a * m + b * n) / (m + n), m + n)]
    return [mean for mean, count in pools for _ in range(count)]
