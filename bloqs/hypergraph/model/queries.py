"""Queries made of tokens: the shift query and the full stabilizer, and what they may answer."""

from collections.abc import Iterable

from bloqs.hypergraph.model.phase_polynomial import bits_of
from bloqs.hypergraph.model.tokens import FlipToken, PauliToken, Token, WriteToken


def shift_query(modes: int, shift: int) -> tuple[Token, ...]:
    """Asks a state (-1)**f for f(x) + f(x + shift) at an x of its own choice, on plain qubits.

    Args:
        modes: n.
        shift: a mask that is not empty; its lowest mode v is the pivot.

    Returns:
        CX(v,u) for the others of the shift, MZ of all but v, MX(v): x with x_v = 0, then the sum.

    Raises:
        ValueError: if the shift is empty or has modes that there are not.
    """
    if not 0 < shift < 2**modes:
        raise ValueError(f"a shift is a mask from 1 to 2**{modes} - 1, got {shift}")
    pivot, *others = bits_of(shift)
    return (
        *(FlipToken(((pivot, 0),), (u, 0)) for u in others),
        *(PauliToken((((u, 0), "Z"),)) for u in range(modes) if u != pivot),
        PauliToken((((pivot, 0), "X"),)),
    )


def shift_answer(modes: int, shift: int, point: int, value: int) -> str:
    """The record of a shift query that names a point, x_v = 0, and the sum of two values of f."""
    pivot, *others = bits_of(shift)
    bits = (str(point >> u & 1) for u in range(modes) if u != pivot)
    return "." * len(others) + "".join(bits) + str(value)


def stabilizer_query(mode: int, edges: Iterable[tuple[int, ...]]) -> tuple[Token, ...]:
    """Asks for the stabilizer K_v of a written hypergraph: MX(v) between its edges at v."""
    writes = tuple(WriteToken(edge) for edge in edges if mode in edge)
    return (*writes, PauliToken((((mode, 0), "X"),)), *writes)
