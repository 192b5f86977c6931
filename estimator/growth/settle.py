"""Settles one relation for all positive values of the constants, dividing them where needed."""

from attrs import evolve

from estimator.expressions.lowest_terms import cancelled
from estimator.expressions.relations import Relation
from estimator.expressions.tree import Tree, from_sympy, replaced
from estimator.growth.prove import EVERY, Question
from estimator.growth.sides import Settled, settle_sides
from estimator.growth_numbers.constants import divided
from estimator.growth_numbers.number import DividedError
from estimator.verdict import Verdict

MOST_DIVISIONS = 6


def settle(
    f: Tree, relation: Relation, g: Tree, where: Question, stop: float, depth: int = 0
) -> Settled:
    """HOLDS or FAILS with a witness that is the same kind for all constants, or UNDECIDED.

    Args:
        f: left side, resolved.
        relation: what is asked.
        g: right side, resolved.
        where: the variables, and which of them are pinned.
        stop: when to give up, on the clock of the process, which stands while others run.
        depth: divisions so far.
    """
    variables = where.variables
    try:
        one, two = cancelled(f), cancelled(g)
        if (one, two) == (f, g):
            return settle_sides(f, relation, g, where, stop)
        found = settle_sides(one, relation, two, where, stop)
        return evolve(found, witness={"rewritten": (one, two), "part": found.witness})
    except DividedError as problem:
        if depth >= MOST_DIVISIONS or problem.symbol in variables or problem.symbol == EVERY:
            return Settled(Verdict.UNDECIDED, reason=str(problem))
        division = (problem.symbol, from_sympy(problem.value))
    parts: list[Settled] = []
    for values in divided(*division):
        one, two = replaced(f, values), replaced(g, values)
        parts.append(settle(one, relation, two, where, stop, depth + 1))
        if parts[-1].is_open:
            return Settled(Verdict.UNDECIDED, reason=parts[-1].reason)
    if any(part.cases for part in parts) or len({part.verdict for part in parts}) > 1:
        cases = {"divided": division, "parts": tuple(part.part for part in parts)}
        return Settled(Verdict.UNDECIDED, cases=cases)
    witness = {"divided": division, "parts": tuple(part.witness for part in parts)}
    return Settled(parts[0].verdict, witness)
