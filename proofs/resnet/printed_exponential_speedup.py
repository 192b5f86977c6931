"""Printed, and read in gates: regime 1 is polylogarithmic in the number of entries."""

from functools import cache
from math import log, sqrt

from bloqs.data_loading.loaders import BucketBrigadeLoader
from bloqs.resnet.model.block_plan import Output
from bloqs.resnet.model.memory import Regime
from estimator.costs.cost import cost_by_annotation
from proofs.claim import Measurement
from proofs.erratum import Erratum
from proofs.resnet.network_growth import network

ERROR, BITS = 1e-2, 60


@cache
def _gates(size: int) -> float:
    """Toffoli-like gates of one residual block and the output block, in a memory of gates."""
    memory, access = BucketBrigadeLoader(), Regime.INPUT_AND_WEIGHTS
    found = network(memory, access, 1, 2**size, ERROR, BITS, Output.LINEAR_POOL)
    return float(cost_by_annotation(found).toffolis)


def observe(size: int, larger: int) -> Measurement:
    """Gates for 2**larger entries over those for 2**size."""
    return Measurement(value=_gates(larger) / _gates(size))


def logarithms(size: int, larger: int) -> float:
    """By how much log(sqrt(N) / epsilon)**3 log(N)**2 grows."""
    growth = log(sqrt(2**larger) / ERROR) / log(sqrt(2**size) / ERROR)
    return growth**3 * (larger / size) ** 2


ERRATUM = Erratum(
    says="Regime 1 is exponentially faster than any classical network.",
    reading="In gates, of a memory made of gates: their number grows with "
    "log(sqrt(N) / epsilon)**(2 k + 1) log(N)**2 at most.",
    corrected_says="The depth does; gates grow with N**2 besides, as the classical product with "
    "the matrix does. Exponential is the speed-up in depth against one exact classical processor.",
    see="resnet.active_memory_growth",
    relation="<=",
    observe=observe,
    printed=logarithms,
    corrected=lambda size, larger: 4.0 ** (larger - size) * logarithms(size, larger),
    instances=({"size": 8, "larger": 12}, {"size": 12, "larger": 30}),
    twin_says="Growth with N**2 and logarithms is what is printed.",
    source="[RHGPR25] Thm. 2 and Sec. 4.1.1, with the memory of App. D",
)
