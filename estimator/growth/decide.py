r"""Decides how costs grow: f = O(g), o(g), Theta(g), Omega(g) in several variables, with a witness.

**Meaning.** Under a regime such as `N->oo, eps->0, k const`, f = O(g) says: for every value of the
constants there are C and thresholds such that |f| <= C |g| for *all* variables beyond their
thresholds *at once* (N >= N0 and eps <= eps0, in no particular order or ratio). f = o(g) says: for
every c > 0 there are thresholds beyond which |f| <= c |g|, again all at once. f = Omega(g) is
g = O(f), and Theta is O and Omega; the others are listed in `relations`. FAILS is the negation,
for every value of the constants. What holds for some and fails for others is UNDECIDED, with a
`Condition` where it was found for which.

Every HOLDS and FAILS carries a witness that `growth_checker` verified. That code shares with this
only how a question is written down, as its `check` says: it reads regimes, trees and steps again
and decides every sign in another way, and what it cannot decide it refuses. Nothing is inferred
from sampled values. UNDECIDED is said plainly.
"""

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cmp_to_key
from time import process_time
from types import FrameType
from typing import Any

from attrs import frozen

from estimator.expressions.parse import parse_expression
from estimator.expressions.regime import Regime, parse_regime
from estimator.expressions.tree import Tree, from_sympy, replaced
from estimator.growth.condition import Condition
from estimator.growth.constants import openings
from estimator.growth.leading import Leading, leading_of
from estimator.growth.orders import settle_within
from estimator.growth.quotients import check_quotients
from estimator.growth.relations import Relation, relation_of, softened
from estimator.growth.sides import Settled
from estimator.growth_checker.answer import check_answer
from estimator.growth_checker.number import WitnessError
from estimator.growth_numbers.number import TimeUpError, UndecidedError
from estimator.verdict import Verdict


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise `UndecidedError` in the body once the time is up.

    Works in the main thread where the system has timers; elsewhere the search looks at the clock
    between its own steps only.
    """
    usable = hasattr(signal, "setitimer") and (
        threading.current_thread() is threading.main_thread()
    )
    if not usable or signal.getitimer(signal.ITIMER_PROF)[0] > 0:
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise TimeUpError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, max(seconds, 1e-3), 0.25)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


PATIENCE = 3.0
"""Processor time after which the search gives up. Unit: seconds."""

Expression = Any
"""A SymPy expression, a number, a tree, or text as `expressions.parse` reads it."""


@frozen(kw_only=True)
class Answer:
    """The answer to one growth question.

    Args:
        f: the left side, as asked.
        relation: one of `RELATIONS`, with the variables of ~O in brackets if any are named.
        g: the right side, as asked.
        regime: what the symbols do.
        verdict: HOLDS, FAILS or UNDECIDED.
        witness: plain data for `growth_checker.answer.check_answer`; `None` if undecided.
        reason: why it is undecided; the condition's text if there is one.
        condition: for which constants it holds and for which it fails, with witnesses; `None` if
            it holds or fails for all, or that was not found.
        seconds: processor time taken by the search and the check. Unit: seconds.
    """

    f: Tree
    relation: str
    g: Tree
    regime: Regime
    verdict: Verdict
    witness: Any
    reason: str
    condition: Condition | None
    seconds: float

    def check(self) -> None:
        """Verify the witness, or those of all parts of a condition.

        Raises:
            WitnessError: if it does not prove the verdict.
        """
        if self.condition is not None:
            self.condition.check(self.f, self.relation, self.g)
            return
        check_answer(self.f, self.relation, self.g, self.regime, self.verdict.value, self.witness)


def decide(
    f: Expression,
    relation: str,
    g: Expression,
    regime: Regime | str,
    patience: float = PATIENCE,
) -> Answer:
    """Decide f = relation(g) under a regime.

    Args:
        f: left side.
        relation: one of `RELATIONS`; ~O[N] for powers of log(N) alone.
        g: right side.
        regime: e.g. "N->oo, eps->0, k const, d=ceiling(4*log(n))"; see `expressions.regime`.
        patience: processor time after which to give up. Unit: seconds.

    Raises:
        ValueError: if something is not understood, the regime does not mention a symbol, or a
            quotient is undefined.
    """
    started = process_time()
    known = regime if isinstance(regime, Regime) else parse_regime(regime)
    one, two = tree_of(f, known), tree_of(g, known)
    meant, two = softened(relation_of(relation, known), two, known)
    f_resolved, g_resolved = known.resolve(one), known.resolve(two)
    texts = [text for text in (f, g) if isinstance(text, str)]
    condition: Condition | None = None
    try:
        with deadline(patience):
            outcome = _decide(f_resolved, meant, g_resolved, known, started + patience)
            if isinstance(outcome, Condition):
                outcome.check(one, str(meant), two)
                condition, found = outcome, Settled(Verdict.UNDECIDED, reason=outcome.text)
            else:
                found = outcome
                if found.verdict is not Verdict.UNDECIDED:
                    check_answer(one, str(meant), two, known, found.verdict.value, found.witness)
            is_decided = condition is not None or found.verdict is not Verdict.UNDECIDED
            for text in texts:
                check_quotients(text, known, is_decided)
    except WitnessError as problem:
        condition = None
        found = Settled(Verdict.UNDECIDED, reason=f"not verified: {problem}")
    except (UndecidedError, RecursionError, OverflowError, MemoryError) as problem:
        condition = None
        found = Settled(Verdict.UNDECIDED, reason=str(problem))
    return Answer(
        f=one,
        relation=str(meant),
        g=two,
        regime=known,
        verdict=found.verdict,
        witness=found.witness,
        reason=found.reason,
        condition=condition,
        seconds=process_time() - started,
    )


def _decide(
    f: Tree, relation: Relation, g: Tree, regime: Regime, stop: float
) -> Settled | Condition:
    parts = []
    for values in openings(regime):
        try:
            part = settle_within(replaced(f, values), relation, replaced(g, values), regime, stop)
        except (UndecidedError, RecursionError, OverflowError) as problem:
            part = Settled(Verdict.UNDECIDED, reason=str(problem))
        if part.is_open:
            return part
        parts.append(part)
    if any(part.cases for part in parts) or len({part.verdict for part in parts}) > 1:
        return Condition(regime, tuple(part.part for part in parts))
    return Settled(parts[0].verdict, tuple(part.witness for part in parts))


def tree_of(expression: Expression, regime: Regime) -> Tree:
    """A SymPy expression, a number, text or a tree as a tree."""
    if isinstance(expression, tuple):
        return expression
    if isinstance(expression, str):
        names = {*regime.growing, *regime.vanishing, *regime.constants, *regime.coupled}
        return parse_expression(expression, frozenset(names))
    return from_sympy(expression)


def leading_term(f: Expression, regime: Regime | str) -> Leading:
    """The leading term of an expression, in the symbols of the regime.

    With several variables none of which leads, all terms that no other outgrows, in sum.
    """
    known = regime if isinstance(regime, Regime) else parse_regime(regime)
    tree = known.resolve(tree_of(f, known))
    found = leading_of(tree, frozenset((*known.growing, *known.vanishing)))
    if found.tree is None:
        return found
    return Leading(known.restore(found.tree), found.is_exact)


def order(costs: Sequence[Expression], regime: Regime | str) -> list[list[int]]:
    """Costs from the slowest to the fastest growing, as positions in the list.

    Costs of the same growth share a group.

    Raises:
        ValueError: if two of them cannot be compared, naming them.
    """
    known = regime if isinstance(regime, Regime) else parse_regime(regime)
    seen: dict[tuple[int, int], int] = {}

    def compare(i: int, j: int) -> int:
        if i == j:
            return 0
        if (i, j) not in seen:
            seen[i, j] = _compare(costs[i], costs[j], known)
            seen[j, i] = -seen[i, j]
        return seen[i, j]

    key: Callable[[int], Any] = cmp_to_key(compare)
    groups: list[list[int]] = []
    for i in sorted(range(len(costs)), key=key):
        if groups and compare(groups[-1][0], i) == 0:
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def _compare(one: Expression, two: Expression, regime: Regime) -> int:
    for relation, sides, result in (("Theta", (one, two), 0), ("o", (one, two), -1)):
        if decide(sides[0], relation, sides[1], regime).verdict is Verdict.HOLDS:
            return result
    if decide(two, "o", one, regime).verdict is Verdict.HOLDS:
        return 1
    raise ValueError(f"costs must be comparable in the regime, got {one} and {two}")
