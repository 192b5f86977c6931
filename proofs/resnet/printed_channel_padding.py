"""Printed: copies of an image are encoded with alpha 1 by the concatenation lemma."""

import numpy as np

from bloqs.encodings.concatenation import Concatenation
from bloqs.simulation.runner import Runner
from proofs.claim import Measurement
from proofs.erratum import Erratum
from proofs.leaves import VectorLeaf


def observe(D: int) -> Measurement:
    """Length left where the ancillas of the lemma's circuit are zero, for equal unit vectors."""
    bloq = Concatenation((VectorLeaf(1, 1),) * D, is_published=True)
    runner = Runner.of(bloq)
    left = runner.run()[:: 2**bloq.ancilla_bitsize]
    return Measurement(
        value=float(np.linalg.norm(left)),
        qubits=runner.qubits,
        gates=runner.gates,
        fidelity=str(runner.fidelity),
    )


ERRATUM = Erratum(
    says="D copies of an image, concatenated by Lemma 4, are encoded with alpha 1: nothing is lost "
    "where the ancillas are zero.",
    corrected_says="Lemma 4 encodes them with alpha D / N = sqrt(D), so that a length of "
    "1 / sqrt(D) is left; Hadamard gates on the index alone have alpha 1.",
    see="encodings.concatenation_operator",
    relation="==",
    observe=observe,
    printed=lambda D: 1.0,
    corrected=lambda D: D**-0.5,
    instances=({"D": 4}, {"D": 2}),
    twin_says="That 1 / sqrt(D) is left is what is printed.",
    source="[RHGPR25] Thm. 2, by Lem. 4",
)
