"""Phases that were found once, kept for the next process that needs them.

An entry is named by every coefficient of the polynomial and by the version of the package. Whoever
reads one multiplies it out again, so a wrong one does no more harm than a missing one.
"""

from importlib.metadata import PackageNotFoundError, version

import numpy as np
from numpy.typing import NDArray

from estimator.store import Store, cache_folder, key_of

Real = NDArray[np.float64]

KIND = "phases"
"""Of entries in the store."""

LEAST_DEGREE = 40
"""Degree below which phases are found in less time than a file takes."""


def _store_and_key(coefficients: Real) -> tuple[Store, str] | None:
    """Where the phases of a polynomial lie; `None` if they are not kept."""
    store = Store(cache_folder())
    if len(coefficients) <= LEAST_DEGREE or not store.is_open:
        return None
    try:
        of = version("quledger")
    except PackageNotFoundError:  # sources that were not installed have no version
        return None
    return store, key_of([KIND, of, coefficients.tolist()])


def kept_phases(coefficients: Real) -> tuple[str, Real] | None:
    """How the phases of a polynomial were found, and the phases, if they are kept.

    Args:
        coefficients: c_0 .. c_d.

    Returns:
        The name of the route, and phi_0 .. phi_d. Unit: radians.
    """
    place = _store_and_key(coefficients)
    entry = None if place is None else place[0].get(KIND, place[1])
    if entry is None:
        return None
    route, _, numbers = entry.partition(b"\n")
    if len(numbers) != 8 * len(coefficients):
        return None
    return route.decode(errors="replace"), np.frombuffer(numbers, dtype="<f8").astype(np.float64)


def keep_phases(coefficients: Real, route: str, phases: Real) -> None:
    """Keep the phases of a polynomial, if that is possible.

    Args:
        coefficients: c_0 .. c_d.
        route: how they were found.
        phases: phi_0 .. phi_d. Unit: radians.
    """
    place = _store_and_key(coefficients)
    if place is not None:
        place[0].put(KIND, place[1], route.encode() + b"\n" + phases.astype("<f8").tobytes())
