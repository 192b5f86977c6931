"""What runs of exact protocols and of phase-encoded models send, in every form."""

from typing import Any

import numpy as np
from qualtran import Bloq

from bloqs.communication.circuits.dense_coding import DenseCoding
from bloqs.communication.circuits.fourier_shot import FourierShot
from bloqs.communication.circuits.inner_product_walk import InnerProductWalk
from bloqs.communication.circuits.matching_shots import EqualOrOrthogonalShot, HiddenMatchingShot
from bloqs.communication.circuits.subspace_shots import RazShot, VectorInSubspace
from bloqs.communication.model.counts import exact
from bloqs.communication.model.matching_problem import Matching
from bloqs.communication.model.subspace_problem import random_subspace
from bloqs.messages.private import Private
from estimator.costs.cost import cost_by_counting
from proofs.agreement import AgreementClaim
from proofs.claim import Measurement

FORMS = ("plain", "inverse", "controlled", "controlled inverse")
LAYERED = ("inner-product", "dense-coding", "fourier")


def stated(problem: str, form: str, n: int, layers: int) -> dict[str, Any]:
    """The model's counts; a control goes along with every message."""
    found = exact(problem, n, layers)
    riders = found.messages if "controlled" in form else 0
    return {
        "messages": found.messages,
        "qubits": found.qubits + riders,
        "rounds": found.rounds,
    }


def control_stays(problem: str, form: str, n: int, layers: int) -> dict[str, Any]:
    """The control does not travel."""
    return stated(problem, "plain", n, layers)


def _rows(matrix: Any) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(map(float, row)) for row in matrix)


def _run(problem: str, n: int, layers: int) -> Bloq:
    rng, size = np.random.default_rng(n), 2**n
    vector = Private("Alice", tuple(rng.normal(size=size)))
    plane = _rows(random_subspace(size, rng))
    turn = np.linalg.qr(rng.normal(size=(size, size)))[0]
    string = tuple(map(int, rng.integers(0, 2, size)))
    one, two = Private("Alice", string), Private("Bob", string[::-1])
    m = (n - 1) * layers
    ones, twos = Private("Alice", (1,) * m), Private("Bob", (1,) * m)
    if problem == "fourier":
        return FourierShot.of([turn] * (layers + 1), [range(size)] * layers, 0.7)
    if problem in LAYERED:
        walk = InnerProductWalk(n, layers, ones, twos)
        return walk if problem == "inner-product" else DenseCoding(m, ones, twos)
    if problem == "hidden-matching":
        edges = Matching.of_share(size, 0.5, rng).edges
        return HiddenMatchingShot(n, one, Private("Bob", edges))
    if problem == "equal-or-orthogonal":
        return EqualOrOrthogonalShot(n, one, two)
    if problem == "raz":
        return RazShot(n, vector, Private("Alice", plane), Private("Bob", _rows(turn)))
    return VectorInSubspace(n, vector, Private("Bob", plane))


def found(problem: str, form: str, n: int, layers: int) -> tuple[dict[str, Any], Measurement]:
    """Tags of the flattened circuit."""
    bloq = _run(problem, n, layers)
    bloq = bloq.controlled() if "controlled" in form else bloq
    cost = cost_by_counting(bloq.adjoint() if "inverse" in form else bloq)
    run = Measurement(value=0.0, qubits=int(cost.qubits), gates=int(cost.rotations),
                      fidelity="counted")  # fmt: skip
    sent = cost.messages
    return {"messages": sent.messages, "qubits": sent.qubits, "rounds": int(cost.rounds)}, run


PROBLEMS = ("vector-in-subspace", "raz", "hidden-matching", "equal-or-orthogonal", *LAYERED)

THEOREM = AgreementClaim(
    says="One message of n qubits for vector in subspace, hidden matching and equal or orthogonal, "
    "two for Raz's problem, 2 L - 1 for the inner product by layers, one of ceil((n - 1) L/2) by "
    "dense coding, 2 L for data in L layers of phases; inverses as many, a control goes along.",
    stated=stated,
    found=found,
    instances=lambda: [
        {"problem": problem, "form": form, "n": n, "layers": layers}
        for problem in PROBLEMS
        for form in FORMS
        for n, layers in ([(2, 1), (3, 2)] if problem in LAYERED else [(2, 1), (3, 1)])
    ],
    false_twin=control_stays,
    twin_says="The control does not travel.",
    source="ours; derived",
)
