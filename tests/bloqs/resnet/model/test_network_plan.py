"""Plans of residual networks against the published table of calls and hand-made recursions."""

import math

import pytest
import sympy

from bloqs.resnet.model.block_plan import SHORTEST, Output, Variant, block_plan, budget, settled
from bloqs.resnet.model.network_plan import network_plan
from estimator import symbols

ENTRIES, EPSILON = 16 * 32**2, 1e-2
TYPICAL, TYPICAL_OUTPUT = 1.2, 0.5


def calls(variant, k, length=SHORTEST, **more):
    plan = network_plan(variant, k, ENTRIES, EPSILON, 2, length=length, **more)
    return float(plan.input_calls)


@pytest.mark.parametrize(
    ("variant", "length", "published"),
    [
        (Variant.PUBLISHED, SHORTEST, [2.6e6, 1.8e13, 2.1e20]),
        (Variant.TIGHT, SHORTEST, [3.7e3, 3.4e7, 5.4e11]),
        (Variant.TIGHT, TYPICAL, [2.8e2, 1.1e5, 6.5e7]),
        (Variant.FIXED_POINT, SHORTEST, [1.3e3, 3.6e6, 1.7e10]),
        (Variant.FIXED_POINT, TYPICAL, [99, 1.4e4, 2.9e6]),
    ],
)
def test_calls_of_the_input_are_those_of_the_table(variant, length, published):
    """16 channels of 32 x 32 pixels at 1e-2, k = 1, 2, 3, to the two digits of the table."""
    for k, expected in enumerate(published, start=1):
        assert float(f"{calls(variant, k, length):.1e}") == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("variant", "length", "output_length", "published"),
    [
        (Variant.PUBLISHED, SHORTEST, 0.02, [2.0e11, 3.7e18, 9.5e25]),
        (Variant.TIGHT, SHORTEST, 0.02, [1.4e7, 2.1e11, 4.3e15]),
        (Variant.TIGHT, TYPICAL, TYPICAL_OUTPUT, [2.5e4, 1.4e7, 9.5e9]),
    ],
)
def test_calls_with_an_output_are_about_those_of_the_table(
    variant, length, output_length, published
):
    """Ten classes; the table's split of the error is not printed, so within 15 per cent."""
    for k, expected in enumerate(published, start=1):
        found = calls(
            variant,
            k,
            length,
            output=Output.LINEAR_POOL,
            classes=10,
            output_length=output_length,
        )
        assert found == pytest.approx(expected, rel=0.15)


@pytest.mark.parametrize("tau", [0.51, 0.7, 0.95])
def test_the_skip_weight_decides_the_length_and_the_error(tau):
    """The sum is at least 2 tau - 1 long; an error before it grows by (2 - tau) over its length."""
    plan = network_plan(Variant.TIGHT, 1, 64, 0.1, 1.5, output=Output.LINEAR_POOL, tau=tau)
    pooled = 0.1 / math.sqrt(2)
    assert plan.output.tau == tau
    assert plan.output.length == pytest.approx(2 * tau - 1, rel=1e-12)
    assert plan.output.start == pytest.approx((1 - pooled) * (2 * tau - 1), rel=1e-12)
    grown = float(plan.blocks_epsilon) * (tau + 2 * (1 - tau)) / (2 * tau - 1)
    assert grown == pytest.approx(0.7 * pooled, rel=1e-12)


def test_the_published_skip_weight_is_0_51():
    """As stored in single precision, too; without an output block it is not asked for."""
    ask = {"output": Output.LINEAR_POOL, "classes": 4}
    stored = 0.5099999904632568
    plan = network_plan(Variant.PUBLISHED, 1, 64, 0.1, 2, tau=stored, **ask)
    assert plan.output.start == pytest.approx(0.02 / 4, rel=1e-5)
    with pytest.raises(ValueError, match=r"published .* skip weight of 0\.51, got 0\.6"):
        network_plan(Variant.PUBLISHED, 1, 64, 0.1, 2, tau=0.6, **ask)
    assert network_plan(Variant.PUBLISHED, 1, 64, 0.1, 2, tau=0.6).output is None


def test_degrees_of_the_table():
    """deg 15 and 30,685 with the paper's constants, 13 and 11, 25 with ours."""
    paper = network_plan(Variant.PUBLISHED, 1, ENTRIES, EPSILON, 2).blocks[0]
    assert (paper.erf_degree, paper.sign_degree) == (15, 30685)
    assert paper.start == 1 / 1600
    assert network_plan(Variant.TIGHT, 1, ENTRIES, EPSILON, 2).blocks[0].erf_degree == 13
    typical = network_plan(Variant.TIGHT, 1, ENTRIES, EPSILON, 2, length=TYPICAL).blocks[0]
    assert (typical.erf_degree, typical.sign_degree) == (11, 25)


def test_calls_grow_as_published_with_the_length_and_the_error():
    """k = 2, typical lengths: N = 2**10 ... 2**40 at 1e-2; errors 1e-1 ... 1e-6 at N = 2**14."""

    def two(entries, epsilon):
        plan = network_plan(Variant.TIGHT, 2, entries, epsilon, 2, length=TYPICAL)
        return float(plan.input_calls)

    for exponent, expected in {10: 9.5e4, 14: 1.1e5, 20: 1.3e5, 40: 2.8e5}.items():
        assert two(2**exponent, 1e-2) == pytest.approx(expected, rel=0.03)
    for error, expected in {1e-2: 1.1e5, 1e-4: 5.2e5, 1e-6: 1.8e6}.items():
        assert two(2**14, error) == pytest.approx(expected, rel=0.03)


def test_absorbing_a_large_alpha():
    """kappa = 5.15 without amplification: 1.2e3, 2.0e6 and 4.5e9 calls."""
    for k, expected in enumerate([1.2e3, 2.0e6, 4.5e9], start=1):
        plan = network_plan(Variant.TIGHT, k, ENTRIES, EPSILON, 5.15, length=TYPICAL)
        assert float(plan.input_calls) == pytest.approx(expected, rel=0.03)


@pytest.mark.parametrize("k", [1, 2, 5])
def test_published_errors_add_up(k):
    """delta_i = 712 (delta_(i-1) + e_i) from zero ends at epsilon, with e_i = delta_(i-1)."""
    delta = 0.0
    for i in range(1, k + 1):
        share, _ = budget(Variant.PUBLISHED, i, k, EPSILON, SHORTEST)
        if i > 1:
            assert float(share) == pytest.approx(delta, rel=1e-12)
        delta = 712 * (delta + float(share))
    assert delta == pytest.approx(EPSILON, rel=1e-12)


@pytest.mark.parametrize("length", [float(SHORTEST), 0.5, 1.5])
@pytest.mark.parametrize("k", [1, 3, 6])
def test_our_errors_add_up(k, length):
    """Shares t_i, each grown by the later blocks, add up to epsilon."""
    grown = (1 + 8 / (5 * math.sqrt(math.pi))) / length
    total = 0.0
    for i in range(1, k + 1):
        share, whole = budget(Variant.TIGHT, i, k, EPSILON, length)
        total = total * grown + float(share)
        assert total == pytest.approx(float(whole), rel=1e-9)
    assert total == pytest.approx(EPSILON, rel=1e-9)


def test_calls_multiply_over_layers():
    """Calls of the input and of each block's weights, from the degrees alone."""
    plan = network_plan(Variant.TIGHT, 3, ENTRIES, EPSILON, 2, length=TYPICAL)
    first, second, third = plan.blocks
    assert plan.weight_calls(3) == third.sign_degree * third.erf_degree
    assert plan.weight_calls(2) == third.calls * second.sign_degree * second.erf_degree
    assert plan.input_calls == first.calls * second.calls * third.calls
    published = network_plan(Variant.PUBLISHED, 1, ENTRIES, EPSILON, 2).blocks[0]
    assert published.vector_calls == 6 * 14 + 2
    assert published.weight_calls == 6 * 14 + 1


def test_symbols_are_put_in_later():
    """The plan of symbols, with numbers put in, is the plan of numbers."""
    entries = sympy.Integer(2) ** symbols.n
    symbolic = network_plan(
        Variant.TIGHT, 2, entries, symbols.epsilon, symbols.kappa, length=symbols.norm
    )
    at = {symbols.n: 14, symbols.epsilon: EPSILON, symbols.kappa: 2, symbols.norm: TYPICAL}
    numeric = network_plan(Variant.TIGHT, 2, ENTRIES, EPSILON, 2, length=TYPICAL)
    assert symbolic.input_calls.subs(at) == numeric.input_calls


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda: network_plan(Variant.TIGHT, 0, 16, 0.1, 2), "k >= 1 blocks, got 0"),
        (lambda: network_plan(Variant.TIGHT, 1, 16, 0.0, 2), "epsilon must be between 0 and 1"),
        (lambda: network_plan(Variant.TIGHT, 1, 16, 0.1, -1), "must be positive, got -1"),
        (lambda: network_plan(Variant.PUBLISHED, 1, 16, 0.1, 3), "stated for kappa <= 2, got 3"),
        (
            lambda: network_plan(Variant.PUBLISHED, 1, 16, 0.1, 2, output=Output.POOL),
            "depends on the number of classes",
        ),
        (
            lambda: network_plan(Variant.TIGHT, 1, 16, 0.1, 2, output=Output.LINEAR_POOL, tau=0.5),
            r"tau must be above 1/2 and below 1, got 0\.5",
        ),
        (lambda: block_plan(Variant.TIGHT, 1, 0, 16, 0.1, 0.1), "length of x .* got 0"),
    ],
)
def test_refusals(make, problem):
    with pytest.raises(ValueError, match=problem):
        make()


def test_settled_numbers_are_plain():
    """SymPy numbers become ints and floats; expressions stay."""
    assert type(settled(sympy.Integer(3))) is int
    assert type(settled(sympy.sqrt(2))) is float
    assert settled(symbols.n) is symbols.n
