"""Kernels of wide networks beside the recursion written down, and one inversion for a prediction.

The recursion is that of the definition, layer by layer over the whole matrix, and that of
neural-tangents. Release 0.6.5 of it, the last one, is imported with jax 0.4.30 and tf2jax 0.3.6 and
with no newer ones, so it needs an environment of its own, where this package is installed too; in
any other the row says "not installed", and the recursion written down is the peer.

The inversion is that of eight points on a circle, their kernel masked by XOR, for one prediction:
the state is found to 0.01 and checked by NumPy; Qrisp is given the condition number of its own
encoding's matrix.
"""

from functools import partial
from importlib import import_module
from math import asin, pi
from typing import Any

import numpy as np

from benchmarks.benchmark import Benchmark, Case
from bloqs.linear_systems.circuits.transform_solver import TransformSolver
from bloqs.ntk.circuits.class_signs import ClassSigns
from bloqs.ntk.model.kernel import Kernel
from bloqs.ntk.model.masks import xor_mask
from bloqs.ntk.model.system import MaskedSystem
from bloqs.simulation.dilation import Dilation
from bloqs.simulation.partial_run import STAND_INS
from bloqs.simulation.runner import encoded_vector
from estimator.costs.cost import cost_by_annotation

DEPTH = 60
"""Hidden layers of the kernels that are timed."""

SIZES = (128, 512, 1024)
ERROR = 0.01
LABELS = np.array([1.0] * 4 + [-1.0] * 4)


def points(n: int) -> Any:
    """n unit points of 32 entries."""
    rows = np.random.default_rng(n).normal(size=(n, 32))
    return rows / np.linalg.norm(rows, axis=1)[:, None]


def recursion(rows: Any) -> Any:
    """The kernel matrix by its definition, divided by the diagonal at the end of each layer."""
    sigma = np.clip(rows @ rows.T, -1, 1)
    np.fill_diagonal(sigma, 1)
    theta, scale, slope = sigma.copy(), 1.0, 2 / 5**0.5 / asin(2 / 3)
    for _ in range(DEPTH):
        rise = (2 / 3) / np.sqrt(1 - (2 * sigma / 3) ** 2) / asin(2 / 3)
        sigma = np.arcsin(2 * sigma / 3) / asin(2 / 3)
        theta = sigma * scale + theta * rise
        whole = scale + slope
        theta, scale = theta / whole, scale / whole
    return theta


def kernel(rows: Any) -> Any:
    """Ours."""
    return Kernel.of("erf", DEPTH).matrix(rows)


def tangents(rows: Any) -> Any:
    """neural-tangents: rows of such a length that the first preactivations have variance one."""
    jax, stax = import_module("jax"), import_module("neural_tangents").stax
    jax.config.update("jax_enable_x64", True)
    variance = 2 / pi * asin(2 / 3)
    layer = stax.Dense(1, W_std=variance**-0.5, b_std=0.0)
    *_, kernel_fn = stax.serial(*[layer, stax.Erf()] * DEPTH, layer)
    found = np.asarray(kernel_fn(rows * (rows.shape[1] * variance) ** 0.5, None, "ntk"))
    return found / found[0, 0]


def close(one: Any, other: Any) -> bool:
    """Up to the peers' rounding, which 60 layers raise on the diagonal and near it alone."""
    apart = np.abs(one - other)
    beside = apart[~np.eye(len(apart), dtype=bool)]
    return bool(beside.max() < 1e-11 and apart.max() < 1e-8)


def circle() -> MaskedSystem:
    """Eight points, sixteen layers."""
    angles = np.deg2rad([10, 32, 55, 78, 280, 302, 325, 348])
    rows = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return MaskedSystem.of(Kernel.of("erf", 16).matrix(rows), LABELS, xor_mask(8, (0, 1, 2)))


SYSTEM = circle()
WANTED = SYSTEM.solution / np.linalg.norm(SYSTEM.solution)


def solver() -> TransformSolver:
    """The relative polynomial, with its phases."""
    alpha = SYSTEM.alpha("weighted")
    norm = alpha * float(np.linalg.norm(SYSTEM.solution)) / 8**0.5
    encoding = Dilation.of_matrix(SYSTEM.matrix, alpha)
    return TransformSolver.of(
        encoding, ClassSigns(3), alpha / SYSTEM.smallest * (1 + 1e-9), norm, ERROR
    )


def inversion(_: Any) -> Any:
    """Ours, made and run."""
    return encoded_vector(solver(), STAND_INS)


def qrisp(_: Any) -> Any:
    """Its inversion by QSVT, repeated until it succeeds; moduli from exact probabilities."""
    main, encodings = import_module("qrisp"), import_module("qrisp.block_encodings")
    inverse = encodings.BlockEncoding.from_array(SYSTEM.matrix).inv(ERROR, SYSTEM.condition)

    def prepared() -> Any:
        register = main.QuantumFloat(3)
        main.prepare(register, LABELS / 8**0.5)
        return register

    found = main.terminal_sampling(lambda: inverse.apply_rus(prepared)())()
    return np.sqrt([max(0.0, found.get(k, 0.0)) for k in range(8)])


def deviation(state: Any) -> float:
    """l2 error of the moduli, which are all that a peer's probabilities show."""
    unit = np.abs(state) / np.linalg.norm(state)
    return float(np.linalg.norm(unit - np.abs(WANTED)))


class Cases:
    """The cases, made when they are asked for."""

    @staticmethod
    def kernels(n: int, peer: Any, note: str, needs: str = "") -> Case:
        """Kernel matrices of random points."""
        return Case(
            what=f"kernel matrix, erf, {DEPTH} layers" + (", neural-tangents" if needs else ""),
            size=f"{n} points",
            ours=kernel,
            peer=peer,
            setup=partial(points, n),
            same=close,
            note=f"the peer is {note}",
            needs=needs,
        )

    def __iter__(self) -> Any:
        for n in SIZES:
            yield self.kernels(
                n, recursion, "the recursion of the definition in NumPy, over all entries"
            )
        for n in SIZES:
            yield self.kernels(
                n,
                tangents,
                "neural-tangents in double precision, compiling included",
                "neural_tangents",
            )
        cost = cost_by_annotation(ClassSigns(3))
        yield Case(
            what=f"masked kernel of 8 points inverted, to {ERROR}",
            size=f"condition {SYSTEM.condition:.3f}",
            ours=inversion,
            peer=qrisp,
            note="Qrisp: `BlockEncoding.inv`, by QSVT; ours with the kernel dilated, the labels "
            f"{cost.toffolis} Toffoli",
            needs="qrisp",
            error=deviation,
            tolerance=ERROR,
            grows=False,
        )


NTK = Benchmark("ntk", Cases())
