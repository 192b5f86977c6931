"""Draw what a bloq is made of and where its cost goes."""

import io
import itertools
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, PathPatch, Rectangle
from matplotlib.path import Path as Curve
from qualtran import Bloq
from qualtran.symbolics import SymbolicInt
from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from estimator.costs.known import one_question
from estimator.drawing.call_summary import Node, Summary, summary
from estimator.drawing.layered_layout import layered_layout
from estimator.report import ink
from estimator.report.formula import EXPRESSION_WIDTH, expression_text
from estimator.report.text import bloq_name

TIMES = "\N{MULTIPLICATION SIGN}"
MARGIN, COLUMN_GAP = 0.35, 0.7  # inches, as all lengths here
NODE_HEIGHT, GAP, PORT = 0.5, 0.18, 0.15
NAME, SMALL = 9.0, ink.SMALL  # points
AND_INVERSE = "and †"


@one_question()
def draw_callgraph(
    bloq: Bloq, path: str | Path, fmt: str, title: str | None = None, per_rotation: float = 1
) -> None:
    """Write the call graph of `bloq` with costs on its nodes, most of the cost at a glance.

    A node shows a bloq, the price of one call (T gates, with 4 per And, Toffoli and CSwap, and
    rotations apart) and its share of the total over all calls; an edge shows the number of
    calls. Bloqs below 2 percent of the total, or beyond 25 nodes, are folded into one node per
    caller, which says how many they are and their share; gates are part of their caller. The
    expensive path (always the callee with the largest calls times T gates in all) and every layer
    of a network are shown whatever they cost. The path is thick and orange, in text marked with ▶.
    A bloq and its inverse share a node where they cost the same, and so do bloqs that call one
    other, once. Shares of symbolic costs are compared at trial values, which are stated.

    Args:
        bloq: any bloq, symbolic or not; one without a known cost is drawn as such.
        path: the file to write.
        fmt: one of `estimator.report.ink.FORMATS`.
        title: above the drawing; the name of the bloq if `None`.
        per_rotation: T gates that a rotation weighs in shares.

    Raises:
        ValueError: if `fmt` is none of these, `bloq` is no bloq, or `path` cannot be written.
    """
    ink.check_format("draw_callgraph", fmt)
    if not isinstance(bloq, Bloq):
        raise ValueError(f"draw_callgraph needs a Qualtran bloq, got {bloq!r}; pass a Bloq object.")
    found = summary(bloq, per_rotation)
    if fmt == "txt":
        text = _tree(found)
        ink.write_text(path, text if title is None else f"{title}\n\n{text}")
    else:
        heading = f"Call graph of {bloq_name(bloq)}" if title is None else f"Call graph: {title}"
        ink.write_figure(path, _figure(found, heading), fmt)


def _percent(share: float) -> str:
    """`share` in percent; empty where it cannot be compared."""
    if not share >= 0:
        return ""
    return f"{100 * share:.0f}%" if share >= 0.01 or share == 0 else "<1%"


def _tree(found: Summary) -> str:
    """The summary as an indented tree; a bloq met again is not opened again."""
    seen = set()

    def grow(i: int, calls: str) -> Tree:
        node = found.nodes[i]
        again = "  (opened above)" if i in seen and any(a == i for a, _ in found.calls) else ""
        mark = "▶ " if node.on_path else ""
        said = " ".join([node.name, *([AND_INVERSE] if node.with_inverse else [])])
        said = " > ".join([said, *node.wrapped])
        words = [f"{mark}{calls}{said}", str(node.price), _percent(node.share), _closed(node)]
        tree = Tree(Text("  ".join(word for word in words if word) + again))
        if i not in seen:
            seen.add(i)
            for (caller, callee), n in found.calls.items():
                if caller == i:
                    times = "" if n is None else f"{expression_text(n)} {TIMES} "
                    tree.children.append(grow(callee, times))
        return tree

    output = io.StringIO()
    plain = Console(
        file=output, width=1000, color_system=None, legacy_windows=False, force_jupyter=False
    )
    plain.print(grow(0, ""))
    lines = [line.rstrip() for line in output.getvalue().splitlines()]
    return "\n".join([*lines, "", found.caption(), "▶ marks the most expensive path."])


def _figure(found: Summary, title: str) -> Figure:
    """The summary as boxes in columns from left to right, edges as curves between them."""
    nodes, calls = found.nodes, found.calls
    entering = [sorted(edge for edge in calls if edge[1] == i) for i in range(len(nodes))]
    heights = [
        max(NODE_HEIGHT + PORT * (len(_lines(node)) - 1), PORT * len(edges) + 0.1)
        for node, edges in zip(nodes, entering, strict=True)
    ]
    layout = layered_layout(heights, list(calls), GAP)
    labels = {edge: _calls_text(n) for edge, n in calls.items()}
    columns = range(max(layout.layer) + 1)
    widths, left, at = [], [], MARGIN
    for k in columns:
        arriving = [text for (_, b), text in labels.items() if layout.layer[b] == k]
        at += max((ink.text_width(text, SMALL, "bold") for text in arriving), default=0)
        left.append(at)
        widths.append(max(_node_width(nodes[i]) for i, l in enumerate(layout.layer) if l == k))
        at += widths[k] + COLUMN_GAP

    said = [*found.caption().splitlines(), "Orange: the most expensive path."]
    heading = ink.Heading.of(title, "", at - COLUMN_GAP - MARGIN)
    room = max(at - COLUMN_GAP - MARGIN, ink.READABLE)
    caption = [line for sentence in said for line in ink.wrapped(sentence, SMALL, room)]
    widest = max(heading.width, *(ink.text_width(line, SMALL) for line in caption))
    width = max(at - COLUMN_GAP, MARGIN + widest) + MARGIN
    top = heading.height + 0.1
    foot = top + layout.height + 0.4
    figure, axes = ink.canvas(width, foot + ink.SMALL_LINE * len(caption))
    heading.write(axes, MARGIN)
    for k, line in enumerate(caption):
        ink.write(axes, MARGIN, foot + ink.SMALL_LINE * k, line, SMALL, color=ink.QUIET)

    for i, edges in enumerate(entering):
        y = top + layout.y[i]
        from_above = sorted(edges, key=lambda edge: (layout.bends[edge] or [layout.y[edge[0]]])[-1])
        for port, edge in enumerate(from_above):
            first, last = layout.layer[edge[0]], layout.layer[i]
            stops = [(left[first] + widths[first], top + layout.y[edge[0]])]
            for k, bend in enumerate(layout.bends[edge], first + 1):
                stops += [(left[k], top + bend), (left[k] + widths[k], top + bend)]
            height = y + PORT * (port - (len(edges) - 1) / 2)
            stops.append((left[last] - ink.text_width(labels[edge], SMALL, "bold") - 0.16, height))
            hot = edge in zip(found.path, found.path[1:], strict=False)
            _draw_edge(axes, stops, left[last], hot)
            style = {"ha": "right", "weight": "bold" if hot else "normal"}
            ink.write(axes, left[last] - 0.08, height, labels[edge], SMALL, **style)
        column = layout.layer[i]
        _draw_node(axes, nodes[i], left[column], y, widths[column], heights[i])
    return figure


def _calls_text(calls: SymbolicInt | None) -> str:
    return "" if calls is None else TIMES + expression_text(calls, 16)


def _closed(node: Node) -> str:
    """What is inside a node and not shown."""
    return f"… {node.closed} bloq{'' if node.closed == 1 else 's'} inside" if node.closed else ""


def _lines(node: Node) -> list[str]:
    """What stands below the name: what is wrapped, then the price, on one line if that is short,
    else rotations on their own line.
    """
    price = [str(node.price)] if len(str(node.price)) <= EXPRESSION_WIDTH else node.price.lines()
    inside = [_closed(node)] if node.closed else []
    return [*(f"> {name}" for name in node.wrapped), *price, *inside]


def _node_width(node: Node) -> float:
    lines = [f"{line}    {_percent(node.share)}" for line in _lines(node)]
    below = max(ink.text_width(line, SMALL, "bold") for line in lines)
    return max(_name_width(node), below, 0.9) + 0.24


def _name_width(node: Node) -> float:
    inverse = ink.text_width(AND_INVERSE, SMALL) + 0.06 if node.with_inverse else 0.0
    return ink.text_width(node.name, NAME, "bold") + inverse


def _draw_edge(axes: Any, stops: list[tuple[float, float]], end: float, hot: bool) -> None:
    """A curve that is level at every stop, then straight to `end` under its label."""
    points, codes = [stops[0]], [Curve.MOVETO]
    for k, ((x0, y0), (x1, y1)) in enumerate(itertools.pairwise(stops)):
        if k % 2 == 0:
            middle = (x0 + x1) / 2
            points += [(middle, y0), (middle, y1), (x1, y1)]
            codes += [Curve.CURVE4] * 3
        else:
            points.append((x1, y1))
            codes.append(Curve.LINETO)
    ends = [(end, stops[-1][1])] if end - stops[-1][0] < 0.2 else []
    colour, thick = (ink.HOT, 2.4) if hot else (ink.LINE, 0.9)
    points, codes = points + ends, codes + [Curve.LINETO] * len(ends)
    patch = PathPatch(Curve(points, codes), fc="none", ec=colour, lw=thick, zorder=2 + hot)
    axes.add_patch(patch)


def _draw_node(axes: Any, node: Node, x: float, y: float, width: float, height: float) -> None:
    colour = ink.HOT if node.on_path else ink.COOL
    box = FancyBboxPatch(
        (x, y - height / 2),
        width,
        height,
        boxstyle="round,pad=0,rounding_size=0.06",
        fc=ink.HOT_PANEL if node.on_path else "white" if node.folded else ink.PANEL,
        ec=ink.HOT if node.on_path else ink.LINE,
        lw=1.8 if node.on_path else 0.8,
        ls="--" if node.folded else "-",
        zorder=4,
    )
    axes.add_patch(box)
    name = {"color": ink.QUIET} if node.folded else {"weight": "bold"}
    lines = _lines(node)
    top = y - (NODE_HEIGHT + PORT * (len(lines) - 1)) / 2
    ink.write(axes, x + 0.12, top + 0.14, node.name, NAME, **name)
    if node.with_inverse:
        end = x + 0.12 + _name_width(node) - ink.text_width(AND_INVERSE, SMALL)
        ink.write(axes, end, top + 0.14, AND_INVERSE, SMALL, color=ink.QUIET)
    for k, line in enumerate(lines):
        is_price = len(node.wrapped) <= k < len(lines) - (node.closed > 0)
        quiet = {} if is_price else {"color": ink.QUIET}
        ink.write(axes, x + 0.12, top + 0.32 + PORT * k, line, SMALL, **quiet)
    percent = {"ha": "right", "color": colour, "weight": "bold"}
    at = top + 0.32 + PORT * len(node.wrapped)
    ink.write(axes, x + width - 0.12, at, _percent(node.share), SMALL, **percent)
    if node.share > 0:
        bar, bottom = (width - 0.24) * min(node.share, 1), top + 0.41 + PORT * (len(lines) - 1)
        axes.add_patch(Rectangle((x + 0.12, bottom), bar, 0.035, fc=colour, zorder=5))
