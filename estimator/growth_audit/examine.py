"""Evaluates every claim of an answer, and every step of it, at points."""

from collections.abc import Mapping
from random import Random
from typing import Any, TypeAlias

from attrs import define, evolve

from estimator.expressions.cut import side_tree
from estimator.expressions.parse import parse_expression
from estimator.expressions.regime import parse_regime
from estimator.expressions.relations import relation_of, softened
from estimator.expressions.tree import names_in, replaced
from estimator.growth_audit.answer_file import WrittenAnswer
from estimator.growth_audit.cases import gap_in, outside
from estimator.growth_audit.claims import Claim, claim_of
from estimator.growth_audit.limits import goes_to_infinity, goes_to_zero, meets, stays_far
from estimator.growth_audit.points import shown
from estimator.growth_audit.program import Outcome, Values
from estimator.growth_audit.shape import FlawedError, Question, Shape, expanded, shape_of
from estimator.growth_audit.tally import Failure, Tally

CLIMBS = 30
"""Points near the worst one that are tried."""

CASES = 24
"""Choices of constants that are looked for among the cases."""

STEP_CLIMBS = 12
"""Points near the worst one of a step that are tried."""

TIGHT = 0.2
"""Ratio of the sides of a step from which a worse point is looked for."""

Best: TypeAlias = tuple[float, dict[str, Any]]
"""A ratio, and the point of it."""

UNTOLD = "steps about values that are not told"


class FalseError(ValueError):
    """Something false was found."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.why)
        self.failure = failure


def examine(answer: WrittenAnswer, points: int, seed: int, tally: Tally) -> None:
    """Evaluate all that an answer says.

    Args:
        answer: as written.
        points: of every claim.
        seed: of chance.
        tally: to which the result is added.

    Raises:
        ValueError: if something is not understood.
    """
    if answer.verdict == "UNDECIDED" and not answer.condition:
        tally.skip("answers that are UNDECIDED")
        return
    question, claims = _read(answer)
    tally.answers += 1
    random = Random(f"{seed} {answer.f} {answer.relation} {answer.g} {answer.regime}")
    try:
        sided = []
        for claim in claims:
            tally.claims += 1
            about = question
            if answer.condition:
                about = evolve(question, fails=claim.verdict == "FAILS")
            exam = _Exam(answer.name, about, claim, tally, random)
            sided.append(evolve(claim, side=exam.side_after(points)))
        fails = None if answer.condition else question.fails
        gap = gap_in(sided, question.sides, fails, question.regime, random, CASES, answer.condition)
        if gap:
            raise FalseError(Failure(answer=answer.name, what="the cases", why=gap))
    except FalseError as problem:
        tally.failures.append(problem.failure)


def _read(answer: WrittenAnswer) -> tuple[Question, list[Claim]]:
    try:
        regime = parse_regime(answer.regime)
        names = frozenset((*regime.growing, *regime.vanishing, *regime.constants, *regime.coupled))
        f, g = (parse_expression(side, names) for side in (answer.f, answer.g))
        relation, g = softened(relation_of(answer.relation, regime), g, regime)
        gone = frozenset(regime.vanishing)
        claims = [claim_of(row, names, gone) for row in answer.claims]
    except ValueError as problem:
        raise ValueError(f"{answer.name} cannot be read: {problem}") from None
    question = Question(
        f=expanded(f, regime.coupled),
        g=expanded(g, regime.coupled),
        regime=regime,
        relation=relation,
        fails=answer.verdict == "FAILS",
    )
    return question, claims


@define
class _Exam:
    """One claim, evaluated."""

    answer: str
    question: Question
    claim: Claim
    tally: Tally
    random: Random
    seen: bool = False

    def side_after(self, points: int) -> str | None:
        """The side of the relation that the claim is about, after as many points.

        Raises:
            FalseError: if something is false.
        """
        try:
            shape = shape_of(self.claim, self.question, self.random)
        except FlawedError as problem:
            raise self.flaw(str(problem)) from None
        self.tally.steps += len({line.said for line in self.claim.lines})
        self.tally.skip(UNTOLD, self.claim.untold)
        sides = dict(shape.pairs)
        best: Best | None = None
        worst: dict[int, Best] = {}
        for place, point in enumerate(shape.draws.points(points)):
            thorough = place % 8 == 0 and self.claim.at is None
            ratio = self.at(shape, point, sides, worst, thorough)
            if ratio is not None:
                best = (ratio, point) if best is None or ratio > best[0] else best
        for why, count in shape.draws.unreached.items():
            self.tally.skip(why, count)
        if best is not None:
            self.limits(shape)
            self.climb(shape, sides, best)
            self.climb_steps(shape, worst)
        left = {side.partition(" ")[0] for side in sides}
        return left.pop() if len(left) == 1 else None

    def climb(self, shape: Shape, sides: dict[str, Any], best: Best) -> None:
        """Look near the worst point of the claim for a worse one."""
        for step in range(CLIMBS):
            point = shape.draws.nearby(best[1], 0.5 * 0.85**step)
            if point is not None:
                ratio = self.at(shape, point, sides, None, False)
                best = (ratio, point) if ratio is not None and ratio > best[0] else best
        self.tally.worst = max(self.tally.worst, best[0])

    def climb_steps(self, shape: Shape, worst: Mapping[int, Best]) -> None:
        """Look near the worst point of every step for a worse one."""
        for place, best in worst.items():
            if not TIGHT < best[0] < 1:
                continue
            for step in range(STEP_CLIMBS):
                point = shape.draws.nearby(best[1], 0.5 * 0.7**step)
                if point is not None:
                    values = shape.draws.program.at(point)
                    ratio = self.line_at(shape, place, values, point, False)
                    best = (ratio, point) if ratio is not None and ratio > best[0] else best

    def at(
        self,
        shape: Shape,
        point: dict[str, Any],
        sides: dict[str, Any],
        worst: dict[int, Best] | None,
        thorough: bool,
    ) -> float | None:
        """The ratio of the claim's sides at a point; `None` if it was not evaluated.

        Args:
            shape: the claim.
            point: where.
            sides: of the relation; those that the claim is not about are taken out.
            worst: points of the steps, put in; `None` if steps are left out.
            thorough: whether what looks equal is told apart by all digits that there are.
        """
        if outside(self.claim, self.question.regime, point):
            raise self.false(self.claim.said, "a constant is not in its interval", point)
        values = shape.draws.program.at(point)
        found = values.at_most(shape.left, shape.bound)
        if found.verdict is not None:
            self.tally.points += 1
            self.tally.evaluated += not self.seen
            self.seen = True
        self.told(found, self.claim.said, "the left side is larger", point)
        if self.question.fails:
            size = values.at_most(shape.right, shape.zero)
            if size.verdict and size.right == size.left:  # not only too small to be told
                raise self.false(self.claim.said, "the right side is zero on the path", point)
        self.compare_sides(values, shape, sides, point, thorough)
        for place in range(len(shape.lines)) if worst is not None else ():
            ratio = self.line_at(shape, place, values, point, thorough)
            if worst is not None and ratio is not None:
                before = worst.get(place)
                worst[place] = (ratio, point) if before is None or ratio > before[0] else before
        return None if found.verdict is None else found.ratio

    def line_at(
        self,
        shape: Shape,
        place: int,
        values: Values,
        point: Mapping[str, Any],
        thorough: bool,
    ) -> float | None:
        """The ratio of the sides of a step at a point; `None` if it was not evaluated."""
        line, numbers = shape.lines[place]
        if line.kind == "enclosed":
            found = values.within(*numbers, thorough=thorough)
        else:
            found = values.at_most(*numbers)
        self.told(found, line.said, "the step is false", point)
        return None if found.verdict is None else found.ratio

    def compare_sides(
        self,
        values: Values,
        shape: Shape,
        sides: dict[str, Any],
        point: Mapping[str, Any],
        thorough: bool,
    ) -> None:
        """Whether the claim is about what was asked."""
        last = None
        for side, pairs in list(sides.items()):
            for ours, asked in pairs:
                same = values.within(ours, asked, None, thorough=thorough)
                if same.verdict is None:
                    self.tally.skip(same.why)
                elif not same.verdict:
                    last = values.pair(ours, asked)
                    sides.pop(side, None)
                else:
                    self.tally.comparisons += 1
        if not sides:
            assert last is not None
            why = "a side is not what was asked about"
            raise self.false(self.claim.said, why, point, last)

    def told(self, outcome: Outcome, what: str, why: str, point: Mapping[str, Any]) -> None:
        """Count an outcome.

        Raises:
            FalseError: if it is false.
        """
        if outcome.verdict is None:
            self.tally.skip(outcome.why)
            return
        self.tally.comparisons += 1
        if not outcome.verdict:
            raise self.false(what, why, point, outcome)

    def limits(self, shape: Shape) -> None:
        """Whether the path goes where the regime says, and what should go to zero does."""
        regime = self.question.regime
        for name in self.question.variables if self.question.fails else ():
            turned, tree = name in regime.vanishing, self.claim.path[name]
            stays = sorted(names_in(tree) - {*shape.draws.domain.growing})
            if names_in(tree) and set(stays) == names_in(tree):
                is_there = stays_far(tree, turned, stays)
            else:
                is_there = goes_to_infinity(tree, turned, shape.draws)
            if not is_there:
                where = "zero" if turned else "infinity"
                raise self.flaw(f"on the path {name} does not go to {where}")
        if self.question.fails:
            asked = [tuple(regime.restore(side_tree(x)) for x in each) for each in regime.ordered]
            for large, small in (*asked, *self.claim.orders):
                order = replaced(large, self.claim.path), replaced(small, self.claim.path)
                if not meets(order, shape.draws):
                    raise self.flaw("the path leaves the order of the variables")
        if self.claim.rate is not None and not goes_to_zero(self.claim.rate, shape.draws):
            raise self.flaw("what stands beside C does not go to zero")

    def flaw(self, why: str) -> FalseError:
        """What is false whatever the point."""
        return FalseError(Failure(answer=self.answer, what=self.claim.said, why=why))

    def false(
        self, what: str, why: str, point: Mapping[str, Any], outcome: Outcome | None = None
    ) -> FalseError:
        """What is false at a point."""
        return FalseError(
            Failure(
                answer=self.answer,
                what=what,
                why=why,
                point={name: shown(value) for name, value in sorted(point.items())},
                left="" if outcome is None else shown(outcome.left),
                right="" if outcome is None else shown(outcome.right),
            )
        )
