"""Collecting garbage rarely, while an answer is made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

OBJECTS_BETWEEN_COLLECTIONS = 1_000_000
"""Objects made before unreachable ones are looked for: loading Qualtran makes many that stay."""


@contextmanager
def rare_collection() -> Iterator[None]:
    """Collects rarely inside, and not at the end of the process.

    Loading Qualtran makes many objects that stay; looking through them again and again, and once
    more at the end, takes as long as an answer.
    """
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    try:
        yield
    finally:
        gc.freeze()
