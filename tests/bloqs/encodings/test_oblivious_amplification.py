"""Rounds of oblivious amplification: operator, sign, error, control, cost, limits."""

import math

import numpy as np
import pytest
import sympy
from numpy.polynomial import chebyshev

from bloqs.encodings.deamplified_encoding import DeamplifiedEncoding
from bloqs.encodings.exact_amplification import ExactAmplification
from bloqs.encodings.oblivious_amplification import (
    ObliviousAmplification,
    oblivious_amplification_symbolic_example,
)
from bloqs.encodings.projector import ProjectorEncoding
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.partial_run import STAND_INS
from bloqs.simulation.runner import encoded_matrix
from estimator import symbols
from estimator.costs.cost import cost_by_annotation, cost_by_counting

ROUNDS = pytest.mark.parametrize("rounds", [1, 2, 3, 4])


def small(rounds, swaps=False):
    """A projector with the alpha that so many rounds take to one."""
    tau = 1 / math.sin(math.pi / (4 * rounds + 2))
    return DeamplifiedEncoding(ProjectorEncoding(1, 2, 2, swaps=swaps), tau)


@ROUNDS
def test_lifts_a_projector_to_alpha_one(rounds):
    """Gate by gate, with its sign."""
    bloq = ObliviousAmplification(small(rounds), rounds)
    wanted = np.zeros((4, 4))
    wanted[1, 2] = 1
    assert float(bloq.alpha) == pytest.approx(1, abs=1e-14)
    assert bloq.ancilla_bitsize == 2
    np.testing.assert_allclose(encoded_matrix(bloq), wanted, atol=1e-9)
    np.testing.assert_allclose(encoded_matrix(bloq.adjoint()), wanted.T, atol=1e-9)


@pytest.mark.parametrize("alpha", [1.2, 2.0, 2.5, 5.0, 9.0])
@pytest.mark.parametrize("size", [2, 8])
def test_lifts_any_unitary(size, alpha, rng):
    """Whatever its alpha, by the fewest rounds; dilated."""
    U = np.linalg.qr(rng.normal(size=(size, size)) + 1j * rng.normal(size=(size, size)))[0]
    bloq = ObliviousAmplification.of_unitary(Dilation.of_matrix(U, alpha))
    assert float(bloq.alpha) == pytest.approx(1, abs=1e-12)
    np.testing.assert_allclose(encoded_matrix(bloq, STAND_INS), U, atol=1e-9)
    fewer = bloq.rounds - 1
    assert fewer == 0 or 1 / math.sin(math.pi / (4 * fewer + 2)) < alpha


def test_an_alpha_that_fits_is_left_alone():
    """Two, and the reciprocal of sin(pi / 10), need no flag."""
    for alpha, rounds in ((2.0, 1), (1 + math.sqrt(5), 2)):
        encoding = Dilation.of_matrix(np.eye(2), alpha)
        assert ObliviousAmplification.of_unitary(encoding) == ObliviousAmplification(
            encoding, rounds
        )


def test_one_round_is_the_exact_amplification():
    half = small(1)
    one, exact = ObliviousAmplification(half, 1), ExactAmplification(half)
    np.testing.assert_allclose(encoded_matrix(one), encoded_matrix(exact), atol=1e-9)
    assert cost_by_annotation(one) == cost_by_annotation(exact)
    assert sympy.simplify(one.alpha - exact.alpha) == 0


def test_other_singular_values_go_to_the_chebyshev_polynomial(rng):
    """What the docstring says of the circuit, for a matrix that is not amplified exactly."""
    A = rng.normal(size=(4, 4)) + 1j * rng.normal(size=(4, 4))
    A /= np.linalg.norm(A, 2)
    left, values, right = np.linalg.svd(A)
    bloq = ObliviousAmplification(Dilation.of_matrix(A), 2)
    wanted = (left * chebyshev.chebval(values, np.eye(6)[5])) @ right
    found = encoded_matrix(bloq, STAND_INS) / float(bloq.alpha)
    np.testing.assert_allclose(found, wanted, atol=1e-9)


@ROUNDS
def test_control(rounds, switches):
    bloq = ObliviousAmplification(small(rounds), rounds)
    switches(bloq)
    switches(bloq.adjoint())


@ROUNDS
def test_cost(rounds, costs_agree):
    """2 r + 1 calls, one of them controlled under control; reflections of a - 2 ANDs."""
    part = small(rounds, swaps=True)
    bloq, a = ObliviousAmplification(part, rounds), part.ancilla_bitsize
    costs_agree(bloq)
    one, all_ = cost_by_counting(part), cost_by_annotation(bloq)
    assert all_.rotations == (2 * rounds + 1) * one.rotations
    assert all_.toffolis == (2 * rounds + 1) * one.toffolis + 2 * rounds * (a - 2)
    controlled, first = cost_by_annotation(bloq.controlled()), cost_by_counting(part.controlled())
    assert controlled.toffolis == first.toffolis + 2 * rounds * (one.toffolis + a - 1)


@pytest.mark.parametrize("rounds", [1, 2, 5])
def test_symbolic_cost(rounds, diagonal):
    """Rounds and sizes in symbols, numbers put in, against the annotation of numbers."""
    symbolic = oblivious_amplification_symbolic_example.make()
    assert symbolic.rounds == symbols.degree
    tree = symbolic.encoding.vector.tree
    part = diagonal(*np.arange(1.0, 9.0), b=6, rotation=tree.rotation)
    values = {symbols.n: 3, symbols.b: 6, symbols.degree: rounds}
    for form, number in (
        (symbolic, ObliviousAmplification(part, rounds)),
        (symbolic.controlled(), ObliviousAmplification(part, rounds).controlled()),
    ):
        assert cost_by_annotation(form).subs(values) == cost_by_annotation(number)


def test_error_is_never_exceeded(stated, random_matrix, rng):
    """Partial isometries and errors of what is lifted: 400 draws, the circuit's own norm at most 1.

    The worst ratio grows towards one as the error shrinks beside alpha.
    """
    ratios = []
    for _ in range(400):
        rounds = int(rng.integers(1, 6))
        d, error = 2 * rounds + 1, 10 ** rng.uniform(-6, -0.7)
        lifted = math.sin(math.pi / (2 * d))
        alpha = 1 / lifted
        left, right = (np.linalg.qr(random_matrix(3, 1.0) + 0.1 * np.eye(3))[0] for _ in range(2))
        W = left @ np.diag(rng.integers(0, 2, 3)) @ right
        E = random_matrix(3, error)
        if rng.integers(2):
            E = error * left @ np.diag(rng.choice([-1, 1, 1j], 3)) @ right
        B = lifted * W + E / alpha
        if np.linalg.norm(B, 2) > 1:
            continue
        u, values, v = np.linalg.svd(B)
        amplified = (-1) ** rounds * (u * chebyshev.chebval(values, np.eye(d + 1)[d])) @ v
        bloq = ObliviousAmplification(stated(alpha, error), rounds)
        ratios.append(np.linalg.norm(amplified - W, 2) / float(bloq.epsilon))
    assert len(ratios) > 350
    assert 0.5 < max(ratios) <= 1


def test_refusals(stated):
    with pytest.raises(ValueError, match="oblivious amplification needs rounds >= 1, got 0"):
        ObliviousAmplification(stated(2, 0), 0)
    with pytest.raises(ValueError, match="has no ancilla, so there is nothing to amplify"):
        ObliviousAmplification(stated(2, 0, 1, 0), 1)
    with pytest.raises(ValueError, match="errors >= 0, got epsilon=-1"):
        ObliviousAmplification(stated(2, -1), 1)
    with pytest.raises(ValueError, match="has a control; control the amplification instead"):
        ObliviousAmplification(small(1).controlled(), 1)
    for alpha in (1.0, 0.5, symbols.kappa):
        with pytest.raises(ValueError, match="needs a number alpha > 1, got"):
            ObliviousAmplification.of_unitary(stated(alpha, 0))
