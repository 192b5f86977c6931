"""Runs sentences on hundreds of modes, as sums of few phase states, exactly without angles."""

from fractions import Fraction

from attrs import frozen

from bloqs.hypergraph.model.actions import (
    Action,
    FlipAction,
    PhaseAction,
    ReadAction,
    TurnAction,
)
from bloqs.hypergraph.model.phase_polynomial import TooManyCasesError, bits_of
from bloqs.hypergraph.model.phase_state import PhaseState, Scale, overlap
from bloqs.hypergraph.model.run_record import Engine, Probability
from bloqs.hypergraph.model.sentence import Sentence


class Branches(list[PhaseState]):
    """States that are added up.

    Attributes:
        known: squared norm of the sum, if it is known.
        tried: a read of these, an answer, and the squared norm that it leaves.
    """

    known: Scale | None = None
    tried: tuple[ReadAction, int, Scale] | None = None


@frozen
class PhaseEngine(Engine):
    """The engine.

    Args:
        most_branches: of which a state may be the sum, and cases of a sum of signs, in units of
            1024.
    """

    most_branches: int
    name = "phase polynomial"

    def __attrs_post_init__(self) -> None:
        if self.most_branches < 1:
            raise ValueError(f"a state has at least one branch, got {self.most_branches}")

    @property
    def limit(self) -> str:  # type: ignore[override]
        """What it can run."""
        return f"states that are sums of at most {self.most_branches} signs on affine sets"

    def check(self, sentence: Sentence) -> None:
        """Every sentence may be tried."""

    def start(self, sentence: Sentence) -> Branches:
        """One branch."""
        return Branches([PhaseState(sentence.qubits)])

    def act(self, state: Branches, action: Action) -> Branches:
        """Each branch, or parts of it; the norm stays."""
        found: list[PhaseState] = []
        for branch in state:
            if isinstance(action, PhaseAction):
                branch.sign(action)
                found.append(branch)
            elif isinstance(action, TurnAction):
                found += branch.turn(action)
            elif isinstance(action, FlipAction):
                found += _flipped(branch, action)
        after = self._bounded(found)
        after.known = state.known
        return after

    def read(
        self, state: Branches, action: ReadAction, answer: int, keep: bool
    ) -> tuple[Branches, Probability]:
        """By the norms before and after."""
        before = state.known = state.known or self.weight(state)
        whole = [branch.copy() for branch in state] if keep else state
        parts = self._bounded(
            [part for branch in whole for part in branch.answered(action, answer)]
        )
        after = parts.known = self._weight_after(state, parts, action, answer)
        shift = before.halves - after.halves
        if isinstance(after.re, int) and isinstance(before.re, int):
            return parts, Fraction(after.re, before.re) * Fraction(2) ** shift
        return parts, after.re / before.re * 2.0**shift

    def _weight_after(
        self, state: Branches, parts: Branches, action: ReadAction, answer: int
    ) -> Scale:
        """The squared norm of what an answer leaves, by that of the other where it is exact."""
        whole = state.known
        if state.tried and state.tried[:2] == (action, 1 - answer) and whole:
            other = state.tried[2]
            if isinstance(whole.re, int) and isinstance(other.re, int):
                return whole.plus(other.times(-1, 0))
        after = self.weight(parts)
        state.tried = (action, answer, after)
        return after

    def weight(self, state: Branches) -> Scale:
        """The squared norm, a real factor, amplitudes as they stand."""
        cases = 1024 * self.most_branches
        total = Scale(0, 0)
        for i, one in enumerate(state):
            size = one.scale.re**2 + one.scale.im**2
            total = total.plus(Scale(size, 0, 2 * one.scale.halves - one.variables.bit_count()))
            for two in state[:i]:
                cross = overlap(one, two, cases)
                total = total.plus(Scale(2 * cross.re, 0, cross.halves))
        return total

    def _bounded(self, state: list[PhaseState]) -> Branches:
        found = Branches()
        for branch in state:
            todo = [branch]
            while todo:
                new = todo.pop()
                for place, old in enumerate(found):
                    sums = old.merged(new)
                    if sums is not None:
                        del found[place]
                        todo += sums
                        break
                else:
                    found.append(new)
        if len(found) > self.most_branches:
            raise TooManyCasesError(
                f"the state leaves the sums of at most {self.most_branches} phase polynomials; "
                "allow more branches, or use the state vector"
            )
        return found


def _flipped(branch: PhaseState, action: FlipAction) -> list[PhaseState]:
    """A flip; where two controls leave the class, one is told apart into 0 and 1."""
    if branch.flip(action):
        return [branch]
    control = next(bits_of(action.controls))
    found = []
    for value in (0, 1):
        part = branch.copy()
        part.projected(part.values[control], value)
        part.flip(action)
        found.append(part)
    return found
