"""Printed numbers as literals; the errata by counterexample."""

import numpy as np
import pytest
import sympy

from bloqs.convolution.kernel import Kernel
from bloqs.convolution.published_claims import PublishedClaims, amplification_factor
from estimator import symbols


def claims(C, D):
    return PublishedClaims(Kernel(None, C, C, D, (D - 1) // 2, wraps=False))


def printed_gamma(norm_1, norm):
    """sqrt(sum |K|) ||C||, as printed; an erratum, see `amplification_factor`."""
    return sympy.sqrt(norm_1) * norm


def test_sixteen_channels_three_by_three():
    """38 ancillas, 39 amplified."""
    paper = claims(16, 3)
    assert (paper.C, paper.logs) == (16, 4 + 2)
    assert (paper.ancillas, paper.amplified_ancillas) == (38, 39)
    assert paper.norm_ratio == 192


def test_ancillas_in_symbols():
    """2 + 8 D + 2 log2(C D) with C = 2**c and D = 2**d, and one more."""
    paper, c, d = PublishedClaims(Kernel.symbolic()), symbols.c, symbols.d
    assert sympy.expand(paper.ancillas - (2 + 8 * 2**d + 2 * c + 2 * d)) == 0
    assert sympy.expand(paper.amplified_ancillas - paper.ancillas) == 1


def test_norm_ratio_bounds_every_kernel(rng, image_operator):
    """sum |K| over the norm of the layer, 100 kernels; attained up to a factor by random ones."""
    ratios = []
    for _ in range(100):
        C, D = int(rng.choice([1, 2, 4])), int(rng.integers(1, 4))
        K = rng.normal(size=(C, C, D, D))
        norm = np.linalg.norm(image_operator(K, 4), 2)
        ratios.append(np.abs(K).sum() / norm / float(claims(C, D).norm_ratio))
    assert 0.1 < max(ratios) <= 1


def test_a_kernel_larger_than_the_image_exceeds_the_norm_ratio(image_operator):
    """(1, 1, -1) in both directions on two pixels a side: norm 2 for a sum of 9."""
    K = np.einsum("k,l->kl", *[[1.0, 1.0, -1.0]] * 2)[None, None]
    ratios = [np.abs(K).sum() / np.linalg.norm(image_operator(K, M), 2) for M in (2, 4)]
    assert ratios[0] == pytest.approx(4.5)
    assert ratios[1] <= claims(1, 3).norm_ratio == 3 < ratios[0]


def test_printed_factor_does_not_amplify_to_one_half():
    """A layer of norm 3 with sum |K| = 16: 8/3 takes it to one half, the printed 12 to 9/4."""
    norm_1, norm = 16.0, 3.0
    largest = norm / norm_1
    assert amplification_factor(norm_1, norm) * largest == pytest.approx(0.5)
    assert float(printed_gamma(norm_1, norm)) * largest == pytest.approx(2.25)


def test_factor_for_a_layer_of_norm_at_most_one():
    """sum |K| / 2 makes C / sum |K| into C / 2, whatever the norm."""
    assert amplification_factor(16.0, 1) == 8
