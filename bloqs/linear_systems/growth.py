"""In what regimes growth of a solver's and of a transform's costs is stated."""

from estimator.ask.grown import Growth, Published, StandsFor

BEST = Published(
    formula="kappa*log(1/epsilon)", source="[CASSBB22] abstract", origin="printed for a walk"
)

SERIES = Published(
    formula="kappa*log(kappa/epsilon)",
    source="[CKS17] Lem. 14",
    origin="printed as the root of b log(4 b/epsilon) with b = kappa**2 log(kappa/epsilon)",
)

GROWTH = Growth(
    regime="kappa->oo, epsilon->0, N->oo, a->oo, n=log(N)/log(2), norm const",
    parameters={"alpha": 1},
    stands=(
        StandsFor(
            names=("d_binomial",),
            at_most="kappa*log(kappa/epsilon)",
            says="degree of a binomial series that is cut (quledger check combination_growth)",
        ),
    ),
    published={
        "qsvt-binomial, calls of A": SERIES,
        "cks, calls of A": SERIES,
        "shortcut, calls of A": Published(formula="kappa*log(1/epsilon)", source="[Dal24] Eq. 62"),
        "walk-definite, calls of A": BEST,
        "walk-general, calls of A": BEST,
    },
)

TRANSFORM = Growth(
    regime="degree->oo, a->oo, N->oo, n=log(N)/log(2)",
    published={
        "calls of matrix": Published(
            formula="degree", source="[GSLW18] Thm. 56", origin="printed as the degree"
        )
    },
    notes=("degree: of the polynomial that is named, so that it grows by itself",),
)
