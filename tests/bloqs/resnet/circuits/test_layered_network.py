"""Networks as lists of layers against the layers nested in each other."""

from functools import cache

import attrs
import pytest
import sympy
from qualtran import CtrlSpec
from qualtran.resource_counting import get_cost_value

from bloqs.convolution.kernel import Kernel
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader, loader_named
from bloqs.resnet import symbols as own
from bloqs.resnet.circuits.build import NetworkRequest, build_network
from bloqs.resnet.circuits.layer_calls import PREVIOUS
from bloqs.resnet.circuits.layered_network import LayeredNetwork
from bloqs.resnet.circuits.uniform_network import UniformNetwork
from bloqs.resnet.model.block_plan import Output, Variant
from bloqs.resnet.model.memory import Regime
from estimator import symbols
from estimator.costs.cost import Cost, cost_by_annotation
from estimator.costs.keys import PeakQubits, ToffoliDepth
from proofs.leaves import VectorLeaf
from proofs.resnet.nested_blocks import nested as small_network

SIZES = {
    symbols.c: sympy.Integer(4),
    symbols.d: sympy.Integer(2),
    symbols.m: sympy.Integer(5),
    symbols.b: sympy.Integer(12),
    symbols.degree: sympy.Integer(3),
    symbols.s_r: sympy.Integer(2),
    symbols.s_c: sympy.Integer(2),
    symbols.norm_1: sympy.Integer(2),
    symbols.epsilon: sympy.Rational(1, 100),
}
OTHERS = ("queries", "cliffords", "cnots", "messages", "parties")
COLUMNS = [field.name for field in attrs.fields(Cost) if field.name not in OTHERS]


@cache
def network(variant, k, output=Output.NONE, memory=None):
    """Everything in symbols but the number of blocks."""
    return build_network(
        NetworkRequest(
            variant=variant,
            access=Regime.INPUT_AND_WEIGHTS,
            output=output,
            kernels=(Kernel.symbolic(),) * k,
            m=symbols.m,
            epsilon=symbols.epsilon,
            classes=10,
            memory=memory or QROMLoader(),
            rotation=Rotation.PHASE_GRADIENT,
        )
    ).network


def of_any_length(listed):
    """The network of a symbolic number of blocks like those that are listed."""
    first = listed.layers[0]
    variant = first.plan.variant
    return UniformNetwork(
        listed.source, first.weights, variant, own.blocks, symbols.epsilon, first.norm
    )


def controlled(bloq):
    return bloq.get_ctrl_system(CtrlSpec())[0]


FORMS = [lambda bloq: bloq, controlled, lambda bloq: bloq.adjoint()]
FORM_IDS = ["plain", "controlled", "inverse"]

CASES = [
    (Variant.TIGHT, 1, Output.NONE),
    (Variant.TIGHT, 2, Output.LINEAR_POOL),
    (Variant.FIXED_POINT, 2, Output.POOL),
    (Variant.PUBLISHED, 1, Output.LINEAR_POOL),
    pytest.param(Variant.PUBLISHED, 2, Output.NONE, marks=pytest.mark.slow),
    pytest.param(Variant.TIGHT, 2, Output.NONE, marks=pytest.mark.slow),
]


@pytest.mark.parametrize(("variant", "k", "output"), CASES)
@pytest.mark.parametrize("form", [lambda bloq: bloq, controlled], ids=["plain", "controlled"])
def test_layers_times_runs_cost_what_nested_layers_cost(variant, k, output, form):
    """The same expressions in every column, with and without control, and inverted."""
    layered = attrs.evolve(network(variant, k, output), names=())
    for listed, nested in (
        (form(layered), form(layered.nested)),
        (form(layered).adjoint(), form(layered.nested).adjoint()),
    ):
        left, right = cost_by_annotation(listed), cost_by_annotation(nested)
        for column in COLUMNS:
            assert sympy.expand(getattr(left, column) - getattr(right, column)) == 0, column
        depths = [get_cost_value(bloq, ToffoliDepth()) for bloq in (listed, nested)]
        assert sympy.expand(depths[0] - depths[1]) == 0


def test_names_stand_for_products_of_calls():
    """Runs of a layer are those of the next times its calls; a sum adds them up."""
    named = network(Variant.TIGHT, 3)
    first, second, third = named.names
    f, s = own.erf_degree_of, own.sign_degree_of
    assert named.definitions[third] == f(3) * s(3)
    assert named.definitions[second] == third * f(2) * s(2)
    assert named.definitions[first] == second * f(1) * s(1)
    assert named.sums.definitions[own.sum_over_layers("fs")] == (
        second * f(1) * s(1) + third * f(2) * s(2) + f(3) * s(3)
    )


@pytest.mark.parametrize(
    ("variant", "output"),
    [
        (Variant.TIGHT, Output.NONE),
        (Variant.TIGHT, Output.LINEAR_POOL),
        (Variant.FIXED_POINT, Output.POOL),
        (Variant.PUBLISHED, Output.NONE),
        (Variant.PUBLISHED, Output.LINEAR_POOL),
    ],
)
@pytest.mark.parametrize("form", FORMS, ids=FORM_IDS)
def test_a_cost_in_names_is_the_cost(variant, output, form):
    """Definitions put in, every column is what it is without names."""
    named = network(variant, 3, output)
    plain = form(attrs.evolve(named, names=()))
    meaning = {symbol: sympy.sympify(x) for symbol, x in named.definitions.items()}
    meaning = {symbol: x for symbol, x in meaning.items() if not x.has(sympy.Function)}
    left, right = cost_by_annotation(form(named)), cost_by_annotation(plain)
    for column in (*COLUMNS, None):
        ours, theirs = (
            get_cost_value(bloq, ToffoliDepth()) if column is None else getattr(cost, column)
            for bloq, cost in ((form(named), left), (plain, right))
        )
        expression = sympy.sympify(ours)
        while expression.free_symbols & meaning.keys():
            expression = expression.xreplace(meaning)
        assert sympy.expand(expression - theirs) == 0, column


@pytest.mark.parametrize("variant", Variant)
def test_a_cost_in_names_does_not_grow_with_the_number_of_layers(variant):
    """Twelve layers have as many terms as four."""
    few, many = (cost_by_annotation(network(variant, k)) for k in (4, 12))
    for column in ("toffoli", "t", "rotations"):
        assert len(getattr(few, column).args) == len(getattr(many, column).args)


@pytest.mark.parametrize(
    "variant",
    [
        *(each for each in Variant if each is not Variant.PUBLISHED),
        pytest.param(Variant.PUBLISHED, marks=pytest.mark.slow),
    ],
)
@pytest.mark.parametrize("form", [lambda bloq: bloq, controlled], ids=["plain", "controlled"])
def test_a_symbolic_number_of_blocks_becomes_any_number(variant, form):
    """Sums over layers, with k = 3 put in, are the gates of three layers; qubits are a bound."""
    three = network(variant, 3)
    uniform = of_any_length(three)
    meaning = {symbol: sympy.sympify(x) for symbol, x in three.definitions.items()}
    left, right = cost_by_annotation(form(uniform)), cost_by_annotation(form(three))
    for column in COLUMNS:
        found = uniform.defined(getattr(left, column), 3).xreplace(SIZES).doit()
        expected = sympy.sympify(getattr(right, column))
        while expected.free_symbols & meaning.keys():
            expected = expected.xreplace(meaning)
        expected = expected.xreplace(SIZES)
        if column == "qubits" and (variant is Variant.PUBLISHED or form is controlled):
            assert expected <= found <= expected + 3  # AND qubits of layers that need none
        else:
            assert found == expected, column


def test_ancillas_follow_the_published_recursion():
    """a_k = 2**k a + (2**k - 1)(2 b + n + 9), less 4 a layer for the published circuits here."""
    for variant, flags in ((Variant.TIGHT, 3), (Variant.FIXED_POINT, 2), (Variant.PUBLISHED, 5)):
        found = network(variant, 3)
        n, b = found.system_bitsize, found.layers[0].weights.ancilla_bitsize
        a = found.source.ancilla_bitsize
        for _ in range(3):
            a = 2 * (a + b) + n + flags
        assert sympy.expand(found.ancilla_bitsize - a) == 0
        assert sympy.expand(found.ancilla_bitsize - 7 * (2 * b + n + flags)) == 0


def test_refusals():
    good = network(Variant.TIGHT, 2)
    with pytest.raises(ValueError, match="at least one layer"):
        LayeredNetwork(good.source, ())
    with pytest.raises(ValueError, match="what comes before has"):
        LayeredNetwork(good.source, (good.layers[1],))
    with pytest.raises(ValueError, match="2 layers need as many names, got 1"):
        attrs.evolve(good, names=good.names[:1])


def test_a_layer_by_itself_counts_calls_of_what_comes_before():
    """One block calls the vector before it degree times degree times."""
    layer = network(Variant.TIGHT, 1).layers[0]
    calls = cost_by_annotation(layer).queries
    product = layer.plan.erf_degree * layer.plan.sign_degree
    assert calls == {PREVIOUS: product}


@pytest.mark.parametrize("variant", Variant)
def test_errors_of_a_symbolic_number_of_blocks_follow_the_listed_ones(variant):
    """The recursion of epsilon(i) at k = 3 is the error of three layers, rounding included."""
    three = network(variant, 3)
    uniform = of_any_length(three)
    sizes = {**SIZES, symbols.b: 60, own.blocks: 3}
    found, i = uniform.definitions, own.block
    error = sympy.sympify(found[own.error_at(sympy.Integer(0))]).subs(sizes)
    listed = sympy.sympify(three.source.epsilon).subs(sizes)
    for layer in (1, 2, 3):
        after = own.error_at(sympy.Integer(layer))
        step = found.get(after, found[own.error_at(i)].subs(i, layer))
        error = step.subs(own.error_at(sympy.Integer(layer - 1)), error).subs(sizes)
        named = sympy.sympify(three.layers[layer - 1].epsilon)
        listed = named.subs(own.error_after(layer - 1), listed).subs(sizes)
        assert float(error) == pytest.approx(float(listed), rel=1e-9)
    assert uniform.epsilon == own.error_at(own.blocks)


@pytest.mark.parametrize("loader", ["bucket-brigade", "qrom"])
@pytest.mark.parametrize("variant", Variant)
@pytest.mark.parametrize("form", FORMS[:2], ids=FORM_IDS[:2])
def test_qubits_of_a_symbolic_number_of_blocks_count_the_memory(loader, variant, form):
    """Routers of an active memory are many more than the flags of a block."""
    three = network(variant, 3, memory=loader_named(loader, 0))
    uniform = of_any_length(three)
    sizes = {**SIZES, symbols.c: 6, symbols.m: 7, own.blocks: 3}
    found = get_cost_value(form(uniform), PeakQubits()).subs(sizes)
    expected = get_cost_value(form(three), PeakQubits()).subs(sizes)
    assert expected <= found <= expected + 4  # AND qubits of layers that need none
    if loader == "bucket-brigade":
        assert expected > 2**20


@pytest.mark.parametrize("variant", Variant)
def test_runs_forwards_and_backwards_are_those_of_nested_blocks(variant):
    """Of the input, by the call graphs of blocks inside each other, which know no such sums."""
    for k in (1, 2):
        layered = small_network(k, 1, 0, 1, 3, 3, variant)
        _, counts = layered.nested.call_graph(keep=is_input)
        forwards = sum(n for bloq, n in counts.items() if is_input(bloq) and not bloq.is_adjoint)
        backwards = sum(n for bloq, n in counts.items() if is_input(bloq) and bloq.is_adjoint)
        runs = layered.layer_calls[0]
        assert (runs.total, runs.surplus) == (forwards + backwards, forwards - backwards)
        assert backwards > 0


def is_input(bloq):
    """Also with a control."""
    return isinstance(bloq, VectorLeaf)
