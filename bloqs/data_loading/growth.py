"""In what regime growth of a loaded vector's costs is stated."""

from estimator.ask.grown import Growth, Published

GROWTH = Growth(
    regime="N->oo, b->oo, n=log(N)/log(2)",
    fixed="b const",
    published={
        "Toffoli depth": Published(
            formula="N",
            source="[RHGPR25] Sec. 4.1.2",
            origin="printed as T_X, for an input that no memory holds",
        )
    },
    notes=("b: angles are exact in the paper",),
)
