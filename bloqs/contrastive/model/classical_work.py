"""Floating-point operations of the same training step without a quantum computer.

That of the circuit is the work of the engine in `compiled_gates`, the fastest of those here.
"""

from typing import Any

from qualtran.symbolics import SymbolicInt

from bloqs.contrastive.model.ansatz_sizes import Sizes

TURN_FLOP = 12
"""Operations of a turn on a pair of amplitudes, four real numbers: two products and a sum each.
Unit: flop."""

SLOPE_FLOP = 8
"""Operations of a pair in the derivative by an angle: four products, four sums. Unit: flop."""

STATES = 3
"""States that each gate acts on: one forwards; that one, and the observable on it, back."""


def engine_flop(batch: SymbolicInt, width: Any, sizes: Sizes) -> SymbolicInt:
    """Values and both gradients of all samples, as the compiled engine finds them. Unit: flop.

    States of the samples, gate by gate, and derivatives by the adjoint method. A turn acts on
    2**(W-1) pairs of amplitudes, under a control on half of them; CNOTs permute and are free. Each
    output is a square of every amplitude with a sign, 4 operations; the observable takes W + 2.
    Cosines and sines of the angles, and changes of sign, are not counted.
    """
    pair = STATES * TURN_FLOP + SLOPE_FLOP
    whole = sizes.turn_angles + width
    each = whole * (pair // 2) + sizes.controlled_angles * (pair // 4) + 5 * width + 2
    return 2 * batch * 2**width * each


def network_flop(batch: SymbolicInt, width: Any) -> SymbolicInt:
    """The published classical network of the same width, value and gradients. Unit: flop.

    Two layers with W**2 weights: a product and a sum each, twice that for the gradients of weights
    and of inputs; a bias and a slope for each output.
    """
    return 2 * batch * 2 * (3 * 2 * width**2 + 2 * 2 * width)


def network_parameters(width: Any) -> SymbolicInt:
    """Weights and biases of the published classical network: two layers."""
    return 2 * (width**2 + width)
