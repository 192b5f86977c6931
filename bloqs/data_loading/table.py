"""What every table of a lookup must satisfy."""

from qualtran.symbolics import SymbolicInt, is_symbolic

Table = tuple[int, ...] | None


def check_table(table: Table, length: SymbolicInt, bitsize: SymbolicInt) -> None:
    """Refuse a table that has the wrong length or an entry that does not fit.

    Args:
        table: the entries, or `None`, which is never refused.
        length: number of entries it must have.
        bitsize: width of an entry. Unit: qubits.

    Raises:
        ValueError: if it does not.
    """
    if table is None:
        return
    if not is_symbolic(length) and len(table) != length:
        raise ValueError(f"table must have {length} entries, got {len(table)}; pad it with zeros")
    if is_symbolic(bitsize):
        return
    if bad := [entry for entry in table if not 0 <= entry < 2**bitsize]:
        raise ValueError(f"table entry {bad[0]} does not fit into {bitsize} bits")
