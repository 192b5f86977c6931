"""What every claim of the ledger has, and what comes out of examining one."""

import abc
from collections.abc import Mapping

import sympy
from attrs import field, frozen

from estimator.verdict import Verdict
from proofs.derivation import Step


@frozen(kw_only=True)
class Measurement:
    """A number read off a circuit or an array, and how it was come by.

    Args:
        value: the measured quantity.
        stated: what the library itself says the quantity is, if it does; it must agree.
        qubits: register and work qubits of the circuit; zero without one. Unit: qubits.
        gates: operations of the circuit; zero without one. Unit: gates.
        fidelity: how much of the circuit was executed; "counted" if its gates were only counted,
            "computed" if there is no circuit.
    """

    value: float
    stated: float | None = None
    qubits: int = 0
    gates: int = 0
    fidelity: str = "computed"


@frozen(kw_only=True)
class Finding:
    """What examining a claim found.

    Args:
        symbolic: verdict of the derivation; `None` for a claim without one.
        numeric: verdict of the measurements.
        worst_gap: largest error or excess seen. Unit: that of the quantity.
        worst_ratio: largest ratio of the quantity to its bound, for claims that are bounds.
        measurements: one for each instance or draw.
        steps: the derivation as far as it went.
        remarks: what else a reader should know, one sentence each.
        witness: what proves a growth relation, for a reader; empty for other claims.
        routes: what each route says of each measurement, by its name; in the same order.
        derived: the cost that was derived, of a growth claim.
    """

    symbolic: Verdict | None
    numeric: Verdict
    worst_gap: float
    measurements: tuple[Measurement, ...] = field(repr=False)
    worst_ratio: float | None = None
    steps: tuple[Step, ...] = ()
    remarks: tuple[str, ...] = ()
    witness: str = field(default="", repr=False)
    routes: tuple[Mapping[str, float | str], ...] = field(default=(), repr=False)
    derived: sympy.Expr | None = field(default=None, repr=False)

    @property
    def accepted(self) -> bool:
        """Whether every route there is says that the claim holds."""
        return self.symbolic in (None, Verdict.HOLDS) and self.numeric is Verdict.HOLDS


@frozen(kw_only=True)
class AbstractClaim(abc.ABC):
    """A statement that can be put to the test, and the false one it must be told from.

    Subclasses are final, one for each kind of claim.

    Args:
        says: the claim in one English sentence, units included.
        twin_says: what the false twin would say: the tempting mistake, in one sentence.
        source: "[Key] locator", key from REFERENCES.md.
        assumptions: what must be true for the claim to be meant, one sentence each.
    """

    says: str
    twin_says: str
    source: str
    assumptions: tuple[str, ...] = ()

    @abc.abstractmethod
    def examine(self, twin: bool = False) -> Finding:
        """Put the claim, or its false twin, to the test by every route it has.

        An exception inside a derivation or a circuit is not a verdict and is raised.
        """


def holds(truth: bool) -> Verdict:
    """The verdict on a statement that was decided."""
    return Verdict.HOLDS if truth else Verdict.FAILS
