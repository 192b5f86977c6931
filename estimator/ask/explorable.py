"""What a page to explore is about: the questions of a system, or one of them."""

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from estimator.ask.parameter import did_you_mean, quoted, spelled
from estimator.ask.question import COST
from estimator.ask.registry import Found, questions


@frozen
class Target:
    """A system, or a question of cost.

    Args:
        name: as it was typed.
        says: what it is, in one sentence.
        found: its questions that can be explored, at least one.
    """

    name: str
    says: str
    found: tuple[Found, ...] = field(hash=False)

    @classmethod
    def of(cls, name: str) -> "Target":
        """What a name means.

        Raises:
            ValueError: if nothing that can be explored has it.
        """
        every = [each for each in questions(COST) if each.question.explored is not None]
        asked = name.replace("_", "-")
        of_system = tuple(each for each in every if each.system.name.replace("_", "-") == asked)
        own = tuple(each for each in every if each.question.name == asked)
        if not own and not of_system:
            known = list(names())
            raise ValueError(
                f"there is nothing called {quoted(name)} to explore{did_you_mean(name, known)}; "
                f"there is {', '.join(known)}"
            )
        if of_system and (not own or len(of_system) > 1):
            return cls(name, of_system[0].system.says, of_system)
        return cls(name, own[0].question.says, own)

    def settings(self, given: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        """Parameters that were named, by name of each question that has them.

        Raises:
            ValueError: if none has one.
        """
        found: dict[str, dict[str, Any]] = {each.question.name: {} for each in self.found}
        for name, value in given.items():
            having = [
                x.question for x in self.found if name.replace("-", "_") in x.question.spellings
            ]
            if not having:
                known = sorted({y for x in self.found for y in x.question.spellings})
                raise ValueError(
                    f"{self.name} has no parameter {spelled(name)}{did_you_mean(name, known)}"
                )
            for question in having:
                found[question.name][name] = value
        return found


def names() -> dict[str, str]:
    """What can be explored, systems first, each with what it is."""
    every = [each for each in questions(COST) if each.question.explored is not None]
    systems = {each.system.name: each.system.says for each in every}
    return {**systems, **{each.question.name: each.question.says for each in every}}


def check_named(target: Target, given: Mapping[str, Any]) -> None:
    """Refuse a parameter that nothing there has, before any work.

    Raises:
        ValueError: if there is one.
    """
    target.settings(given)
