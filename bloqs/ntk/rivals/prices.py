"""What each algorithm costs, as a formula in numbers or symbols; the runs count the same.

FLOP as in `memory`; accesses are rows and labels looked up.
"""

from typing import Any

from attrs import frozen

from bloqs.ntk.rivals.memory import kernel_flop


@frozen
class Price:
    """Of one prediction, training included.

    Args:
        flop: FLOP.
        accesses: of the memory.
    """

    flop: Any
    accesses: Any


def matrix_flop(n: Any, d: Any, depth: Any) -> Any:
    """All pairs."""
    return n * (n - 1) / 2 * kernel_flop(d, depth)


def _with_point(n: Any, d: Any, depth: Any) -> Any:
    return n * kernel_flop(d, depth) + 2 * n


def dense_price(n: Any, d: Any, depth: Any) -> Price:
    """A Cholesky factor, n**3/3 and less, and two substitutions of n**2."""
    factor = n * (n - 1) * (n + 1) / 3 + n * (n + 1) / 2
    flop = matrix_flop(n, d, depth) + factor + 2 * n**2 + _with_point(n, d, depth)
    return Price(flop, 3 * n)


def conjugate_gradients_price(n: Any, d: Any, depth: Any, steps: Any) -> Price:
    """So many steps, the last of which needs no next direction."""
    rounds = steps * (2 * n**2 + 10 * n + 2) - 2 * n - 1
    return Price(matrix_flop(n, d, depth) + 2 * n + rounds + _with_point(n, d, depth), 3 * n)


def descent_price(n: Any, d: Any, depth: Any, steps: Any) -> Price:
    """So many steps of gradient descent, the last of which only sees that it is done."""
    rounds = steps * (2 * n**2 + 4 * n) - 2 * n
    rest = n * (n - 1) + 1 + _with_point(n, d, depth)
    return Price(matrix_flop(n, d, depth) + rounds + rest, 3 * n)


def diagonal_price(d: Any, depth: Any, samples: Any) -> Price:
    """Samples of f_D: nothing is worked out before."""
    return Price(samples * (kernel_flop(d, depth) + 3) + 1, 2 * samples)


def visited(s: Any, steps: int) -> tuple[Any, Any]:
    """Kernels of neighbours, and labels, for one entry of x where every row has s entries."""
    edges = sum((s - 1) ** level for level in range(1, steps))
    return edges, edges + 1


def masked_price(d: Any, depth: Any, samples: Any, s: Any, steps: int) -> Price:
    """Samples of f_S by so many steps of the series."""
    edges, labels = visited(s, steps)
    flop = samples * (kernel_flop(d, depth) * (1 + edges) + 2 * edges + 3) + 1
    return Price(flop, samples * (1 + 2 * edges + labels))
