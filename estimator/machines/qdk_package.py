"""Microsoft's package `qdk`, where it is installed; it is told to send nothing of what is asked."""

import os
from importlib import import_module
from importlib.util import find_spec
from typing import Any

HOW_TO_INSTALL = "qdk is not installed; pip install 'quledger[qdk]' adds its columns"
"""Said in place of its numbers."""

QUIET = "QDK_PYTHON_TELEMETRY"
"""Environment variable by which `qdk` does not report its use over the network."""


def is_installed() -> bool:
    """Whether the package is there."""
    return find_spec("qdk") is not None


def module_of_qdk(name: str) -> Any:
    """A module of the package; its reports over the network stay off unless they are switched on.

    Args:
        name: after `qdk.`.
    """
    os.environ.setdefault(QUIET, "none")
    return import_module(f"qdk.{name}")
