"""What the command line can ask about transforms of convolutions."""

from collections.abc import Mapping
from typing import Any

from qualtran import Bloq

from bloqs.convolution.answers import CONVOLUTION
from bloqs.qsvt.answers import DEGREE, for_the_encoding, transform_facts, transform_of
from estimator.ask.question import Algorithm, Value


def _build(variant: str, loader: str, rotation: str, **values: Any) -> Bloq:
    sizes = {name: value for name, value in values.items() if name != "degree"}
    if "epsilon" in values and "b" not in values:
        free = {name: value for name, value in sizes.items() if name not in ("epsilon", "beta")}
        alpha = CONVOLUTION.build(variant, "qrom", rotation, **free).alpha
        sizes = for_the_encoding(values, alpha)
    return transform_of(CONVOLUTION.build(variant, loader, rotation, **sizes), values)


def _facts(bloq: Any, values: Mapping[str, Value]) -> Mapping[str, Value]:
    inside = CONVOLUTION.facts(bloq.encoding, for_the_encoding(values, bloq.encoding.alpha))
    shown = {"alpha of the convolution": inside["alpha"]}
    bits = {"b": inside["b"]} if "b" in inside else {}
    return {**transform_facts(bloq), **shown, **bits}


QSVT_CONVOLUTION = Algorithm(
    name="qsvt-convolution",
    says="Transforms the singular values of a 2-D convolution, divided by its alpha, by a real "
    "polynomial of definite parity.",
    source="[GSLW18] Thm. 17 and Cor. 18",
    parameters=(DEGREE, *CONVOLUTION.parameters),
    variants=("adder", "multiplexed"),
    loaders=CONVOLUTION.loaders,
    build=_build,
    facts=_facts,
)
