"""A circuit on the graph of a device, by Cirq's router, from the best of several placements."""

from collections.abc import Iterator

import cirq
import networkx
from attrs import field, frozen
from qualtran import Bloq

from bloqs.contrastive.circuits.noisy_circuit import placed_circuit, waits_for_outcomes
from bloqs.contrastive.model.device_calibration import Calibration

PLACEMENTS = 6
"""Placements along a path of the graph that are tried, beside that of the router."""

LOOK_AHEAD = (1, 4, 8)
"""Layers that the router looks ahead; each is tried."""


@frozen
class Routed:
    """A circuit whose CNOTs are all on edges.

    Args:
        circuit: on numbered qubits of the device, SWAPs as gates of their own.
        read: qubit of each wire at the end.
        before: CNOTs of the circuit itself.
        after: CNOTs with three for each SWAP.
        is_whole: whether all gates are in it; not those that wait for outcomes.
        start: qubit of each wire at the beginning.
    """

    circuit: cirq.Circuit = field(repr=False)
    read: tuple[int, ...]
    before: int
    after: int
    is_whole: bool
    start: tuple[int, ...]


def routed(bloq: Bloq, calibration: Calibration, placements: int = PLACEMENTS) -> Routed:
    """The bloq's flattened circuit with the fewest CNOTs of all placements tried.

    Cirq's router does not keep a gate behind the measurement that it waits for; a circuit with such
    gates is routed without them, which act on one qubit, for its CNOTs alone.

    Raises:
        ValueError: if the device has too few qubits, or no placement can be routed.
    """
    wires = bloq.signature.n_qubits()
    calibration.check_width(wires)
    waits = waits_for_outcomes(bloq)
    circuit = placed_circuit(bloq, range(wires), drops_waiting=waits)
    logical = [cirq.LineQubit(k) for k in range(wires)]
    graph = networkx.relabel_nodes(calibration.graph, cirq.LineQubit)
    before = _cnots(circuit)
    best: Routed | None = None
    for mapper in _mappers(graph, logical, placements):
        for ahead in LOOK_AHEAD:
            try:
                found, start, swaps = cirq.RouteCQC(graph).route_circuit(
                    circuit, lookahead_radius=ahead, tag_inserted_swaps=False, initial_mapper=mapper
                )
            except IndexError:  # Cirq 1.7 has no swap to choose from on some circuits
                continue
            read = tuple(swaps[start[each]].x for each in logical)
            after = _cnots(found)
            if best is None or after < best.after:
                first = tuple(start[each].x for each in logical)
                best = Routed(found, read, before, after, not waits, first)
    if best is None:
        raise ValueError(
            f"Cirq's router finds no way for {wires} wires on {calibration.device}; route another "
            "width, or leave the calibration out"
        )
    return best


def _cnots(circuit: cirq.Circuit) -> int:
    gates = [op.gate for op in circuit.all_operations()]
    return sum(gate == cirq.CNOT for gate in gates) + 3 * sum(gate == cirq.SWAP for gate in gates)


def _mappers(
    graph: "networkx.Graph[cirq.Qid]", logical: list[cirq.LineQubit], placements: int
) -> Iterator[cirq.AbstractInitialMapper | None]:
    """The router's own, and wires in order along paths from several ends of the graph."""
    yield None
    found = 0
    for start in sorted(graph, key=lambda each: (graph.degree(each), each)):
        path = _path(graph, [start], len(logical))
        if path is not None:
            yield cirq.HardCodedInitialMapper(dict(zip(logical, path, strict=True)))
            found += 1
        if found == placements:
            return


def _path(
    graph: "networkx.Graph[cirq.Qid]", path: list[cirq.Qid], length: int
) -> list[cirq.Qid] | None:
    """The first path of so many qubits that goes on from a beginning."""
    if len(path) == length:
        return path
    for following in sorted(graph[path[-1]]):
        if following not in path:
            found = _path(graph, [*path, following], length)
            if found is not None:
                return found
    return None
