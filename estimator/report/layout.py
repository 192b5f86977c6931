"""How many characters a terminal leaves for names, values and columns, and what lines they take."""

from collections.abc import Sequence

BESIDE = 8
"""Blanks between the name of a fact, its value and its unit, together. Unit: characters."""

LEAST_VALUE = 16
"""Characters left for values before names and units take several lines."""


def name_width(names: Sequence[str], widest: int) -> int:
    """Characters for the names of facts, which are broken between words alone.

    Args:
        names: of the facts.
        widest: characters that they may take; 0 if as many as they need.
    """
    longest_word = max((len(word) for name in names for word in name.split()), default=0)
    needed = max(map(len, names), default=0)
    return min(needed, max(widest, longest_word)) if widest else needed


def value_width(names: Sequence[str], units: Sequence[str], width: int, widest: int) -> int:
    """Characters for the values of facts.

    Args:
        names: of the facts.
        units: as they are shown.
        width: of the terminal. Unit: characters.
        widest: as in `name_width`.
    """
    unit = max(map(len, units), default=0)
    return max(LEAST_VALUE, width - name_width(names, widest) - unit - BESIDE)


def lines_of(text: str, width: int) -> int:
    """Lines that a text takes, broken between words, and inside those that are longer."""
    lines, used = 1, 0
    for word in text.split():
        needed = len(word) + (used > 0)
        if used + needed <= width:
            used += needed
            continue
        lines += (used > 0) + (len(word) - 1) // width
        used = (len(word) - 1) % width + 1
    return lines


def column_widths(needed: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Characters for columns side by side: the widest give first, none less than it must have.

    Args:
        needed: characters that each takes on one line.
        least: characters that each must have.
        room: for all, without the blanks between them. Unit: characters.
    """
    widths = list(needed)
    while sum(widths) > room:
        spare = [width - low for width, low in zip(widths, least, strict=True)]
        open_ = [index for index, extra in enumerate(spare) if extra > 0]
        if not open_:
            break
        widths[max(open_, key=lambda index: widths[index])] -= 1
    return widths
