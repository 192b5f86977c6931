"""Printed, and read from end to end: a prediction takes a logarithm of the training points."""

from math import log

from proofs.claim import Measurement
from proofs.erratum import Erratum
from proofs.ntk.random_sphere import medians

FEWEST = 64
"""Points at which the constant of a logarithm is taken. Unit: points."""

CONSTANT = 450.0
"""Of the third power, as in `post_selected_growth`. Unit: steps."""


def _steps(n: int) -> float:
    """Shots times attempts times a load of log n steps, medians over test points."""
    found = medians(n)
    return found.shots * found.attempts * log(n)


def observe(n: int) -> Measurement:
    """Steps of one prediction."""
    return Measurement(value=_steps(n))


ERRATUM = Erratum(
    says="After the data are loaded a prediction takes O(log n) steps.",
    reading="A whole prediction, with all shots and all attempts at a state, for random "
    "directions in d = Theta(log n) dimensions that a hyperplane labels; the constant is that of "
    "64 points.",
    corrected_says="O(log n) is what one load takes; with shots and attempts of order log n each "
    "it is Theta((log n)**3) with post-selection and Theta((log n)**2) with amplitude estimation.",
    see="ntk.post_selected_growth",
    relation="<=",
    observe=observe,
    printed=lambda n: _steps(FEWEST) / log(FEWEST) * log(n),
    corrected=lambda n: CONSTANT * log(n) ** 3,
    instances=({"n": 256}, {"n": 1024}),
    twin_says="A third power is what is printed.",
    source="[ZNL21] abstract",
)
