"""What a bloq says about its drawing: its parts in order, also where it has no circuit."""

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
