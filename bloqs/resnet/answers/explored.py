"""What a page shows beside the cost of a residual network: the exact classical evaluation."""

from collections.abc import Sequence

import sympy

from bloqs.resnet import symbols as own
from bloqs.resnet.rivals.flops import ResidualShape
from estimator import symbols
from estimator.ask.question import Asked
from estimator.explorer.shown_column import ShownColumn

CLASSICAL = "exact classical evaluation"
COMPARED = "ours, as compared"


def rivals(asked: Asked) -> Sequence[ShownColumn]:
    """Gates and layers as `compare resnet` counts them, and those of the exact evaluation.

    Args:
        asked: with a number of blocks; other sizes may be symbols.
    """
    values = asked.values
    output = values.get("output") or "none"
    N, C = values.get("N", symbols.N), values.get("C", own.channels)
    D = values.get("D", symbols.D)
    side = sympy.sqrt(sympy.sympify(N) / C)
    shape = ResidualShape(C, D, side, values["k"], output == "linear-pool")
    flops = shape.vector_flops if output == "none" else shape.flops
    reads = sympy.Integer(0)
    if values["loader"] == "ideal" and (values["regime"] == "1" or output == "linear-pool"):
        reads = symbols.bare("QRAM")
    counted = symbols.bare("toffoli") + symbols.bare("cswap") + reads
    layers = shape.layers(sympy.log(N, 2), output != "none")
    return (
        ShownColumn("rival.counted", "Toffoli, AND, CSWAP, look-ups", "gates", COMPARED, counted),
        ShownColumn("rival.layers", "Toffoli depth and look-ups", "layers", COMPARED,
                    symbols.bare("toffoli_depth") + reads),
        ShownColumn("rival.exact", "FLOP and look-ups", "FLOP", CLASSICAL,
                    sympy.expand(flops + shape.lookups), is_rival=True),
        ShownColumn("rival.exact_layers", "FLOP and look-ups in sequence, on any number of "
                    "processors", "layers", CLASSICAL, layers + 1, is_rival=True),
    )  # fmt: skip
