"""What a theorem is here, and what it takes to accept one."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

import sympy
from attrs import field, frozen

from estimator.symbols import GLOSSARY
from estimator.verdict import Verdict

Instance = Mapping[sympy.Symbol, int]


class DerivationError(ArithmeticError):
    """A step of a derivation does not follow."""


def step(name: str, residual: sympy.Expr) -> None:
    """Assert that `residual` is identically zero, which is what the step called `name` says."""
    if (left_over := sympy.simplify(residual)) != 0:
        raise DerivationError(f"{name}: expected 0, SymPy is left with {left_over}")


@frozen(kw_only=True)
class Measurement:
    """A number read off a circuit, and how it was come by.

    Args:
        value: the measured quantity.
        qubits: register and work qubits of the circuit. Unit: qubits.
        gates: operations of the circuit. Unit: gates.
        fidelity: how much of the circuit was executed; "counted" if its gates were only counted.
    """

    value: float
    qubits: int
    gates: int
    fidelity: str


@frozen(kw_only=True)
class Theorem:
    """A quantitative claim `quantity relation value`, with two independent ways to test it.

    Args:
        says: the claim in one English sentence, units included.
        relation: "==" or "<=".
        value: right-hand side as printed in the source. Its symbols come from `estimator.symbols`.
        derive: recomputes the left-hand side from first principles. Must not use any bloq.
        measure: left-hand side of one concrete instance, from a circuit. Must not use `value`.
        instances: sizes to measure, smallest first. At least two.
        false_twin: the tempting wrong `value` (the usual off-by-one); it must be rejected.
        source: "[Key] locator", key from REFERENCES.md.
        tolerance: allowed absolute difference between `measure` and `value`; 0 for counts.
    """

    says: str
    relation: Literal["==", "<="]
    value: sympy.Expr
    derive: Callable[[], sympy.Expr]
    measure: Callable[..., Measurement]
    instances: tuple[Instance, ...]
    false_twin: sympy.Expr
    source: str
    tolerance: float = 0.0

    def __attrs_post_init__(self) -> None:
        if unknown := (self.value.free_symbols | self.false_twin.free_symbols) - GLOSSARY.keys():
            raise ValueError(f"{unknown} not in estimator.symbols.GLOSSARY; define them there")
        if len(self.instances) < 2:
            raise ValueError("one instance proves nothing about the formula; give at least two")


@frozen(kw_only=True)
class OperatorClaim:
    """A claim that a circuit encodes the operator or vector its specification says.

    Args:
        says: the claim in one English sentence.
        specification: the array of one instance, in plain NumPy, without any bloq.
        simulate: the array the circuit encodes, as (array, measurement without value).
        instances: keyword arguments of both functions, smallest first. At least two.
        false_twin: the specification one nearly writes; it must be rejected.
        bound: largest allowed error of one instance, in the norm of `norm`: what the bloq claims
            plus floating-point error. Unit: 1.
        norm: "spectral" for operators, "l2" for vectors.
        source: "[Key] locator", key from REFERENCES.md.
    """

    says: str
    specification: Callable[..., Any]
    simulate: Callable[..., tuple[Any, Measurement]]
    instances: tuple[Mapping[str, Any], ...]
    false_twin: Callable[..., Any]
    bound: Callable[..., float]
    norm: Literal["spectral", "l2"]
    source: str

    def __attrs_post_init__(self) -> None:
        if len(self.instances) < 2:
            raise ValueError("one instance proves little; give at least two")


@frozen(kw_only=True)
class Finding:
    """Result of `examine`.

    Args:
        symbolic: verdict of the derivation; `None` for a claim that is only simulated.
        numeric: verdict of the measurements.
        worst_gap: largest error or excess seen. Unit: that of the quantity.
        measurements: one for each instance.
    """

    symbolic: Verdict | None
    numeric: Verdict
    worst_gap: float
    measurements: tuple[Measurement, ...] = field(repr=False)

    @property
    def accepted(self) -> bool:
        return self.symbolic in (None, Verdict.HOLDS) and self.numeric is Verdict.HOLDS


Claim = Theorem | OperatorClaim
