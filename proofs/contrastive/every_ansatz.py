"""Circuits of every ansatz at many sizes, and the closed forms of their sizes there."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import product
from typing import Any

import sympy

from bloqs.contrastive.circuits.representation_circuit import RepresentationCircuit
from bloqs.contrastive.model.ansatz_parts import KINDS
from bloqs.contrastive.model.ansatz_sizes import MEASURED, PLAIN, sizes_of
from bloqs.contrastive.parameters import NOT_AT_THREE
from bloqs.contrastive.symbols import L, W

WIDTHS = range(2, 7)
LAYERS = range(1, 4)


def instances() -> Sequence[Mapping[str, Any]]:
    """Those that the ledger examines; a test goes on to wider and deeper ones."""
    return at_sizes(WIDTHS, LAYERS)


def at_sizes(widths: Iterable[int], layers: Iterable[int]) -> Sequence[Mapping[str, Any]]:
    """Every ansatz, and the measured ring, at every width where it exists."""
    forms = [(kind, PLAIN) for kind in KINDS] + [("ring", MEASURED)]
    return [
        {"kind": kind, "form": form, "width": width, "layers": number}
        for kind, form in forms
        for width, number in product(widths, layers)
        if width != 3 or kind not in NOT_AT_THREE
    ]


def circuit(kind: str, form: str, width: int, layers: int) -> RepresentationCircuit:
    """The circuit of one shot, whose angles are left open."""
    return RepresentationCircuit(kind, width, layers, form=form)


def at(formula: Any, width: int, layers: int) -> sympy.Expr:
    """A closed form in W and L at numbers."""
    return sympy.sympify(formula).subs({W: width, L: layers})


@cache
def in_letters(kind: str, form: str) -> Any:
    """The sizes of an ansatz in W and L."""
    return sizes_of(kind, W, L, form)
