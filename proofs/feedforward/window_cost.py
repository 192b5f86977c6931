"""A window of an image costs an AND for each bit of its side above the lowest that is set."""

from typing import Any

import numpy as np

from bloqs.feedforward.circuits.image_window import ImageWindow
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement
from proofs.counting import counted


def _numbers(carries: int) -> dict[str, Any]:
    """Of one coordinate the carries that take a gate; of both, plain and controlled, Toffolis."""
    return {
        "carries": carries,
        "toffoli": 2 * carries,
        "toffoli as stated": 2 * carries,
        "toffoli, controlled": 2 * carries + 2,
    }


def by_formula(side: int, m: int) -> dict[str, Any]:
    """m - 1 - z for a side with z zeros at its end."""
    return _numbers(m - 1 - (len(bin(side)) - len(bin(side).rstrip("0"))))


def every_bit(side: int, m: int) -> dict[str, Any]:
    """m - 1, whatever the side."""
    return _numbers(m - 1)


def _carries(side: int, m: int) -> int:
    """Carries of x + 2**m - side that are neither constant nor a bit of x, over all x."""
    x, constant, needed = np.arange(2**m), 2**m - side, 0
    for place in range(1, m + 1):
        carry = (x % 2**place + constant % 2**place) >> place
        bit = x >> (place - 1) & 1
        needed += int(len(set(carry.tolist())) == 2 and bool(np.any(carry != bit)))
    return needed


def found(side: int, m: int) -> tuple[dict[str, Any], Measurement]:
    """Carries over all coordinates, and gates in the circuits."""
    bloq = ImageWindow(side, 0, m)
    plain, controlled = counted(bloq), counted(bloq.controlled())
    numbers = {
        "carries": _carries(side, m),
        "toffoli": plain.value,
        "toffoli as stated": plain.stated,
        "toffoli, controlled": controlled.value,
    }
    return numbers, controlled


THEOREM = AgreementClaim(
    says="The window of a side with z zeros at its end, in an image of side 2**m, takes 2 (m - 1 "
    "- z) AND, and 2 Toffoli more under control.",
    stated=by_formula,
    found=found,
    instances=lambda: [
        {"side": side, "m": m}
        for m, sides in ((1, (1,)), (2, (1, 2, 3)), (3, (4, 6, 7)), (5, (28, 16, 12, 21)))
        for side in sides
    ],
    false_twin=every_bit,
    twin_says="An even side takes as much as an odd one.",
    source="ours, with the carries of [Gid18] Fig. 1",
)
