"""Where a cost goes: the sub-bloqs that need most T gates."""

import math
from collections.abc import Sequence

import sympy
from attrs import frozen
from qualtran import Bloq
from qualtran.symbolics import SymbolicInt

from estimator.costs.prices import Price, PriceList, callees
from estimator.report.parts import Column, Kind, Table
from estimator.report.text import IF_KNOWN, SHARE, bloq_name

MOST_EXPENSIVE = 3
"""Sub-bloqs shown."""

ROTATIONS, REST = "all rotations", "the rest"
"""Rows that are no sub-bloqs."""

LEAST_REST = 1e-9
"""A smaller share is the rounding of the others. Unit: 1."""


@frozen(kw_only=True)
class Share:
    """A sub-bloq and its part of the whole.

    Args:
        name: of the sub-bloq.
        calls: calls per run of the whole; `None` for the rest, of which only the share is told.
        price: of one call.
        share: part of the T gates in all, with every free symbol at a trial value; `None` where
            that cannot be told. The rotations in a sub-bloq are not among its T gates: all
            rotations have a row of their own.
        bloq: the sub-bloq; `None` for all rotations and for the rest.
    """

    name: str
    calls: SymbolicInt | None
    price: Price
    share: float | None
    bloq: Bloq | None = None


def shares_table(expensive: Sequence[Share]) -> Table:
    """Where the cost goes."""
    return Table(
        key="expensive",
        columns=[
            Column(key="bloq", label="sub-bloq"),
            Column(key="calls", style=IF_KNOWN, unit="calls"),
            Column(key="t", label="T in all a call", style=IF_KNOWN, unit="gates"),
            Column(key="rotations", label="rotations a call", style=IF_KNOWN, unit="gates"),
            Column(key="share", style=SHARE, kind=Kind.ESTIMATE),
        ],
        rows=[
            {
                "bloq": each.name,
                "calls": each.calls,
                "t": None if each.calls is None else each.price.t,
                "rotations": None if each.calls is None else each.price.rotations,
                "share": each.share,
            }
            for each in expensive
        ],
        heading="where it goes" if expensive else "",
        gap=2,
    )


def where_it_goes(bloq: Bloq, prices: PriceList, per_rotation: SymbolicInt) -> tuple[Share, ...]:
    """Parts of the T gates in all: the sub-bloqs with most of them, all rotations, the rest.

    Shares add up to one.

    Args:
        bloq: the whole.
        prices: of its parts.
        per_rotation: T gates of one rotation.
    """
    price = prices[bloq]
    if price.unknown:
        return ()

    def weight(*factors: SymbolicInt) -> float:
        """The product; exact, and as large as it may be, if all factors are whole numbers."""
        exact = [sympy.sympify(factor) for factor in factors]
        if all(factor.is_Integer for factor in exact):
            return math.prod(map(int, exact))
        return math.prod(map(prices.number, factors))

    turned = weight(per_rotation, price.rotations)

    def share_of(part: float) -> float | None:
        try:
            whole = weight(price.t) + turned
            return part / whole if whole > 0 and part == part else None
        except OverflowError:  # some of them are not whole
            return None

    merged: dict[str, list[Share]] = {}
    for callee, calls in (callees(bloq) or {}).items():
        part = prices[callee]
        if part.is_free:
            continue
        share = share_of(weight(calls, part.t))
        name = bloq_name(callee)
        found = Share(name=name, calls=calls, price=part, share=share, bloq=callee)
        merged.setdefault(name, []).append(found)
    shares = [share for group in merged.values() for share in group]
    shares.sort(key=lambda share: -(share.share or 0.0))
    shown = shares[:MOST_EXPENSIVE]
    if not shown:
        return ()
    if price.rotations != 0:
        one = Price(t=per_rotation, rotations=1)
        shown.append(
            Share(name=ROTATIONS, calls=price.rotations, price=one, share=share_of(turned))
        )
    known = [each.share for each in shown if each.share is not None]
    if len(known) == len(shown):
        rest = 1 - math.fsum(known)
        if rest > LEAST_REST or len(shares) > MOST_EXPENSIVE:
            shown.append(Share(name=REST, calls=None, price=Price(), share=max(rest, 0.0)))
    return tuple(shown)
