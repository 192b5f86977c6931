"""The report on what a Qualtran bloq costs; a system adds facts and rows of layers."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import sympy
from attrs import astuple, evolve
from qualtran import Bloq

from estimator.ask.question import Asked
from estimator.ask.registry import FLOORS
from estimator.ask.synthesis import (
    DEFAULT_ROTATION_ERROR,
    DEFAULT_SYNTHESIS,
    HARDWARE,
    PHYSICAL,
    PRICING,
    check_pricing,
)
from estimator.costs.breakdown import breakdown_of
from estimator.costs.budget import Synthesis
from estimator.costs.cost import Cost, cost_by_annotation
from estimator.costs.counted import Counted, Reading, counted, said_of
from estimator.costs.holders import MOST_STEPS, Audited, audit, depth_of_audit
from estimator.costs.keys import ToffoliDepth
from estimator.costs.known import known_cost, one_question
from estimator.costs.physical import counts_of, physical_cost
from estimator.costs.prices import PriceList
from estimator.costs.shares import shares_table, where_it_goes
from estimator.costs.simplify import free_symbols, multiplied_out
from estimator.machines.logical_counts import machine_of
from estimator.machines.machine_parts import machine_parts
from estimator.report.model import Report
from estimator.report.parts import Column, Fact, Facts, Kind, Notes, Part, Row, Table, Tone, Value
from estimator.report.text import EXACT, FEW, bloq_name
from estimator.symbols import ABBREVIATIONS, glossary_of


@one_question()
def cost_report(
    bloq: Bloq,
    asked: Asked | None = None,
    *,
    title: str = "",
    facts: Mapping[str, Value] | None = None,
    layers: Sequence[Row] = (),
    notes: Sequence[str] = (),
    settings: Mapping[str, Value] | None = None,
    reading: Reading = Reading.STATED,
) -> Report:
    """What a bloq costs.

    The numbers are those that the bloq and its parts state. Where there is a circuit that is not
    too large, its gates are counted too, and what differs stands beside.

    Args:
        bloq: any Qualtran bloq.
        asked: the question, for its settings and for how rotations are priced.
        title: what was asked about; the name of the bloq if empty.
        facts: alpha, epsilon and the like, by name.
        layers: what there is to say about each layer, all with the same keys.
        notes: what else a reader should know, one sentence each.
        settings: what went in; the values of the question, without prices, if `None`.
        reading: whether the numbers are stated or counted, and whether the answer says so.

    Raises:
        ValueError: if a fact is no finite number, parameters that go together are not given
            together, or gates are to be counted and there is no circuit.
    """
    asked = Asked() if asked is None else asked
    method, error, is_assumed = pricing(asked)
    prices = PriceList.of(bloq)
    cost, depth, found = costs_of(bloq, reading)
    rotation = method.t_count(error)
    facts = dict(facts or {})
    check_finite(facts)
    expensive = where_it_goes(bloq, prices, rotation)
    counted = [cost.t, cost.toffoli, cost.cswap, cost.rotations, cost.measurements, cost.qubits]
    counted += [] if cost.cnots is None else [cost.cnots]
    counted += [depth, *cost.queries.values(), *astuple(cost.messages), *cost.parties.values()]
    shown = [x for each in expensive for x in (each.calls, each.price.t, each.price.rotations)]
    counted += [x for x in shown if x is not None]
    counted += [x for row in layers for x in row.values() if not isinstance(x, str)]
    facts, used = in_use(facts, free_symbols(counted))
    home = asked.home or type(bloq).__module__
    glossary = glossary_of(home) if home.split(".")[0] in FLOORS else {}
    if settings is None:
        priced = {each.name for each in PRICING}
        settings = {name: x for name, x in asked.values.items() if name not in priced}
    parts: list[Part] = [Facts(key="facts", rows=[fact_of(k, x) for k, x in facts.items()])]
    parts += cost_parts(cost, depth, found, rotation)
    parts += price_parts(cost, method, error, int(rotation), is_assumed)
    if asked.get(HARDWARE.name) is not None:
        machine = machine_of(asked.values, asked.named, int(rotation))
        parts += machine_parts(counts_of(cost, int(rotation)), machine)
    elif any(each.name in asked.named for each in PHYSICAL):
        parts.append(physical_facts(cost, int(rotation), asked))
    parts.append(layers_table(layers))
    parts.append(shares_table(expensive))
    lines = [*notes, *([] if reading is Reading.STATED else [said_of(found, reading)])]
    lines += NOT_GATES.get(depth_of_audit(bloq), ()) if reading is not Reading.COUNTED else ()
    if lines:
        parts.append(Notes(key="notes", lines=lines))
    known = partial(breakdown_of, bloq, cost, depth, rotation, expensive, used)
    return Report(
        title=title or bloq_name(bloq),
        settings=settings,
        parts=parts,
        units={name: asked.units.get(name, "") for name in settings},
        glossary={s.name: glossary[s] for s in sorted(used, key=str) if s in glossary}
        | functions_in([*counted, *facts.values()]),
        bloq=bloq,
        breakdown=known,
    )


def costs_of(bloq: Bloq, reading: Reading) -> tuple[Cost, Value, Counted]:
    """The cost, the Toffoli depth, and what was counted.

    Raises:
        ValueError: if gates are to be counted and there is no circuit.
    """
    if reading is not Reading.COUNTED:
        cost = cost_by_annotation(bloq)
        depth = multiplied_out(known_cost(bloq, ToffoliDepth()))
        return cost, depth, counted(bloq, cost)
    found = counted(bloq, None)
    if found.cost is None:
        raise ValueError(found.why)
    if found.cost.messages:
        audit(bloq, is_fine=True)
    return evolve(found.cost, cnots=None), sympy.Integer(found.depth or 0), found


NOT_GATES: Mapping[Audited | None, Sequence[str]] = {
    Audited.CALLS: (
        f"who holds which qubit is audited by what call graphs say is inside, not gate by gate: "
        f"the circuit has more than {MOST_STEPS:,} different steps",
    ),
    Audited.NOTHING: ("who holds which qubit is audited where sizes are numbers: not here",),
}
"""What is said of an audit that does not look at every gate."""

LOG2 = "log2(x): logarithm of x to base 2"
"""Meaning of a function of Qualtran that SymPy does not know under its name."""


def functions_in(values: Iterable[Value]) -> dict[str, str]:
    """The meaning of every function of ours, or of Qualtran, in the values, by its name."""
    found = {
        each.func
        for value in values
        if not isinstance(value, str)
        for each in sympy.sympify(value).atoms(sympy.Function)
    }
    said: dict[str, str] = {}
    for each in sorted(found, key=str):
        meaning = getattr(each, "meaning", LOG2 if each.__name__ == "log2" else "")
        name, _, what = meaning.partition(": ")
        said |= {name: f"{what} [{getattr(each, 'unit', '1')}]"} if name else {}
    return said


def pricing(asked: Asked) -> tuple[Synthesis, Any, bool]:
    """How rotations become T gates, how well, and whether both are assumed.

    Raises:
        ValueError: if only some of what goes together is given.
    """
    check_pricing(asked.values)
    name, error = asked.get("synthesis"), asked.get("rotation_error")
    is_assumed = name is None
    if is_assumed:
        name, error = DEFAULT_SYNTHESIS, DEFAULT_ROTATION_ERROR
    return {each.label: each for each in Synthesis}[name], error, is_assumed


def price_parts(
    cost: Cost, method: Synthesis, error: float, each: int, is_assumed: bool
) -> list[Part]:
    """What T in all counts, and where the price of a rotation is from."""
    kind = Kind.ASSUMED if is_assumed else Kind.EXACT
    price = Facts(
        key="rotation_price",
        rows=[
            Fact(key="synthesis", value=method.label, kind=kind),
            Fact(key="rotation_error", value=error, unit=method.norm, kind=kind),
            Fact(key="t_per_rotation", value=each, unit="gates", kind=Kind.ESTIMATE),
            Fact(key="assumed", value=is_assumed),
        ],
        place="data",
    )
    notes: list[Part] = [price]
    if cost.cswap != 0:
        notes.append(
            Notes(
                key="cswap_note",
                lines=["one CSWAP: 4 T, with one qubit and one measurement more while it runs"],
                tone=Tone.QUIET,
                place="shown",
            )
        )
    if cost.rotations == 0:
        return notes
    source = "assumed, as no --synthesis is named" if is_assumed else "as asked for"
    text = (
        f"T in all: T gates, 4 for each Toffoli, AND and CSWAP, and {each} for each rotation, "
        f"{method.label} to an error of {error:g} ({source})"
    )
    return [*notes, Notes(key="rotation_note", lines=[text], tone=Tone.QUIET, place="shown")]


def check_finite(facts: Mapping[str, Value]) -> None:
    """Refuse facts that floating point cannot hold.

    Raises:
        ValueError: if one is infinite.
    """
    for name, value in facts.items():
        if not isinstance(value, str) and is_infinite(sympy.sympify(value)):
            raise ValueError(f"{name} is too large for a floating-point number; give smaller norms")


def is_infinite(value: sympy.Expr) -> bool:
    """Whether a number is infinite or none at all, or an expression has such a part."""
    if value.is_number:
        return value.is_finite is False
    return bool(value.has(sympy.oo, -sympy.oo, sympy.zoo, sympy.nan))


def fact_of(name: str, value: Value) -> Fact:
    """A fact under its own name; errors are upper bounds, and what is printed is published."""
    kind = Kind.EXACT
    if "as printed" in name:
        kind = Kind.PUBLISHED
    elif "epsilon" in name or "at most" in name:
        kind = Kind.UPPER_BOUND
    return Fact(key=name, value=value, kind=kind)


def cost_parts(cost: Cost, depth: Value, found: Counted, rotation: Value) -> list[Part]:
    """Queries, gates, depth and qubits, and beside the gates what the circuit has in their place.

    Args:
        cost: as it is stated.
        depth: in layers of Toffoli-like gates.
        found: in the circuit.
        rotation: T gates of one rotation.
    """
    label = "Toffoli depth, gate by gate"
    path = found.depth if cost.toffolis != 0 else None
    exact = Fact(key="critical_path", label=label, value=path, unit="layers")
    is_deeper = found.depth is not None and depth.is_Integer and found.depth > depth
    deeper = f"{found.depth} on the qubits of the circuit" if is_deeper else ""
    t_count = cost.t_count(rotation)
    queries = [
        Fact(key=oracle, label=f"queries to {oracle}", value=calls, unit="calls")
        for oracle, calls in cost.queries.items()
    ]
    gates = [
        Fact(key="toffoli", label="Toffoli and AND", value=cost.toffoli, unit="gates"),
        Fact(key="cswap", label="CSWAP", value=cost.cswap, unit="gates"),
        Fact(key="t", label="T", value=cost.t, unit="gates"),
        Fact(key="rotations", value=cost.rotations, unit="gates"),
        Fact(key="t_count", label="T in all", value=t_count, unit="gates", kind=Kind.ESTIMATE),
        Fact(key="measurements", value=cost.measurements, unit="measurements"),
    ]
    if cost.cnots is not None:
        gates.append(Fact(key="cnot", label="CNOT", value=cost.cnots, unit="gates"))
    return [
        Facts(key="queries", rows=queries),
        *gate_parts(gates, found, rotation),
        Fact(
            key="toffoli_depth", label="Toffoli depth", value=depth, unit="layers",
            kind=Kind.UPPER_BOUND, beside=deeper,
        ),
        *([] if path is None else [exact]),
        Fact(key="qubits", value=cost.qubits, unit="logical qubits"),
        *message_parts(cost),
    ]  # fmt: skip


def message_parts(cost: Cost) -> list[Part]:
    """What parties send each other, and how many qubits each holds; nothing without messages."""
    sent = cost.messages
    if not sent:
        return []
    rows = [
        Fact(key="sent_qubits", label="qubits sent", value=sent.qubits, unit="qubits"),
        Fact(key="messages", value=sent.messages, unit="messages"),
        Fact(key="rounds", value=cost.rounds, unit="messages in a row"),
        Fact(key="sent_bits", label="bits sent", value=sent.bits, unit="bits"),
    ]
    if sent.ebits != 0:
        rows.append(Fact(key="ebits", label="entangled pairs", value=sent.ebits, unit="pairs"))
    if sent.news != 0:
        rows.append(Fact(key="news", label="of bits alone", value=sent.news, unit="messages"))
    held = [
        Fact(key=name, label=f"qubits of {name}", value=most, unit="logical qubits")
        for name, most in cost.parties.items()
    ]
    return [Facts(key="communication", rows=rows), Facts(key="parties", rows=held)]


def gate_parts(gates: Sequence[Fact], found: Counted, rotation: Value) -> list[Part]:
    """The gates; beside each what the circuit has in its place, if that is something else."""
    if (cost := found.cost) is None:
        return [Facts(key="gates", rows=gates)]
    numbers = {
        "toffoli": cost.toffoli,
        "cswap": cost.cswap,
        "t": cost.t,
        "rotations": cost.rotations,
        "t_count": cost.t_count(rotation),
        "measurements": cost.measurements,
        "cnot": cost.cnots,
    }
    rows = [
        row
        if row.value == numbers[row.key]
        else evolve(row, beside=f"{EXACT.text(numbers[row.key])} in the circuit")
        for row in gates
    ]
    inside = [evolve(row, value=numbers[row.key]) for row in gates]
    return [Facts(key="gates", rows=rows), Facts(key="counted", rows=inside, place="data")]


def physical_facts(cost: Cost, t_per_rotation: int, asked: Asked) -> Facts:
    """Physical qubits and seconds of a concrete cost on a surface code.

    Raises:
        ValueError: as `physical_cost` does.
    """
    given = {each.name: asked.values[each.name] for each in PHYSICAL}
    found = physical_cost(cost, t_per_rotation, **given)
    rows = [
        Fact(key="qubits", label="physical qubits", value=found.qubits, unit="physical qubits"),
        Fact(key="seconds", label="duration", value=found.seconds, unit="seconds"),
        Fact(key="failure", label="probability of a logical error", value=found.failure),
    ]
    return Facts(key="physical", rows=[_estimate(each) for each in rows])


def _estimate(fact: Fact) -> Fact:
    return Fact(
        key=fact.key, label=fact.label, value=fact.value, unit=fact.unit, kind=Kind.ESTIMATE
    )


def layers_table(layers: Sequence[Row]) -> Table:
    """A row for each layer."""
    names = list(layers[0]) if layers else []
    return Table(
        key="layers",
        columns=[
            Column(
                key=name,
                style=FEW,
                wraps=False,
                kind=Kind.UPPER_BOUND if name == "error" else Kind.EXACT,
            )
            for name in names
        ],
        rows=layers,
        heading="layer by layer" if layers else "",
    )


def in_use(
    facts: Mapping[str, Value], used: set[sympy.Symbol]
) -> tuple[dict[str, Value], set[sympy.Symbol]]:
    """The facts without definitions of what does not occur, and all symbols that do.

    Args:
        facts: by name; the name of an abbreviation defines it.
        used: symbols that occur elsewhere.
    """
    kept = {name: value for name, value in facts.items() if name not in ABBREVIATIONS}
    used = used | free_symbols(kept.values())
    while added := {s.name for s in used} & facts.keys() - kept.keys():
        kept |= {name: facts[name] for name in added}
        used |= free_symbols(facts[name] for name in added)
    return {name: value for name, value in facts.items() if name in kept}, used
