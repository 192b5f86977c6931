"""Microsoft's package `qdk`, where it is installed; it is told to send nothing of what is asked."""

import os
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from estimator.ask.hardware_presets import Hardware
from estimator.machines.logical_counts import LogicalCounts

HOW_TO_INSTALL = "qdk is not installed; pip install 'quledger[qdk]' adds its column"
"""Said in place of its numbers."""

MOST_NANOSECONDS = 2**63 - 1
"""Longest run that the package can count. Unit: ns."""

LARGEST_DISTANCE = 51
"""Of a code, that the package tries."""

T_OF_ROTATION = 64
"""More than a rotation takes in any run that is not too long."""

QUIET = "QDK_PYTHON_TELEMETRY"
"""Environment variable by which `qdk` does not report its use over the network."""


def is_installed() -> bool:
    """Whether the package is there."""
    return find_spec("qdk") is not None


def module_of_qdk(name: str) -> Any:
    """A module of the package; its reports over the network stay off unless they are switched on.

    Args:
        name: after `qdk.`.

    Raises:
        ValueError: if the package is not there.
    """
    if not is_installed():
        raise ValueError(HOW_TO_INSTALL)
    os.environ.setdefault(QUIET, "none")
    return import_module(f"qdk.{name}")


def counts_for_qdk(counts: LogicalCounts, hardware: Hardware) -> dict[str, int]:
    """Logical counts as the package has them.

    Raises:
        ValueError: if the run may be longer than the package can count, which then gives wrong
            numbers or never ends.
    """
    steps = counts.measurements + counts.rotations + counts.t + 3 * counts.toffoli
    steps += T_OF_ROTATION * counts.layers
    cycle = hardware.cycle_seconds or 20 * (hardware.measurement_seconds or 0)
    if steps * LARGEST_DISTANCE * cycle * 1e9 > MOST_NANOSECONDS:
        raise ValueError(
            f"qdk counts nanoseconds up to {MOST_NANOSECONDS * 1e-9 / 31_557_600:.0f} years, and "
            "the run may be longer"
        )
    if 3 * counts.qubits * steps > MOST_NANOSECONDS:
        raise ValueError("qdk counts qubits times steps in 64 bits, and the run may have more")
    return {
        "numQubits": counts.qubits,
        "tCount": counts.t,
        "rotationCount": counts.rotations,
        "rotationDepth": counts.layers,
        "cczCount": counts.toffoli,
        "measurementCount": counts.measurements,
    }


def whole_nanoseconds(seconds: float) -> int:
    """A duration as the package takes it.

    Raises:
        ValueError: if it is less than a nanosecond.
    """
    found = round(seconds * 1e9)
    if found < 1:
        raise ValueError(f"qdk takes durations from 1 ns on, and one is {seconds:.1e} seconds")
    return found
