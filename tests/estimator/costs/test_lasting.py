"""Only what is made of installed code alone is said to stay as it is."""

import functools

import cirq
import numpy as np
import pytest
import sympy
from attrs import frozen
from qualtran import Bloq, Controlled, CtrlSpec, QUInt, Signature
from qualtran.bloqs.arithmetic import Add
from qualtran.bloqs.basic_gates import Power, Rz, TGate
from qualtran.bloqs.data_loading.qrom import QROM
from qualtran.bloqs.multiplexers.apply_lth_bloq import ApplyLthBloq
from qualtran.cirq_interop import CirqGateAsBloq

from bloqs.resnet.circuits.residual_block import residual_block_example
from estimator.costs.lasting import RECORD, weight_of
from estimator.costs.prices import PriceList


@frozen
class Mine(Bloq):
    """Of a user: it is made in this file."""

    size: int = 1

    @property
    def signature(self):
        return Signature.build(x=self.size)


class Gate(cirq.testing.SingleQubitGate):
    """A gate of a user."""


def holding(value):
    """A bloq of Qualtran that holds any value."""
    return CirqGateAsBloq(value)


def closure():
    inner = Mine()
    return lambda: inner


@pytest.mark.parametrize(
    "bloq",
    [
        TGate(),
        Rz(sympy.Symbol("theta")),
        Add(QUInt(sympy.Symbol("n"))),
        Controlled(Add(QUInt(4)), CtrlSpec()).adjoint(),
        CirqGateAsBloq(cirq.X**0.3),
        QROM.build_from_data([1, 2, 3]),
        Add(QUInt(2)).decompose_bloq(),
        residual_block_example.make(),
        holding((1, 2.5, "x", None, True, 1j, b"x", np.float64(1), len, PriceList, {1: 2})),
    ],
    ids=range(9),
)
def test_what_is_installed_lasts(bloq):
    assert weight_of(bloq, {}) >= RECORD


@pytest.mark.parametrize(
    "bloq",
    [
        Mine(),
        Mine().adjoint(),
        Mine().controlled(),
        Power(Mine(), 3),
        Mine().as_composite_bloq(),
        ApplyLthBloq([Mine(), Mine()]),
        holding(Gate()),
        holding(cirq.ControlledGate(Gate())),
        holding(Mine),
        holding({1: [Mine()]}),
        holding(np.array([Mine()], dtype=object)),
        holding(closure()),
        holding(functools.partial(max, Mine())),
        holding(Mine().adjoint),
    ],
    ids=range(14),
)
def test_what_a_user_may_define_anew_does_not(bloq):
    assert weight_of(bloq, {}) is None


def test_tables_weigh_what_they_hold():
    """Arrays by their bytes; what is remembered already weighs nothing more."""
    table = QROM.build_from_data(np.zeros(10_000, dtype=int), target_bitsizes=(1,))
    assert weight_of(table, {}) > 80_000
    assert weight_of(table.adjoint(), {}) > 80_000
    assert weight_of(table.adjoint(), {table: None}) < 10_000


def test_a_bloq_that_is_held_often_is_looked_at_once():
    """2**200 paths lead down."""
    value = TGate()
    for _ in range(200):
        value = [value, value]
    assert weight_of(holding(value), {}) < 10 * RECORD
