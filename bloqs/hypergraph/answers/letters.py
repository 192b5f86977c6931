"""The letters of a cost, as numbers where they were named and as symbols where not."""

from collections.abc import Mapping
from math import comb
from typing import Any

import sympy
from attrs import frozen
from qualtran.symbolics import is_symbolic

from bloqs.hypergraph import symbols
from bloqs.hypergraph.model.field import least_field


@frozen(kw_only=True)
class Letters:
    """Sizes of a model and of a sentence.

    Args:
        variant: "qubit", "field" or "qumode".
        n: modes.
        k: order of an edge.
        m: qubits of a mode; 1 but for fields.
        writes: tokens that write.
        reads: tokens that read the stabilizer of an edge.
        layers: of a Transformer.
        width: entries of a token's vector.
        precision: bits of an entry.
        window: tokens that attention sees.
        settled: what nobody named, by name of the parameter.
    """

    variant: str
    n: Any
    k: Any
    m: Any
    writes: Any
    reads: Any
    layers: Any
    width: Any
    precision: Any
    window: Any
    settled: Mapping[str, Any]

    @property
    def edges(self) -> Any:
        """C(n, k)."""
        if is_symbolic(self.n, self.k):
            return sympy.binomial(self.n, self.k)
        return comb(self.n, self.k)

    @property
    def length(self) -> Any:
        """Tokens of the sentence."""
        return self.writes + self.reads

    @property
    def qubits(self) -> Any:
        """Of the latent state."""
        return self.n * self.m


def letters_of(values: Mapping[str, Any]) -> Letters:
    """The letters of a question.

    Raises:
        ValueError: if k is above n, or q is not for the variant or too small for the theorem.
    """
    variant = values["variant"]
    n, k = values.get("n", symbols.n), values.get("k", symbols.k)
    if not is_symbolic(n, k) and k > n:
        raise ValueError(f"k is from 2 to n = {n}, got {k}; name a smaller k or more modes")
    settled: dict[str, Any] = {}
    q = values.get("q")
    if q is not None and variant != "field":
        raise ValueError(f"q belongs to --variant field, got q = {q} with {variant}; leave it out")
    if values.get("delta") is not None and variant != "qumode":
        raise ValueError(f"delta belongs to --variant qumode, got it with {variant}; leave it out")
    m: Any = 1
    if variant == "field":
        m = symbols.m
        if not is_symbolic(k) and q is None:
            q = settled["q"] = least_field(k)
        if q is not None:
            m = q.bit_length() - 1
        if q is not None and not is_symbolic(k) and q < least_field(k):
            raise ValueError(
                f"Theorem C needs a field of at least q = {least_field(k)} elements at k = {k}, "
                f"got {q}; name a larger q"
            )
    writes, reads = values.get("writes"), values.get("reads")
    if writes is None and not is_symbolic(n, k):
        writes = settled["writes"] = comb(n, k)
    if reads is None and not is_symbolic(n):
        reads = settled["reads"] = n
    return Letters(
        variant=variant,
        n=n,
        k=k,
        m=m,
        writes=symbols.writes if writes is None else writes,
        reads=symbols.reads if reads is None else reads,
        layers=values.get("layers", symbols.layers),
        width=values.get("width", symbols.width),
        precision=values.get("precision", symbols.precision),
        window=values.get("window", symbols.window),
        settled=settled,
    )
