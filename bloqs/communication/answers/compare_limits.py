"""Where quantum messages gain little or nothing: linear classification, and the smallest sizes."""

from collections.abc import Mapping
from math import floor, log2, sqrt
from typing import Any

from bloqs.communication import symbols as own
from bloqs.communication.rivals.bounds import BOUNDS
from bloqs.communication.rivals.one_way_optima import (
    best_one_way,
    equality_game,
    hidden_matching_game,
    single_edge_game,
)
from bloqs.communication.rivals.sign_projection import projection_bits
from estimator.report.parts import Column, Fact, Facts, Kind, Row, Table
from estimator.report.text import TEXT

SMALLEST = 4
"""Length of the data at which every one-way protocol is gone through."""

LINEAR = (
    "linear classification: what quantum messages send grows with min(N, 1/gamma) at least, and "
    "signs of projections take of order min(N, 1/gamma**2) bits, so that the advantage is at most "
    "quadratic; the exponential one fails there"
)
SMALL = (
    "the best of all one-way protocols at N = 4: an edge alone is found by one quantum copy in 72 "
    "of 96 inputs, fewer than by as many bits, so that the smallest sizes say nothing"
)


def linear_facts(values: Mapping[str, Any]) -> Facts:
    """What classical protocols send to tell the sign of a product of unit vectors.

    Args:
        values: n, delta, and gamma, the least size of the product.
    """
    (bound,) = (x for x in BOUNDS if x.binds_quantum and own.gamma in x.expression.free_symbols)
    return Facts(
        key="linear",
        heading=f"linear classification at n = {values['n']} and gamma = {values['gamma']:g}",
        rows=[
            Fact(key="projections", label="signs of projections", unit="bits",
                 value=projection_bits(values["gamma"], values["delta"]), kind=Kind.UPPER_BOUND),
            Fact(key="shipping", unit="bits", kind=Kind.UPPER_BOUND,
                 value=told_bits(2 ** values["n"], values["gamma"])),
            Fact(key="bound", label="qubits or bits, at least", value=bound.says, style=TEXT),
        ],
    )  # fmt: skip


def told_bits(reals: int, gamma: float) -> int:
    r"""Bits of all numbers of a unit vector, so finely that its product's sign is told for certain.

    In b bits each the product is off by at most $\sqrt{N} 2^{-b}$, which is to be below gamma.
    """
    return reals * max(1, floor(log2(sqrt(reals) / gamma)) + 1)


def optima_table() -> Table:
    """How many inputs the best one-way protocol without coins answers, and one quantum copy."""
    games = (
        ("hidden matching, perfect", hidden_matching_game(SMALLEST), (1, 2), 1.0),
        ("hidden matching, one edge", single_edge_game(SMALLEST), (0, 1, 2), 0.75),
        ("equal or orthogonal", equality_game(SMALLEST), (1, 2), 1.0),
    )
    rows: list[Row] = [
        {
            "problem": name,
            "bits": bits,
            "right": best_one_way(game, bits),
            "inputs": int(game.sum()),
            "copy": round(share * int(game.sum())),
        }
        for name, game, all_bits, share in games
        for bits in all_bits
    ]
    columns = [
        Column(key="problem"),
        Column(key="bits", align="right"),
        Column(key="right", label="right at most", align="right"),
        Column(key="inputs", label="of", align="right"),
        Column(key="copy", label="by one copy, 2 qubits", align="right"),
    ]
    heading = f"the best one-way protocols without coins at N = {SMALLEST}"
    return Table(key="optima", columns=columns, rows=rows, heading=heading, keeps_words=True)
