"""Looks for a machine with few states, or for a proof that there is none, by a solver of clauses.

Quantum states are groups of Pauli strings with signs: a string (x, z, sign) is
(-1)**sign i**|x & z| X**x Z**z, x and z masks of modes.
"""

import base64
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from typing import Any

from attrs import evolve
from pysat.solvers import Solver

from bloqs.hypergraph.model.tokens import PauliToken, Token, WriteToken
from bloqs.hypergraph.rivals.certificate import Certificate
from bloqs.hypergraph.rivals.machine_task import MachineTask
from estimator.ask.question import Tracker, untracked

Pauli = tuple[int, int, int]
Group = frozenset[Pauli]
Arrows = list[list[dict[str, int | None] | None]]
"""By quantum state and token: where each answer leads; nothing if the token may not stand there."""

SOLVER = "glucose4"
BUDGET = 5000
"""Conflicts between two looks at whether to go on."""

MOST_CLAUSES = 3_000_000
"""Of a search: a million take about 300 megabytes, and two seconds before the first conflict."""


def product(one: Pauli, two: Pauli) -> Pauli:
    """Of two strings that commute."""
    x, z = one[0] ^ two[0], one[1] ^ two[1]
    ys = (one[0] & one[1]).bit_count() + (two[0] & two[1]).bit_count() - (x & z).bit_count()
    turns = ys + 2 * (one[1] & two[0]).bit_count()
    return x, z, (one[2] + two[2] + turns // 2) % 2


def commute(one: Pauli, two: Pauli) -> bool:
    """Whether two strings do."""
    return ((one[0] & two[1]).bit_count() + (one[1] & two[0]).bit_count()) % 2 == 0


def written(group: Group, first: int, second: int) -> Group:
    """After CZ."""
    after = set()
    for x, z, sign in group:
        one, two = x >> first & 1, x >> second & 1
        turned = one & two & ((z >> first ^ z >> second) & 1)
        after.add((x, z ^ two << first ^ one << second, sign ^ turned))
    return frozenset(after)


def read(group: Group, string: Pauli, answer: int) -> Group | None:
    """After an answer; nothing if it cannot be."""
    x, z, _ = string
    for sign in (0, 1):
        if (x, z, sign) in group:
            return group if sign == answer else None
    kept = [each for each in group if commute(each, string)]
    return frozenset(kept) | {product(each, (x, z, answer)) for each in kept}


def first_group(task: MachineTask) -> Group:
    """All products of X, or nothing but 1."""
    strings = range(2**task.modes if task.start == "plus" else 1)
    return frozenset((x, 0, 0) for x in strings)


def arrows_of(task: MachineTask) -> Arrows:
    """Every quantum state that is reached, numbered as the task says, with its arrows."""
    tokens = task.alphabet.tokens
    groups = [first_group(task)]
    numbers = {groups[0]: 0}
    arrows: Arrows = []
    while len(arrows) < len(groups):
        group = groups[len(arrows)]
        row: list[dict[str, int | None] | None] = []
        for token in tokens:
            after = _after(task, group, token)
            for each in (after or {}).values():
                if each is not None and each not in numbers:
                    numbers[each] = len(groups)
                    groups.append(each)
            row.append(
                after
                if after is None
                else {said: None if g is None else numbers[g] for said, g in after.items()}
            )
        arrows.append(row)
    return arrows


def _after(task: MachineTask, group: Group, token: Token) -> dict[str, Group | None] | None:
    if isinstance(token, WriteToken):
        first, second = token.edge
        return {".": written(group, first, second)}
    assert isinstance(token, PauliToken)
    x = sum(1 << place[0] for place, letter in token.letters if letter in "XY")
    z = sum(1 << place[0] for place, letter in token.letters if letter in "YZ")
    if task.language == "compatible" and not all(commute((x, z, 0), each) for each in group):
        return None
    return {said: read(group, (x, z, 0), int(said)) for said in "01"}


def _reach(task: MachineTask, tokens: int, state: int, token: int) -> int:
    """How many states an arrow may go to, the first ones."""
    every = task.starts == "every"
    return task.states if every else min(task.states, state * tokens + token + 2)


def arrow_clauses(task: MachineTask, arrows: Arrows) -> int:
    """How many of the clauses say where quantum states go, which are nearly all of them."""
    tokens = len(task.alphabet.tokens)
    found = 0
    for token in range(tokens):
        reached = sum(_reach(task, tokens, state, token) for state in range(task.states))
        answers = [x for row in arrows for x in (row[token] or {}).values()]
        found += sum(task.states if x is None else reached for x in answers)
    return found


def check_size(task: MachineTask, arrows: Arrows) -> None:
    """Refuse a search that would fill the memory.

    Raises:
        ValueError: if it has more than `MOST_CLAUSES` clauses.
    """
    if (size := arrow_clauses(task, arrows)) <= MOST_CLAUSES:
        return
    smaller = range(task.states - 1, 0, -1)
    fits = (n for n in smaller if arrow_clauses(evolve(task, states=n), arrows) <= MOST_CLAUSES)
    raise ValueError(
        f"a search has at most {MOST_CLAUSES:,} clauses, got {size:,} for {task.name} with "
        f"{task.states} states; ask for at most {next(fits)}"
    )


def clauses(task: MachineTask, arrows: Arrows) -> Iterator[list[int]]:
    """What a machine must fulfil, with the variables of the task."""
    states, tokens = task.states, len(task.alphabet.tokens)
    said = 1 + states * tokens * states
    seen = said + states * tokens

    def targets(state: int, token: int) -> range:
        return range(_reach(task, tokens, state, token))

    for state in range(states):
        for token in range(tokens):
            at = 1 + (state * tokens + token) * states
            yield [at + target for target in targets(state, token)]
    for state in range(states if task.starts == "every" else 1):
        yield [seen + state]
    if task.start == "mixed" and all(token.is_read for token in task.alphabet.tokens):
        for token, kind in enumerate(task.alphabet.tokens):
            if kind.text()[:2] in ("MX", "MZ"):
                yield [-(said + token)]
    for quantum, row in enumerate(arrows):
        for token, after in enumerate(row):
            for answer, following in (after or {}).items():
                for state in range(states):
                    place = state * tokens + token
                    given = [-(seen + quantum * states + state)]
                    if answer != ".":
                        given.append((said + place) * (1 if answer == "0" else -1))
                    if following is None:
                        yield given
                        continue
                    for target in targets(state, token):
                        arrow = -(1 + place * states + target)
                        yield [*given, arrow, seen + following * states + target]


def search_machine(
    task: MachineTask,
    track: Tracker = untracked,
    patience: float | None = None,
    clock: Callable[[], float] = time.monotonic,
    before: Sequence[str] = (),
) -> Certificate:
    """A machine, or a proof that there is none; unless it is broken off, by hand or by patience.

    Args:
        task: which machines.
        track: hands on steps of `BUDGET` conflicts.
        patience: when to break off. Unit: seconds.
        clock: what tells the time. Unit: seconds.
        before: lines of a search for the same that was broken off; it goes on from what they add.

    Raises:
        ValueError: if it would fill the memory.
    """
    late = None if patience is None else clock() + patience
    lines: list[str] = []
    found: bool | None = None
    try:
        arrows = arrows_of(task)
        check_size(task, arrows)
        given = list(clauses(task, arrows))
        lines, learned = resumed(before, given)
        given += learned
        with Solver(name=SOLVER, bootstrap_with=given, with_proof=True) as solver:
            try:
                for _ in track(count(), f"{task.name}, {task.states} states"):
                    solver.conf_budget(BUDGET)
                    # otherwise it catches what the keyboard says, and is left in no good state
                    found = solver.solve_limited(expect_interrupt=True)
                    if found is not None or (late is not None and clock() >= late):
                        break
            except KeyboardInterrupt:
                found = None
            if found:
                return _with_table(task, set(solver.get_model()))
            lines += solver.get_proof() or []
    except KeyboardInterrupt:
        lines, found = lines or list(before), None
    if found is None:
        lines = [line for line in lines if line.split()[-1:] == ["0"]]  # the last may be half
    return _certificate(
        task,
        f"no machine with {_states(task)} is right" if found is False else
        f"incomplete: the search was broken off, nothing is shown; {len(lines)} lines are kept",
        {"proof": packed(lines), "lines": len(lines)},
        found is False,
    )  # fmt: skip


def resumed(before: Sequence[str], given: Iterable[list[int]]) -> tuple[list[str], list[list[int]]]:
    """Lines of a proof that is gone on with, and the clauses that they add and leave.

    What they take out of the clauses of the task stays, as the solver is given it again.

    Args:
        before: the lines.
        given: clauses of the task.
    """
    fixed = {tuple(sorted(clause)) for clause in given}
    lines: list[str] = []
    learned: dict[tuple[int, ...], list[int]] = {}
    for line in before:
        words = line.split()
        clause = [int(word) for word in words if word not in ("d", "0")]
        name = tuple(sorted(clause))
        if words[0] != "d":
            learned[name] = clause
        elif name in fixed or learned.pop(name, None) is None:
            continue
        lines.append(line)
    return lines, list(learned.values())


def _with_table(task: MachineTask, true: set[int]) -> Certificate:
    states, tokens = task.states, len(task.alphabet.tokens)
    table = []
    for state in range(states):
        row: list[list[Any]] = []
        for token, kind in enumerate(task.alphabet.tokens):
            place = state * tokens + token
            target = next(u for u in range(states) if 1 + place * states + u in true)
            answer = str(int(1 + states * tokens * states + place in true))
            row.append([target, answer if kind.is_read else "."])
        table.append(row)
    return _certificate(
        task, f"a machine with {_states(task)} is right", {"table": table}, is_complete=True
    )


def _states(task: MachineTask) -> str:
    return f"{task.states} state{'s' if task.states > 1 else ''}"


def _certificate(
    task: MachineTask, answer: str, evidence: dict[str, Any], is_complete: bool
) -> Certificate:
    return Certificate(
        name="machine",
        task=task.as_plain(),
        answer=answer,
        evidence=evidence,
        is_complete=is_complete,
    )


def packed(lines: list[str]) -> str:
    """Lines of a proof, compressed by zlib and written in base 64."""
    return base64.b64encode(zlib.compress("\n".join(lines).encode(), 9)).decode()


def lines_of(certificate: Certificate) -> list[str]:
    """Lines of the proof of a search that was broken off.

    Raises:
        ValueError: if there is none.
    """
    try:
        packed_lines = base64.b64decode(certificate.evidence["proof"], validate=True)
        return zlib.decompress(packed_lines).decode().splitlines()
    except (KeyError, TypeError, ValueError, zlib.error):
        raise ValueError(
            "a search goes on with the lines of a proof, got a certificate without; certify again"
        ) from None
