"""What a bias does to the length of an encoded vector."""

from typing import Any

import numpy as np

from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.feedforward.circuits.held import Held, Settings
from bloqs.feedforward.circuits.linear_steps import encoded
from bloqs.feedforward.model.register import Register
from bloqs.feedforward.model.steps import Add
from bloqs.simulation.partial_run import run
from bloqs.simulation.vector_dilation import VectorDilation
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement

Numbers = dict[str, Any]

SETTINGS = Settings(
    share=1e-9, angles=1e-9, margin=0.5, loader=QROMLoader(), rotation=Rotation.BITWISE, runs=True
)
"""Angles of some forty bits."""


def _vectors(seed: int, c: int, m: int, by_channel: bool) -> tuple[Any, Any, float]:
    """x and b of a register's shape, and A."""
    rng = np.random.default_rng(seed)
    shape = (2**c, 2**m, 2**m)
    bias = rng.normal(size=(2**c, 1, 1) if by_channel else shape)
    x = rng.normal(size=shape)
    return x, bias, float(np.linalg.norm(x) * rng.uniform(1, 3))


def _numbers(alpha: float) -> Numbers:
    """To six digits."""
    return {"alpha as stated": round(alpha, 6), "alpha in the circuit": round(alpha, 6)}


def by_lengths(**asked: Any) -> Numbers:
    """Both lengths, one after another."""
    x, bias, reach = _vectors(**asked)
    whole = np.broadcast_to(bias, x.shape)
    size = np.sqrt((whole**2).sum())
    return _numbers(float((reach + size) / np.linalg.norm(x + whole)))


def by_squares(**asked: Any) -> Numbers:
    """Both lengths, at right angles."""
    x, bias, reach = _vectors(**asked)
    whole = np.broadcast_to(bias, x.shape)
    size = np.sqrt((whole**2).sum())
    return _numbers(float(np.hypot(reach, size) / np.linalg.norm(x + whole)))


def found(seed: int, c: int, m: int, by_channel: bool) -> tuple[Numbers, Measurement]:
    """One over the length of what the circuit of the step leaves where its flags are zero."""
    x, bias, reach = _vectors(seed, c, m, by_channel)
    register = Register(c, m)
    step = Add(
        name="bias", inputs=("x",), output="y", before=register, after=register,
        constant=bias.reshape(-1) if by_channel else bias,
    )  # fmt: skip
    flat = x.reshape(-1)
    length = float(np.linalg.norm(flat))
    vector = VectorDilation.of_vector(flat / length, reach / length)
    y = step.apply(x)
    bloq, _ = encoded(step, (Held(vector, reach, (x,)),), float(np.linalg.norm(y)), SETTINGS)
    done = run(bloq)
    measured = Measurement(
        value=round(1 / float(np.linalg.norm(done.vector)), 6),
        stated=round(float(bloq.alpha), 6),
        qubits=bloq.signature.n_qubits(),
        fidelity=str(done.runner.fidelity.value),
    )
    numbers = {"alpha as stated": measured.stated, "alpha in the circuit": measured.value}
    return numbers, measured


THEOREM = AgreementClaim(
    says="The sum of a bias b and of x, an amplitude of which stands for A, is encoded with "
    "alpha = (A + |b|) / |x + b|.",
    stated=by_lengths,
    found=found,
    instances=lambda: [
        {"seed": seed, "c": c, "m": m, "by_channel": by_channel}
        for seed, (c, m, by_channel) in enumerate(
            ((1, 0, False), (2, 1, True), (1, 1, False), (0, 2, False), (2, 1, False))
        )
    ],
    false_twin=by_squares,
    twin_says="The two branches are orthogonal, so that the squares of their lengths add up.",
    source="[RHGPR25] Lem. 1 with the best weight; its use for a bias is ours",
)
