"""Cost of a bloq of symbolic size, every cache empty."""

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
from sympy.core.cache import clear_cache

from benchmarks.benchmark import Benchmark, Case
from bloqs.convolution.adder import adder_convolution_symbolic_example
from bloqs.convolution.multiplexed import multiplexed_convolution_symbolic_example
from estimator.costs.cost import cost_by_annotation
from estimator.costs.known import forget

EXAMPLES: tuple[BloqExample, ...] = (
    adder_convolution_symbolic_example,
    multiplexed_convolution_symbolic_example,
    _qrom_symb,
    _qroam_symb_dirty_1d,
    _qroam_symb_dirty_2d,
    _qroam_clean_multi_data,
)


def fresh(example: BloqExample) -> Bloq:
    clear_cache()
    forget()  # what this process remembers of costs
    return example.make()


def qualtran(bloq: Any) -> Any:
    return get_cost_value(bloq, QECGatesCost()), get_cost_value(bloq, QubitCount())


SYMBOLIC_COST = Benchmark(
    "symbolic_cost",
    [
        Case(
            what="symbolic cost",
            size=example.name,
            setup=partial(fresh, example),
            ours=cost_by_annotation,
            peer=qualtran,
            note="Qualtran: `QECGatesCost`, `QubitCount`; ours also counts oracle calls",
            grows=False,
        )
        for example in EXAMPLES
    ],
)
