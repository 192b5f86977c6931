"""Steps by a table: the circuit, gate by gate, against what each says it does."""

import cirq
import numpy as np
import pytest
from qualtran import DecomposeTypeError

from bloqs.data_loading.loaders import QROAMLoader, QROMLoader
from bloqs.linear_systems.circuits.neighbour_step import NeighbourStep
from bloqs.linear_systems.circuits.pauli_step import PauliStep
from bloqs.linear_systems.circuits.shift_step import ShiftStep
from bloqs.simulation.runner import Runner

LINE = ((0,), (1,), (-3,), (2,))
STEPS = {
    "line": ShiftStep(LINE, (False, True, False, True), 2, 2, 1, False, QROMLoader()),
    "circle": ShiftStep(LINE, (True, False, False, True), 2, 2, 1, True, QROMLoader()),
    "short circle": ShiftStep(((0,), (1,)), (False, True), 1, 1, 1, True, QROMLoader()),
    "grid": ShiftStep(((1, 0), (-1, 1)), (True, False), 1, 1, 2, False, QROMLoader()),
    "strings": PauliStep(((1, 0, 1), (3, 3, 2), (2, 1, 3), (0, 2, 0)), 2, 2, QROMLoader()),
    "pattern": NeighbourStep((0, 3, 1, 2), 2, 2, QROMLoader(), is_pattern=True),
    "junk": PauliStep(((1, 0, 1), (1, 1, 2), (0, 1, 3), (0, 0, 0)), 2, 1, QROAMLoader(1)),
}


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("is_controlled", [False, True])
@pytest.mark.parametrize("is_adjoint", [False, True])
def test_the_circuit_does_what_it_says(name, is_controlled, is_adjoint, steps):
    """Every column of its unitary, its inverse's too."""
    kind = type(STEPS[name])
    fields = {field: getattr(STEPS[name], field) for field in kind.__signature__.parameters}
    step = kind(**{**fields, "is_controlled": is_controlled})
    wanted = cirq.unitary(steps[kind](step))
    if is_adjoint:
        step, wanted = step.adjoint(), wanted.conj().T
    found = Runner.of(step).columns(range(len(wanted)))
    np.testing.assert_allclose(found, wanted, atol=1e-10)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: ShiftStep(((4,), (0,)), (False,) * 2, 1, 2, 1, True, QROMLoader()), "-3 to 3"),
        (lambda: ShiftStep(((0,), (0,)), (False,) * 2, 1, 2, 2, True, QROMLoader()), "2 numbers"),
        (lambda: PauliStep(((4, 0, 0), (0, 0, 0)), 1, 2, QROMLoader()), "of 2 bits"),
        (lambda: PauliStep(((0, 0, 4), (0, 0, 0)), 1, 2, QROMLoader()), "k in 0..3"),
        (lambda: PauliStep(((0, 0, 0),), 1, 2, QROMLoader()), "table must have 2 entries"),
        (lambda: ShiftStep(None, None, 1, 2, 1, True, QROMLoader()).decompose_bloq(), "no table"),
        (lambda: PauliStep(None, 1, 2, QROMLoader()).decompose_bloq(), "no table, so no circuit"),
    ],
)
def test_refusals(make, message):
    with pytest.raises((ValueError, DecomposeTypeError), match=message):
        make()
