"""Who holds which qubit: an audit of circuits that several parties run together."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from attrs import frozen
from qualtran import Bloq, DecomposeNotImplementedError, DecomposeTypeError, Register
from qualtran.resource_counting import CostKey
from qualtran.symbolics import SymbolicInt

from estimator.costs.gate_counts import callees_or_none
from estimator.costs.hands import CrossedError, Party, View, are_qubits, coarse, fine, owner_of
from estimator.costs.known import known_cost, one_question
from estimator.costs.messages import has_parties, message_of
from estimator.costs.peak_qubits import PeakQubits
from estimator.costs.simplify import largest


@frozen
class Moved:
    """One step of a circuit of several parties.

    Args:
        bloq: what is done.
        before: who holds each of its qubits that go in.
        after: who holds each of those that come out.
    """

    bloq: Bloq
    before: tuple[Party, ...]
    after: tuple[Party, ...]


@frozen
class Holders:
    """Who holds what of a bloq.

    Args:
        enter: the holder of each qubit of the left registers, by register.
        leave: those of the right registers.
        steps: of its circuit, one level deep, in order.
        qubits: the most that each party holds at once, work qubits included. Unit: qubits.
    """

    enter: Mapping[str, tuple[Party, ...]]
    leave: Mapping[str, tuple[Party, ...]]
    steps: tuple[Moved, ...]
    qubits: Mapping[str, SymbolicInt]


@one_question()
def holders_of(bloq: Bloq, is_fine: bool = False) -> Holders:
    """Give every qubit a holder, from the messages and blocks that act on it.

    A message takes qubits that its source holds, and its destination holds them afterwards. A block
    with an owner acts on qubits of its owner, any other gate on qubits of one party. Work qubits
    are those of the first who uses them. Sub-bloqs in which there are messages or owners are
    entered; any other is one gate, unless it is found on qubits of several parties: then it is
    taken apart to see whether one of its gates is.

    Args:
        bloq: of concrete size.
        is_fine: whether all sub-bloqs are entered, whatever their call graphs say is inside.

    Raises:
        ValueError: if something acts on what its party does not hold; the first such gate is named.
        qualtran.DecomposeTypeError: if there is no circuit.
    """
    if any(reg.is_symbolic() for reg in bloq.signature):
        raise DecomposeTypeError(f"{bloq} has a symbolic size, so nobody holds its qubits")
    try:
        view = fine(bloq) if is_fine else coarse(bloq)
    except CrossedError:
        view = fine(bloq)
    party = view.party
    return Holders(
        _by_register(bloq.signature.lefts(), [party[x] for x in view.lefts]),
        _by_register(bloq.signature.rights(), [party[x] for x in view.rights]),
        tuple(
            Moved(step.view.bloq, *(tuple(party[x] for x in side) for side in step.sides))
            for step in view.steps
        ),
        dict(sorted(_most(view, party, {}).items())),
    )


MOST_STEPS = 5000
"""Steps of different sub-bloqs up to which an audit goes gate by gate: half a second of work."""


class Audited(StrEnum):
    """How deep an audit looks."""

    GATES = "gate by gate"
    CALLS = "what call graphs say is inside"
    NOTHING = "nothing"


def depth_of_audit(bloq: Bloq) -> Audited | None:
    """How deep `audit` looks into a bloq if it is not told; `None` if there are no parties."""
    if not has_parties(bloq):
        return None
    if any(reg.is_symbolic() for reg in bloq.signature):
        return Audited.NOTHING
    return Audited.GATES if _is_short(bloq) else Audited.CALLS


def _is_short(bloq: Bloq) -> bool:
    """Whether all different bloqs inside have at most `MOST_STEPS` steps together."""
    seen, waiting, steps = {bloq}, [bloq], 0
    while waiting:
        for part, times in callees_or_none(waiting.pop()):
            steps += times if isinstance(times, int) else MOST_STEPS + 1
            if steps > MOST_STEPS:
                return False
            if part not in seen:
                seen.add(part)
                waiting.append(part)
    return True


def audit(bloq: Bloq, is_fine: bool | None = None) -> None:
    """Refuse a circuit of several parties in which something acts across parties.

    What has neither messages nor owners passes, as does what has no circuit because of its size.

    Args:
        bloq: the circuit.
        is_fine: whether messages and owners are looked for gate by gate, not by call graphs; as
            `depth_of_audit` has it if not given.

    Raises:
        ValueError: as `holders_of`.
    """
    if is_fine is None:
        is_fine = depth_of_audit(bloq) is Audited.GATES
    if is_fine or has_parties(bloq):
        try:
            holders_of(bloq, is_fine)
        except (DecomposeTypeError, DecomposeNotImplementedError):
            return


@frozen
class PartyQubits(CostKey[Mapping[str, SymbolicInt]]):
    """The most qubits that each party holds at once, by its name. Unit: logical qubits.

    Taken from the circuit, in which every qubit has a holder. Without one, a party holds at least
    what its largest block needs, and the largest message that it sends or receives; where all
    registers pass through every step that is all.
    """

    def compute(
        self, bloq: Bloq, get_callee_cost: Callable[[Bloq], Mapping[str, SymbolicInt]]
    ) -> Mapping[str, SymbolicInt]:
        if not has_parties(bloq):
            return {}
        try:
            return holders_of(bloq).qubits
        except (DecomposeTypeError, DecomposeNotImplementedError):
            pass
        if (sent := message_of(bloq)) is not None:
            return dict.fromkeys((sent.source, sent.destination), bloq.signature.n_qubits())
        moments: dict[str, set[SymbolicInt]] = defaultdict(set)
        if (name := owner_of(bloq)) is not None:
            moments[name].add(known_cost(bloq, PeakQubits()))
        for callee, _ in callees_or_none(bloq):
            for name, most in get_callee_cost(callee).items():
                moments[name].add(most)
        return {name: largest(sizes) for name, sizes in sorted(moments.items())}

    def zero(self) -> Mapping[str, SymbolicInt]:
        return {}

    def __str__(self) -> str:
        return "qubits of each party"


def _most(
    view: View, party: Sequence[Party], known: dict[Any, Counter[str]]
) -> Mapping[str, SymbolicInt]:
    """The most that each party holds at once while a bloq runs. Unit: qubits."""
    key = (id(view), tuple(party))
    if key in known:
        return known[key]
    most: Counter[str] = Counter()
    enter, leave = are_qubits(view.bloq)
    live = _held(view.lefts, party, enter)
    if not view.steps:
        after = _held(view.rights, party, leave)
        most = live | after
        for name in most if len(party) == 1 else ():
            most[name] = max(most[name], known_cost(view.bloq, PeakQubits()))
        known[key] = most
        return most
    most |= live
    for step in view.steps:
        pairs = zip(step.sides, are_qubits(step.view.bloq), strict=True)
        taken, given = (_held(side, party, kinds) for side, kinds in pairs)
        live.subtract(taken)
        inner = dict(zip(step.view.lefts, (party[x] for x in step.sides[0]), strict=True))
        inner |= zip(step.view.rights, (party[x] for x in step.sides[1]), strict=True)
        hands = [inner.get(k, own) for k, own in enumerate(step.view.party)]
        most |= live + Counter(_most(step.view, hands, known))
        live.update(given)
    known[key] = most
    return most


def _held(hands: Iterable[int], party: Sequence[Party], kinds: Iterable[bool]) -> Counter[str]:
    """How many qubits of some bits each party has."""
    pairs = zip(hands, kinds, strict=True)
    return Counter(name for x, is_qubit in pairs if is_qubit and (name := party[x]) is not None)


def _by_register(
    registers: Iterable[Register], holders: Sequence[Party]
) -> dict[str, tuple[Party, ...]]:
    found, start = {}, 0
    for reg in registers:
        size = int(reg.total_bits())
        found[reg.name] = tuple(holders[start : start + size])
        start += size
    return found
