"""Printed: the power of the logarithm in the cost of regime 2."""

from math import log

from bloqs.resnet.model.block_plan import Output, Variant
from bloqs.resnet.model.network_plan import network_plan
from proofs.claim import Measurement
from proofs.erratum import Erratum

ENTRIES = 2**14


def observe(k: int, error: float, smaller: float) -> Measurement:
    """Power of log(sqrt(entries) / epsilon) with which calls of the input grow."""
    calls, logs = [], []
    for epsilon in (error, smaller):
        plan = network_plan(
            Variant.TIGHT, k, ENTRIES, epsilon, 2, length=1.0, output=Output.LINEAR_POOL
        )
        calls.append(int(plan.input_calls))
        logs.append(log(ENTRIES**0.5 / epsilon))
    return Measurement(value=log(calls[1] / calls[0]) / log(logs[1] / logs[0]))


ERRATUM = Erratum(
    says="With k residual blocks and the output block, cost grows in regime 2 with the power 2 k "
    "of log(N**(d / 2) / epsilon).",
    corrected_says="It grows with the power 2 k + 1 of Theorem 2: the output block normalises too.",
    see="resnet.regime_2_growth",
    relation="<=",
    observe=observe,
    printed=lambda k, error, smaller: 2.0 * k,
    corrected=lambda k, error, smaller: 2.0 * k + 1,
    instances=(
        {"k": 1, "error": 1e-30, "smaller": 1e-200},
        {"k": 2, "error": 1e-30, "smaller": 1e-200},
    ),
    twin_says="A power of 2 k + 1 is what is printed.",
    source="[RHGPR25] Sec. 4.1.2, against Thm. 2",
)
