"""Work of a step without qubits: every product and sum of the engine that runs, counted."""

from itertools import count
from typing import Any

import numpy as np
import pytest
from attrs import frozen

from bloqs.contrastive.model import compiled_gates
from bloqs.contrastive.model.ansatz_parts import KINDS
from bloqs.contrastive.model.ansatz_sizes import sizes_of
from bloqs.contrastive.model.batched_engine import Engine
from bloqs.contrastive.model.classical_work import engine_flop, network_flop, network_parameters

LOOPS = ("turn", "run", "slope", "to_zero", "means", "backwards")
"""What the loop over samples is made of."""


@frozen(eq=False)
class Watched:
    """A number whose products, sums and differences are counted."""

    value: float
    work: Any

    def _made(self, value: float) -> "Watched":
        next(self.work)
        return Watched(value, self.work)

    def __add__(self, other: Any) -> "Watched":
        return self._made(self.value + float(other))

    def __sub__(self, other: Any) -> "Watched":
        return self._made(self.value - float(other))

    def __rsub__(self, other: Any) -> "Watched":
        return self._made(float(other) - self.value)

    def __mul__(self, other: Any) -> "Watched":
        return self._made(self.value * float(other))

    def __neg__(self) -> "Watched":
        return Watched(-self.value, self.work)

    def __float__(self) -> float:
        return self.value

    __radd__, __rmul__ = __add__, __mul__


@pytest.mark.parametrize("kind", KINDS)
def test_work_is_that_of_the_loops_that_run(kind, monkeypatch):
    """The loops of the engine, on numbers that count; their results are those of the engine."""
    width, layers, samples = 4, 2, 2
    engine, rng, work = (
        Engine(kind=kind, width=width, layers=layers),
        np.random.default_rng(5),
        count(),
    )
    inputs, angles = rng.uniform(0, 3, (samples, width)), rng.normal(size=engine.angles)
    weights = rng.normal(size=(samples, width))
    for name in LOOPS:
        monkeypatch.setattr(compiled_gates, name, getattr(compiled_gates, name).py_func)

    def watched(values: Any) -> Any:
        return np.vectorize(lambda x: Watched(float(x), work), otypes=[object])(values)

    c, s = map(watched, engine.halves(inputs, angles))
    out, found = np.empty((width, samples), object), np.empty((len(c), samples), object)
    compiled_gates.slopes.py_func(
        engine.program.rows, width, c, s, samples, watched(weights.T), out, found
    )
    batch = samples // 2
    assert next(work) == engine_flop(batch, width, sizes_of(kind, width, layers))
    monkeypatch.undo()
    wanted = engine.with_gradient(inputs, angles, weights)
    assert out.T.astype(float) == pytest.approx(wanted[0], abs=1e-12)
    assert found.T.astype(float) == pytest.approx(np.hstack(wanted[1:]), abs=1e-12)


def test_the_published_network():
    """Two layers of width 8 have 144 weights; products and sums, three times."""
    assert network_parameters(8) == 144
    assert network_flop(1, 8) == 2 * 2 * (6 * 64 + 4 * 8)
