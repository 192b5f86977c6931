"""In what regime growth of a residual network's costs is stated."""

from estimator.ask.grown import Growth, Published, StandsFor

GROWTH = Growth(
    regime="N->oo, epsilon->0, b->oo, k=2, m=log(N/16)/log(4)",
    parameters={"k": 2, "C": 16, "D": 3, "alpha": 5.2, "output": "linear-pool"},
    stands=(
        StandsFor(
            names=("f_1", "f_2"),
            at_most="log(sqrt(N)/epsilon)",
            says="degrees of the activations, which a search finds",
            least=3,
        ),
        StandsFor(
            names=("s_1", "s_2", "s_3"),
            at_most="log(1/epsilon)",
            says="degrees of the normalisations, which a search finds",
        ),
    ),
    fixed="b const",
    published={
        "Toffoli depth": Published(
            formula="log(sqrt(N)/epsilon)**(2*k+1)*log(N)**2",
            source="[RHGPR25] Thm. 2",
            origin="printed, with T_X = log(N)**2 of Lem. D.1",
        ),
        "qubits": Published(
            formula="N**2*log(N)**p",
            source="[RHGPR25] Def. B.3",
            origin="printed, for the memory that holds the matrix, up to logarithms",
            power="p",
        ),
        "ancillas": Published(formula="2**k*log(N)", source="[RHGPR25] Thm. 2"),
        "calls of the input": Published(
            formula="log(sqrt(N)/epsilon)**(2*k+1)",
            source="[RHGPR25] Thm. 2",
            origin="printed as the factor of T_X in its depth",
        ),
    },
    facts=("ancillas", "calls of the input", "QRAM cells"),
    notes=(
        "b: angles are exact in the paper; an error of epsilon takes a multiple of "
        "log(log(N)/epsilon) bits",
        "the paper states depth and no gates: in a memory of gates they grow with the matrix "
        "(quledger check active_memory)",
    ),
)
"""Two blocks of the paper's network, input and weights in a memory of gates."""
