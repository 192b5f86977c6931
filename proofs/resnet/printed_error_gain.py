"""Printed: the factor by which errors grow in a block, as the network lemma quotes it."""

from bloqs.resnet.model.block_plan import PUBLISHED_GAIN
from proofs.claim import Measurement
from proofs.erratum import Erratum


def observe(e_0: float, e_1: float) -> Measurement:
    """Error of a block over e_0 + e_1: normalisation takes 355 (e_0 + e_1) to 2 (that + e_2).

    The polynomial of the normalisation errs as much as vector and activation: e_2 = e_0 + e_1.
    """
    of_sum, e_2 = 355 * (e_0 + e_1), e_0 + e_1
    return Measurement(value=2 * (of_sum + e_2) / (e_0 + e_1), stated=float(PUBLISHED_GAIN))


ERRATUM = Erratum(
    says="A residual block takes errors e_0 and e_1 to 724 (e_0 + e_1).",
    corrected_says="It takes them to 712 (e_0 + e_1), twice 355 + 1; the true factor is below 20.",
    see="resnet.residual_block_error",
    relation="==",
    observe=observe,
    printed=lambda e_0, e_1: 724.0,
    corrected=lambda e_0, e_1: 712.0,
    instances=({"e_0": 0.25, "e_1": 0.5}, {"e_0": 0.0, "e_1": 1.0}),
    twin_says="712 is what is printed.",
    source="[RHGPR25] Lem. 7, proof, against Lem. 6",
)
