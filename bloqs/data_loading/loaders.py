"""The memories a construction can be given: one interface, six prices."""

from collections.abc import Callable
from functools import partial

import sympy
from attrs import frozen
from qualtran import Bloq
from qualtran.bloqs.basic_gates import MeasureX, TwoBitCSwap
from qualtran.bloqs.mcmt import And
from qualtran.symbolics import SymbolicInt, is_symbolic, smax

from bloqs.abstract import AbstractLoader, AbstractLookup
from bloqs.data_loading.bucket_brigade import BucketBrigade
from bloqs.data_loading.ideal_qram import IdealQRAM
from bloqs.data_loading.load_table import LoadTable
from bloqs.data_loading.qroam_clean import QROAMClean
from bloqs.data_loading.select_swap import SelectSwap
from bloqs.data_loading.table import Table
from bloqs.data_loading.unary_iteration import UnaryIteration

Calls = dict[Bloq, SymbolicInt]


def _unary(table: Table, a: SymbolicInt, b: SymbolicInt, is_controlled: bool) -> LoadTable:
    return LoadTable(UnaryIteration(table, 2**a, b, is_controlled))


def sum_of_powers(first: SymbolicInt, stop: SymbolicInt) -> SymbolicInt:
    """Sum of 2**a for first <= a < stop, exact when divided."""
    return sympy.sympify(2**stop - 2**first)


def _calls(ands: SymbolicInt, cswaps: SymbolicInt, measured: SymbolicInt = 0) -> Calls:
    calls: Calls = {
        And(): ands,
        And().adjoint(): ands,
        TwoBitCSwap(): cswaps,
        MeasureX(): measured,
    }
    return {gate: sympy.expand(count) for gate, count in calls.items() if count != 0}


def _is_block(beta: SymbolicInt, a: SymbolicInt) -> bool:
    """Whether a table is large enough for blocks; a symbolic one is taken to be."""
    return is_symbolic(beta, a) or a >= 2 * beta


def first_block(beta: SymbolicInt, first: SymbolicInt, stop: SymbolicInt) -> SymbolicInt:
    """Address width from which tables are read in blocks; `stop` if none is large enough."""
    start = smax(2 * beta, first)
    return sympy.Min(start, stop) if is_symbolic(start, stop) else min(start, stop)


@frozen
class QROMLoader(AbstractLoader):
    """Unary iteration, for the load and again for the unload."""

    name = "qrom"

    def lookup(
        self,
        table: Table,
        address_bitsize: SymbolicInt,
        bitsize: SymbolicInt,
        is_controlled: bool = False,
    ) -> AbstractLookup:
        return _unary(table, address_bitsize, bitsize, is_controlled)

    def tree_calls(
        self, first: SymbolicInt, stop: SymbolicInt, bitsize: SymbolicInt, is_controlled: bool
    ) -> Calls:
        first = smax(first, 1)
        less = 1 if is_controlled else 2
        return _calls(2 * (sum_of_powers(first, stop) - less * (stop - first)), 0)


@frozen
class QROAMLoader(AbstractLoader):
    """QROAM: blocks of clean qubits for the load, measurement for the unload.

    Args:
        beta: log2 of the block size, for tables of at least 2**(2 beta) entries; smaller ones are
            loaded entry by entry. Zero: no blocks. Unit: qubits.
    """

    beta: SymbolicInt
    name = "qroam-clean"

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.beta) and self.beta < 0:
            raise ValueError(f"qroam-clean needs beta >= 0, got {self.beta}")

    def lookup(
        self,
        table: Table,
        address_bitsize: SymbolicInt,
        bitsize: SymbolicInt,
        is_controlled: bool = False,
    ) -> AbstractLookup:
        if address_bitsize == 0:
            return _unary(table, address_bitsize, bitsize, is_controlled)
        beta = self.beta if _is_block(self.beta, address_bitsize) else 0
        return QROAMClean(table, address_bitsize, bitsize, beta, is_controlled)

    def tree_calls(
        self, first: SymbolicInt, stop: SymbolicInt, bitsize: SymbolicInt, is_controlled: bool
    ) -> Calls:
        first = smax(first, 1)
        start = first_block(self.beta, first, stop) if self.beta != 0 else stop
        less = 1 if is_controlled else 2
        load = (
            sum_of_powers(first, start)
            + sum_of_powers(start, stop) / 2**self.beta
            - less * (stop - first)
        )
        from_two = smax(first, 2)
        unload = _half_powers(stop) - _half_powers(from_two) - 4 * (stop - from_two)
        if not is_symbolic(stop) and stop < 2:
            unload = 0
        unload += (stop - first) if is_controlled else 0
        blocked = stop - start
        cswaps = bitsize * (2**self.beta - 1) * blocked
        measured = bitsize * (start - first) + bitsize * 2**self.beta * blocked
        return _calls(load + unload, cswaps, measured)


def _half_powers(stop: SymbolicInt) -> SymbolicInt:
    """Sum of 2**ceil(a / 2) + 2**floor(a / 2) for 0 <= a < stop."""
    half = sympy.floor(sympy.sympify(stop) / 2)
    return (5 + 2 * (stop - 2 * half)) * 2**half - 5


@frozen
class SelectSwapLoader(AbstractLoader):
    """Select-swap with borrowed qubits, for the load and again for the unload.

    Args:
        beta: log2 of the block size, at least 1, for tables of at least 2**(2 beta) entries;
            smaller ones are read entry by entry. Unit: qubits.
    """

    beta: SymbolicInt
    name = "select-swap"

    def __attrs_post_init__(self) -> None:
        if not is_symbolic(self.beta) and self.beta < 1:
            raise ValueError(f"select-swap needs beta >= 1, got {self.beta}; use qrom for beta = 0")

    def lookup(
        self,
        table: Table,
        address_bitsize: SymbolicInt,
        bitsize: SymbolicInt,
        is_controlled: bool = False,
    ) -> AbstractLookup:
        if address_bitsize == 0 or not _is_block(self.beta, address_bitsize):
            return _unary(table, address_bitsize, bitsize, is_controlled)
        return LoadTable(SelectSwap(table, address_bitsize, bitsize, self.beta, is_controlled))

    def tree_calls(
        self, first: SymbolicInt, stop: SymbolicInt, bitsize: SymbolicInt, is_controlled: bool
    ) -> Calls:
        first = smax(first, 1)
        start = first_block(self.beta, first, stop)
        less = 1 if is_controlled else 2
        small = 2 * (sum_of_powers(first, start) - less * (start - first))
        large = 4 * (sum_of_powers(start, stop) / 2**self.beta - less * (stop - start))
        return _calls(small + large, 8 * bitsize * (2**self.beta - 1) * (stop - start))


@frozen
class BucketBrigadeLoader(AbstractLoader):
    """Bucket-brigade QRAM as a circuit, one query for the load and one for the unload.

    Args:
        is_fast: whether the routers of a depth work at once; see `BucketBrigade`.
    """

    is_fast: bool = True

    @property
    def name(self) -> str:  # type: ignore[override]
        return "bucket-brigade" if self.is_fast else "bucket-brigade-narrow"

    def lookup(
        self,
        table: Table,
        address_bitsize: SymbolicInt,
        bitsize: SymbolicInt,
        is_controlled: bool = False,
    ) -> AbstractLookup:
        if address_bitsize == 0:
            return _unary(table, address_bitsize, bitsize, is_controlled)
        return LoadTable(
            BucketBrigade(table, address_bitsize, bitsize, is_controlled, self.is_fast)
        )

    def tree_calls(
        self, first: SymbolicInt, stop: SymbolicInt, bitsize: SymbolicInt, is_controlled: bool
    ) -> Calls:
        first = smax(first, 1)
        levels = stop - first
        widths = sympy.sympify(stop * (stop - 1) - first * (first - 1)) / 2
        query = 2 * (sum_of_powers(first, stop) - levels - widths)
        query += 2 * bitsize * (sum_of_powers(first, stop) - levels)
        query += 2 * bitsize * levels if is_controlled else 0
        return _calls(2 * query, 0)


@frozen
class IdealQRAMLoader(AbstractLoader):
    """An oracle: queries are counted, gates are not. One query to load and one to unload."""

    name = "ideal"

    def lookup(
        self,
        table: Table,
        address_bitsize: SymbolicInt,
        bitsize: SymbolicInt,
        is_controlled: bool = False,
    ) -> AbstractLookup:
        if address_bitsize == 0:
            return _unary(table, address_bitsize, bitsize, is_controlled)
        return LoadTable(IdealQRAM(table, address_bitsize, bitsize, is_controlled))

    def tree_calls(
        self, first: SymbolicInt, stop: SymbolicInt, bitsize: SymbolicInt, is_controlled: bool
    ) -> Calls:
        first = smax(first, 1)
        if (levels := stop - first) == 0:
            return {}
        return {IdealQRAM(None, stop - 1, bitsize, is_controlled): 2 * levels}


LOADERS: dict[str, Callable[..., AbstractLoader]] = {
    "qrom": QROMLoader,
    "qroam-clean": QROAMLoader,
    "select-swap": SelectSwapLoader,
    "bucket-brigade": BucketBrigadeLoader,
    "bucket-brigade-narrow": partial(BucketBrigadeLoader, is_fast=False),
    "ideal": IdealQRAMLoader,
}
"""What makes a loader, by the name the command line uses."""


def loader_named(name: str, beta: SymbolicInt) -> AbstractLoader:
    """The loader called `name`, with block size 2**beta where it has blocks.

    Raises:
        ValueError: if there is no such loader.
    """
    if name not in LOADERS:
        raise ValueError(f"loader must be one of {', '.join(LOADERS)}, got {name!r}")
    make = LOADERS[name]
    return make(beta) if make in (QROAMLoader, SelectSwapLoader) else make()
