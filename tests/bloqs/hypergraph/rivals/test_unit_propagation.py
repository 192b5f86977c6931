"""Proofs followed line by line, right ones and wrong ones."""

import itertools
import random

import pytest
from pysat.solvers import Solver

from bloqs.hypergraph.rivals.certificate import NotShownError
from bloqs.hypergraph.rivals.unit_propagation import follow_proof

ALL_FOUR = [(1, 2), (1, -2), (-1, 2), (-1, -2)]


def follows(clauses, proof, variables):
    """Whether a proof is followed to its end."""
    try:
        follow_proof(clauses, proof, variables)
    except NotShownError:
        return False
    return True


def test_a_small_proof():
    """Four clauses on two variables need one line; without a clause that line does not follow."""
    assert follow_proof(ALL_FOUR, ["1 0", "0"], 2) == 1
    for left_out in range(4):
        rest = [each for place, each in enumerate(ALL_FOUR) if place != left_out]
        assert not follows(rest, ["1 0", "0"], 2)
    with pytest.raises(NotShownError, match="incomplete"):
        follow_proof(ALL_FOUR, [], 2)
    with pytest.raises(NotShownError, match="line 1 "):
        follow_proof(ALL_FOUR, ["0"], 2)


def test_a_clause_that_is_taken_out_proves_nothing_more():
    """Also if it stands twice, once of each is left."""
    assert not follows(ALL_FOUR, ["d -2 1 0", "1 0"], 2)
    assert follows([*ALL_FOUR, (2, 1)], ["d 1 2 0", "1 0"], 2)
    assert follows(ALL_FOUR, ["d 1 0", "1 0"], 2)


@pytest.mark.parametrize("line", ["1", "1 x 0", "3 0", "0 0"])
def test_a_line_that_is_none_is_refused(line):
    """No 0 at the end, no number, a variable that there is not."""
    with pytest.raises(ValueError, match=r"a line|invalid literal|a literal"):
        follow_proof(ALL_FOUR, [line], 2)


def pigeons(count):
    """So many pigeons in one hole less."""
    hole = {(p, h): p * (count - 1) + h + 1 for p in range(count) for h in range(count - 1)}
    some = [tuple(hole[p, h] for h in range(count - 1)) for p in range(count)]
    alone = [
        (-hole[one, h], -hole[two, h])
        for h in range(count - 1)
        for one, two in itertools.combinations(range(count), 2)
    ]
    return some + alone


def solved(clauses, solver="glucose4"):
    """A proof, or nothing if the clauses can all hold."""
    with Solver(name=solver, bootstrap_with=clauses, with_proof=True) as engine:
        return None if engine.solve() else engine.get_proof()


def test_proofs_of_solvers_are_followed_and_altered_ones_are_not():
    """Pigeons, whose proof is long; a literal turned round in a line that is used breaks it."""
    clauses = pigeons(6)
    for solver in ("glucose4", "cadical153"):
        proof = solved(clauses, solver)
        assert follows(clauses, proof, 30)
        assert not follows(clauses[1:], proof, 30)
    proof = solved(clauses)
    words = proof[0].split()
    wrong = [" ".join([str(-int(words[0])), *words[1:]]), *proof[1:]]
    assert not follows(clauses, wrong, 30)
    assert not follows(clauses, [line for line in proof if len(line.split()) > 3], 30)


@pytest.mark.parametrize("seed", range(40))
def test_nothing_that_can_hold_is_refuted(seed):
    """Random clauses: proofs of those that cannot hold are followed; any lines whatever, put to
    those that can, do not lead to a contradiction."""
    rng = random.Random(seed)

    def clause():
        return tuple(v * rng.choice((1, -1)) for v in rng.sample(range(1, 9), 3))

    clauses = [clause() for _ in range(rng.randrange(25, 60))]
    proof = solved(clauses)
    if proof is None:
        some = [" ".join(map(str, (*clause()[: rng.randrange(4)], 0))) for _ in range(30)]
        assert not follows(clauses, some, 8)
        true = set(next(_models(clauses)))
        assert all(true & {*each} for each in clauses)
    else:
        assert follows(clauses, proof, 8)


def _models(clauses):
    for signs in itertools.product((1, -1), repeat=8):
        model = {v * sign for v, sign in zip(range(1, 9), signs, strict=True)}
        if all(model & {*each} for each in clauses):
            yield model
