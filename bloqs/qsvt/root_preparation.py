"""Prepare one qubit with the square roots of two weights."""

import math

import sympy
from qualtran import Bloq
from qualtran.bloqs.basic_gates import Hadamard, SGate
from qualtran.symbolics import SymbolicFloat, is_symbolic

from bloqs.gates.phase_rotation import PhaseRotation


def root_preparation(zero: SymbolicFloat, one: SymbolicFloat) -> list[Bloq]:
    r"""Gates that take zero to $(\sqrt{x}\,|0\rangle + \sqrt{y}\,|1\rangle)/\sqrt{x+y}$.

    One Hadamard if the weights are equal, otherwise a rotation about Y made of one about Z.

    Args:
        zero: x, positive.
        one: y, positive.
    """
    if zero == one:
        return [Hadamard()]
    if is_symbolic(zero, one):
        angle = sympy.atan(sympy.sqrt(sympy.sympify(one) / zero))
    else:
        angle = math.atan2(math.sqrt(one), math.sqrt(zero))
    return [Hadamard(), PhaseRotation(angle), Hadamard(), SGate()]
