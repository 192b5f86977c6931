"""What every model of a machine is given, and what it says."""

from collections.abc import Mapping
from typing import Any

from attrs import evolve, frozen

from estimator.ask.hardware_file import hardware_of
from estimator.ask.hardware_presets import Hardware
from estimator.ask.synthesis import (
    DEFAULT_FAILURE_BUDGET,
    DEFAULT_ROUTING_OVERHEAD,
    HARDWARE,
)


class NoMachineError(ValueError):
    """A cost that no machine can be asked about, or that none can meet."""


@frozen(kw_only=True)
class LogicalCounts:
    """Gates and qubits of one run, of which nothing is a letter.

    Args:
        t: T gates. Unit: gates.
        toffoli: Toffoli-like gates. Unit: gates.
        rotations: not yet synthesised. Unit: gates.
        measurements: of logical qubits. Unit: measurements.
        qubits: at the widest place. Unit: logical qubits.
        rotation_layers: layers that have a rotation; the number of rotations where that is not
            known. Unit: layers.
    """

    t: int = 0
    toffoli: int = 0
    rotations: int = 0
    measurements: int = 0
    qubits: int = 1
    rotation_layers: int | None = None

    @property
    def layers(self) -> int:
        """Layers that have a rotation, at most."""
        return self.rotations if self.rotation_layers is None else self.rotation_layers


@frozen(kw_only=True)
class Machine:
    """Hardware, and what it is to do.

    Args:
        hardware: with the numbers that were named in place of its own.
        failure_budget: probability allowed for any logical error. Unit: 1.
        routing_overhead: tiles for routing, as a share of the logical qubits. Unit: 1.
        t_per_rotation: T gates of a rotation, where the model does not find them itself.
        named: names of the parameters that the user named.
    """

    hardware: Hardware
    failure_budget: float = DEFAULT_FAILURE_BUDGET
    routing_overhead: float = DEFAULT_ROUTING_OVERHEAD
    t_per_rotation: int = 0
    named: frozenset[str] = frozenset()


@frozen(kw_only=True)
class Estimate:
    """What one run takes on a machine.

    Args:
        qubits: of the data block and of the factories. Unit: physical qubits.
        seconds: duration. Unit: seconds.
        distance: of the code that holds the data.
        factories: of magic states, side by side.
        factory: what each is.
        failure: probability of any logical error. Unit: 1.
        bound: what the duration waits for.
    """

    qubits: int
    seconds: float
    distance: int
    factories: int
    factory: str
    failure: float
    bound: str


def machine_of(values: Mapping[str, Any], named: frozenset[str], t_per_rotation: int) -> Machine:
    """The machine that a question is asked about.

    Args:
        values: of the question, by name of the parameter.
        named: names of the parameters that the user named.
        t_per_rotation: T gates of a rotation.

    Raises:
        ValueError: if the file of hardware is not allowed.
        NoMachineError: if a cycle is named of a machine that has none.
    """
    hardware = hardware_of(values[HARDWARE.name])
    if (error := values.get("physical_error")) is not None:
        is_same = hardware.t_error == hardware.physical_error
        hardware = evolve(
            hardware, physical_error=error, t_error=error if is_same else hardware.t_error
        )
    if (cycle := values.get("cycle_seconds")) is not None:
        if hardware.is_majorana:
            raise NoMachineError(
                f"--cycle-seconds is of a surface code, and {hardware.name} measures pairs of "
                "qubits; leave it out"
            )
        hardware = evolve(hardware, cycle_seconds=cycle)
    wanted = {name: values[name] for name in ("failure_budget", "routing_overhead")
              if values.get(name) is not None}  # fmt: skip
    return Machine(hardware=hardware, t_per_rotation=t_per_rotation, named=named, **wanted)


def refuse_majorana(machine: Machine) -> None:
    """Refuse a machine without gates, for models of codes that are made of gates.

    Raises:
        ValueError: if it is one.
    """
    if machine.hardware.is_majorana:
        raise ValueError(
            f"Qualtran's models have a surface code of gates, and {machine.hardware.name} has "
            "measurements alone"
        )
