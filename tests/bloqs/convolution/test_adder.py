"""Adder convolution gate by gate: operator, inverse, control, memories; limits."""

import attrs
import numpy as np
import pytest
import sympy
from qualtran import Bloq, CtrlSpec, DecomposeTypeError

from bloqs.convolution.adder import AdderConvolution
from bloqs.convolution.kernel import Kernel, Padding
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import (
    BucketBrigadeLoader,
    IdealQRAMLoader,
    QROAMLoader,
    QROMLoader,
    SelectSwapLoader,
)
from bloqs.simulation.runner import Runner, encoded_matrix
from estimator import symbols
from estimator.costs.cost import cost_by_counting

QROM, BITWISE, GRADIENT = QROMLoader(), Rotation.BITWISE, Rotation.PHASE_GRADIENT
SAME, TOP_LEFT, CIRCULAR = Padding


def of_kernel(K, m, b, padding=SAME, loader=QROM, rotation=BITWISE):
    return AdderConvolution(Kernel.of(K, padding), m, b, loader, rotation)


@pytest.fixture
def instance(exact_kernel, image_operator):
    """`instance(shape, m, b, padding, loader, rotation)`: a bloq, and the matrix it must encode.

    Its kernel needs no rounding and has both signs.
    """

    def build(shape, m, b=4, padding=SAME, loader=QROM, rotation=BITWISE):
        K = exact_kernel(AdderConvolution, *shape, b, padding)
        while np.all(K >= 0) or np.all(K <= 0):
            K = exact_kernel(AdderConvolution, *shape, b, padding)
        wanted = image_operator(K, 2**m, padding)
        return of_kernel(K, m, b, padding, loader, rotation), wanted

    return build


@pytest.mark.parametrize(
    ("shape", "m", "b", "padding"),
    [
        ((2, 1, 2), 1, 4, SAME),
        ((1, 2, 2), 1, 5, SAME),
        ((2, 2, 2), 1, 5, SAME),
        ((1, 2, 2), 2, 4, SAME),
        ((1, 1, 3), 2, 5, SAME),
        ((1, 1, 3), 2, 4, TOP_LEFT),
        ((1, 1, 2), 3, 5, TOP_LEFT),
        ((1, 1, 3), 2, 4, CIRCULAR),
        ((2, 1, 2), 2, 4, CIRCULAR),
        ((2, 2, 1), 1, 6, SAME),
        ((1, 2, 3), 1, 4, SAME),
    ],
)
def test_encodes_the_convolution(shape, m, b, padding, instance, assert_encodes):
    """Channels out, channels in and side of the kernel; every gate executed."""
    assert_encodes(*instance(shape, m, b, padding), seed=m + b)


def test_encodes_a_generic_kernel_up_to_its_epsilon(image_operator):
    """All four pairs of channels in use, all sums different: nothing is exact, nothing cancels."""
    K = np.array([[1.0, 0.5], [-0.3, 0.4]]).reshape(2, 2, 1, 1)
    conv, wanted = of_kernel(K, 1, 9), image_operator(K, 2)
    found = encoded_matrix(conv, columns=[0, 4])
    assert np.linalg.norm(found - wanted[:, [0, 4]], 2) <= float(conv.epsilon) < 0.08


@pytest.mark.slow
@pytest.mark.parametrize(
    ("shape", "m", "padding"),
    [((2, 1, 3), 1, SAME), ((2, 2, 3), 1, CIRCULAR), ((2, 2, 2), 3, SAME)],
)
def test_encodes_larger_convolutions(shape, m, padding, instance, assert_encodes):
    """20 and 21 qubits."""
    assert_encodes(*instance(shape, m, 4, padding))


@pytest.mark.parametrize(
    ("shape", "padding", "loader", "rotation"),
    [
        ((2, 1, 2), SAME, QROAMLoader(1), BITWISE),
        ((1, 1, 3), SAME, QROAMLoader(1), BITWISE),
        ((1, 1, 3), SAME, SelectSwapLoader(1), BITWISE),
        ((2, 1, 1), SAME, SelectSwapLoader(1), BITWISE),
        ((1, 1, 2), SAME, BucketBrigadeLoader(), BITWISE),
        ((1, 2, 1), SAME, BucketBrigadeLoader(), BITWISE),
        ((1, 1, 2), SAME, QROM, GRADIENT),
        ((2, 1, 1), SAME, QROAMLoader(1), GRADIENT),
        ((1, 2, 2), SAME, QROM, GRADIENT),
    ],
)
def test_every_memory_and_rotation_gives_the_same(
    shape, padding, loader, rotation, instance, assert_encodes
):
    """Two by two pixels."""
    assert_encodes(*instance(shape, 1, 4, padding, loader, rotation))


@pytest.mark.parametrize(
    ("shape", "m", "padding", "loader", "rotation"),
    [
        ((2, 1, 2), 1, SAME, QROM, BITWISE),
        ((2, 2, 2), 1, CIRCULAR, QROAMLoader(1), BITWISE),
        ((1, 1, 3), 2, SAME, QROM, BITWISE),
        ((1, 1, 2), 1, TOP_LEFT, QROM, GRADIENT),
    ],
)
def test_inverse_encodes_the_transpose(
    shape, m, padding, loader, rotation, instance, assert_encodes
):
    """And its own inverse is where one started; run one after the other they do nothing."""
    conv, wanted = instance(shape, m, 4, padding, loader, rotation)
    inverse = conv.adjoint()
    assert (inverse.alpha, inverse.epsilon) == (conv.alpha, conv.epsilon)
    assert inverse.adjoint() == conv
    assert np.abs(wanted - wanted.T).max() > 0.1
    assert_encodes(inverse, wanted.T)


def test_inverse_undoes_everything(instance, random_state):
    """On every state of system and ancilla, not only with ancillas in zero."""
    conv, _ = instance((2, 1, 2), 1)
    start = random_state(2 ** (conv.system_bitsize + conv.ancilla_bitsize))
    there = Runner.of(conv).run(start)
    np.testing.assert_allclose(Runner.of(conv.adjoint()).run(there), start, atol=1e-10)
    assert np.linalg.norm(there - start) > 0.1
    assert np.linalg.norm(there) == pytest.approx(1, abs=1e-10)


@pytest.mark.parametrize(
    ("shape", "m", "padding", "loader", "rotation"),
    [
        ((2, 1, 2), 1, SAME, QROM, BITWISE),
        ((1, 1, 3), 1, SAME, QROM, BITWISE),
        ((1, 1, 2), 2, CIRCULAR, QROAMLoader(1), BITWISE),
        ((2, 2, 1), 1, SAME, QROM, GRADIENT),
    ],
)
def test_control_decides(shape, m, padding, loader, rotation, instance, assert_controls):
    """Also for the inverse, controlled before or after it is taken."""
    conv, wanted = instance(shape, m, 4, padding, loader, rotation)
    controlled = conv.controlled()
    assert isinstance(controlled, AdderConvolution)
    assert controlled.adjoint() == conv.adjoint().controlled()
    assert_controls(controlled, wanted)
    assert_controls(controlled.adjoint(), wanted.T)


def test_control_on_zero_and_two_controls(instance):
    """An open control encodes where the control is zero; of two controls both must be on."""
    conv, wanted = instance((1, 1, 2), 1)
    flags = 2**conv.ancilla_bitsize
    size = len(wanted)
    for bloq, where in (
        (conv.controlled(CtrlSpec(cvs=0)), (1, 0)),
        (conv.controlled().controlled(), (0, 0, 0, 1)),
    ):
        runner = Runner.of(bloq)
        for control, on in enumerate(where):
            for x in range(size):
                found = runner.run((control * size + x) * flags).reshape(len(where), size, flags)
                block = wanted[:, x] / conv.alpha if on else np.eye(size)[:, x]
                np.testing.assert_allclose(found[control, :, 0], block, atol=1e-10)


@pytest.mark.parametrize("loader", [QROM, QROAMLoader(1)], ids=lambda loader: loader.name)
def test_measurement_outcomes_do_not_matter(loader, instance, random_state):
    """Work qubits are taken away by measurement; the state on all registers stays."""
    conv, _ = instance((1, 2, 2), 1, loader=loader)
    start = random_state(2 ** (conv.system_bitsize + conv.ancilla_bitsize))
    runner = Runner.of(conv)
    wanted = runner.run(start, seed=0)
    for seed in (1, 2, 3):
        np.testing.assert_allclose(runner.run(start, seed=seed), wanted, atol=1e-10)


def test_gates_are_executed_not_contracted(instance, monkeypatch):
    """Nothing in the run asks a bloq for the tensor it declares."""

    def refuse(self):
        raise AssertionError(f"{self} was contracted")

    monkeypatch.setattr(Bloq, "tensor_contract", refuse)
    conv, wanted = instance((2, 1, 2), 1)
    assert np.abs(encoded_matrix(conv, columns=[5])[:, 0] - wanted[:, 5]).max() <= 1e-10
    with pytest.raises(AssertionError, match="was contracted"):
        conv.decompose_bloq().tensor_contract()


@pytest.mark.parametrize(("C_out", "C_in", "c"), [(1, 1, 0), (2, 1, 1), (1, 3, 2), (5, 2, 3)])
@pytest.mark.parametrize(("D", "d"), [(2, 1), (3, 2), (5, 3)])
def test_ancillas(C_out, C_in, c, D, d, rng):
    """3 c + 2 d + 2; 2 less for a periodic image."""
    for padding, overflow in ((SAME, 2), (TOP_LEFT, 2), (CIRCULAR, 0)):
        K = rng.normal(size=(C_out, C_in, D, D))
        conv = of_kernel(K, 2, 4, padding)
        assert conv.ancilla_bitsize == 3 * c + 2 * d + overflow
        assert conv.signature.get_left("ancilla").total_bits() == conv.ancilla_bitsize
        assert conv.system_bitsize == c + 4
        claim = AdderConvolution(Kernel.symbolic(conv.kernel.wraps), 2, 4, QROM, BITWISE)
        at_size = claim.ancilla_bitsize.subs({symbols.c: c, symbols.d: d})
        assert at_size == conv.ancilla_bitsize


def test_alpha_and_epsilon_are_closed_forms(rng):
    """Sum of all |K|; alpha 2 (2 c + 2 d) pi / 2^b."""
    for C_out, C_in, D in [(1, 1, 2), (2, 3, 3), (4, 1, 5)]:
        K = rng.normal(size=(C_out, C_in, D, D))
        conv = of_kernel(K, 3, 7)
        K = np.abs(K)
        alpha = K.sum()
        assert conv.alpha == pytest.approx(alpha, abs=1e-12)
        c, d = conv.kernel.c, conv.kernel.d
        epsilon = alpha * 2 * (2 * c + 2 * d) * np.pi / 2**7
        assert float(conv.epsilon) == pytest.approx(epsilon, abs=1e-12)
    symbolic = AdderConvolution(Kernel.symbolic(), symbols.m, symbols.b, QROM, BITWISE)
    c, d = symbols.c, symbols.d
    assert sympy.simplify(symbolic.alpha - symbols.norm_1) == 0
    claimed = symbolic.alpha * 2 * (2 * c + 2 * d) * sympy.pi / 2**symbols.b
    assert sympy.simplify(symbolic.epsilon - claimed) == 0


def test_alpha_counts_only_taps_that_reach_a_pixel():
    """On two pixels a side, the outer ring of 5 x 5 taps is gone; on a periodic image it is not."""
    K = np.ones((1, 1, 5, 5))
    assert of_kernel(K, 1, 4).alpha == pytest.approx(9.0, abs=1e-12)
    assert of_kernel(K, 1, 4, TOP_LEFT).alpha == pytest.approx(4.0, abs=1e-12)
    assert of_kernel(K, 1, 4, CIRCULAR).alpha == pytest.approx(25.0, abs=1e-12)
    assert of_kernel(K, 2, 4).alpha == pytest.approx(25.0, abs=1e-12)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"m": 0}, "a convolution needs images of side at least 2, got m=0"),
        ({"b": 3}, "a convolution needs at least b = 4 bits of angle, got b=3"),
        (
            {"kernel": Kernel.of(np.ones((1, 1, 1, 1)))},
            "a 1x1 kernel between single channels is a number, not an operator",
        ),
        (
            {"kernel": Kernel((1.0,) + (0.0,) * 24, 1, 1, 5, 2, wraps=False)},
            "every tap shifts past the image of side 2; the operator is zero",
        ),
        (
            {"kernel": Kernel.of(np.full((1, 1, 2, 2), 1e308))},
            "alpha of this kernel is inf in floating point; scale the kernel first",
        ),
        (
            {"kernel": Kernel.of(np.full((1, 1, 2, 2), 1e-300))},
            "alpha of this kernel is .* in floating point; scale the kernel first",
        ),
    ],
)
def test_refuses_impossible_convolutions(changes, message):
    conv = of_kernel(np.ones((1, 1, 2, 2)), 1, 4)
    with np.errstate(over="ignore"), pytest.raises(ValueError, match=message):
        attrs.evolve(conv, **changes)


def test_says_how_many_qubits_a_run_would_need():
    """The number that counting finds, which the message compares with the limit."""
    conv = of_kernel(np.ones((4, 4, 3, 3)), 2, 8)
    qubits = cost_by_counting(conv).qubits
    with pytest.raises(
        ValueError, match=rf"AdderConvolution\(m=2\) needs {qubits} qubits, more than"
    ):
        encoded_matrix(conv)


def test_no_circuit_means_no_run_and_no_count():
    """Symbolic sizes, and a memory that is only ever counted."""
    symbolic = AdderConvolution(Kernel.symbolic(), symbols.m, symbols.b, QROM, BITWISE)
    with pytest.raises(DecomposeTypeError, match="symbolic size, so it has no circuit"):
        symbolic.decompose_bloq()
    ideal = of_kernel(np.ones((1, 1, 2, 2)), 1, 4, loader=IdealQRAMLoader())
    for act in (Runner.of, cost_by_counting, encoded_matrix):
        with pytest.raises(DecomposeTypeError, match=r"QRAM\(2\*\*1 x 4 bit\) has no circuit"):
            act(ideal)
