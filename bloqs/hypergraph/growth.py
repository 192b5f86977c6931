"""In what regime growth of a hypergraph model's costs is stated."""

from estimator.ask.grown import Growth, Published

CELL = Published(
    formula="1", source="[AG26] abstract", origin="printed as constant gate complexity of a cell"
)
BITS = Published(
    formula="binomial(n, k) - 1",
    source="[AG26] summary",
    origin="printed for the memory of classical networks",
    relation="Omega",
)

TOKENS = ("W(e)", "W(e;theta)", "MK(v;e)", "K_v, all edges at v")
"""Tokens whose gates depend on sizes."""

GROWTH = Growth(
    regime="n->oo, k>=3, l_w->oo, l_r->oo, m const, L const, d const, b const, w const",
    published={
        **{f"{token}, Toffoli": CELL for token in TOKENS},
        "quantum, latent state, qubits": Published(
            formula="n", source="[AG26] summary", origin="printed as n modes"
        ),
        "classical, at the cut, at most, bits": BITS,
        "field on qubits, bits, at least": BITS,
    },
)
