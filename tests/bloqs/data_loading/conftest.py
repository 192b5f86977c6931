"""Specifications in plain loops, shared by the tests of all lookups."""

from collections.abc import Callable, Sequence

import cirq
import numpy as np
import pytest
from numpy.typing import NDArray
from qualtran import Bloq, BloqBuilder, CompositeBloq
from qualtran.bloqs.basic_gates import ZGate
from qualtran.bloqs.mcmt import And

from estimator.costs.circuit import circuit_of
from estimator.costs.gate_sets import is_countable


@pytest.fixture
def random_table(rng) -> Callable[[int, int], tuple[int, ...]]:
    """`random_table(length, bitsize)`."""
    return lambda length, bitsize: tuple(int(x) for x in rng.integers(0, 2**bitsize, length))


@pytest.fixture
def xored() -> Callable[..., NDArray[np.complex128]]:
    """`xored(state, table, is_controlled)`: what a lookup that XORs must do.

    `state` has shape (controls, addresses, targets), controls 1 or 2.
    """

    def specification(
        state: NDArray[np.complex128], table: Sequence[int], is_controlled: bool
    ) -> NDArray[np.complex128]:
        out = np.zeros_like(state)
        for control, x, t in np.ndindex(state.shape):
            off = is_controlled and control == 0
            out[control, x, t if off else t ^ table[x]] = state[control, x, t]
        return out

    return specification


@pytest.fixture
def there_and_back() -> Callable[[Bloq], CompositeBloq]:
    """`there_and_back(lookup)`: load, Z on the last bit of the entry, unload."""

    def build(lookup: Bloq) -> CompositeBloq:
        bb, soqs = BloqBuilder.from_signature(
            [reg for reg in lookup.signature if reg.name in ("ctrl", "address")]
        )
        held = bb.add_d(lookup, **soqs)
        bits = bb.split(held["target"])
        bits[-1] = bb.add(ZGate(), q=bits[-1])
        held["target"] = bb.join(bits, lookup.signature.get_right("target").dtype)
        return bb.finalize(**bb.add_d(lookup.adjoint(), **held))

    return build


@pytest.fixture
def counted_depth(monkeypatch) -> Callable[[Bloq], int]:
    """Toffoli depth of the flattened circuit: longest path over qubits and measured bits.

    AND, Toffoli and CSWAP are one layer each, everything else is free. A work qubit is used once,
    as when width costs nothing.
    """
    monkeypatch.setattr("estimator.costs.live_qubits.LiveQubits.qfree", lambda self, qubits: None)

    def longest_path(bloq: Bloq) -> int:
        at: dict[object, int] = {}
        for op in circuit_of(bloq, keep=is_countable).operations:
            gate = op.without_classical_controls().gate
            toffoli = gate in (cirq.CCNOT, cirq.CSWAP)
            toffoli = toffoli or (isinstance(gate, And) and not gate.uncompute)
            read = [*op.qubits, *cirq.control_keys(op)]
            end = max(at.get(wire, 0) for wire in read) + int(toffoli)
            at.update(dict.fromkeys([*op.qubits, *cirq.measurement_key_objs(op)], end))
        return max(at.values(), default=0)

    return longest_path
