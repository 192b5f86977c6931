"""Angles of a circuit: none, for a circuit that is only counted, or one for each gate."""

import math
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from qualtran.symbolics import SymbolicFloat, SymbolicInt, is_symbolic

Angles: TypeAlias = tuple[SymbolicFloat, ...]
"""Unit: radians. Empty: every angle is the same symbol, which a count does not look at."""


def as_angles(given: Iterable[SymbolicFloat]) -> Angles:
    """Angles as they are kept: floats, or symbols."""
    return tuple([each if is_symbolic(each) else float(each) for each in given])


def check_angles(what: str, angles: Angles, wanted: SymbolicInt) -> None:
    """Refuse angles of the wrong number, or that are no numbers.

    Raises:
        ValueError: in one sentence.
    """
    if not angles:
        return
    if is_symbolic(wanted):
        raise ValueError(f"{what} of symbolic size has no list of angles, got {len(angles)}")
    if len(angles) != wanted:
        raise ValueError(f"{what} needs {wanted} angles, got {len(angles)}")
    for number, each in enumerate(angles):
        if not is_symbolic(each) and not math.isfinite(each):
            raise ValueError(f"{what} needs finite angles, got {each} at place {number}")


def in_pieces(angles: Angles, sizes: Iterable[int]) -> Iterator[Angles]:
    """The angles of each part, in order; empty for all parts if there are none."""
    at = 0
    for size in sizes:
        yield angles[at : at + size]
        at += size
