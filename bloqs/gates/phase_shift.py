"""A phase on one of two basis states, and the phases of numbers."""

import cmath
import math
from typing import Any

import cirq
import numpy as np
import sympy
from attrs import frozen
from qualtran import Bloq, bloq_example
from qualtran.bloqs.basic_gates import ZGate
from qualtran.symbolics import SymbolicFloat, is_symbolic

from bloqs.gates.counted_rotation import AbstractCountedRotation
from bloqs.same_calls import SAME_CALLS
from estimator import symbols


@frozen(cache_hash=True)
class PhaseShift(AbstractCountedRotation):
    r"""Applies $|0\rangle\langle 0| + e^{i \phi} |1\rangle\langle 1|$ and counts as one rotation.

    Unlike $e^{-i \phi Z / 2}$ it leaves zero alone, so that on a control it is a controlled phase.

    Args:
        phi: the phase. Unit: radians.

    Registers:
        q: QBit.

    Cost: 1 rotation, whatever the phase.

    Source: elementary.
    """

    @property
    def gate(self) -> cirq.Gate:
        return cirq.ZPowGate(exponent=float(self.phi) / np.pi)


def phase_of(number: Any) -> SymbolicFloat:
    """Argument of a number or expression; zero for a real one of unknown sign. Unit: radians.

    Real numbers have exactly the argument 0.0 or `math.pi`.
    """
    if not is_symbolic(number):
        number = complex(number)
        return cmath.phase(number) if number.imag else (0.0 if number.real >= 0 else math.pi)
    if number.is_extended_real:
        return math.pi if number.is_extended_negative else 0.0
    return sympy.arg(number)


def gates_of_phase(phase: SymbolicFloat) -> list[Bloq]:
    """What gives the one of a wire this phase: nothing for zero, Z for pi, else a rotation."""
    if is_symbolic(phase):
        return [PhaseShift(phase)]
    if phase == 0:
        return []
    return [ZGate()] if phase == math.pi else [PhaseShift(float(phase))]


@bloq_example(generalizer=SAME_CALLS)
def _phase_shift() -> PhaseShift:
    return PhaseShift(0.3)


@bloq_example(generalizer=SAME_CALLS)
def _phase_shift_symbolic() -> PhaseShift:
    return PhaseShift(symbols.theta)
