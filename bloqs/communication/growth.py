"""In what regimes growth of what two parties send is stated."""

from estimator.ask.grown import Growth, Published, StandsFor

POLYLOG = Published(
    formula="(log(N)*log(P))**p",
    source="[GMSM24] Figure 2",
    origin="printed as polylogarithmic in N and P",
    power="p",
)
SIZES = "N->oo, P->oo, L->oo, n=log(N)/log(2)"
ERRORS = "epsilon->0, delta->0"
FIXED = "L=2, epsilon=1/10, delta=1/20, g=1, c_TS=1"
"""Two layers as in the figure, and what does not grow there."""
NOT_COUNTED = (
    "L, epsilon, delta: fixed where costs are compared with what is printed, which is about N and P"
)

INFERENCE = Growth(
    regime=f"{SIZES}, {ERRORS}",
    stands=(
        StandsFor(
            names=("MedianRuns",),
            at_most="log(1/delta)",
            says="runs of which the median is taken: fewer of them than half err, but for delta",
        ),
    ),
    fixed=FIXED,
    published={f"{name}, qubits sent": POLYLOG for name in ("sampled", "amplitude-estimated")},
    notes=(NOT_COUNTED,),
)

GRADIENT = Growth(
    regime="N->oo, P->oo, n=log(N)/log(2), epsilon->0, delta=1/20, g->oo, c_TS const",
    parameters={"L": 2},
    fixed=FIXED,
    published={
        f"{name}, qubits sent": POLYLOG for name in ("grouped", "shift", "hadamard", "tomography")
    },
    notes=(NOT_COUNTED,),
)

TRAINING = Growth(
    regime=f"{SIZES}, kappa->0, delta=1/20, g->oo, R=1, G const, c_TS const",
    notes=("delta, R: fixed",),
)

PROTOCOL = Growth(
    regime="N->oo, L->oo, n=log(N)/log(2), delta->0, epsilon->0",
    parameters={"alpha": 0.25},
    notes=("alpha: a quarter of the places is matched",),
)

GRAPH = Growth(regime="N->oo, n=log(N)/log(2), epsilon->0, delta->0")
