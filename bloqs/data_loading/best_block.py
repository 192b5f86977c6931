"""The block size that makes a construction cheapest."""

from collections.abc import Callable

from qualtran import Bloq
from qualtran.symbolics import is_symbolic

from bloqs.abstract import AbstractLoader
from bloqs.data_loading.loaders import LOADERS, QROAMLoader, SelectSwapLoader, loader_named
from estimator.costs.gate_counts import GATES
from estimator.costs.known import known_cost
from estimator.costs.prices import PriceList


def best_block(name: str, widest: int, build: Callable[[AbstractLoader], Bloq]) -> AbstractLoader:
    """The loader called `name` with the block size that minimises Toffoli-like gates.

    A symbol that is left in them counts as its stand-in of `estimator.costs.prices`, all else being
    tables of known size.

    Args:
        name: of the loader; one without blocks is returned as it is.
        widest: largest address width among the tables. Unit: qubits.
        build: the construction with a given loader, with tables of concrete size.
    """
    if LOADERS[name] not in (QROAMLoader, SelectSwapLoader):
        return loader_named(name, 0)
    smallest = 0 if LOADERS[name] is QROAMLoader else 1
    sizes = range(smallest, max(smallest, widest // 2) + 1)
    loaders = [loader_named(name, beta) for beta in sizes]

    def toffolis(loader: AbstractLoader) -> float:
        bloq = build(loader)
        gates = known_cost(bloq, GATES)
        total = gates.and_bloq + gates.toffoli + gates.cswap
        return PriceList.of(bloq).number(total) if is_symbolic(total) else total

    return min(loaders, key=toffolis)
