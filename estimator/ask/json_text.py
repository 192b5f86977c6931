"""JSON read strictly: a key once in an object, whole numbers no longer than Python reads."""

from collections.abc import Callable
from typing import Any

MOST_DIGITS = 4000
"""Of a whole number in JSON."""


def each_key_once(where: str) -> Callable[[list[tuple[str, Any]]], dict[str, Any]]:
    """For `json.loads` as `object_pairs_hook`: refuses an object that names a key twice.

    Args:
        where: what is read, for the refusal.
    """

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) < len(items):
            keys = [key for key, _ in items]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise ValueError(f"{where} names the key {twice!r} twice; keep one")
        return found

    return pairs


def short_integer(where: str) -> Callable[[str], int]:
    """For `json.loads` as `parse_int`: refuses a whole number of too many digits.

    Args:
        where: what is read, for the refusal.
    """

    def read(digits: str) -> int:
        if len(digits) > MOST_DIGITS:
            raise ValueError(
                f"{where} has a whole number of {len(digits)} digits, and up to {MOST_DIGITS} are "
                "read; shorten it"
            )
        return int(digits)

    return read
