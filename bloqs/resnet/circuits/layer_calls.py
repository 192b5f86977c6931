"""How often the layers of a network run, forwards and backwards, with and without control."""

from typing import Self

import sympy
from attrs import evolve, frozen
from qualtran import Bloq
from qualtran.symbolics import SymbolicInt

from bloqs.composite import controlled_form
from bloqs.resnet.model.block_plan import BlockPlan, OutputPlan, Variant


@frozen(kw_only=True)
class Runs:
    r"""Runs of one layer, or of the input, in one run of the network.

    Args:
        total: runs of the circuit or its inverse.
        surplus: runs of the circuit less runs of its inverse.
        controlled_total: part of `total` that runs under control.
        controlled_surplus: likewise of `surplus`.
    """

    total: SymbolicInt
    surplus: SymbolicInt
    controlled_total: SymbolicInt
    controlled_surplus: SymbolicInt

    @classmethod
    def once(cls, is_controlled: bool = False) -> Self:
        """One run forwards."""
        one, part = sympy.Integer(1), sympy.Integer(is_controlled)
        return cls(total=one, surplus=one, controlled_total=part, controlled_surplus=part)

    def before(self, plan: BlockPlan | OutputPlan) -> "Runs":
        """Runs of what comes into a layer that runs so often.

        A normalisation is an odd sequence: it calls its sum once more than the sum's inverse, and
        under control one of these calls is. Ours prepares the vector in the sum once and in pairs
        of a diagonal and its inverse, which need no control. The published sum prepares it on
        both branches, each time under its flag, and six times in a diagonal; the output's sum
        prepares it on both branches and unprepares it on one, under its flag.
        """
        total = self.total * plan.calls
        if isinstance(plan, BlockPlan) and plan.variant is not Variant.PUBLISHED:
            return Runs(
                total=total,
                surplus=self.surplus,
                controlled_total=self.controlled_total,
                controlled_surplus=self.controlled_surplus,
            )
        surplus = self.surplus * (2 if isinstance(plan, BlockPlan) else 1)
        return Runs(
            total=total, surplus=surplus, controlled_total=total, controlled_surplus=surplus
        )

    def named(self, name: sympy.Symbol) -> "Runs":
        """The same with the total under a name."""
        all_controlled = self.controlled_total == self.total
        part = name if all_controlled else self.controlled_total
        return evolve(self, total=name, controlled_total=part)

    def split(self, step: Bloq) -> list[tuple[Bloq, SymbolicInt]]:
        """The forms of a circuit without control and how often each of them runs."""
        found: list[tuple[Bloq, SymbolicInt]] = []
        if self.controlled_total != self.total:
            rest = self.total - self.controlled_total
            found += _directions(step, rest, self.surplus - self.controlled_surplus)
        if self.controlled_total != 0:
            form = controlled_form(step)
            found += _directions(form, self.controlled_total, self.controlled_surplus)
        return found


def _directions(
    form: Bloq, total: SymbolicInt, surplus: SymbolicInt
) -> list[tuple[Bloq, SymbolicInt]]:
    found: list[tuple[Bloq, SymbolicInt]] = []
    for bloq, twice in ((form, total + surplus), (form.adjoint(), total - surplus)):
        times = sympy.sympify(twice) / 2
        if times != 0:
            found.append((bloq, int(times) if times.is_Integer else times))
    return found
