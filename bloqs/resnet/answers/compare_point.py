"""What one run of a quantum network costs at one size."""

import attrs
from attrs import frozen


@frozen(kw_only=True)
class CostPoint:
    """The three separate answers, gates, depth and qubits, and what goes with them.

    Args:
        n: log2 of the length N of the vector, channels included.
        gates: ANDs, Toffolis and controlled swaps. Unit: gates.
        depth: layers of such gates, an upper bound: parts run in sequence. Unit: layers.
        qubits: peak width, routers of active memory included. Unit: logical qubits.
        cells: cells of quantum memory, an angle each; zero for tables in circuits. Unit: cells.
        queries: reads of a memory that is priced as an oracle; zero for one made of gates.
        calls: runs of the input's circuit, U_X, or its inverse.
        bits: bits of an angle.
    """

    n: int
    gates: int
    depth: int
    qubits: int
    cells: int
    queries: int
    calls: int
    bits: int

    @property
    def N(self) -> int:  # noqa: N802  the paper's letter
        """Length of the vector. Unit: entries."""
        return 2**self.n

    def as_json(self) -> dict[str, int]:
        """Plain data."""
        return {"N": self.N, **attrs.asdict(self)}
