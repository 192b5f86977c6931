"""Cost of a bloq of symbolic size, each time in a process that remembers nothing."""

from functools import partial
from typing import Any

from qualtran import Bloq, BloqExample
from qualtran.bloqs.data_loading.qroam_clean import _qroam_clean_multi_data
from qualtran.bloqs.data_loading.qrom import _qrom_symb
from qualtran.bloqs.data_loading.select_swap_qrom import (
    _qroam_symb_dirty_1d,
    _qroam_symb_dirty_2d,
)
from qualtran.resource_counting import QECGatesCost, QubitCount, get_cost_value

from benchmarks.benchmark import Benchmark, Case
from bloqs.convolution.adder import adder_convolution_symbolic_example
from bloqs.convolution.multiplexed import multiplexed_convolution_symbolic_example
from estimator.costs.cost import cost_by_annotation

OURS = (adder_convolution_symbolic_example, multiplexed_convolution_symbolic_example)
QUALTRANS = (_qrom_symb, _qroam_symb_dirty_1d, _qroam_symb_dirty_2d, _qroam_clean_multi_data)
"""All of symbolic size but the last."""


def made(example: BloqExample) -> Bloq:
    return example.make()


def qualtran(bloq: Any) -> Any:
    return get_cost_value(bloq, QECGatesCost()), get_cost_value(bloq, QubitCount())


def cases(examples: tuple[BloqExample, ...], headline: str) -> list[Case]:
    return [
        Case(
            what="symbolic cost",
            size=example.name,
            setup=partial(made, example),
            ours=cost_by_annotation,
            peer=qualtran,
            note="Qualtran: `QECGatesCost`, `QubitCount`; ours also counts oracle calls",
            grows=False,
            afresh=True,
            headline=headline,
        )
        for example in examples
    ]


SYMBOLIC_COST = Benchmark(
    "symbolic_cost",
    [
        *cases(
            OURS,
            "cost of a convolution of symbolic size, nothing remembered, against gates and qubits "
            "asked of Qualtran; ours also counts oracle calls and work qubits",
        ),
        *cases(QUALTRANS, "the same of four of Qualtran's own memories"),
    ],
)
