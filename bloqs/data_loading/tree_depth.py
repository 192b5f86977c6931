"""Toffoli depth of the lookups of a rotation tree, summed in closed form over its levels."""

import sympy
from qualtran.bloqs.mcmt import And
from qualtran.symbolics import SymbolicInt, is_symbolic, smax

from bloqs.abstract import AbstractLoader
from bloqs.data_loading.loaders import (
    BucketBrigadeLoader,
    IdealQRAMLoader,
    QROAMLoader,
    QROMLoader,
    SelectSwapLoader,
    first_block,
    sum_of_powers,
)
from bloqs.data_loading.select_swap import swap_depth


def tree_depth(
    loader: AbstractLoader,
    first: SymbolicInt,
    stop: SymbolicInt,
    bitsize: SymbolicInt,
    is_controlled: bool,
) -> SymbolicInt:
    """Layers of all loads and unloads, one after another; a table of one entry needs none.

    Exactly the sum of what the lookups state, for numbers and for symbols. Their depths are
    polynomials and powers of two in the address width, those of `MeasuredUnload` one for even and
    one for odd widths and other numbers for small ones.

    Args:
        loader: the memory that holds the tables.
        first: address width of the smallest table. Unit: qubits.
        stop: address widths run from `first` up to but not including `stop`; a symbol stands for
            at least 2. Unit: qubits.
        bitsize: width of an entry. Unit: qubits.
        is_controlled: whether each lookup has a control.

    Raises:
        ValueError: if the loader is none of those that are known here.
    """
    first, control = smax(first, 1), int(is_controlled)
    if not is_symbolic(first, stop) and stop <= first:
        return 0
    if isinstance(loader, IdealQRAMLoader):
        return 0
    if isinstance(loader, BucketBrigadeLoader) and not loader.is_fast:
        return loader.tree_calls(first, stop, bitsize, is_controlled)[And()]
    if isinstance(loader, BucketBrigadeLoader):
        return sympy.expand(2 * _brigades(first, stop, bitsize, control))
    if isinstance(loader, QROMLoader):
        return sympy.expand(2 * _iterations(first, stop, control))
    if isinstance(loader, SelectSwapLoader):
        start = first_block(loader.beta, first, stop)
        small = _iterations(first, start, control)
        large = _iterations(start, stop, control, loader.beta)
        swaps = swap_depth(loader.beta, bitsize) * (stop - start)
        return sympy.expand(2 * small + 4 * large + 8 * swaps)
    if isinstance(loader, QROAMLoader):
        start = first_block(loader.beta, first, stop) if loader.beta != 0 else stop
        small = _iterations(first, start, control)
        large = _iterations(start, stop, control, loader.beta)
        swaps = swap_depth(loader.beta, bitsize) * (stop - start)
        return sympy.expand(small + large + swaps + _unloads(first, stop, control))
    raise ValueError(f"loader must be one of bloqs.data_loading.loaders, got {loader}")


def _iterations(
    first: SymbolicInt, stop: SymbolicInt, control: int, beta: SymbolicInt = 0
) -> SymbolicInt:
    """Sum of 2**(a - beta) - 2 for first <= a < stop, each one more with a control."""
    return sum_of_powers(first, stop) / 2**beta - (2 - control) * (stop - first)


def _brigades(
    first: SymbolicInt, stop: SymbolicInt, bitsize: SymbolicInt, control: int
) -> SymbolicInt:
    """Sum of `BucketBrigade.toffoli_depth` for first <= a < stop."""
    levels = stop - first
    widths = sympy.sympify(stop * (stop - 1) - first * (first - 1)) / 2
    if not control:
        return 2 * bitsize * widths + 2 * (widths - levels)
    address = _triangle(stop) - _triangle(smax(first, 2))
    return 2 * bitsize * (widths + levels) + 2 * address


def _triangle(stop: SymbolicInt) -> SymbolicInt:
    """Sum of a - 2 for 2 <= a < stop."""
    return sympy.sympify((stop - 2) * (stop - 3)) / 2


def _unloads(first: SymbolicInt, stop: SymbolicInt, control: int) -> SymbolicInt:
    """Sum of `MeasuredUnload.toffoli_depth` for first <= a < stop.

    It is 3 2**(h - 1) - 3 for a = 2 h and 5 2**(h - 1) - 4 for a = 2 h + 1, and more where the
    first leaf is ready after the one-hot wires are: at a = 1 and 3 and, with a control, 2 and 5.
    """
    more = {1: sympy.Rational(3, 2) + control, 2: control, 3: 1 + control, 5: control}
    extra = sum(
        times * (_beyond(a, stop) - _beyond(a, first)) for a, times in more.items() if times
    )
    return _rounds(stop) - _rounds(first) + extra


def _rounds(stop: SymbolicInt) -> SymbolicInt:
    """The sum for 0 <= a < stop without what small tables have more."""
    half = sympy.floor(sympy.sympify(stop) / 2)
    odd = stop - 2 * half
    return (4 + sympy.Rational(3, 2) * odd) * 2**half - 4 - 7 * half - 3 * odd


def _beyond(a: int, stop: SymbolicInt) -> SymbolicInt:
    """One if `stop` is above `a`, otherwise zero, for positive whole numbers."""
    if not is_symbolic(stop):
        return int(stop > a)
    return sympy.Min(stop, a + 1) - (sympy.Min(stop, a) if a > 1 else 1)
