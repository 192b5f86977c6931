"""Parameters of a transform by a polynomial, and in what regimes growth is stated."""

from estimator.ask.grown import Growth, Published, StandsFor
from estimator.ask.parameter import Number

DEGREE = Number(
    name="degree",
    symbol="degree",
    meaning="degree of the polynomial",
    least=1,
    most=10**12,
)


def transformed(regime: str) -> Growth:
    """In what regime growth of the costs of a transform by a named polynomial is stated."""
    calls = "calls of the encoding"
    return Growth(
        regime=regime,
        fixed="b const",
        published={
            calls: Published(
                formula="degree", source="[GSLW18] Thm. 17", origin="printed as the degree"
            )
        },
        facts=(calls,),
        notes=("degree: of the polynomial that is named, so that it grows by itself",),
    )


GROWTH = transformed("N->oo, degree->oo, b->oo, n=log(N)/log(2)")
"""Of a block-encoded matrix of any kind."""

NORMALISED = Growth(
    regime="N->oo, kappa->oo, delta->0, b->oo, n=log(N)/log(2)",
    stands=(
        StandsFor(
            names=("degree",),
            at_most="kappa*log(kappa/delta)",
            says="degree of the polynomial, which a search finds",
        ),
    ),
    fixed="b const",
    published={
        "calls of the vector": Published(
            formula="log(1/delta)/kappa",
            source="[RHGPR25] Lem. B.8",
            origin="printed with 1/alpha'; it has to be alpha' (quledger check "
            "printed_normalisation_cost)",
        )
    },
    facts=("calls of the vector",),
    notes=("kappa: alpha', which is known to be above the alpha of the vector",),
)
"""In what regime growth of a normalisation's costs is stated."""
