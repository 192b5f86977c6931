"""The layers of a network as a drawing shows them."""

from collections.abc import Sequence

import sympy
from attrs import evolve
from qualtran import Bloq
from qualtran.symbolics import SymbolicInt

from bloqs.abstract import WireNames
from estimator.drawing.outline import Outline, Step

NOTE = "each layer calls the one on its left, \N{MULTIPLICATION SIGN} how often it runs"
"""How to read such an outline."""

CONTROL: WireNames = (("control", 1),)


def layers_outline(
    system: WireNames,
    layers: Sequence[tuple[str, Bloq, SymbolicInt]],
    ancillas: Sequence[SymbolicInt],
    forms: Sequence[tuple[Bloq, ...]],
    *,
    is_controlled: bool,
    is_adjoint: bool,
) -> Outline:
    """The input and the layers in order, each on the ancillas of those before it and its own.

    Args:
        system: what the system's wires hold.
        layers: name, one run, and number of runs of the input and of each layer.
        ancillas: of the circuit up to the input and up to each layer. Unit: qubits.
        forms: what runs as each of them.
        is_controlled: whether a control decides between the network and the identity.
        is_adjoint: whether this is the inverse.
    """
    flags: list[tuple[str, SymbolicInt]] = []
    steps: list[Step] = []
    before: SymbolicInt = 0
    control = CONTROL if is_controlled else ()
    for (name, bloq, runs), size, ran in zip(layers, ancillas, forms, strict=True):
        own = sympy.expand(size - before)
        if own != 0:
            flags.append((f"flags of {name}", own))
        before = size
        on = (*(control if len(steps) == len(layers) - 1 else ()), *system, *flags)
        names = tuple(wire for wire, _ in on)
        steps.append(Step(bloq=bloq, on=names, times=runs, layer=name, forms=ran))
    if is_adjoint:
        steps = [evolve(step, bloq=step.bloq and step.bloq.adjoint()) for step in reversed(steps)]
    return Outline(wires=(*control, *system, *flags), steps=tuple(steps), note=NOTE)
