"""The bloqs of all `@bloq_example`s, and which of them a check is about."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from functools import cache

import attrs
import cirq
import numpy as np
import pytest
import sympy
from qualtran import Bloq, BloqExample
from qualtran.bloqs.basic_gates import MeasureX, MeasureZ
from qualtran.testing import (
    check_bloq_example_decompose,
    check_bloq_example_make,
    check_bloq_example_qtyping,
    check_equivalent_bloq_example_counts,
)

import bloqs
import proofs
from bloqs.communication.circuits.shots import Shots
from bloqs.hypergraph.circuits.read import AbstractRead
from bloqs.messages.protocol import AbstractProtocol
from bloqs.messages.tell import Tell
from bloqs.readout.measured_circuit import AbstractMeasuredCircuit
from bloqs.resnet.circuits.class_sampler import ClassSampler
from bloqs.simulation.stand_in import AbstractStandIn
from bloqs.wires import AbstractWritten
from estimator.costs.cost import Cost, cost_by_annotation, cost_by_counting
from estimator.costs.keys import Oracle
from estimator.discover import NOT_ENTERED, instances_of
from proofs.agreement import AgreementClaim

EXAMPLES = instances_of(BloqExample, bloqs)
BLOQS = {name: example.make() for name, example in EXAMPLES.items()}


def has_symbols(value: object) -> bool:
    """Whether a size is a symbol, or a table is missing, here or in a part.

    A rational slope or the root of a number is none, though SymPy holds it.
    """
    if isinstance(value, sympy.Basic):
        return bool(value.free_symbols)
    if isinstance(value, tuple):
        return any(has_symbols(part) for part in value)
    if attrs.has(type(value)):
        fields = [field.name for field in attrs.fields(type(value)) if field.init]
        return any(has_symbols(getattr(value, name)) for name in fields)
    return value is None


def measures(bloq: Bloq) -> bool:
    """Whether the circuit is written as Cirq operations, for the sake of classical feedback."""
    return hasattr(bloq, "decompose_from_registers")


def is_gate(bloq: Bloq) -> bool:
    """Whether the bloq is one elementary gate, which Cirq knows and nothing is inside of."""
    known = type(bloq).as_cirq_op is not Bloq.as_cirq_op
    return known and type(bloq).build_composite_bloq is Bloq.build_composite_bloq


def lists_measurement(bloq: Bloq) -> bool:
    """Whether the call graph names one, whose classical bit Qualtran cannot write."""
    return any(isinstance(callee, MeasureX | MeasureZ) for callee in bloq.bloq_counts())


def widths(bloq: Bloq) -> tuple[int, int]:
    """Qubits of the left and of the right registers."""
    sides = (bloq.signature.lefts(), bloq.signature.rights())
    left, right = (sum(reg.total_qubits() for reg in side) for side in sides)
    return left, right


def controls_itself(bloq: Bloq) -> bool:
    return type(bloq).get_ctrl_system is not Bloq.get_ctrl_system


ORACLES = {name: bloq for name, bloq in BLOQS.items() if isinstance(bloq, Oracle)}
CONCRETE = {
    name: bloq for name, bloq in BLOQS.items() if not has_symbols(bloq) and name not in ORACLES
}
UNITARY = {name: bloq for name, bloq in CONCRETE.items() if not measures(bloq)}
COMPOSITE = {name: bloq for name, bloq in UNITARY.items() if not is_gate(bloq)}
WRITTEN = {name: bloq for name, bloq in COMPOSITE.items() if isinstance(bloq, AbstractWritten)}
OF_RESULTS = {Shots, Tell}
"""Bloqs of measured bits alone, which Qualtran can neither write nor draw."""

CONTROLLED = {
    name: bloq
    for name, bloq in UNITARY.items()
    if controls_itself(bloq) and not (isinstance(bloq, AbstractProtocol) and bloq.is_controlled)
}
"""A protocol takes one control, which is sent along."""
FIRST = {type(bloq): name for name, bloq in reversed(CONTROLLED.items())}
"""One example of each class: of it a second control is counted every time."""

CHECKS = (
    check_bloq_example_make,
    check_bloq_example_decompose,
    check_equivalent_bloq_example_counts,
    check_bloq_example_qtyping,
)
SAVED = {name: bloq for name, bloq in BLOQS.items() if not lists_measurement(bloq)}
"""What Qualtran can write; tests/bloqs/test_upstream.py is about the others."""

CONTRACTED = {
    name: bloq
    for name, bloq in CONCRETE.items()
    if max(widths(bloq)) <= 8
    and not isinstance(bloq, ClassSampler | AbstractRead | AbstractMeasuredCircuit)
}
"""Up to 8 qubits; what is drawn or read is random, so that it has no tensor."""

MANY_GATES = 20
"""Gates other than Clifford gates beyond which a circuit is left to the slow sweep."""


def each(chosen: dict[str, Bloq]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("name", chosen)


def each_small(chosen: dict[str, Bloq]) -> pytest.MarkDecorator:
    """Large circuits are slow."""
    costs = {name: cost_by_annotation(bloq) for name, bloq in chosen.items()}
    large = {x for x, c in costs.items() if c.toffoli + c.cswap + c.rotations > MANY_GATES}
    slow = pytest.mark.slow
    return pytest.mark.parametrize(
        "name", [pytest.param(name, marks=slow) if name in large else name for name in chosen]
    )


def why_without_circuit(name: str) -> str:
    """What a bloq that is not put together of others says, or one without a size or a table."""
    bloq = BLOQS[name]
    if is_gate(bloq):
        return "is one gate"
    if isinstance(bloq, Oracle):
        return "is an oracle"
    if measures(bloq) and not has_symbols(bloq):
        return "measures"
    assert has_symbols(bloq)
    return "has a symbolic size|has no table of concrete size|measures"


def numbers(registers: list, index: int) -> dict:
    """The basis state of this number as values of registers, big-endian."""
    found, bits = {}, f"{index:0{sum(reg.total_bits() for reg in registers)}b}"
    for reg in registers:
        own, bits = bits[: reg.total_bits()], bits[reg.total_bits() :]
        entries = np.array([int(bit) for bit in own]).reshape(*reg.shape, reg.bitsize)
        read = reg.dtype.from_bits_array if reg.shape else reg.dtype.from_bits
        found[reg.name] = read(entries)
    return found


def short(name: str) -> str:
    """What a claim calls an example."""
    return name.split(":")[1].strip("_")


@cache
def counted_by_claims() -> set[str]:
    """Examples, plain and controlled, whose two costs a claim of the ledger compares."""
    agreements = instances_of(AgreementClaim, proofs).items()
    every_cost = [claim for name, claim in agreements if name.endswith(".every_cost:THEOREM")]
    return {instance["example"] for claim in every_cost for instance in claim.instances()}


@cache
def by_two_routes(bloq: Bloq) -> tuple[Cost, Cost]:
    return cost_by_annotation(bloq), cost_by_counting(bloq)


@cache
def classes() -> tuple[type[Bloq], ...]:
    """Every bloq class defined under `bloqs`.

    A stand-in is none in this sense: it serves simulation, has neither circuit nor cost, and says
    so when asked, which tests/bloqs/simulation/test_partial_run.py sees.
    """
    return tuple(cls for cls in every_class() if not issubclass(cls, AbstractStandIn))


def every_class() -> Iterator[type[Bloq]]:
    for info in pkgutil.walk_packages(bloqs.__path__, prefix="bloqs."):
        if NOT_ENTERED in info.name.split("."):
            continue
        module = importlib.import_module(info.name)
        for value in vars(module).values():
            if (
                inspect.isclass(value)
                and issubclass(value, Bloq)
                and value.__module__ == module.__name__
            ):
                yield value


class Whole(cirq.Gate):
    """A sub-bloq that is not looked into."""

    def __init__(self, bloq: Bloq) -> None:
        self.bloq = bloq

    def _num_qubits_(self) -> int:
        return self.bloq.signature.n_qubits()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Whole) and self.bloq == other.bloq

    def __hash__(self) -> int:
        return hash(self.bloq)
