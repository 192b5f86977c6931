"""Closed forms of what every ansatz has: angles, rotations, CNOTs, depths; for all widths."""

from collections.abc import Callable
from typing import Any

import attrs
import sympy
from attrs import frozen
from qualtran.symbolics import SymbolicInt, is_symbolic
from sympy import Max, Min, floor

from bloqs.contrastive.model.ansatz_parts import check_ansatz, kind_named

MEASURED = "measured"
"""Form of the ring whose last layer measures each qubit before what it would control."""

PLAIN = "plain"
"""Form in which all qubits are measured at the end."""

FORMS = (PLAIN, MEASURED)


@frozen(kw_only=True)
class Sizes:
    """What an ansatz has, at numbers or in letters.

    Args:
        turn_angles: angles of rotations of one qubit, or of a pair; two terms of the shift rule
            are exact for them.
        controlled_angles: angles of controlled rotations.
        exempt_angles: those of them for which two terms are exact as well.
        dead_angles: angles on which no output depends.
        rotations: with the layer of the inputs. Unit: gates.
        cnots: Unit: gates.
        pair_gates: gates on two qubits, a controlled rotation as one. Unit: gates.
        first_depth: layers of the inputs and of one layer of the ansatz, a controlled rotation as
            one gate. Unit: layers.
        further_depth: layers that each further layer adds. Unit: layers.
        first_pair_depth: longest chain of gates on two qubits in one layer. Unit: layers.
        further_pair_depth: what each further layer adds. Unit: layers.
        cnots_each: CNOTs in a row in one gate on two qubits.
        layers: L.
    """

    turn_angles: SymbolicInt
    controlled_angles: SymbolicInt
    exempt_angles: SymbolicInt
    dead_angles: SymbolicInt
    rotations: SymbolicInt
    cnots: SymbolicInt
    pair_gates: SymbolicInt
    first_depth: SymbolicInt
    further_depth: SymbolicInt
    first_pair_depth: SymbolicInt
    further_pair_depth: SymbolicInt
    cnots_each: int
    layers: SymbolicInt

    @property
    def angles(self) -> SymbolicInt:
        """Trainable angles."""
        return self.turn_angles + self.controlled_angles

    @property
    def angles_that_matter(self) -> SymbolicInt:
        """Angles on which an output depends."""
        return self.angles - self.dead_angles

    @property
    def depth(self) -> SymbolicInt:
        """Layers in all, with that of the inputs, without measurements. Unit: layers."""
        return _plain(self.first_depth + (self.layers - 1) * self.further_depth)

    @property
    def pair_depth(self) -> SymbolicInt:
        """Longest chain of gates on two qubits. Unit: layers."""
        return _plain(self.first_pair_depth + (self.layers - 1) * self.further_pair_depth)

    @property
    def cnot_depth(self) -> SymbolicInt:
        """Longest chain of CNOTs. Unit: layers."""
        return _plain(self.cnots_each * self.pair_depth)


def sizes_of(kind: str, width: SymbolicInt, layers: SymbolicInt, form: str = PLAIN) -> Sizes:
    """The sizes of an ansatz.

    Args:
        kind: name of the ansatz.
        width: W.
        layers: L.
        form: `PLAIN`, or `MEASURED` of the ring.

    Raises:
        ValueError: if there is no such ansatz, or not at this size, or not in this form.
    """
    kind = kind_named(kind)
    check_ansatz(kind, width, layers)
    check_form(kind, form)
    if not is_symbolic(width):
        width = sympy.Integer(width)
    found = FORMULAS[kind](width, layers)
    if form == MEASURED:
        found = _measured(found, width)
    numbers = {each.name: _plain(getattr(found, each.name)) for each in attrs.fields(Sizes)}
    return Sizes(**numbers)


def check_form(kind: str, form: str) -> None:
    """Refuse a form that an ansatz does not have.

    Raises:
        ValueError: in one sentence.
    """
    if form not in FORMS:
        raise ValueError(f"the form of an ansatz is one of {', '.join(FORMS)}, got {form!r}")
    if form == MEASURED and kind != "ring":
        raise ValueError(
            f"only the ring has a measured form, got the ansatz {kind}; leave --form out"
        )


def _plain(value: Any) -> Any:
    """A whole number of Python where it is one, else a sum of products if that is short."""
    value = sympy.sympify(value)
    if value.is_Integer:
        return int(value)
    return value if value.has(Max, Min) else sympy.expand(value)


def _ring(width: Any, layers: Any, dead: Any, exempt: Any) -> Sizes:
    gates = width * layers
    return Sizes(
        turn_angles=gates, controlled_angles=gates, exempt_angles=exempt, dead_angles=dead,
        rotations=width + 3 * gates, cnots=2 * gates, pair_gates=gates,
        first_depth=width + 2, further_depth=width + 1,
        first_pair_depth=width, further_pair_depth=width, cnots_each=2, layers=layers,
    )  # fmt: skip


def _double_ring(
    width: Any, layers: Any, has_angles: bool, dead: Any = 0, exempt: Any = 0
) -> Sizes:
    gates = 2 * width * layers
    first = Max(floor((4 * width + 1) / 3), Min(2 * width, 7))
    further = Max(floor(4 * width / 3), Min(width + 2, 7))
    return Sizes(
        turn_angles=gates, controlled_angles=gates if has_angles else 0, exempt_angles=exempt,
        dead_angles=dead, rotations=width + (3 if has_angles else 1) * gates,
        cnots=(2 if has_angles else 1) * gates, pair_gates=gates,
        first_depth=first + 3, further_depth=further + 2,
        first_pair_depth=first, further_pair_depth=further,
        cnots_each=2 if has_angles else 1, layers=layers,
    )  # fmt: skip


def _sim_19(width: Any, layers: Any) -> Sizes:
    gates = width * layers
    return Sizes(
        turn_angles=2 * gates, controlled_angles=gates, exempt_angles=1, dead_angles=0,
        rotations=width + 4 * gates, cnots=2 * gates, pair_gates=gates,
        first_depth=width + 3, further_depth=width + 2,
        first_pair_depth=width, further_pair_depth=width, cnots_each=2, layers=layers,
    )  # fmt: skip


def _all_to_all(width: Any, layers: Any) -> Sizes:
    angles, gates = width * (layers + 1), layers * width * (width - 1) / 2
    further = Min(width, 2 * width - 3)
    return Sizes(
        turn_angles=angles, controlled_angles=0, exempt_angles=0, dead_angles=0,
        rotations=width + angles, cnots=gates, pair_gates=gates,
        first_depth=2 * width, further_depth=further + 1,
        first_pair_depth=2 * width - 3, further_pair_depth=further, cnots_each=1, layers=layers,
    )  # fmt: skip


def _line(width: Any, layers: Any) -> Sizes:
    angles, gates = width * (layers + 1), layers * (width - 1)
    further = Min(2, width - 1)
    return Sizes(
        turn_angles=angles, controlled_angles=0, exempt_angles=0, dead_angles=0,
        rotations=width + angles, cnots=gates, pair_gates=gates,
        first_depth=width + 2, further_depth=further + 1,
        first_pair_depth=width - 1, further_pair_depth=further, cnots_each=1, layers=layers,
    )  # fmt: skip


def _alternating(width: Any, layers: Any) -> Sizes:
    gates = 2 * floor(width / 2) * layers
    return Sizes(
        turn_angles=4 * gates, controlled_angles=0, exempt_angles=0, dead_angles=width,
        rotations=width + 4 * gates, cnots=gates, pair_gates=gates,
        first_depth=7, further_depth=6, first_pair_depth=2, further_pair_depth=2, cnots_each=1,
        layers=layers,
    )  # fmt: skip


def _farhi(width: Any, layers: Any) -> Sizes:
    gates, depth = 2 * (width - 1) * layers, 2 * (width - 1)
    return Sizes(
        turn_angles=gates, controlled_angles=0, exempt_angles=0, dead_angles=0,
        rotations=width + gates, cnots=2 * gates, pair_gates=gates,
        first_depth=1 + depth, further_depth=depth,
        first_pair_depth=depth, further_pair_depth=depth, cnots_each=2, layers=layers,
    )  # fmt: skip


def _measured(plain: Sizes, width: Any) -> Sizes:
    """One CRX of the last layer is left; the others are turns under a measured bit.

    Of gates on two qubits the last layer has one, and its turns wait for one another as before.
    """
    fewer = width - 1
    return attrs.evolve(
        plain,
        turn_angles=plain.turn_angles + fewer,
        controlled_angles=plain.controlled_angles - fewer,
        exempt_angles=0,
        rotations=plain.rotations - fewer,
        cnots=plain.cnots - 2 * fewer,
        pair_gates=plain.pair_gates - fewer,
        first_pair_depth=1,
    )


FORMULAS: dict[str, Callable[[Any, Any], Sizes]] = {
    "ring": lambda width, layers: _ring(width, layers, 0, width - 1),
    "13_half": lambda width, layers: _ring(width, layers, width, width),
    "13": lambda width, layers: _double_ring(width, layers, True, width, width),
    "14": lambda width, layers: _double_ring(width, layers, True, 0, Max(width - 3, 1)),
    "15": lambda width, layers: _double_ring(width, layers, False),
    "19": _sim_19,
    "all-to-all": _all_to_all,
    "line": _line,
    "alternating": _alternating,
    "farhi": _farhi,
}
"""By kind: from W and L to the sizes. [JAXAKJ22], its code, for the gates; the depths are ours."""
