"""Networks from sizes: bits, regimes, promises and what does not go together."""

import attrs
import pytest
import sympy

from bloqs.convolution.kernel import Kernel
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import BucketBrigadeLoader, IdealQRAMLoader, QROMLoader
from bloqs.qsvt.amplified import AmplifiedEncoding
from bloqs.resnet.circuits.build import NetworkRequest, build_network
from bloqs.resnet.circuits.source import Source
from bloqs.resnet.model.block_plan import Output, Variant
from bloqs.resnet.model.memory import Regime
from bloqs.resnet.symbols import classes
from estimator import symbols
from estimator.costs.cost import cost_by_annotation

KERNEL = attrs.evolve(
    Kernel.symbolic(),
    C_in=4,
    C_out=4,
    D=3,
    offset=1,
    norms=((symbols.s_r, 3.0), (symbols.s_c, 3.0), (symbols.norm_1, 3.0)),
)
SMALL = NetworkRequest(
    variant=Variant.TIGHT,
    access=Regime.INPUT_AND_WEIGHTS,
    output=Output.NONE,
    kernels=(KERNEL,) * 2,
    m=3,
    epsilon=0.01,
    length=1.0,
    classes=10,
    memory=QROMLoader(),
    rotation=Rotation.PHASE_GRADIENT,
)


def ask(**changes):
    return build_network(attrs.evolve(SMALL, **changes))


@pytest.mark.parametrize("variant", Variant)
@pytest.mark.parametrize("kappa", [None, 2.0])
def test_angles_are_as_fine_as_epsilon_needs_and_no_finer(variant, kappa):
    """The claimed error is within epsilon, and with one bit less it is not."""
    if variant is Variant.PUBLISHED and kappa is None:
        kappa = 2.0
    built = ask(variant=variant, kappa=kappa)
    assert built.network.epsilon <= 0.01
    assert ask(variant=variant, kappa=kappa, b=built.b - 1).network.epsilon > 0.01


@pytest.mark.parametrize("output", [Output.POOL, Output.LINEAR_POOL])
def test_classes_that_are_not_known_leave_the_bits_open(output):
    """The published error of a pool depends on them; of other variants none does."""
    published = {"variant": Variant.PUBLISHED, "kappa": 2.0, "output": output}
    open_ = ask(**published, classes=classes)
    assert open_.b == symbols.b
    known = ask(**published, classes=10)
    allowed = sympy.sympify(open_.plan.vector_epsilon).subs(classes, 10)
    assert float(allowed) == pytest.approx(float(known.plan.vector_epsilon), rel=1e-12)
    assert isinstance(known.b, int)
    assert ask(output=output, classes=classes).b == ask(output=output).b


def test_weights_are_amplified_only_if_that_helps():
    """kappa above the convolution's own alpha, or none, leaves it as it is."""
    assert ask().network.layers[0].weights.alpha == 3.0
    assert ask(kappa=5.0).network.layers[0].weights.alpha == 3.0
    amplified = ask(kappa=2.0).network.layers[0].weights
    assert isinstance(amplified, AmplifiedEncoding)
    assert amplified.alpha == 2.0
    with pytest.raises(ValueError, match="kappa > 1"):
        ask(kappa=1.0)


def test_regimes_pay_for_what_lies_in_memory():
    """An ideal memory is queried for the input in regime 1 alone, and for the matrix in 1 and 2."""

    def queries(access, output):
        found = ask(access=access, output=output, memory=IdealQRAMLoader(), kernels=(KERNEL,))
        return cost_by_annotation(found.network).queries.get("QRAM", 0)

    both = queries(Regime.INPUT_AND_WEIGHTS, Output.LINEAR_POOL)
    weights = queries(Regime.WEIGHTS, Output.LINEAR_POOL)
    assert both > weights > 0
    assert queries(Regime.INPUT_AND_WEIGHTS, Output.NONE) > 0
    assert queries(Regime.WEIGHTS, Output.NONE) == queries(Regime.NOTHING, Output.POOL) == 0


def test_an_active_memory_costs_gates():
    """The same network, with gates for every query."""
    ideal = cost_by_annotation(ask(memory=IdealQRAMLoader(), kernels=(KERNEL,)).network)
    active = cost_by_annotation(ask(memory=BucketBrigadeLoader(), kernels=(KERNEL,)).network)
    assert active.toffolis > ideal.toffolis
    assert active.queries == {}


def test_tensor_powers_and_copies_shorten_what_is_loaded():
    """Two vectors of 16 entries, or one of 64 repeated four times, are cheaper than 256 entries."""
    base = {"access": Regime.NOTHING, "memory": QROMLoader(), "b": 8}
    base["rotation"] = Rotation.PHASE_GRADIENT
    whole = cost_by_annotation(Source(**base).vector(8)).toffoli
    two = cost_by_annotation(Source(**base, order=2).vector(8)).toffoli
    copied = cost_by_annotation(Source(**base, repeats=2).vector(8)).toffoli
    assert two < copied < whole
    assert two == 2 * cost_by_annotation(Source(**base).vector(4)).toffoli
    assert copied == cost_by_annotation(Source(**base).vector(6)).toffoli
    with pytest.raises(ValueError, match="no tensor product of 3 equal ones"):
        Source(**base, order=3).vector(8)
    with pytest.raises(ValueError, match="regime 1 has one input vector"):
        Source(**{**base, "access": Regime.INPUT_AND_WEIGHTS}, order=2)


def test_refusals():
    with pytest.raises(ValueError, match="regime 3 has no dense output matrix"):
        ask(access=Regime.NOTHING, output=Output.LINEAR_POOL)
    with pytest.raises(ValueError, match="leaves a phase on the vector"):
        ask(variant=Variant.FIXED_POINT, output=Output.LINEAR_POOL)
    with pytest.raises(ValueError, match="needs angles of more than 256 bits"):
        ask(epsilon=1e-80)


def test_cost_is_monotone_in_the_error():
    """A smaller error never costs less."""
    found = [cost_by_annotation(ask(epsilon=e).network).toffoli for e in (0.1, 0.01, 1e-3)]
    assert found == sorted(found)
    assert sympy.sympify(found[0]).is_Integer
