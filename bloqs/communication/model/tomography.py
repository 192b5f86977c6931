r"""Gradients by shadow tomography: what is known of its price, and its learner, which runs.

The learner holds a hypothesis on 2N dimensions and corrects it by an effect on which it errs:
$\omega_{t+1} \propto \exp(-\beta \sum_{s \le t} \pm E_s)$. Threshold search finds such an effect;
how many copies that takes is published up to a constant.
"""

from collections.abc import Callable, Sequence
from math import log
from typing import Any

import numpy as np
import sympy
from attrs import frozen

from bloqs.communication.model.rounding import (
    check_error,
    check_failure,
    floor,
    is_symbolic,
    ln,
)
from bloqs.communication.symbols import c_search

SEARCH_SOURCE = "[BO21] threshold search: O((log(m)**2 + l) l/epsilon**2), l = log(1/delta)"
"""Where the copies of one search come from; the constant is not stated there."""


class UnknownConstantError(ValueError):
    """A number was asked for that depends on a constant no source states."""


def most_updates(entries: Any, epsilon: Any) -> Any:
    r"""$\lfloor 16 \ln(2N)/\epsilon^2 \rfloor$, whatever the number of parameters.

    With $\beta = \epsilon/4$ and a correction only where the error is above epsilon/2,
    $T \epsilon/2 \le \ln(2N)/\beta + \beta T$.
    """
    check_error(epsilon)
    return floor(16 * ln(2 * entries) / epsilon**2)


@frozen(kw_only=True)
class TomographyCost:
    """Copies of the gradient state of one block, up to a constant.

    Args:
        entries: N.
        parameters: P, of the block.
        epsilon: error of each gradient.
        delta: probability that any error is exceeded.
        source: of the form.
    """

    entries: Any
    parameters: Any
    epsilon: Any
    delta: Any
    source: str = SEARCH_SOURCE

    def __attrs_post_init__(self) -> None:
        check_error(self.epsilon)
        check_failure(self.delta)

    @property
    def updates(self) -> Any:
        """Corrections of the hypothesis at most; a search for each, and one that finds none."""
        return most_updates(self.entries, self.epsilon)

    @property
    def form(self) -> Any:
        """Copies with the unknown constant as 1, natural logarithms.

        An accuracy epsilon/4 of E is epsilon/8 of the effect (1 + E)/2; there are 2P of them.
        """
        searches = self.updates + 1
        failure = ln(searches / self.delta)
        many = ln(2 * self.parameters)
        return searches * (many**2 + failure) * failure / (self.epsilon / 8) ** 2

    @property
    def copies(self) -> Any:
        """Copies with the constant as a symbol."""
        return c_search * self.form

    def copies_for(self, constant: float | None = None) -> Any:
        """Copies for a constant that the caller names.

        Raises:
            UnknownConstantError: if none is named.
            ValueError: if it is no positive number.
        """
        if constant is None:
            raise UnknownConstantError(
                "copies of threshold search are known up to a constant that no source states; "
                "name one (--constant, c_TS), such as 1 for unit constants"
            )
        if not 0 < constant < float("inf"):
            raise ValueError(f"the constant of threshold search is positive, got {constant}")
        return self.form * (
            sympy.sympify(constant) if is_symbolic(self.entries, self.parameters) else constant
        )

    def unit_crossovers(self, test_copies: Callable[[float], float]) -> tuple[float, float]:
        """Least parameters of a block, in hundredths of a decade, from which it is cheaper.

        At unit constants, so only an order of magnitude, to be printed as a range.

        Args:
            test_copies: of a test of one of so many parameters of a block.

        Returns:
            With the natural and with the binary logarithm of the parameters in the form of the
            search; infinite if there is none up to 10**30.
        """
        return self._unit_crossover(test_copies, 1.0), self._unit_crossover(test_copies, log(2))

    def _unit_crossover(self, test_copies: Callable[[float], float], unit: float) -> float:
        searches = float(self.updates) + 1
        failure = log(searches / float(self.delta))
        for step in range(3000):
            parameters = 10 ** (step / 100)
            many = log(2 * parameters) / unit
            copies = searches * (many**2 + failure) * failure / (float(self.epsilon) / 8) ** 2
            if copies < parameters * test_copies(parameters):
                return parameters
        return float("inf")


@frozen
class Learned:
    """Where the learner ended.

    Args:
        hypothesis: array of shape (d, d).
        updates: corrections made.
        estimates: of every observable, shape (m,).
    """

    hypothesis: Any
    updates: int
    estimates: Any


def learn(
    state: Any, observables: Sequence[Any], epsilon: float, rng: np.random.Generator | None = None
) -> Learned:
    """Matrix multiplicative weights until every observable is within epsilon.

    Each search compares with values off by up to epsilon/4 and corrects by the worst observable
    that seems off by more than 3 epsilon/4.

    Args:
        state: pure, shape (d,).
        observables: Hermitian with eigenvalues in [-1, 1], each of shape (d, d).
        epsilon: error of every estimate.
        rng: of the errors of the search; none if not given.

    Raises:
        ValueError: if an observable has a norm above 1.
    """
    check_error(epsilon)
    for each in observables:
        if (size := float(np.linalg.norm(each, 2))) > 1 + 1e-9:
            raise ValueError(f"observables have norms up to 1, got {size:.6g}")
    d = len(state)
    true = np.array([np.vdot(state, each @ state).real for each in observables])
    total, most = np.zeros((d, d), dtype=complex), int(16 * np.log(d) / epsilon**2)
    for update in range(most + 2):
        values, vectors = np.linalg.eigh(-epsilon / 4 * total)
        weights = np.exp(values - values.max())
        omega = (vectors * (weights / weights.sum())) @ vectors.conj().T
        found = np.array([np.sum(omega.T * each).real for each in observables])
        seen = true if rng is None else true + epsilon / 4 * rng.uniform(-1, 1, len(true))
        worst = int(np.argmax(np.abs(found - seen)))
        if abs(found[worst] - seen[worst]) <= 3 * epsilon / 4:
            return Learned(omega, update, found)
        total = total + np.sign(found[worst] - seen[worst]) * np.asarray(observables[worst])
    raise AssertionError(f"more than {most} corrections are impossible")
