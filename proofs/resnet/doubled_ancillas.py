"""Ancillas of blocks inside each other, of which each holds what it starts from twice."""

import sympy

from bloqs.resnet.symbols import blocks
from estimator.symbols import a_0, a_1, n
from proofs.derivation import step


def after_blocks(after: sympy.Expr, a: sympy.Symbol, own: int) -> sympy.Expr:
    """Ancillas after k blocks, from those after one, which are 2 a + 2 b + n + own.

    A first-order recursion with factor 2 is solved by what it leaves unchanged.

    Raises:
        DerivationError: if a step does not hold.
    """
    step("one block", after, 2 * a + 2 * a_1 + n + own)
    unchanged = -(2 * a_1 + n + own)
    step("what a block would leave unchanged", after.subs(a, unchanged), unchanged)
    total = 2**blocks * (a_0 - unchanged) + unchanged
    step("without blocks, the input's own", total.subs(blocks, 0), a_0)
    step("one block more", total.subs(blocks, blocks + 1), after.subs(a, total))
    return total
