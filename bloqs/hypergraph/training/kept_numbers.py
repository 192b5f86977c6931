"""Numbers that a network keeps, in few bits."""

from typing import Any

from bloqs.hypergraph.training.network_settings import EXACT_BITS


def quantised(numbers: Any, bits: int) -> Any:
    """Each number as the middle of its cell, of 2**bits cells of one width on [-1, 1].

    Args:
        numbers: a tensor of any shape, from -1 to 1; 1 itself is in the last cell.
        bits: of each; from `EXACT_BITS` on they stay as they are.
    """
    if bits >= EXACT_BITS:
        return numbers
    cells = 2.0**bits
    place = ((numbers + 1) * (cells / 2)).floor().clamp(max=cells - 1)
    return (2 * place + 1) / cells - 1
