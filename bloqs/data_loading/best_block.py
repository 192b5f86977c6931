"""The block size that makes a construction cheapest."""

from collections.abc import Callable

from qualtran import Bloq
from qualtran.resource_counting import GateCounts, QECGatesCost, get_cost_value

from bloqs.abstract import AbstractLoader
from bloqs.data_loading.loaders import LOADERS, QROAMLoader, SelectSwapLoader, loader_named


def best_block(name: str, widest: int, build: Callable[[AbstractLoader], Bloq]) -> AbstractLoader:
    """The loader called `name` with the block size that minimises Toffoli-like gates.

    Args:
        name: of the loader; one without blocks is returned as it is.
        widest: largest address width among the tables. Unit: qubits.
        build: the construction with a given loader, of concrete size.
    """
    if LOADERS[name] not in (QROAMLoader, SelectSwapLoader):
        return loader_named(name, 0)
    smallest = 0 if LOADERS[name] is QROAMLoader else 1
    sizes = range(smallest, max(smallest, widest // 2) + 1)
    loaders = [loader_named(name, beta) for beta in sizes]
    known: dict[Bloq, GateCounts] = {}

    def toffolis(loader: AbstractLoader) -> int:
        gates = get_cost_value(build(loader), QECGatesCost(), costs_cache=known)
        return gates.and_bloq + gates.toffoli + gates.cswap

    return min(loaders, key=toffolis)
