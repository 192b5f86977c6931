"""The tokens of a sentence, as read and as written.

Writes `W(0,1,2)`, `W(0,1;theta)` and, over a field, `W(0,1,2:c)`; reads `MZ(3)`, `MX(3)`,
`MP(X0*Z1)` and `MK(0;1,2)`, which measures X_0 C_{1,2}Z; flips `CX(0,1)` and `CCX(0,1,2)`, the
target last; `I` does nothing. Over a field a qubit is named mode.bit: `MZ(3.1)`.
"""

import math
import re
from typing import TypeVar

from attrs import frozen

from estimator.ask.parameter import quoted

T = TypeVar("T")
Place = tuple[int, int]
"""A qubit: its mode and its bit in the mode."""

FORMS = "W(...), MZ(v), MX(v), MP(X0*Z1), MK(v;a,b), CX(a,t), CCX(a,b,t) and I"


def _place_text(place: Place, is_field: bool) -> str:
    return f"{place[0]}.{place[1]}" if is_field else str(place[0])


@frozen
class WriteToken:
    """Phase (-1)**Tr(weight * product over the edge), or exp(i angle) where all of it is 1.

    Args:
        edge: modes, in order as written.
        weight: an element of the field; 1 on plain qubits.
        angle: trained angle, in radians, in place of a sign; plain qubits only.
    """

    edge: tuple[int, ...]
    weight: int = 1
    angle: float | None = None
    is_read = False

    @property
    def modes(self) -> tuple[int, ...]:
        """Modes that it touches."""
        return self.edge

    def text(self, is_field: bool = False) -> str:
        """As it is typed."""
        edge = ",".join(map(str, self.edge))
        if self.angle is not None:
            return f"W({edge};{self.angle!r})"
        return f"W({edge}:{self.weight})" if is_field else f"W({edge})"


@frozen
class PauliToken:
    """A measured Pauli string.

    Args:
        letters: (qubit, "X" | "Y" | "Z") for each qubit that it touches.
    """

    letters: tuple[tuple[Place, str], ...]
    is_read = True

    @property
    def modes(self) -> tuple[int, ...]:
        """Modes that it touches, each once."""
        return tuple(dict.fromkeys(place[0] for place, _ in self.letters))

    def text(self, is_field: bool = False) -> str:
        """As it is typed."""
        if len(self.letters) == 1 and self.letters[0][1] != "Y":
            place, letter = self.letters[0]
            return f"M{letter}({_place_text(place, is_field)})"
        factors = (letter + _place_text(place, is_field) for place, letter in self.letters)
        return f"MP({'*'.join(factors)})"


@frozen
class EdgeToken:
    """A measured X on one qubit times a sign where all of some others are 1.

    Args:
        center: qubit of the X.
        rest: qubits of the sign, at least one.
    """

    center: Place
    rest: tuple[Place, ...]
    is_read = True

    @property
    def modes(self) -> tuple[int, ...]:
        """Modes that it touches, each once."""
        return tuple(dict.fromkeys(place[0] for place in (self.center, *self.rest)))

    def text(self, is_field: bool = False) -> str:
        """As it is typed."""
        rest = ",".join(_place_text(place, is_field) for place in self.rest)
        return f"MK({_place_text(self.center, is_field)};{rest})"


@frozen
class FlipToken:
    """CNOT or Toffoli.

    Args:
        controls: one qubit or two.
        target: the qubit that is flipped.
    """

    controls: tuple[Place, ...]
    target: Place
    is_read = False

    @property
    def modes(self) -> tuple[int, ...]:
        """Modes that it touches, each once."""
        return tuple(dict.fromkeys(place[0] for place in (*self.controls, self.target)))

    def text(self, is_field: bool = False) -> str:
        """As it is typed."""
        places = (_place_text(place, is_field) for place in (*self.controls, self.target))
        return f"{'C' * len(self.controls)}X({','.join(places)})"


@frozen
class IdleToken:
    """Nothing, for lengths that must not tell what is written."""

    is_read = False

    @property
    def modes(self) -> tuple[int, ...]:
        """None."""
        return ()

    def text(self, is_field: bool = False) -> str:
        """As it is typed."""
        return "I"


Token = WriteToken | PauliToken | EdgeToken | FlipToken | IdleToken


def token_from_text(text: str, field_bits: int) -> Token:
    """One token.

    Args:
        text: without blanks.
        field_bits: m, bits of a mode; 1 for plain qubits.

    Raises:
        ValueError: if it is no token, or names a mode twice.
    """
    if text.count("(") != text.count(")"):
        raise ValueError(
            f"a token closes each parenthesis that it opens, got {quoted(text)}; mend it"
        )
    if text == "I":
        return IdleToken()
    match = re.fullmatch(r"([A-Z]+)\(([^()]*)\)", text)
    reader = match and _READERS.get(match[1])
    if not match or not reader:
        raise ValueError(
            f"a token is one of {FORMS}, got {quoted(text)}; there is no blank in a token"
        )
    return reader(match[2], text, field_bits)


def _modes(body: str, text: str) -> tuple[int, ...]:
    parts = body.split(",")
    if not all(re.fullmatch(r"[0-9]{1,9}", part) for part in parts):
        raise ValueError(f"modes are whole numbers from 0 with commas between, got {quoted(text)}")
    return _distinct(tuple(map(int, parts)), text)


def _distinct(places: tuple[T, ...], text: str) -> tuple[T, ...]:
    if len(set(places)) < len(places):
        raise ValueError(f"a token names each mode once, got {quoted(text)}; leave out the second")
    return places


def _place(part: str, text: str, m: int) -> Place:
    match = re.fullmatch(r"([0-9]{1,9})(?:\.([0-9]{1,9}))?", part)
    if not match:
        raise ValueError(
            f"a qubit is a mode, or mode.bit over a field, got {quoted(part)} in {quoted(text)}"
        )
    if m == 1 and match[2] is None:
        return int(match[1]), 0
    if match[2] is None or m == 1 or int(match[2]) >= m:
        rule = f"mode.bit with a bit below {m}" if m > 1 else "a mode alone, as q is 2"
        raise ValueError(f"a qubit is named {rule}, got {quoted(part)} in {quoted(text)}")
    return int(match[1]), int(match[2])


def _places(body: str, text: str, m: int) -> tuple[Place, ...]:
    return _distinct(tuple(_place(part, text, m) for part in body.split(",")), text)


def _write(body: str, text: str, m: int) -> Token:
    edge, mark, value = (*re.split("([;:])", body, maxsplit=1), "", "")[:3]
    modes = _modes(edge, text)
    if not mark:
        return WriteToken(modes)
    if mark == ":":
        if not re.fullmatch(r"[0-9]{1,9}", value) or int(value) >= 2**m:
            raise ValueError(f"a weight is a whole number below q = {2**m}, got {quoted(text)}")
        return WriteToken(modes, int(value))
    if m > 1:
        raise ValueError(
            f"a write over a field has a weight, W(0,1:c), and no angle, got {quoted(text)}"
        )
    try:
        angle = float(value) if value.isascii() and "_" not in value else math.nan
    except ValueError:
        angle = math.nan
    if not math.isfinite(angle):
        raise ValueError(f"an angle is a finite number of radians, got {quoted(text)}")
    return WriteToken(modes, 1, angle)


def _single(letter: str, body: str, text: str, m: int) -> Token:
    return PauliToken(((_place(body, text, m), letter),))


def _pauli(body: str, text: str, m: int) -> Token:
    letters = []
    for factor in body.split("*"):
        if factor[:1] not in ("X", "Y", "Z"):
            raise ValueError(f"a Pauli string is written MP(X0*Y1*Z2), got {quoted(text)}")
        letters.append((_place(factor[1:], text, m), factor[0]))
    _distinct(tuple(place for place, _ in letters), text)
    return PauliToken(tuple(letters))


def _edge(body: str, text: str, m: int) -> Token:
    center, mark, rest = body.partition(";")
    if not mark or not rest:
        raise ValueError(
            f"MK(v;a,b) names v and at least one other, got {quoted(text)}; else write MX(v)"
        )
    places = _distinct((_place(center, text, m), *_places(rest, text, m)), text)
    return EdgeToken(places[0], places[1:])


def _flip(controls: int, body: str, text: str, m: int) -> Token:
    places = _places(body, text, m)
    if len(places) != controls + 1:
        raise ValueError(f"{'C' * controls}X names {controls + 1} qubits, the target last, "
                         f"got {quoted(text)}")  # fmt: skip
    return FlipToken(places[:-1], places[-1])


_READERS = {
    "W": _write,
    "MZ": lambda *parts: _single("Z", *parts),
    "MX": lambda *parts: _single("X", *parts),
    "MP": _pauli,
    "MK": _edge,
    "CX": lambda *parts: _flip(1, *parts),
    "CCX": lambda *parts: _flip(2, *parts),
}
