"""What every solver costs on a linear system that a user brings."""

import attrs

from bloqs.linear_systems.answers.given import Given, given_system
from bloqs.linear_systems.answers.scaling_facts import (
    SCALED_RIVAL,
    residual_label,
    scaling_facts,
    scaling_notes,
)
from bloqs.linear_systems.answers.solvers import Problem, candidates
from bloqs.linear_systems.answers.solvers_table import (
    HEADINGS,
    cheapest_of,
    circuit_facts,
    data_table,
    formulas,
    number_column,
    priced,
    row_of,
    solvers_table,
)
from bloqs.linear_systems.model.formulas import (
    LOW_SU,
)
from bloqs.linear_systems.rivals.conjugate_gradients import run as run_conjugate_gradients
from bloqs.linear_systems.rivals.elimination import SAID
from estimator.ask.question import Asked
from estimator.ask.synthesis import PRICING
from estimator.costs.answer import cost_report, pricing
from estimator.report.model import Report
from estimator.report.parts import Column, Fact, Facts, Kind, Part, Table
from estimator.report.text import SCIENTIFIC, TEXT


def given_cost(asked: Asked) -> Report:
    """Every solver of a user's system, on the cheapest encoding of its matrix.

    Raises:
        ValueError: if the system is none, or parameters do not go together.
    """
    values = asked.values
    method, rotation_error, _ = pricing(asked)
    each_rotation = method.t_count(rotation_error)
    given = given_system(values, float(each_rotation))
    problem = Problem(
        encoding=given.chosen.encoding,
        vector=given.vector,
        condition=given.kappa,
        error=float(values["epsilon"]),
        norm=given.norm,
        window=None if values.get("lower") is None else given.window(values),
        is_definite=given.problem.is_definite,
    )
    found = [priced(name, candidate, each_rotation) for name, candidate in candidates(problem)]
    rows = [row_of(each) for each in (*found, *formulas(problem))]
    best = cheapest_of(found)
    wanted = [each for each in found if each.name == values.get("solver")]
    if values.get("solver") and not wanted:
        names = ", ".join(each.name for each in found)
        raise ValueError(f"{values['solver']} does not solve this; what does is {names}")
    chosen = wanted[0] if wanted else best
    classical, said = classical_facts(given, problem.error)
    assert chosen.circuit is not None
    title = f"qlss, {chosen.name} on {given.chosen.name} in detail"
    notes = [*scaling_notes(given), LOW_SU, said]
    notes += [] if given.scaling is None else [SCALED_RIVAL]
    if not given.has_rhs:
        notes.insert(0, "assumed: the right-hand side is the first unit vector")
    facts = {**circuit_facts(chosen), "b": given.b}
    kept = {
        name: x
        for name, x in values.items()
        if name not in ("matrix", "rhs", "precondition") and x is not None
    }
    if given.scaling is not None:
        kept["precondition"] = values["precondition"]
    named = given.problem.sizes | {"condition": round(given.problem.condition, 4)}
    priced_by = {each.name for each in PRICING}
    settings = named | {name: x for name, x in kept.items() if name not in priced_by}
    one = cost_report(
        chosen.circuit, asked, title=title, facts=facts, notes=notes, settings=settings
    )
    parts: list[Part] = [
        *scaling_facts(given),
        encodings_table(given),
        solvers_table(rows, "", HEADINGS[""]),
        data_table(rows, ""),
        Fact(key="cheapest", label="cheapest proven in T", value=best.name, style=TEXT),
        *classical,
    ]
    return attrs.evolve(one, parts=[*parts, *one.parts])


def classical_facts(given: Given, error: float) -> tuple[list[Part], str]:
    """Conjugate gradients and elimination on the same system, and what is said of them.

    Where floating point does not let them reach the error, elimination stands alone.
    """
    direct: list[Part] = [Fact(key="elimination", value=given.elimination.flop, unit="FLOP")]
    try:
        run = run_conjugate_gradients(*given.problem.unpadded, error, given.problem.is_definite)
    except ValueError as problem:
        return direct, f"{str(problem).split(';')[0]}; {SAID}"
    rows = [
        Fact(key="steps", label="conjugate gradients", value=run.steps, unit="steps"),
        Fact(key="products", value=run.products, unit="products with A"),
        Fact(key="flop", label="FLOP", value=run.flop + given.scaling_flop, unit="FLOP"),
        Fact(key="error", label="their error", value=run.error, style=SCIENTIFIC),
        Fact(key="residual", label=residual_label(given), value=run.residual, style=SCIENTIFIC),
    ]
    return [Facts(key="conjugate_gradients", rows=rows), *direct], f"{CLASSICAL}; {SAID}"


CLASSICAL = (
    "conjugate gradients were run until the direction of x errs by no more than epsilon, and give "
    "all of x; a quantum run gives one state, and every number read from it takes more runs"
)


def encodings_table(given: Given) -> Table:
    """The encodings that the matrix allows, the cheapest first."""
    return Table(
        key="encodings",
        columns=[
            Column(key="encoding"),
            number_column("alpha"),
            number_column("kappa"),
            number_column("ancillas"),
            number_column("qubits", "qubits of a call"),
            number_column("t", "T of a call", Kind.ESTIMATE),
            Column(key="used"),
        ],
        rows=[
            {
                "encoding": each.name,
                "alpha": float(each.encoding.alpha),
                "kappa": each.kappa,
                "ancillas": each.encoding.ancilla_bitsize,
                "qubits": each.qubits,
                "t": each.t,
                "used": "used" if each is given.chosen else "",
            }
            for each in given.encodings
        ],
        heading="encodings of the matrix, the least kappa times T of a call of it and of b first",
        is_section=True,
    )
