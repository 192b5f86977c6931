"""Printed, and read in gates: regime 2 takes the fourth root of the classical time."""

from functools import cache
from math import log2

from bloqs.data_loading.loaders import BucketBrigadeLoader
from bloqs.resnet.model.block_plan import Output
from bloqs.resnet.model.memory import Regime
from estimator.costs.cost import cost_by_annotation
from proofs.claim import Measurement
from proofs.erratum import Erratum
from proofs.resnet.network_growth import network

ERROR, BITS = 1e-2, 80


@cache
def _gates(size: int) -> float:
    """Toffoli-like gates for two vectors of 2**size entries, in a memory of gates."""
    memory, access = BucketBrigadeLoader(), Regime.WEIGHTS
    found = network(memory, access, 1, 2**size, ERROR, BITS, Output.LINEAR_POOL, order=2)
    return float(cost_by_annotation(found).toffolis)


def observe(size: int, larger: int) -> Measurement:
    """Power of N with which the gates grow from 2**size to 2**larger entries a vector."""
    return Measurement(value=log2(_gates(larger) / _gates(size)) / (larger - size))


ERRATUM = Erratum(
    says="Regime 2 on the product of two vectors of N entries takes time N, up to logarithms, "
    "where a classical matrix product takes N**4.",
    reading="In gates, of a memory made of gates: their number grows at most with N**1.5, half a "
    "power for the logarithms.",
    corrected_says="The depth grows with N; the matrix has N**4 cells, each of which every query "
    "drives, so that gates grow with N**4 and, at most half a power, logarithms. Quartic is the "
    "speed-up in depth against one exact classical processor.",
    see="resnet.regime_2_growth",
    relation="<=",
    observe=observe,
    printed=lambda size, larger: 1.5,
    corrected=lambda size, larger: 4.5,
    instances=({"size": 8, "larger": 20}, {"size": 20, "larger": 40}),
    twin_says="A power of four is what is printed.",
    source="[RHGPR25] Sec. 4.1.2, with the memory of App. D",
)
