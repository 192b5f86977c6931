"""Which of a question's parameters can be moved on a page, and between what."""

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen


@frozen
class Required:
    """What parameters have to fulfil so that there is an answer.

    Args:
        formula: in parameters, such as "log2(N)/2 - beta"; it must not be negative.
        says: the rule, in one clause.
        where: choices for which it is asked, by name of the parameter; for all if empty.
    """

    formula: str
    says: str
    where: Mapping[str, tuple[str, ...]] = field(factory=dict, hash=False)


@frozen(kw_only=True)
class Explored:
    """How the cost of a question moves with its parameters on a page.

    A parameter stays a symbol of the formulas, unless it is among `forms`.

    Args:
        starts: parameters that are numbers, each with the value it stands at first.
        stops: those that have only a few values there, because a degree has to be found or a
            formula to be made for each of them.
        forms: parameters whose values have formulas of their own: choices, flags and numbers that
            say how many parts a circuit has.
        ranges: least and most of a number where its own are too far apart, or missing.
        symbols: what symbols of the formulas are in parameters, besides the sizes of the question.
        kept: numbers that are named in every formula, by a symbol of their own: unset, an answer
            would be about something else.
        where: of a number that has a meaning for some choices alone, those, by name of the choice.
        requires: what parameters have to fulfil together, besides the question's own conditions.
        left_out: parameters that cannot be moved, each with the reason, in one clause. Of those
            that are among `forms` too, a page may be asked with another value or several.
        rivals: "module:function" within the package of the system, which gives columns of other
            ways of doing the same; `None` if there is none.
        meets: columns whose crossovers are looked for, in pairs, ours first.
        drawn: columns that are drawn at first.
        grows: the number along which they are drawn at first.
    """

    starts: Mapping[str, Any] = field(factory=dict, hash=False)
    stops: Mapping[str, tuple[Any, ...]] = field(factory=dict, hash=False)
    forms: tuple[str, ...] = ()
    ranges: Mapping[str, tuple[Any, Any]] = field(factory=dict, hash=False)
    symbols: Mapping[str, str] = field(factory=dict, hash=False)
    kept: tuple[str, ...] = ()
    where: Mapping[str, Mapping[str, tuple[str, ...]]] = field(factory=dict, hash=False)
    requires: tuple[Required, ...] = ()
    left_out: Mapping[str, str] = field(factory=dict, hash=False)
    rivals: str | None = None
    meets: tuple[tuple[str, str], ...] = ()
    drawn: tuple[str, ...] = ("t_count", "qubits")
    grows: str = ""
