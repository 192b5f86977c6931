"""Runs of the input's circuit in residual blocks inside each other: a product."""

from collections import Counter

import cirq
import sympy
from qualtran import Bloq

from bloqs.qsvt.projector_phase import ProjectorPhase
from bloqs.resnet.circuits.layered_network import LayeredNetwork
from bloqs.resnet.symbols import blocks, erf_degree, sign_degree
from estimator.costs.circuit import circuit_of
from proofs.claim import Measurement
from proofs.derivation import step
from proofs.leaves import MatrixLeaf, VectorLeaf
from proofs.resnet.nested_blocks import nested
from proofs.theorem import Theorem


def derive() -> sympy.Expr:
    """An activation of degree d is a transform of degree d - 1 on the vector that is in the sum.

    The transform is even: its calls of the diagonal come in pairs of a preparation and its
    inverse, and each of them prepares the vector once. The normalisation is odd and runs the sum
    or its inverse as often as its degree says.
    """
    pairs, halves = sympy.symbols("pairs halves", integer=True, nonnegative=True)
    degree, lifting = 2 * pairs + 1, 2 * halves + 1
    in_sum = 1 + 2 * pairs
    step("preparations in a sum: one, and two for a pair", in_sum, degree)
    forwards, backwards = 1 + pairs, pairs
    net = (halves + 1) * (forwards - backwards) + halves * (backwards - forwards)
    step("preparations less unpreparations in a block", net, 1)
    in_block = (halves + 1) * (forwards + backwards) + halves * (forwards + backwards)
    step("both together in a block", in_block, degree * lifting)
    q = erf_degree * sign_degree
    calls = q**blocks
    step("without blocks, one", calls.subs(blocks, 0), 1)
    step("a block more multiplies", calls.subs(blocks, blocks + 1), calls * q)
    return calls


def _found(network: LayeredNetwork) -> Counter[bool]:
    """How often the input's circuit and its inverse occur in the circuit of the whole."""
    found: Counter[bool] = Counter()

    def noted(part: Bloq) -> cirq.Gate:
        found[part.is_adjoint] += 1
        return whole(part)

    def whole(part: Bloq) -> cirq.Gate:
        return cirq.IdentityGate(part.signature.n_qubits())

    others = dict.fromkeys((MatrixLeaf, ProjectorPhase), whole)
    circuit_of(network.nested, blocks={VectorLeaf: noted, **others})
    return found


def measure(k: int, d_f: int, d_s: int) -> Measurement:
    """Occurrences in the circuit; beside them the library's, if its inverses are right too."""
    network = nested(k, 1, 0, 1, erf_degree=d_f, sign_degree=d_s)
    found, runs = _found(network), network.layer_calls[0]
    agrees = found[False] - found[True] == runs.surplus
    return Measurement(
        value=found.total(),
        stated=float(runs.total) if agrees else float("nan"),  # which is never what is counted
        qubits=int(network.signature.n_qubits()),
        gates=found.total(),
        fidelity="counted",
    )


THEOREM = Theorem(
    says="k residual blocks with activations of degree d_f and normalisations of degree d_s run "
    "the circuit of their input, or its inverse, (d_f d_s)**k times.",
    relation="==",
    value=(erf_degree * sign_degree) ** blocks,
    derive=derive,
    measure=measure,
    instances=tuple(
        {blocks: k, erf_degree: f, sign_degree: s}
        for k, f, s in ((1, 3, 3), (1, 7, 5), (2, 3, 3), (3, 3, 1))
    ),
    false_twin=((erf_degree + 1) * sign_degree) ** blocks,
    twin_says="The skip path of each sum prepares the vector once more.",
    source="[RHGPR25] Lem. 7, with the diagonal of one call and one preparation for both branches",
)
