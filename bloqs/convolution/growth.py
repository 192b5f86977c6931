"""In what regime growth of a convolution's costs is stated."""

from bloqs.qsvt.parameters import transformed
from estimator.ask.grown import Growth, Published

SIZES = "c=log(C)/log(2), d=log(D)/log(2), m=log(M)/log(2)"
"""Of C channels, a kernel of D x D pixels and an image of M x M."""

GROWTH = Growth(
    regime=f"M->oo, C->oo, D->oo, b->oo, {SIZES}",
    fixed="b const",
    published={
        "Toffoli depth": Published(
            formula="C**2*D**3*log(C)*log(D)*log(M)**2",
            source="[RHGPR25] Lem. 5",
            origin="printed in its proof, of the block-encoding before amplification",
        ),
        "ancillas": Published(
            formula="D + log(C*D)",
            source="[RHGPR25] Lem. 5",
            origin="printed in its proof as 2 + 8 D + 2 log(C D)",
        ),
    },
    facts=("ancillas", "classical FLOP"),
    notes=("b: angles are exact in the paper",),
)

TRANSFORMED = transformed(f"M->oo, C->oo, D->oo, degree->oo, b->oo, {SIZES}")
