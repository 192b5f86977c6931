"""How far long work has got, where there is somebody to see it."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any


def on_terminal(steps: Iterable[Any], label: str) -> Iterator[Any]:
    """The steps, with a bar on the error channel of a terminal while they last."""
    yield from import_module("estimator.report.terminal").progress(steps, label)
