"""Errors, durations and lifetimes of a device, as a calibration file states them on a date."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import networkx
from attrs import field, frozen

from bloqs.contrastive.model.shrinkage_law import Readout
from estimator.ask.json_text import each_key_once

PARIS = Path(__file__).with_name("ibmq_paris.json")
"""ibmq_paris on 15 March 2021, a few days after the published run on it."""

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

    Raises:
        ValueError: if a rate is outside [0, 1], a time is not above 0, an edge joins what is no two
            qubits, or not all qubits hang together.
    """

    device: str
    date: str
    source: str
    qubits: tuple[QubitRates, ...] = field(repr=False)
    pairs: Mapping[Edge, PairRates] = field(repr=False)

    def __attrs_post_init__(self) -> None:
        for number, each in enumerate(self.qubits):
            for name in ("single_error", "one_for_zero", "zero_for_one"):
                _check_rate(f"{name} of qubit {number}", getattr(each, name))
            for name in ("single_ns", "readout_ns", "T1_us", "T2_us"):
                _check_time(f"{name} of qubit {number}", getattr(each, name))
        for edge, pair in self.pairs.items():
            if not 0 <= edge[0] < edge[1] < len(self.qubits):
                raise ValueError(
                    f"an edge joins two of the {len(self.qubits)} qubits, the smaller number "
                    f"first, got {edge}"
                )
            _check_rate(f"error of edge {edge}", pair.error)
            _check_time(f"duration of edge {edge}", pair.ns)
        if not self.qubits or not networkx.is_connected(self.graph):
            raise ValueError(
                f"the qubits of {self.device} do not hang together; give the missing edges"
            )

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

    Raises:
        ValueError: if something is missing or not allowed, in one sentence.
    """
    try:
        read: Any = json.loads(text, object_pairs_hook=each_key_once("a calibration"))
    except json.JSONDecodeError as error:
        raise ValueError(f"a calibration is JSON, and this is not: {error}") from None
    try:
        rates = [dict(each) for each in read["qubits"]]
        numbers = [each.pop("qubit") for each in rates]
        if numbers != list(range(len(numbers))):
            raise ValueError(f"qubits are numbered from 0 in order, got {numbers[:5]}")
        pairs = {
            (min(each["qubits"]), max(each["qubits"])): PairRates(each["error"], each["ns"])
            for each in read["pairs"]
        }
        return Calibration(
            device=read["device"],
            date=read["date"],
            source=read["source"],
            qubits=tuple(QubitRates(**each) for each in rates),
            pairs=pairs,
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"a calibration lacks or misnames an entry: {error}") from None


def read_calibration(path: Path) -> Calibration:
    """A calibration from a file.

    Raises:
        ValueError: if it cannot be read or is not allowed.
    """
    try:
        return calibration_from_text(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"the calibration {path} cannot be read: {error}") from None


def _check_rate(what: str, value: Any) -> None:
    if not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise ValueError(f"{what} must be from 0 to 1, got {value!r}")


def _check_time(what: str, value: Any) -> None:
    if not isinstance(value, (int, float)) or not (math.isfinite(value) and value > 0):
        raise ValueError(f"{what} must be above 0, got {value!r}")
