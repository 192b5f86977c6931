r"""How much quantum memory an inference needs, and what reading it costs if the memory is active.

Vectors are loaded by a tree of angles, one query to load and one to unload the angles of each
level. In a memory built from gates every query drives all routers (Unit: controlled swaps).
"""

from enum import StrEnum

import sympy
from attrs import frozen

from estimator.network.network import Size


class Regime(StrEnum):
    """What is in quantum memory; the rest is written into circuits. [RHGPR25] Sec. 4.1."""

    INPUT_AND_WEIGHTS = "1"
    """The input and the dense output matrix."""
    WEIGHTS = "2"
    """The dense output matrix; it acts on products of d vectors, each factor a circuit."""
    NOTHING = "3"
    """Nothing: no dense output matrix, and the input as in the second regime."""


@frozen
class MemoryCells:
    """Cells of quantum memory; each holds one angle of b bits.

    Args:
        input: of the input's tree: N - 1 angles, the last ones with signs.
        columns: of the trees of the output matrix's columns.
        column_norms: one angle for the norm of each column.
    """

    input: Size
    columns: Size
    column_norms: Size

    @property
    def total(self) -> Size:
        """All cells."""
        return self.input + self.columns + self.column_norms

    def bits(self, b: Size) -> Size:
        """Bits to store.

        Args:
            b: bits of an angle.
        """
        return b * self.total


def memory_cells(regime: Regime, N: Size, d: Size) -> MemoryCells:
    """The cells of one inference.

    Args:
        regime: which data are in quantum memory.
        N: length of the vector of one network.
        d: vectors whose product the output matrix acts on; 1 in the first regime.

    Raises:
        ValueError: if the first regime is asked for with d other than 1.

    Source: [RHGPR25] Sec. 4.1, Lem. D.1, Def. B.3
    """
    if regime is Regime.INPUT_AND_WEIGHTS and d != 1:
        raise ValueError(f"the first regime has one vector, d = 1, got d={d}")
    if regime is Regime.NOTHING:
        return MemoryCells(0, 0, 0)
    input_cells = N - 1 if regime is Regime.INPUT_AND_WEIGHTS else 0
    size = N**d
    return MemoryCells(input_cells, size * (size - 1), size)


def query_swaps(a: Size, b: Size) -> Size:
    """Controlled swaps of one query of 2**a cells of b bits, by a bucket brigade.

    Args:
        a: address bits, at least 1.
        b: bits of a cell.

    Source: [GLM08] Fig. 3 for the architecture
    """
    return 2 * (2**a - 1 - a) + 2 * b * (2**a - 1)


def tree_swaps(s: Size, n: Size, b: Size) -> Size:
    r"""Controlled swaps of loading one of 2**s vectors of length 2**n, n levels, two queries each.

    $\sum_{l<n} 2\,$`query_swaps`$(s+l, b)$; with s = 0 the first angle needs no memory, and the
    sum gives it none.

    Args:
        s: log2 of the number of vectors.
        n: log2 of their length, at least 1.
        b: bits of an angle.
    """
    sizes = 2**s * (2**n - 1)
    addresses = n * s + n * (n - 1) / sympy.Integer(2)
    return 4 * (sizes - n - addresses) + 4 * b * (sizes - n)


def input_swaps(n: Size, b: Size) -> Size:
    """Controlled swaps of loading the input of length 2**n once from active memory."""
    return tree_swaps(0, n, b)


def matrix_swaps(n: Size, b: Size) -> Size:
    """Controlled swaps of one use of the output matrix from active memory.

    One load of a column, and one query of a column's norm with its inverse.

    Args:
        n: log2 of the matrix's side, at least 1.
        b: bits of an angle.

    Source: [RHGPR25] Lem. B.13, Thm. B.1 for the calls
    """
    return tree_swaps(n, n, b) + 2 * query_swaps(n, b)
