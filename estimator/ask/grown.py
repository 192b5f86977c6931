"""In what regime a paper states how a cost grows, and what it prints about single costs."""

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen


@frozen(kw_only=True)
class Published:
    """What a paper prints about how a cost grows.

    Args:
        formula: what the cost is compared with, in symbols of the regime.
        source: "[Key] locator", key from REFERENCES.md.
        origin: how the formula is from there, such as "printed".
        relation: "O", or "Omega" of what is printed as a lower bound.
        power: a constant in the formula that may be as large as one likes, such as the exponent of
            a power of logarithms that is not printed; empty if there is none.
    """

    formula: str
    source: str
    origin: str = "printed"
    relation: str = "O"
    power: str = ""


@frozen(kw_only=True)
class StandsFor:
    """Numbers that a search finds, by which a bound stands where growth is asked about.

    Args:
        names: of their symbols, or functions, in formulas.
        at_most: what they are at most a multiple of, in symbols of the regime.
        says: what they are, and what shows that.
        least: what they are at least.
    """

    names: tuple[str, ...]
    at_most: str
    says: str
    least: int = 1


@frozen(kw_only=True)
class Growth:
    """How the growth of a question's costs is asked about, unless a regime is named.

    Args:
        regime: the paper's, in its own symbols; what symbols of formulas are in these is a
            coupling, such as "m=log(N/C)/log(4)".
        parameters: with which the question is asked, by name.
        stands: numbers that a search finds.
        fixed: what the regime is, where costs are compared with what is printed, of symbols that
            move in leading terms and that the paper does not count, such as "b const".
        published: what is printed, by name of the cost.
        facts: keys of facts that are costs besides.
        notes: what else a reader should know, one sentence each.
    """

    regime: str
    parameters: Mapping[str, Any] = field(factory=dict, hash=False)
    stands: tuple[StandsFor, ...] = ()
    fixed: str = ""
    published: Mapping[str, Published] = field(factory=dict, hash=False)
    facts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
