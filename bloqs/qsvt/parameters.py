"""Parameters of a transform by a polynomial."""

from estimator.ask.parameter import Number

DEGREE = Number(
    name="degree",
    symbol="degree",
    meaning="degree of the polynomial",
    least=1,
    most=10**12,
)
