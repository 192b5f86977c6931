"""Floating-point operations of the same training step without a quantum computer."""

from typing import Any

from qualtran.symbolics import SymbolicInt

from bloqs.contrastive.model.ansatz_sizes import Sizes

TURN_FLOP = 14
"""Operations for an amplitude where a gate acts: of a pair, 4 products and 2 sums of complex
numbers, 28 operations. Unit: flop."""

CONTROLLED_FLOP = TURN_FLOP // 2
"""The same under a control, which leaves half of the amplitudes alone. Unit: flop."""

PRODUCT_FLOP = 8
"""A product and a sum of complex numbers. Unit: flop."""

BACKWARD = 3
"""Times the work of the value that value and both gradients take by the adjoint method: the state
forwards, and state and adjoint state back."""


def adjoint_flop(batch: SymbolicInt, width: Any, sizes: Sizes) -> SymbolicInt:
    """States of all samples, gate by gate, with gradients by the adjoint method. Unit: flop.

    A controlled gate acts on half of the amplitudes; CNOTs permute and are free. Each angle and
    each input takes a product of two states more.
    """
    whole = 2**width
    single = width + sizes.turn_angles
    gates = whole * (TURN_FLOP * single + CONTROLLED_FLOP * sizes.controlled_angles)
    overlaps = PRODUCT_FLOP * whole * (width + sizes.angles)
    return 2 * batch * (BACKWARD * gates + overlaps)


def fused_flop(batch: SymbolicInt, width: Any, sizes: Sizes) -> SymbolicInt:
    """One matrix for the ansatz, times the product states of all samples, and back. Unit: flop.

    The matrix is made by its gates acting on 2**W columns, and differentiated by the adjoint
    method; states meet it forwards and back, and its own gradient is a third product.
    """
    whole = 2**width
    turns = TURN_FLOP * sizes.turn_angles + CONTROLLED_FLOP * sizes.controlled_angles
    gates = whole**2 * turns
    overlaps = PRODUCT_FLOP * whole**2 * sizes.angles
    products = 3 * PRODUCT_FLOP * 2 * batch * whole**2
    return BACKWARD * gates + overlaps + products


def network_flop(batch: SymbolicInt, width: Any) -> SymbolicInt:
    """The published classical network of the same width, value and gradients. Unit: flop.

    Two layers with W**2 weights: a product and a sum each, twice that for the gradients of weights
    and of inputs; a bias and a slope for each output.
    """
    return 2 * batch * 2 * (3 * 2 * width**2 + 2 * 2 * width)


def network_parameters(width: Any) -> SymbolicInt:
    """Weights and biases of the published classical network: two layers."""
    return 2 * (width**2 + width)
