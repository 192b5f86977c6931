"""What a bloq says about its drawing: its parts in order, also where it has no circuit."""

from collections.abc import Mapping, Sequence

from attrs import frozen
from qualtran import Bloq
from qualtran.symbolics import SymbolicInt


@frozen(kw_only=True)
class Step:
    """One box of an outline.

    Args:
        bloq: what is done; `None` for a gap, which stands for steps like those before it.
        on: names of the wires that it holds.
        times: how often it is done in one run of the whole, wherever it is drawn first; `None` for
            a step that is drawn again.
        layer: its name if it is a layer of a network, such as "block 1".
        forms: what runs as this layer, under control or not, forwards or backwards.
    """

    bloq: Bloq | None
    on: tuple[str, ...]
    times: SymbolicInt | None = None
    layer: str = ""
    forms: tuple[Bloq, ...] = ()


@frozen(kw_only=True)
class Outline:
    """A circuit told in a few steps, of any size, a symbolic one too.

    A bloq has one as its property `outline`.

    Args:
        wires: name and width of each, from above. Unit: qubits.
        steps: from the left.
        note: how to read it.
    """

    wires: tuple[tuple[str, SymbolicInt], ...]
    steps: tuple[Step, ...]
    note: str

    @property
    def layers(self) -> dict[Bloq, str]:
        """The name of the layer as which a bloq runs."""
        return {form: step.layer for step in self.steps if step.layer for form in step.forms}


def outline_of(bloq: Bloq) -> Outline | None:
    """The outline of a bloq that has one."""
    found = getattr(bloq, "outline", None)
    return found if isinstance(found, Outline) else None


def gap(on: tuple[str, ...]) -> Step:
    """Three dots on these wires."""
    return Step(bloq=None, on=on)


def in_row(
    wires: Sequence[tuple[str, SymbolicInt]],
    steps: Sequence[tuple[Bloq, tuple[str, ...]] | None],
    times: Mapping[Bloq, SymbolicInt],
    note: str,
    is_adjoint: bool = False,
) -> Outline:
    """The outline of steps one after another, or of their inverse.

    Args:
        wires: name and width of each; those without width are left out, on steps as well.
        steps: what is done and on which wires, from the left; `None` for a gap on all.
        times: how often each is done in all, of those that are done more than they are drawn or
            once.
        note: how to read it.
        is_adjoint: whether the inverse is told.
    """
    kept = tuple((name, size) for name, size in wires if size != 0)
    names = tuple(name for name, _ in kept)
    left = dict(times)
    told = []
    for each in steps:
        if each is None:
            told.append(gap(names))
            continue
        bloq, on = each
        number = left.pop(bloq, None)
        shown = bloq.adjoint() if is_adjoint else bloq
        told.append(Step(bloq=shown, on=tuple(x for x in names if x in on), times=number))
    return Outline(wires=kept, steps=tuple(told[::-1] if is_adjoint else told), note=note)
