"""A circuit as a layer of PyTorch: outputs and gradients come from the engine in NumPy."""

import math
from typing import Any

import numpy as np
import torch
from attrs import frozen
from torch import nn
from torch.autograd.function import once_differentiable

from bloqs.contrastive.model.batched_engine import Engine
from bloqs.contrastive.model.gradient_rules import jacobian

Tensor = Any


@frozen(eq=False)
class Gradient:
    """How derivatives are found.

    Args:
        rule: one of `ALL_RULES`.
        shots: of each circuit; none for exact outputs.
    """

    rule: str = "adjoint"
    shots: int | None = None


class CircuitFunction(torch.autograd.Function):
    """Outputs of a circuit with their derivatives by inputs and angles."""

    @staticmethod
    def forward(
        ctx: Any, inputs: Tensor, angles: Tensor, engine: Engine, gradient: Gradient, rng: Any
    ) -> Tensor:
        """Shape (samples, W)."""
        rows, turns = inputs.detach().numpy(), angles.detach().numpy()
        ctx.rule, ctx.engine = gradient.rule, engine
        if gradient.rule == "adjoint":
            ctx.save_for_backward(inputs, angles)
            return _tensor(engine.outputs(rows, turns), inputs)
        found = jacobian(engine, rows, turns, gradient.rule, shots=gradient.shots, rng=rng)
        ctx.save_for_backward(_tensor(found.by_inputs, inputs), _tensor(found.by_angles, inputs))
        return _tensor(found.outputs, inputs)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, upstream: Tensor) -> Any:
        """Derivatives by inputs, by angles, and by nothing else."""
        one, two = ctx.saved_tensors
        if ctx.rule == "adjoint":
            _, rows, turns = ctx.engine.with_gradient(
                one.numpy(), two.numpy(), upstream.contiguous().numpy()
            )
            found = _tensor(rows, upstream), _tensor(turns.sum(0, dtype=np.float64), upstream)
        else:
            found = (
                torch.einsum("nw,nwj->nj", upstream, one),
                torch.einsum("nw,nwk->k", upstream, two),
            )
        return (*found, None, None, None)


def _tensor(array: Any, like: Tensor) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(array)).to(like.dtype)


class QuantumRepresentation(nn.Module):
    """W numbers to W means of Z, by one ansatz after turns about X.

    Args:
        engine: which circuit.
        gradient: how derivatives are found while training, and with how many shots all is measured.
        is_frozen: whether angles stay as they were drawn.

    Angles start as normal numbers of variance 1/W. [JAXAKJ22], its code.
    """

    def __init__(self, engine: Engine, gradient: Gradient, is_frozen: bool = False) -> None:
        super().__init__()
        self.engine, self.gradient = engine, gradient
        drawn = torch.randn(engine.angles) / math.sqrt(engine.width)
        self.angles = nn.Parameter(drawn, requires_grad=not is_frozen)
        self.rng = np.random.default_rng(0)  # replaced for every step

    def forward(self, inputs: Tensor) -> Tensor:
        """Shape (samples, W) to the same."""
        if self.training and torch.is_grad_enabled():
            return CircuitFunction.apply(inputs, self.angles, self.engine, self.gradient, self.rng)
        rows, turns, shots = inputs.detach().numpy(), self.angles.detach().numpy(), (
            self.gradient.shots
        )  # fmt: skip
        if shots is None:
            return _tensor(self.engine.outputs(rows, turns), inputs)
        return _tensor(self.engine.sampled(rows, turns, shots, self.rng), inputs)
