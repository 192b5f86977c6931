"""Every ansatz against gates written down from the published recipe, and its costs."""

import cirq
import numpy as np
import pytest
from qualtran import DecomposeTypeError

from bloqs.contrastive.circuits.whole_ansatz import Ansatz
from bloqs.contrastive.model.ansatz_parts import KINDS, angles_of
from bloqs.contrastive.parameters import NOT_AT_THREE
from bloqs.contrastive.symbols import L, W
from bloqs.simulation.runner import Runner
from estimator.costs.circuit import circuit_of
from estimator.costs.cost import cost_by_annotation, cost_by_counting

SIZES = [(kind, width) for kind in KINDS for width in (2, 3, 4)
         if width != 3 or kind not in NOT_AT_THREE]  # fmt: skip


def recipe(kind, q, layers, angles):
    """The gates of an ansatz as the published code has them, with Cirq's own controlled gates."""
    at, n = iter(angles), len(q)

    def turns(gate):
        return [gate(next(at))(x) for x in q]

    def controlled(gate, pairs):
        return [gate(next(at))(q[b]).controlled_by(q[a]) for a, b in pairs]

    def product(one, two, pairs):
        return [
            cirq.PauliSumExponential(one(q[a]) * two(q[b]), exponent=-next(at) / 2)
            for a, b in pairs
        ]

    down = [(i, (i + 1) % n) for i in range(n - 1, -1, -1)]
    skip = [((i + n - 1) % n, ((i + n - 1) % n + 3) % n) for i in range(n)]
    gates = turns(cirq.ry) if kind in ("all-to-all", "line") else []
    for _ in range(layers):
        if kind in ("ring", "13_half"):
            gates += turns(cirq.ry)
            gate = cirq.rx if kind == "ring" else cirq.rz
            gates += controlled(gate, [(i, (i + 1) % n) for i in range(n)])
        elif kind in ("13", "14"):
            gate = cirq.rx if kind == "14" else cirq.rz
            for pairs in (down, skip):
                gates += turns(cirq.ry) + controlled(gate, pairs)
        elif kind == "15":
            for pairs in (down, skip):
                gates += turns(cirq.ry) + [cirq.CNOT(q[a], q[b]) for a, b in pairs]
        elif kind == "19":
            gates += turns(cirq.rx) + turns(cirq.rz)
            gates += controlled(cirq.rx, [(n - 1, 0), *((i - 1, i) for i in range(n - 1, 0, -1))])
        elif kind == "all-to-all":
            gates += [cirq.CNOT(q[i], q[j]) for i in range(n) for j in range(i + 1, n)]
            gates += turns(cirq.ry)
        elif kind == "line":
            gates += [cirq.CNOT(q[i], q[i + 1]) for i in range(n - 2, -1, -1)] + turns(cirq.ry)
        elif kind == "alternating":
            even = [(i, i + 1) for i in range(0, n - 1, 2)]
            odd = [(i, i + 1) for i in range(1, n - 1, 2)] + ([(n - 1, 0)] if n % 2 == 0 else [])
            for a, b in even + odd:
                gates += [cirq.ry(next(at))(q[a]), cirq.ry(next(at))(q[b]), cirq.CNOT(q[a], q[b])]
                gates += [cirq.rz(next(at))(q[a]), cirq.rz(next(at))(q[b])]
        else:
            last = [(n - 1, i) for i in range(n - 1)]
            gates += product(cirq.X, cirq.X, last) + product(cirq.Z, cirq.X, last)
    assert next(at, None) is None
    return gates


@pytest.mark.parametrize(("kind", "width"), SIZES)
def test_unitary(kind, width, rng):
    """Two layers at random angles to 1e-12; the inverse gives everything back."""
    angles = rng.uniform(-4, 4, int(angles_of(kind, width, 2)))
    q = cirq.LineQubit.range(width)
    wanted = cirq.Circuit(recipe(kind, q, 2, angles)).unitary(qubit_order=q)
    bloq = Ansatz(kind, width, 2, angles)
    circuit = circuit_of(bloq)
    found = cirq.Circuit(circuit.operations).unitary(qubit_order=circuit.inputs)
    np.testing.assert_allclose(found, wanted, atol=1e-12)
    back = circuit_of(bloq.adjoint())
    undone = cirq.Circuit(back.operations).unitary(qubit_order=back.inputs)
    np.testing.assert_allclose(undone, wanted.conj().T, atol=1e-12)


@pytest.mark.parametrize("kind", KINDS)
def test_under_a_control(kind, rng):
    """Gate by gate on a random state, where the control is one and where it is zero."""
    angles = rng.uniform(-4, 4, int(angles_of(kind, 2, 1)))
    bloq = Ansatz(kind, 2, 1, angles)
    state = rng.normal(size=8) + 1j * rng.normal(size=8)
    state /= np.linalg.norm(state)
    plain = Runner.of(bloq).run(state[4:])
    found = Runner.of(bloq.controlled()).run(state)
    np.testing.assert_allclose(found, [*state[:4], *plain], atol=1e-10)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("angle", [0.0, np.pi / 2, np.pi, 0.3])
def test_cost_does_not_look_at_angles(kind, angle):
    """As stated and as counted, and as without any angle; inverted and under a control too."""
    open_, angles = Ansatz(kind, 4, 2), (angle,) * int(angles_of(kind, 4, 2))
    bloq = Ansatz(kind, 4, 2, angles)
    pairs = [(bloq, open_), (bloq.adjoint(), open_.adjoint())]
    pairs += [(bloq.controlled(), open_.controlled())] if angle in (0.0, 0.3) else []
    for form, generic in pairs:
        stated, counted, plain = (
            cost_by_annotation(form),
            cost_by_counting(form),
            cost_by_annotation(generic),
        )
        assert stated == counted == plain
        assert stated.cnots == counted.cnots == plain.cnots > 0


def test_symbols_give_costs_and_no_circuit():
    bloq = Ansatz("ring", W, L)
    cost = cost_by_annotation(bloq)
    assert (cost.rotations, cost.cnots, cost.qubits) == (3 * L * W, 2 * L * W, W)
    assert cost.subs({W: 8, L: 2}).cnots == 32
    with pytest.raises(DecomposeTypeError, match="symbolic size"):
        circuit_of(bloq)
    with pytest.raises(DecomposeTypeError, match="symbolic size"):
        circuit_of(Ansatz("ring", 3, L))
