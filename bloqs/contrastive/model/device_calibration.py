"""Errors, durations and lifetimes of a device, as a calibration file states them on a date."""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import networkx
import numpy as np
from attrs import field, frozen

from bloqs.contrastive.model.shrinkage_law import Readout, depolarising
from estimator.ask.json_text import each_key_once, short_integer
from estimator.whole_file import text_of_file

PARIS = Path(__file__).with_name("ibmq_paris.json")
"""ibmq_paris on 15 March 2021, a few days after the published run on it."""

PACKAGED: Mapping[str, Path] = {"ibmq_paris": PARIS}
"""Calibrations that need no file, by name."""

Edge = tuple[int, int]


@frozen
class QubitRates:
    """Of one qubit.

    Args:
        single_error: average error of a turn about X or Y, or of H.
        single_ns: its duration. Unit: ns.
        one_for_zero: P(1|0) of the readout.
        zero_for_one: P(0|1).
        readout_ns: Unit: ns.
        T1_us: Unit: microseconds.
        T2_us: Unit: microseconds. Above 2 T1, as measured values may be, nothing is pure dephasing.
    """

    single_error: float
    single_ns: float
    one_for_zero: float
    zero_for_one: float
    readout_ns: float
    T1_us: float
    T2_us: float

    @property
    def readout(self) -> Readout:
        """Chances of a wrong bit."""
        return Readout(self.one_for_zero, self.zero_for_one)

    def damping(self, ns: float) -> tuple[float, float]:
        """Parameters of amplitude damping and of phase damping after some time."""
        pure = max(0.0, 1 / self.T2_us - 1 / (2 * self.T1_us))  # per microsecond
        return 1 - math.exp(-ns / 1000 / self.T1_us), 1 - math.exp(-2 * ns / 1000 * pure)


@frozen
class PairRates:
    """Of the CNOTs of a pair, in both directions.

    Args:
        error: average error.
        ns: duration. Unit: ns.
    """

    error: float
    ns: float


@frozen(kw_only=True)
class Calibration:
    """A device on a date.

    Args:
        device: name.
        date: of the calibration.
        source: where the figures come from.
        qubits: by number.
        pairs: by the two numbers, the smaller first.
        delay_us: between two shots; `None` if it is not stated. Unit: microseconds.
        job_circuits: most circuits of a job; `None` if it is not stated.

    Raises:
        ValueError: if a rate is outside [0, 1], an average error above that of a fully mixed
            state, a time is not above 0, an edge joins what is no two qubits, or not all qubits
            hang together.
    """

    device: str
    date: str
    source: str
    qubits: tuple[QubitRates, ...] = field(repr=False)
    pairs: Mapping[Edge, PairRates] = field(repr=False)
    delay_us: float | None = None
    job_circuits: int | None = None

    def __attrs_post_init__(self) -> None:
        for number, each in enumerate(self.qubits):
            for name in ("single_error", "one_for_zero", "zero_for_one"):
                _check_rate(f"{name} of qubit {number}", getattr(each, name))
            for name in ("single_ns", "readout_ns", "T1_us", "T2_us"):
                _check_time(f"{name} of qubit {number}", getattr(each, name))
            _check_average(f"single_error of qubit {number}", each.single_error, 1)
        for edge, pair in self.pairs.items():
            if not 0 <= edge[0] < edge[1] < len(self.qubits):
                raise ValueError(
                    f"an edge joins two of the {len(self.qubits)} qubits, the smaller number "
                    f"first, got {edge}"
                )
            _check_rate(f"error of edge {edge}", pair.error)
            _check_average(f"error of edge {edge}", pair.error, 2)
            _check_time(f"duration of edge {edge}", pair.ns)
        if self.delay_us is not None:
            _check_number("delay_us", self.delay_us)
            if not (math.isfinite(self.delay_us) and self.delay_us >= 0):
                raise ValueError(f"delay_us must be from 0 on, got {self.delay_us}")
        job = self.job_circuits
        if job is not None and (isinstance(job, bool) or not isinstance(job, int) or job < 1):
            raise ValueError(f"job_circuits must be a whole number from 1 on, got {job!r}")
        if not self.qubits or not networkx.is_connected(self.graph):
            raise ValueError(
                f"the qubits of {self.device} do not hang together; give the missing edges"
            )

    @property
    def means(self) -> tuple[float, float, Readout]:
        """Mean error of a CNOT and of a gate on one qubit, and the mean readout."""
        qubits = self.qubits
        readout = Readout(
            float(np.mean([each.one_for_zero for each in qubits])),
            float(np.mean([each.zero_for_one for each in qubits])),
        )
        pair = float(np.mean([each.error for each in self.pairs.values()])) if self.pairs else 0.0
        return pair, float(np.mean([each.single_error for each in qubits])), readout

    @property
    def graph(self) -> "networkx.Graph[int]":
        """Qubits and edges."""
        graph = networkx.Graph()
        graph.add_nodes_from(range(len(self.qubits)))
        graph.add_edges_from(self.pairs)
        return graph

    def pair(self, one: int, other: int) -> PairRates:
        """Rates of a CNOT.

        Raises:
            ValueError: if the two are not neighbours.
        """
        edge = (min(one, other), max(one, other))
        if edge not in self.pairs:
            raise ValueError(
                f"{self.device} has no edge between qubits {one} and {other}; route the circuit"
            )
        return self.pairs[edge]

    def check_width(self, width: int) -> None:
        """Refuse a circuit that is too wide.

        Raises:
            ValueError: in one sentence.
        """
        if width > len(self.qubits):
            raise ValueError(
                f"{self.device} has {len(self.qubits)} qubits, and the circuit needs {width}"
            )


def calibration_from_text(text: str) -> Calibration:
    """A calibration from JSON with device, date, source, qubits and pairs.

    Each of `qubits` has its number as `qubit`, from 0 in order, and what `QubitRates` has; each of
    `pairs` two `qubits`, `error` and `ns`. `delay_us` and `job_circuits` may be left out.

    Raises:
        ValueError: if something is missing or not allowed, in one sentence.
    """
    try:
        read: Any = json.loads(
            text,
            object_pairs_hook=each_key_once("a calibration"),
            parse_int=short_integer("a calibration"),
        )
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"a calibration is JSON, and this is not: {error}") from None
    _check_entries("a calibration", read, WHOLE, OPTIONAL)
    for name in ("qubits", "pairs"):
        if not isinstance(read[name], list):
            raise ValueError(f"{name} of a calibration is a list, got {_short(read[name])}")
    rates = [
        _check_entries(f"qubit {k} of a calibration", each, ("qubit", *OF_QUBIT))
        for k, each in enumerate(read["qubits"])
    ]
    numbers = [each["qubit"] for each in rates]
    if numbers != list(range(len(numbers))):
        raise ValueError(f"qubits are numbered from 0 in order, got {_short(numbers)}")
    pairs: dict[Edge, PairRates] = {}
    for each in read["pairs"]:
        found = _check_entries("a pair of a calibration", each, OF_PAIR)
        edge = _edge(found["qubits"])
        if edge in pairs:
            raise ValueError(f"each pair has one entry, and qubits {edge} have two")
        pairs[edge] = PairRates(found["error"], found["ns"])
    return Calibration(
        device=str(read["device"]),
        date=str(read["date"]),
        source=str(read["source"]),
        qubits=tuple(QubitRates(**{name: each[name] for name in OF_QUBIT}) for each in rates),
        pairs=pairs,
        **{name: read[name] for name in OPTIONAL if name in read},
    )


WHOLE = ("device", "date", "source", "qubits", "pairs")
OPTIONAL = ("delay_us", "job_circuits")
OF_QUBIT = tuple(each.name for each in attrs.fields(QubitRates))
OF_PAIR = ("qubits", "error", "ns")
"""Entries of a calibration, of a qubit and of a pair."""

MOST_BITS = 1023
"""Of a whole number that is a rate, a time or a delay: those are floating-point numbers."""


def read_calibration(path: Path) -> Calibration:
    """A calibration from a file, or the packaged one of a name if there is no such file.

    Raises:
        ValueError: if it cannot be read or is not allowed.
    """
    packaged = PACKAGED.get(str(path))
    if packaged is not None and not path.exists():
        path = packaged
    try:
        text = text_of_file(path)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise ValueError(
            f"the calibration {path} cannot be read: {why}; name a file, or {' or '.join(PACKAGED)}"
        ) from None
    return calibration_from_text(text)


def _check_entries(
    what: str, read: Any, wanted: Sequence[str], optional: Sequence[str] = ()
) -> dict[str, Any]:
    """A mapping with what it must have and nothing else."""
    if not isinstance(read, dict):
        raise ValueError(f"{what} has {', '.join(wanted)}, got {_short(read)}")
    for name in wanted:
        if name not in read:
            raise ValueError(f"{what} lacks {name!r}; it has {', '.join(wanted)}")
    for name in read:
        if name not in (*wanted, *optional):
            raise ValueError(
                f"{what} has no {_short(name)}; it has {', '.join((*wanted, *optional))}"
            )
    return read


def _edge(qubits: Any) -> Edge:
    is_pair = isinstance(qubits, list) and len(qubits) == 2
    if not is_pair or not all(isinstance(x, int) and not isinstance(x, bool) for x in qubits):
        raise ValueError(f"a pair is a list of two numbers of qubits, got {_short(qubits)}")
    return min(qubits), max(qubits)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:39] + "\u2026"


def _check_rate(what: str, value: Any) -> None:
    _check_number(what, value)
    if not 0 <= value <= 1:
        raise ValueError(f"{what} must be from 0 to 1, got {value!r}")


def _check_average(what: str, error: float, qubits: int) -> None:
    """An average error of a gate is never above that of a fully mixed state."""
    try:
        depolarising(error, qubits)
    except ValueError as why:
        raise ValueError(f"{what}: {why}") from None


def _check_time(what: str, value: Any) -> None:
    _check_number(what, value)
    if not (math.isfinite(value) and value > 0):
        raise ValueError(f"{what} must be above 0, got {value!r}")


def _check_number(what: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"{what} must be a number, got {_short(value)}")
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        raise ValueError(f"{what} must be below 2**{MOST_BITS}, got {_short(value)}")
