"""What all convolutions of a network file cost together."""

from collections.abc import Sequence

import sympy

from bloqs.convolution.abstract_convolution import AbstractConvolution
from estimator.ask.question import Asked
from estimator.costs.answer import pricing
from estimator.costs.cost import cost_by_annotation
from estimator.costs.keys import ToffoliDepth
from estimator.costs.known import known_cost
from estimator.costs.simplify import largest, multiplied_out
from estimator.report.parts import Column, Kind, Row, Table
from estimator.report.text import EXACT


def total_table(bloqs: Sequence[AbstractConvolution], asked: Asked) -> Table:
    """Gates, depth and width of convolutions that run one after another, each once.

    Args:
        bloqs: the convolutions.
        asked: the question, for how rotations are priced.
    """
    costs = [cost_by_annotation(bloq) for bloq in bloqs]
    method, error, _ = pricing(asked)
    each = method.t_count(error)
    depths = [known_cost(bloq, ToffoliDepth()) for bloq in bloqs]
    rows: list[Row] = [
        {"what": label, "total": multiplied_out(sum(values)), "unit": "gates"}
        for label, values in (
            ("Toffoli and AND", [cost.toffoli for cost in costs]),
            ("CSWAP", [cost.cswap for cost in costs]),
            ("T", [cost.t for cost in costs]),
            ("rotations", [cost.rotations for cost in costs]),
            ("T in all", [cost.t_count(each) for cost in costs]),
        )
    ]
    measured = sum(cost.measurements for cost in costs)
    rows += [
        {"what": "measurements", "total": multiplied_out(measured), "unit": "measurements"},
        {"what": "Toffoli depth", "total": multiplied_out(sum(depths)), "unit": "layers, at most"},
        {
            "what": "qubits",
            "total": largest({sympy.sympify(cost.qubits) for cost in costs}),
            "unit": "logical qubits",
        },
    ]
    return Table(
        key="total",
        columns=[
            Column(key="what", label=""),
            Column(key="total", style=EXACT, kind=Kind.UPPER_BOUND),
            Column(key="unit", label=""),
        ],
        rows=rows,
        heading=f"all {len(bloqs)} convolutions, each once, one after another",
    )
