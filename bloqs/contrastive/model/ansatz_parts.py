"""What every ansatz is made of: layers of turns, and lists of pairs, in the published order."""

from collections.abc import Callable
from typing import Any, Literal, TypeAlias

from attrs import frozen
from qualtran.symbolics import SymbolicInt, is_symbolic
from sympy import floor

from bloqs.contrastive.parameters import NOT_AT_THREE

Pair: TypeAlias = tuple[int, int]
Axis: TypeAlias = Literal["X", "Y", "Z"]


@frozen
class Turns:
    """A rotation of every qubit about one axis, qubit 0 first, an angle each."""

    axis: Axis

    def angles(self, width: SymbolicInt) -> SymbolicInt:
        """Angles of the part."""
        return width


@frozen
class Pairs:
    """One gate on pairs of qubits, one pair after another.

    Args:
        pattern: name of the list of pairs, in `PATTERNS`.
        gate: on each: CX, CRX, CRZ (first qubit of the pair controls), RXX, RZX (Z on the first),
            or TDC: turns about Y of both, CX, turns about Z of both.
    """

    pattern: str
    gate: str

    def angles(self, width: SymbolicInt) -> SymbolicInt:
        """Angles of the part."""
        return ANGLES[self.gate] * number_of_pairs(self.pattern, width)


Part: TypeAlias = Turns | Pairs

ANGLES = {"CX": 0, "CRX": 1, "CRZ": 1, "RXX": 1, "RZX": 1, "TDC": 4}
"""Angles of each gate on a pair."""

PATTERNS: dict[str, Callable[[int], list[Pair]]] = {
    "ring": lambda width: [(i, (i + 1) % width) for i in range(width)],
    "falling-ring": lambda width: [(i, (i + 1) % width) for i in reversed(range(width))],
    "skip-ring": lambda width: [
        ((i - 1) % width, (i + width + 2) % width) for i in range(width)
    ],
    "all-to-all": lambda width: [(i, j) for i in range(width) for j in range(i + 1, width)],
    "reverse-ladder": lambda width: [(i, i + 1) for i in reversed(range(width - 1))],
    "star": lambda width: [(width - 1, i) for i in range(width - 1)],
    "bricks": lambda width: [
        *((i, i + 1) for i in range(0, width - 1, 2)),
        *((i, (i + 1) % width) for i in range(1, width - width % 2, 2)),
    ],
}  # fmt: skip
"""Pairs of each pattern, by width, in order."""

NUMBERS: dict[str, Callable[[Any], SymbolicInt]] = {
    **dict.fromkeys(("ring", "falling-ring", "skip-ring"), lambda width: width),
    "all-to-all": lambda width: width * (width - 1) / 2,
    **dict.fromkeys(("reverse-ladder", "star"), lambda width: width - 1),
    "bricks": lambda width: 2 * floor(width / 2),
}
"""How many pairs each pattern has."""


@frozen
class Kind:
    """An ansatz of any width and depth.

    Args:
        first: parts before all layers.
        layer: parts of each layer, in order.
        says: what it is, in one phrase.
    """

    first: tuple[Part, ...]
    layer: tuple[Part, ...]
    says: str


def _sim(gate: str) -> tuple[Part, ...]:
    return Turns("Y"), Pairs("falling-ring", gate), Turns("Y"), Pairs("skip-ring", gate)


KINDS: dict[str, Kind] = {
    "ring": Kind((), (Turns("Y"), Pairs("ring", "CRX")), "a ring of controlled turns about X"),
    "13_half": Kind((), (Turns("Y"), Pairs("ring", "CRZ")), "a ring of controlled turns about Z"),
    "13": Kind((), _sim("CRZ"), "two rings of controlled turns about Z"),
    "14": Kind((), _sim("CRX"), "two rings of controlled turns about X"),
    "15": Kind((), _sim("CX"), "two rings of CNOTs"),
    "19": Kind(
        (),
        (Turns("X"), Turns("Z"), Pairs("falling-ring", "CRX")),
        "turns about X and Z, and a falling ring of controlled turns about X",
    ),
    "all-to-all": Kind(
        (Turns("Y"),), (Pairs("all-to-all", "CX"), Turns("Y")), "a CNOT on every pair"
    ),
    "line": Kind(
        (Turns("Y"),),
        (Pairs("reverse-ladder", "CX"), Turns("Y")),
        "a ladder of CNOTs, which is all-to-all compiled",
    ),
    "alternating": Kind((), (Pairs("bricks", "TDC"),), "blocks on alternating neighbours"),
    "farhi": Kind(
        (), (Pairs("star", "RXX"), Pairs("star", "RZX")), "turns of the last qubit with each other"
    ),
}
"""Every ansatz, by the name that `--ansatz` takes."""

ALIASES = {
    "14_half": "ring",
    "sim_circ_14_half": "ring",
    "sim_circ_13_half": "13_half",
    "sim_circ_13": "13",
    "sim_circ_14": "14",
    "sim_circ_15": "15",
    "sim_circ_19": "19",
    "abbas": "all-to-all",
    "alternating_layer_tdcnot": "alternating",
}
"""Names that the published code uses."""


LEAST_WIDTH = 2
"""Below it there is no pair."""


def kind_named(name: str) -> str:
    """The name in `KINDS` of an ansatz, by that name or by the one of the published code.

    Raises:
        ValueError: if there is no such ansatz.
    """
    found = ALIASES.get(name, name)
    if found not in KINDS:
        raise ValueError(f"an ansatz is one of {', '.join(KINDS)}, got {name!r}")
    return found


def check_ansatz(kind: str, width: SymbolicInt, layers: SymbolicInt) -> None:
    """Refuse sizes that an ansatz does not exist at; symbols are any size at which it does.

    Raises:
        ValueError: in one sentence.
    """
    kind = kind_named(kind)
    if not is_symbolic(width):
        check_width(f"the ansatz {kind}", width)
        if width == 3 and kind in NOT_AT_THREE:
            raise ValueError(
                f"the ansatz {kind} does not exist at W=3, where its second ring would have one "
                "qubit as control and target; take another width or another ansatz"
            )
    if not is_symbolic(layers) and (layers != int(layers) or layers < 1):
        raise ValueError(f"the ansatz {kind} needs at least one layer, got L={layers}")


def check_width(what: str, width: SymbolicInt) -> None:
    """Refuse a width at which there is no pair of qubits.

    Raises:
        ValueError: in one sentence.
    """
    if not is_symbolic(width) and (width != int(width) or width < LEAST_WIDTH):
        raise ValueError(f"{what} needs at least {LEAST_WIDTH} qubits, got W={width}")


def number_of_pairs(pattern: str, width: SymbolicInt) -> SymbolicInt:
    """How many pairs a pattern has; a whole number for a whole width."""
    return NUMBERS[pattern](width) if is_symbolic(width) else len(PATTERNS[pattern](width))


def angles_of(kind: str, width: SymbolicInt, layers: SymbolicInt) -> SymbolicInt:
    """Trainable angles of an ansatz, part by part."""
    known = KINDS[kind_named(kind)]
    once = sum(part.angles(width) for part in known.first)
    return once + layers * sum(part.angles(width) for part in known.layer)
