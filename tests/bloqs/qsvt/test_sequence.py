"""The alternating sequence: calls listed are calls made, for every degree and form."""

from collections import Counter
from itertools import product

import pytest
import sympy
from attrs import evolve
from qualtran import BloqBuilder, QAny, QBit, QUInt

from bloqs.encodings.uniform_vector import UniformVector
from bloqs.qsvt.complement_phase import ComplementPhase
from bloqs.qsvt.projector_phase import ProjectorPhase
from bloqs.qsvt.sequence import Projector, sequence_calls, write_sequence
from bloqs.wires import Wires
from estimator import symbols


def off_uniform(phi, is_controlled, is_signed):
    """A phase on zero flags and a system orthogonal to the uniform vector."""
    vector, w = UniformVector(1), 1
    return ComplementPhase(vector, phi, w, is_signed, is_controlled=is_controlled)


def written(degree, unitary, is_controlled, is_signed, wide, is_computed=False):
    """The circuit's calls; phases written as one generic phase."""
    bb = BloqBuilder()
    a, n = unitary.ancilla_bitsize, unitary.system_bitsize
    sizes = {"ctrl": QBit(), "sign": QBit(), "system": QUInt(n), "ancilla": QAny(a)}
    if not is_controlled:
        del sizes["ctrl"]
    if not is_signed:
        del sizes["sign"]
    wires = Wires(bb)
    names = {
        name: wires.split(name, bb.add_register_from_dtype(name, dtype))
        for name, dtype in sizes.items()
    }
    left = names["ancilla"]
    right = [*left, *names["system"]] if wide else left
    registers = {"system": names["system"], "ancilla": left}
    if is_computed:
        left = Projector(off_uniform, {"flags": left, "system": names["system"]})
    control, sign = names.get("ctrl", []), names.get("sign", [])
    phases = [0.1] * (degree + 1)
    write_sequence(wires, phases, unitary, registers, left, right, sign, control)
    out = {name: wires.join(bits, sizes[name]) for name, bits in names.items()}
    calls = Counter()
    for instance in bb.finalize(**out).bloq_instances:
        bloq = instance.bloq
        if isinstance(bloq, ProjectorPhase | ComplementPhase):
            bloq = evolve(bloq, phi=symbols.theta)
        if type(bloq).__name__ not in ("Split", "Join"):
            calls[bloq] += 1
    return calls


@pytest.mark.parametrize("degree", [1, 2, 3, 4, 5, 6])
def test_calls_listed_are_calls_made(degree, hermitian):
    for wide, is_signed, is_controlled in product((False, True), (False, True), (False, True)):
        a, n = hermitian.ancilla_bitsize, hermitian.system_bitsize
        right = a + n if wide else a
        listed = sequence_calls(degree, hermitian, a, right, is_controlled, is_signed)
        assert written(degree, hermitian, is_controlled, is_signed, wide) == Counter(listed), (
            f"{wide=}, {is_signed=}, {is_controlled=}"
        )


@pytest.mark.parametrize("degree", [1, 2, 5, 6])
def test_a_projector_may_be_computed(degree, hermitian):
    """The left phases are of another kind, as many as before; a control reaches them too."""
    for is_signed, is_controlled in product((False, True), (False, True)):
        a = hermitian.ancilla_bitsize
        listed = sequence_calls(degree, hermitian, off_uniform, a, is_controlled, is_signed)
        made = written(degree, hermitian, is_controlled, is_signed, False, is_computed=True)
        assert made == Counter(listed), f"{is_signed=}, {is_controlled=}"
        turns = [times for bloq, times in listed.items() if isinstance(bloq, ComplementPhase)]
        assert turns == [(degree + 1) // 2]


def test_symbolic_degree(hermitian):
    """Substitution gives the numbers of every degree of that parity."""
    for is_odd, is_controlled in product((False, True), (False, True)):
        d = symbols.degree
        symbolic = sequence_calls(d, hermitian, 2, 5, is_controlled, is_odd=is_odd)
        for degree in (3, 7) if is_odd else (2, 8):
            at = {bloq: sympy.sympify(k).subs({d: degree}) for bloq, k in symbolic.items()}
            concrete = sequence_calls(degree, hermitian, 2, 5, is_controlled)
            assert {bloq: k for bloq, k in at.items() if k} == concrete, (
                f"{is_odd=}, {is_controlled=}"
            )


def test_parity_of_a_symbolic_degree_is_seen_where_it_is_known(hermitian):
    """2 k + 1 is odd, so that one call is controlled."""
    odd = 2 * symbols.degree + 1
    seen = sequence_calls(odd, hermitian, 2, 2, is_controlled=True)
    assert seen == sequence_calls(odd, hermitian, 2, 2, is_controlled=True, is_odd=True)
    assert sum(seen.values()) == 2 * odd + 1
