"""One run of every solver with a closed form, in symbols."""

from collections.abc import Mapping
from typing import Any

import attrs
import sympy
from attrs import frozen

from bloqs.abstract import AbstractVectorEncoding
from bloqs.data_loading.angle_rotation import Rotation
from bloqs.data_loading.loaders import QROMLoader
from bloqs.encodings.matrix_oracle import MatrixOracle
from bloqs.encodings.vector_oracle import VectorOracle
from bloqs.linear_systems import symbols as own
from bloqs.linear_systems.answers.solvers import INDEX_SHARE
from bloqs.linear_systems.answers.solvers_table import IF_THERE
from bloqs.linear_systems.circuits.cks_solver import ChebyshevSolver
from bloqs.linear_systems.circuits.shortcut_solver import ShortcutSolver
from bloqs.linear_systems.circuits.transform_solver import TransformSolver
from bloqs.linear_systems.circuits.walk_solver import WalkSolver
from bloqs.linear_systems.model.formulas import LOW_SU
from bloqs.linear_systems.model.inverse import degree_expression, weights_sum_expression
from bloqs.linear_systems.model.plan import Provenance
from bloqs.linear_systems.model.shortcut import shortcut_degree_expression
from bloqs.linear_systems.model.walk import HALF, PRACTICAL, Shape, lengths_expression
from estimator.ask.question import Asked
from estimator.costs.answer import cost_report, pricing
from estimator.costs.cost import cost_by_annotation
from estimator.costs.keys import ToffoliDepth
from estimator.costs.known import known_cost
from estimator.costs.simplify import multiplied_out
from estimator.report.model import Report
from estimator.report.parts import Column, Fact, Facts, Table, Value


@frozen(kw_only=True)
class Row:
    """One solver in symbols.

    Args:
        bloq: its circuit, in the symbols that `defined` says.
        success: probability that one run finds its flags in zero, at least.
        defined: what its symbols stand for.
        provenance: how sure it is.
    """

    bloq: AbstractVectorEncoding
    success: sympy.Expr
    defined: Mapping[sympy.Symbol, sympy.Expr]
    provenance: Provenance = Provenance.PROVEN


@frozen(kw_only=True)
class Asks:
    """What a solver is asked for, in numbers or symbols.

    Args:
        matrix: its encoding.
        vector: the preparation of b.
        condition: kappa of the encoding.
        error: of the normalised solution.
        norm: of the solution.
    """

    matrix: MatrixOracle
    vector: VectorOracle
    condition: sympy.Expr
    error: sympy.Expr
    norm: sympy.Expr

    @property
    def relative(self) -> sympy.Expr:
        """The relative error that may be made of each component."""
        return self.error * sympy.sqrt(1 - self.error**2 / 4)


def transform_row(asks: Asks, kind: str) -> Row:
    """Inversion by one polynomial; how large it is stays a symbol."""
    degree = own.DEGREES[kind]
    bloq = TransformSolver(
        asks.matrix,
        asks.vector,
        asks.condition,
        asks.norm,
        None,
        degree,
        own.maximum,
        asks.relative,
    )
    return Row(
        bloq=bloq,
        success=(asks.norm / own.maximum) ** 2,
        defined={degree: degree_expression(kind, asks.condition, asks.relative)},
    )


def combination_row(asks: Asks) -> Row:
    """The linear combination of Chebyshev polynomials, with as many terms as a degree has."""
    degree = own.DEGREES["binomial"]
    bloq = ChebyshevSolver(
        asks.matrix,
        asks.vector,
        asks.condition,
        asks.norm,
        None,
        own.terms,
        own.total,
        asks.relative,
        own.index_bits,
        QROMLoader(),
        Rotation.PHASE_GRADIENT,
    )
    width = sympy.ceiling(sympy.log(own.terms, 2))
    share = sympy.Rational(str(INDEX_SHARE)) * asks.error
    wanted = sympy.log(2 * own.total / asks.norm * width * sympy.pi / share, 2)
    return Row(
        bloq=bloq,
        success=(asks.norm / own.total) ** 2,
        defined={
            own.terms: (degree + 1) / 2,
            degree: degree_expression("binomial", asks.condition, asks.relative),
            own.total: weights_sum_expression(asks.condition, asks.relative),
            own.index_bits: sympy.Max(4, sympy.ceiling(wanted)),
        },
    )


def shortcut_row(asks: Asks) -> Row:
    """The reflection about a kernel; it suppresses by epsilon / sqrt(2) at least."""
    bloq = ShortcutSolver(
        asks.matrix, asks.vector, asks.condition, asks.norm, None, own.degree_shortcut
    )
    small = asks.error / sympy.sqrt(2)
    return Row(
        bloq=bloq,
        success=((1 - small) / (1 + small)) ** 2,
        defined={own.degree_shortcut: shortcut_degree_expression(asks.condition, asks.error)},
    )


def walk_row(asks: Asks, shape: Shape) -> Row:
    """The walk to a distance of one half, by its measured constant, and the filter."""
    matrix = attrs.evolve(asks.matrix, is_hermitian=shape == "definite")
    steps = own.STEPS[shape]
    bloq = WalkSolver(
        matrix,
        asks.vector,
        asks.condition,
        asks.norm,
        None,
        own.degree_filter,
        steps=steps,
        distance=HALF,
        shape=shape,
    )
    constant = PRACTICAL[shape]
    lengths = lengths_expression(
        asks.condition, asks.error, sympy.Rational(str(constant.value)), HALF
    )
    failure = HALF**2 - HALF**4 / 4
    return Row(
        bloq=bloq,
        success=1 - failure + asks.error**2 * (1 - failure),
        defined=dict(zip((steps, own.degree_filter), lengths, strict=True)),
        provenance=constant.provenance,
    )


def rows_of(asks: Asks) -> dict[str, Row]:
    """Every solver with a closed form, by its name."""
    return {
        **{f"qsvt-{kind}": transform_row(asks, kind) for kind in own.DEGREES},
        "cks": combination_row(asks),
        "shortcut": shortcut_row(asks),
        "walk-definite": walk_row(asks, "definite"),
        "walk-general": walk_row(asks, "general"),
    }


def symbolic_cost(asked: Asked) -> Report:
    """One run of every solver with a closed form, where kappa or epsilon is a symbol."""
    values = asked.values
    method, error, _ = pricing(asked)
    matrix, vector = oracles(values)
    asks = Asks(
        matrix=matrix,
        vector=vector,
        condition=sympy.sympify(values.get("kappa") or own.kappa)
        * (values.get("alpha") or own.alpha),
        error=sympy.sympify(values.get("epsilon") or own.epsilon),
        norm=sympy.sympify(values.get("norm") or own.norm),
    )
    found = rows_of(asks)
    name = values.get("solver") or "qsvt-relative"
    if name not in found:
        raise ValueError(
            f"{name} has no closed form: give --kappa and --epsilon, or --solver "
            f"{' or '.join(found)}"
        )
    rows = [_cells(name, row, method.t_count(error)) for name, row in found.items()]
    one = cost_report(found[name].bloq, asked, title=f"qlss, {name} in detail", notes=[LOW_SU])
    labels = {"matrix_run": "calls of A", "vector_run": "of b", "t": "T", "toffoli_depth": "depth"}
    columns = [Column(key=key, label=labels.get(key), style=IF_THERE) for key in rows[0]]
    table = Table(
        key="solvers",
        columns=columns,
        rows=rows,
        heading=HEADING,
        grows=("solver", "matrix_run"),
    )
    facts: dict[sympy.Symbol, sympy.Expr] = {}
    for row in found.values():
        facts |= row.defined
    definitions = [Fact(key=symbol.name, value=value) for symbol, value in facts.items()]
    used = {own.maximum, *facts, *asks.condition.free_symbols, *asks.norm.free_symbols}
    used |= {x for value in facts.values() for x in value.free_symbols}
    glossary = {x.name: own.GLOSSARY[x] for x in sorted(used, key=str)} | {**one.glossary}
    parts = [table, Facts(key="degrees", rows=definitions), *one.parts]
    return attrs.evolve(one, parts=parts, glossary=glossary)


HEADING = (
    "one run; M is the largest value of the polynomial, between .9 and 3 kappa; walks go to a "
    "distance of 1/2 by a measured constant, the definite one of a Hermitian encoding"
)


def _cells(name: str, row: Row, t_per_rotation: Any) -> dict[str, Value]:
    cost = cost_by_annotation(row.bloq)
    depth = multiplied_out(known_cost(row.bloq, ToffoliDepth()))
    return {
        "solver": name,
        "basis": row.provenance.value,
        "matrix_run": cost.queries["matrix"],
        "vector_run": cost.queries["right-hand side"],
        "success": row.success,
        "t": cost.t_count(t_per_rotation),
        "qubits": cost.qubits,
        "toffoli_depth": depth,
    }


def oracles(values: Mapping[str, Any]) -> tuple[MatrixOracle, VectorOracle]:
    """Matrix and right-hand side where only numbers are known of them."""
    unknowns = values.get("N")
    n = own.n if unknowns is None else max(1, (int(unknowns) - 1).bit_length())
    matrix = MatrixOracle(n, values.get("ancillas") or own.ancillas)
    return matrix, VectorOracle(n, 0, oracle="right-hand side")
