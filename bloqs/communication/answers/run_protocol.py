"""Runs of protocols gate by gate, on random instances of their promise or on that of a file."""

from collections.abc import Callable
from typing import Any

import numpy as np
from attrs import frozen
from qualtran import Bloq
from scipy.stats import unitary_group

from bloqs.communication.answers.cost import chosen
from bloqs.communication.answers.cost_protocol import qubits_of_problem, sent_by, shots_of
from bloqs.communication.answers.letters import check_used, qubits_of
from bloqs.communication.circuits.data_parallel import DataParallel
from bloqs.communication.circuits.dense_coding import DenseCoding
from bloqs.communication.circuits.fourier_shot import FourierShot
from bloqs.communication.circuits.matching_shots import HiddenMatchingShot, edge_law
from bloqs.communication.model.fourier import value
from bloqs.communication.model.inner_product import InnerProduct
from bloqs.communication.model.matching_problem import EqualOrOrthogonal, HiddenMatching, Matching
from bloqs.communication.model.problem_file import Problem
from bloqs.communication.model.subspace_problem import (
    RazProblem,
    SubspaceProblem,
    random_in,
    random_subspace,
)
from bloqs.communication.parameters import PROTOCOL_USES, PROTOCOLS
from bloqs.messages.private import Private
from bloqs.simulation.runner import Runner
from estimator.ask.question import Asked
from estimator.report.model import Report
from estimator.report.parts import Column, Kind, Notes, Row, Table
from estimator.report.text import SCIENTIFIC, SHORT

EXACT_TO = 1e-9
"""By how much a probability may differ from what is claimed."""

MOST_QUBITS = 6
"""Of problems that are run: dense blocks of more take minutes."""

MOST_CODED = 20
"""Qubits of the largest dense coding that is run."""

BY = "every run gate by gate; probabilities from the whole state, so that no shot is drawn"
NEVER = "a hidden matching is never wrong, and finds an edge with probability 2 alpha"


@frozen(kw_only=True)
class Found:
    """What a run gives.

    Args:
        answer: that is right, in words.
        wrong: probability of another answer.
        allowed: most of it.
        found: probability of any answer.
    """

    answer: str
    wrong: float
    allowed: float = 0.0
    found: float = 1.0

    @property
    def holds(self) -> bool:
        return self.wrong <= self.allowed + EXACT_TO


def protocol_run(asked: Asked) -> Report:
    """Runs of every protocol, or of one; `passed` is false if one is wrong too often.

    Raises:
        ValueError: if no size is given, or alpha N is no whole number.
    """
    names = chosen(asked, PROTOCOLS)
    check_used(asked, PROTOCOL_USES, names)
    n = qubits_of(asked.values)
    if n is None:
        raise ValueError("a run needs a size: give --n or --N")
    rng = np.random.default_rng(asked.values["seed"])
    rows: list[Row] = []
    for name in asked.track(names, "protocols"):
        if name == "dense-coding" and "inner-product" in names:
            continue  # of the same instances
        rows += [row for one in INSTANCES[name](asked, n, rng) for row in one
                 if row["variant"] == name or len(names) > 1]  # fmt: skip
    unused = {key for key, uses in PROTOCOL_USES.items() if not {*uses} & {*names}}
    settings = {key: x for key, x in asked.values.items() if key not in unused}
    return report_of_rows("communication-protocol", settings | {"n": n}, rows)


def problem_run(asked: Asked, problem: Problem, title: str) -> Report:
    """The run of an instance of a file.

    Raises:
        ValueError: if it is too large, or a parameter is named that no shot depends on.
    """
    for unused in ("delta", "seed"):
        if unused in asked.named:
            raise ValueError(
                f"a run of {title} draws no shot, so it has no {unused}; leave --{unused} out"
            )
    n = qubits_of_problem(problem)
    if n > MOST_QUBITS:
        raise ValueError(f"problems on up to {MOST_QUBITS} qubits are run, got {n}; ask for cost")
    return report_of_rows(title, {"n": n}, rows_of_problem(problem))


def report_of_rows(title: str, settings: dict[str, Any], rows: list[Row]) -> Report:
    """What every run gave."""
    columns = [
        Column(key="variant"),
        Column(key="answer", label="right answer"),
        Column(key="found", label="answers with", align="right", style=SHORT),
        Column(key="wrong", label="wrong with", align="right", style=SCIENTIFIC,
               kind=Kind.MEASURED),
        Column(key="allowed", label="may be", align="right", style=SHORT, kind=Kind.UPPER_BOUND),
        Column(key="messages", align="right"),
        Column(key="qubits", label="qubits sent", align="right"),
        Column(key="holds"),
    ]  # fmt: skip
    is_matching = any(row["variant"] == "hidden-matching" for row in rows)
    notes = [BY, NEVER] if is_matching else [BY]
    table = Table(
        key="runs", columns=columns, rows=rows, heading="runs of protocols", keeps_words=True
    )
    return Report(
        title=title,
        settings={name: x for name, x in settings.items() if x is not None},
        parts=[table, Notes(key="notes", lines=notes, is_section=True)],
        passed=all(row["holds"] == "yes" for row in rows),
    )


def row_of(name: str, bloq: Bloq, found: Found) -> Row:
    """A run beside what it sent."""
    messages, qubits = sent_by(bloq)
    return {
        "variant": name,
        "answer": found.answer,
        "found": found.found,
        "wrong": abs(found.wrong),
        "allowed": found.allowed,
        "messages": messages,
        "qubits": qubits,
        "holds": "yes" if found.holds else "NO",
    }


def rows_of_problem(problem: Problem) -> list[Row]:
    """Runs of all circuits that solve an instance."""
    return [
        row_of(name, bloq, _solved(problem, bloq))
        for name, bloq in shots_of(problem).items()
        if not isinstance(bloq, DenseCoding) or 2 * bloq.pairs + 1 <= MOST_CODED
    ]


def _solved(problem: Problem, bloq: Bloq) -> Found:
    if isinstance(bloq, DenseCoding) and isinstance(problem, InnerProduct):
        pairs = np.eye(2**bloq.pairs).ravel() / 2 ** (bloq.pairs / 2)
        final = Runner.of(bloq).run(np.kron(pairs, [1.0 + 0j, 0.0]))
        one = float(np.sum(np.abs(final[1::2]) ** 2))
        return Found(answer=_bit(problem.answer), wrong=1 - one if problem.answer else one)
    final = Runner.of(bloq).run(0)
    if isinstance(bloq, HiddenMatchingShot) and isinstance(problem, HiddenMatching):
        law = edge_law(bloq, final)
        right = float(law[np.arange(len(law)), np.array(problem.parities)].sum())
        bit = "the parity of any edge" if problem.hidden is None else f"the bit {problem.hidden}"
        return Found(answer=bit, wrong=float(law.sum()) - right, found=float(law.sum()))
    assert not isinstance(problem, HiddenMatching)
    if isinstance(problem, EqualOrOrthogonal):
        yes, answer = abs(final[0]) ** 2, "equal" if problem.answer else "orthogonal"
    else:
        yes = np.sum(np.abs(final[: len(final) // 2]) ** 2)
        answer = "inside" if problem.answer else "outside"
    if isinstance(problem, InnerProduct):
        yes, answer = 1 - yes, _bit(problem.answer)
    allowed = getattr(problem, "slack", 0.0) ** 2
    wrong = float(1 - yes if problem.answer else yes)
    return Found(answer=answer, wrong=wrong, allowed=allowed)


def _bit(answer: bool) -> str:
    return f"parity {int(answer)}"


def _subspaces(asked: Asked, n: int, rng: np.random.Generator) -> Any:
    basis, slack = random_subspace(2**n, rng), float(asked.values["vartheta"])
    for is_inside in (True, False):
        vector = random_in(basis, rng, is_inside, slack)
        yield rows_of_problem(SubspaceProblem(vector, basis, slack))


def _raz(asked: Asked, n: int, rng: np.random.Generator) -> Any:
    basis, slack = random_subspace(2**n, rng), float(asked.values["vartheta"])
    turn = np.linalg.qr(rng.normal(size=(2**n, 2**n)))[0]
    for is_inside in (True, False):
        vector = turn.T @ random_in(basis, rng, is_inside, slack)
        yield rows_of_problem(RazProblem(vector, basis, turn, slack))


def _matchings(asked: Asked, n: int, rng: np.random.Generator) -> Any:
    matching = Matching.of_share(2**n, float(asked.values["alpha"]), rng)
    string = rng.integers(0, 2, 2**n)
    for bit in (0, 1):
        weights = [int(string[i] ^ string[j]) ^ bit for i, j in matching.edges]
        yield rows_of_problem(HiddenMatching(string, matching, weights))


def _strings(asked: Asked, n: int, rng: np.random.Generator) -> Any:
    one = rng.integers(0, 2, 2**n)
    two = one.copy()
    two[rng.permutation(2**n)[: 2 ** (n - 1)]] ^= 1
    for other in (one, two):
        yield rows_of_problem(EqualOrOrthogonal(one, other))


def _inner_products(asked: Asked, n: int, rng: np.random.Generator) -> Any:
    m = (n - 1) * int(asked.values["L"])
    ones, twos = (tuple(map(int, rng.integers(0, 2, m))) for _ in range(2))
    for last in (0, 1):  # both answers, by the last bit of Bob
        changed = (*twos[:-1], last)
        yield rows_of_problem(InnerProduct(n, (*ones[:-1], 1), changed))


def _halves(asked: Asked, n: int, rng: np.random.Generator) -> Any:
    one, two = rng.normal(size=(2, 2**n))
    bloq = DataParallel(n, Private("Alice", tuple(one)), Private("Bob", tuple(two)))
    whole = np.concatenate([one, two])
    gap = float(np.linalg.norm(Runner.of(bloq).run(0) - whole / np.linalg.norm(whole)))
    yield [row_of("data-parallel", bloq, Found(answer="the state, by its distance", wrong=gap))]


def _phases(asked: Asked, n: int, rng: np.random.Generator) -> Any:
    layers, x = int(asked.values["L"]), float(rng.normal())
    blocks = [unitary_group.rvs(2**n, random_state=rng) for _ in range(layers + 1)]
    scales = rng.normal(size=(layers, 2**n)).tolist()
    bloq = FourierShot.of(blocks, scales, x)
    final = Runner.of(bloq).run(0)
    loss = float(2 * np.sum(np.abs(final[: len(final) // 2]) ** 2) - 1)
    gap = abs(loss - value(blocks, scales, x))
    yield [row_of("fourier", bloq, Found(answer=f"the loss {loss:.6f}, by its error", wrong=gap))]


INSTANCES: dict[str, Callable[[Asked, int, np.random.Generator], Any]] = {
    "vector-in-subspace": _subspaces,
    "raz": _raz,
    "hidden-matching": _matchings,
    "equal-or-orthogonal": _strings,
    "inner-product": _inner_products,
    "dense-coding": _inner_products,
    "data-parallel": _halves,
    "fourier": _phases,
}
"""Random instances of each protocol, and their runs."""
