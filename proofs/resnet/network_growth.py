"""What the growth claims about whole networks share: bounds on calls, and networks to measure."""

import sympy
from attrs import evolve

from bloqs.abstract import AbstractLoader
from bloqs.convolution.kernel import Kernel
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.bucket_brigade import BucketBrigade
from bloqs.resnet.circuits.build import NetworkRequest, build_network
from bloqs.resnet.circuits.layered_network import LayeredNetwork
from bloqs.resnet.model.block_plan import Output, Variant
from bloqs.resnet.model.memory import Regime
from bloqs.resnet.symbols import blocks
from estimator.costs.cost import cost_by_annotation
from estimator.symbols import delta, norm_1, s_c, s_r
from proofs.derivation import bound, step

SLOPE = sympy.Rational(8, 5)
"""nu of the activation erf(nu x) for weights with alpha 2. Unit: 1."""

START = sympy.Rational(1, 8)
"""Length of a sum, divided by its alpha, from which it must be lifted. Unit: 1."""

Trees = tuple[tuple[sympy.Expr, sympy.Expr], ...]

KERNEL = evolve(
    Kernel.symbolic(), C_in=4, C_out=4, D=3, offset=1, norms=((s_r, 2.0), (s_c, 2.0), (norm_1, 2.0))
)
"""Four channels, 3 x 3 taps, and sums of |K| of 2."""


def layer_calls(log: sympy.Expr) -> sympy.Expr:
    """A bound on the degrees of activations and normalisations, linear in `log`.

    Each polynomial may err by a share of epsilon whose logarithm is at least -delta, which depends
    on k and not on N or epsilon; the activation's share is divided by the root of the number of
    entries. For a slope s and error e the degree is at most 2 (x / 3 + sqrt(x**2 / 9 + s**2 x)) + 1
    with x = log(4 s / (sqrt(pi) e)). The slope is nu for an activation and sqrt(g) / x_0 for a
    normalisation, g = log(2 / e), whose polynomial may err by e / 4.

    Args:
        log: of the root of the number of entries, divided by epsilon; at least log(1 / epsilon).
    """
    l, x, s, g, y = sympy.symbols("l x s g y", positive=True)
    root = x / 3 + s * sympy.sqrt(x)
    more = root**2 - (x**2 / 9 + s**2 * x)
    bound("sqrt(u + v) <= sqrt(u) + sqrt(v), squared", 0, sympy.expand(more))
    step("the root of a product is at most the mean", ((g + y) / 2) ** 2 - g * y, (g - y) ** 2 / 4)
    above = g - 1 - sympy.log(g)
    step("g - 1 - log(g) is zero at 1", above.subs(g, 1))
    step("and so is its slope", sympy.diff(above, g).subs(g, 1))
    bound("and it is convex: log(g) <= g", 0, sympy.diff(above, g, 2))
    activation = 4 * x / 3 + s * (1 + x) + 1
    step("activation", 2 * (x / 3 + x / 3 + s * (1 + x) / 2) + 1, activation)
    normalisation = 4 * y / 3 + (g + y) / START + 1
    step("normalisation", 2 * (y / 3 + y / 3 + (g + y) / (2 * START)) + 1, normalisation)
    pi = sympy.sqrt(sympy.pi)
    inner = sympy.log(4 * (sympy.sqrt(g) / START) / (pi * (2 * sympy.exp(-g) / 4)))
    constant = sympy.log(8) - sympy.log(START) - sympy.log(sympy.pi) / 2
    found = sympy.expand_log(inner, force=True)
    step("exponent of a normalisation", found, constant + g + sympy.log(g) / 2)
    bound("its constant", constant, 4)
    bound("constant of an activation", sympy.log(4 * SLOPE / pi), 2)
    bound("log(2)", sympy.log(2), 1)
    first = activation.subs({x: 2 + delta + l, s: SLOPE})
    second = normalisation.subs(y, 4 + 3 * g / 2).subs(g, 1 + delta + l)
    bound("an activation calls no more often", first, second)
    return sympy.expand(second).subs(l, log)


def network_calls(log: sympy.Expr, has_output: bool) -> sympy.Expr:
    """A bound on the calls of the input by k residual blocks and perhaps an output block.

    A block calls what comes before it once for every pair of calls of its two polynomials; the
    output block has one polynomial, of a sum that calls what comes before it three times.
    """
    calls = layer_calls(log)
    runs = calls ** (2 * blocks)
    step("one block more", runs.subs(blocks, blocks + 1), runs * calls**2)
    return 3 * calls ** (2 * blocks + 1) if has_output else runs


def memory_depth(trees: Trees, b: sympy.Expr) -> sympy.Expr:
    """A bound on the depth of reading trees from memory, each for log2 of its rows and its levels.

    Each level looks up an angle of b bits and takes it back, and adds it. A query with an address
    of q bits has depth 2 q b + 2 (q - 1), below 4 q b; levels have addresses of less than
    rows + levels bits.
    """
    more, q = sympy.symbols("more q", nonnegative=True)
    bits = 1 + more
    bound("depth of a query", 2 * q * bits + 2 * (q - 1), 4 * q * bits)
    return sum(levels * (2 * 4 * (rows + levels) * b + 2 * b) for rows, levels in trees)


def table_depth(entries: sympy.Expr, levels: sympy.Expr, b: sympy.Expr) -> sympy.Expr:
    """A bound on the gates of a tree of that many entries, from tables in the circuit.

    Level t looks up one of 2**t angles with less than 2**t ANDs, and takes it back with fewer.
    """
    t = sympy.Symbol("t", integer=True, nonnegative=True)
    read = 2**t - 1
    step("levels before the first read nothing", read.subs(t, 0))
    step("one level more", read.subs(t, t + 1), read + 2**t)
    return 2 * entries + 2 * b * levels


def network(
    memory: AbstractLoader,
    access: Regime,
    k: int,
    size: int,
    epsilon: float,
    b: int,
    output: Output,
    order: int = 1,
) -> LayeredNetwork:
    """A network with angles fine enough for epsilon.

    Args:
        memory: loader of what lies in memory.
        access: what lies in memory.
        k: residual blocks.
        size: entries of one of the vectors whose product is the input.
        epsilon: total error.
        b: bits of an angle.
        output: what follows the blocks.
        order: number of those vectors.

    Raises:
        ValueError: if angles of b bits are too coarse.
    """
    m = (order * (size.bit_length() - 1) - 2) // 2
    request = NetworkRequest(
        variant=Variant.TIGHT,
        access=access,
        output=output,
        kernels=(KERNEL,) * k,
        m=m,
        epsilon=epsilon,
        length=1.0,
        output_length=0.5,
        classes=10,
        memory=memory,
        rotation=Rotation.PHASE_GRADIENT,
        b=b,
        order=order,
    )
    built = build_network(request)
    if built.network.epsilon > built.plan.vector_epsilon:
        raise ValueError(
            f"angles of b={b} bits leave an error of {float(built.network.epsilon):.3g}, more than "
            f"the {float(built.plan.vector_epsilon):.3g} that is allowed"
        )
    return built.network


def steps_in_sequence(found: LayeredNetwork, b: int) -> float:
    """Toffoli gates outside of the memory, and the Toffoli depth of each query of it.

    All of them one after the other, and every query as deep as one of the largest memory, which
    has an entry for each pair of entries of the vector: an upper bound on the depth.
    """
    cost = cost_by_annotation(found)
    query = BucketBrigade(None, 2 * int(found.system_bitsize), b).toffoli_depth
    return float(cost.toffolis + cost.queries.get("QRAM", 0) * query)
