"""In what regime growth of a representation circuit's costs is asked about."""

from estimator.ask.grown import Growth

GROWTH = Growth(regime="W->oo, L->oo")
"""Width and layers; the paper has eight qubits."""
