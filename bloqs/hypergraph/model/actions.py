"""What tokens do to qubits: signs, turns, flips and reads, with sets of qubits as masks."""

from functools import cache

from attrs import frozen

from bloqs.hypergraph.model.field import product_monomials
from bloqs.hypergraph.model.tokens import (
    EdgeToken,
    FlipToken,
    IdleToken,
    PauliToken,
    Place,
    Token,
    WriteToken,
)


@frozen
class PhaseAction:
    """|x> -> (-1)**(sum over masks of [all bits of the mask are 1 in x]) |x>."""

    monomials: tuple[int, ...]


@frozen
class TurnAction:
    """|x> -> exp(i angle) |x> where all bits of the mask are 1."""

    mask: int
    angle: float


@frozen
class FlipAction:
    """The target is flipped where all bits of the mask are 1.

    Args:
        controls: a mask.
        target: number of a qubit.
    """

    controls: int
    target: int


@frozen
class ReadAction:
    """Measures U|x> = i**ys (-1)**h(x) |x + flips>, an observable with values 1 and -1.

    Args:
        flips: a mask.
        monomials: h, a sum of products, each a mask; those of more than one bit avoid the flips.
        ys: number of Y in the string.
    """

    flips: int
    monomials: tuple[int, ...]
    ys: int = 0


Action = PhaseAction | TurnAction | FlipAction | ReadAction


@cache
def actions_of(token: Token, field_bits: int) -> tuple[Action, ...]:
    """What a token does, for modes of `field_bits` qubits; nothing for one that is idle."""
    m = field_bits

    def mask(*places: Place) -> int:
        return sum(1 << (m * mode + bit) for mode, bit in places)

    match token:
        case IdleToken():
            return ()
        case WriteToken(edge, _, angle) if angle is not None:
            return (TurnAction(mask(*((v, 0) for v in edge)), angle),)
        case WriteToken(edge, weight, _):
            products = product_monomials(weight, len(edge), m)
            return (PhaseAction(tuple(mask(*zip(edge, bits, strict=True)) for bits in products)),)
        case PauliToken(letters):
            flips = mask(*(place for place, letter in letters if letter in "XY"))
            signs = tuple(mask(place) for place, letter in letters if letter in "YZ")
            return (ReadAction(flips, signs, sum(letter == "Y" for _, letter in letters)),)
        case EdgeToken(center, rest):
            return (ReadAction(mask(center), (mask(*rest),)),)
        case FlipToken(controls, target):
            return (FlipAction(mask(*controls), m * target[0] + target[1]),)
