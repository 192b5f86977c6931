"""An answer on growth as Python has it: verdict, witness, claims, and a formula for a paper."""

import re
from collections.abc import Mapping
from importlib import import_module
from typing import Any, TypeAlias

import sympy
from attrs import field, frozen

from estimator.expressions.parse import parse_expression
from estimator.expressions.tree import to_sympy
from estimator.report.latex import escaped
from estimator.report.model import Report
from estimator.report.parts import Table

RELATIONS = {
    "O": "O",
    "o": "o",
    "Theta": r"\Theta",
    "Omega": r"\Omega",
    "omega": r"\omega",
    "~O": r"\tilde{O}",
}

SIGNS = {"holds": r"\in", "fails": r"\notin", "undecided": r"\overset{?}{\in}"}

ALIKE = {"holds": r"\sim", "fails": r"\nsim", "undecided": r"\overset{?}{\sim}"}

Formula: TypeAlias = sympy.Expr
"""In symbols that are positive."""


@frozen(kw_only=True)
class Claim:
    """|left| <= constant * rate * |right|, under conditions.

    Args:
        side: of the relation that it shows, or refutes.
        case: what constants are, in words; empty for all of them.
        where: the order of variables, in words; empty for all orders.
        left: what is bounded.
        right: what bounds it.
        constant: C.
        rate: what goes to zero beside C; 1 if nothing does.
        thresholds: what each symbol is at least, or at most if it vanishes.
        path: what every variable is, of a claim that refutes.
        steps: what it comes from, in words.
        text: the inequality as it is printed.
    """

    side: str
    case: str
    where: str
    left: Formula
    right: Formula
    constant: Formula
    rate: Formula
    thresholds: Mapping[str, Formula]
    path: Mapping[str, Formula] | None
    steps: tuple[str, ...] = field(repr=False)
    text: str


@frozen(kw_only=True)
class Witness:
    """Why a verdict is true.

    Args:
        claims: one for every case and side.
        vanishing: symbols whose thresholds are upper bounds.
    """

    claims: tuple[Claim, ...]
    vanishing: frozenset[str] = field(repr=False)

    @property
    def constant(self) -> Formula:
        """C; the largest of several claims."""
        return sympy.Max(*(claim.constant for claim in self.claims))

    @property
    def thresholds(self) -> dict[str, Formula]:
        """Beyond which every claim holds, by name of the symbol."""
        found: dict[str, Formula] = {}
        for claim in self.claims:
            for name, value in claim.thresholds.items():
                most = sympy.Min if name in self.vanishing else sympy.Max
                found[name] = most(found[name], value) if name in found else value
        return found

    @property
    def path(self) -> Mapping[str, Formula] | None:
        """What every variable is where the relation breaks; `None` if it holds."""
        return self.claims[0].path

    @property
    def steps(self) -> list[str]:
        """What all claims come from, in words."""
        return [step for claim in self.claims for step in claim.steps]


@frozen(kw_only=True, repr=False)
class GrowthReport(Report):
    """Whether f = relation(g): `verdict`, `witness`, `audit()`, and `latex()` for a paper.

    Args:
        f: left side, as text.
        relation: O, o, Theta, Omega, omega, ~, ~O or ~O[N].
        g: right side, as text.
        names: of all symbols of the question.
        vanishing: those that go to zero.
        condition: for which constants it holds, if that is not the same for all.
    """

    f: str
    relation: str
    g: str
    names: frozenset[str]
    vanishing: frozenset[str]
    condition: str | None = None

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Those of the witness; none if it is undecided."""
        rows = [
            row
            for part in self.parts
            if isinstance(part, Table) and part.key in ("witness", "path", "cases")
            for row in part.rows
        ]
        return tuple(map(self._claim, rows))

    @property
    def witness(self) -> Witness | None:
        """Why the verdict is true; `None` if it is undecided."""
        claims = self.claims
        return Witness(claims=claims, vanishing=self.vanishing) if claims else None

    def audit(self, points: int = 100, seed: int = 0) -> Report:
        """Evaluate every claim and step at random points, with no code of search or checker.

        Args:
            points: of every claim.
            seed: of chance.

        Raises:
            ValueError: if a number is out of range.
        """
        engine = import_module("estimator.growth_audit.audit")
        found: Report = engine.audit_plain(self.title, self.plain(), points, seed)
        return found

    def latex(self) -> str:
        """The statement and its bounds, for a paper."""
        return f"% {self.title}\n\\[\n{self._formula()}\n\\]\n"

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self._formula()}$"

    def _formula(self) -> str:
        verdict = "undecided" if self.verdict is None else self.verdict.value
        f, g = (self._typeset(side) for side in (self.f, self.g))
        kind, _, soft = self.relation.partition("[")
        if kind == "~":
            statement = f"{f} {ALIKE[verdict]} {g}"
        else:
            names = f"_{{{soft[:-1]}}}" if soft else ""
            statement = f"{f} {SIGNS[verdict]} {RELATIONS[kind]}{names}\\left({g}\\right)"
        lines = [f"& {self._bound(claim)}" for claim in self.claims]
        if not lines:
            return statement
        body = " \\\\\n".join([f"& {statement}:", *lines])
        return f"\\begin{{aligned}}\n{body}\n\\end{{aligned}}"

    def _bound(self, claim: Claim) -> str:
        left, right = (f"\\left|{sympy.latex(x)}\\right|" for x in (claim.left, claim.right))
        factors = [x for x in (claim.constant, claim.rate) if x != 1]
        factor = "".join(f"{_factor(x)}\\," for x in factors)
        found = [f"{left} \\le {factor}{right}"]
        conditions = []
        if claim.path is not None:
            shapes = (
                f"{sympy.latex(_symbol(k))} = {sympy.latex(x)}" for k, x in claim.path.items()
            )
            conditions += [r"\text{along } " + ", ".join(shapes)] if claim.path else []
        bounds = []
        for name, value in claim.thresholds.items():
            sign = r"\le" if name in self.vanishing and claim.path is None else r"\ge"
            bounds.append(f"{sympy.latex(_symbol(name))} {sign} {sympy.latex(value)}")
        if bounds:
            conditions.append(r"\text{for } " + r",\ ".join(bounds))
        if claim.where:
            sides = (map(self._typeset, x.split(" >= ")) for x in claim.where.split(" and "))
            conditions.append(r"\text{where } " + r",\ ".join(map(r" \ge ".join, sides)))
        if claim.case:
            conditions.append(f"\\text{{where {escaped(claim.case)}}}")
        return "\\quad ".join([*found, *conditions])

    def _typeset(self, text: str) -> str:
        try:
            found: str = sympy.latex(self._read(text))
        except ValueError:  # a function without a meaning here
            return f"\\texttt{{{escaped(text)}}}"
        return found

    def _read(self, text: str) -> Formula:
        return to_sympy(parse_expression(text, self.names))

    def _claim(self, row: Mapping[str, Any]) -> Claim:
        path = row.get("path")
        thresholds: dict[str, Formula] = {}
        for each in row["thresholds"]:
            name, sign, bound = re.split(r" ([<>])= ", each, maxsplit=1)
            value = self._read(bound)
            most = sympy.Min if sign == "<" else sympy.Max
            thresholds[name] = most(thresholds[name], value) if name in thresholds else value
        return Claim(
            side=row["side"],
            case=row.get("case", ""),
            where=row.get("where", ""),
            left=self._read(row["left"]),
            right=self._read(row["right"]),
            constant=self._read(row["C"]),
            rate=self._read(row.get("rate", "1")),
            thresholds=thresholds,
            path=path and {name: self._read(shape) for name, shape in path.items()},
            steps=tuple(row["steps"]),
            text=row["claim"],
        )


def _symbol(name: str) -> sympy.Symbol:
    return to_sympy(("x", name))


def _factor(value: Formula) -> str:
    shown: str = sympy.latex(value)
    return f"\\left({shown}\\right)" if value.is_Add else shown
