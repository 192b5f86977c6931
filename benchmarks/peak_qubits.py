"""Peak qubits of a linear combination of many unitaries: the Hubbard model on a square."""

from functools import partial
from typing import Any

from qualtran.bloqs.block_encoding import LCUBlockEncoding
from qualtran.bloqs.chemistry.hubbard_model.qubitization import PrepareHubbard, SelectHubbard
from qualtran.resource_counting import QubitCount, get_cost_value

from benchmarks.benchmark import Benchmark, Case
from estimator.costs.keys import PeakQubits


def make(side: int) -> LCUBlockEncoding:
    prepare = PrepareHubbard(side, side, t=1, u=4)
    return LCUBlockEncoding(SelectHubbard(side, side), prepare)


def ours(bloq: Any) -> int:
    return get_cost_value(bloq, PeakQubits())


def qualtran(bloq: Any) -> int:
    return get_cost_value(bloq, QubitCount())


PEAK_QUBITS = Benchmark(
    "peak_qubits",
    [
        Case(
            what="peak qubits of a Hubbard block-encoding",
            size=f"{side} x {side}",
            setup=partial(make, side),
            ours=ours,
            peer=qualtran,
            same=int.__eq__,
            note="Qualtran: `QubitCount`",
            headline="peak qubits of a Hubbard block-encoding of 2 x 2 to 20 x 20 sites, against "
            "`QubitCount`, same number",
            limit=120,
        )
        for side in (2, 4, 8, 12, 20)
    ],
)
