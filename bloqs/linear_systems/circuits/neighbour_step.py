"""From every index to the one it is matched with, by a table of differences."""

from typing import Any

from attrs import frozen
from qualtran import (
    Bloq,
    BloqBuilder,
    DecomposeTypeError,
    QBit,
    QUInt,
    Register,
    Signature,
    SoquetT,
    bloq_example,
)
from qualtran.bloqs.basic_gates import CNOT
from qualtran.resource_counting import (
    BloqCountDictT,
    CostKey,
    QubitCount,
    SympySymbolAllocator,
)
from qualtran.symbolics import SymbolicInt, is_symbolic

from bloqs.abstract import AbstractBloq, AbstractLoader, AbstractLookup
from bloqs.data_loading.loaders import QROMLoader
from bloqs.same_calls import SAME_CALLS
from bloqs.wires import Wires
from estimator import symbols
from estimator.costs.keys import ToffoliDepth
from estimator.costs.known import known_cost
from estimator.costs.simplify import largest


@frozen(cache_hash=True)
class NeighbourStep(AbstractBloq):
    r"""Applies $|l, i\rangle \to |l, \pi_l(i)\rangle$ for involutions $\pi_l$.

    The difference $i \oplus \pi_l(i)$ is looked up, added to the index by CNOTs, and taken away
    again: at the new index it is the same. Its own inverse.

    Args:
        differences: of colour l and index i at place $2^n l + i$, or `None` when only the sizes
            matter. Of colour l alone at place l if `is_pattern`.
        c: log2 of the number of colours, at least 1. Unit: qubits.
        n: width of the index. Unit: qubits.
        loader: the memory that holds the differences.
        is_controlled: whether a control decides between this and the identity.
        is_pattern: whether the difference depends on the colour alone.

    Registers:
        ctrl: QBit, only if `is_controlled`.
        colour: QUInt(c).
        index: QUInt(n).

    Cost: one lookup of 2**(c + n) differences of n bits, 2**c of a pattern, its unload, n CNOT.

    Raises:
        ValueError: if a difference is not that of an involution, or as the lookup.

    Source: derived; the lookups are those of the loader.
    """

    differences: tuple[int, ...] | None
    c: SymbolicInt
    n: SymbolicInt
    loader: AbstractLoader
    is_controlled: bool = False
    is_pattern: bool = False

    def __attrs_post_init__(self) -> None:
        self.lookup  # noqa: B018  refuse what it refuses
        if self.differences is None or self.is_pattern:
            return
        size = 2 ** int(self.n)
        for place, difference in enumerate(self.differences):
            if self.differences[place - place % size + (place % size ^ difference)] != difference:
                raise ValueError(
                    f"index {place % size} of colour {place // size} goes to "
                    f"{place % size ^ difference}, which does not come back; give involutions"
                )

    @property
    def lookup(self) -> AbstractLookup:
        """The load of the difference."""
        width = self.c if self.is_pattern else self.c + self.n
        return self.loader.lookup(self.differences, width, self.n, self.is_controlled)

    @property
    def signature(self) -> Signature:
        control = [Register("ctrl", QBit())] if self.is_controlled else []
        own = [Register("colour", QUInt(self.c)), Register("index", QUInt(self.n))]
        return Signature([*control, *own])

    @property
    def wire_names(self) -> dict[str, Any]:
        """What the registers hold; see `estimator.drawing.wire_names`."""
        return {"colour": (("colour", self.c),), "index": (("index", self.n),)}

    def build_composite_bloq(self, bb: BloqBuilder, **soqs: Any) -> dict[str, SoquetT]:
        if is_symbolic(self.c, self.n) or self.differences is None:
            raise DecomposeTypeError(f"{self} has a symbolic size or no table, so no circuit")
        wires = Wires(bb)
        control = {"ctrl": soqs.pop("ctrl")} if self.is_controlled else {}
        colour, index = (wires.split(name, soqs[name]) for name in ("colour", "index"))
        place = colour if self.is_pattern else [*colour, *index]
        address = QUInt(len(place))
        load = self.lookup
        held = bb.add_d(load, address=wires.join(place, address), **control)
        wires.at.update(zip(place, bb.split(held.pop("address")), strict=True))
        difference = wires.split("difference", held.pop("target"))
        for bit, moved in zip(difference, index, strict=True):
            wires.cnot(bit, moved)
        kept = bb.add_d(
            load.adjoint(),
            address=wires.join(place, address),
            target=wires.join(difference, QUInt(self.n)),
            **held,
        )
        wires.at.update(zip(place, bb.split(kept.pop("address")), strict=True))
        return {**kept, **wires.registers(list(self.signature)[-2:])}

    def build_call_graph(self, ssa: SympySymbolAllocator) -> BloqCountDictT:
        return {self.lookup: 1, self.lookup.adjoint(): 1, CNOT(): self.n}

    def adjoint(self) -> Bloq:
        return self

    def on_classical_vals(self, **registers: Any) -> Any:
        if self.differences is None:
            return NotImplemented
        if registers.get("ctrl", 1):
            place = int(registers["colour"])
            if not self.is_pattern:
                place = place * 2 ** int(self.n) + int(registers["index"])
            registers["index"] = int(registers["index"]) ^ self.differences[place]
        return registers

    def my_static_costs(self, cost_key: CostKey) -> Any:
        load = self.lookup
        if isinstance(cost_key, QubitCount):
            held = self.n * (1 + load.junk) + largest({load.work, load.adjoint().work})
            return self.c + self.n + int(self.is_controlled) + held
        if isinstance(cost_key, ToffoliDepth):
            return sum(known_cost(x, cost_key) for x in (load, load.adjoint()))
        return NotImplemented

    def __str__(self) -> str:
        return f"NeighbourStep(2**{self.c} colours, n={self.n})"


@bloq_example(generalizer=SAME_CALLS)
def _neighbour_step() -> NeighbourStep:
    return NeighbourStep((0, 0, 0, 0, 1, 1, 1, 1), 1, 2, QROMLoader())


@bloq_example(generalizer=SAME_CALLS)
def _neighbour_step_controlled() -> NeighbourStep:
    return NeighbourStep((0, 0, 0, 0, 0, 3, 3, 0), 1, 2, QROMLoader(), is_controlled=True)


@bloq_example(generalizer=SAME_CALLS)
def _neighbour_step_of_a_pattern() -> NeighbourStep:
    return NeighbourStep((0, 3, 1, 0), 2, 2, QROMLoader(), is_pattern=True)


@bloq_example(generalizer=SAME_CALLS)
def _neighbour_step_symbolic() -> NeighbourStep:
    return NeighbourStep(None, symbols.c, symbols.n, QROMLoader())
