"""How often the layers of a network are called, both ways, with and without control."""

from typing import Self

import sympy
from attrs import evolve, frozen
from qualtran import Bloq
from qualtran.symbolics import SymbolicFloat, SymbolicInt

from bloqs.composite import controlled_form
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.resnet.model.block_plan import BlockPlan, OutputPlan, Variant

PREVIOUS = "previous vector"
"""What calls of the vector before a layer are counted as. [RHGPR25] Lem. 6, its cost T_1."""


def previous_vector(
    n: SymbolicInt, ancillas: SymbolicInt, epsilon: SymbolicFloat = 0
) -> VectorOracle:
    """What a layer by itself calls the vector that it starts from.

    Args:
        n: width of the vector's index. Unit: qubits.
        ancillas: flags of the circuit that is called. Unit: qubits.
        epsilon: error of the vector (l2 norm).
    """
    return VectorOracle(n, ancillas, epsilon, oracle=PREVIOUS)


@frozen(kw_only=True)
class LayerCalls:
    r"""Calls of one layer, or of the input, in one shot of the network.

    Args:
        total: calls of the circuit or its inverse.
        surplus: calls of the circuit less calls of its inverse.
        controlled_total: part of `total` that is under control.
        controlled_surplus: likewise of `surplus`.
    """

    total: SymbolicInt
    surplus: SymbolicInt
    controlled_total: SymbolicInt
    controlled_surplus: SymbolicInt

    @classmethod
    def once(cls, is_controlled: bool = False) -> Self:
        """One call forwards."""
        one, part = sympy.Integer(1), sympy.Integer(is_controlled)
        return cls(total=one, surplus=one, controlled_total=part, controlled_surplus=part)

    def before(self, plan: BlockPlan | OutputPlan) -> "LayerCalls":
        """Calls of what comes into a layer that is called so often.

        A normalisation is an odd sequence: it calls its sum once more than the sum's inverse, and
        under control one of these calls is. Ours prepares the vector in the sum once and in pairs
        of a diagonal and its inverse, which need no control. The published sum prepares it on
        both branches, each time under its flag, and six times in a diagonal; the output's sum
        prepares it on both branches and unprepares it on one, under its flag.
        """
        total = self.total * plan.calls
        if isinstance(plan, BlockPlan) and plan.variant is not Variant.PUBLISHED:
            return LayerCalls(
                total=total,
                surplus=self.surplus,
                controlled_total=self.controlled_total,
                controlled_surplus=self.controlled_surplus,
            )
        surplus = self.surplus * (2 if isinstance(plan, BlockPlan) else 1)
        return LayerCalls(
            total=total, surplus=surplus, controlled_total=total, controlled_surplus=surplus
        )

    def named(self, name: sympy.Symbol) -> "LayerCalls":
        """The same with the total under a name."""
        all_controlled = self.controlled_total == self.total
        part = name if all_controlled else self.controlled_total
        return evolve(self, total=name, controlled_total=part)

    def split(self, step: Bloq) -> list[tuple[Bloq, SymbolicInt]]:
        """The forms of a circuit without control and how often each of them is called."""
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
