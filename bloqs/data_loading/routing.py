"""Who moves when in a tree of routers: qubits that travel one depth a layer, one after another."""

from collections.abc import Sequence

from attrs import field, frozen

from bloqs.wires import Wire, Wires

Swap = tuple[Wire, Wire]
ControlledSwap = tuple[Wire, Wire, Wire]


@frozen
class Layer:
    """Controlled swaps that run at the same time, and the Clifford gates around them.

    Args:
        before: swaps before them; a pair of equal wires is a Hadamard.
        swaps: control, and the two wires that it exchanges; no wire occurs twice.
        after: swaps after them.
    """

    before: list[Swap] = field(factory=list)
    swaps: list[ControlledSwap] = field(factory=list)
    after: list[Swap] = field(factory=list)

    def backwards(self) -> "Layer":
        """The layer that undoes this one."""
        return Layer(self.after[::-1], self.swaps, self.before[::-1])

    def merge(self, other: "Layer") -> None:
        """Let the other layer run at the same time; it belongs to a qubit that entered later."""
        self.before.extend(other.before)
        self.swaps.extend(other.swaps)
        self.after.extend(other.after)


def tree_wires(depth: int) -> list[Wire]:
    """The qubit of every router (t, p), and the wire into every router and leaf."""
    routers: list[Wire] = [("router", t, p) for t in range(depth) for p in range(2**t)]
    return routers + [("wire", t, p) for t in range(depth + 1) for p in range(2**t)]


def passing(t: int) -> Layer:
    """What is on a wire of depth t goes to the left or right child, as the router there says."""
    layer = Layer()
    for p in range(2**t):
        left, right = ("wire", t + 1, 2 * p), ("wire", t + 1, 2 * p + 1)
        layer.before.append((("wire", t, p), left))
        layer.swaps.append((("router", t, p), left, right))
    return layer


def storing(address: Sequence[Wire]) -> list[Layer]:
    """The address goes in, most significant bit first, bit t into the routers of depth t.

    The first bit stays at the root. Bit t > 0 enters in layer t - 1, one behind the bit before,
    and passes t depths.
    """
    layers = [Layer() for _ in range(max(2 * len(address) - 3, 1))]
    layers[0].before.extend([(address[0], ("wire", 0, 0)), (("router", 0, 0), ("wire", 0, 0))])
    for t, bit in enumerate(address[1:], start=1):
        layers[t - 1].before.append((bit, ("wire", 0, 0)))
        for depth in range(t):
            layers[t - 1 + depth].merge(passing(depth))
        layers[2 * t - 2].after.extend((("router", t, p), ("wire", t, p)) for p in range(2**t))
    return layers


def descent(depth: int, bit: Wire, control: Sequence[Wire]) -> list[Layer]:
    """A target bit, in the Hadamard basis, enters and goes down to the leaf.

    Args:
        depth: number of depths to pass.
        bit: where the target bit is.
        control: the qubit that lets it in, or nothing.
    """
    enter = Layer(before=[(bit, bit)])
    layers = [passing(t) for t in range(depth)]
    if control:
        enter.swaps.append((control[0], bit, ("wire", 0, 0)))
        return [enter, *layers]
    enter.before.append((bit, ("wire", 0, 0)))
    enter.merge(layers[0])
    return [enter, *layers[1:]]


def overlapped(leading: Sequence[Layer], following: Sequence[Layer], start: int) -> list[Layer]:
    """Both, the second from layer `start` of the first on."""
    layers = [Layer() for _ in range(max(len(leading), start + len(following)))]
    for at, part in ((0, leading), (start, following)):
        for i, layer in enumerate(part):
            layers[at + i].merge(layer)
    return layers


def write(wires: Wires, layer: Layer, at_once: bool) -> None:
    """Write one layer; a controlled swap is an AND into a work qubit, taken away by measurement.

    Args:
        wires: the circuit.
        layer: what to write.
        at_once: all controlled swaps at the same time, each with a work qubit of its own;
            otherwise one after another, with one work qubit.
    """
    _write_swaps(wires, layer.before)
    for group in [layer.swaps] if at_once else [[swap] for swap in layer.swaps]:
        for control, x, y in group:
            wires.cnot(x, y)
            wires.compute_and(control, y, ("and", control))
        for control, x, _ in group:
            wires.cnot(("and", control), x)
        for control, x, y in group:
            wires.uncompute_and(control, y, ("and", control))
            wires.cnot(x, y)
    _write_swaps(wires, layer.after)


def _write_swaps(wires: Wires, swaps: Sequence[Swap]) -> None:
    for x, y in swaps:
        if x == y:
            wires.h(x)
        else:
            wires.swap(x, y)
