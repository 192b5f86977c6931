"""Numbers as people type them: 1024, 2**10, 1e3."""

import re
from typing import Any

MOST_DIGITS = 4000
"""Digits of the largest number that is read."""

_POWER = re.compile(r"(\d+)\s*(?:\*\*|\^)\s*(\d+)")
_SCIENTIFIC = re.compile(r"(\d+)(?:\.(\d*))?[eE]\+?(\d+)")


def number_of(given: Any, whole: bool) -> Any:
    """The number that is spelt or given, or `None` if there is none.

    A text may be a decimal number, a power such as 2**10 or 2^10, or 1e3.

    Args:
        given: text or a number.
        whole: whether it must be a whole number.
    """
    if isinstance(given, bool):
        return None
    if not isinstance(given, str):
        return _of_number(given, whole)
    text = given.strip()
    if power := _POWER.fullmatch(text):
        base, size = int(power[1][:MOST_DIGITS]), int(power[2][:10])
        if len(power[1]) * size > MOST_DIGITS:
            return None
        return base**size if whole else float(base**size) if base**size < 1e308 else None
    try:
        if not whole:
            return float(text)
        if found := _SCIENTIFIC.fullmatch(text):
            broken, shift = found[2] or "", int(found[3][:10])
            if shift > MOST_DIGITS or len(broken.rstrip("0")) > shift:
                return None
            return int(found[1] + broken.rstrip("0").ljust(shift, "0"))
        return int(text)
    except ValueError:
        return None


def _of_number(given: Any, whole: bool) -> Any:
    try:
        if not whole:
            return float(given)
        return int(given) if int(given) == given else None
    except (TypeError, ValueError, OverflowError):
        return None


def bound_text(bound: float) -> str:
    """A bound as a person would write it: a large power of two as such."""
    number = int(bound)
    if number == bound and number > 1000 and number & (number - 1) == 0:
        return f"2**{number.bit_length() - 1}"
    return f"{bound:g}"
