"""What one run of a protocol takes, exact ones first, by letters or for an instance of a file."""

from collections.abc import Iterable, Mapping
from typing import Any

import attrs
import sympy
from qualtran import Bloq

from bloqs.communication.answers.cost import chosen, report_of
from bloqs.communication.answers.letters import Letters, as_value, check_used, letter, letters_of
from bloqs.communication.answers.protocols import Protocol
from bloqs.communication.circuits.data_parallel import DataParallel
from bloqs.communication.circuits.dense_coding import DenseCoding
from bloqs.communication.circuits.fourier_shot import FourierShot, PhaseLayer
from bloqs.communication.circuits.inner_product_walk import InnerProductWalk
from bloqs.communication.circuits.matching_shots import EqualOrOrthogonalShot, HiddenMatchingShot
from bloqs.communication.circuits.pauli_block import PauliBlock
from bloqs.communication.circuits.subspace_shots import RazShot, VectorInSubspace
from bloqs.communication.model.counts import Counts, data_parallel, exact, matching_copies
from bloqs.communication.model.inner_product import InnerProduct, string_length
from bloqs.communication.model.matching_problem import EqualOrOrthogonal, HiddenMatching
from bloqs.communication.model.problem_file import Problem
from bloqs.communication.model.subspace_problem import RazProblem, SubspaceProblem
from bloqs.communication.parameters import PROTOCOL_USES, PROTOCOLS
from bloqs.communication.rivals.bounds import BOUNDS
from bloqs.communication.rivals.chain import NORM_BITS
from bloqs.communication.symbols import GLOSSARY
from bloqs.communication.symbols import share as alpha
from bloqs.communication.symbols import slack as vartheta
from bloqs.messages.party_block import PartyBlock
from estimator.ask.question import Asked
from estimator.costs.cost import cost_by_annotation
from estimator.report.model import Report
from estimator.report.parts import Column, Row, Table

FROM_RUN = "circuit of a run"
"""Where the numbers of these protocols come from."""

READ = {
    "vector-in-subspace": "whether the subspace has the vector: qubit 0, by Bob",
    "raz": "whether the map takes the vector to the subspace: qubit 0, by Alice",
    "hidden-matching": "an edge and the parity of its ends, or no edge: all qubits, by Bob",
    "equal-or-orthogonal": "whether all qubits are 0, by Bob",
    "inner-product": "the inner product: qubit 0, by Bob",
    "dense-coding": "the inner product: a qubit of Bob's",
    "data-parallel": "nothing: the state is with Bob, and has the data of both",
    "fourier": "the loss: qubit 0, by who has the last block",
}

BOUND_OF = {
    "vector-in-subspace": "vector in subspace",
    "raz": "Raz's problem",
    "hidden-matching": "hidden matching",
    "equal-or-orthogonal": "equal or orthogonal",
    "inner-product": "inner product, exactly",
    "dense-coding": "inner product, exactly",
}
"""The lower bound that each is up against."""

NOTES = {
    "hidden-matching": "hidden matching is run until an edge is found, except with probability "
    "delta, and is never wrong",
    "dense-coding": "dense coding takes as many pairs from before as it sends qubits; without them "
    "the halves go to Alice first, as many again",
}
"""What a reader should know of a protocol."""

BITS = "bounds are for classical bits, but those of the inner product hold for qubits too"


def protocol_cost(asked: Asked) -> Report:
    """Every protocol, or one, by its letters.

    Raises:
        ValueError: if letters do not go together, or alpha N is no whole number.
    """
    names = chosen(asked, PROTOCOLS)
    check_used(asked, PROTOCOL_USES, names)
    letters, values = letters_of(asked.values), asked.values
    share, slack = share_and_slack(values)
    check_share(letters.n, share)
    found = [protocol_of(name, bloq_of(name, letters), letters, share) for name in names]
    table = answers_table(names, share, slack)
    made = report_of(
        asked, "communication-protocol", found, bloq_of(names[0], letters), [table], notes_of(names)
    )
    used = {s.name: GLOSSARY[s] for s in (alpha, vartheta) if _is_in(table, s)}
    return attrs.evolve(made, glossary=dict(sorted({**made.glossary, **used}.items())))


def share_and_slack(values: Mapping[str, Any]) -> tuple[Any, Any]:
    """The share of matched places and the distance from a promise, numbers or letters."""
    return letter(values.get("alpha"), alpha), letter(values.get("vartheta"), vartheta)


def notes_of(names: Iterable[str]) -> list[str]:
    """What a reader should know of these protocols."""
    return [*(NOTES[name] for name in names if name in NOTES), BITS]


def check_share(n: Any, share: Any) -> None:
    """Refuse a share of edges of which there is no whole number.

    Raises:
        ValueError: saying how many there would be.
    """
    if isinstance(n, sympy.Basic) or share.free_symbols:
        return
    edges = share * 2**n
    if not edges.is_Integer or edges < 1:
        raise ValueError(
            f"a matching has alpha N edges, a whole number from 1, got {float(share):g} * {2**n} "
            f"= {float(edges):g}; change --alpha or --n"
        )


def bloq_of(name: str, letters: Letters) -> Bloq:
    """The circuit of a run, of which only sizes matter."""
    n, layers = letters.n, letters.layers
    if name == "fourier":
        block = PartyBlock("Bob", PauliBlock(n, number=letters.parameters))
        return FourierShot(n, (block, block), (PartyBlock("Alice", PhaseLayer(n)),), layers)
    if name in ("inner-product", "dense-coding") and n == 1:
        raise ValueError("an inner product needs n >= 2 qubits, got 1; raise --n")
    made: dict[str, Any] = {
        "vector-in-subspace": lambda: VectorInSubspace(n),
        "raz": lambda: RazShot(n),
        "hidden-matching": lambda: HiddenMatchingShot(n),
        "equal-or-orthogonal": lambda: EqualOrOrthogonalShot(n),
        "inner-product": lambda: InnerProductWalk(n, layers),
        "dense-coding": lambda: DenseCoding(string_length(n, layers)),
        "data-parallel": lambda: DataParallel(n, norm_bits=NORM_BITS),
    }
    bloq: Bloq = made[name]()
    return bloq


def protocol_of(name: str, bloq: Bloq, letters: Letters, share: Any) -> Protocol:
    """A protocol with the messages and qubits of its circuit."""
    n = letters.n
    counts = data_parallel(n, NORM_BITS) if name == "data-parallel" else exact(name, n)
    cost, (messages, qubits) = cost_by_annotation(bloq), sent_by(bloq)
    counts = Counts(
        messages=messages,
        qubits=qubits,
        bits=cost.messages.bits,
        rounds=cost.rounds,
        shots=1,
        encodings=counts.encodings,
    )
    if name == "hidden-matching":
        counts = counts.times(matching_copies(share, letters.delta))
    return Protocol(name=name, counts=counts, n=n, counted=FROM_RUN)


def sent_by(bloq: Bloq) -> tuple[Any, Any]:
    """Messages with quantum registers, and qubits in them."""
    sent = cost_by_annotation(bloq).messages
    return sent.messages, sent.qubits


def right_of(name: str, share: Any, slack: Any) -> Any:
    """Least probability that one run is right, or has an edge; `None` if it answers nothing."""
    if name in ("fourier", "data-parallel"):
        return None
    if name in ("vector-in-subspace", "raz"):
        return 1 - slack**2
    return 2 * share if name == "hidden-matching" else 1


def answers_table(names: Any, share: Any, slack: Any) -> Table:
    """What is read, how often it is right, and what is known of others."""
    bounds = {each.name: each for each in BOUNDS}
    rows: list[Row] = []
    for name in names:
        bound = bounds.get(BOUND_OF.get(name, ""))
        rows.append(
            {
                "variant": name,
                "read": READ[name],
                "right": as_value(right_of(name, share, slack)),
                "bound": "" if bound is None else bound.says,
                "setting": "" if bound is None else bound.setting.value,
            }
        )
    columns = [
        Column(key="variant"),
        Column(key="read", label="what is read"),
        Column(key="right", label="right, or an edge", align="right", wraps=False),
        Column(key="bound", label="others send at least"),
        Column(key="setting", label="if they are"),
    ]
    heading = "what one run tells, with at least this probability"
    return Table(key="answers", columns=columns, rows=rows, heading=heading, keeps_words=True)


def _is_in(table: Table, symbol: sympy.Symbol) -> bool:
    values = (row["right"] for row in table.rows)
    return any(isinstance(x, sympy.Basic) and x.has(symbol) for x in values)


def shots_of(problem: Problem) -> dict[str, Bloq]:
    """The circuits that solve an instance, by the name of their protocol."""
    if isinstance(problem, SubspaceProblem):
        return {"vector-in-subspace": VectorInSubspace.of(problem)}
    if isinstance(problem, RazProblem):
        return {"raz": RazShot.of(problem)}
    if isinstance(problem, HiddenMatching):
        return {"hidden-matching": HiddenMatchingShot.of(problem)}
    if isinstance(problem, EqualOrOrthogonal):
        return {"equal-or-orthogonal": EqualOrOrthogonalShot.of(problem)}
    walk = InnerProductWalk.of(problem.qubits, problem.ones, problem.twos)
    coded = DenseCoding(len(problem.ones), walk.ones, walk.twos)
    return {"inner-product": walk, "dense-coding": coded}


def qubits_of_problem(problem: Problem) -> int:
    """n."""
    if isinstance(problem, InnerProduct):
        return problem.qubits
    sizes = {SubspaceProblem: "vector", RazProblem: "vector", EqualOrOrthogonal: "one",
             HiddenMatching: "string"}  # fmt: skip
    return (len(getattr(problem, sizes[type(problem)])) - 1).bit_length()


def problem_cost(asked: Asked, problem: Problem, title: str) -> Report:
    """What an instance of a file takes, from its circuits."""
    shots, n = shots_of(problem), qubits_of_problem(problem)
    check_used(asked, PROTOCOL_USES, [*shots])
    asked = attrs.evolve(asked, values={**asked.values, "readout": None})
    letters = attrs.evolve(letters_of(asked.values), n=n)
    share = sympy.nsimplify(problem.matching.share) if isinstance(problem, HiddenMatching) else 0
    slack = getattr(problem, "slack", 0.0)
    found = [protocol_of(name, bloq, letters, share) for name, bloq in shots.items()]
    table = answers_table([*shots], share, slack)
    return report_of(asked, title, found, next(iter(shots.values())), [table], notes_of(shots))
