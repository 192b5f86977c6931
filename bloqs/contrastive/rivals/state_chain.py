"""Simulation by a chain of tensors: what one qubit more costs once the layers are fixed.

Each layer joins the two sides of a cut of the line by few gates, of two terms each. So the state
has a Schmidt rank that does not grow with the width, and a chain of tensors simulates it in a time
linear in W: what is exponential in W is an engine that holds whole states, not the task.
"""

from typing import Any

import sympy
from qualtran.symbolics import is_symbolic

BONDS = {
    "ring": 4,
    "13_half": 4,
    "13": 256,
    "14": 256,
    "15": 256,
    "19": 4,
    "all-to-all": 2,
    "line": 2,
    "alternating": 4,
    "farhi": 4,
}
"""By what a layer multiplies the Schmidt rank across a cut, at most: 2 for each gate on two qubits
that crosses it, two of them in a ring, eight in two rings of which one skips; a block of farhi has
one word on the last qubit, all-to-all is a ladder. Ours."""

SITE_FLOP = 64
"""Operations at a site for each cube of the bond, the outputs of all qubits: a state and its
conjugate against an environment from either side, 2 * 2 * 8 each. Unit: flop."""

REVERSE = 4
"""Times the work of the values that values and all derivatives take, backwards. Unit: 1."""


def bond(kind: str, width: Any, layers: Any) -> Any:
    """Schmidt rank of the final state across any cut of the line, at most.

    Args:
        kind: of the ansatz, by a name in `BONDS`.
        width: W.
        layers: L.
    """
    power = (BONDS[kind].bit_length() - 1) * layers
    if is_symbolic(width, layers):
        return 2 ** sympy.Min(sympy.floor(width / sympy.Integer(2)), power)
    return int(2 ** min(width // 2, power))


def chain_flop(batch: Any, kind: str, width: Any, layers: Any) -> Any:
    """Values and both gradients of all samples of a step, an estimate. Unit: flop.

    Args:
        batch: B.
        kind: of the ansatz.
        width: W.
        layers: L.
    """
    return 2 * batch * REVERSE * SITE_FLOP * width * bond(kind, width, layers) ** 3
