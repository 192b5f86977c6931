"""Hardware whose qubits make surface codes: the numbers of one machine, and published machines."""

from attrs import frozen


@frozen(kw_only=True)
class Hardware:
    """Physical qubits, before any code.

    Args:
        name: of the machine.
        source: where its numbers are from.
        physical_error: probability that a Clifford gate or a measurement fails. Unit: 1.
        t_error: probability that a T gate fails. Unit: 1.
        cycle_seconds: duration of a round of syndrome measurements of the surface code; of a
            `majorana` machine `None`, which has no such rounds. Unit: seconds.
        gate_seconds: duration of a gate; `None` if unknown, or if there are none. Unit: seconds.
        measurement_seconds: duration of a measurement; `None` if unknown. Unit: seconds.
        instructions: what a qubit can do, one of `INSTRUCTIONS`.
        code: that holds the data, one of `CODES`; gates have the first.
    """

    name: str
    source: str
    physical_error: float
    t_error: float
    cycle_seconds: float | None = None
    gate_seconds: float | None = None
    measurement_seconds: float | None = None
    instructions: str = "gate-based"
    code: str = "surface"

    @property
    def is_majorana(self) -> bool:
        """Whether qubits are measured alone and in pairs, and no gates are run."""
        return self.instructions == "majorana"

    @property
    def durations(self) -> tuple[float, float]:
        """Of a gate and of a measurement; each a sixth of a cycle where that alone is known."""
        gate, measurement = self.gate_seconds, self.measurement_seconds
        if gate is None or measurement is None:
            assert self.cycle_seconds is not None
            return self.cycle_seconds / 6, self.cycle_seconds / 6
        return gate, measurement


INSTRUCTIONS = ("gate-based", "majorana")
"""Gates and measurements of one qubit; or measurements of one qubit and of pairs."""

CODES = ("surface", "floquet")
"""Codes of data. [BMST22]."""

THRESHOLD = 0.01
"""Physical error from which on no distance of the code helps. [GF19]; [BMST22]."""


def cycle_of(gate_seconds: float, measurement_seconds: float) -> float:
    """Four gates of two qubits and two measurements. [BMST22]. Unit: seconds."""
    return 4 * gate_seconds + 2 * measurement_seconds


def _gates(name: str, seconds: tuple[float, float], error: float, t_error: float) -> Hardware:
    gate, measurement = seconds
    return Hardware(
        name=name,
        source="[BMST22]",
        physical_error=error,
        t_error=t_error,
        cycle_seconds=cycle_of(gate, measurement),
        gate_seconds=gate,
        measurement_seconds=measurement,
    )


def _majorana(name: str, error: float, t_error: float, code: str) -> Hardware:
    return Hardware(
        name=name,
        source="[BMST22]",
        physical_error=error,
        t_error=t_error,
        measurement_seconds=1e-7,
        instructions="majorana",
        code=code,
    )


def _cycles(name: str, error: float) -> Hardware:
    return Hardware(
        name=name, source="[GF19]", physical_error=error, t_error=error, cycle_seconds=1e-6
    )


PRESETS = {
    each.name: each
    for each in (
        _cycles("superconducting_e3", 1e-3),
        _cycles("superconducting_e4", 1e-4),
        _gates("gate_ns_e3", (5e-8, 1e-7), 1e-3, 1e-3),
        _gates("gate_ns_e4", (5e-8, 1e-7), 1e-4, 1e-4),
        _gates("gate_us_e3", (1e-4, 1e-4), 1e-3, 1e-6),
        _gates("gate_us_e4", (1e-4, 1e-4), 1e-4, 1e-6),
        _majorana("maj_ns_e4", 1e-4, 0.05, "surface"),
        _majorana("maj_ns_e6", 1e-6, 0.01, "surface"),
        _majorana("maj_ns_e4_floquet", 1e-4, 0.05, "floquet"),
        _majorana("maj_ns_e6_floquet", 1e-6, 0.01, "floquet"),
    )
}
"""Published machines by name; those of [BMST22] go by the names that Microsoft's estimator
has, and have its code unless the name says another."""

DEFAULT_HARDWARE = "superconducting_e3"
"""The machine where nobody names one: a cycle of 1 us and errors of 1e-3. [GF19]"""
