"""From which size on quantum messages are fewer, under two conventions that are named.

*Guaranteed*: the error is exceeded with probability at most delta, by the inequalities of each
protocol. *Equal confidence*: two standard deviations are the error, on both sides; rounding in
shipping has no standard deviation and keeps its guarantee. Results that are sent back are left out
on both sides; a qubit counts as a bit.
"""

from collections.abc import Callable, Mapping
from typing import Any, Literal

import sympy
from attrs import frozen

from bloqs.communication.model.rounding import is_symbolic, smallest
from bloqs.communication.model.shots import (
    equal_confidence_shots,
    gradient_copies,
    loss_shots,
    shift_shots,
)
from bloqs.communication.model.tomography import TomographyCost
from bloqs.communication.rivals.chain import chain_bits, chain_equal_confidence_bits
from bloqs.communication.rivals.shipping import shipped_bits
from bloqs.communication.rivals.sketch import equal_confidence_bits, sketch_bits

Convention = Literal["guaranteed", "equal confidence"]
CONVENTIONS: tuple[Convention, ...] = ("guaranteed", "equal confidence")

LARGEST = 90
"""Qubits up to which a window is looked for."""


@frozen(kw_only=True)
class Window:
    """Sizes at which quantum sends less.

    Args:
        convention: under which.
        against: the classical protocols; the cheaper of them at each size.
        first: least n from which on it sends less at every size up to 90; `None` if there is none.
    """

    convention: str
    against: tuple[str, ...]
    first: int | None


def sampled_qubits(
    qubits: Any, layers: Any, epsilon: Any, delta: Any, convention: Convention
) -> Any:
    """Qubits of all shots, M (2L - 1) n."""
    guaranteed = convention == "guaranteed"
    shots = loss_shots(epsilon, delta) if guaranteed else equal_confidence_shots(epsilon)
    return shots * (2 * layers - 1) * qubits


def classical_bits(
    qubits: Any, layers: Any, epsilon: Any, delta: Any, convention: Convention
) -> Mapping[str, Any]:
    """Bits of each classical protocol on N = 2**n reals, by its name.

    A sketch for one layer, a chain of them for more; with L as a symbol, both as one formula.
    """
    reals, messages = 2**qubits, 2 * layers - 1
    found = {"shipping": shipped_bits(reals, messages, epsilon)}
    guaranteed = convention == "guaranteed"

    def sketch() -> Any:
        if guaranteed:
            return sketch_bits(reals, epsilon, delta)
        return equal_confidence_bits(reals, epsilon)

    def chain() -> Any:
        if guaranteed:
            return chain_bits(reals, messages, epsilon, delta)
        return chain_equal_confidence_bits(reals, messages, epsilon)

    if is_symbolic(layers):
        found["sketch"] = sympy.Piecewise((sketch(), sympy.Eq(layers, 1)), (chain(), True))
    elif layers == 1:
        found["sketch"] = sketch()
    else:
        found["chain"] = chain()
    return found


def cheapest(bits: Mapping[str, int]) -> tuple[str, int]:
    """The protocol that sends least, and its bits."""
    name = min(bits, key=lambda each: bits[each])
    return name, bits[name]


def first_size(
    quantum: Callable[[int], float], classical: Callable[[int], float], largest: int = LARGEST
) -> int | None:
    """Least n from which on the one is below the other at every size up to the largest."""
    first = None
    for n in range(largest, 0, -1):
        if quantum(n) >= classical(n):
            return first
        first = n
    return first


def windows(layers: int, epsilon: float, delta: float) -> tuple[Window, ...]:
    """For each convention, against shipping alone and against the cheaper of all."""
    found = []
    for convention in CONVENTIONS:
        names = tuple(classical_bits(1, layers, epsilon, delta, convention))
        for against in (("shipping",), names):

            def least(
                n: int,
                against: tuple[str, ...] = against,
                convention: Convention = convention,
            ) -> int:
                bits = classical_bits(n, layers, epsilon, delta, convention)
                return min(bits[name] for name in against)

            def sent(n: int, convention: Convention = convention) -> int:
                return sampled_qubits(n, layers, epsilon, delta, convention)

            first = first_size(sent, least)
            found.append(Window(convention=convention, against=against, first=first))
    return tuple(found)


def last_block_qubits(qubits: Any, parameters: Any, epsilon: Any, delta: Any, variant: str) -> Any:
    """Qubits of the gradient of Bob's block for one message a copy, guaranteed.

    Args:
        qubits: n.
        parameters: P of the block.
        epsilon: error of every gradient.
        delta: probability that any is exceeded.
        variant: "grouped" with one group, "shift", "hadamard", or "tomography" at unit constants.

    Raises:
        ValueError: if the variant is unknown.
    """
    if variant == "shift":
        return 2 * parameters * shift_shots(parameters, epsilon, delta) * qubits
    if variant in ("grouped", "hadamard"):
        tests = parameters if variant == "hadamard" else 1
        return tests * gradient_copies(parameters, epsilon, delta) * qubits
    if variant == "tomography":
        cost = TomographyCost(
            entries=2**qubits, parameters=parameters, epsilon=epsilon, delta=delta
        )
        return cost.copies_for(1.0) * qubits
    raise ValueError(
        f"a last block's gradient is grouped, shift, hadamard or tomography, got {variant!r}"
    )


def last_block_bits(qubits: Any, parameters: Any, epsilon: Any, delta: Any) -> Any:
    """Bits of the cheaper of shipping and one sketch that serves all parameters, guaranteed."""
    reals = 2**qubits
    return smallest(shipped_bits(reals, 1, epsilon), sketch_bits(reals, epsilon, delta, parameters))


def gradient_window(parameters: int, epsilon: float, delta: float, variant: str) -> int | None:
    """Least n from which on the gradient of Bob's block takes fewer qubits than bits, K = 2."""
    return first_size(
        lambda n: last_block_qubits(n, parameters, epsilon, delta, variant),
        lambda n: last_block_bits(n, parameters, epsilon, delta),
    )
