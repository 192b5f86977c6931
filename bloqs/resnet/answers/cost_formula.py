"""Costs of residual networks of one kind at any size, from one formula in the image side.

The bloq with symbols for the image side, the degrees, the runs and the bits of an angle is costed
once; a size puts in the numbers of the network that is built for it. Gates, qubits and depth are
those that the built network has.
"""

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from typing import Any

import sympy
from attrs import evolve, field, frozen
from qualtran import Bloq
from qualtran.symbolics import is_symbolic
from sympy.printing.lambdarepr import LambdaPrinter

from bloqs.abstract import AbstractLoader
from bloqs.convolution.kernel import Kernel
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import (
    BucketBrigadeLoader,
    IdealQRAMLoader,
    QROAMLoader,
    SelectSwapLoader,
    loader_named,
)
from bloqs.data_loading.rotation_tree import RotationTree
from bloqs.qsvt.amplified import AmplifiedEncoding
from bloqs.resnet.answers.cost import request_of
from bloqs.resnet.circuits.build import (
    MOST_BITS,
    BuiltNetwork,
    NetworkRequest,
    build_network,
)
from bloqs.resnet.circuits.layer_calls import LayerCalls
from bloqs.resnet.circuits.layered_network import LayeredNetwork
from bloqs.resnet.circuits.output_block import OutputBlock
from bloqs.resnet.model.block_plan import Output
from bloqs.resnet.model.memory import Regime, memory_cells
from estimator import symbols
from estimator.costs.cost import cost_by_annotation
from estimator.costs.keys import ToffoliDepth
from estimator.costs.known import known_cost

Numbers = dict[sympy.Symbol, sympy.Integer]
ROTATION = Rotation.PHASE_GRADIENT
FEWEST_BITS = 4
"""Fewest bits of an angle that a tree of rotations takes. Unit: qubits."""


@frozen(kw_only=True)
class NetworkKind:
    """One way of running a network.

    Args:
        regime: "1", "2" or "3".
        variant: construction of the blocks.
        memory: loader of what lies in quantum memory.
        output: what follows the blocks.
    """

    regime: str
    variant: str
    memory: str
    output: str

    @property
    def has_memory(self) -> bool:
        """Whether anything lies in quantum memory."""
        return self.regime == "1" or (self.regime == "2" and self.output == "linear-pool")


@frozen(kw_only=True)
class CostPoint:
    """The three separate answers, gates, depth and qubits, and what goes with them.

    Args:
        n: log2 of the length N of the vector, channels included.
        gates: ANDs, Toffolis and controlled swaps. Unit: gates.
        depth: layers of such gates, an upper bound: parts run in sequence. Unit: layers.
        qubits: peak width, routers of active memory included. Unit: logical qubits.
        cells: cells of quantum memory, an angle each; zero for tables in circuits. Unit: cells.
        queries: reads of a memory that is priced as an oracle; zero for one made of gates.
        calls: runs of the input's circuit, U_X, or its inverse.
        bits: bits of an angle.
    """

    n: int
    gates: int
    depth: int
    qubits: int
    cells: int
    queries: int
    calls: int
    bits: int


class SizeFormula:
    """The cost of networks of one kind as a function of their size.

    Args:
        kind: the way of running them.
        values: k, C, D and other parameters of the algorithm `resnet`, all numbers, without N.
        kernels: the convolution of each block; of one only sizes are known if there are none.

    Raises:
        ValueError: if they do not go together.
    """

    def __init__(
        self, kind: NetworkKind, values: Mapping[str, Any], kernels: tuple[Kernel, ...] = ()
    ) -> None:
        self.kind = kind
        self._kernels = kernels
        self._values = dict(values)
        self._points: dict[int, CostPoint] = {}
        self.symbolic = self._network(kind.memory)

    def _request(self, memory: str, **extra: Any) -> NetworkRequest:
        kind = self.kind
        choices = {
            "variant": kind.variant,
            "loader": memory,
            "rotation": ROTATION.value,
            "regime": kind.regime,
            "output": kind.output,
        }
        return request_of({**self._values, **extra, **choices}, self._kernels)

    def _network(self, memory: str) -> LayeredNetwork:
        return build_network(self._request(memory)).network

    @cached_property
    def _gates(self) -> Callable[[Numbers], tuple[int, ...]]:
        cost = cost_by_annotation(self.symbolic)
        queries = sum(cost.queries.values(), start=sympy.Integer(0))
        return _function(cost.toffolis, cost.qubits, queries)

    @cached_property
    def _depth(self) -> Callable[[Numbers], tuple[int, ...]]:
        """Layers with reads of memory left out."""
        network = self.symbolic if self.kind.memory == "ideal" else self._network("ideal")
        return _function(known_cost(network, ToffoliDepth()))

    def at(self, n: int) -> CostPoint:
        """The cost for vectors of length 2**n.

        Raises:
            ValueError: if there is no such network, or none accurate enough.
        """
        if n not in self._points:
            self._points[n] = self._at(n)
        return self._points[n]

    def _at(self, n: int) -> CostPoint:
        built = _built(_Guessed(self._request("ideal", N=2**n), self._guess(n)))
        numbers = _numbers(self.symbolic, built)
        loader, (gates, qubits, queries) = self._priced(n, numbers)
        trees = _trees_in_memory(built.network, self.kind)
        reads = sum(_reading_depth(evolve(tree, loader=loader), runs) for tree, runs in trees)
        cells = 0
        if self.kind.has_memory and isinstance(loader, (BucketBrigadeLoader, IdealQRAMLoader)):
            found = memory_cells(Regime(self.kind.regime), 2**n, 1)
            dense = self.kind.output == Output.LINEAR_POOL
            cells = int(found.total if dense else found.input)
        return CostPoint(
            n=n,
            gates=gates,
            depth=self._depth(numbers)[0] + reads,
            qubits=qubits,
            cells=cells,
            queries=queries,
            calls=int(built.network.layer_calls[0].total),
            bits=int(built.b),
        )

    def _guess(self, n: int) -> int | None:
        """Bits of an angle on the line through the two sizes nearest to n; `None` without any."""
        near = sorted(self._points.values(), key=lambda point: abs(point.n - n))[:2]
        if len(near) < 2:
            return near[0].bits if near else None
        one, two = near
        slope = (two.bits - one.bits) / (two.n - one.n)
        return max(FEWEST_BITS, round(one.bits + slope * (n - one.n)))

    def _priced(self, n: int, numbers: Numbers) -> tuple[AbstractLoader, tuple[int, ...]]:
        """The loader, with the block size of fewest gates if it has blocks, and the costs."""
        memory = self.kind.memory
        loader = loader_named(memory, 0 if memory != SelectSwapLoader.name else 1)
        if not isinstance(loader, (QROAMLoader, SelectSwapLoader)):
            return loader, self._gates(numbers)
        widest = 2 * n - 1 if self.kind.output == Output.LINEAR_POOL else n - 1
        sizes = range(loader.beta, max(loader.beta, widest // 2) + 1)
        priced = [
            (
                loader_named(memory, beta),
                self._gates({**numbers, symbols.beta: sympy.Integer(beta)}),
            )
            for beta in sizes
        ]
        return min(priced, key=lambda each: each[1][0])


@frozen
class _Guessed:
    """A network and where to start looking for the bits of its angles."""

    request: NetworkRequest
    bits: int | None = field(eq=False)


@lru_cache(maxsize=512)
def _built(asked: _Guessed) -> BuiltNetwork:
    """What `build_network` answers, sooner if the guess is close."""
    if asked.bits is None:
        return build_network(asked.request)
    request, found = asked.request, _accurate(asked.request, asked.bits)
    # Steps double away from the guess, then the interval is halved.
    low, high, step = asked.bits, asked.bits, 1
    if found is None:
        while found is None:
            low, high, step = high, high + step, 2 * step
            if high > MOST_BITS:
                return build_network(request)
            found = _accurate(request, high)
    else:
        while (finer := _accurate(request, low - step)) is not None:
            found, high = finer, low - step
            low, step = high, 2 * step
        low -= step
    while high - low > 1:
        middle = (low + high) // 2
        at_middle = _accurate(request, middle)
        low, high, found = (middle, high, found) if at_middle is None else (low, middle, at_middle)
    return found


def _accurate(request: NetworkRequest, b: int) -> BuiltNetwork | None:
    """The network with angles of b bits, if it is accurate enough and b is not too small."""
    if b < FEWEST_BITS:
        return None
    built = build_network(evolve(request, b=b))
    allowed = float(built.plan.vector_epsilon) * (1 + 1e-9)
    return built if float(built.network.epsilon) <= allowed else None


def _numbers(symbolic: LayeredNetwork, built: BuiltNetwork) -> Numbers:
    """What stands for the symbols of a network in the one that was built."""
    network = built.network
    n = network.source.system_bitsize
    log_channels = sympy.sympify(symbolic.source.system_bitsize) - 2 * symbols.m
    found: Numbers = {symbols.b: built.b, symbols.m: (n - log_channels) / 2}
    for form, layer in zip(symbolic.layers, network.layers, strict=True):
        for name in ("erf_degree", "sign_degree"):
            symbol = getattr(form.plan, name, None)
            if symbol is not None and is_symbolic(symbol):
                found[symbol] = getattr(layer.plan, name)
        weights = getattr(form, "weights", None)
        if isinstance(weights, AmplifiedEncoding) and is_symbolic(weights.degree):
            found[symbols.degree] = (layer.weights.degree - 1) // 2
    for name, runs in zip(symbolic.names, network.layer_calls, strict=False):
        found[name] = runs.total
    numbers = {symbol: sympy.Integer(value) for symbol, value in found.items()}
    if symbolic.sums is not None:
        for name, value in reversed(symbolic.sums.definitions.items()):  # ancillas, then sums
            numbers[name] = sympy.sympify(value).xreplace(numbers)
    return numbers


class _ExactPrinter(LambdaPrinter):
    """Writes numbers and functions as SymPy's: floats would cut large numbers short."""

    def _print_Rational(self, expr: sympy.Rational) -> str:  # noqa: N802
        return f"Rational({expr.p}, {expr.q})"

    def _print_ceiling(self, expr: sympy.ceiling) -> str:
        return f"ceiling({self._print(expr.args[0])})"

    def _print_floor(self, expr: sympy.floor) -> str:
        return f"floor({self._print(expr.args[0])})"


def _function(*costs: Any) -> Callable[[Numbers], tuple[int, ...]]:
    """Costs as functions of exact integers."""
    expressions = [sympy.sympify(cost) for cost in costs]
    names = sorted(set().union(*(x.free_symbols for x in expressions)), key=str)
    compiled = sympy.lambdify(
        names,
        expressions,
        modules=[{"Rational": sympy.Rational}, "sympy"],
        printer=_ExactPrinter({"fully_qualified_modules": False}),
        cse=True,
    )

    def evaluated(numbers: Numbers) -> tuple[int, ...]:
        return tuple(int(value) for value in compiled(*(numbers[name] for name in names)))

    return evaluated


def _trees_in_memory(
    network: LayeredNetwork, kind: NetworkKind
) -> list[tuple[RotationTree, LayerCalls]]:
    """The trees whose angles lie in memory and how often each of them is run."""
    found = []
    if kind.regime == "1":
        found.append((network.source.tree, network.layer_calls[0]))
    last = network.layers[-1]
    if kind.has_memory and isinstance(last, OutputBlock):
        # Once in each sum, always under the flag of its branch.
        times = sympy.Integer(last.plan.sign_degree)
        runs = LayerCalls(
            total=times, surplus=times, controlled_total=times, controlled_surplus=times
        )
        found += [(last.columns, runs), (last.norms, runs)]
    return found


def _reading_depth(tree: RotationTree, runs: LayerCalls) -> int:
    """Layers of all reads of a tree's angles, one after another."""
    free = int(runs.total - runs.controlled_total)
    parts = [(tree, free), (evolve(tree, is_controlled=True), int(runs.controlled_total))]
    return sum(
        times * sum(_level_depth(form, level) for level in range(form.n))
        for form, times in parts
        if times
    )


def _level_depth(tree: RotationTree, level: int) -> int:
    lookup = tree.level(level).lookup
    return _depth(lookup) + _depth(lookup.adjoint())


def _depth(lookup: Bloq) -> int:
    return int(known_cost(lookup, ToffoliDepth()))
